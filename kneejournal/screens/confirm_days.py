"""Goes through the last days after a restore, so that a verdict can be given again (RULES 4)."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.days import days_back, short_day
from kneejournal.domain.reasons import DAYS_TO_CONFIRM
from kneejournal.journal import Journal
from kneejournal.screens.dialog import Dialog


class ConfirmDaysDialog(Dialog[bool | None]):
    """The last seven days as they are written; saving says that no pain of them is missing."""

    TITLE_TEXT = "Are these days right?"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,enter", "save", "They are right", priority=True)]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def compose_fields(self) -> ComposeResult:
        verdict = self._journal.verdict()
        yield Static(
            Content(
                "The journal was restored, or changed by another program, so an entry may be missing. Until these "
                "days were gone through once, no verdict says ready. What is missing can be logged afterwards."
            )
        )
        for day in verdict.case.days.of(days_back(verdict.day, DAYS_TO_CONFIRM + 1)):
            worst = "no number written" if day.worst is None else f"worst pain {day.worst}"
            yield Static(Content(f"{short_day(day.day, verdict.day):<11} {day.state:<9} {worst}"))

    def save(self) -> None:
        self._journal.confirm()
        self.dismiss(True)
