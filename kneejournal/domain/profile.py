"""What is set once: the tracked knees, units, and every number the rules rest on."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from kneejournal.domain.records import SIDES, Instant, Side


class Thresholds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every number the rules rest on, with its default (RULES). A changed one is named in the verdict.

    `symptom_free_needed` has the article's week as its floor: the journal never asks for less than the article.
    """

    day_starts: Annotated[int, Meta(ge=0, le=6)] = 3
    """The hour at which a journal day begins."""
    closes_at: Annotated[int, Meta(ge=12, le=23)] = 18
    """The hour from which a day-check closes its own day."""
    recall_days: Annotated[int, Meta(ge=0, le=14)] = 7
    """Days after which a day can no longer be filled in."""
    symptom_free_needed: Annotated[int, Meta(ge=7, le=60)] = 7
    """Clear days in a row before the first intervals (article: at least a week)."""
    noise_blocks: bool = True
    """Whether clicking, popping or grinding without pain counts as a symptom (the article lists it)."""
    sessions_a_stage: Annotated[int, Meta(ge=1, le=10)] = 2
    """Clean sessions before the next stage."""
    break_days: Annotated[int, Meta(ge=7, le=60)] = 14
    """Days without a run that cost one stage; days without a clear day that bring the gate back."""
    minor_days: Annotated[int, Meta(ge=3, le=30)] = 3
    """Clear days, and days without running, after a minor setback; also looked at before each run."""
    major_days: Annotated[int, Meta(ge=3, le=60)] = 7
    """The same after a major setback."""
    major_pain: Annotated[int, Meta(ge=1, le=10)] = 3
    """Pain from which a setback is a major one (0-10)."""
    second_setback_days: Annotated[int, Meta(ge=0, le=60)] = 14
    """A second setback within so many days is a major one."""
    shoe_limit_m: Annotated[int, Meta(ge=1, le=3_218_688)] = 804_672
    """Metres after which a running pair goes (article: 500 miles)."""
    shoe_limit_months: Annotated[int, Meta(ge=1, le=36)] = 6
    """Calendar months of wear after which a pair goes (article: 6)."""
    shoe_soon_m: Annotated[int, Meta(ge=1, le=3_218_688)] = 643_738
    """Metres from which a pair is to go soon (400 miles)."""
    shoe_soon_months: Annotated[int, Meta(ge=1, le=36)] = 5
    """Months from which a pair is to go soon."""
    exercise_days: Annotated[int, Meta(ge=1, le=7)] = 3
    """Strength days, and stretch days, asked for in seven (article: at least 3)."""
    exercise_days_suggested: Annotated[int, Meta(ge=1, le=7)] = 5
    """The same while not running (article: more often in the beginning)."""
    exercise_days_maintain: Annotated[int, Meta(ge=1, le=7)] = 2
    """The same once the plan is through (article: 2 to 3)."""
    longer_run_percent: Annotated[int, Meta(ge=0, le=100)] = 10
    """A run longer than the longest of the last 30 days by more than this is flagged (BJSM 2025;59:1203)."""
    therapist_weeks: Annotated[int, Meta(ge=1, le=52)] = 6
    """Weeks after which pain that is no better is a reason to consider a physical therapist."""
    therapist_points: Annotated[int, Meta(ge=1, le=10)] = 2
    """Points on the 0-10 scale that count as better, or as worse."""
    therapist_pain: Annotated[int, Meta(ge=1, le=10)] = 7
    """Pain of any one day that is such a reason."""
    therapist_setbacks: Annotated[int, Meta(ge=1, le=20)] = 3
    """Setbacks within eight weeks that are such a reason."""
    snooze_days: Annotated[int, Meta(ge=1, le=90)] = 14
    """Days for which that advice stays away once it was read."""


class TrackedKnee(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A knee the journal asks for, from `since` (null: from the beginning) to the day before `until`."""

    side: Side
    since: date | None = None
    until: date | None = None

    def asked_on(self, day: date) -> bool:
        """Whether a day-check of `day` has to name this knee."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""`updated_at` of a profile that nobody has set up."""


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which knees are tracked, units, when the trouble began, and the thresholds of the rules."""

    knees: Annotated[tuple[TrackedKnee, ...], Meta(min_length=1, max_length=8)] = (TrackedKnee(side="left"),)
    units: Literal["mi", "km"] = "mi"
    began: date | None = None
    thresholds: Thresholds = Thresholds()
    therapist_read_on: date | None = None
    """When the advice to consider a physical therapist was last read and put off."""
    updated_at: Instant = NEVER

    def __post_init__(self) -> None:
        if all(knee.until is not None for knee in self.knees):
            raise ValueError("`knees` tracks no knee any more: one needs `until` null")

    @property
    def is_set_up(self) -> bool:
        """Whether somebody has answered the setup questions."""
        return self.updated_at > NEVER

    def sides_on(self, day: date) -> tuple[Side, ...]:
        """The knees a day-check of `day` has to name."""
        asked = [knee.side for knee in self.knees if knee.asked_on(day)]
        return tuple([side for side in SIDES if side in asked])
