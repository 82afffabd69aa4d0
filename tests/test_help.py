"""Help: every page and dialog says what it is for, and its keys as they are."""

import re
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.own_keys import own_screens
from kneejournal.pages import PAGES
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.help import HelpDialog, Reading, help_content
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from tests.domain.stories import TODAY, at
from tests.support import new_journal, places_in

EXPLAINED = [node for node in own_screens() if node not in (Page, Dialog) and issubclass(node, Page | Dialog)]


@pytest.fixture
def app(home: Path) -> KneejournalApp:
    journal, _ = new_journal(at(TODAY, 20))
    return KneejournalApp(journal, places_in(home))


def table(app: KneejournalApp) -> str:
    return str(app.screen.query_one("KeyTable", Static).content)


@pytest.mark.parametrize("node", [n for n in EXPLAINED if not issubclass(n, Reading)], ids=lambda node: node.__name__)
def test_every_page_and_dialog_has_a_help_text(node: type[Any]) -> None:
    text = str(help_content(node.HELP))
    assert text.endswith(".")
    assert not re.search(r"[#`*]", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
async def test_help_names_the_keys_of_the_page_and_of_the_app(app: KneejournalApp, page: type[Page]) -> None:
    async with app.run_test() as pilot:
        await pilot.press(page.KEY, "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        assert app.screen.title_text == f"Help: {page.LABEL}"
        shown = table(app)
        assert shown.index("Here") < shown.index("Everywhere")
        assert re.search(r"^u +Undo", shown, re.MULTILINE)
        assert re.search(r"^ctrl\+p +Palette", shown, re.MULTILINE)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, page)


async def test_help_of_a_dialog_leaves_what_is_typed_alone(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        assert "Save" in table(app)
        assert "Pain journal" not in table(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, PainDialog)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(app._journal.entries()) == 1


async def test_help_that_is_longer_than_the_screen_is_scrolled_with_the_arrows(app: KneejournalApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        fields = app.screen.query_one("#dialog-fields")
        assert fields.max_scroll_y > 0
        await pilot.press("end")
        await pilot.pause()
        assert fields.scroll_y == fields.max_scroll_y


async def test_help_shows_only_what_can_be_done_now(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("s", "question_mark")
        await pilot.pause()
        assert "Add" in table(app)
        assert "Retire" not in table(app)
