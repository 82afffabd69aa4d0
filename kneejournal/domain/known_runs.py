"""Sorts found runs by what the journal has of them: new, here already, or not to be taken."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import isfinite

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.days import DAY, journal_day
from kneejournal.domain.found_runs import FoundRun, Place, Skipped
from kneejournal.domain.imported_shoes import Wearing
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.records import FIRST_DAY, MAX_DISTANCE_M, Run, run_id
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import NOTE_LIMIT, clean

SAME_START = timedelta(seconds=120)
SAME_DISTANCE = 0.02
"""Two recordings of one run differ by no more; two runs differ by more."""
SAME_AS_WRITTEN = 0.05
"""How far a distance that somebody wrote by hand may be from the measured one."""
FASTEST_M_S = 12.0
"""Nobody runs faster, not even a hundred metres: such a distance has a wrong unit, or was driven."""
MAX_SECONDS = 1_000_000
JOURNAL = "journal"


class SameRun(Struct, frozen=True, kw_only=True):
    """A found run that another record holds already."""

    place: Place
    source: str
    of: Run


class Sorting:
    """Sorts found runs, one by one, by what the journal has of them."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self.new: list[Wearing] = []
        self.known: list[Run] = []
        self.same: list[SameRun] = []
        self.deleted: list[tuple[Wearing, Run]] = []
        self.skipped: list[Skipped] = []
        self._snapshot = snapshot
        self._today = today
        self._seen: set[str] = set()
        self._known: list[Wearing] = []
        self._days: dict[date, list[Run]] = {}
        self._taken: set[str] = set()
        """Runs that stand for a found one already: one written by hand is one run, not two."""
        for record in snapshot.log.runs:
            self._days.setdefault(record.day, []).append(record)

    def sort(self, run: FoundRun) -> None:
        thresholds = self._snapshot.profile.thresholds
        if reason := _objection(run, thresholds, self._today):
            self.skipped.append(Skipped(run.place, reason))
            return
        if _id(run) in self._seen:
            self.skipped.append(Skipped(run.place, "the same run stands there twice"))
            return
        self._seen.add(_id(run))
        day = journal_day(run.start, thresholds)
        record = self._snapshot.records.get(_id(run))
        if isinstance(record, Run) and not record.deleted:
            self.known.append(record)
            self._known.append(Wearing(run=run, day=day, worn=record.shoe_id))
        elif twin := next(self._twins(run, day), None):
            of = self._snapshot.records.get(twin.id)
            self.same.append(SameRun(place=run.place, source=run.source, of=of if isinstance(of, Run) else twin))
            self._taken.add(twin.id)
            self._days.setdefault(day, []).append(replace(bare_record(Wearing(run=run, day=day)), id=twin.id))
        elif isinstance(record, Run):
            self.deleted.append((Wearing(run=run, day=day), record))
        else:
            self._add(Wearing(run=run, day=day))

    def bring_back(self) -> None:
        """Take runs that were deleted here for new ones."""
        for wearing, _ in self.deleted:
            self._add(wearing)
        self.deleted.clear()
        self.new.sort(key=lambda one: one.run.start)

    def wearings(self) -> Iterable[Wearing]:
        return (*self._known, *self.new)

    def _add(self, wearing: Wearing) -> None:
        self.new.append(wearing)
        self._days.setdefault(wearing.day, []).append(bare_record(wearing))

    def _twins(self, run: FoundRun, day: date) -> Iterator[Run]:
        for near in (day, day - DAY, day + DAY):
            for other in self._days.get(near, ()):
                if other.source == JOURNAL:
                    if other.id not in self._taken and other.day == day and _is_written(run, other):
                        yield other
                elif _is_same(run, other):
                    yield other


def bare_record(wearing: Wearing) -> Run:
    """The record of a found run as every machine would write it, but for its shoes."""
    run = wearing.run
    started = run.start.replace(microsecond=0)
    return Run(
        id=_id(run),
        day=wearing.day,
        recorded_at=started,
        updated_at=started,
        device="import",
        distance_m=round(run.distance_m),
        duration_s=round(run.duration_s or 0) or None,
        pain=None,
        source=run.source,
        external_id=run.external_id,
        note=clean(run.title)[:NOTE_LIMIT].strip(),
    )


def _objection(run: FoundRun, thresholds: Thresholds, today: date) -> str | None:
    """Why the rules do not take a found run; None when they do."""
    day = journal_day(run.start, thresholds)
    duration = run.duration_s or 0
    if day > today:
        return "in the future"
    if day < FIRST_DAY:
        return f"before {FIRST_DAY.year}"
    if not isfinite(run.distance_m) or not isfinite(duration) or run.distance_m < 0 or duration < 0:
        return "a distance or a duration below 0"
    if round(run.distance_m) < 1:
        return "no distance"
    if run.distance_m > MAX_DISTANCE_M:
        return f"longer than {MAX_DISTANCE_M // 1000} km"
    if duration > MAX_SECONDS:
        return "longer than eleven days"
    if duration and run.distance_m / duration > FASTEST_M_S:
        return "faster than anybody runs"
    return None


def _is_same(run: FoundRun, other: Run) -> bool:
    apart = abs(run.start - other.recorded_at)
    by_wall = abs(run.start.replace(tzinfo=None) - other.recorded_at.replace(tzinfo=None))
    return min(apart, by_wall) <= SAME_START and _is_near(run, other, SAME_DISTANCE)


def _is_written(run: FoundRun, other: Run) -> bool:
    """Whether `other`, written by hand, can be this run: it was written after the run had begun."""
    return other.recorded_at >= run.start and _is_near(run, other, SAME_AS_WRITTEN)


def _is_near(run: FoundRun, other: Run, share: float) -> bool:
    return abs(run.distance_m - other.distance_m) <= share * max(run.distance_m, other.distance_m)


def _id(run: FoundRun) -> str:
    return run_id(run.source, run.external_id)
