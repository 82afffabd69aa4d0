"""What the journal suggests beside the verdict; never part of it (RULES 4, 8, 9 and 10)."""

from collections.abc import Iterable
from datetime import date

from kneejournal.domain.days import DAY, short_day
from kneejournal.domain.exercises import ExerciseWeek
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.programme import Advice, Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.shoes import ShoeWear, shoe_wear
from kneejournal.domain.therapist import THERAPIST, Course
from kneejournal.domain.units import show_distance

LONGEST_RUN_DAYS = 30

ADVICE: dict[str, frozenset[str]] = {
    "brisk-walk": frozenset(),
    "warm-up": frozenset({"minutes"}),
    "ground": frozenset(),
    "talk": frozenset(),
    "normal-days": frozenset(),
    "shoe": frozenset({"reasons"}),
    "exercises": frozenset({"strength", "stretch", "target"}),
    "single-run": frozenset({"limit", "percent"}),
    "if-it-hurts": frozenset(),
    "disclaimer": frozenset(),
    **THERAPIST,
}
"""Every sentence of advice by id, with the values that its wording in content/ may name."""


def advise(
    verdict: Verdict, week: ExerciseWeek, records: Iterable[AnyRecord], profile: Profile, programme: Programme
) -> tuple[Advice, ...]:
    """The advice that goes with `verdict`, most pressing first."""
    log = Log.of(records)
    said = list(Course(verdict.case.days, verdict.day, profile, programme).advice(log))

    def say(key: str, **values: object) -> None:
        said.append(programme.say(key, **values))

    if verdict.is_ready:
        if verdict.phase == "rehab":
            say("normal-days")
            say("brisk-walk")
        say("warm-up", minutes=programme.warm_up_min)
        if verdict.phase != "maintain":
            say("ground")
            say("talk")
        if limit := longest_advised(log, verdict.day, profile.thresholds):
            percent = profile.thresholds.longer_run_percent
            say("single-run", limit=show_distance(limit, profile.units), percent=percent)
    for shoe in log.shoes:
        if warning := shoe_warning(shoe_wear(shoe, log, verdict.day, profile.thresholds), profile):
            say("shoe", reasons=warning)
    if week.is_behind:
        strength, stretch = len(week.strength_days), len(week.stretch_days)
        say("exercises", strength=strength, stretch=stretch, target=week.target.least)
    return tuple(said)


def longest_advised(records: Iterable[AnyRecord], day: date, thresholds: Thresholds) -> int | None:
    """Metres beyond which a run on `day` is flagged; None when there was no run in the 30 days before.

    More than 10 % beyond the longest run of those days went with more injuries (BJSM 2025;59:1203).
    """
    longest = longest_lately(records, day)
    return None if longest is None else longest * (100 + thresholds.longer_run_percent) // 100


def longest_lately(records: Iterable[AnyRecord], day: date) -> int | None:
    """The longest run of the 30 days before `day`, metres; None when there was none."""
    first = day - DAY * LONGEST_RUN_DAYS
    runs = (run for run in Log.of(records).runs if first <= run.day < day)
    return max((run.distance_m for run in runs), default=None)


def shoe_warning(wear: ShoeWear, profile: Profile) -> str | None:
    """What is to be said of a pair that is past its limit, near it, or of unknown age; None when nothing is."""
    if wear.status in ("ok", "retired"):
        return None
    name = wear.shoe.name
    if wear.status == "unknown":
        return f"the age of {name} is unknown"
    is_far = wear.distance_m >= profile.thresholds.shoe_soon_m and wear.shoe.shoe_kind == "running"
    by_distance = wear.limit != "age" or (wear.status == "soon" and is_far)
    what = show_distance(wear.distance_m, profile.units) if by_distance else f"{wear.age_days} days"
    named = wear.limit_date if by_distance is (wear.limit == "distance") else None
    when = f" ({short_day(named)} {named.year})" if named else ""
    return f"{name} are {'past' if wear.status == 'retire' else 'near'} their limit: {what}{when}"
