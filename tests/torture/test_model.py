"""R14: whatever is done to a journal in whatever order, it is what a plain dictionary says it is."""

import copy
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kneejournal.doctor import Doctor
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import Pain, day_check_id, exercise_id, from_plain, to_plain
from kneejournal.domain.snapshot import CHANGES_KEPT
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData, KneejournalError
from kneejournal.interop.journal_json import Document
from kneejournal.journal import Journal
from tests.torture.rig import EVENING, Home, go_back_to, shipped

Plain = dict[str, Any]
Records = dict[str, Plain]
Step = dict[str, Plain | None]
"""What a change replaced, by id; None where nothing was."""

EXERCISES = [exercise.id for exercise in shipped().exercises]
VERSION = ("updated_at", "device")


class State:
    """The model: what is in the journal, what can be taken back, and whether it is to be confirmed."""

    def __init__(self) -> None:
        self.records: Records = {}
        self.steps: list[Step] = []
        self.to_confirm = False

    def live(self, kind: str = "pain") -> list[str]:
        return sorted(key for key, r in self.records.items() if not r["deleted"] and r["kind"] == kind)


class JournalMachine(RuleBasedStateMachine):
    """One journal on the disk and its model, step by step."""

    @initialize()
    def begin(self) -> None:
        self._patches = ExitStack()
        # What is synced makes no difference to what is read; R3 and R6 look at that.
        self._patches.enter_context(mock.patch("os.fsync"))
        # The same ids in every run of an example, so that a choice among entries is the same choice.
        self._patches.enter_context(mock.patch("kneejournal.domain.records.uuid4", map(_id, count(1)).__next__))
        self._folder = tempfile.TemporaryDirectory()
        self.home = Home(Path(self._folder.name))
        self.now = EVENING
        self.model = State()
        self.saved: dict[int, State] = {}
        self.raws: dict[int, bytes] = {}
        self.documents: list[Records] = []
        self.has_gaps = False
        self.count = 0
        self.journal = self.app()
        self.journal.mark([])

    def teardown(self) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()
            self._patches.close()

    def opened(self) -> Journal:
        return self.home.open(lambda: self.now)

    def app(self) -> Journal:
        """The journal as the program that is tried opens it."""
        return self.opened()

    def next_note(self) -> str:
        self.count += 1
        return f"note {self.count}"

    def stored(self) -> Records:
        return {key: to_plain(record) for key, record in self.opened().snapshot().records.items()}

    def changed(self, expected: Mapping[str, Plain | None], step: Step | None = None, *, is_undo: bool = False) -> None:
        """The journal changed by these records and no others; their fields are those of `expected`."""
        found = self.stored()
        ids = set(expected)
        before = {key: self.model.records.get(key) for key in ids}
        assert found.keys() - ids == self.model.records.keys() - ids
        for key in found.keys() - ids:
            assert found[key] == self.model.records[key], "the others are as they were"
        for key, fields in expected.items():
            if fields is None:
                assert key not in found
                continue
            assert {name: found[key][name] for name in fields} == fields
            if was := before[key]:
                newer, older = from_plain(found[key]).updated_at, from_plain(was).updated_at
                assert newer > older or found[key] == was, "a version is always later than the one it replaces"
        self.model.records = found
        if not is_undo:
            self.model.steps = [*self.model.steps, step if step is not None else before][-CHANGES_KEPT:]
        # After going back, the same instant would be given twice, which no clock does.
        self.now += timedelta(seconds=1)
        self.remember()

    def remember(self) -> None:
        """What was saved as which revision, for those who go back to it."""
        content = self.home.file().read()
        assert content is not None
        self.saved[content.header.revision] = copy.deepcopy(self.model)
        self.raws[content.header.revision] = content.raw

    @property
    def newest(self) -> int:
        return max(self.saved)

    @rule(score=st.integers(0, 10), days=st.integers(0, 2))
    def log_a_moment(self, score: int, days: int) -> None:
        text = self.next_note()
        before = set(self.model.records)
        entry = PainEntry(
            scope="moment", day=self.journal.today() - timedelta(days=days), pain={"left": score}, note=text
        )
        self.journal.log(entry)
        (made,) = set(self.stored()) - before
        self.changed({made: {"note": text, "pain": {"left": score}, "deleted": False}})

    @rule(score=st.integers(0, 10), days=st.integers(0, 7), correct=st.booleans())
    def log_a_day(self, score: int, days: int, correct: bool) -> None:
        text, day = self.next_note(), self.journal.today() - timedelta(days=days)
        key = day_check_id(day)
        standing = self.model.records.get(key)
        stands = standing["pain"]["left"] if standing and not standing["deleted"] else None
        entry = PainEntry(scope="day", day=day, pain={"left": score}, note=text, correct=correct)
        if stands is not None and score < stands and not correct:
            with pytest.raises(BadData, match="lower"):
                self.journal.log(entry)
            return
        self.journal.log(entry)
        self.changed({key: {"pain": {"left": score}, "deleted": False, "day": day.isoformat()}})
        assert text in self.model.records[key]["note"]

    @rule(exercise=st.sampled_from(EXERCISES), done=st.booleans())
    def mark_an_exercise(self, exercise: str, done: bool) -> None:
        key = exercise_id(self.journal.today(), exercise)
        standing = self.model.records.get(key)
        is_there = standing is not None and not standing["deleted"]
        self.journal.mark(self.journal.find_exercises([exercise]), done=done)
        if (not is_there and not done) or (is_there and standing is not None and standing["done"] == done):
            return
        self.changed({key: {"done": done, "exercise": exercise, "deleted": False}})

    @precondition(lambda self: self.model.live())
    @rule(data=st.data(), score=st.integers(0, 10))
    def edit_an_entry(self, data: st.DataObject, score: int) -> None:
        key, text = data.draw(st.sampled_from(self.model.live())), self.next_note()
        self.journal.edit(key, {"note": text, "pain": {"left": score}})
        self.changed({key: {**_lasting(self.model.records[key]), "note": text, "pain": {"left": score}}})

    @precondition(lambda self: self.model.live())
    @rule(data=st.data())
    def delete_an_entry(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.model.live()))
        self.journal.delete(key)
        self.changed({key: {**_lasting(self.model.records[key]), "deleted": True}})

    @rule()
    def undo_the_last_change(self) -> None:
        if not self.model.steps:
            with pytest.raises(BadData, match="nothing to undo"):
                self.journal.undo()
            return
        step = self.model.steps[-1]
        if self.has_gaps and self.is_changed_since(step):
            with pytest.raises(BadData, match="changed again"):
                self.journal.undo()
            return
        self.journal.undo()
        expected: dict[str, Plain | None] = {}
        for key, was in step.items():
            back = was if was is not None else {**self.model.records[key], "deleted": True}
            expected[key] = _lasting(back)
        self.model.steps = self.model.steps[:-1]
        self.changed(expected, is_undo=True)

    def is_changed_since(self, step: Step) -> bool:
        """Whether a change in between was purged away, so that this one is not the last of its entries."""
        written = self.opened().snapshot().changes[-1].wrote
        assert written.keys() == step.keys()
        return any(from_plain(self.model.records[key]).updated_at != at for key, at in written.items())

    @rule()
    def keep_an_export(self) -> None:
        self.documents.append(self.stored())

    @precondition(lambda self: self.documents)
    @rule(data=st.data())
    def import_an_export(self, data: st.DataObject) -> None:
        document = data.draw(st.sampled_from(self.documents))
        records = tuple(from_plain(plain) for plain in document.values())
        taken = {
            key: plain
            for key, plain in document.items()
            if (standing := self.model.records.get(key)) is None
            or from_plain(plain).updated_at > from_plain(standing).updated_at
        }
        merged = self.journal.merge(Document(profile=Profile(), records=records), "export")
        assert merged.new + merged.changed == len(taken)
        if taken:
            self.changed(taken)

    @precondition(lambda self: self.model.live())
    @rule(data=st.data())
    def purge_an_entry(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.records)))
        Doctor(self.home.file()).purge(key, self.now)
        self.model.steps = [step for step in self.model.steps if key not in step]
        self.has_gaps = True
        self.saved.clear()
        self.raws.clear()
        self.changed({key: None}, is_undo=True)
        for path in [*self.home.journal.parent.rglob("*.json"), *self.home.journal.parent.glob("*.ahead")]:
            assert key.encode() not in path.read_bytes(), "a purged entry is in no backup"

    @precondition(lambda self: self.model.to_confirm)
    @rule()
    def confirm(self) -> None:
        self.journal.confirm(self.journal.snapshot())
        self.model.to_confirm = False
        self.changed({}, is_undo=True)

    @rule()
    def reopen(self) -> None:
        self.journal = self.app()

    @rule(hours=st.integers(0, 30))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.saved)
    @rule(cut=st.floats(0, 1, exclude_max=True))
    def damage_and_repair(self, cut: float) -> None:
        content, left = self.home.content, self.home.ahead.exists()
        damaged = content[: int(len(content) * cut)]
        self.home.journal.write_bytes(damaged)
        with pytest.raises(KneejournalError):
            self.journal.snapshot()
        Doctor(self.home.file()).repair(self.now)
        aside = list(self.home.journal.parent.glob("*.damaged-*"))
        assert any(path.read_bytes() == damaged for path in aside)
        for path in aside:
            path.unlink()
        self.repaired(left)

    @precondition(lambda self: self.saved)
    @rule()
    def lose_and_repair(self) -> None:
        left = self.home.ahead.exists()
        self.home.journal.unlink()
        with pytest.raises(KneejournalError, match="gone"):
            self.journal.snapshot()
        Doctor(self.home.file()).repair(self.now)
        self.repaired(left)

    @precondition(lambda self: self.saved)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        known = {backup.revision for backup in self.home.file().backups.all()} & self.saved.keys()
        assert self.newest in known, "the newest generation is among the backups"
        revision = data.draw(st.sampled_from(sorted(known)))
        go_back_to(self.home, revision, self.now)
        self.came_back(revision)

    @precondition(lambda self: len(self.raws) > 1)
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        revision = data.draw(st.sampled_from(sorted(self.raws.keys() - {self.newest})))
        self.home.journal.write_bytes(self.raws[revision])
        self.model = copy.deepcopy(self.saved[revision])
        self.model.to_confirm = True

    def repaired(self, left: bool) -> None:
        """The newest revision came back; and, where it was `left`, what was written ahead of it: all that there was."""
        if left:
            self.model.to_confirm = True
            self.changed({}, is_undo=True)
        else:
            self.came_back(self.newest)

    def came_back(self, revision: int) -> None:
        self.model = copy.deepcopy(self.saved[revision])
        self.model.to_confirm = True
        self.changed({}, is_undo=True)

    @invariant()
    def the_journal_is_what_the_model_says(self) -> None:
        if not hasattr(self, "home"):
            return
        snapshot = self.opened().snapshot()
        assert {key: to_plain(record) for key, record in snapshot.records.items()} == self.model.records
        assert len(snapshot.changes) == len(self.model.steps)
        assert snapshot.to_confirm == self.model.to_confirm
        assert self.home.temporary() == []
        if snapshot.to_confirm:
            assert not self.journal.verdict().is_ready
        live = {r.id for r in self.journal.entries() if isinstance(r, Pain)}
        assert live == set(self.model.live())


class AheadMachine(JournalMachine):
    """The same, written by apps that write ahead: what they wrote is settled at any later moment, or never."""

    @initialize()
    def begin(self) -> None:
        self.waiting: list[Later] = []
        super().begin()
        self._patches.enter_context(mock.patch("kneejournal.store.Thread", self.later))
        self.other = self.app()

    def later(self, target: Callable[..., None], args: tuple[Any, ...], name: str) -> "Later":  # noqa: ARG002
        return Later(self, partial(target, *args))

    def app(self) -> Journal:
        return self.home.open(lambda: self.now, ahead=True)

    def remember(self) -> None:
        """Only what is in the journal's own file is a revision to go back to."""
        if not self.home.ahead.exists():
            super().remember()

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.waiting)).join()

    @rule()
    def the_app_is_killed(self) -> None:
        self.waiting.clear()
        self.journal = self.app()

    @rule()
    def another_app_is_used(self) -> None:
        self.journal, self.other = self.other, self.journal

    @rule()
    def a_command_is_used(self) -> None:
        self.journal = self.opened()

    @precondition(lambda self: len(self.raws) > 1 or (self.raws and self.home.ahead.exists()))
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        """The whole folder as it was; that may be the present file without what was written ahead of it."""
        kept = set[int]() if self.home.ahead.exists() else {self.newest}
        revision = data.draw(st.sampled_from(sorted(self.raws.keys() - kept)))
        self.home.journal.write_bytes(self.raws[revision])
        self.home.ahead.unlink(missing_ok=True)
        self.model = copy.deepcopy(self.saved[revision])
        self.model.to_confirm = True


class Later:
    """In the place of a thread: runs when the machine likes, or when it is waited for."""

    def __init__(self, machine: AheadMachine, run: Callable[[], None]) -> None:
        self._waiting = machine.waiting
        self._run = run
        self._remember = machine.remember

    def start(self) -> None:
        self._waiting.append(self)

    def is_alive(self) -> bool:
        return False

    def join(self) -> None:
        if self in self._waiting:
            self._waiting.remove(self)
            self._run()
            self._remember()


def _id(number: int) -> UUID:
    return UUID(int=number)


def _lasting(plain: Plain) -> Plain:
    """The fields of a record that a new version of it keeps."""
    return {name: value for name, value in plain.items() if name not in VERSION}


@pytest.mark.parametrize("machine", [JournalMachine, AheadMachine])
def test_the_journal_is_what_a_dictionary_says_it_is(is_full: bool, machine: type[JournalMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=1000 if is_full else 35,
            stateful_step_count=40 if is_full else 20,
            deadline=None,
            derandomize=not is_full,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
