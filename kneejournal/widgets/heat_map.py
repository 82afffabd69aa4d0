"""A calendar of the worst pain: a column a week, the number of the day on a ground that darkens with it."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from msgspec import Struct

from kneejournal.domain.days import MONTHS, WEEKDAYS
from kneejournal.domain.series import DayPain, Series
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.pain_marks import (
    Cell,
    Meaning,
    apart,
    cells,
    legend,
    mark,
    meanings,
    part,
    readouts,
)

GUTTER = 4
CELLS = range(2, 5)
"""How wide a day may be."""
WEEK = 7
FULL_HEIGHT = WEEK + 3
TITLE = "Worst pain, week by week"
TODAY = "▸"
NAMED_DAYS = (0, 2, 4, 6)


class HeatMap(DayPicture):
    """As many weeks as there is room for, Monday first; today and the highlighted day are marked."""

    PREFIX = "heat-map"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat-map--muted",
        "heat-map--said",
        "heat-map--gap",
        "heat-map--zero",
        "heat-map--sign",
        "heat-map--here",
        *(f"heat-map--pain-{pain}" for pain in range(1, 11)),
    }

    def __init__(self) -> None:
        super().__init__()
        self.says_day = True
        """Whether the highlighted day stands below in words, for want of a chart beside it that says so."""

    def draw(self, width: int, height: int) -> Sequence[Sequence[Cell]]:
        calendar = Calendar(series=self.series, width=width, height=height, marked=self.marked, says_day=self.says_day)
        return calendar.lines()


class Calendar(Struct, frozen=True, kw_only=True):
    """The weeks that end with that of today, from the one in which the journal began."""

    series: Series
    width: int
    height: int
    marked: date | None = None
    says_day: bool = True

    def lines(self) -> list[list[Cell]]:
        """The title where there is room for it, months, seven days and the legend."""
        room = (self.width - GUTTER) // CELLS[0]
        if room < 1 or not self.series.days:
            return []
        weeks = self._weeks(room)
        wide = max(CELLS[0], min(CELLS[-1], (self.width - GUTTER) // len(weeks)))
        lines = [cells(TITLE)] if self.height >= FULL_HEIGHT else []
        lines.append(self._months(weeks, wide))
        lines += [self._weekday(weeks, weekday, wide) for weekday in range(WEEK)]
        lines.append(self._below(weeks))
        return [line[: self.width] for line in lines[: self.height]]

    def _weeks(self, room: int) -> list[list[DayPain]]:
        """Weeks of days, oldest first; the last one ends with today."""
        days, today = self.series.days, self.series.today
        here = today.weekday() + 1
        first = self.series.began or today
        wanted = ((today - first).days + WEEK - here) // WEEK + 1
        count = max(1, min(room, wanted, (len(days) - here) // WEEK + 1))
        kept = days[-(here + WEEK * (count - 1)) :]
        return [list(kept[place : place + WEEK]) for place in range(0, len(kept), WEEK)]

    def _months(self, weeks: Sequence[Sequence[DayPain]], wide: int) -> list[Cell]:
        text = " " * (GUTTER + 1)
        for place, week in enumerate(weeks):
            left = GUTTER + place * wide + wide - CELLS[0]
            starts = any(found.day.day == 1 for found in week)
            if (starts or place == 0) and len(text) <= left + 1:
                text = text.ljust(left + 1) + MONTHS[week[-1].day.month - 1] + " "
        return cells(text)

    def _weekday(self, weeks: Sequence[Sequence[DayPain]], weekday: int, wide: int) -> list[Cell]:
        name = WEEKDAYS[weekday][:3].capitalize() if weekday in NAMED_DAYS else ""
        line = cells(name.ljust(GUTTER))
        for week in weeks:
            line += self._day(week[weekday], wide) if weekday < len(week) else cells(" " * wide)
        return line

    def _day(self, found: DayPain, wide: int) -> list[Cell]:
        if self.series.began is None or found.day < self.series.began:
            return cells(" " * wide)
        colour = f"pain-{found.worst}" if found.worst else part(found)
        if found.day == self.marked:
            colour = "here"
        sign = TODAY if found.day == self.series.today else " "
        text = (sign + mark(found)).rjust(wide - (wide > CELLS[0])).ljust(wide)
        return [Cell(char, colour, found.day) for char in text]

    def _below(self, weeks: Sequence[Sequence[DayPain]]) -> list[Cell]:
        """What the signs mean, and the highlighted day in words where there is room for both."""
        days = [found for week in weeks for found in week]
        shown = {mark(found) for found in days if self.series.began and found.day >= self.series.began}
        here = next((found for found in days if self.says_day and found.day == self.marked), None)
        said = readouts(here, self.series.today) if here else ("",)
        means = [*meanings(shown), Meaning(TODAY, "said", "today", "today")]
        beside = legend(means, self.width - len(said[-1]) - 2)
        named = beside if len(beside) + len(said[-1]) + 2 <= self.width else legend(means, self.width)
        words = next((text for text in said if len(named) + len(text) + 2 <= self.width), "")
        return apart(named, cells(words, "said"), self.width)
