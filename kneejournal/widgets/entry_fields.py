"""Fields that hold only harmless text, whatever is pasted into them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.events import Key, Paste
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kneejournal.domain.text import clean, clean_line


class LineInput(Input):
    """One line. Pasted lines become one, and what a terminal would obey becomes visible signs."""

    # Bound here and not in the dialog, which takes the arrows for scrolling as soon as it is too long for the screen.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(self, value: str = "", *, id: str, placeholder: str = "") -> None:
        super().__init__(clean_line(value), placeholder, id=id, compact=True)

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean_line(event.text), *sorted(self.selection))


class ScoreInput(LineInput):
    """A pain score. Letters are not for it: they go on to the dialog, which puts them into the note."""

    def on_key(self, event: Key) -> None:
        if event.character and event.character.isalpha():
            event.prevent_default()


class NoteArea(TextArea):
    """Some lines of the user's own words."""

    def __init__(self, text: str = "", *, id: str, placeholder: str = "") -> None:
        super().__init__(
            clean(text), id=id, compact=True, placeholder=Content(placeholder), highlight_cursor_line=False
        )

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection, maintain_selection_offset=False)


class FormRow(HorizontalGroup):
    """A label with what it names."""

    def __init__(self, label: str, *fields: Widget, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label
        self._fields = fields

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), classes="field-label")
        yield from self._fields


def hint(text: str) -> Static:
    """A few words behind a field."""
    return Static(Content(text), classes="field-hint")
