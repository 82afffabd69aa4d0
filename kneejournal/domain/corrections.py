"""Changes what was written: edits, deletes, resolved red flags, and the undo of all of them."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from kneejournal.domain.case import unresolved_flags
from kneejournal.domain.days import short_day
from kneejournal.domain.records import AnyRecord, Pain, from_plain, grown, to_plain
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.errors import BadData

EDITABLE: dict[str, frozenset[str]] = {
    "Pain": frozenset({"pain", "symptoms", "medicine", "note", "time"}),
    "ExerciseMark": frozenset({"done", "pain"}),
    "Care": frozenset({"minutes"}),
    "Run": frozenset({"distance_m", "duration_s", "pain", "stage", "shoe_id", "note"}),
    "Shoe": frozenset({"name", "since", "bought", "starting_m", "fitted_on", "retired_on"}),
}
"""What can be changed of each kind; another day or kind is another record."""
SHORTEST_ID = 4


def find_record(snapshot: Snapshot, wanted: str, *, deleted_too: bool = False) -> AnyRecord:
    """The record of that id, or of the only id that begins so. Raises BadData."""
    prefix = wanted.strip().lower()
    whole = snapshot.records.get(prefix)
    if whole and (deleted_too or not whole.deleted):
        return whole
    considered = snapshot.records.values() if deleted_too else snapshot.live
    found = [record for record in considered if record.id.startswith(prefix)]
    if len(prefix) >= SHORTEST_ID and len(found) == 1:
        return found[0]
    what = "more than one entry" if len(prefix) >= SHORTEST_ID and found else "no entry"
    raise BadData(
        f"“{wanted}” names {what}.", hint=f"kneejournal entries shows the ids; write {SHORTEST_ID} signs or more."
    )


def edit(
    record: AnyRecord, changes: Mapping[str, object], moment: Moment, describe: Callable[[AnyRecord], str]
) -> Edit:
    """The change that gives `record` other values, in the form in which they are stored.

    Raises BadData for a field that this kind does not have, and for a value that is not allowed.
    """
    strangers = sorted(changes.keys() - EDITABLE[type(record).__name__])
    if strangers:
        raise BadData(f"A {to_plain(record)['kind']} entry has no {strangers[0]} to change. Nothing was changed.")
    plain = {**to_plain(record), **changes}
    try:
        changed = from_plain(plain)
    except msgspec.ValidationError as error:
        raise BadData(f"{error}. Nothing was changed.") from error
    changed = _with_flags_to_resolve(changed, record)
    if changed == record:
        return Edit(what=f"{describe(record)} Written already.")
    return Edit(what=f"Changed: {describe(changed)}", records=(_next(changed, record, moment),))


def delete(record: AnyRecord, moment: Moment, what: str) -> Edit:
    """The change that deletes `record`; it stays as deleted, so that no other machine brings it back."""
    return Edit(what=f"Deleted: {what}", records=(_next(replace(record, deleted=True), record, moment),))


def resolve(snapshot: Snapshot, moment: Moment, day: date) -> Edit:
    """The change that records that a clinician saw the red flags written up to `day`, or that they went away.

    Raises BadData when there is none.
    """
    flags = [flag for flag in unresolved_flags(snapshot.log.flags, moment.today) if flag.day <= day]
    if not flags:
        raise BadData(f"No red flag up to {short_day(day, moment.today)} is waiting. Nothing was changed.")
    resolved = tuple(_next(replace(flag, resolved_on=day), flag, moment) for flag in flags)
    return Edit(what=f"Red flag resolved, {short_day(day, moment.today)}.", records=resolved)


def undo(snapshot: Snapshot, moment: Moment) -> Edit:
    """The change that takes the last one back. Raises BadData when there is none, or something came after it."""
    if not snapshot.changes:
        raise BadData("There is nothing to undo.")
    change = snapshot.changes[-1]
    current = [snapshot.records[record_id] for record_id in change.wrote]
    if any(record.updated_at != change.wrote[record.id] for record in current):
        raise BadData(f"“{change.what}” was changed again since, on another machine or by an import. Edit it instead.")
    before = {record.id: record for record in change.before}
    restored = tuple(_next(before.get(r.id, replace(r, deleted=True)), r, moment) for r in current)
    profile = change.profile_before
    if profile is not None:
        profile = replace(profile, updated_at=grown(moment.now, snapshot.profile.updated_at))
    return Edit(what=f"Taken back: {change.what}", records=restored, profile=profile, takes_back=True)


def _with_flags_to_resolve(changed: AnyRecord, record: AnyRecord) -> AnyRecord:
    """A red flag that is new to an entry was not seen by the clinician who resolved the old ones."""
    if isinstance(changed, Pain) and isinstance(record, Pain) and set(changed.red_flags) - set(record.red_flags):
        return replace(changed, resolved_on=None)
    return changed


def _next(version: AnyRecord, replaced: AnyRecord, moment: Moment) -> AnyRecord:
    return replace(version, updated_at=grown(moment.now, replaced.updated_at), device=moment.device)
