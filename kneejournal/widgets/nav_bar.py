"""The line on top: the pages with their keys, and the day."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseMove
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

BOLD = Style(bold=True)


class NavBar(Widget):
    """Where one is, and where one can go; by mouse too. One widget for all, since every first paint waits for each."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"nav-bar--{part}" for part in ("page", "hovered", "here", "day")}

    day: reactive[str] = reactive("")
    hovered: reactive[str] = reactive("")
    """The page under the mouse; empty when there is none."""

    @dataclass
    class Chosen(Message):
        """Somebody wants to see another page."""

        name: str

    def __init__(self, pages: Sequence[tuple[str, str, str]], here: str) -> None:
        """`pages`: name, key and label of each page."""
        super().__init__()
        self._pages = pages
        self._here = here

    def show_day(self, day: str) -> None:
        self.day = day

    def on_mouse_move(self, event: MouseMove) -> None:
        self.hovered = self._page_at(event.x)

    def on_leave(self) -> None:
        self.hovered = ""

    def on_click(self, event: Click) -> None:
        event.stop()
        if name := self._page_at(event.x):
            self.post_message(self.Chosen(name))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        pages = Strip.join(strip for _, strip in self._items())
        room = self.size.width - pages.cell_length
        style = self.get_component_rich_style("nav-bar--day")
        blank = Style(bgcolor=style.bgcolor)
        if self._is_narrow or room <= 2:
            return pages.adjust_cell_length(self.size.width, blank)
        day = textwrap.wrap(self.day, room - 2)[0] if self.day else ""
        before = Segment(" " * (room - cell_len(day) - 1), blank)
        return Strip([*pages, before, Segment(day, style), Segment(" ", blank)])

    @property
    def _is_narrow(self) -> bool:
        return self.screen.has_class("-narrow")

    def _page_at(self, x: int) -> str:
        """The page in that column of the line, which begins after the gutter."""
        after = self.gutter.left
        for name, strip in self._items():
            after += strip.cell_length
            if x < after:
                return name
        return ""

    def _items(self) -> Iterator[tuple[str, Strip]]:
        """The pages side by side; on a narrow terminal each has the same share of it."""
        count = len(self._pages)
        edges = [self.size.width * place // count for place in range(count + 1)]
        for (name, key, label), (first, after) in zip(self._pages, pairwise(edges), strict=True):
            part = "here" if name == self._here else "hovered" if name == self.hovered else "page"
            style = self.get_component_rich_style(f"nav-bar--{part}")
            yield name, _cut(key, label, style, after - first) if self._is_narrow else _whole(key, label, style)


def _whole(key: str, label: str, style: Style) -> Strip:
    blank = Segment(" ", Style(bgcolor=style.bgcolor))
    words = Strip([Segment(key, style + BOLD), Segment(f" {label}", style)])
    return Strip([blank, *words.apply_offsets(0, 0), blank])


def _cut(key: str, label: str, style: Style, width: int) -> Strip:
    text = f"{key} {label}"
    text = text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"
    text = set_cell_size(text, width)
    return Strip([Segment(text[: len(key)], style + BOLD), Segment(text[len(key) :], style)])
