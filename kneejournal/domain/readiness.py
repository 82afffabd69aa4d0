"""The verdict: does the log meet the rules for a run today, and why? (RULES 4 to 7)"""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from kneejournal.domain import gate
from kneejournal.domain.case import Case, Fillable, Status, read_case
from kneejournal.domain.day_states import DayState
from kneejournal.domain.days import days_back, journal_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.progress import Phase
from kneejournal.domain.reasons import Reasons, RuleResult
from kneejournal.domain.records import AnyRecord

RULESET = "article-1"
DAYS_SHOWN = 14
HEADLINES = ("see-clinician", "setback", "not-ready", "unconfirmed", "rest-day", "ready", "ready-maintain")


class StageNow(Struct, frozen=True, kw_only=True):
    """The stage of the next session, in minutes, with its clean sessions so far."""

    number: int
    run_min: int
    walk_min: int
    repeats: int
    clean_sessions: int


class DayLine(Struct, frozen=True):
    """One day and its state."""

    day: date
    state: DayState


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether the log meets the rules on one day, with every reason. It never clears anybody."""

    now: datetime
    day: date
    status: Status
    headline: str
    symptom_free_days: int
    symptom_free_needed: int
    earliest_date: date | None
    phase: Phase
    stage: StageNow | None
    days: tuple[DayLine, ...]
    """The last 14, oldest first."""
    rules: tuple[RuleResult, ...]
    fillable: tuple[Fillable, ...]
    pending: date | None
    """A session whose outcome the next zero decides."""
    case: Case
    """The facts it rests on."""

    @property
    def is_ready(self) -> bool:
        return self.status == "ready"


def judge(
    records: Iterable[AnyRecord],
    profile: Profile,
    programme: Programme,
    now: datetime,
    *,
    to_confirm: bool = False,
) -> Verdict:
    """The verdict at `now`: a pure function of its arguments, whatever the order of `records`.

    `to_confirm`: entries may be lost, so nothing better than `unconfirmed` is said (RULES 4).
    """
    today = journal_day(now, profile.thresholds)
    case = read_case(records, profile, programme.stages, today, now=now, to_confirm=to_confirm)
    return verdict_of(case, programme, now)


def verdict_of(case: Case, programme: Programme, now: datetime) -> Verdict:
    """What `case` comes to, in the words of `programme`."""
    status, phase, today = case.status, case.phase, case.today
    return Verdict(
        now=now,
        day=today,
        status=status,
        headline=programme.headlines["ready-maintain" if (status, phase) == ("ready", "maintain") else status],
        symptom_free_days=gate.symptom_free_days(case.days, today),
        symptom_free_needed=case.plan.thresholds.symptom_free_needed,
        earliest_date=case.earliest_date,
        phase=phase,
        stage=_stage_now(case),
        days=tuple(DayLine(day, case.days[day].state) for day in days_back(today, DAYS_SHOWN)),
        rules=Reasons(case, programme).rules(),
        fillable=case.fillable,
        pending=case.pending,
        case=case,
    )


def _stage_now(case: Case) -> StageNow | None:
    """The stage to run; None before the gate has opened and once the plan is through."""
    settled = case.settled
    if settled is None:
        stage, clean = (case.plan.stages[0] if case.status == "ready" else None), 0
    elif case.setback:
        number = 1 if case.setback.major else max(1, case.plan.stage_on(settled, case.today) - 1)
        stage, clean = case.plan.stage(number), 0
    else:
        number = case.plan.stage_on(settled, case.today)
        stage, clean = case.plan.stage(number), settled.clean_sessions if number == settled.stage else 0
    if stage is None:
        return None
    return StageNow(
        number=stage.number,
        run_min=stage.run_min,
        walk_min=stage.walk_min,
        repeats=stage.repeats,
        clean_sessions=clean,
    )
