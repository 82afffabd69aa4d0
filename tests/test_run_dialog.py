"""Logging a run: a session when the log meets the rules, a plain warning when it does not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Run
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.run_dialog import RunDialog
from tests.support import StandingClock, log_clear_evenings, new_journal, places_in

MONDAY = date(2026, 11, 16)


def after_clear_days(count: int) -> tuple[Journal, StandingClock]:
    journal, clock = new_journal(datetime(2026, 11, 16, 9, tzinfo=UTC))
    log_clear_evenings(journal, clock, MONDAY, count)
    return journal, clock


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


def runs(journal: Journal) -> list[Run]:
    return [record for record in journal.entries() if isinstance(record, Run)]


def line(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


def toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


async def test_a_run_while_ready_is_a_session_of_stage_1_in_four_keys_beyond_the_numbers(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    keys_beyond_numbers = ("r", "n", "tab", "ctrl+s")
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        to_page, to_dialog, to_minutes, save = keys_beyond_numbers
        await pilot.press(to_page, to_dialog, *"1.5", to_minutes, *"30", save)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadyScreen)
        assert toasts(pilot) == ["Run 1.5 mi, 30 min, stage 1, Mon 23 Nov.  u takes it back."]
    (run,) = runs(journal)
    assert (run.distance_m, run.duration_s, run.pain, run.stage) == (2414, 1800, 0, 1)


async def test_a_run_against_the_verdict_is_written_with_a_warning_and_no_stage(tmp_path: Path) -> None:
    journal, _ = after_clear_days(3)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n")
        assert "✗ Not yet" in line(pilot, "run-verdict")
        assert "goes against that" in line(pilot, "run-verdict")
        await pilot.press(*"5km", "enter")
        await pilot.pause()
        assert any("goes against the verdict" in toast for toast in toasts(pilot))
    (run,) = runs(journal)
    assert (run.distance_m, run.stage) == (5000, None)


async def test_a_run_on_a_rest_day_is_no_session_although_a_stage_comes_next(tmp_path: Path) -> None:
    journal, clock = after_clear_days(7)
    journal.log_run(RunEntry(day=journal.today(), distance_m=3000))
    clock.set(date(2026, 11, 23), 20)
    journal.log(PainEntry(scope="day", day=journal.today(), pain={"left": 0}))
    clock.set(date(2026, 11, 24), 9)
    assert journal.verdict().status == "rest-day"
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1", "ctrl+s")
        await pilot.pause()
    assert [run.stage for run in runs(journal)] == [None, 1]


async def test_the_user_may_say_that_it_was_a_session_or_that_it_was_none(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1")
        assert pilot.app.screen.query_one("#stage", Select).value == 1
        pilot.app.screen.query_one("#stage", Select).value = 0
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert runs(journal)[0].stage is None


async def test_a_run_of_yesterday_is_judged_by_yesterday(tmp_path: Path) -> None:
    journal, clock = after_clear_days(8)
    clock.set(date(2026, 11, 24), 9)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1")
        day = pilot.app.screen.query_one("#day", Input)
        day.value = "-6"
        await pilot.pause()
        assert "✗ Not yet" in line(pilot, "run-verdict")
        assert pilot.app.screen.query_one("#stage", Select).value == 0
        day.value = "yesterday"
        await pilot.pause()
        assert "✓" in line(pilot, "run-verdict")
        await pilot.press("ctrl+s")
        await pilot.pause()
    (run,) = runs(journal)
    assert (run.day, run.stage) == (date(2026, 11, 23), 1)


async def test_the_pair_for_runs_is_preselected_and_everyday_and_retired_ones_are_not_offered(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    journal.add_shoe(ShoeEntry(name="Old", since=MONDAY))
    journal.add_shoe(ShoeEntry(name="Loafers", kind="everyday"))
    journal.add_shoe(ShoeEntry(name="Blue", since=MONDAY, default=True))
    journal.retire_shoe("Old")
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1")
        shoes = pilot.app.screen.query_one("#shoes", Select)
        assert [str(prompt) for prompt, _ in shoes._options] == ["no shoes", "Blue"]
        await pilot.press("ctrl+s")
        await pilot.pause()
    blue = next(shoe for shoe in journal.snapshot().shoes if shoe.name == "Blue")
    assert runs(journal)[0].shoe_id == blue.id


async def test_a_much_longer_run_is_flagged_while_it_is_typed(tmp_path: Path) -> None:
    journal, clock = after_clear_days(7)
    journal.log_run(RunEntry(day=journal.today(), distance_m=3000))
    clock.set(date(2026, 11, 24), 9)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"3.3km")
        await pilot.pause()
        assert line(pilot, "run-longer") == ""
        await pilot.press("backspace", "backspace", "backspace", *"4km")
        await pilot.pause()
        assert line(pilot, "run-longer").startswith("! Over 10 % longer")


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("distance", "far", "“far” is not a distance"),
        ("distance", "", "is not a distance"),
        ("minutes", "soon", "“soon” is not a time in minutes"),
        ("pain", "11", "“11” is not a pain score"),
        ("pain", "٣", "is not a pain score"),
        ("day", "tomorrow", "“tomorrow” is not a day"),
        ("day", "2999-01-01", "is in the future"),
    ],
)
async def test_an_error_keeps_what_was_typed(name: str, typed: str, error: str, tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1.5")
        pilot.app.screen.query_one("#note", Input).value = "still here"
        pilot.app.screen.query_one(f"#{name}", Input).value = typed
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RunDialog)
        assert error in line(pilot, "dialog-error")
        assert pilot.app.screen.query_one("#note", Input).value == "still here"
        assert pilot.app.screen.query_one(f"#{name}", Input).value == typed
    assert runs(journal) == []


async def test_a_note_that_is_too_long_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1.5")
        pilot.app.screen.query_one("#note", Input).value = "x" * 20_001
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "20000 fit" in line(pilot, "dialog-error")


async def test_escape_writes_nothing(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1.5", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadyScreen)
    assert runs(journal) == []


async def test_hostile_names_and_notes_are_only_text(tmp_path: Path) -> None:
    journal, clock = after_clear_days(7)
    journal.add_shoe(ShoeEntry(name="[/x] [@click=app.quit]x \x1b[31m", since=MONDAY, default=True))
    clock.set(MONDAY + timedelta(days=7), 9)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n", *"1.5")
        await pilot.pause()
        shown = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert "[/x] [@click=app.quit]x ␛[31m" in shown
        pilot.app.screen.query_one("#note", Input).value = "[bold] \x1b]52;c;AAAA\x07"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert runs(journal)[0].note == "[bold] ␛]52;c;AAAA␇"


@pytest.mark.parametrize("size", [(20, 5), (40, 12)])
async def test_a_tiny_terminal_can_still_save(size: tuple[int, int], tmp_path: Path) -> None:
    journal, _ = after_clear_days(3)
    async with app_of(journal, tmp_path).run_test(size=size) as pilot:
        await pilot.press("r", "n", *"1.5", "tab", *"30", "ctrl+s")
        await pilot.pause()
    assert len(runs(journal)) == 1
