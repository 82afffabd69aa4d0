"""When to consider a physical therapist: it is not getting better, or getting worse (RULES 10)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from kneejournal.domain.day_states import Days
from kneejournal.domain.days import DAY, days_back, short_day
from kneejournal.domain.exercises import kinds_done
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Advice, Programme
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.replay import setbacks_since

WEEK = 7
LOOK_BACK_DAYS = 14
SETBACK_SPAN_DAYS = 56
ENOUGH_DONE = 2 / 3

THERAPIST: dict[str, frozenset[str]] = {
    "physical-therapist": frozenset({"reasons", "days"}),
    "therapist-no-better": frozenset({"weeks", "now", "first"}),
    "therapist-worse": frozenset({"now", "first"}),
    "therapist-severe": frozenset({"pain", "day"}),
    "therapist-setbacks": frozenset({"count"}),
    "first-exercises": frozenset({"percent"}),
}
"""The sentences this needs in content/, with the values they may name."""


class Course(Struct, frozen=True):
    """How the weeks went so far, on `today`."""

    days: Days
    today: date
    profile: Profile
    programme: Programme

    def advice(self, records: Iterable[AnyRecord]) -> tuple[Advice, ...]:
        """What to say: nothing, that the exercises come first, or the reasons to consider a physical therapist."""
        said = []
        done = self._share_done(records)
        if done is not None and done < ENOUGH_DONE:
            said.append(self.programme.say("first-exercises", percent=round(done * 100)))
        reasons = (*self._no_better(done), *self._worse(), *self._severe(), *self._relapses())
        if reasons and not self._is_put_off():
            days = self.profile.thresholds.snooze_days
            said.append(self.programme.say("physical-therapist", reasons="; ".join(reasons), days=days))
        return tuple(said)

    def _no_better(self, done: float | None) -> list[str]:
        first, now = self._mean(self._began + DAY * (WEEK - 1)), self._mean(self.today)
        points = self.profile.thresholds.therapist_points
        if done is None or done < ENOUGH_DONE or first is None or not now or first - now >= points:
            return []
        return [self._say("therapist-no-better", weeks=self._weeks, now=f"{now:.1f}", first=f"{first:.1f}")]

    def _worse(self) -> list[str]:
        before, now = self._mean(self.today - DAY * LOOK_BACK_DAYS), self._mean(self.today)
        if before is None or now is None or now - before < self.profile.thresholds.therapist_points:
            return []
        return [self._say("therapist-worse", now=f"{now:.1f}", first=f"{before:.1f}")]

    def _severe(self) -> list[str]:
        lately = self.days.of(days_back(self.today, LOOK_BACK_DAYS))
        worst = max(lately, key=lambda day: day.worst or 0)
        if (worst.worst or 0) < self.profile.thresholds.therapist_pain:
            return []
        return [self._say("therapist-severe", pain=worst.worst, day=short_day(worst.day, self.today))]

    def _relapses(self) -> list[str]:
        lately = setbacks_since(self.days, self.today - DAY * (SETBACK_SPAN_DAYS - 1), self.today)
        if len(lately) < self.profile.thresholds.therapist_setbacks:
            return []
        return [self._say("therapist-setbacks", count=len(lately))]

    @property
    def _began(self) -> date:
        """The first day with a number for the knee; runs imported from earlier years do not begin the rehab."""
        return next((day for day in self.days.dates if self.days[day].worst is not None), self.today)

    @property
    def _weeks(self) -> int:
        return (self.today - self._began).days // WEEK

    def _share_done(self, records: Iterable[AnyRecord]) -> float | None:
        """The share of the strength and stretch days asked for that were done; None before the weeks are over."""
        if self._weeks < self.profile.thresholds.therapist_weeks:
            return None
        asked = 2 * self._weeks * self.profile.thresholds.exercise_days
        done = kinds_done(records, self.programme)
        return sum([len(kinds) for day, kinds in done.items() if day <= self.today]) / asked

    def _mean(self, last: date) -> float | None:
        """The mean of the worst pain of the seven days to `last`; None when no number is written in them."""
        worst = [day.worst for day in self.days.of(days_back(last, WEEK)) if day.worst is not None]
        return sum(worst) / len(worst) if worst else None

    def _is_put_off(self) -> bool:
        read = self.profile.therapist_read_on
        return read is not None and self.today < read + DAY * self.profile.thresholds.snooze_days

    def _say(self, key: str, **values: object) -> str:
        return self.programme.say(key, **values).text
