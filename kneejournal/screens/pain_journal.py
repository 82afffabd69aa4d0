"""The page "Pain journal"."""

from textual.app import ComposeResult
from textual.widgets import Static

from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.screens.page import Page


class PainJournalScreen(Page):
    """The page "Pain journal"."""

    NAME = "pain-journal"
    KEY = "j"
    LABEL = "Pain journal"

    def compose_page(self) -> ComposeResult:
        yield Static("")

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        """Nothing yet."""
