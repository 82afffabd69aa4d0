"""The page "Ready to run"."""

from textual.app import ComposeResult
from textual.widgets import Static

from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.screens.page import Page


class ReadyScreen(Page):
    """The page "Ready to run"."""

    NAME = "ready"
    KEY = "r"
    LABEL = "Ready to run"

    def compose_page(self) -> ComposeResult:
        yield Static("")

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        """Nothing yet."""
