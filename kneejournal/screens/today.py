"""Today's page: the readiness ribbon, the knee of the day and the exercises."""

from textual.app import ComposeResult
from textual.widgets import Static

from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.screens.page import Page


class TodayScreen(Page):
    """The day, as it stands."""

    NAME = "today"
    KEY = "t"
    LABEL = "Today"

    def compose_page(self) -> ComposeResult:
        yield Static("")

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        pass
