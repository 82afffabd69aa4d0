"""A journal at one moment, and what a change to it consists of."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.days import journal_day
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Shoe, from_plain, live, to_plain
from kneejournal.errors import BadData

CHANGES_KEPT = 20
"""How many changes can be taken back."""


class Change(Struct, frozen=True, kw_only=True):
    """One change as it was made, so that it can be taken back."""

    what: str
    at: datetime
    before: tuple[AnyRecord, ...] = ()
    """The versions that the change replaced."""
    wrote: dict[str, datetime]
    """`updated_at` of every record the change wrote, by id."""
    profile_before: Profile | None = None
    """The profile that the change replaced, when it did."""


class Snapshot(Struct, frozen=True, kw_only=True, dict=True):
    """Everything in a journal: records by id, deleted ones too, the profile, and the changes that can be undone.

    Nothing in it ever changes, so its `log` is made once and holds as long as it does (`dict` leaves room for that).
    """

    records: Mapping[str, AnyRecord] = {}
    profile: Profile = Profile()
    changes: tuple[Change, ...] = ()
    """Oldest first."""
    to_confirm: bool = False
    """Something may be lost: the last days are to be gone through before a verdict can say ready (RULES 4)."""

    @property
    def live(self) -> tuple[AnyRecord, ...]:
        return live(self.records.values())

    @property
    def shoes(self) -> tuple[Shoe, ...]:
        """The pairs that are not deleted, in the order in which they came."""
        return tuple(self.log.shoes)

    @cached_property
    def log(self) -> Log:
        """The records that are not deleted, by day."""
        return Log(self.records.values())

    def with_log(self) -> "Snapshot":
        """This snapshot with its `log` made: for who loads it, so that the first question finds it there."""
        _ = self.log
        return self


class Edit(Struct, frozen=True, kw_only=True):
    """What one change writes: new versions of records, and perhaps a new profile."""

    what: str
    """One line that says what was written: Knee 0, all day, Sun 22 Nov."""
    records: tuple[AnyRecord, ...] = ()
    profile: Profile | None = None
    notes: tuple[str, ...] = ()
    """Warnings that go with it."""
    takes_back: bool = False
    """Whether this takes the last change back, and cannot itself be undone."""
    is_own: bool = True
    """Whether somebody made it here. What came from another machine is none of this machine's changes to undo."""
    keep_before: str | None = None
    """Why a copy of the journal as it was is kept for good measure: import, sync, purge."""

    @property
    def is_empty(self) -> bool:
        return not self.records and self.profile is None


class Moment(Struct, frozen=True, kw_only=True):
    """When and on which machine something is written; `today` is the journal day."""

    now: datetime
    device: str
    today: date

    @classmethod
    def of(cls, now: datetime, device: str, profile: Profile) -> "Moment":
        return cls(now=now, device=device, today=journal_day(now, profile.thresholds))


def change_of(edit: Edit, before: Snapshot, at: datetime) -> Change:
    """What has to be remembered of `edit` to take it back from what `before` becomes."""
    return Change(
        what=edit.what,
        at=at,
        before=tuple(before.records[r.id] for r in edit.records if r.id in before.records),
        wrote={record.id: record.updated_at for record in edit.records},
        profile_before=before.profile if edit.profile is not None else None,
    )


def applied(edit: Edit, before: Snapshot, at: datetime) -> Snapshot:
    """The journal after `edit`."""
    if edit.takes_back:
        changes = _after_undo(before.changes, edit)
    elif edit.is_own:
        changes = (*before.changes, change_of(edit, before, at))
    else:
        changes = before.changes
    after = Snapshot(
        records={**before.records, **{record.id: record for record in edit.records}},
        profile=edit.profile or before.profile,
        to_confirm=before.to_confirm,
        changes=changes[-CHANGES_KEPT:],
    )
    if "log" in before.__dict__:
        replaced = (before.records[r.id] for r in edit.records if r.id in before.records)
        after.__dict__["log"] = before.log.changed(edit.records, replaced)
    return after


def checked(edit: Edit) -> Edit:
    """`edit` itself, when everything in it is valid. Raises BadData, naming the field."""
    try:
        for record in edit.records:
            from_plain(to_plain(record))
        if edit.profile is not None:
            msgspec.convert(to_plain(edit.profile), type=Profile)
    except msgspec.ValidationError as error:
        raise BadData(f"{error}. Nothing was changed.") from error
    return edit


def _after_undo(changes: tuple[Change, ...], edit: Edit) -> tuple[Change, ...]:
    """The changes left after the last one was taken back: earlier ones know the restored versions as their own."""
    *earlier, last = changes
    restored = {record.id: record.updated_at for record in edit.records}
    before = {record.id: record.updated_at for record in last.before}

    def known(record_id: str, written: datetime) -> datetime:
        return restored[record_id] if before.get(record_id) == written else written

    return tuple(
        replace(change, wrote={record_id: known(record_id, at) for record_id, at in change.wrote.items()})
        for change in earlier
    )
