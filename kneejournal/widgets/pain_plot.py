"""Draws the pain of days: bars, a mark for each day, the runs and the names of days."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from kneejournal.domain.days import MONTHS
from kneejournal.domain.series import DayPain
from kneejournal.widgets.pain_bars import BAR, GUTTER, LATE, MEAN, Bars, Column
from kneejournal.widgets.pain_marks import RUN, Cell, Meaning, apart, cells, legend, mark, meanings, part, readouts

MAX_CELLS = 4
"""The widest that a day becomes."""


class Rows(NamedTuple):
    """Which lines there is room for; `plot` counts those of the bars."""

    title: bool
    plot: int
    runs: bool
    axis: bool
    legend: bool

    @classmethod
    def within(cls, height: int) -> "Rows":
        """The marks of the days come first, then bars, the time axis, the title, runs and the legend."""
        title, runs, axis, named = height >= 6, height >= 7, height >= 4, height >= 9
        return cls(title, max(0, height - 1 - sum((title, runs, axis, named))), runs, axis, named)


class PainPlot(Struct, frozen=True, kw_only=True):
    """One chart of `days`, oldest first, the last of them today; those before the journal `began` stay empty."""

    days: Sequence[DayPain]
    began: date | None
    width: int
    height: int
    marked: date | None = None
    both_knees: bool = False

    def lines(self) -> list[list[Cell]]:
        """The lines from the top, as many as there is room for."""
        if self.width <= GUTTER or not self.days:
            return []
        rows, columns = Rows.within(self.height), self._columns()
        lines = [self._title(columns)] if rows.title else []
        lines += Bars(columns, rows.plot, self.marked).lines()
        lines.append(self._marks(columns))
        if rows.runs:
            lines.append(self._runs(columns))
        if rows.axis:
            lines.append(self._axis(columns))
        if rows.legend:
            lines.append(self._legend(columns))
        return [line[: self.width] for line in lines[: self.height]]

    def _columns(self) -> list[Column]:
        room, count = self.width - GUTTER, len(self.days)
        if count <= room:
            wide = min(MAX_CELLS, room // count)
            return [Column(GUTTER + place * wide, wide, ((day,), ())) for place, day in enumerate(self.days)]
        half = -(-count // (2 * room))
        starts = range(count - 2 * half, -2 * half, -2 * half)
        ends = [(self.days[max(0, s) : max(0, s + half)], self.days[max(0, s + half) : s + 2 * half]) for s in starts]
        return [Column(GUTTER + place, 1, halves) for place, halves in enumerate(reversed(ends))]

    def _title(self, columns: Sequence[Column]) -> list[Cell]:
        """What is drawn, and the highlighted day in words: in full, or as much of it as fits."""
        count = max(len(column.days) for column in columns)
        short = f"Worst of {count} days each" if count > 1 else "Worst of each day"
        long = f"Worst pain, {count} days a column" if count > 1 else "Worst pain of each day"
        captions = (long + ", both knees" if self.both_knees else long, long, short)
        here = next((day for day in self.days if day.day == self.marked), None)
        said = readouts(here, self.days[-1].day) if here else ("",)
        pairs = [(caption, words) for words in said for caption in captions]
        fits = (pair for pair in pairs if len(pair[0]) + len(pair[1]) + 2 <= self.width)
        caption, words = next(fits, (short, ""))
        return apart(cells(caption), cells(words, "said"), self.width)

    def _marks(self, columns: Sequence[Column]) -> list[Cell]:
        line = cells("pain".ljust(GUTTER))
        for column in columns:
            worst, is_here = column.worst, column.holds(self.marked)
            is_before = self.began is None or worst.day < self.began
            line.append(Cell(" " if is_before else mark(worst), part(worst), worst.day, is_here))
            line += [Cell(" ", "muted", worst.day, is_here)] * (column.cells - 1)
        return line

    def _runs(self, columns: Sequence[Column]) -> list[Cell]:
        line = cells("run".ljust(GUTTER))
        for column in columns:
            ran = [day.day for day in column.days if day.ran]
            day, is_here = ran[-1] if ran else column.worst.day, column.holds(self.marked)
            line.append(Cell(RUN if ran else " ", "run", day, is_here))
            line += [Cell(" ", "run", day, is_here)] * (column.cells - 1)
        return line

    def _axis(self, columns: Sequence[Column]) -> list[Cell]:
        """Names of days where they do not touch: today, months, the first day, then Mondays."""
        end = columns[-1].left + columns[-1].cells
        text = [" "] * end
        for left, name in _names(columns):
            right = left + len(name)
            if left >= GUTTER and right <= end and not "".join(text[left - 2 : right + 2]).strip():
                text[left:right] = name
        return cells("".join(text))

    def _legend(self, columns: Sequence[Column]) -> list[Cell]:
        shown = {mark(column.worst) for column in columns if self.began and column.worst.day >= self.began}
        worst = [day for day in self.days if day.worst]
        named = [Meaning(BAR, "mild", "pain", "pain")] if any(not day.is_late for day in worst) else []
        if any(day.is_late for day in worst):
            named.append(Meaning(LATE, "mild", "written late", "late"))
        if any(day.mean is not None for day in self.days):
            named.append(Meaning(MEAN, "mean", "7-day mean", "mean"))
        return legend([*named, *meanings(shown)], self.width)


def _names(columns: Sequence[Column]) -> list[tuple[int, str]]:
    """Where days are named and how, the weightiest first; Mondays only where each day has a column."""
    is_daily, last = len(columns[-1].days) == 1, columns[-1]
    first = columns[0].days[0].day
    months, mondays = [], []
    for column in columns:
        for found in column.days:
            name = MONTHS[found.day.month - 1]
            if found.day.day == 1:
                months.append((column.left, f"1 {name}" if is_daily else name))
            elif found.day.weekday() == 0 and is_daily:
                mondays.append((column.left, str(found.day.day)))
    start, end = f"{first.day} {MONTHS[first.month - 1]}", "today"
    return [(last.left + last.cells - len(end), end), *months, (columns[0].left, start), *mondays]
