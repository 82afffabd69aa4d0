"""What the app shows when the journal cannot be read: why, and how to bring it back."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError
from kneejournal.sheets import sheets
from kneejournal.widgets.key_footer import KeyFooter


class RecoveryScreen(ModalScreen[str | None]):
    """Stands before everything else until the journal can be read. Dismisses with what was done."""

    CSS_PATH = sheets("recovery")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "repair", "Bring the newest backup back", id="recovery.repair"),
        Binding("a", "again", "Try again", id="recovery.again"),
        Binding("q", "app.quit", "Quit", id="recovery.quit"),
    ]

    def __init__(self, why: str, repair: Callable[[], str], reads: Callable[[], object]) -> None:
        """`repair` brings the journal back and says how; `reads` reads it. Both raise KneejournalError."""
        super().__init__()
        self._why = why
        self._repair = repair
        self._reads = reads

    def compose(self) -> ComposeResult:
        with Vertical(id="recovery") as box:
            box.border_title = Content("The journal cannot be read")
            yield Static(Content(clean(self._why)), id="recovery-why")
            yield Static(
                Content(
                    "Nothing was changed. Bringing a backup back sets this file aside under another name and keeps "
                    "every entry of it that can still be read. Afterwards the last seven days are gone through once."
                )
            )
        yield KeyFooter()

    def action_repair(self) -> None:
        self._try(self._repair)

    def action_again(self) -> None:
        self._try(self._reads)

    def _try(self, what: Callable[[], object]) -> None:
        try:
            done = what()
        except KneejournalError as error:
            self.query_one("#recovery-why", Static).update(Content(clean(str(error))))
        else:
            self.dismiss(done if isinstance(done, str) else None)
