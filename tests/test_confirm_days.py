"""The dialog that goes through the last days: what it confirms is what it showed."""

from pathlib import Path

import pytest
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.write_pain import PainEntry
from kneejournal.journal import Journal
from kneejournal.screens.confirm_days import ConfirmDaysDialog
from kneejournal.screens.today import TodayScreen
from tests.domain.stories import TODAY, at
from tests.support import file_storage, log_clear_evenings, new_journal, places_in


@pytest.fixture
def rolled_back(home: Path) -> Journal:
    """A journal of seven clear evenings in an older version than this machine has written."""
    path = home / "journal.json"
    journal, clock = new_journal(at(TODAY, 20), file_storage(path))
    log_clear_evenings(journal, clock, TODAY, 7)
    older = path.read_bytes()
    journal.care("ice")
    path.write_bytes(older)
    return journal


def days(app: KneejournalApp) -> list[str]:
    return str(app.screen.query_one("#days-shown", Static).content).splitlines()


def error(app: KneejournalApp) -> str:
    return str(app.screen.query_one("#dialog-error", Static).content)


async def test_the_last_days_are_shown_and_confirmed_as_they_are(rolled_back: Journal, home: Path) -> None:
    app = KneejournalApp(rolled_back, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDaysDialog)
        assert days(app)[0].split() == ["Sun", "22", "Nov", "clear", "worst", "pain", "0"]
        assert days(app)[-1].split()[:4] == ["Sun", "29", "Nov", "unlogged"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert rolled_back.verdict().is_ready


async def test_what_another_program_wrote_meanwhile_is_shown_and_gone_through_first(
    rolled_back: Journal, home: Path
) -> None:
    app = KneejournalApp(rolled_back, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        other, _ = new_journal(rolled_back.now(), file_storage(home / "journal.json"), set_up=False)
        other.log(PainEntry(scope="moment", day=other.today(), pain={"left": 6}))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDaysDialog)
        assert "was changed after these days were shown" in error(app)
        assert days(app)[-1].endswith("worst pain 6")
        assert rolled_back.snapshot().to_confirm
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert not rolled_back.snapshot().to_confirm
