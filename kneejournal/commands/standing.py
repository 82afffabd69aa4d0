"""Says in a few words where a verdict leaves the runner."""

from kneejournal.domain.case import Status
from kneejournal.domain.days import short_day
from kneejournal.domain.readiness import Verdict

STATUS_WORDS: dict[Status, str] = {
    "see-clinician": "see a clinician",
    "setback": "setback",
    "not-ready": "not yet",
    "unconfirmed": "not confirmed",
    "rest-day": "rest day",
    "ready": "ready",
}


def where_it_stands(verdict: Verdict) -> str:
    """What an answer says after what was written: Day 5 of 7."""
    if verdict.status == "see-clinician":
        return verdict.headline
    said = []
    if verdict.status in ("setback", "rest-day") or (not verdict.is_ready and verdict.phase != "rehab"):
        said.append(": ".join(part for part in (STATUS_WORDS[verdict.status].capitalize(), earliest(verdict)) if part))
    if verdict.status != "setback" and (count := count_of(verdict)):
        said.append(count)
    sentences = [f"{part}." for part in said]
    if verdict.is_ready and verdict.phase != "return":
        sentences.append(verdict.headline)
    return " ".join(sentences)


def count_of(verdict: Verdict) -> str | None:
    """How far the log has come: Day 5 of 7, or Stage 2, 1 clean session; None once the plan is through."""
    if verdict.phase == "rehab" or any(rule.id == "symptom-free-week" for rule in verdict.rules):
        needed = verdict.symptom_free_needed
        return f"Day {min(verdict.symptom_free_days, needed)} of {needed}"
    if verdict.stage is None:
        return None
    clean = verdict.stage.clean_sessions
    return f"Stage {verdict.stage.number}, {clean} clean session{'' if clean == 1 else 's'}"


def earliest(verdict: Verdict) -> str | None:
    """The first day on which running could start, in words; None when it is today, or nobody can say."""
    if verdict.is_ready or verdict.status == "see-clinician" or verdict.earliest_date is None:
        return None
    return f"earliest {short_day(verdict.earliest_date, verdict.day)}"
