"""Goes through the last days after a restore, so that a verdict can be given again (RULES 4)."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.day_states import Day
from kneejournal.domain.days import days_back, short_day
from kneejournal.domain.reasons import DAYS_TO_CONFIRM
from kneejournal.errors import BadData
from kneejournal.journal import Journal
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets


class ConfirmDaysDialog(Dialog[bool | None]):
    """The last seven days as they are written; saving says that no pain of them is missing."""

    CSS_PATH = sheets("dialog", "confirm_days")
    TITLE_TEXT = "Are these days right?"
    HELP = """
    A lost painful entry must not make the log look better than it was. Look whether a pain that you remember is
    missing; if one is, say that the days are right, and log it afterwards. Leaving keeps the verdict as it is.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "They are right", priority=True, id="dialog.save"),
        Binding("enter", "save", "They are right", show=False, priority=True, id="confirm-days.enter"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._shown = journal.snapshot()

    def compose_fields(self) -> ComposeResult:
        yield Static(
            Content(
                "The journal was restored, or changed by another program, so an entry may be missing. Until these "
                "days were gone through once, no verdict says ready. What is missing can be logged afterwards."
            )
        )
        yield Static(self._days(), id="days-shown")

    def _days(self) -> Content:
        verdict = self._journal.verdict(self._shown)
        days = verdict.case.days.of(days_back(verdict.day, DAYS_TO_CONFIRM + 1))
        return Content("\n").join(Content(f"{short_day(day.day, verdict.day):<11} {_line(day)}") for day in days)

    def save(self) -> None:
        try:
            self._journal.confirm(self._shown)
        except BadData:
            self._shown = self._journal.snapshot()
            self.query_one("#days-shown", Static).update(self._days())
            raise
        self.dismiss(True)


def _line(day: Day) -> str:
    worst = "no number written" if day.worst is None else f"worst pain {day.worst}"
    return f"{day.state:<9} {worst}"
