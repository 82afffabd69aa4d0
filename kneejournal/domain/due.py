"""What the day still asks for, for a reminder: never to nag, so nothing of what cannot be done any more."""

from kneejournal.domain.days import closes
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.today import Today


def due(page: Today, verdict: Verdict, thresholds: Thresholds, programme: Programme) -> tuple[str, ...]:
    """What is due at the moment of `verdict`, a short sentence each; none when nothing is.

    The knee's check, from the hour on from which it closes the day (`closes_at`), unless the day has symptoms or was
    masked already; yesterday's, when it is missing; strength and stretching, while the last seven days have fewer days
    of it than asked for and today has none; a run of the plan, on a day on which the log meets the rule.
    """
    return (*_checks(page, verdict, thresholds), *_exercises(page), *_run(verdict, programme))


def _checks(page: Today, verdict: Verdict, thresholds: Thresholds) -> list[str]:
    state = verdict.days[-1].state
    is_asked = closes(verdict.now, page.day, thresholds) and state not in ("clear", "symptoms", "masked")
    missing = [*(["today"] if is_asked else []), *(["yesterday"] if page.ask_yesterday else [])]
    return [f"Knee not checked {' and '.join(missing)}."] if missing else []


def _exercises(page: Today) -> list[str]:
    week = page.week
    counts = {"Strength": week.strength_days, "Stretching": week.stretch_days}
    return [
        f"{name} {len(days)} of {week.target.least} days."
        for name, days in counts.items()
        if len(days) < week.target.least and page.day not in days
    ]


def _run(verdict: Verdict, programme: Programme) -> list[str]:
    """A day with a run is a rest day from then on, and once the plan is through there is no stage."""
    number = verdict.stage.number if verdict.is_ready and verdict.stage else None
    return [f"Run day, by your log: stage {number}, {stage}." for stage in programme.stages if stage.number == number]
