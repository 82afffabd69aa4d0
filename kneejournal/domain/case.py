"""The facts that one verdict rests on, and the status that follows from them (RULES 4 to 7)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from msgspec import Struct

from kneejournal.domain import gate, progress
from kneejournal.domain.day_states import Days, read_days
from kneejournal.domain.days import DAY, last_fill_day
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Stage
from kneejournal.domain.progress import Phase, Plan, Progress, Setback
from kneejournal.domain.records import AnyRecord, Pain
from kneejournal.domain.replay import replay

HORIZON_DAYS = 200

Status = Literal["see-clinician", "setback", "not-ready", "unconfirmed", "rest-day", "ready"]
STATUSES: tuple[Status, ...] = ("see-clinician", "setback", "not-ready", "unconfirmed", "rest-day", "ready")
"""In order of precedence: the worst first."""


class Fillable(Struct, frozen=True):
    """A day that can still be filled in, and the last day on which that counts."""

    day: date
    until: date


class Case(Struct, frozen=True, kw_only=True, dict=True):
    """One journal on one day. `morning` is the plan by what was written before today, None before a first session."""

    days: Days
    today: date
    plan: Plan
    morning: Progress | None
    flags: tuple[Pain, ...]
    to_confirm: bool = False
    """Something may be lost: the last days are to be gone through first."""

    @cached_property
    def settled(self) -> Progress | None:
        """The plan with yesterday's session settled as far as today's entries do."""
        return progress.with_outcome(self.morning, self.days, self.plan) if self.morning else None

    @cached_property
    def pending(self) -> date | None:
        """Yesterday, when it was a clear session that a zero of today would make a clean one."""
        day = self.settled.pending if self.settled else None
        return day if day and self.days[day].is_clear and not self.days[self.today].is_bad else None

    @cached_property
    def with_today(self) -> Progress | None:
        """The plan with the symptoms of today, when there are any."""
        if self.morning and self.days[self.today].state == "symptoms":
            return progress.next_morning(self.morning, self.days, self.plan)
        return self.morning

    @cached_property
    def setback(self) -> Setback | None:
        """The open setback, with what today adds to it."""
        return self.with_today.setback if self.with_today else None

    @cached_property
    def phase(self) -> Phase:
        return "return" if self.setback else self.plan.phase_on(self.settled, self.today)

    @cached_property
    def status(self) -> Status:
        if self.flags:
            return "see-clinician"
        found = status_on(self.today, self.days, self.morning, self.plan)
        return "unconfirmed" if self.to_confirm and found in ("rest-day", "ready") else found

    @cached_property
    def asks_for_the_week(self) -> bool:
        """Whether the gate decides: before the first session, and after a gap."""
        return self.morning is None or self.morning.gate_again

    @cached_property
    def deciding(self) -> tuple[date, ...]:
        """The days before today that have to be clear, oldest first."""
        needed = self.plan.thresholds.symptom_free_needed if self.asks_for_the_week else 0
        if self.setback:
            needed = max(needed, self.plan.days_needed(self.setback))
        if needed or self.morning is None:
            return gate.window(self.today, needed)
        return progress.before_run(self.morning, self.plan)

    @cached_property
    def fillable(self) -> tuple[Fillable, ...]:
        """The deciding days that can still be filled in, oldest first."""
        found = (Fillable(day, last_fill_day(day, self.plan.thresholds)) for day in self.deciding)
        return tuple(f for f in found if self.days[f.day].state in ("open", "unlogged") and f.until >= self.today)

    @cached_property
    def earliest_date(self) -> date | None:
        """The first day on which running could start if every day from today on is clear and nobody runs until then.

        What can still be filled in stays as it is. None when that is further away than anybody plans.
        """
        assumed = self.days.assuming({}, clear_from=self.today)
        morning = self.morning
        for ahead in range(HORIZON_DAYS):
            day = self.today + DAY * ahead
            if status_on(day, assumed, morning, self.plan) == "ready":
                return day
            morning = progress.next_morning(morning, assumed, self.plan) if morning else None
        return None


def read_case(
    records: Iterable[AnyRecord],
    profile: Profile,
    stages: tuple[Stage, ...],
    today: date,
    *,
    now: datetime | None = None,
    to_confirm: bool = False,
) -> Case:
    """The case of `records` on `today`; `to_confirm` after a restore, until the last days were gone through."""
    log = Log.of(records)
    days = read_days(log, profile, today, now)
    plan = Plan(stages, profile.thresholds)
    return Case(
        days=days,
        today=today,
        plan=plan,
        morning=replay(days, today, plan),
        flags=unresolved_flags((*log.flags, *days.arrivals), today),
        to_confirm=to_confirm,
    )


def unresolved_flags(records: Iterable[AnyRecord], today: date) -> tuple[Pain, ...]:
    """The entries with a red flag that nobody has resolved by `today`, oldest first."""
    found = [
        record
        for record in records
        if isinstance(record, Pain) and record.red_flags and not record.deleted and record.day <= today
        if record.resolved_on is None or record.resolved_on > today
    ]
    return tuple(sorted(found, key=lambda record: (record.day, record.recorded_at, record.id)))


def status_on(day: date, days: Days, morning: Progress | None, plan: Plan) -> Status:
    """The status of `day`, red flags left aside."""
    here = days[day]
    if morning is None:
        return _gate_status(day, days, plan) or _rest_status(day, days, ran_yesterday=bool(days[day - DAY].runs))
    if morning.setback or here.state == "symptoms":
        return "setback"
    if here.state == "masked":
        return "not-ready"
    if morning.gate_again and (shut := _gate_status(day, days, plan)):
        return shut
    if not all(before.is_clear for before in days.of(progress.before_run(morning, plan))):
        return "unconfirmed"
    if plan.phase_on(morning, day) == "maintain":
        return "ready"
    return _rest_status(day, days, ran_yesterday=progress.is_rest_day(morning))


def _gate_status(day: date, days: Days, plan: Plan) -> Status | None:
    """Why the gate of RULES 4 is shut on `day`; None when it is open."""
    before = days.of(gate.window(day, plan.thresholds.symptom_free_needed))
    if days[day].is_bad or any(found.is_bad for found in before):
        return "not-ready"
    return None if all(found.is_clear for found in before) else "unconfirmed"


def _rest_status(day: date, days: Days, *, ran_yesterday: bool) -> Status:
    return "rest-day" if ran_yesterday or days[day].runs else "ready"
