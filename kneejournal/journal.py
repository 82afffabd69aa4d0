"""The use cases: everything that screens and commands can ask of a journal, or write into it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.clock import Clock
from kneejournal.domain import corrections, write_care, write_pain, write_profile, write_runs, write_shoes
from kneejournal.domain.days import DAY
from kneejournal.domain.found_runs import Found
from kneejournal.domain.merge import Merged, merge
from kneejournal.domain.programme import Exercise, Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import AnyRecord, Run
from kneejournal.domain.snapshot import Edit, Moment, Snapshot, checked
from kneejournal.domain.wording import described
from kneejournal.domain.write_exercises import find_exercises, mark
from kneejournal.domain.write_imports import RunsIn, Wish, plan_runs
from kneejournal.errors import BadData
from kneejournal.interop.formats import REPORT_WEEKS, Form, write_out
from kneejournal.interop.journal_json import Document
from kneejournal.reading import Reading
from kneejournal.store import Store

if TYPE_CHECKING:
    from kneejournal.saving import Saving


class Written(Struct, frozen=True, kw_only=True):
    """The answer to a change: what was written, what goes with it, and the verdict it leaves."""

    what: str
    notes: tuple[str, ...]
    verdict: Verdict
    is_new: bool
    """Whether anything was written; False when it stood there already."""


class Journal(Reading):
    """One person's journal. Every reading is of what is stored at that moment; every change is on the disk on return.

    Changes raise BadData for what the rules do not allow, Unreadable for a file that fails, and change nothing then.
    """

    def __init__(self, store: Store, programme: Programme, clock: Clock, device: Callable[[], str]) -> None:
        super().__init__(store, programme, clock)
        self._device = device

    @cached_property
    def saving(self) -> "Saving":
        """For who does not stand still while a change is made: the app. Nobody else loads it."""
        from kneejournal.saving import Saving

        return Saving()

    def write_ahead(self) -> None:
        """For a program that stays open: a small change need not wait for the whole journal to be rewritten."""
        self._store.write_ahead()

    def log(self, entry: write_pain.PainEntry) -> Written:
        """Write a pain entry."""
        return self._change(lambda snapshot, moment: write_pain.log_pain(snapshot, entry, moment))

    def find_exercises(self, words: Iterable[str]) -> tuple[Exercise, ...]:
        """The exercises that ids, beginnings of ids, "all" or "short" name. Raises BadData."""
        return find_exercises(words, self.programme)

    def mark(
        self, exercises: Iterable[Exercise], *, done: bool = True, day: date | None = None, pain: int | None = None
    ) -> Written:
        """Make exercises done, or not done; never a toggle, so that a stale screen cannot turn a day round."""
        kept = tuple(exercises)
        return self._change(lambda snapshot, m: mark(snapshot, kept, m, day or m.today, done=done, pain=pain))

    def care(self, what: Literal["ice", "elevate"], minutes: int = write_care.CARE_MINUTES) -> Written:
        """Write icing or elevation, today."""
        return self._change(lambda _, moment: write_care.log_care(what, minutes, moment.today, moment))

    def log_run(self, entry: write_runs.RunEntry) -> Written:
        """Write a run; while the verdict of its day is `ready` it is a session of the current stage."""

        def make(snapshot: Snapshot, moment: Moment) -> Edit:
            ahead = (moment.today - entry.day).days
            return write_runs.log_run(snapshot, entry, self.judge(snapshot, moment.now - DAY * ahead), moment)

        return self._change(make)

    def assign_shoe(self, run_id: str, shoe: str | None) -> Written:
        """Give a run another pair of shoes, or none."""

        def make(snapshot: Snapshot, moment: Moment) -> Edit:
            run = corrections.find_record(snapshot, run_id)
            if not isinstance(run, Run):
                raise BadData("That entry is not a run, so it has no shoes.")
            return write_runs.with_shoe(snapshot, run, shoe, moment)

        return self._change(make)

    def add_shoe(self, entry: write_shoes.ShoeEntry) -> Written:
        return self._change(lambda snapshot, moment: write_shoes.add_shoe(snapshot, entry, moment))

    def retire_shoe(self, name: str, day: date | None = None) -> Written:
        """Retire the pair of that name; it takes no new runs and keeps its history."""
        return self._change(lambda s, m: write_shoes.retire_shoe(write_shoes.find_shoe(s, name), m, day or m.today))

    def fit_shoe(self, name: str, day: date | None = None) -> Written:
        """Remember that the pair of that name was fitted."""
        return self._change(lambda s, m: write_shoes.fit_shoe(write_shoes.find_shoe(s, name), m, day or m.today))

    def wear_shoe(self, name: str) -> Written:
        """Make the pair of that name the one preselected for runs."""
        return self._change(lambda s, m: write_shoes.wear_shoe(s, write_shoes.find_shoe(s, name), m))

    def set_up(self, answers: write_profile.SetupAnswers) -> Written:
        """Write the profile and the settings of the rules."""
        names = self.programme.thresholds
        return self._change(lambda snapshot, moment: write_profile.set_up(snapshot, answers, moment, names))

    def edit(self, record_id: str, changes: Mapping[str, object]) -> Written:
        """Change fields of a record, given in the form in which they are stored."""

        def make(snapshot: Snapshot, moment: Moment) -> Edit:
            record = corrections.find_record(snapshot, record_id)
            return corrections.edit(record, changes, moment, lambda changed: self._line(changed, snapshot, moment))

        return self._change(make)

    def delete(self, record_id: str) -> Written:
        """Delete a record; undo brings it back."""

        def make(snapshot: Snapshot, moment: Moment) -> Edit:
            record = corrections.find_record(snapshot, record_id)
            return corrections.delete(record, moment, self._line(record, snapshot, moment))

        return self._change(make)

    def resolve(self, day: date | None = None) -> Written:
        """Record that a clinician saw the red flags up to `day`, or that they went away."""
        return self._change(lambda snapshot, moment: corrections.resolve(snapshot, moment, day or moment.today))

    def undo(self) -> Written:
        """Take the last change back, whoever made it."""
        return self._change(corrections.undo)

    def put_off_therapist(self) -> Written:
        """Let the advice to consider a physical therapist stay away for a while."""
        return self.set_up(write_profile.SetupAnswers(put_off_therapist=True))

    def confirm(self, shown: Snapshot) -> None:
        """Remember that the last days were gone through after a restore, or a change by another program.

        Only what was shown is confirmed. Raises BadData when the journal was changed since.
        """
        self._store.confirm(shown, self.now())

    def export(self, form: Form = "json", weeks: int = REPORT_WEEKS) -> bytes:
        """The journal as the content of one file; `json` is everything, and `weeks` are those of a report."""
        snapshot = self.snapshot()
        return write_out(form, snapshot, self.verdict(snapshot), self.programme, weeks)

    def merge(self, document: Document, source: str, *, dry_run: bool = False) -> Merged:
        """Take over what is newer in another journal, as one change; `dry_run` only says what that would be."""
        if dry_run:
            return merge(self.snapshot(), document.records, document.profile, source)
        merged: list[Merged] = []

        def make(snapshot: Snapshot, _: Moment) -> Edit:
            merged.append(merge(snapshot, document.records, document.profile, source))
            return merged[-1].edit

        self._change(make)
        return merged[-1]

    def sync(self, make: Callable[[Snapshot], Edit]) -> Written:
        """Take over what other machines wrote, at once; undo leaves it alone. See kneejournal.sync."""
        return self._change(lambda snapshot, _: replace(make(snapshot), is_own=False))

    def import_runs(self, found: Found, source: str, wish: Wish, *, dry_run: bool = False) -> RunsIn:
        """Write the runs found in files, as one change; `dry_run` only says what that would be."""
        if dry_run:
            snapshot = self.snapshot()
            return plan_runs(snapshot, found, source, wish, Moment.of(self.now(), "preview", snapshot.profile))
        planned: list[RunsIn] = []

        def make(snapshot: Snapshot, moment: Moment) -> Edit:
            planned.append(plan_runs(snapshot, found, source, wish, moment))
            return planned[-1].edit

        self._change(make)
        return planned[-1]

    def describe(self, record: AnyRecord, snapshot: Snapshot) -> str:
        """A record in one line."""
        return described(record, snapshot.profile, self.programme, self.day_of(snapshot))

    def _line(self, record: AnyRecord, snapshot: Snapshot, moment: Moment) -> str:
        return described(record, snapshot.profile, self.programme, moment.today)

    def _change(self, make: Callable[[Snapshot, Moment], Edit]) -> Written:
        now, device = self.now(), self._device()

        def checked_edit(before: Snapshot) -> Edit:
            try:
                return checked(make(before, Moment.of(now, device, before.profile)))
            except ValueError as error:
                raise BadData(f"{error}. Nothing was changed.") from error

        edit, after = self._store.update(checked_edit, now)
        return Written(what=edit.what, notes=edit.notes, verdict=self.verdict(after), is_new=not edit.is_empty)
