from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from kneejournal.app import KneejournalApp
from kneejournal.journal import Journal
from kneejournal.screens.setup import DISCLAIMER, SetupScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.choice import Choice
from tests.support import new_journal, places_in

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def journal() -> Journal:
    return new_journal(MORNING, set_up=False)[0]


@pytest.fixture
def app(journal: Journal, tmp_path: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(tmp_path))


def fill(app: KneejournalApp, **values: str) -> None:
    for name, value in values.items():
        app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = value


def error_of(app: KneejournalApp) -> str:
    return str(app.screen.query_one("#dialog-error", Static).content)


async def test_a_first_run_asks_and_two_keys_answer(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen)
        assert str(app.screen.query_one("#setup-disclaimer", Static).content) == DISCLAIMER
        await pilot.press("right", "enter")
        assert isinstance(app.screen, TodayScreen)
        profile = journal.snapshot().profile
        assert profile.is_set_up
        assert profile.sides_on(journal.today()) == ("right",)


async def test_skipping_writes_nothing_and_the_day_can_be_logged(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("escape", "0")
        assert not journal.snapshot().profile.is_set_up
        assert len(journal.snapshot().live) == 1


async def test_everything_that_is_answered_is_written(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        app.screen.query_one("#units", Choice).value = "km"
        fill(app, began="2026-09-01", closes_at="20", shoe_name="Blue ones", shoe_distance="120", shoe_since="-30")
        await pilot.press("ctrl+s")
        snapshot = journal.snapshot()
        assert (snapshot.profile.units, snapshot.profile.began) == ("km", date(2026, 9, 1))
        assert snapshot.profile.thresholds.closes_at == 20
        (shoe,) = snapshot.shoes
        assert (shoe.name, shoe.starting_m, shoe.since, shoe.default) == (
            "Blue ones",
            120_000,
            date(2026, 10, 23),
            True,
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("began", "last spring"),
        ("closes_at", "11"),
        ("closes_at", "24"),
        ("closes_at", "[/x]"),
        ("shoe_distance", "far"),
        ("shoe_since", "2026-11-23"),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_is_written(
    app: KneejournalApp, journal: Journal, field: str, value: str
) -> None:
    async with app.run_test() as pilot:
        fill(app, shoe_name="Blue ones", **{field: value})
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, SetupScreen)
        assert error_of(app)
        assert app.screen.query_one("#shoe-name", Input).value == "Blue ones"
        assert not journal.snapshot().profile.is_set_up
        assert journal.snapshot().shoes == ()


async def test_shoes_without_a_name_are_not_dropped_silently(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        fill(app, shoe_distance="120")
        await pilot.press("ctrl+s")
        assert "no name" in error_of(app)
        assert not journal.snapshot().profile.is_set_up


async def test_later_it_shows_what_was_answered(tmp_path: Path) -> None:
    journal, _ = new_journal(MORNING)
    app = KneejournalApp(journal, places_in(tmp_path))
    async with app.run_test() as pilot:
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("comma", "right", "right", "ctrl+s", "comma")
        await pilot.pause()
        assert app.screen.query_one("#knee", Choice).value == "both"
        assert app.screen.query_one("#closes-at", Input).value == "18"


async def test_u_takes_the_setup_back(tmp_path: Path) -> None:
    journal, _ = new_journal(MORNING)
    app = KneejournalApp(journal, places_in(tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("comma", "right", "ctrl+s", "u")
        assert journal.snapshot().profile.sides_on(journal.today()) == ("left",)


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24)])
async def test_every_size_can_be_answered(app: KneejournalApp, journal: Journal, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press(*["down"] * 12, "ctrl+s")
        assert journal.snapshot().profile.is_set_up
