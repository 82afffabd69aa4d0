"""The walk-run session, by a clock that stands still until it is moved."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Run
from kneejournal.errors import Unreadable
from kneejournal.journal import Journal
from kneejournal.screens.hurts_dialog import HurtsDialog
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.run_dialog import RunDialog
from kneejournal.screens.run_player import RunPlayerScreen
from kneejournal.screens.session import AWAY_S, PAUSED, RESUMED
from kneejournal.widgets.large_count import LargeCount
from tests.support import log_clear_evenings, new_journal, places_in
from tests.test_player import Stopwatch

MONDAY = date(2026, 11, 16)
MINUTE = 60.0


def after_clear_days(count: int) -> Journal:
    """The morning after `count` clear days from Monday on."""
    journal, clock = new_journal(datetime(2026, 11, 16, 9, tzinfo=UTC))
    log_clear_evenings(journal, clock, MONDAY, count)
    return journal


@pytest.fixture
def journal() -> Journal:
    return after_clear_days(7)


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def app(journal: Journal, watch: Stopwatch, home: Path) -> KneejournalApp:
    app = KneejournalApp(journal, places_in(home))
    app.follow_along.clock = watch
    return app


def runs(journal: Journal) -> list[Run]:
    return [record for record in journal.entries() if isinstance(record, Run)]


def player(pilot: Pilot[None]) -> RunPlayerScreen:
    assert isinstance(pilot.app.screen, RunPlayerScreen)
    return pilot.app.screen


def line(pilot: Pilot[None], name: str) -> str:
    return str(player(pilot).query_one(f"#session-{name}", Static).content)


def count(pilot: Pilot[None]) -> str:
    return player(pilot).query_one(LargeCount).value


def field(pilot: Pilot[None], name: str) -> str:
    assert isinstance(pilot.app.screen, RunDialog)
    return pilot.app.screen.query_one(f"#{name}", Input).value


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def wait(pilot: Pilot[None], watch: Stopwatch, seconds: float) -> None:
    """Let so many seconds pass, in steps that a session takes for a slow terminal."""
    session = player(pilot)
    while seconds > 0:
        watch.now += min(seconds, AWAY_S / 2)
        seconds -= AWAY_S / 2
        session.tick()
    await pilot.pause()
    await pilot.pause()


async def test_it_is_offered_when_the_log_meets_the_rule(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        assert line(pilot, "where") == "Walk-run session, stage 1 · 30 min left"
        assert (line(pilot, "name"), line(pilot, "place"), count(pilot)) == ("Walk briskly", "to warm up", "5:00")
        assert line(pilot, "next") == "Next: run 1 min"


@pytest.mark.parametrize("days", [0, 3])
async def test_it_is_not_offered_when_the_log_does_not(days: int, home: Path) -> None:
    async with KneejournalApp(after_clear_days(days), places_in(home)).run_test() as pilot:
        await press(pilot, "r", "g")
        assert isinstance(pilot.app.screen, ReadyScreen)
        assert not pilot.app.screen.check_action("go_along", ())


async def test_walking_and_running_take_turns_by_the_clock_with_a_bell_at_each_change(
    app: KneejournalApp, watch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(True))
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 5 * MINUTE + 22)
        assert (line(pilot, "name"), line(pilot, "place"), count(pilot)) == ("Run", "1 of 4", "38")
        assert line(pilot, "hint") == "Run at a pace at which you can talk."
        assert player(pilot)._movement == app.follow_along.movement("running")
        assert len(rung) == 1
        await wait(pilot, watch, MINUTE)
        assert (line(pilot, "name"), count(pilot), line(pilot, "hint")) == ("Walk", "3:38", "")
        assert player(pilot)._movement == app.follow_along.movement("walking")
        assert len(rung) == 2
        assert not player(pilot).check_action("skip", ())


async def test_at_the_end_the_run_is_there_to_be_logged_with_its_minutes(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 30 * MINUTE + 1)
        assert (field(pilot, "minutes"), field(pilot, "pain")) == ("30", "0")
        await press(pilot, "2", "ctrl+s")
        assert line(pilot, "next") == "The run is logged. esc leaves."
        assert line(pilot, "say").startswith("Run 2.0 mi, 30 min, stage 1")
        (run,) = runs(journal)
        assert (run.duration_s, run.stage, run.pain) == (1800, 1, 0)
        assert not player(pilot).check_action("log_run", ())
        await press(pilot, "space")
        assert isinstance(app.screen, ReadyScreen)
        assert not app.screen.check_action("go_along", ())


async def test_pain_stops_the_session_says_what_comes_next_and_goes_into_the_run(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 7 * MINUTE + 30)
        await press(pilot, "h")
        assert isinstance(app.screen, HurtsDialog)
        await press(pilot, "4", "enter")
        assert line(pilot, "name") == "Stop, and walk home."
        assert line(pilot, "hint") == journal.programme.advice["if-it-hurts"]
        await wait(pilot, watch, 5 * MINUTE)
        assert line(pilot, "name") == "Stop, and walk home."
        assert not player(pilot).check_action("pause", ())
        await press(pilot, "n")
        assert (field(pilot, "minutes"), field(pilot, "pain")) == ("7:30", "4")
        await press(pilot, "1", "ctrl+s")
        (run,) = runs(journal)
        assert (run.pain, run.duration_s) == (4, 450)
        assert journal.verdict().days[-1].state == "symptoms"


async def test_no_pain_after_all_lets_it_go_on(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 6 * MINUTE)
        await press(pilot, "h", "0", "enter")
        assert (line(pilot, "name"), line(pilot, "what"), line(pilot, "say")) == ("Walk", "Paused", PAUSED)
        await press(pilot, "space")
        await wait(pilot, watch, 1)
        assert count(pilot) == "3:59"


async def test_pain_that_was_not_logged_is_said_on_leaving(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 6 * MINUTE)
        await press(pilot, "h", "2", "enter", "space", "escape")
        assert line(pilot, "say") == "The run is not written yet, nor its pain."
        await press(pilot, "escape")
        assert isinstance(app.screen, ReadyScreen)
        assert [toast.message for toast in app._notifications] == [
            "The run and its pain, 2, are not written yet: n logs them."
        ]
        assert runs(journal) == []


async def test_what_is_filled_in_already_is_kept_when_the_program_ends(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 6 * MINUTE)
        await press(pilot, "h", "2", "enter", "n")
        assert isinstance(app.screen, RunDialog)
        draft = app.screen.to_keep()
        assert draft is not None
        assert (draft.typed["pain"], draft.typed["minutes"]) == ("2", "6")


async def test_a_session_that_was_left_goes_on_at_its_step(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 5 * MINUTE + 20)
        await press(pilot, "escape")
        watch.now += 100
        await press(pilot, "g")
        assert (line(pilot, "say"), line(pilot, "name"), count(pilot)) == (RESUMED, "Run", "40")


async def test_the_minutes_are_those_really_moved(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 2 * MINUTE)
        await press(pilot, "space", "p")
        watch.now += 600
        await press(pilot, "p")
        await wait(pilot, watch, 25 * MINUTE)
        assert field(pilot, "minutes") == "27"


async def test_a_journal_that_cannot_be_read_keeps_the_session(
    app: KneejournalApp, journal: Journal, watch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise Unreadable("The disk is gone [/x].")

    async with app.run_test() as pilot:
        await press(pilot, "r", "g")
        with monkeypatch.context() as patched:
            patched.setattr(journal, "snapshot", broken)
            await wait(pilot, watch, 30 * MINUTE + 1)
            assert [toast.message for toast in app._notifications] == ["The disk is gone [/x]."]
            assert line(pilot, "name") == "That was the session."
        await press(pilot, "n")
        assert field(pilot, "minutes") == "30"


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (60, 12), (80, 24), (200, 60)], ids=str)
async def test_every_size_runs(app: KneejournalApp, size: tuple[int, int], watch: Stopwatch) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "r", "g")
        await wait(pilot, watch, 400)
        await press(pilot, "p", "space", "left", "h", "1", "enter", "escape")
        assert isinstance(app.screen, ReadyScreen)
