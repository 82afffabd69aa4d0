"""The lines of the pain journal as one list, newest day first, of which a line is written when it is looked at."""

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from kneejournal.domain.day_states import Days
from kneejournal.domain.days import short_day
from kneejournal.domain.log import Log
from kneejournal.domain.records import ExerciseMark, Pain
from kneejournal.widgets.entry_rows import EntryRow, EntryRows

LONGEST_DAY_TEXTS = (len("Sun 22 Nov"), len("Sun 22 Nov 2026"))
DAYS_AT_ONCE = 50
"""Little enough to be written between two frames."""
MOST_KNEES = 2
Counts = tuple[int, int, int]
"""Of a day: entries with a line each, exercises that share one, and knees in the entry of pain that has most."""


class EntryDays:
    """Lines by day. `counts`: how many each of `days` has, newest day first; `rows_of` writes those of one day."""

    def __init__(
        self,
        days: Sequence[date],
        counts: Sequence[int],
        rows_of: Callable[[date], Sequence[EntryRow]],
        *,
        entries: int,
        names_knees: bool,
    ) -> None:
        self.days = days
        self.entries = entries
        """How many records stand in the lines."""
        self.names_knees = names_knees
        """Whether the pain of any line can be of both knees."""
        self._begins = [*accumulate(counts, initial=0)]
        self._rows_of = rows_of

    @classmethod
    def none(cls) -> "EntryDays":
        """No lines."""
        return _of_rows({})

    def __len__(self) -> int:
        return self._begins[-1]

    def __getitem__(self, place: int) -> EntryRow:
        found = bisect_right(self._begins, place) - 1
        return self._rows_of(self.days[found])[place - self._begins[found]]

    def __iter__(self) -> Iterator[EntryRow]:
        for day in self.days:
            yield from self._rows_of(day)

    def of_day(self, day: date) -> Sequence[EntryRow]:
        return self._rows_of(day)

    def place_of_day(self, day: date) -> int | None:
        """Where the first line of `day` is."""
        found = self._find(day)
        return self._begins[found] if found < len(self.days) and self.days[found] == day else None

    def place_of(self, row: EntryRow) -> int | None:
        """Where that line is now, or the one that has taken its place in a later reading of the journal."""
        begin = self.place_of_day(row.day)
        rows = self._rows_of(row.day) if begin is not None else ()
        return next((begin + i for i, other in enumerate(rows) if begin is not None and other.key == row.key), None)

    def next_day(self, day: date, step: int) -> date | None:
        """The day after `day` that has any lines, or the one before it with -1."""
        found = self._find(day)
        if step > 0:
            return self.days[found - 1] if found > 0 else None
        found += found < len(self.days) and self.days[found] == day
        return self.days[found] if found < len(self.days) else None

    def _find(self, day: date) -> int:
        return bisect_left(self.days, -day.toordinal(), key=lambda other: -other.toordinal())


def entry_days(log: Log, days: Days, writer: EntryRows, unfolded: frozenset[date]) -> EntryDays:
    """Every line of the journal; what is written stays with the `log`, for the days that a change leaves alone."""
    counts: dict[date, Counts] = log.worked_out("entry counts", None)
    rows: dict[date, tuple[EntryRow, ...]] = {} if days.arrivals else log.worked_out("entry rows", writer)
    opened: dict[date, tuple[EntryRow, ...]] = {}

    def rows_of(day: date) -> tuple[EntryRow, ...]:
        found = rows.get(day)
        if found is None:
            found = rows[day] = writer.of_day(log.on(day), days[day].state)
        if day not in unfolded:
            return found
        if day not in opened:
            opened[day] = writer.opened(found, log.on(day))
        return opened[day]

    for day in log.days:
        if day not in counts:
            counts[day] = _count(log, day)
    shown = [day for day in reversed(log.days) if counts[day][0] or counts[day][1]]
    found = [counts[day] for day in shown]
    lines = [
        loud + (quiet + 1 if quiet > 1 and day in unfolded else min(quiet, 1))
        for day, (loud, quiet, _) in zip(shown, found, strict=True)
    ]
    knees = max([knees for _, _, knees in found], default=0)
    entries = sum([loud + quiet for loud, quiet, _ in found])
    return EntryDays(shown, lines, rows_of, entries=entries, names_knees=knees + (knees and writer.tracks_both) > 1)


def matching(rows: EntryDays, wanted: str) -> EntryDays:
    """The lines in which every word of `wanted` is found."""
    words = wanted.casefold().split()
    if not words:
        return rows
    found: dict[date, Sequence[EntryRow]] = {}
    for day in rows.days:
        kept = rows.of_day(day)
        for word in words:
            kept = [row for row in kept if word in row.searched]
        if kept:
            found[day] = kept
    return _of_rows(found)


async def write_ahead(rows: EntryDays) -> None:
    """Write every line, a few days at a time, before the first letter of a filter asks for all of them."""
    for begin in range(0, len(rows.days), DAYS_AT_ONCE):
        for day in rows.days[begin : begin + DAYS_AT_ONCE]:
            rows.of_day(day)
        await asyncio.sleep(0)


def longest_day_text(days: Sequence[date], today: date) -> int:
    """Columns of the longest name of a day."""
    limit = LONGEST_DAY_TEXTS[any(day.year != today.year for day in (*days[:1], *days[-1:]))]
    longest = 0
    for day in reversed(days):
        longest = max(longest, len(short_day(day, today)))
        if longest >= limit:
            break
    return longest


def _of_rows(found: Mapping[date, Sequence[EntryRow]]) -> EntryDays:
    rows = [row for kept in found.values() for row in kept]
    return EntryDays(
        [*found],
        [len(kept) for kept in found.values()],
        found.__getitem__,
        entries=sum([len(row.ids) for row in rows if row.fold != "open"]),
        names_knees=any(" " in row.pain for row in rows),
    )


def _count(log: Log, day: date) -> Counts:
    loud = quiet = knees = 0
    for record in log.on(day):
        # Most records are exercises: a journal of ten years has 25 000 of them.
        if type(record) is ExerciseMark and not record.pain:
            quiet += record.done or record.pain is not None
        else:
            loud += 1
            if type(record) is Pain and knees < MOST_KNEES:
                knees = max(knees, len(record.pain.by_side()))
    return loud, quiet, knees
