"""What the app does with a journal as a whole: in and out, its backups, and its settings; each in a dialog."""

from collections.abc import Iterator

from textual.app import SystemCommand

from kneejournal.doctor import Doctor
from kneejournal.domain.text import clean
from kneejournal.ending import OrderlyEnd
from kneejournal.journal import Journal, Written
from kneejournal.paths import Places, packaged
from kneejournal.screens.backups import BackupsDialog
from kneejournal.screens.confirm_days import ConfirmDaysDialog
from kneejournal.screens.export import ExportDialog
from kneejournal.screens.import_dialog import ImportDialog
from kneejournal.screens.page import Page
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.purge_dialog import PurgeDialog
from kneejournal.screens.settings import SettingsScreen
from kneejournal.screens.setup import SetupScreen
from kneejournal.screens.sync_dialog import SyncDialog
from kneejournal.wiring import open_file


class WholeJournal(OrderlyEnd):
    """An app on one journal. Its dialogs open above pages only, which show afterwards what is in the journal then."""

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__(css_path=sorted(packaged("styles").glob("*.tcss")))
        self._journal = journal
        self._places = places

    def commands_without_key(self) -> Iterator[SystemCommand]:
        """What only the palette offers."""
        yield SystemCommand("Report for a physical therapist", "One page, to print", self.action_report)
        if not self._places.is_sample:
            yield SystemCommand("Share with another machine", "Through a folder", self.action_sync)
        yield SystemCommand("Settings of the rules", "Every number the verdict rests on", self.action_settings)
        yield SystemCommand("Go back to a backup", "See the copies and choose one", self.action_backups)

    def action_undo(self) -> None:
        if isinstance(self.screen, Page):
            self.screen.write(self._journal.undo)

    def action_export(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(ExportDialog(self._journal, self._places))

    def action_report(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(ExportDialog(self._journal, self._places, "report"))

    def action_import(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(ImportDialog(self._journal), self.said)

    def action_sync(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(SyncDialog(self._journal, self._places), self.reread)

    def action_backups(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(BackupsDialog(self._journal, Doctor(open_file(self._places))), self._restored)

    def on_pain_journal_screen_purge_wanted(self, event: PainJournalScreen.PurgeWanted) -> None:
        dialog = PurgeDialog(self._journal, Doctor(open_file(self._places)), event.record)
        self.push_screen(dialog, self._looked_after)

    def action_setup(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(SetupScreen(self._journal), self.reread)

    def action_settings(self) -> None:
        if isinstance(self.screen, Page):
            self.push_screen(SettingsScreen(self._journal), self.reread)

    def said(self, written: Written | None) -> None:
        """For dialogs that write: say what they wrote, and show it."""
        if isinstance(self.screen, Page):
            self.screen.said_after(written)

    def reread(self, _: object) -> None:
        """For dialogs: whatever they answered, show what is in the journal now."""
        if isinstance(self.screen, Page):
            self.screen.reread()

    def _restored(self, done: str | None) -> None:
        self._looked_after(done)
        if done is not None:
            self.push_screen(ConfirmDaysDialog(self._journal), self.reread)

    def _looked_after(self, done: str | None) -> None:
        if done is not None:
            self.notify(clean(done), markup=False, timeout=10)
        self.reread(done)
