"""Merges two journals: by id, the later version wins."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.snapshot import Edit, Snapshot


class Merged(Struct, frozen=True, kw_only=True):
    """What merging brings: counts of records, by whether the journal had them."""

    edit: Edit
    new: int
    changed: int
    same: int
    """Here already, in this version or a later one."""


def merge(snapshot: Snapshot, records: Iterable[AnyRecord], profile: Profile, source: str) -> Merged:
    """The change that takes over what is newer in another journal.

    By id, the later `updated_at` wins; ties go to the greater `device`, then to the greater content. A deleted
    record is a version like any other, so what was deleted last stays deleted. Commutative, associative, idempotent.
    """
    theirs: dict[str, AnyRecord] = {}
    for record in records:
        theirs[record.id] = newer(theirs.get(record.id, record), record)
    taken = tuple(record for record in theirs.values() if _wins(record, snapshot.records.get(record.id)))
    new = sum(record.id not in snapshot.records for record in taken)
    changed = len(taken) - new
    later = _profile_key(profile) > _profile_key(snapshot.profile)
    edit = Edit(
        what=f"Imported {source}: {new} new, {changed} changed, {len(theirs) - len(taken)} already here.",
        records=taken,
        profile=profile if later else None,
        keep_before="import",
    )
    return Merged(edit=edit, new=new, changed=changed, same=len(theirs) - len(taken))


def newer(one: AnyRecord, other: AnyRecord) -> AnyRecord:
    """The version that wins, whichever way round they are given."""
    return other if _wins(other, one) else one


def newer_profile(one: Profile, other: Profile) -> Profile:
    """The profile that wins, whichever way round they are given."""
    return max(one, other, key=_profile_key)


def _wins(record: AnyRecord, standing: AnyRecord | None) -> bool:
    if record is standing or standing is None:
        return standing is None
    stamp, other = (record.updated_at, record.device), (standing.updated_at, standing.device)
    # The content is written out only where nothing else decides.
    return stamp > other if stamp != other else _content(record) > _content(standing)


def _content(record: AnyRecord) -> bytes:
    return msgspec.json.encode(record, order="sorted")


def _profile_key(profile: Profile) -> tuple[object, ...]:
    return (profile.updated_at, msgspec.json.encode(profile, order="sorted"))
