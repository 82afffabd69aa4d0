"""Every theme on every page, and the choice that is remembered."""

from pathlib import Path

import pytest

from kneejournal.app import KneejournalApp
from kneejournal.journal import Journal
from kneejournal.pages import PAGES
from kneejournal.screens.page import Page
from kneejournal.settings import read_settings
from kneejournal.theme import DARK, LIGHT
from tests.domain.stories import TODAY, at
from tests.support import log_clear_evenings, new_journal, places_in


@pytest.fixture
def journal() -> Journal:
    journal, clock = new_journal(at(TODAY, 20))
    log_clear_evenings(journal, clock, TODAY, 3)
    return journal


@pytest.fixture
def app(journal: Journal, home: Path, monkeypatch: pytest.MonkeyPatch) -> KneejournalApp:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    return KneejournalApp(journal, places_in(home))


async def test_every_page_can_be_shown_in_every_theme(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        themes = list(app.available_themes)
        assert {DARK.name, LIGHT.name, "ansi-dark", "ansi-light", "nord", "textual-light"} <= set(themes)
        for page in PAGES:
            app.action_page(page.NAME)
            await pilot.pause()
            for theme in themes:
                app.theme = theme
                await pilot.pause()
                assert isinstance(app.screen, Page)
                assert "Today" in "".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_the_settings_the_help_and_the_palette_can_be_shown_in_every_theme(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        for open_it in (app.action_settings, app.action_keys, app.action_help, app.action_command_palette):
            open_it()
            await pilot.pause()
            for theme in app.available_themes:
                app.theme = theme
                await pilot.pause()
            await pilot.press("escape")
            await pilot.pause()


async def test_a_theme_that_is_chosen_is_there_at_the_next_start(
    app: KneejournalApp, journal: Journal, home: Path
) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == DARK.name
        assert not (home / "settings.toml").exists()
        app.theme = LIGHT.name
        await pilot.pause()
        assert read_settings(home / "settings.toml").theme == LIGHT.name
    again = KneejournalApp(journal, places_in(home))
    async with again.run_test() as pilot:
        await pilot.pause()
        assert again.theme == LIGHT.name


async def test_the_palette_chooses_the_theme(app: KneejournalApp, home: Path) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        app.action_change_theme()
        await pilot.pause()
        await pilot.press(*"kneejournal", "minus", *"light")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert app.theme == LIGHT.name
        assert read_settings(home / "settings.toml").theme == LIGHT.name


async def test_the_environment_names_a_theme_for_this_time_only(
    journal: Journal, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "settings.toml").write_text('theme = "nord"\n')
    monkeypatch.setenv("TEXTUAL_THEME", LIGHT.name)
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == LIGHT.name
    assert read_settings(home / "settings.toml").theme == "nord"


@pytest.mark.parametrize(("variable", "theme"), [("nope", "nord"), ("", "nord")])
async def test_an_environment_that_names_no_theme_is_passed_over(
    journal: Journal, home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, theme: str
) -> None:
    (home / "settings.toml").write_text('theme = "nord"\n')
    monkeypatch.setenv("TEXTUAL_THEME", variable)
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == theme


async def test_an_unknown_theme_is_said_with_the_nearest(journal: Journal, home: Path) -> None:
    (home / "settings.toml").write_text('theme = "kneejournal-ligth"\n')
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        (toast,) = app._notifications
        assert toast.message == "settings.toml: There is no theme “kneejournal-ligth”. Is it “kneejournal-light”?"
        assert app.theme == DARK.name


async def test_a_theme_that_cannot_be_kept_is_shown_and_said(app: KneejournalApp, home: Path) -> None:
    (home / "settings.toml").write_text("theme = \n")
    async with app.run_test() as pilot:
        await pilot.pause()
        app.theme = "nord"
        await pilot.pause()
        assert app.theme == "nord"
        assert "not valid TOML" in [n.message for n in app._notifications][-1]
    assert (home / "settings.toml").read_text() == "theme = \n"
