"""What each daily thing may cost in keys, from a freshly opened journal."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import ExerciseMark, Pain, Run
from kneejournal.journal import Journal
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.today import TodayScreen
from tests.support import log_clear_evenings, new_journal, places_in

EIGHTH_MORNING = date(2026, 11, 22)


@pytest.fixture
def journal() -> Journal:
    """A week of clear evenings, on the morning after: the gate is open."""
    journal, clock = new_journal(datetime(2026, 11, 1, 8, tzinfo=UTC))
    log_clear_evenings(journal, clock, date(2026, 11, 15), 7)
    return journal


@pytest.fixture
def app(journal: Journal, home: Path, monkeypatch: pytest.MonkeyPatch) -> KneejournalApp:
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DOCUMENTS_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return KneejournalApp(journal, places_in(home))


class Keyboard:
    """Presses keys and counts those that are not typed numbers or words."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def write(self, text: str) -> None:
        await self._pilot.press(
            *("space" if letter == " " else "full_stop" if letter == "." else letter for letter in text)
        )


def today_of(journal: Journal, kind: type[Pain] | type[Run] | type[ExerciseMark]) -> list[Pain | Run | ExerciseMark]:
    return [r for r in journal.snapshot().live if isinstance(r, kind) and r.day == EIGHTH_MORNING]


async def test_knee_fine_all_day_is_one_key_and_its_undo_another(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("0")
        assert len(today_of(journal, Pain)) == 1
        assert keyboard.count <= 1
        await keyboard.press("u")
        assert today_of(journal, Pain) == []
        assert keyboard.count <= 2


async def test_pain_on_the_stairs_with_a_note_is_one_key_beyond_what_is_chosen(
    app: KneejournalApp, journal: Journal
) -> None:
    async with app.run_test() as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("p")
        assert keyboard.count <= 1
        await keyboard.write("3")
        await pilot.press("tab", "space")
        await keyboard.write("the stairs at work")
        await pilot.press("ctrl+s")
        await pilot.pause()
        (entry,) = (record for record in today_of(journal, Pain) if isinstance(record, Pain))
    assert (entry.pain.worst, entry.symptoms, entry.note) == (3, ("stairs-down",), "the stairs at work")


async def test_the_short_session_is_one_key_at_once_and_at_most_nine_one_by_one(
    app: KneejournalApp, journal: Journal
) -> None:
    async with app.run_test() as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("a")
        assert (len(today_of(journal, ExerciseMark)), keyboard.count) == (4, 1)
        await pilot.press("u")
        await pilot.pause()
        assert today_of(journal, ExerciseMark) == []
        one_by_one = Keyboard(pilot)
        await one_by_one.press("space", "down", "down", "space", "down", "down", "space", "down", "space")
        assert len(today_of(journal, ExerciseMark)) == 4
        assert one_by_one.count <= 9


async def test_may_i_run_is_no_key_and_its_reasons_are_one(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        headline = app.screen.query_one("#ribbon-headline", Static)
        assert "ready for short intervals" in str(headline.content)
        keyboard = Keyboard(pilot)
        await keyboard.press("r")
        assert isinstance(app.screen, ReadyScreen)
        assert keyboard.count == 1


@pytest.mark.parametrize("way", [("n",), ("r", "n")])
async def test_todays_run_is_at_most_four_keys_beyond_the_numbers(
    app: KneejournalApp, journal: Journal, way: tuple[str, ...]
) -> None:
    async with app.run_test() as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press(*way)
        await keyboard.write("1.5")
        await keyboard.press("tab")
        await keyboard.write("30")
        await keyboard.press("ctrl+s")
        (run,) = (record for record in today_of(journal, Run) if isinstance(record, Run))
        assert (run.stage, run.duration_s) == (1, 1800)
        assert keyboard.count <= 4


async def test_the_journal_is_exported_in_two_keys(app: KneejournalApp, home: Path) -> None:
    async with app.run_test() as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.press("e", "enter")
        assert (home / "kneejournal-2026-11-22.json").is_file()
        assert keyboard.count <= 2


@pytest.mark.parametrize("deed", [("0",), ("3",), ("space",), ("a",), ("i",), ("v",)])
async def test_anything_just_done_is_undone_by_one_key(
    app: KneejournalApp, journal: Journal, deed: tuple[str, ...]
) -> None:
    before = journal.snapshot().live
    async with app.run_test() as pilot:
        await pilot.press(*deed)
        await pilot.pause()
        assert journal.snapshot().live != before
        keyboard = Keyboard(pilot)
        await keyboard.press("u")
        assert {record.id for record in journal.snapshot().live} == {record.id for record in before}
        assert keyboard.count == 1
