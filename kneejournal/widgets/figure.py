"""A moving figure: it moves while it can be seen, and stands still or is told in words where it cannot move."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from kneejournal.domain.figure import Movement, Side
from kneejournal.domain.figure_shapes import INKS
from kneejournal.widgets.braille import Run
from kneejournal.widgets.figure_frames import Frames, Lines

FRAMES_A_SECOND = 12
LEAST_COLUMNS, LEAST_ROWS = 22, 6
"""Below this size, cells, a figure cannot be made out, and is told in words."""


class Figure(Widget):
    """Shows one movement at a time, as large as it is given room.

    `plain`: the movement is told in words. `is_still`: it stands in its most telling pose. `clock` gives seconds.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"figure--{ink}" for ink in INKS}
    DEFAULT_CSS = """
    Figure {
        width: 1fr;
        height: 14;

        & > .figure--ground { color: $foreground 40%; }
        & > .figure--prop { color: $secondary; }
        & > .figure--far { color: $foreground 55%; }
        & > .figure--body { color: $foreground; }
        & > .figure--working { color: $primary; }
    }
    """

    plain: var[bool] = var(False, init=False)
    is_still: var[bool] = var(False, init=False)

    def __init__(
        self, id: str | None = None, clock: Callable[[], float] = monotonic, frames_a_second: int = FRAMES_A_SECOND
    ) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._frames_a_second = frames_a_second
        self._movement: Movement | None = None
        self._side: Side | None = None
        self._began = 0.0
        self._frames: Frames | None = None
        self._lines: Lines = ()
        self._timer: Timer | None = None
        self._is_shown = False

    def show(self, movement: Movement | None, side: Side | None = None, *, began: float | None = None) -> None:
        """Show `movement` from its beginning, done with `side` (as it is written when None); None shows nothing.

        `began`: when the clock showed its beginning; now when None.
        """
        self._movement, self._side = movement, side
        self._began = self._clock() if began is None else began
        self._lay_out()

    def on_mount(self) -> None:
        self._timer = self.set_interval(1 / self._frames_a_second, self.step, pause=True)
        self.watch(self.app, "app_focus", self._start_or_stop, init=False)
        self.app.screen_change_signal.subscribe(self, lambda _: self._start_or_stop())

    def on_show(self) -> None:
        self._is_shown = True
        self._start_or_stop()

    def on_hide(self) -> None:
        self._is_shown = False
        self._start_or_stop()

    def on_resize(self) -> None:
        self._lay_out()

    def watch_plain(self) -> None:
        self._lay_out()

    def watch_is_still(self) -> None:
        self._lay_out()

    @property
    def is_moving(self) -> bool:
        """Whether it has to move: drawn, on the screen in front, in a terminal that has the focus."""
        return (
            self._is_shown and self._frames is not None and not self.is_still
            and self.app.animation_level != "none" and self.app.app_focus and self.screen.is_active
        )  # fmt: skip

    @property
    def _is_in_view(self) -> bool:
        """Whether any of it is on the screen, not scrolled out of it."""
        with suppress(NoWidget):
            return bool(self.screen.find_widget(self).visible_region)
        return False

    def step(self) -> None:
        """Come to the frame of this moment, and paint the cells that are not as they were."""
        if not self._is_in_view:
            return
        lines = self._lines_now()
        changed = list(_changed(self._lines, lines))
        self._lines = lines
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self._style("body")
        if y >= len(self._lines):
            return Strip.blank(width, base)
        segments = [Segment(text, self._style(ink) if ink else base) for text, ink in self._lines[y]]
        return Strip(segments).extend_cell_length(width, base)

    def _lay_out(self) -> None:
        """Begin again: another movement, another size, or words in place of a picture."""
        columns, rows = self.size
        has_room = columns >= LEAST_COLUMNS and rows >= LEAST_ROWS
        self._frames = None
        if self._movement and has_room and not self.plain:
            self._frames = Frames(self._movement, self._side, (columns, rows), self._frames_a_second)
        self._lines = self._lines_now()
        self.refresh()
        self._start_or_stop()

    def _lines_now(self) -> Lines:
        if self._movement is None:
            return ()
        if self._frames is None:
            return tuple(_words(self._movement.text, *self.size))
        if self.is_still or self.app.animation_level == "none":
            return self._frames.at(self._movement.still_at)
        return self._frames.at(self._clock() - self._began)

    def _start_or_stop(self) -> None:
        if self._timer and self.is_attached:
            (self._timer.resume if self.is_moving else self._timer.pause)()

    def _style(self, ink: str) -> Style:
        return self.get_component_rich_style(f"figure--{ink}")


def _changed(before: Lines, after: Lines) -> Iterator[Region]:
    """What is not as it was: in each line from the first such cell to the last."""
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            cells = zip(_cells(old), _cells(new), strict=True)
            columns = [x for x, (was, is_now) in enumerate(cells) if was != is_now]
            yield Region(columns[0], y, columns[-1] - columns[0] + 1, 1)


def _cells(line: tuple[Run, ...]) -> list[tuple[str, str]]:
    return [(sign, ink) for text, ink in line for sign in text]


def _words(text: str, columns: int, rows: int) -> Iterator[tuple[Run, ...]]:
    """The description, in as many lines as there is room for."""
    if columns and rows:
        for line in textwrap.wrap(text, columns, max_lines=rows, placeholder="…"):
            yield (Run(line, "body"),)
