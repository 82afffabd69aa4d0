"""What the dialogs share: a titled box, ctrl+s to save from anywhere, escape to leave, an error line that stays."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from kneejournal.domain.text import clean, clean_line
from kneejournal.drafts import Draft, Typed
from kneejournal.errors import KneejournalError
from kneejournal.screens.fitted import fit
from kneejournal.sheets import sheets
from kneejournal.widgets.check_grid import CheckGrid
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.key_footer import KeyFooter
from kneejournal.widgets.sample_notice import SAMPLE_NOTICE

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box above a page. What was typed stays until it is saved or given up."""

    CSS_PATH = sheets("dialog")
    TITLE_TEXT: ClassVar[str] = ""
    DRAFT: ClassVar[str] = ""
    """Under which name what is typed here is kept until it is saved; empty for dialogs that keep nothing."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="dialog.save"),
        Binding("escape", "leave", "Cancel", id="dialog.leave"),
        Binding("f1", "app.help", "Help", id="dialog.help"),
    ]

    def compose(self) -> ComposeResult:
        fit(self)
        with Vertical(id="dialog") as box:
            box.border_title = Content(self.title_text)
            box.border_subtitle = Content(SAMPLE_NOTICE if self.app.has_class("-sample") else "")
            with VerticalScroll(id="dialog-fields", can_focus=False):
                yield from self.compose_fields()
            yield Static("", id="dialog-error")
        yield KeyFooter()

    draft: Typed | None = None
    """What was typed before the program ended, to be put back."""
    _untouched: Typed | None = None

    def on_mount(self) -> None:
        self._untouched = self._typed()
        if self.draft:
            self._put_back(self.draft)

    @property
    def about(self) -> str:
        """The entry that is being corrected; empty for a new one."""
        return ""

    def to_keep(self) -> Draft | None:
        """What would be lost if the program ended now; None when nothing was typed."""
        typed = self._typed()
        if not self.DRAFT or self._untouched is None or typed == self._untouched:
            return None
        return Draft(dialog=self.DRAFT, about=self.about, typed=typed)

    def _typed(self) -> Typed:
        found: Typed = {}
        for field in self.query("Input, TextArea, Choice, CheckGrid"):
            if field.id and isinstance(field, Input | Choice):
                found[field.id] = field.value
            elif field.id and isinstance(field, TextArea):
                found[field.id] = field.text
            elif field.id and isinstance(field, CheckGrid):
                found[field.id] = sorted(field.chosen)
        return found

    def _put_back(self, typed: Typed) -> None:
        for field in self.query("Input, TextArea, Choice, CheckGrid"):
            value = typed.get(field.id or "")
            if isinstance(field, Input | Choice) and isinstance(value, str):
                field.value = clean_line(value)
            elif isinstance(field, TextArea) and isinstance(value, str):
                field.text = clean(value)
            elif isinstance(field, CheckGrid) and isinstance(value, list):
                field.chosen = frozenset(value)

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
        """Save once the field in focus has taken every key that was typed before this one."""
        if self.focused and self.focused.message_queue_size:
            self.focused.call_later(self._save_now)
        else:
            self._save_now()

    def _save_now(self) -> None:
        if not self.is_attached:
            return
        try:
            self.save()
        except KneejournalError as error:
            self.tell("#dialog-error", str(error))

    def tell(self, line: str, text: str) -> None:
        """Show `text` in a line of the dialog; an empty one takes no place."""
        found = self.query_one(line, Static)
        found.update(Content(clean(text)))
        found.set_class(bool(text), "-shown")

    def action_leave(self) -> None:
        self.dismiss(None)
