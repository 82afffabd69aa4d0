"""Goes back to a backup of the journal."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kneejournal.backups import Backup
from kneejournal.doctor import Doctor
from kneejournal.domain.days import short_day
from kneejournal.journal import Journal
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets

EXPLAINED = (
    "Going back keeps the journal as it is now as one more backup. Afterwards the last seven days are gone through "
    "once, since what was written after the backup is not in it."
)
NONE_YET = "There is no backup yet. The first one is made with the first entry."


class BackupsDialog(Dialog[str | None]):
    """The copies of the journal, the newest first; saving goes back to the highlighted one."""

    CSS_PATH = sheets("dialog", "backups")
    TITLE_TEXT = "Go back to a backup"
    HELP = """
    A copy is made before every change: the last ten, one a day for thirty days, one a month for good. The newest
    stands first.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Go back to it", priority=True, id="dialog.save")
    ]

    def __init__(self, journal: Journal, doctor: Doctor) -> None:
        super().__init__()
        self._journal = journal
        self._doctor = doctor
        self._backups = doctor.backups()

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(EXPLAINED if self._backups else NONE_YET))
        yield OptionList(*(Option(Content(self._line(backup))) for backup in self._backups), id="backups")

    def _line(self, backup: Backup) -> str:
        made_at = backup.made_at.astimezone(self._journal.now().tzinfo)
        before = f"   before {backup.before}" if backup.before else ""
        return f"revision {backup.revision:>5}   {short_day(made_at.date())} {made_at.year} {made_at:%H:%M}{before}"

    @on(OptionList.OptionSelected)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        chosen = self.query_one("#backups", OptionList).highlighted
        if chosen is None:
            self.dismiss(None)
            return
        self.dismiss(self._doctor.restore(self._backups[chosen], self._journal.now()))
