"""A canvas of braille dots, two across and four down in a cell, each cell in the ink that most of its dots have."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, cos, floor, pi, sin
from typing import Literal, NamedTuple, TypeAlias

Spot: TypeAlias = tuple[float, float]
Fill = Literal["full", "half", "sparse"]

ACROSS, DOWN = 2, 4
BLANK = 0x2800
LEFT_DOTS, RIGHT_DOTS = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
DOTS_OF_ROW = tuple(
    tuple((left if pair & 1 else 0) | (right if pair & 2 else 0) for pair in range(4))
    for left, right in zip(LEFT_DOTS, RIGHT_DOTS, strict=True)
)
"""For each of the four rows of a cell: the dots of its two bits, the left one being the lower bit."""
WIDEST = 4096
"""Beyond this many dots across, a fill is empty."""
EVERY_SECOND, EVERY_FOURTH = ((1 << WIDEST) - 1) // 3, ((1 << WIDEST) - 1) // 15
"""Dots in a row, as numbers whose every second, or every fourth, bit is set."""
CIRCLE = tuple((cos(pi * corner / 8), sin(pi * corner / 8)) for corner in range(16))


class Run(NamedTuple):
    """Cells of one ink beside each other; empty ones have the ink ""."""

    text: str
    ink: str


class Canvas:
    """Dots from the top left corner, each in one of `inks`; what is painted later covers what was painted before."""

    def __init__(self, columns: int, rows: int, inks: Sequence[str]) -> None:
        self.columns, self.rows = columns, rows
        self.width, self.height = columns * ACROSS, rows * DOWN
        self._inks = tuple(inks)
        self._dots = {ink: [0] * self.height for ink in inks}

    def fill(self, discs: Iterable[tuple[float, float, float]], ink: str, fill: Fill = "full") -> None:
        """Fill the hull around discs (x, y, radius, in dots): with all dots, with every other one, or with few."""
        for row, dots in hull_rows(discs, self.width, self.height):
            for other, rows in self._dots.items():
                rows[row] &= ~dots
                if other == ink:
                    rows[row] |= dots & _pattern(fill, row)

    def clear(self, discs: Iterable[tuple[float, float, float]], inks: Iterable[str]) -> None:
        """Take the dots of these inks out of the hull around the discs."""
        rows_of = [self._dots[ink] for ink in inks]
        for row, dots in hull_rows(discs, self.width, self.height):
            for rows in rows_of:
                rows[row] &= ~dots

    def line(self, points: Sequence[Spot], ink: str) -> None:
        """A line one dot thick from point to point."""
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(1, ceil(max(abs(x1 - x0), abs(y1 - y0))))
            for step in range(steps + 1):
                self._dot(floor(x0 + (x1 - x0) * step / steps), floor(y0 + (y1 - y0) * step / steps), ink)

    def _dot(self, column: int, row: int, ink: str) -> None:
        if 0 <= column < self.width and 0 <= row < self.height:
            for rows in self._dots.values():
                rows[row] &= ~(1 << column)
            self._dots[ink][row] |= 1 << column

    def dots(self, *inks: str) -> list[int]:
        """The dots of these inks, or of all, as a number for each row; its lowest bit is the leftmost dot."""
        chosen = [self._dots[ink] for ink in inks or self._inks]
        together = [0] * self.height
        for rows in chosen:
            together = [a | b for a, b in zip(together, rows, strict=True)]
        return together

    def lines(self) -> tuple[tuple[Run, ...], ...]:
        """The cells, line by line, as runs of one ink."""
        dots = self.dots()
        return tuple(self._line(dots[first : first + DOWN], first) for first in range(0, self.height, DOWN))

    def _line(self, whole: Sequence[int], first: int) -> tuple[Run, ...]:
        inks = {ink: rows[first : first + DOWN] for ink, rows in self._dots.items()}
        inks = {ink: rows for ink, rows in inks.items() if any(rows)}
        runs: list[tuple[list[str], str]] = []
        for column in range(self.columns):
            signs = _cell(whole, column * ACROSS)
            ink = self._ink_of(inks, column * ACROSS) if signs else ""
            if not runs or runs[-1][1] != ink:
                runs.append(([], ink))
            runs[-1][0].append(chr(BLANK + signs) if signs else " ")
        return tuple(Run("".join(text), ink) for text, ink in runs)

    def _ink_of(self, inks: dict[str, list[int]], shift: int) -> str:
        """The ink of most dots; of the two with as many, the one named later."""
        if len(inks) == 1:
            return next(iter(inks))
        return max(inks, key=lambda ink: (_cell(inks[ink], shift).bit_count(), self._inks.index(ink)))


def _cell(rows: Sequence[int], shift: int) -> int:
    first, second, third, fourth = rows
    return (
        DOTS_OF_ROW[0][first >> shift & 3]
        | DOTS_OF_ROW[1][second >> shift & 3]
        | DOTS_OF_ROW[2][third >> shift & 3]
        | DOTS_OF_ROW[3][fourth >> shift & 3]
    )


def _pattern(fill: Fill, row: int) -> int:
    """The dots of a row that a fill leaves standing."""
    if fill == "full":
        return -1
    if fill == "half":
        return EVERY_SECOND << row % 2
    return EVERY_FOURTH << 2 * (row % 4 == 3) if row % 2 else 0


def hull_rows(discs: Iterable[tuple[float, float, float]], width: int, height: int) -> Iterator[tuple[int, int]]:
    """The rows in which the hull around discs covers the middle of a dot, each with those dots as a number."""
    corners = hull((x + r * across, y + r * down) for x, y, r in discs for across, down in CIRCLE)
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    for row in range(max(0, ceil(top - 0.5)), min(height, floor(bottom - 0.5) + 1)):
        middle = row + 0.5
        cuts = [
            x0 + (x1 - x0) * (middle - y0) / (y1 - y0)
            for (x0, y0), (x1, y1) in edges
            if (y0 <= middle) != (y1 <= middle)
        ]
        if cuts:
            first, last = max(0, ceil(min(cuts) - 0.5)), min(width - 1, floor(max(cuts) - 0.5))
            if last >= first:
                yield row, (1 << (last + 1)) - (1 << first)


def hull(points: Iterable[Spot]) -> list[Spot]:
    """The corners of the convex hull around points, in turn."""
    ordered = sorted(set(points))
    corners: list[Spot] = []
    for way in (ordered, ordered[::-1]):
        chain: list[Spot] = []
        for point in way:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        corners += chain[:-1]
    return corners


def _turn(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
