"""Counts exercise days over rolling seven days (RULES 8)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct

from kneejournal.domain.days import days_back
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import GROUPS, Exercise, Kind, Programme
from kneejournal.domain.progress import Phase
from kneejournal.domain.records import AnyRecord, ExerciseMark

ROLLING_DAYS = 7


class Target(Struct, frozen=True):
    """Days of strength, and of stretching, asked for in seven: at least, and as many as are suggested."""

    least: int
    suggested: int


def target_in(phase: Phase, thresholds: Thresholds) -> Target:
    """At least 3 of each in seven days, more often while not running, 2 to 3 for good once running (article)."""
    if phase == "maintain":
        return Target(thresholds.exercise_days_maintain, thresholds.exercise_days)
    more = thresholds.exercise_days_suggested if phase == "rehab" else thresholds.exercise_days
    return Target(thresholds.exercise_days, more)


class ExerciseWeek(Struct, frozen=True, kw_only=True):
    """The rolling seven days that end today."""

    strength_days: tuple[date, ...]
    stretch_days: tuple[date, ...]
    target: Target

    @property
    def is_behind(self) -> bool:
        return min(len(self.strength_days), len(self.stretch_days)) < self.target.least


def marks_on(records: Iterable[AnyRecord], day: date) -> dict[str, ExerciseMark]:
    """What is marked on `day`, by exercise; of two marks of one exercise the later one stands."""
    found: dict[str, ExerciseMark] = {}
    for record in Log.of(records).on(day):
        if isinstance(record, ExerciseMark):
            other = found.get(record.exercise)
            if other is None or (other.updated_at, other.id) < (record.updated_at, record.id):
                found[record.exercise] = record
    return found


def kinds_done(records: Iterable[AnyRecord], programme: Programme) -> Mapping[date, Collection[Kind]]:
    """Of every day with records: whether it is a strength day, a stretch day, both, or neither."""
    log = Log.of(records)
    known = log.worked_out("exercises", programme)
    for day in log.days:
        if day not in known:
            known[day] = _kinds_of(log.on(day), programme)
    return {day: known[day] for day in log.days}


def exercise_days(records: Iterable[AnyRecord], programme: Programme, kind: Kind) -> frozenset[date]:
    """The days on which at least one exercise of every group of `kind` is done."""
    return frozenset(day for day, kinds in kinds_done(records, programme).items() if kind in kinds)


def _kinds_of(records: Iterable[AnyRecord], programme: Programme) -> Collection[Kind]:
    """The kinds of which at least one exercise of every group is done; `records` are of one day."""
    done = {record.exercise for record in records if isinstance(record, ExerciseMark) and record.done}
    found = [exercise for exercise in programme.exercises if exercise.id in done]
    return [kind for kind in GROUPS if {e.group for e in found if e.kind == kind}.issuperset(GROUPS[kind])]


def exercise_week(records: Iterable[AnyRecord], programme: Programme, today: date, target: Target) -> ExerciseWeek:
    """Strength days and stretch days of the seven days that end with `today`."""
    log = Log.of(records)
    last = {day: _kinds_of(log.on(day), programme) for day in days_back(today, ROLLING_DAYS)}
    return ExerciseWeek(
        strength_days=tuple(day for day, kinds in last.items() if "strength" in kinds),
        stretch_days=tuple(day for day, kinds in last.items() if "stretch" in kinds),
        target=target,
    )


def short_session(programme: Programme) -> tuple[Exercise, ...]:
    """Four exercises, one of each strength group: adherence falls with longer lists (Barton 2015)."""
    return tuple(exercise for exercise in programme.exercises if exercise.short)
