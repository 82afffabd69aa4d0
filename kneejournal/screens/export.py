"""The dialog that writes the whole journal into a file."""

from textual.app import ComposeResult

from kneejournal.journal import Journal
from kneejournal.paths import Places
from kneejournal.screens.dialog import Dialog


class ExportDialog(Dialog[None]):
    """Asks where, and writes it there."""

    TITLE_TEXT = "Export"

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__()
        self._journal = journal

    def compose_fields(self) -> ComposeResult:
        yield from ()

    def save(self) -> None:
        self.dismiss(None)
