"""The dialog that exchanges entries with other machines, through a folder."""

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.errors import KneejournalError, Unreadable
from kneejournal.journal import Journal
from kneejournal.paths import Places
from kneejournal.screens.dialog import Dialog
from kneejournal.settings import read_settings, save_sync_folder
from kneejournal.sheets import sheets
from kneejournal.sync import Synced, synchronise
from kneejournal.sync_words import exchange_lines, remark_lines
from kneejournal.widgets.entry_fields import FormRow
from kneejournal.widgets.path_input import PathInput

WHAT = (
    "A folder that Syncthing, Dropbox, Nextcloud or a USB stick carries between your machines. Each of them writes one "
    "file into it, and reads those of the others; nothing is sent by kneejournal itself."
)
AT_WORK = "Reading and writing the folder."
REMEDY = "If it is wrong, delete it in the pain journal."
STAYS = "Undo leaves what came alone. If something is wrong, correct or delete it."


class SyncDialog(Dialog[None]):
    """Asks for the folder, and says what came and what went."""

    CSS_PATH = sheets("dialog", "sync")
    TITLE_TEXT = "Share with another machine"
    AUTO_FOCUS = "#sync-folder"
    HELP = """
    Of two versions of an entry the later one stands, and what was deleted stays deleted. Where the one that gave way
    says worse things, it still counts, as an entry of its own. Undo leaves what came alone:
    correct or delete such an entry instead.

    `tab` completes the name of the folder. It is remembered for the next time.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Exchange", priority=True, id="dialog.save"),
        Binding("escape", "leave", "Close", id="dialog.leave"),
    ]

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__()
        self._journal = journal
        self._places = places
        self._is_at_work = False

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(WHAT), id="sync-what")
        yield FormRow("Folder", PathInput(self._remembered(), id="sync-folder", placeholder="~/Sync/knee"))
        yield Static("", id="sync-names")
        yield Static("", id="sync-lines")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is at work the dialog stays: nobody else reads the journal then."""
        if action in ("save", "leave"):
            return not self._is_at_work
        return super().check_action(action, parameters)

    @on(PathInput.Completed)
    def _show_names(self, event: PathInput.Completed) -> None:
        self.tell("#sync-names", event.line)

    @on(Input.Changed)
    def _begin_anew(self) -> None:
        """What was said of another folder does not hold for this one; what was typed last may arrive after the key."""
        if self._is_at_work:
            return
        for line in ("#sync-names", "#sync-lines", "#dialog-error"):
            self.tell(line, "")

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        if self._is_at_work:
            return
        folder = self.query_one(PathInput).path
        self.tell("#dialog-error", "")
        self.tell("#sync-lines", AT_WORK)
        self._work(True)
        self._exchange(folder)

    @work(exclusive=True)
    async def _exchange(self, folder: Path) -> None:
        """Exchange in a thread of its own, which alone uses the journal as long as this dialog is in front."""
        said, wrong = "", ""
        try:
            synced = await asyncio.to_thread(synchronise, self._journal, self._places, folder)
            wrong = " ".join(("Left out:", *synced.left_out)) if synced.left_out else ""
            said = "\n".join(self._lines(synced))
            self._remember(folder)
        except KneejournalError as error:
            wrong = f"{wrong} {error}".strip()
        finally:
            self._work(False)
        self.tell("#sync-lines", said)
        self.tell("#dialog-error", wrong)

    def _lines(self, synced: Synced) -> list[str]:
        lines = [*exchange_lines(synced, self._journal), *remark_lines(synced, self._journal, lambda _: REMEDY)]
        return lines if synced.came.edit.is_empty else [*lines, STAYS]

    def _remembered(self) -> str:
        try:
            return read_settings(self._places.settings).sync_folder
        except Unreadable:
            return ""

    def _remember(self, folder: Path) -> None:
        if self._remembered() != str(folder):
            save_sync_folder(self._places.settings, str(folder))

    def _work(self, is_at_work: bool) -> None:
        self._is_at_work = is_at_work
        self.refresh_bindings()
