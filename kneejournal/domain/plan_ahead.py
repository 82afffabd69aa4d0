"""What the coming weeks hold if nothing hurts: exercise days, and the sessions of the plan."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from statistics import median_low

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.case import Case, status_on
from kneejournal.domain.day_states import Day
from kneejournal.domain.days import DAY
from kneejournal.domain.programme import Stage
from kneejournal.domain.records import AnyRecord, Run, run_id
from kneejournal.domain.replay import replay

SPREAD: tuple[tuple[int, ...], ...] = (
    (0,), (0, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 4, 5), (0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5, 6),
)  # fmt: skip
"""For one to seven days a week, the weekdays they fall on, Monday 0: apart from each other where that is possible."""
USUAL_FROM = 3
"""So many times of day make a usual one (default)."""
USUAL_DAYS = 28
QUARTER = 15


class PlannedRun(Struct, frozen=True, kw_only=True):
    """A session of the plan on a day to come; `session` counts the clean ones of its stage, from 1."""

    day: date
    stage: Stage
    session: int


def has_plan(case: Case) -> bool:
    """Whether run days can be named: the gate is open or sessions have begun, and nothing stands in between."""
    if case.flags or case.to_confirm or case.setback or case.phase == "maintain":
        return False
    return case.status in ("ready", "rest-day") if case.asks_for_the_week else True


def planned_runs(case: Case, first: date, last: date) -> tuple[PlannedRun, ...]:
    """The sessions from `first` through `last` (today or later) if every day is clear; none while there is no plan.

    Each falls on the first day on which the rules would let it: there is a day without running between (RULES 5).
    """
    if not has_plan(case):
        return ()
    planned: dict[date, Day] = {}
    found: list[PlannedRun] = []
    for ahead in range((last - first).days + 1):
        day, days = first + DAY * ahead, case.days.assuming(planned, clear_from=case.today)
        morning = replay(days, day, case.plan)
        if case.plan.phase_on(morning, day) == "maintain":
            break
        if status_on(day, days, morning, case.plan) != "ready":
            continue
        number = case.plan.stage_on(morning, day) if morning else 1
        clean = morning.clean_sessions if morning and morning.stage == number else 0
        found.append(PlannedRun(day=day, stage=case.plan.stages[number - 1], session=clean + 1))
        planned[day] = replace(days[day], runs=(*days[day].runs, _as_if_run(day, number)))
    return tuple(found)


def usual_time(recorded: Iterable[datetime], otherwise: time) -> time:
    """The time of day in the middle of `recorded`, on the quarter of an hour before; `otherwise` for too few."""
    minutes = [moment.hour * 60 + moment.minute for moment in recorded]
    if len(minutes) < USUAL_FROM:
        return otherwise
    usual = median_low(minutes) // QUARTER * QUARTER
    return time(usual // 60, usual % 60)


def written_at(records: Iterable[AnyRecord], kind: type[AnyRecord], today: date) -> Sequence[datetime]:
    """When the records of one kind were written in the last weeks, those left out that were filled in later."""
    return [
        record.recorded_at
        for record in records
        if isinstance(record, kind) and not record.deleted and record.recorded_at.date() == record.day
        if today - DAY * USUAL_DAYS < record.day <= today
    ]


def _as_if_run(day: date, stage: int) -> Run:
    moment = datetime.combine(day, time(12), UTC)
    key = run_id("plan", day.isoformat())
    return Run(id=key, day=day, recorded_at=moment, updated_at=moment, device="plan", distance_m=1, pain=0, stage=stage)
