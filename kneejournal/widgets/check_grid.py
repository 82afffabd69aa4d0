"""Boxes to check, in as many columns as fit: one stop of the tab key for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

BOX = 4
GAP = 2
MOST_COLUMNS = 2


class CheckGrid(Widget, can_focus=True):
    """Walked with the arrows, checked with space or the mouse. Past an end the arrows go on to the next field."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("left", "column(-1)", "Left", show=False),
        Binding("right", "column(1)", "Right", show=False),
        Binding("space,enter", "check", "Check", show=False),
    ]
    DEFAULT_CSS = """
    CheckGrid { width: 1fr; height: auto; }
    """

    cursor: reactive[int] = reactive(0)
    chosen: reactive[frozenset[str]] = reactive(frozenset())

    @dataclass
    class Pointed(Message):
        """The cursor is on a box; `code` is None when it left the grid."""

        grid: "CheckGrid"
        code: str | None

        @property
        def control(self) -> "CheckGrid":
            return self.grid

    def __init__(
        self, items: Sequence[tuple[str, str]], *, id: str, colour: str = "$text-success", label_width: int = 0
    ) -> None:
        """`items`: codes with their labels; `colour`: of a checked box; `label_width`: columns a label has at least."""
        super().__init__(id=id)
        self._items = items
        self._colour = colour
        self._cell = max(label_width, *(len(label) for _, label in items)) + BOX + GAP

    def render(self) -> Content:
        rows = self._rows(self.size.width)
        lines = (
            Content("").join(self._box(index) for index in range(row, len(self._items), rows)) for row in range(rows)
        )
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return self._rows(width)

    def action_move(self, by: int) -> None:
        if 0 <= self.cursor + by < len(self._items):
            self.cursor += by
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_column(self, by: int) -> None:
        there = self.cursor + by * self._rows(self.size.width)
        if 0 <= there < len(self._items):
            self.cursor = there

    def action_check(self) -> None:
        self.chosen = self.chosen ^ {self._items[self.cursor][0]}

    def on_click(self, event: Click) -> None:
        index = event.y + self._rows(self.size.width) * (event.x // self._cell)
        if event.y < self._rows(self.size.width) and index < len(self._items):
            self.cursor = index
            self.action_check()

    def on_focus(self) -> None:
        self.refresh()
        self._point()

    def on_blur(self) -> None:
        self.refresh()
        self.post_message(self.Pointed(self, None))

    def watch_cursor(self) -> None:
        if self.has_focus:
            self._point()

    def _point(self) -> None:
        self.post_message(self.Pointed(self, self._items[self.cursor][0]))
        row = self.virtual_region.y + self.cursor % self._rows(self.size.width)
        if isinstance(self.parent, Widget):
            self.parent.scroll_to_region(Region(0, row, 1, 1), animate=False)

    def _rows(self, width: int) -> int:
        columns = max(1, min(MOST_COLUMNS, width // self._cell))
        return -(-len(self._items) // columns)

    def _box(self, index: int) -> Content:
        code, label = self._items[index]
        is_here = self.has_focus and index == self.cursor
        box = ("[x]", f"bold {self._colour}") if code in self.chosen else ("[ ]", "$foreground 60%")
        words = Content.styled(f" {label} ", "$background on $primary bold" if is_here else "")
        return Content.assemble(box, words, " " * (self._cell - BOX - len(label) - 1))
