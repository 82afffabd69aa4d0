"""A choice of one thing among a few, on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

MARK = 4
GAP = 3


class Choice(Widget, can_focus=True):
    """Chosen with the arrows or the mouse, at once."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right,space", "step(1)", "Next", show=False),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]
    DEFAULT_CSS = """
    Choice { width: auto; height: 1; }
    """

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Somebody chose."""

        choice: "Choice"

        @property
        def control(self) -> "Choice":
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str) -> None:
        """`options`: the values, with what they are called."""
        super().__init__(id=id)
        self._options = options
        self.set_reactive(Choice.value, value)

    def render(self) -> Content:
        here = "bold $background on $primary" if self.has_focus else "bold"
        parts = [
            Content.styled(f"({'•' if value == self.value else ' '}) {label}", here if value == self.value else "")
            for value, label in self._options
        ]
        return Content(" " * GAP).join(parts)

    def action_step(self, by: int) -> None:
        values = [value for value, _ in self._options]
        self._choose(values[(values.index(self.value) + by) % len(values)])

    def on_click(self, event: Click) -> None:
        left = 0
        for value, label in self._options:
            left += MARK + len(label) + GAP
            if event.x < left:
                self._choose(value)
                return

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self))
