"""Saving in a thread: nothing is shown as saved before it is, nothing typed is lost, and everything stays in order."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import ExerciseMark
from kneejournal.errors import OWN_FAULT, Unreadable
from kneejournal.journal import Journal
from kneejournal.migrations import Tables
from kneejournal.saving import NOT_IN_TIME, Saving
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.storage import MemoryStorage
from kneejournal.widgets.entry_list import EntryList
from tests.support import PATIENCE_SECONDS, new_journal, places_in, saved

EVENING = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
AT_ONCE = 0.0
TURNS = 100
"""More turns of the loop than a key takes that waits for nothing."""


class HeldStorage(MemoryStorage):
    """A disk that answers when it is told to, well or not."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = threading.Event()
        self.answers.set()
        self.failure: Exception | None = None

    def save(self, tables: Tables, at: datetime) -> None:
        assert self.answers.wait(PATIENCE_SECONDS)
        if self.failure:
            raise self.failure
        super().save(tables, at)


@pytest.fixture
def saved_when_looked_at() -> None:
    """These tests look while something is being saved."""


@pytest.fixture
def disk() -> Iterator[HeldStorage]:
    disk = HeldStorage()
    yield disk
    disk.answers.set()


@pytest.fixture
def journal(disk: HeldStorage) -> Journal:
    return new_journal(EVENING, disk)[0]


@pytest.fixture
def app(journal: Journal, home: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(home))


def box(pilot: Pilot[None], exercise: str = "Clamshell") -> str:
    """What stands in the box of an exercise."""
    lines = (strip.text for strip in pilot.app.screen._compositor.render_strips())
    return next(line[2:5] for line in lines if line[6:].startswith(exercise))


def toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


def done(journal: Journal) -> set[str]:
    return {r.exercise for r in journal.snapshot().live if isinstance(r, ExerciseMark) and r.done}


def changes(journal: Journal) -> list[str]:
    """What was written since the setup, oldest first."""
    return [change.what for change in journal.snapshot().changes][1:]


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting for what they write, nor for those that wait for it themselves."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    for _ in range(TURNS):
        await asyncio.sleep(AT_ONCE)
    pilot.app.screen._on_timer_update()


async def answer(pilot: Pilot[None], disk: HeldStorage) -> None:
    """Let the disk answer, and wait for what comes of it."""
    disk.answers.set()
    await saved(pilot)
    await pilot.pause()
    await saved(pilot)


async def test_a_box_says_that_it_is_being_saved_and_is_ticked_once_it_is(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    async with app.run_test(notifications=True) as pilot:
        disk.answers.clear()
        await press(pilot, "space")
        assert box(pilot) == "[…]"
        assert toasts(pilot) == []
        await answer(pilot, disk)
        assert box(pilot) == "[x]"
        assert toasts(pilot) == ["Clamshell done, Sun 22 Nov.  u takes it back."]
        assert done(journal) == {"clamshell"}


async def test_what_is_typed_in_a_burst_is_saved_in_the_order_in_which_it_was_typed(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        await press(pilot, "space", "down", "space", "space", "a", "3", "i", "space")
        assert box(pilot) == box(pilot, "Side-lying leg lift") == "[…]"
        await answer(pilot, disk)
        said = [what.split()[0] for what in changes(journal)]
        assert said == ["Clamshell", "Side-lying", "Side-lying", "4", "Knee", "Iced", "Side-lying"]
        short = {exercise.id for exercise in journal.find_exercises(["short"])}
        assert done(journal) == {*short, "side-leg-lift"}
        assert (box(pilot), box(pilot, "Side-lying leg lift")) == ("[x]", "[x]")


async def test_the_short_session_is_being_saved_as_a_whole(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        await press(pilot, "a")
        assert [box(pilot, name) for name in ("Clamshell", "Side-lying", "Plank")] == ["[…]", "[ ]", "[…]"]
        await answer(pilot, disk)
        assert len(done(journal)) == 4
        assert box(pilot, "Plank") == "[x]"


async def test_what_could_not_be_saved_is_said_and_the_box_shows_what_is_on_the_disk(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    async with app.run_test() as pilot:
        disk.failure = Unreadable("The disk is full.")
        await press(pilot, "space")
        await answer(pilot, disk)
        assert (box(pilot), toasts(pilot)) == ("[ ]", ["The disk is full."])
        disk.failure = None
        await press(pilot, "space")
        await answer(pilot, disk)
        assert (box(pilot), done(journal)) == ("[x]", {"clamshell"})


async def test_undo_waits_for_what_it_takes_back(app: KneejournalApp, journal: Journal, disk: HeldStorage) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        await press(pilot, "space", "u")
        assert box(pilot) == "[…]"
        await answer(pilot, disk)
        assert (changes(journal), done(journal), box(pilot)) == ([], set(), "[ ]")


async def test_undo_takes_back_nothing_else_when_that_could_not_be_saved(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    journal.care("ice")
    async with app.run_test() as pilot:
        disk.answers.clear()
        disk.failure = Unreadable("The disk is full.")
        await press(pilot, "space", "u")
        disk.answers.set()
        await saved(pilot)
        disk.failure = None
        await pilot.pause()
        assert len(changes(journal)) == 1
        assert toasts(pilot) == ["The disk is full."]


async def test_two_deletions_in_a_row_delete_two_entries(
    app: KneejournalApp, journal: Journal, disk: HeldStorage
) -> None:
    for _ in range(3):
        journal.care("ice")
    async with app.run_test() as pilot:
        await pilot.press("j")
        disk.answers.clear()
        await press(pilot, "d", "d")
        await answer(pilot, disk)
        assert len(journal.entries()) == 1


async def test_pages_can_be_turned_while_something_is_being_saved_and_show_it_as_soon_as_it_is(
    app: KneejournalApp, disk: HeldStorage
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("j", "t")
        disk.answers.clear()
        await press(pilot, "space", "j")
        assert isinstance(app.screen, PainJournalScreen)
        assert app.screen.query_one(EntryList).highlighted is None
        await answer(pilot, disk)
        row = app.screen.query_one(EntryList).highlighted
        assert row is not None
        assert row.text == "Clamshell done"
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert box(pilot) == "[x]"


async def test_a_dialog_opens_as_soon_as_everything_is_saved(app: KneejournalApp, disk: HeldStorage) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        await press(pilot, "space", "p")
        assert isinstance(app.screen, TodayScreen)
        await answer(pilot, disk)
        assert isinstance(app.screen, PainDialog)


async def test_quitting_waits_for_what_is_being_saved(app: KneejournalApp, journal: Journal, disk: HeldStorage) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        await press(pilot, "space", "3", "q")
        assert app.is_running
        disk.answers.set()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while app.is_running:
                await asyncio.sleep(AT_ONCE)
    assert app.return_code == 0
    assert len(changes(journal)) == 2


async def test_quitting_stays_when_something_could_not_be_saved(app: KneejournalApp, disk: HeldStorage) -> None:
    async with app.run_test() as pilot:
        disk.answers.clear()
        disk.failure = Unreadable("The disk is full.")
        await press(pilot, "space", "q")
        await answer(pilot, disk)
        assert app.is_running
        assert toasts(pilot) == ["The disk is full."]


async def test_an_error_of_its_own_while_saving_ends_the_app_in_order(app: KneejournalApp, disk: HeldStorage) -> None:
    async def tick() -> None:
        async with app.run_test() as pilot:
            disk.failure = RuntimeError("unforeseen")
            await press(pilot, "space")
            await saved(pilot)
            await pilot.pause()

    with pytest.raises(WorkerFailed, match="unforeseen"):
        await tick()
    assert app.return_code == OWN_FAULT


def test_changes_are_made_one_after_the_other() -> None:
    saving = Saving()
    made: list[int] = []
    first_may_end = threading.Event()

    def first() -> None:
        first_may_end.wait(PATIENCE_SECONDS)
        made.append(0)

    saving.begin(first)
    for number in range(1, 20):
        saving.begin(lambda number=number: made.append(number))  # type: ignore[misc]
    assert saving.finish(AT_ONCE) == NOT_IN_TIME
    first_may_end.set()
    assert saving.finish(PATIENCE_SECONDS) == ""
    assert made == list(range(20))


def test_what_failed_is_named_at_the_end() -> None:
    def fail() -> None:
        raise Unreadable("The disk is full.")

    saving = Saving()
    saving.begin(fail)
    assert saving.finish(PATIENCE_SECONDS) == "The disk is full."


async def test_a_change_that_takes_too_long_is_not_waited_for_any_longer() -> None:
    saving = Saving()
    may_end = threading.Event()
    making = saving.begin(lambda: may_end.wait(PATIENCE_SECONDS))
    assert not await saving.settled(AT_ONCE)
    may_end.set()
    assert saving.finish(PATIENCE_SECONDS) == ""
    saving.end(making)
    assert await saving.settled(AT_ONCE)
