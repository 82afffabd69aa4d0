"""What the dialogs share: a titled box, ctrl+s to save from anywhere, escape to leave, an error line that stays."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box above a page. What was typed stays until it is saved or given up."""

    TITLE_TEXT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Cancel"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content(self.title_text)
            with VerticalScroll(id="dialog-fields", can_focus=False):
                yield from self.compose_fields()
            yield Static("", id="dialog-error")
        yield Footer(show_command_palette=False)

    @property
    def title_text(self) -> str:
        return self.TITLE_TEXT

    def compose_fields(self) -> ComposeResult:
        """The fields of the dialog."""
        raise NotImplementedError

    def save(self) -> None:
        """Write what was typed and dismiss. Raises KneejournalError, which is shown while the dialog stays."""
        raise NotImplementedError

    def action_save(self) -> None:
        try:
            self.save()
        except KneejournalError as error:
            line = self.query_one("#dialog-error", Static)
            line.update(Content(clean(str(error))))
            line.add_class("-shown")

    def action_leave(self) -> None:
        self.dismiss(None)
