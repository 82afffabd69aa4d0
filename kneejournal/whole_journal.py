"""What the app does with a journal as a whole: in and out, its backups, and its settings; each in a dialog."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from kneejournal.domain.text import clean
from kneejournal.in_turn import InTurn
from kneejournal.journal import Journal, Written
from kneejournal.paths import Places
from kneejournal.preferences import OWN_THEMES, Preferences
from kneejournal.saving import Saving
from kneejournal.screens.page import Page
from kneejournal.sheets import sheets
from kneejournal.wiring import open_file

# Each dialog is loaded when it is opened: what is shown first waits for none of them.
if TYPE_CHECKING:
    from kneejournal.screens.pain_journal import PainJournalScreen


class WholeJournal(InTurn):
    """An app on one journal. Its dialogs open above pages only, which show afterwards what is in the journal then."""

    CSS_PATH = sheets("app", "today")

    def __init__(self, journal: Journal, places: Places) -> None:
        self._preferences = Preferences(self, places.settings)
        super().__init__()
        self._journal = journal
        self._places = places

    def _first_theme(self) -> str:
        return self._preferences.theme

    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    """Known before the styles are read, so that they are read once."""

    @property
    def available_themes(self) -> dict[str, Theme]:
        return super().available_themes | OWN_THEMES

    @property
    def saving(self) -> Saving:
        return self._journal.saving

    @property
    def crash_folder(self) -> Path | None:
        return None if self._places.is_sample else self._places.data

    @property
    def thrown_away(self) -> Path | None:
        return self._places.journal.parent if self._places.is_sample else None

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
            from kneejournal.screens.export import ExportDialog

            self.push_screen(ExportDialog(self._journal, self._places))

    def action_report(self) -> None:
        if isinstance(self.screen, Page):
            from kneejournal.screens.export import ExportDialog

            self.push_screen(ExportDialog(self._journal, self._places, "report"))

    def action_import(self) -> None:
        if isinstance(self.screen, Page):
            from kneejournal.screens.import_dialog import ImportDialog

            self.push_screen(ImportDialog(self._journal), self.said)

    def action_sync(self) -> None:
        if isinstance(self.screen, Page):
            from kneejournal.screens.sync_dialog import SyncDialog

            self.push_screen(SyncDialog(self._journal, self._places), self.reread)

    def action_backups(self) -> None:
        if isinstance(self.screen, Page):
            from kneejournal.doctor import Doctor
            from kneejournal.screens.backups import BackupsDialog

            self.push_screen(BackupsDialog(self._journal, Doctor(open_file(self._places))), self._restored)

    def on_pain_journal_screen_purge_wanted(self, event: "PainJournalScreen.PurgeWanted") -> None:
        from kneejournal.doctor import Doctor
        from kneejournal.screens.purge_dialog import PurgeDialog

        dialog = PurgeDialog(self._journal, Doctor(open_file(self._places)), event.record)
        self.push_screen(dialog, self._looked_after)

    def action_setup(self) -> None:
        if isinstance(self.screen, Page):
            self.set_up()

    def action_settings(self) -> None:
        if isinstance(self.screen, Page):
            from kneejournal.screens.settings import SettingsScreen

            self.push_screen(SettingsScreen(self._journal), self.reread)

    def said(self, written: Written | None) -> None:
        """For dialogs that write: say what they wrote, and show it."""
        if isinstance(self.screen, Page):
            self.screen.said_after(written)

    def reread(self, _: object) -> None:
        """For dialogs: whatever they answered, show what is in the journal now."""
        if isinstance(self.screen, Page):
            self.screen.reread()

    def set_up(self) -> None:
        """Ask for the knees, the units, and when it began."""
        from kneejournal.screens.setup import SetupScreen

        self.push_screen(SetupScreen(self._journal), self.reread)

    def confirm_days(self) -> None:
        """Go through the last days: what is in the journal may not be all that was."""
        from kneejournal.screens.confirm_days import ConfirmDaysDialog

        self.push_screen(ConfirmDaysDialog(self._journal), self.reread)

    def _restored(self, done: str | None) -> None:
        self._looked_after(done)
        if done is not None:
            self.confirm_days()

    def _looked_after(self, done: str | None) -> None:
        if done is not None:
            self.notify(clean(done), markup=False, timeout=10)
        self.reread(done)
