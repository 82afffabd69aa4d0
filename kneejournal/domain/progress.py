"""Where a runner stands in the walk-run plan: stages, clean sessions, setbacks and breaks (RULES 5 and 6)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain import gate
from kneejournal.domain.day_states import Day, Days
from kneejournal.domain.days import DAY, days_back
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import Stage

Phase = Literal["rehab", "return", "maintain"]
MajorReason = Literal["pain", "two-days", "swelling", "medicine", "second"]


class Setback(Struct, frozen=True, kw_only=True):
    """Pain came back after the first session; it lasts until the days to run again are there (RULES 6)."""

    first: date
    last: date
    major: tuple[MajorReason, ...] = ()
    """Why it is a major one; empty for a minor one."""


class Progress(Struct, frozen=True, kw_only=True):
    """The plan on the morning of `day`, by what is written of the days before it."""

    day: date
    stage: int = 1
    """1 to the number of stages; one more than that once the plan is through."""
    clean_sessions: int = 0
    pending: date | None = None
    """Yesterday, when it was a session whose outcome the next zero decides."""
    setback: Setback | None = None
    last_symptoms: date | None = None
    """Of the days from the first session on."""
    last_run: date | None = None
    gate_again: bool = False
    """The whole week of the gate is asked for again, or still."""
    days_without_clear: int = 0


class Plan(Struct, frozen=True):
    """The stage table with the thresholds that govern it."""

    stages: Sequence[Stage]
    thresholds: Thresholds

    @property
    def through(self) -> int:
        """The number that stands for the plan being through."""
        return len(self.stages) + 1

    def stage(self, number: int) -> Stage | None:
        """The stage of that number, counted from 1; None once the plan is through."""
        return self.stages[number - 1] if number < self.through else None

    def stage_on(self, progress: Progress, day: date) -> int:
        """The stage of `day`: one lower for every full `break_days` without a run."""
        if progress.last_run is None:
            return progress.stage
        breaks = (day - progress.last_run).days // self.thresholds.break_days
        return max(1, progress.stage - breaks)

    def phase_on(self, progress: Progress | None, day: date) -> Phase:
        if progress is None:
            return "rehab"
        return "maintain" if not progress.setback and self.stage_on(progress, day) == self.through else "return"

    def days_needed(self, setback: Setback) -> int:
        """Clear days in a row, and days without running, before running goes on after `setback`."""
        return self.thresholds.major_days if setback.major else self.thresholds.minor_days


def next_morning(progress: Progress, days: Days, plan: Plan) -> Progress:
    """The plan one day later, by what is written of the day between."""
    day = days[progress.day]
    after = with_outcome(progress, days, plan)
    counts = bool(day.runs) and _counts(progress, day, days, plan)
    if day.runs:
        after = _at_stage(after, plan.stage_on(after, day.day), last_run=day.day)
    if day.state == "symptoms":
        after = _with_symptoms(after, day, plan)
    after = Progress(
        day=day.day + DAY,
        stage=after.stage,
        clean_sessions=after.clean_sessions,
        pending=day.day if counts and after.setback is None else None,
        setback=after.setback,
        last_symptoms=after.last_symptoms,
        last_run=after.last_run,
        gate_again=after.gate_again,
        days_without_clear=0 if day.is_clear else after.days_without_clear + 1,
    )
    return _with_gate(_without_setback(after, days, plan), days, plan)


def _counts(progress: Progress, day: Day, days: Days, plan: Plan) -> bool:
    """Whether a session of `day` counts for the stage that the plan asks for."""
    sessions = _sessions(day)
    return any(stage >= plan.stage_on(progress, day.day) for stage in sessions) and may_run(progress, days, plan)


def with_outcome(progress: Progress, days: Days, plan: Plan) -> Progress:
    """The plan with yesterday's session settled as far as today's entries do.

    It is clean when its day is clear, and today brought a zero and nothing bad.
    """
    if progress.pending is None:
        return progress
    today = days[progress.day]
    if not (days[progress.pending].is_clear and today.fresh_zero and not today.is_bad):
        return progress
    clean = progress.clean_sessions + 1
    if clean < plan.thresholds.sessions_a_stage:
        return replace(progress, clean_sessions=clean, pending=None)
    return replace(progress, stage=min(progress.stage + 1, plan.through), clean_sessions=0, pending=None)


def may_run(progress: Progress, days: Days, plan: Plan) -> bool:
    """Whether the days before `progress.day` allow a run on it."""
    return (
        progress.setback is None
        and not progress.gate_again
        and all(day.is_clear for day in days.of(before_run(progress, plan)))
        and not is_rest_day(progress)
    )


def before_run(progress: Progress, plan: Plan) -> tuple[date, ...]:
    """The days that must be clear before a run: from the last run, at most the last three, through yesterday."""
    last_days = days_back(progress.day - DAY, plan.thresholds.minor_days)
    return tuple(day for day in last_days if progress.last_run is None or day >= progress.last_run)


def is_rest_day(progress: Progress) -> bool:
    """Whether the day between two sessions is still owed."""
    return progress.last_run == progress.day - DAY


def _sessions(day: Day) -> tuple[int, ...]:
    return tuple([run.stage for run in day.runs if run.stage is not None])


def _at_stage(progress: Progress, stage: int, last_run: date) -> Progress:
    clean = progress.clean_sessions if stage == progress.stage else 0
    return replace(progress, stage=stage, clean_sessions=clean, last_run=last_run)


def _with_symptoms(progress: Progress, day: Day, plan: Plan) -> Progress:
    in_a_row = progress.last_symptoms == day.day - DAY
    before = progress.setback.major if progress.setback else ()
    first = progress.setback.first if progress.setback and in_a_row else day.day
    since = None if progress.last_symptoms is None else (day.day - progress.last_symptoms).days
    major = (*before, *(reason for reason in majors(day, since, plan) if reason not in before))
    return replace(
        progress,
        setback=Setback(first=first, last=day.day, major=major),
        last_symptoms=day.day,
    )


def majors(day: Day, since: int | None, plan: Plan) -> tuple[MajorReason, ...]:
    """What makes the symptoms of `day` a major setback; there were symptoms `since` so many days, or never."""
    found: dict[MajorReason, bool] = {
        "pain": (day.worst or 0) >= plan.thresholds.major_pain,
        "two-days": since == 1,
        "swelling": not {"swelling", "large-swelling"}.isdisjoint(day.symptoms),
        "medicine": day.medicine,
        "second": since is not None and 1 < since <= plan.thresholds.second_setback_days,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _without_setback(progress: Progress, days: Days, plan: Plan) -> Progress:
    if progress.setback is None:
        return progress
    waited = (days[progress.day - DAY * back] for back in range(1, plan.days_needed(progress.setback) + 1))
    if not all(day.is_clear and not day.runs for day in waited):
        return progress
    stage = 1 if progress.setback.major else max(1, progress.stage - 1)
    return replace(progress, setback=None, stage=stage, clean_sessions=0)


def _with_gate(progress: Progress, days: Days, plan: Plan) -> Progress:
    needed = plan.thresholds.symptom_free_needed
    if progress.gate_again:
        is_open = gate.is_open_before(days, progress.day, needed)
        return replace(progress, gate_again=False) if is_open else progress
    is_gap = progress.days_without_clear >= plan.thresholds.break_days
    return replace(progress, gate_again=True) if is_gap else progress
