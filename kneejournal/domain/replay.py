"""Replays the walk-run plan from the records, so that late bad news counts (RULES 5 and 6)."""

from datetime import date

from kneejournal.domain import gate
from kneejournal.domain.day_states import Days
from kneejournal.domain.days import DAY, days_back
from kneejournal.domain.progress import Plan, Progress, majors, next_morning


def first_session(days: Days) -> date | None:
    """The day of the first run that was logged as a session of a stage, or None."""
    return min((run.day for run in days.runs if run.stage is not None), default=None)


def setbacks_since(days: Days, first: date, today: date) -> tuple[date, ...]:
    """The first day of every setback from `first` through `today`: symptoms in a row are of one."""
    began = first_session(days)
    if began is None:
        return ()
    span = days_back(today, (today - max(began, first)).days + 1)
    return tuple(
        day for day in span if days[day].state == "symptoms" and (day == began or days[day - DAY].state != "symptoms")
    )


def replay(days: Days, today: date, plan: Plan) -> Progress | None:
    """The plan on the morning of `today`, from the first session on; None before there is one.

    Always replayed from the records, so that late bad news counts. A first session before the gate had opened
    leaves the gate to be passed still. A major setback that is over leaves nothing of what was before it.
    """
    began = first_session(days)
    if began is None:
        return None
    progress = _after_a_major_setback(days, began, today, plan) or Progress(
        day=began,
        last_run=_last_run(days, began),
        gate_again=not gate.is_open_before(days, began, plan.thresholds.symptom_free_needed),
    )
    while progress.day < today:
        progress = next_morning(progress, days, plan)
    return progress


def _after_a_major_setback(days: Days, began: date, today: date, plan: Plan) -> Progress | None:
    """The plan on the first morning after the latest major setback that is over by `today`, with the gate open.

    The plan begins anew there: stage 1, and no clean sessions, whatever was before. A day with symptoms that make a
    setback a major one keeps it so until the first time that enough clear days without a run have gone by (RULES 6).
    """
    needed = plan.thresholds.major_days
    over, last_symptoms, rested = None, None, 0
    day = today - DAY
    while day >= began:
        here = days[day]
        if here.is_clear and not here.runs:
            rested += 1
            if rested >= needed:
                over, last_symptoms = day + DAY * needed, None
        else:
            rested = 0
        if over and here.state == "symptoms":
            last_symptoms = last_symptoms or day
            is_open = gate.is_open_before(days, over, plan.thresholds.symptom_free_needed)
            if is_open and majors(here, _since_symptoms(days, day, began, plan), plan):
                return Progress(day=over, last_symptoms=last_symptoms, last_run=_last_run(days, over))
        day -= DAY
    return None


def _since_symptoms(days: Days, day: date, began: date, plan: Plan) -> int | None:
    """How many days before `day` there were symptoms last, as far as that makes a setback a major one."""
    span = range(1, min((day - began).days, max(1, plan.thresholds.second_setback_days)) + 1)
    return next((back for back in span if days[day - DAY * back].state == "symptoms"), None)


def _last_run(days: Days, before: date) -> date | None:
    return max((run.day for run in days.runs if run.day < before), default=None)
