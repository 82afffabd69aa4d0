"""The gate of the first intervals: symptom free all day, for at least a week (RULES 4)."""

from datetime import date

from kneejournal.domain.day_states import Days
from kneejournal.domain.days import DAY, days_back


def window(day: date, needed: int) -> tuple[date, ...]:
    """The days that decide on `day`: `needed` of them, ending the day before."""
    return days_back(day - DAY, needed)


def is_open_before(days: Days, day: date, needed: int) -> bool:
    """Whether all `needed` days that end the day before `day` are clear."""
    return all(days[day - DAY * back].is_clear for back in range(1, needed + 1))


def symptom_free_days(days: Days, today: date) -> int:
    """Clear days in a row ending yesterday, with today added when it is clear already.

    0 while today has symptoms or is masked.
    """
    if days[today].is_bad:
        return 0
    first = today
    while days[first - DAY].is_clear:
        first -= DAY
    return (today - first).days + days[today].is_clear
