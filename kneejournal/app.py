"""The terminal app: its screens, its keys and its palette."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea

from kneejournal.doctor import Doctor
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.drafts import Draft, Drafts
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.palette import actions_of
from kneejournal.paths import Places
from kneejournal.preferences import Preferences
from kneejournal.screens.confirm_days import ConfirmDaysDialog
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.screens.follow_along import FollowAlong
from kneejournal.screens.help import HelpDialog, KeysDialog
from kneejournal.screens.learn import LearnScreen
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.recovery import RecoveryScreen
from kneejournal.screens.run_dialog import RunDialog
from kneejournal.screens.setup import SetupScreen
from kneejournal.screens.shoes import ShoesScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.whole_journal import WholeJournal
from kneejournal.widgets.nav_bar import NavBar
from kneejournal.wiring import find_movement, open_file

PAGES: tuple[type[Page], ...] = (TodayScreen, PainJournalScreen, ReadyScreen, ShoesScreen, LearnScreen)
LOOK_SECONDS = 1.5
"""How often the app looks whether another program wrote the journal."""


class KneejournalApp(WholeJournal):
    """One journal in the terminal. Its pages are made once, kept, and switched."""

    TITLE = "kneejournal"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (100, "-wide")]  # noqa: RUF012  Textual declares it on the instance
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(page.KEY, f"page('{page.NAME}')", page.LABEL, show=False, id=f"app.{page.NAME}") for page in PAGES),
        Binding("u", "undo", "Undo", tooltip="Take the last change back", id="app.undo"),
        Binding("e", "export", "Export the journal", show=False, tooltip="Into a JSON file", id="app.export"),
        Binding(
            "o",
            "import",
            "Bring in runs or a journal",
            show=False,
            tooltip="From a file or a folder, with a look at it first",
            id="app.import",
        ),
        Binding("comma", "setup", "Setup", show=False, tooltip="Knees, units, when it began", id="app.setup"),
        Binding("question_mark", "help", "Help", tooltip="On this page, and its keys", id="app.help"),
        Binding("q", "quit", "Quit", id="app.quit"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend",
            show=False,
            priority=True,
            tooltip="To the shell; fg comes back",
            id="app.suspend",
        ),
    ]

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__(journal, places)
        self.set_class(places.is_sample, "-sample")
        self._drafts = Drafts(places.data / "drafts")
        self._preferences = Preferences(self, places.settings)
        self.follow_along = FollowAlong(find_movement)

    def on_mount(self) -> None:
        self._preferences.apply()
        for page in PAGES:
            self.install_screen(self._made(page), page.NAME)
        self.listen_to_signals()
        self.set_interval(LOOK_SECONDS, self._look_again)
        self._open()

    def _made(self, page: type[Page]) -> Page:
        if issubclass(page, TodayScreen | ReadyScreen):
            return page(self._journal, self.follow_along)
        return page(self._journal)

    def _open(self) -> None:
        """Show today, and before it what has to be asked first."""
        try:
            snapshot = self._journal.snapshot()
        except KneejournalError as error:
            doctor = Doctor(open_file(self._places))
            repair = RecoveryScreen(str(error), lambda: doctor.repair(self._journal.now()), self._journal.snapshot)
            self.push_screen(repair, self._recovered)
            return
        self.push_screen(TodayScreen.NAME)
        if snapshot.to_confirm:
            self.push_screen(ConfirmDaysDialog(self._journal), self.reread)
        if not snapshot.profile.is_set_up:
            self.push_screen(SetupScreen(self._journal), self.reread)
        elif draft := self._drafts.take_left_over():
            self._offer(draft, snapshot)

    def _offer(self, draft: Draft, snapshot: Snapshot) -> None:
        """Open the dialog again that was open when the program ended, with what was typed into it."""
        dialog: Dialog[Written] | Dialog[Written | None]
        if draft.dialog == RunDialog.DRAFT:
            dialog = RunDialog(self._journal, snapshot, self._journal.verdict(snapshot))
        elif draft.about in snapshot.records:
            dialog = EditDialog(self._journal, snapshot.records[draft.about], snapshot)
        else:
            dialog = PainDialog(self._journal)
        dialog.draft = draft.typed
        self.push_screen(dialog, self.said)
        self.notify("This was typed and not saved. ctrl+s saves it, esc lets it go.", timeout=10)

    def keep_draft(self) -> None:
        draft = self.screen.to_keep() if isinstance(self.screen, Dialog) else None
        if draft:
            self._drafts.keep(draft)
        else:
            self._drafts.drop()

    def _recovered(self, done: str | None) -> None:
        if done is not None:
            self.notify(clean(done), markup=False, timeout=10)
        self._open()

    def _look_again(self) -> None:
        """Not while the app ends: its screens go before its timers do."""
        with suppress(ScreenStackError):
            self.keep_draft()
            if isinstance(self.screen, Page):
                self.screen.look_again()

    async def action_quit(self) -> None:
        """What is typed and not saved is offered at the next start."""
        self.keep_draft()
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a text field ctrl+z is undo, and never throws anybody out of the app."""
        if action == "suspend_process":
            return sys.platform != "win32" and not isinstance(self.focused, Input | TextArea)
        return super().check_action(action, parameters)

    def action_suspend_process(self) -> None:
        """Stop for the shell, with what is typed on the disk: a stopped program may never be continued."""
        self.keep_draft()
        super().action_suspend_process()

    async def on_app_focus(self) -> None:
        self._look_again()

    @property
    def crash_folder(self) -> Path | None:
        return None if self._places.is_sample else self._places.data

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action with a key, and those without. Textual's own screenshot, readable by everybody, is left out."""
        yield from actions_of(self, screen, self._preferences.keymap)
        if not screen.is_modal:
            yield from self.commands_without_key()
            yield SystemCommand("All keys", "Every action with its key and its id", self.action_keys)

    def on_nav_bar_chosen(self, event: NavBar.Chosen) -> None:
        self.action_page(event.name)

    def on_learn_screen_wanted(self, event: LearnScreen.Wanted) -> None:
        self.get_screen(LearnScreen.NAME, LearnScreen).open(event.page)
        self.action_page(LearnScreen.NAME)

    def action_page(self, name: str) -> None:
        """Show a page; dialogs above it are closed first by their own keys."""
        if isinstance(self.screen, Page) and name != self.screen.NAME:
            self.switch_screen(name)

    def action_keys(self) -> None:
        self.push_screen(KeysDialog(self._preferences, PAGES))

    def action_help(self) -> None:
        self.push_screen(HelpDialog(self.screen, self._preferences.keymap))
