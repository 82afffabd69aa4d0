"""Ready to run: the verdict with its reasons, the days to fill in, and the plan."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.run_dialog import RunDialog
from kneejournal.widgets.rule_list import RuleRow
from tests.domain.stories import TODAY, at
from tests.support import StandingClock, file_storage, log_clear_evenings, new_journal, places_in

MONDAY = date(2026, 11, 16)
TALL = (120, 60)


def after_clear_days(count: int) -> tuple[Journal, StandingClock]:
    """The morning after `count` clear days from Monday on."""
    journal, clock = new_journal(datetime(2026, 11, 16, 9, tzinfo=UTC))
    log_clear_evenings(journal, clock, MONDAY, count)
    return journal, clock


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def words(pilot: Pilot[None]) -> str:
    """What the screen shows, without its line breaks."""
    return " ".join(shown(pilot).split())


def rule_text(pilot: Pilot[None], rule_id: str) -> str:
    """The sentence of a rule, with its days."""
    row = next(row for row in pilot.app.screen.query(RuleRow) if row.rule.id == rule_id)
    return str(row.query_one(".rule-text", Static).content)


def footer_keys(pilot: Pilot[None]) -> set[str]:
    return {key for key, binding in pilot.app.screen.active_bindings.items() if binding.enabled}


async def test_a_met_rule_is_said_on_top_with_the_first_session_minute_by_minute(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert journal.verdict().headline in words(pilot)
        assert "Day 7 of 7 symptom free." in shown(pilot)
        assert "The next session: stage 1, 30 min" in shown(pilot)
        assert "5 –  6  run       6 – 10  walk" in shown(pilot)
        assert "25 – 30  walk, to cool down" in shown(pilot)
        assert "Information, not medical advice." in shown(pilot)
        assert pilot.app.screen.query_one("#ready-verdict").has_class("-ready")


async def test_every_rule_is_shown_with_its_mark_its_days_and_its_source(tmp_path: Path) -> None:
    journal, clock = after_clear_days(3)
    clock.set(date(2026, 11, 19), 12)
    journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": 3}, symptoms=frozenset({"squat"})))
    async with app_of(journal, tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        verdict = journal.verdict()
        assert len(pilot.app.screen.query(RuleRow)) == len(verdict.rules)
        assert "✗ not met Nothing today article" in " ".join(shown(pilot).split())[:2000]
        assert "Symptoms today: pain 3, squatting." in shown(pilot)
        assert "✓ met" in shown(pilot)
        assert "Not closed by a day-check that counts: Thu 12 Nov: nothing written" in rule_text(pilot, "day-checks")
        assert "if every day from today on is clear" in words(pilot)


@pytest.mark.parametrize("days", [0, 3, 7])
async def test_nobody_is_ever_called_safe_or_cleared(days: int, tmp_path: Path) -> None:
    async with app_of(after_clear_days(days)[0], tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "safe" not in shown(pilot).lower()
        assert "cleared" not in shown(pilot).lower()


async def test_an_empty_journal_shows_the_rules_and_the_plan(tmp_path: Path) -> None:
    async with app_of(after_clear_days(0)[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "Not yet: your log is not complete enough to say." in shown(pilot)
        assert "Day 0 of 7" in shown(pilot)


async def test_f_fills_in_the_oldest_open_day_and_u_takes_it_back(tmp_path: Path) -> None:
    journal, clock = after_clear_days(2)
    clock.set(date(2026, 11, 20), 9)
    before = journal.verdict().fillable
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert f"f  {before[0].day:%a} {before[0].day.day} Nov: it was fine, all day" in shown(pilot)
        await pilot.press("f")
        await pilot.pause()
        assert journal.verdict().fillable == before[1:]
        await pilot.press("u")
        await pilot.pause()
        assert journal.verdict().fillable == before


async def test_another_day_is_chosen_with_the_arrows(tmp_path: Path) -> None:
    journal, clock = after_clear_days(2)
    clock.set(date(2026, 11, 20), 9)
    before = journal.verdict().fillable
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "right", "right", "right", "left", "f")
        await pilot.pause()
        assert {fill.day for fill in before} - {fill.day for fill in journal.verdict().fillable} == {before[2].day}


async def test_filling_in_the_last_days_opens_the_gate_one_key_each(tmp_path: Path) -> None:
    journal, clock = after_clear_days(5)
    clock.set(date(2026, 11, 23), 9)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "f", "f")
        await pilot.pause()
        assert journal.verdict().is_ready
        assert "f" not in footer_keys(pilot)


async def test_shift_f_opens_the_pain_dialog_for_that_day(tmp_path: Path) -> None:
    journal, clock = after_clear_days(2)
    clock.set(date(2026, 11, 20), 9)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "F")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PainDialog)


async def test_a_red_flag_shows_the_key_that_settles_it_and_only_then(tmp_path: Path) -> None:
    journal, clock = after_clear_days(7)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        assert "c" not in footer_keys(pilot)
        clock.set(date(2026, 11, 23), 10)
        day = journal.today()
        journal.log(PainEntry(scope="moment", day=day, pain={"left": 0}, symptoms=frozenset({"locking"})))
        await pilot.press("t", "r")
        await pilot.pause()
        assert "See a clinician first" in shown(pilot)
        assert "c" in footer_keys(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert journal.verdict().status != "see-clinician"
        assert "c" not in footer_keys(pilot)


async def test_the_plan_shows_where_one_stands_and_the_pending_session(tmp_path: Path) -> None:
    journal, clock = after_clear_days(7)
    day = journal.today()
    journal.log_run(RunEntry(day=day, distance_m=2000))
    clock.set(day, 20)
    journal.log(PainEntry(scope="day", day=day, pain={"left": 0}))
    clock.set(day + timedelta(days=1), 7)
    async with app_of(journal, tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "▸ 1      1 min   4 min   ×4   ○○ 0 of 2 clean" in shown(pilot)
        assert "The session of Mon 23 Nov counts as clean once today has a 0." in shown(pilot)
        journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": 0}))
        await pilot.press("t", "r")
        await pilot.pause()
        assert "●○ 1 of 2 clean" in shown(pilot)


async def test_a_setback_is_named_with_its_size_and_what_comes_next(tmp_path: Path) -> None:
    journal, _ = after_clear_days(7)
    journal.log_run(RunEntry(day=journal.today(), distance_m=2000, pain=4))
    async with app_of(journal, tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "A major setback: " in shown(pilot)
        assert "Stage 1 of 8 comes next." in shown(pilot)


async def test_n_logs_a_run(tmp_path: Path) -> None:
    async with app_of(after_clear_days(7)[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("r", "n")
        assert isinstance(pilot.app.screen, RunDialog)


async def test_shoes_with_a_hostile_name_are_only_text_in_the_advice(tmp_path: Path) -> None:
    journal, _ = after_clear_days(1)
    journal.add_shoe(ShoeEntry(name="[/x] [bold] \x1b]52;c;AAAA\x07"))
    async with app_of(journal, tmp_path).run_test(size=TALL) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "the age of [/x] [bold] ␛]52;c;AAAA␇ is unknown" in shown(pilot)


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 3), (200, 60)])
async def test_any_size_of_terminal_works(size: tuple[int, int], tmp_path: Path) -> None:
    async with app_of(after_clear_days(3)[0], tmp_path).run_test(size=size) as pilot:
        await pilot.press("r", "down", "pagedown", "end", "right", "f", "n", "escape")
        await pilot.resize_terminal(80, 24)
        assert isinstance(pilot.app.screen, ReadyScreen)


async def test_a_tiny_terminal_still_shows_the_verdict(tmp_path: Path) -> None:
    async with app_of(after_clear_days(3)[0], tmp_path).run_test(size=(20, 5)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "Not yet" in shown(pilot)


async def test_the_last_days_can_be_gone_through_from_here_after_a_restore(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    journal, clock = new_journal(at(TODAY, 20), file_storage(folder / "journal.json"))
    log_clear_evenings(journal, clock, TODAY, 7)
    older = (folder / "journal.json").read_bytes()
    journal.care("ice")
    (folder / "journal.json").write_bytes(older)
    app = KneejournalApp(journal, places_in(folder))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("escape", "r", "v", "ctrl+s")
        await pilot.pause()
        assert journal.verdict().is_ready


async def test_the_advice_to_see_a_therapist_can_be_put_off_from_here(tmp_path: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 8}))
    app = KneejournalApp(journal, places_in(tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert any(line.id == "physical-therapist" for line in journal.advice(journal.snapshot(), journal.verdict()))
        await pilot.press("z")
        await pilot.pause()
        assert not any(
            line.id == "physical-therapist" for line in journal.advice(journal.snapshot(), journal.verdict())
        )
