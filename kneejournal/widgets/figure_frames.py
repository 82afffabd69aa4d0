"""The frames of a figure's loop in braille, at one size, each drawn when it is first asked for, and kept."""

from math import ceil, cos, pi, sin
from typing import NamedTuple, TypeAlias

from kneejournal.domain.figure import Movement, Side, pose_times
from kneejournal.domain.figure_shapes import INKS, Shape, box_of, picture
from kneejournal.widgets.braille import ACROSS, DOWN, Canvas, Run

Lines: TypeAlias = tuple[tuple[Run, ...], ...]

BODY_INKS = INKS[1:]
GAP = 1.3
"""Around a limb that crosses another, dots."""
THINNEST = 0.95
"""The smallest radius at which a limb has no holes, dots."""
MARGIN = 1
INSET_ROWS = 11
"""Rows from which on there is room for a closer look."""
INSET_RADIUS = 0.24
"""Of the closer look's ring, as a share of the height."""
INSET_CM = 24
"""From the middle of the ring to its edge, cm."""


class Fit(NamedTuple):
    """Where the point 0, 0 of a picture is on the canvas, and how many dots a centimetre is."""

    x: float
    y: float
    scale: float

    def disc(self, disc: tuple[float, float, float], more: float = 0) -> tuple[float, float, float]:
        x, y, radius = disc
        return self.x + x * self.scale, self.y - y * self.scale, max(THINNEST, radius * self.scale) + more


class Frames:
    """One loop of a movement at so many frames a second; what stands still is one frame."""

    def __init__(self, movement: Movement, side: Side | None, size: tuple[int, int], per_second: int) -> None:
        self._movement, self._side = movement, side
        self._columns, self._rows = size
        self._fit = _fit(movement, side, *size)
        self._count = max(1, round(movement.seconds * per_second))
        self._drawn: dict[int, Lines] = {}

    def at(self, seconds: float) -> Lines:
        """The cells of the frame that is shown `seconds` after the loop began."""
        share = seconds % self._movement.seconds / self._movement.seconds
        number = self._first_alike(int(share * self._count) % self._count)
        if number not in self._drawn:
            self._drawn[number] = self.canvas(self._time_of(number)).lines()
        return self._drawn[number]

    def _first_alike(self, number: int) -> int:
        """The first frame of a held pose in place of any of it, unless the ground passes."""
        seconds = self._time_of(number)
        for at, pose in pose_times(self._movement):
            if at <= seconds < at + pose.hold_s and not self._movement.ground.speed:
                return min(number, ceil(at * self._count / self._movement.seconds))
        return number

    def _time_of(self, number: int) -> float:
        return self._movement.seconds * number / self._count

    def canvas(self, seconds: float) -> Canvas:
        """The dots of the figure at one moment."""
        canvas = Canvas(self._columns, self._rows, INKS)
        shown = picture(self._movement, seconds, self._side)
        for shape in shown.shapes:
            _paint(canvas, shape, self._fit)
        if shown.inset and self._rows >= INSET_ROWS:
            self._look_closer(canvas, shown.inset)
        return canvas

    def _look_closer(self, canvas: Canvas, shapes: tuple[Shape, ...]) -> None:
        """The closer look, in a ring in its corner."""
        inset, radius = self._movement.inset, canvas.height * INSET_RADIUS
        is_left = (inset is not None and inset.corner == "left") != self._movement.is_mirrored(self._side)
        x = radius + MARGIN if is_left else canvas.width - radius - MARGIN
        y = radius + MARGIN
        turns = [2 * pi * step / 96 for step in range(97)]
        canvas.line([(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns], "ground")
        for shape in shapes:
            _paint(canvas, shape, Fit(x, y + radius * 0.6, radius / INSET_CM))


def _fit(movement: Movement, side: Side | None, columns: int, rows: int) -> Fit:
    """As large as the canvas allows, in its middle, a little low; a floor seen from the side is the top of a cell."""
    width, height = columns * ACROSS, rows * DOWN
    box = box_of(movement, side)
    is_level = movement.view.rise == 0
    bottom, room = (0.0, height - DOWN) if is_level else (box.bottom, height - MARGIN)
    scale = min((width - MARGIN) / (box.right - box.left), (room - MARGIN) / (box.top - bottom))
    x = (width - scale * (box.right + box.left)) / 2
    y = room - (room - scale * (box.top - bottom)) / 3 + bottom * scale
    return Fit(x, min(room, round(y / DOWN) * DOWN) if is_level else y, scale)


def _paint(canvas: Canvas, shape: Shape, fit: Fit) -> None:
    if shape.ink is None:
        canvas.clear([fit.disc(disc, GAP) for disc in shape.discs], BODY_INKS)
    elif shape.fill == "line":
        canvas.line([fit.disc(disc)[:2] for disc in shape.discs], shape.ink)
    else:
        canvas.fill([fit.disc(disc) for disc in shape.discs], shape.ink, shape.fill)
