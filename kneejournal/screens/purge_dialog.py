"""Takes one entry out of the journal and of every copy of it, for good."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kneejournal.doctor import STILL_THERE, Doctor
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.text import clean_line
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.choice import Choice

EXPLAINED = f"It goes from the journal, its undo list and every backup. Nothing brings it back. {STILL_THERE}"
KEEP = "keep"
TAKE_OUT = "take-out"


class PurgeDialog(Dialog[str | None]):
    """Asks whether an entry is to go for good; nothing does unless that is chosen. Dismisses with what was done."""

    CSS_PATH = sheets("dialog", "purge_dialog")
    TITLE_TEXT = "Take an entry out for good"
    HELP = """
    Deleting an entry leaves it in the backups, and undo brings it back. Taking it out for good does not. Choose with
    the arrows, then `ctrl+s`.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Do what is chosen", priority=True, id="purge.save")
    ]

    def __init__(self, journal: Journal, doctor: Doctor, record: AnyRecord) -> None:
        super().__init__()
        self._journal = journal
        self._doctor = doctor
        self._record = record

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(clean_line(self._line())), id="purge-line")
        yield Static(Content(EXPLAINED))
        yield Choice(((KEEP, "Keep it"), (TAKE_OUT, "Take it out for good")), KEEP, id="purge-choice")

    def _line(self) -> str:
        try:
            line = self._journal.describe(self._record, self._journal.snapshot())
        except KneejournalError as error:
            return str(error)
        return f"Deleted: {line}" if self._record.deleted else line

    def save(self) -> None:
        if self.query_one("#purge-choice", Choice).value == TAKE_OUT:
            self.dismiss(self._doctor.purge(self._record.id, self._journal.now()))
        else:
            self.dismiss(None)
