"""The live records of a journal by day, so that no question has to go through all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from kneejournal.domain.records import RED_FLAGS, AnyRecord, ExerciseMark, Pain, Run, Shoe

_RED_FLAGS = frozenset(RED_FLAGS)


class Log:
    """The records that are not deleted, in no particular order: those of each day, and some kinds on their own.

    It is of one state of the journal and never changes: a change makes another one. So nothing it keeps gets stale.
    """

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        by_day: defaultdict[date, list[AnyRecord]] = defaultdict(list)
        runs, flags, shoes = [], [], []
        for record in records:
            if record.deleted:
                continue
            # The most frequent kinds come first: a journal of ten years has 36 500 records.
            if type(record) is ExerciseMark:
                pass
            elif type(record) is Pain:
                if record.symptoms and not _RED_FLAGS.isdisjoint(record.symptoms):
                    flags.append(record)
            elif type(record) is Run:
                runs.append(record)
            elif type(record) is Shoe:
                shoes.append(record)
                continue
            by_day[record.day].append(record)
        self._by_day: dict[date, list[AnyRecord]] = dict(by_day)
        self._worked_out: dict[str, tuple[object, dict[date, Any]]] = {}
        self.runs: Sequence[Run] = runs
        self.flags: Sequence[Pain] = flags
        """The entries with a red flag, resolved ones too."""
        self.shoes: Sequence[Shoe] = sorted(shoes, key=lambda shoe: (shoe.recorded_at, shoe.name, shoe.id))
        """The pairs in the order in which they came."""

    @classmethod
    def of(cls, records: "Iterable[AnyRecord]") -> "Log":
        """The log of `records`; `records` itself when it is one."""
        return records if isinstance(records, Log) else cls(records)

    def __iter__(self) -> Iterator[AnyRecord]:
        return chain(self.shoes, *self._by_day.values())

    def on(self, day: date) -> Sequence[AnyRecord]:
        """The records of `day`, pairs of shoes left out: they are of no day."""
        return self._by_day.get(day, ())

    def of_days(self, days: Iterable[date]) -> list[AnyRecord]:
        """The records of several days."""
        return [record for day in days for record in self.on(day)]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of which there is a record, oldest first."""
        return tuple(sorted(self._by_day))

    @cached_property
    def first(self) -> date:
        """The first day of which there is a record."""
        return min(self._by_day, default=date.max)

    @cached_property
    def last(self) -> date:
        """The last day of which there is a record."""
        return max(self._by_day, default=date.min)

    @cached_property
    def runs_by_shoe(self) -> dict[str | None, list[Run]]:
        """The runs of each pair by its id, and those of none by None; oldest first."""
        found: defaultdict[str | None, list[Run]] = defaultdict(list)
        for run in sorted(self.runs, key=lambda run: (run.day, run.recorded_at, run.id)):
            found[run.shoe_id].append(run)
        return dict(found)

    def worked_out(self, what: str, given: object) -> dict[date, Any]:
        """What was worked out so far of single days, of nothing but their records and `given`; to be added to.

        A change keeps it for the days that it leaves alone; another object `given` starts anew.
        """
        found = self._worked_out.get(what)
        if found is None or found[0] is not given:
            found = self._worked_out[what] = (given, {})
        return found[1]

    def changed(self, written: Iterable[AnyRecord], replaced: Iterable[AnyRecord]) -> "Log":
        """The log after a change: `written` are its versions, `replaced` those that they take the place of."""
        new = {record.id: record for record in written}
        if not new:
            return self
        days = {record.day for record in (*new.values(), *replaced)}
        others = (record for record in self.of_days(days) if record.id not in new)
        part = Log((*others, *new.values()))
        after = Log()
        after._by_day = {**_without(self._by_day, days), **part._by_day}
        after._worked_out = {
            what: (given, _without(found, days)) for what, (given, found) in self._worked_out.copy().items()
        }
        after.runs = [*(run for run in self.runs if run.day not in days), *part.runs]
        after.flags = [*(flag for flag in self.flags if flag.day not in days), *part.flags]
        kept = (shoe for shoe in self.shoes if shoe.id not in new)
        after.shoes = Log((*kept, *part.shoes)).shoes
        return after


def _without(by_day: dict[date, Any], days: Iterable[date]) -> dict[date, Any]:
    left = by_day.copy()
    for day in days:
        left.pop(day, None)
    return left
