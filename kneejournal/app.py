"""The terminal app: its screens, its keys and its palette."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from kneejournal.journal import Journal
from kneejournal.paths import Places, packaged
from kneejournal.screens.export import ExportDialog
from kneejournal.screens.page import Page
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.setup import SetupScreen
from kneejournal.screens.shoes import ShoesScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.theme import DARK, LIGHT
from kneejournal.widgets.nav_bar import NavBar

PAGES: tuple[type[Page], ...] = (TodayScreen, PainJournalScreen, ReadyScreen, ShoesScreen)
DROPPED_COMMANDS = ("Screenshot",)
"""Textual's own screenshot is readable by everybody on the machine."""


class KneejournalApp(App[None]):
    """One journal in the terminal. Its four pages are made once, kept, and switched."""

    TITLE = "kneejournal"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (100, "-wide")]  # noqa: RUF012  Textual declares it on the instance
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(page.KEY, f"page('{page.NAME}')", page.LABEL, show=False, id=f"app.{page.NAME}") for page in PAGES),
        Binding("u", "undo", "Undo", id="app.undo"),
        Binding("e", "export", "Export", show=False, id="app.export"),
        Binding("comma", "setup", "Setup", show=False, id="app.setup"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("q", "quit", "Quit", id="app.quit"),
    ]

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__(css_path=sorted(packaged("styles").glob("*.tcss")))
        self._journal = journal
        self._places = places

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        for page in PAGES:
            self.install_screen(page(self._journal), page.NAME)
        self.push_screen(TodayScreen.NAME)
        if not self._journal.snapshot().profile.is_set_up:
            self.push_screen(SetupScreen(self._journal))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from (c for c in super().get_system_commands(screen) if c.title not in DROPPED_COMMANDS)
        for page in PAGES:
            yield SystemCommand(
                page.LABEL, f"Go to this page ({page.KEY})", lambda name=page.NAME: self.action_page(name)
            )
        yield SystemCommand("Export the journal", "Write everything to a JSON file (e)", self.action_export)
        yield SystemCommand("Undo", "Take the last change back (u)", self.action_undo)
        yield SystemCommand("Setup", "Knees, units and the settings of the rules (,)", self.action_setup)

    def on_nav_bar_chosen(self, event: NavBar.Chosen) -> None:
        self.action_page(event.name)

    def action_page(self, name: str) -> None:
        """Show a page; dialogs above it are closed first by their own keys."""
        if isinstance(self.screen, Page) and name != self.screen.NAME:
            self.switch_screen(name)

    def action_undo(self) -> None:
        if isinstance(self.screen, Page):
            self.screen.write(self._journal.undo)

    def action_export(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(ExportDialog(self._journal, self._places))

    def action_setup(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(SetupScreen(self._journal), self.screen.reread_after)

    def action_help(self) -> None:
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()
