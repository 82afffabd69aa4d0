"""What today's screen and `today` show: the session, the week, the knee of the day."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from kneejournal.domain.days import DAY
from kneejournal.domain.exercises import ExerciseWeek, exercise_week, marks_on, target_in
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Exercise, Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import SIDES, AnyRecord, Care, Pain, Side, day_check_id


class ExerciseRow(Struct, frozen=True):
    """One exercise today: whether it is done, and how much it hurt (0-10)."""

    exercise: Exercise
    done: bool
    pain: int | None


class Today(Struct, frozen=True, kw_only=True):
    """The day as it stands."""

    day: date
    rows: tuple[ExerciseRow, ...]
    week: ExerciseWeek
    knee: dict[Side, int] | None
    """The worst pain written today, per knee; None when none is."""
    check: Pain | None
    """The day-check, when there is one."""
    is_closed: bool
    """A day-check that counts says that the whole day was clear."""
    care: tuple[Care, ...]
    ask_yesterday: bool
    """Yesterday was never closed, and can still be."""


def read_today(records: Iterable[AnyRecord], profile: Profile, programme: Programme, verdict: Verdict) -> Today:
    """The day of `verdict`, by the records that are not deleted."""
    log, day = Log.of(records), verdict.day
    here = log.on(day)
    marks = marks_on(log, day)
    days = verdict.case.days
    yesterday = days[day - DAY]
    check = next((r for r in here if isinstance(r, Pain) and r.id == day_check_id(day)), None)
    return Today(
        day=day,
        rows=tuple(
            ExerciseRow(
                e, done=(found := marks.get(e.id)) is not None and found.done, pain=found.pain if found else None
            )
            for e in programme.exercises
        ),
        week=exercise_week(log, programme, day, target_in(verdict.phase, profile.thresholds)),
        knee=_knee(here),
        check=check,
        is_closed=days[day].is_clear,
        care=tuple(sorted((r for r in here if isinstance(r, Care)), key=lambda care: (care.recorded_at, care.id))),
        ask_yesterday=yesterday.state in ("open", "unlogged") and log.first < day,
    )


def _knee(records: Iterable[AnyRecord]) -> dict[Side, int] | None:
    pains = [r.pain for r in records if isinstance(r, Pain)]
    worst = {side: [score for pain in pains if (score := pain.of(side)) is not None] for side in SIDES}
    return {side: max(scores) for side, scores in worst.items() if scores} or None
