"""The dialog that asks which knee, which units and which shoes."""

from textual.app import ComposeResult

from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog


class SetupScreen(Dialog[Written]):
    """The first questions, and the same later."""

    TITLE_TEXT = "Setup"

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def compose_fields(self) -> ComposeResult:
        yield from ()

    def save(self) -> None:
        self.dismiss(None)
