"""A picture of days made of cells, painted a line at a time by the Line API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kneejournal.domain.series import Series
from kneejournal.widgets.pain_marks import Cell


class DayPicture(Widget):
    """Draws once for each change of what it shows, of its size or of the highlighted day; painting only looks up."""

    ALLOW_SELECT = False
    PREFIX: ClassVar[str]
    """What its component classes begin with."""

    @dataclass
    class Picked(Message):
        """Somebody clicked on a day."""

        day: date

    def __init__(self) -> None:
        super().__init__()
        self.series = Series()
        self.marked: date | None = None
        self._drawn: tuple[tuple[int, int], Sequence[Sequence[Cell]]] | None = None

    def show(self, series: Series) -> None:
        """Draw another series."""
        self.series = series
        self.draw_again()

    def mark(self, day: date | None) -> None:
        """Highlight a day."""
        if day != self.marked:
            self.marked = day
            self.draw_again()

    def draw(self, width: int, height: int) -> Sequence[Sequence[Cell]]:
        """The lines, each of at most `width` cells, of which `height` are shown."""
        raise NotImplementedError

    def draw_again(self) -> None:
        """Draw before the next line is painted."""
        self._drawn = None
        self.refresh()

    @property
    def lines(self) -> Sequence[Sequence[Cell]]:
        """The picture in the size of now."""
        size = (self.size.width, self.size.height)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = (size, self.draw(*size) if self.series.days else ())
        return self._drawn[1]

    def render_line(self, y: int) -> Strip:
        lines, width, base = self.lines, self.size.width, self._style("muted")
        if y >= len(lines):
            return Strip.blank(width, Style(bgcolor=base.bgcolor))
        runs = groupby(lines[y], key=lambda cell: (cell.part, cell.is_here))
        strip = Strip([Segment("".join(cell.char for cell in run), self._style(*look)) for look, run in runs])
        return strip.adjust_cell_length(width, Style(bgcolor=base.bgcolor))

    def on_click(self, event: Click) -> None:
        lines = self.lines
        if 0 <= event.y < len(lines) and 0 <= event.x < len(lines[event.y]):
            day = lines[event.y][event.x].day
            if day is not None:
                self.post_message(self.Picked(day))

    def _style(self, part: str, is_here: bool = False) -> Style:
        style = self.get_component_rich_style(f"{self.PREFIX}--{part}")
        if not is_here:
            return style
        here = self.get_component_rich_style(f"{self.PREFIX}--here")
        return style + Style(bgcolor=here.bgcolor, bold=True)
