"""The shoes: added, worn, fitted, retired, and given to runs."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.shoe_dialog import ShoeDialog
from kneejournal.screens.shoes import ShoesScreen
from tests.support import new_journal, places_in

SUNDAY = date(2026, 11, 22)
HOSTILE = "[/x] [bold] [@click=app.quit]x \x1b]52;c;AAAA\x07\x1b[31m"


def new_day() -> Journal:
    return new_journal(datetime(2026, 11, 22, 12, tzinfo=UTC))[0]


def with_pairs() -> Journal:
    """Blue for runs, Red, and two runs without shoes: 3 km, and 4 km later on."""
    journal, clock = new_journal(datetime(2026, 11, 22, 12, tzinfo=UTC))
    journal.add_shoe(ShoeEntry(name="Blue", since=date(2026, 9, 1), starting_m=400_000, default=True))
    journal.add_shoe(ShoeEntry(name="Red", since=date(2026, 6, 1)))
    for hour, metres in ((13, 3000), (14, 4000)):
        clock.set(SUNDAY, hour)
        journal.log_run(RunEntry(day=SUNDAY, distance_m=metres, shoe=None))
    return journal


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


def pair(journal: Journal, name: str) -> Shoe:
    return next(shoe for shoe in journal.snapshot().shoes if shoe.name == name)


def runs_of(journal: Journal, name: str | None) -> list[int]:
    wanted = pair(journal, name).id if name else None
    return [r.distance_m for r in journal.entries() if isinstance(r, Run) and r.shoe_id == wanted]


async def test_no_shoes_say_what_will_be_here_and_the_key_that_adds_a_pair(tmp_path: Path) -> None:
    async with app_of(new_day(), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "w", "x", "f", "g")
        await pilot.pause()
        assert "No shoes are written yet." in shown(pilot)
        await pilot.press("n")
        assert isinstance(pilot.app.screen, ShoeDialog)


async def test_each_pair_shows_both_limits_which_comes_first_and_when(tmp_path: Path) -> None:
    journal = with_pairs()
    journal.fit_shoe("Blue", SUNDAY)
    async with app_of(journal, tmp_path).run_test(size=(80, 30)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "▸ Blue  ● in order, for my runs" in shown(pilot)
        assert "248.5 of 500 mi" in shown(pilot)
        assert "2.7 of 6 months  ◂ comes first" in shown(pilot)
        assert "limit is reached Mon 1 Mar 2027 · fitted Sun 22 Nov" in shown(pilot)
        assert "Red   ◐ to be replaced soon" in shown(pilot)


async def test_a_pair_is_added_and_preselected_for_runs_while_there_is_none(tmp_path: Path) -> None:
    journal = new_day()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "n", *"Blue", "tab", "tab", *"2026-11-01", "tab", "tab", *"12", "ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ShoesScreen)
        assert toasts(pilot) == ["Shoes Blue, running, worn since Sun 1 Nov.  u takes it back."]
        assert "Blue" in shown(pilot)
    blue = pair(journal, "Blue")
    assert (blue.since, blue.starting_m, blue.default) == (date(2026, 11, 1), 19312, True)


async def test_a_second_pair_is_not_preselected(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "n", *"Green", "enter")
        await pilot.pause()
    assert pair(journal, "Blue").default
    assert not pair(journal, "Green").default


async def test_everyday_shoes_are_never_for_runs(tmp_path: Path) -> None:
    journal = new_day()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "n", *"Loafers", "tab", "right", "ctrl+s")
        await pilot.pause()
        assert "everyday" in shown(pilot)
        assert " mi " not in shown(pilot)
    assert (pair(journal, "Loafers").shoe_kind, pair(journal, "Loafers").default) == ("everyday", False)


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("name", "", "needs a name"),
        ("name", "blue", "already"),
        ("since", "someday", "“someday” is not a day"),
        ("bought", "2999-01-01", "is in the future"),
        ("so-far", "many", "“many” is not a distance"),
    ],
)
async def test_an_error_keeps_what_was_typed(name: str, typed: str, error: str, tmp_path: Path) -> None:
    journal = with_pairs()
    before = journal.entries()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "n", *"Green")
        pilot.app.screen.query_one(f"#{name}", Input).value = typed
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ShoeDialog)
        assert error in str(pilot.app.screen.query_one("#dialog-error", Static).content)
        assert pilot.app.screen.query_one(f"#{name}", Input).value == typed
    assert journal.entries() == before


async def test_another_pair_becomes_the_one_for_runs_with_one_key(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "down", "w")
        await pilot.pause()
        assert pair(journal, "Red").default
        assert not pair(journal, "Blue").default
        await pilot.press("u")
        await pilot.pause()
    assert pair(journal, "Blue").default


async def test_a_fitting_is_remembered_with_one_key(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "f")
        await pilot.pause()
    assert pair(journal, "Blue").fitted_on == SUNDAY


async def test_a_retired_pair_goes_to_the_end_and_comes_back_with_u(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 30)) as pilot:
        await pilot.press("s", "x")
        await pilot.pause()
        assert pair(journal, "Blue").retired_on == SUNDAY
        assert shown(pilot).index("Red") < shown(pilot).index("– retired Sun 22 Nov")
        await pilot.press("u")
        await pilot.pause()
    assert pair(journal, "Blue").retired_on is None


async def test_what_cannot_be_done_with_a_pair_is_said(tmp_path: Path) -> None:
    journal = with_pairs()
    journal.retire_shoe("Blue")
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "end", "w")
        await pilot.pause()
        assert "cannot be the default pair" in toasts(pilot)[-1]


async def test_the_highlighted_pair_is_given_to_the_newest_run_without_shoes_one_key_each(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "2 runs have no shoes." in shown(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert "1 run has no shoes." in shown(pilot)
        assert runs_of(journal, None) == [3000]
        await pilot.press("g")
        await pilot.pause()
        assert "no shoes." not in shown(pilot)
    assert len(runs_of(journal, "Blue")) == 2
    assert runs_of(journal, None) == []


async def test_another_run_without_shoes_can_be_chosen(tmp_path: Path) -> None:
    journal = with_pairs()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "down", "tab", "down")
        await pilot.pause()
        chosen = pilot.app.screen.query_one("#shoeless-runs", OptionList).highlighted_option
        await pilot.press("g")
        await pilot.pause()
    assert chosen is not None
    assert [r.id for r in journal.entries() if isinstance(r, Run) and r.shoe_id] == [chosen.id]
    assert len(runs_of(journal, "Red")) == 1


async def test_a_hostile_name_is_only_text(tmp_path: Path) -> None:
    journal = new_day()
    journal.add_shoe(ShoeEntry(name=HOSTILE))
    async with app_of(journal, tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "[/x] [bold] [@click=app.quit]x ␛]52;c;AAAA␇␛[31m" in shown(pilot)
        await pilot.click("#shoe-pairs", offset=(18, 0))
        await pilot.press("w", "f", "x")
        await pilot.pause()
        assert "\x1b" not in shown(pilot)
        assert all("\x1b" not in toast for toast in toasts(pilot))
    assert journal.snapshot().shoes[0].retired_on == SUNDAY


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 3), (200, 60)])
async def test_any_size_of_terminal_works(size: tuple[int, int], tmp_path: Path) -> None:
    async with app_of(with_pairs(), tmp_path).run_test(size=size) as pilot:
        await pilot.press("s", "down", "up", "g", "n", "escape", "w")
        await pilot.resize_terminal(80, 24)
        assert isinstance(pilot.app.screen, ShoesScreen)
