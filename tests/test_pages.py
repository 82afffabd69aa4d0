"""What the pages share: nothing is drawn anew that is there already, and nothing that has changed stays."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kneejournal.app import KneejournalApp
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.journal import Journal
from kneejournal.library import open_programme
from kneejournal.screens.today import TodayScreen
from kneejournal.storage import MemoryStorage
from kneejournal.store import Store
from kneejournal.widgets.ribbon import ReadinessRibbon
from tests.support import CONTENT, DEVICE, StandingClock, log_clear_evenings, new_journal, places_in

MONDAY = date(2026, 11, 23)


@pytest.fixture
def kept() -> tuple[Journal, StandingClock]:
    return new_journal(datetime(2026, 11, 22, 20, 15, tzinfo=UTC))


@pytest.fixture
def app(kept: tuple[Journal, StandingClock], home: Path) -> KneejournalApp:
    return KneejournalApp(kept[0], places_in(home))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The day, each time that today's page is drawn."""
    found: list[date] = []
    show_journal = TodayScreen.show_journal

    def noted(page: TodayScreen, snapshot: Snapshot, verdict: Verdict) -> None:
        found.append(verdict.day)
        show_journal(page, snapshot, verdict)

    monkeypatch.setattr(TodayScreen, "show_journal", noted)
    return found


async def test_a_page_that_is_shown_again_is_drawn_again_only_after_a_change(
    app: KneejournalApp, kept: tuple[Journal, StandingClock], drawn: list[date]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("j", "t", "r", "t")
        assert len(drawn) == 1
        kept[0].care("ice")
        await pilot.press("j", "t", "j", "t")
        assert len(drawn) == 2


async def test_another_day_is_drawn_though_nothing_was_written(
    app: KneejournalApp, kept: tuple[Journal, StandingClock], drawn: list[date]
) -> None:
    async with app.run_test() as pilot:
        kept[1].set(MONDAY, 9)
        await pilot.press("j", "t")
        assert drawn[-1] == MONDAY


async def test_bad_news_of_a_day_to_come_is_drawn_as_soon_as_it_counts(
    app: KneejournalApp, kept: tuple[Journal, StandingClock], drawn: list[date]
) -> None:
    journal, clock = kept
    log_clear_evenings(journal, clock, date(2026, 11, 16), 7)
    clock.set(MONDAY, 9)
    journal.log(PainEntry(scope="moment", day=MONDAY, pain={"left": 5}))
    clock.set(date(2026, 11, 22), 12)
    async with app.run_test() as pilot:
        ribbon = app.screen.query_one(ReadinessRibbon)
        before = len(drawn)
        clock.moment = datetime.fromisoformat("2026-11-22T23:30:00-14:00")
        await pilot.press("j", "t")
        assert len(drawn) == before + 1
        assert not ribbon.has_class("-ready")


async def test_a_theme_chosen_on_another_page_is_that_of_a_page_shown_again(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        before = app.screen.styles.background
        await pilot.press("j")
        app.theme = "textual-light"
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        light = app.screen.styles.background
        assert light != before
        app.theme = "textual-dark"
        await pilot.pause()
        assert app.screen.styles.background != light


async def test_a_size_given_on_another_page_is_that_of_a_page_shown_again(app: KneejournalApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        await pilot.resize_terminal(50, 24)
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.has_class("-narrow")
        assert not app.screen.query_one("ExercisePage").display


async def test_a_page_that_cannot_be_read_is_said_and_the_others_open(home: Path) -> None:
    content = home / "content"
    shutil.copytree(CONTENT, content)
    (content / "learn" / "06-shoes.md").unlink()
    clock = StandingClock(datetime(2026, 11, 22, 20, 15, tzinfo=UTC))
    journal = Journal(Store(MemoryStorage()), open_programme(content), clock, lambda: DEVICE)
    journal.set_up(SetupAnswers(knee="left", units="mi"))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("l")
        assert isinstance(app.screen, TodayScreen)
        (said,) = [notification.message for notification in app._notifications]
        assert "learn" in said
        await pilot.press("j")
        assert not isinstance(app.screen, TodayScreen)
