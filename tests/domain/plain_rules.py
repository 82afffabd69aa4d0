"""The rules in their plainest form: every day is read, and every morning replayed from the first session on.

It is what the quick way is compared with: of that it shares the words, and what is said of a single day on the plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from kneejournal.domain.case import HORIZON_DAYS, Case, status_on, unresolved_flags
from kneejournal.domain.day_states import Day, Days, DayState
from kneejournal.domain.days import DAY, journal_day
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.progress import MajorReason, Plan, Progress, Setback
from kneejournal.domain.readiness import Verdict, verdict_of
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Shoe
from tests.domain.stories import PROGRAMME


class PlainDays(Days):
    """Days that are there; one that is not is `unlogged`."""

    def __init__(self, there: Mapping[date, Day], clear_from: date | None = None) -> None:
        super().__init__(Log(), Profile(), date.max)
        self.there = there
        self._clear_from = clear_from

    def __getitem__(self, day: date) -> Day:
        found = self.there.get(day) or Day(day=day)
        is_assumed = self._clear_from is not None and day >= self._clear_from and not found.is_bad
        return replace(found, state="clear", fresh_zero=True) if is_assumed else found

    @property
    def dates(self) -> Sequence[date]:
        return sorted(self.there)

    def assuming(self, instead: Mapping[date, Day], clear_from: date | None = None) -> "PlainDays":
        return PlainDays({**self.there, **instead}, clear_from)


class PlainCase(Case, frozen=True, kw_only=True, dict=True):
    """A case in which every day is stepped through by `plain_morning`."""

    @property
    def settled(self) -> Progress | None:
        return plain_outcome(self.morning, self.days, self.plan) if self.morning else None

    @property
    def with_today(self) -> Progress | None:
        hurts = self.morning and self.days[self.today].state == "symptoms"
        return plain_morning(self.morning, self.days, self.plan) if self.morning and hurts else self.morning

    @property
    def earliest_date(self) -> date | None:
        assumed, morning = self.days.assuming({}, self.today), self.morning
        for ahead in range(HORIZON_DAYS):
            day = self.today + DAY * ahead
            if status_on(day, assumed, morning, self.plan) == "ready":
                return day
            morning = plain_morning(morning, assumed, self.plan) if morning else None
        return None


def plain_verdict(
    records: Iterable[AnyRecord], profile: Profile, now: datetime, *, to_confirm: bool = False
) -> Verdict:
    """The verdict at `now`, the long way round."""
    today, plan = journal_day(now, profile.thresholds), Plan(PROGRAMME.stages, profile.thresholds)
    reached = [_reached(record, today, now) for record in records if not record.deleted]
    by_day: defaultdict[date, list[AnyRecord]] = defaultdict(list)
    for record in reached:
        if record.day <= today and not isinstance(record, Shoe):
            by_day[record.day].append(record)
    days = PlainDays({day: plain_day(day, found, profile) for day, found in by_day.items()})
    morning, flags = plain_replay(days, today, plan), unresolved_flags(reached, today)
    case = PlainCase(days=days, today=today, plan=plan, morning=morning, flags=flags, to_confirm=to_confirm)
    return verdict_of(case, PROGRAMME, now)


def _reached(record: AnyRecord, today: date, now: datetime) -> AnyRecord:
    """Bad news that was lived through already, on a day that is still to come here, is of today."""
    said = isinstance(record, Pain) and (record.medicine or bool(record.symptoms))
    is_arrival = record.day > today and record.recorded_at <= now and (said or bool(_score(record)))
    return replace(record, day=today) if is_arrival else record


def _score(record: AnyRecord) -> int | None:
    if isinstance(record, Pain):
        return max(record.pain.by_side().values())
    return record.pain if isinstance(record, ExerciseMark | Run) else None


def plain_day(day: date, records: Sequence[AnyRecord], profile: Profile) -> Day:
    """What the records of one day say of it (RULES 3)."""
    pains = [r for r in records if isinstance(r, Pain)]
    checks = [r for r in pains if r.scope == "day"]
    scores = [score for record in records if (score := _score(record)) is not None]
    heard = {code for record in pains for code in record.symptoms}
    noise_passed = heard == {"noise"} and not profile.thresholds.noise_blocks
    symptoms = () if noise_passed else tuple(sorted(heard))
    medicine = any(record.medicine for record in pains)
    asked = profile.sides_on(day)
    zeros = [r for r in records if _score(r) == 0 and _is_fresh(r, profile.thresholds)]
    return Day(
        day=day,
        state="symptoms" if symptoms or any(scores) else "masked" if medicine else _unless_bad(records, profile),
        worst=max(scores, default=None),
        symptoms=symptoms,
        medicine=medicine,
        checked_at=max((check.updated_at for check in checks), default=None),
        unasked=tuple(s for s in asked if not any(check.pain.of(s) is not None for check in checks)),
        fresh_zero=bool(zeros),
        noise_passed=noise_passed,
        runs=tuple(sorted((r for r in records if isinstance(r, Run)), key=lambda r: (r.recorded_at, r.id))),
    )


def _is_fresh(record: AnyRecord, thresholds: Thresholds) -> bool:
    return journal_day(record.updated_at, thresholds) <= record.day + DAY * thresholds.recall_days


def _unless_bad(records: Sequence[AnyRecord], profile: Profile) -> DayState:
    closing = [r for r in records if isinstance(r, Pain) and r.scope == "day" and _closes(r, profile)]
    if closing:
        return "clear" if any(_is_fresh(check, profile.thresholds) for check in closing) else "late"
    marks = [r for r in records if isinstance(r, ExerciseMark) and (r.done or r.pain is not None)]
    return "open" if marks or any(isinstance(r, Pain | Run | Care) for r in records) else "unlogged"


def _closes(check: Pain, profile: Profile) -> bool:
    asked, written = profile.sides_on(check.day), check.updated_at
    names_all = bool(asked) and all(check.pain.of(side) == 0 for side in asked)
    return names_all and (written.date(), written.hour) >= (check.day, profile.thresholds.closes_at)


def plain_replay(days: PlainDays, today: date, plan: Plan) -> Progress | None:
    """The plan on the morning of `today`, every morning from the first session on (RULES 5 and 6)."""
    ran = [day for day in days.there.values() if day.runs]
    began = min((day.day for day in ran if _stages(day)), default=None)
    if began is None:
        return None
    progress = Progress(
        day=began,
        last_run=max((day.day for day in ran if day.day < began), default=None),
        gate_again=not _all_clear(days, began, plan.thresholds.symptom_free_needed),
    )
    while progress.day < today:
        progress = plain_morning(progress, days, plan)
    return progress


def _stages(day: Day) -> list[int]:
    return [run.stage for run in day.runs if run.stage is not None]


def _all_clear(days: Days, before: date, count: int) -> bool:
    return all(days[before - DAY * back].is_clear for back in range(1, count + 1))


def plain_morning(progress: Progress, days: Days, plan: Plan) -> Progress:
    """The plan one day later."""
    day, thresholds = days[progress.day], plan.thresholds
    span = [day.day - DAY * back for back in range(1, thresholds.minor_days + 1)]
    may_run = (
        not (progress.setback or progress.gate_again or progress.last_run == day.day - DAY)
        and all(days[d].is_clear for d in span if progress.last_run is None or d >= progress.last_run)
    )  # fmt: skip
    counts = may_run and any(stage >= plan.stage_on(progress, day.day) for stage in _stages(day))
    after = plain_outcome(progress, days, plan)
    if day.runs:
        stage = plan.stage_on(after, day.day)
        clean = after.clean_sessions if stage == after.stage else 0
        after = replace(after, stage=stage, clean_sessions=clean, last_run=day.day)
    if day.state == "symptoms":
        after = _hurt(after, day, plan)
    pending = day.day if counts and after.setback is None else None
    unclear = 0 if day.is_clear else after.days_without_clear + 1
    after = replace(after, day=day.day + DAY, pending=pending, days_without_clear=unclear)
    if after.setback and _is_over(after, days, plan):
        stage = 1 if after.setback.major else max(1, after.stage - 1)
        after = replace(after, setback=None, stage=stage, clean_sessions=0)
    if after.gate_again:
        return replace(after, gate_again=not _all_clear(days, after.day, thresholds.symptom_free_needed))
    return replace(after, gate_again=unclear >= thresholds.break_days)


def plain_outcome(progress: Progress, days: Days, plan: Plan) -> Progress:
    """The plan with yesterday's session settled as far as today's entries do."""
    here = days[progress.day]
    if progress.pending is None or here.is_bad or not (days[progress.pending].is_clear and here.fresh_zero):
        return progress
    if progress.clean_sessions + 1 < plan.thresholds.sessions_a_stage:
        return replace(progress, clean_sessions=progress.clean_sessions + 1, pending=None)
    return replace(progress, stage=min(progress.stage + 1, plan.through), clean_sessions=0, pending=None)


def _hurt(progress: Progress, day: Day, plan: Plan) -> Progress:
    since = None if progress.last_symptoms is None else (day.day - progress.last_symptoms).days
    reasons: dict[MajorReason, bool] = {
        "pain": (day.worst or 0) >= plan.thresholds.major_pain,
        "two-days": since == 1,
        "swelling": "swelling" in day.symptoms or "large-swelling" in day.symptoms,
        "medicine": day.medicine,
        "second": since is not None and 1 < since <= plan.thresholds.second_setback_days,
    }
    before = progress.setback.major if progress.setback else ()
    major = (*before, *(reason for reason, holds in reasons.items() if holds and reason not in before))
    first = progress.setback.first if progress.setback and since == 1 else day.day
    return replace(progress, setback=Setback(first=first, last=day.day, major=major), last_symptoms=day.day)


def _is_over(progress: Progress, days: Days, plan: Plan) -> bool:
    needed = plan.thresholds.major_days if progress.setback and progress.setback.major else plan.thresholds.minor_days
    return all(days[d].is_clear and not days[d].runs for d in (progress.day - DAY * b for b in range(1, needed + 1)))
