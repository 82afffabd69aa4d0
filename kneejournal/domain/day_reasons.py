"""Says in plain words why a day is not clear."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from kneejournal.domain.day_states import Day
from kneejournal.domain.days import closes, short_day
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import Programme

DAYS_NAMED = 7


class DayReasons(Struct, frozen=True):
    """The sentences about days, as seen from `today`."""

    programme: Programme
    thresholds: Thresholds
    today: date

    def name(self, day: date) -> str:
        return short_day(day, self.today)

    def listed(self, days: Iterable[Day], why: Callable[[Day], str]) -> str:
        """Each day with its reason; from the eighth on only how many more."""
        found = [f"{self.name(day.day)}: {why(day)}" for day in days]
        more = [f"and {len(found) - DAYS_NAMED} more"] if len(found) > DAYS_NAMED else []
        return "; ".join(found[:DAYS_NAMED] + more)

    def symptoms(self, day: Day) -> str:
        """The pain and the symptoms of a day."""
        pain = [f"pain {day.worst}"] if day.worst else []
        return ", ".join([*pain, *(self.programme.label(code).lower() for code in day.symptoms)])

    def why_not_clear(self, day: Day) -> str:
        if day.state == "symptoms":
            return self.symptoms(day)
        return "medicine taken" if day.state == "masked" else self.why_unclosed(day)

    def why_unclosed(self, day: Day) -> str:
        """Why no day-check closed a day on which nothing bad is written."""
        if day.state == "unlogged":
            return "nothing written"
        if day.checked_at is None:
            return "no day-check"
        if day.unasked:
            return f"the {day.unasked[0]} knee not named"
        if day.state == "late":
            return f"checked on {self.name(day.checked_at.date())}, more than {self.thresholds.recall_days} days later"
        if closes(day.checked_at, day.day, self.thresholds):
            return "no one check names every knee"
        return f"checked at {day.checked_at:%H:%M}, before {self.thresholds.closes_at}:00"
