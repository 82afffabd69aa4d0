"""The dialog that asks how the knee is."""

from datetime import date
from typing import Literal

from textual.app import ComposeResult

from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog


class PainDialog(Dialog[Written]):
    """Pain, symptoms and a note; of a moment, or of a whole day."""

    TITLE_TEXT = "The knee"

    def __init__(
        self,
        journal: Journal,
        day: date | None = None,
        pain: int | None = None,
        scope: Literal["moment", "day"] | None = None,
    ) -> None:
        super().__init__()
        self._journal = journal

    def compose_fields(self) -> ComposeResult:
        yield from ()

    def save(self) -> None:
        self.dismiss(None)
