"""The terminal app: its screens, its keys and its palette."""

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.drafts import Draft, Drafts
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal
from kneejournal.paths import Places
from kneejournal.screens.follow_along import FollowAlong
from kneejournal.screens.page import PAGE_KEYS, Page
from kneejournal.screens.today import TodayScreen
from kneejournal.warming import load_the_rest
from kneejournal.whole_journal import WholeJournal
from kneejournal.widgets.nav_bar import NavBar
from kneejournal.wiring import find_movement, open_file

# Other pages and the dialogs are loaded when they are wanted: what is shown first waits for none of them.
if TYPE_CHECKING:
    from kneejournal.journal import Written
    from kneejournal.screens.dialog import Dialog
    from kneejournal.screens.learn import LearnScreen

SETTLING_SECONDS = 0.1
STEP_SECONDS = 0.01
"""After the first page was drawn, and between the steps of loading what it did without."""
LOOK_SECONDS = 1.5
"""How often the app looks whether another program wrote the journal."""


class KneejournalApp(WholeJournal):
    """One journal in the terminal. Its pages are made once, kept, and switched."""

    TITLE = "kneejournal"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (100, "-wide")]  # noqa: RUF012  Textual declares it on the instance
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"page('{name}')", label, show=False, id=f"app.{name}") for name, key, label in PAGE_KEYS),
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
        self._found: Snapshot | None = None
        """What was found in the journal to begin with, until it is looked at."""
        self._drafts = Drafts(places.data / "drafts")
        self.follow_along = FollowAlong(find_movement)
        self.install_screen(TodayScreen(journal, self.follow_along), TodayScreen.NAME)

    def get_default_screen(self) -> Screen[object]:
        """Today, unless the journal cannot be read, which is said before anything is shown."""
        try:
            self._found = self._journal.snapshot()
        except KneejournalError:
            return super().get_default_screen()
        page = self.get_screen(TodayScreen.NAME)
        # Another page that takes its place takes this away again, as if this one had been pushed.
        page._push_result_callback(self, None)
        return page

    def on_ready(self) -> None:
        """Nothing that is needed later only is in the way of the first key."""
        self.set_timer(SETTLING_SECONDS, partial(self._settle, load_the_rest(self.stylesheet)))

    def _settle(self, steps: Iterator[None]) -> None:
        """Take one step; after the last one nothing of all that is looked through for garbage any more."""
        if next(steps, self) is not self:
            self.set_timer(STEP_SECONDS, partial(self._settle, steps))
        elif not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_mount(self) -> None:
        self._preferences.apply()
        self.listen_to_signals()
        self.set_interval(LOOK_SECONDS, self._look_again)
        self._open()

    def _open(self) -> None:
        """Show today, and before it what has to be asked first."""
        try:
            snapshot = self._found or self._journal.snapshot()
        except KneejournalError as error:
            self._ask_to_repair(error)
            return
        self._found = None
        if not isinstance(self.screen, TodayScreen):
            self.push_screen(TodayScreen.NAME)
        if snapshot.to_confirm:
            self.confirm_days()
        if not snapshot.profile.is_set_up:
            self.set_up()
        elif draft := self._drafts.take_left_over():
            self._offer(draft, snapshot)

    def _ask_to_repair(self, error: KneejournalError) -> None:
        from kneejournal.doctor import Doctor
        from kneejournal.screens.recovery import RecoveryScreen

        doctor = Doctor(open_file(self._places))
        repair = RecoveryScreen(str(error), lambda: doctor.repair(self._journal.now()), self._journal.snapshot)
        self.push_screen(repair, self._recovered)

    def _offer(self, draft: Draft, snapshot: Snapshot) -> None:
        """Open the dialog again that was open when the program ended, with what was typed into it."""
        from kneejournal.screens.edit_dialog import EditDialog
        from kneejournal.screens.pain_dialog import PainDialog
        from kneejournal.screens.run_dialog import RunDialog

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
        if draft := self._draft():
            self._drafts.keep(draft)
        else:
            self._drafts.drop()

    def _draft(self) -> Draft | None:
        if not isinstance(self.screen, ModalScreen):
            return None
        from kneejournal.screens.dialog import Dialog

        return self.screen.to_keep() if isinstance(self.screen, Dialog) else None

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
            is_typed_into = self.focused is not None and self.focused.check_consume_key("z", "z")
            return sys.platform != "win32" and not is_typed_into
        return super().check_action(action, parameters)

    def action_suspend_process(self) -> None:
        """Stop for the shell, with what is typed on the disk: a stopped program may never be continued."""
        self.keep_draft()
        super().action_suspend_process()

    async def on_app_focus(self) -> None:
        self._look_again()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action with a key, and those without. Textual's own screenshot, readable by everybody, is left out."""
        from kneejournal.palette import actions_of

        yield from actions_of(self, screen, self._preferences.keymap)
        if not screen.is_modal:
            yield from self.commands_without_key()
            yield SystemCommand("All keys", "Every action with its key and its id", self.action_keys)

    def on_nav_bar_chosen(self, event: NavBar.Chosen) -> None:
        self.action_page(event.name)

    def on_learn_screen_wanted(self, event: "LearnScreen.Wanted") -> None:
        from kneejournal.screens.learn import LearnScreen

        if isinstance(page := self._page(LearnScreen.NAME), LearnScreen):
            page.open(event.page)
            self.action_page(LearnScreen.NAME)

    def action_page(self, name: str) -> None:
        """Show a page; dialogs above it are closed first by their own keys."""
        if isinstance(self.screen, Page) and name != self.screen.NAME and (page := self._page(name)):
            self.switch_screen(page)

    def _page(self, name: str) -> Page | None:
        """The page of that name, made when it is first wanted; None, and it is said, when content/ is broken."""
        if not self.is_screen_installed(name):
            from kneejournal.pages import make_page

            try:
                self.install_screen(make_page(name, self._journal, self.follow_along), name)
            except KneejournalError as error:
                self.notify(clean(str(error)), severity="error", timeout=10, markup=False)
                return None
        return self.get_screen(name, Page)

    def action_keys(self) -> None:
        from kneejournal.pages import PAGES
        from kneejournal.screens.help import KeysDialog

        self.push_screen(KeysDialog(self._preferences, PAGES))

    def action_help(self) -> None:
        from kneejournal.screens.help import HelpDialog

        self.push_screen(HelpDialog(self.screen, self._preferences.keymap))
