"""The dialog that asks how much it hurts, in the middle of a session."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.domain.text import clean
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.entry_fields import FormRow, ScoreInput, hint
from kneejournal.widgets.form_values import read_score


class HurtsDialog(Dialog[int | None]):
    """One number. `write` keeps it; what it does not take is said, and the dialog stays."""

    CSS_PATH = sheets("dialog", "player")
    TITLE_TEXT = "This hurts"
    HELP = """
    A number from 0 (none) to 10 (the worst), then `enter`. The session stands still meanwhile.
    """
    AUTO_FOCUS = "#hurts"

    def __init__(self, about: str, write: Callable[[int], None]) -> None:
        super().__init__()
        self._about = about
        self._write = write

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(clean(self._about)), id="hurts-about")
        yield FormRow("Pain", ScoreInput(id="hurts"), hint("0 to 10, then enter"))

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        pain = read_score(self.query_one("#hurts", Input).value)
        self._write(pain)
        self.dismiss(pain)
