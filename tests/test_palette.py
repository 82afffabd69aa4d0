"""The command palette: every action of the page in front and of the app, once, and it does what its key does."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.app import SystemCommand
from textual.binding import Binding

from kneejournal.app import KneejournalApp
from kneejournal.journal import Journal
from kneejournal.keys import bindings_of, is_there
from kneejournal.pages import PAGES
from kneejournal.screens.backups import BackupsDialog
from kneejournal.screens.help import KeysDialog
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.settings import SettingsScreen
from kneejournal.screens.setup import SetupScreen
from kneejournal.screens.shoes import ShoesScreen
from tests.domain.stories import TODAY, at
from tests.support import log_clear_evenings, new_journal, places_in


@pytest.fixture
def journal() -> Journal:
    journal, clock = new_journal(at(TODAY, 20))
    log_clear_evenings(journal, clock, TODAY, 3)
    return journal


@pytest.fixture
def app(journal: Journal, home: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(home))


def commands(app: KneejournalApp) -> list[SystemCommand]:
    return list(app.get_system_commands(app.screen))


def titles(app: KneejournalApp) -> list[str]:
    return [command.title for command in commands(app)]


def actions(app: KneejournalApp) -> Iterator[Binding]:
    for node in (app.screen, app):
        bindings = (b for b in bindings_of(type(node)).values() if b.id and is_there(node, b))
        yield from {binding.action: binding for binding in reversed(list(bindings))}.values()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
async def test_every_action_of_every_page_is_there_once(
    app: KneejournalApp, page: type[Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        app.action_page(page.NAME)
        await pilot.pause()
        expected = {(b.description, b.action) for b in actions(app)}
        assert len(expected) > len(PAGES)
        ran: list[str] = []

        async def remember(action: str, _: object = None) -> bool:
            ran.append(action)
            return True

        monkeypatch.setattr(app, "run_action", remember)
        found = []
        for command in commands(app):
            if isinstance(command.callback, partial):
                await command.callback()
                found.append((command.title, ran.pop()))
        assert sorted(found) == sorted(expected)


async def test_a_command_says_what_it_does_and_its_key(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        help_of = {command.title: command.help for command in commands(app)}
        assert help_of["All fine"] == "The day-check: the knee was fine, all day (0)"
        assert help_of["Pain journal"] == "key j"
        assert help_of["Help"] == "On this page, and its keys (?)"


async def test_a_key_of_ones_own_is_named(journal: Journal, home: Path) -> None:
    (home / "settings.toml").write_text('[keys]\n"today.fine" = "f5"\n')
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert {c.help for c in commands(app) if c.title == "All fine"} == {
            "The day-check: the knee was fine, all day (f5)"
        }


async def test_what_is_hidden_now_is_left_out(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ShoesScreen)
        assert "Add" in titles(app)
        assert "Retire" not in titles(app)


async def test_textuals_own_commands_are_left_out_but_for_the_theme(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Theme" in titles(app)
        assert not {"Screenshot", "Keys", "Maximize"} & set(titles(app))
        assert titles(app).count("Quit") == 1


async def test_above_a_dialog_the_pages_are_out_of_reach(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, PainDialog)
        assert sorted(titles(app)) == ["Cancel", "Help", "Quit", "Save", "Theme"]


@pytest.mark.parametrize(
    ("title", "dialog"),
    [
        ("Settings of the rules", SettingsScreen),
        ("All keys", KeysDialog),
        ("Go back to a backup", BackupsDialog),
        ("Setup", SetupScreen),
    ],
)
async def test_choosing_a_command_in_the_palette_runs_it(app: KneejournalApp, title: str, dialog: type[object]) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*("space" if letter == " " else letter for letter in title))
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, dialog)


async def test_pain_of_this_moment_is_found_by_searching(app: KneejournalApp, journal: Journal) -> None:
    before = len(journal.entries())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not any(command.discover for command in commands(app) if command.title == "Pain 3, now")
        await pilot.press("ctrl+p", *"Pain", "space", "3")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert len(journal.entries()) == before + 1
