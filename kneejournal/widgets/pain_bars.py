"""Bars for the pain of days on a fixed scale of 0 to 10, with the mean as a dotted line, without need of colour."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kneejournal.domain.series import DayPain
from kneejournal.widgets.pain_marks import Cell, cells, severity, weight

GUTTER = 5
"""Cells on the left, for the names of the lines."""
BLOCKS = " ▗▐▖▄▟▌▙█"
DOTS = " ⢠⢸⡄⣤⣼⡇⣧⣿"
"""Both by the filled halves (0-2) of the left side times three, plus those of the right side."""
MEAN_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Braille dots of the left and the right side, from the bottom up."""
QUARTERS = 4
BAR, LATE, MEAN = BLOCKS[-1], DOTS[-1], "⠒"


class Column(NamedTuple):
    """Days that share a place on the time axis: one, or the older and the newer half of several."""

    left: int
    cells: int
    halves: tuple[Sequence[DayPain], Sequence[DayPain]]

    @property
    def days(self) -> tuple[DayPain, ...]:
        return (*self.halves[0], *self.halves[1])

    @property
    def worst(self) -> DayPain:
        return max(self.days, key=weight)

    def covers(self, left: int, right: int, above: int) -> bool:
        """Whether the mean can cross a bar here, and leave its top and a thin bar's shape to be seen."""
        return (max if self.halves[1] else min)(left, right) > 2 * above + 2

    def holds(self, day: date | None) -> bool:
        return day is not None and self.days[0].day <= day <= self.days[-1].day


class Bars(NamedTuple):
    """The part of the chart where height means pain, 10 at the top edge of the uppermost of `rows` lines."""

    columns: Sequence[Column]
    rows: int
    marked: date | None

    def lines(self) -> list[list[Cell]]:
        lines = [cells(name.rjust(GUTTER - 2) + "  ") for name in self._ticks()]
        for column in self.columns:
            self._draw(column, lines)
        return lines

    def _ticks(self) -> list[str]:
        values = (10, 5, 0) if self.rows >= 3 else (10,)
        names = [""] * self.rows
        for value in values if self.rows else ():
            names[min(self.rows - 1, (10 - value) * self.rows // 10)] = str(value)
        return names

    def _draw(self, column: Column, lines: list[list[Cell]]) -> None:
        worst, is_here = column.worst, column.holds(self.marked)
        bar, gap = self._levels(column)
        mean = self._mean_dots(column)
        shapes = DOTS if worst.is_late else BLOCKS
        colour = severity(worst.worst)
        for above, line in enumerate(reversed(lines)):
            dots = _braille(mean, above)
            for place in range(column.cells):
                left, right = gap if 0 < place == column.cells - 1 else bar
                shape = shapes[_filled(left, above) * 3 + _filled(right, above)]
                if shape == " ":
                    line.append(Cell(dots, "mean", worst.day, is_here))
                elif dots != " " and column.covers(left, right, above):
                    line.append(Cell(dots, f"over-{colour}", worst.day))
                else:
                    line.append(Cell(shape, colour, worst.day, is_here))

    def _levels(self, column: Column) -> tuple[tuple[int, int], tuple[int, int]]:
        """The height of a bar's two sides in halves of a line, and that of the gap after it."""
        left, right = (max((self._level(day.worst) for day in half), default=0) for half in column.halves)
        if len(column.days) > 1:
            return (left, right), (left, right)
        return ((left, 0), (left, 0)) if column.cells == 1 else ((left, left), (0, 0))

    def _level(self, worst: int | None) -> int:
        """Any pain at all is seen."""
        return max(1, round(worst * self.rows / 5)) if worst else 0

    def _mean_dots(self, column: Column) -> tuple[int | None, int | None]:
        """How far up the mean is at both sides, in quarters of a line, just above a bar as high as itself."""
        means = [next((day.mean for day in reversed(half) if day.mean is not None), None) for half in column.halves]
        if not column.halves[1]:
            means[1] = means[0]
        top = QUARTERS * self.rows - 1
        left, right = (None if m is None else min(top, int(m * QUARTERS * self.rows / 10)) for m in means)
        return left, right


def _filled(level: int, above: int) -> int:
    """How many halves of the line that is `above` others a bar fills."""
    return max(0, min(2, level - 2 * above))


def _braille(heights: tuple[int | None, int | None], above: int) -> str:
    dots = 0
    for height, bits in zip(heights, MEAN_DOTS, strict=True):
        if height is not None and height // QUARTERS == above:
            dots |= bits[height % QUARTERS]
    return chr(0x2800 + dots) if dots else " "
