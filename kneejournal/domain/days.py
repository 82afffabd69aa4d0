"""Journal days: which day a moment belongs to, and how a day is written and read."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kneejournal.domain.profile import Thresholds
from kneejournal.domain.records import FIRST_DAY
from kneejournal.errors import BadData

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS_AGO = re.compile(r"-([0-9]{1,5})")


def journal_day(moment: datetime, thresholds: Thresholds) -> date:
    """The journal day of `moment`, by its own wall clock, cut over at `day_starts` (RULES 1).

    What is written at 00:40 belongs to the evening before.
    """
    return (moment.replace(tzinfo=None) - timedelta(hours=thresholds.day_starts)).date()


def closes(written: datetime, day: date, thresholds: Thresholds) -> bool:
    """Whether a check of `day`, written at `written`, comes late enough to speak for the whole day (RULES 2)."""
    return (written.date(), written.hour) >= (day, thresholds.closes_at)


def in_recall(written: datetime, day: date, thresholds: Thresholds) -> bool:
    """Whether `written` is near enough to `day` for a check to be believed (`recall_days`)."""
    last = day + DAY * thresholds.recall_days
    return written.date() <= last or journal_day(written, thresholds) <= last


def last_fill_day(day: date, thresholds: Thresholds) -> date:
    """The last journal day on which a check of `day` still counts."""
    return day + DAY * thresholds.recall_days


def days_back(last: date, count: int) -> tuple[date, ...]:
    """The `count` days that end with `last`, oldest first."""
    return tuple(last - DAY * back for back in range(count - 1, -1, -1))


def read_day(text: str, today: date) -> date:
    """The day that `text` names: today, yesterday, -3, a weekday (the latest one, today included) or an ISO date.

    Raises BadData for anything else, for days after `today` and before 1900.
    """
    day = _named_day(text.strip().lower(), today)
    if day is None:
        raise BadData(f"“{text}” is not a day. Write today, yesterday, -3, thursday or {today.isoformat()}.")
    if day > today:
        raise BadData(f"{short_day(day, today)} is in the future: today is {short_day(today)}. Nothing was written.")
    if day < FIRST_DAY:
        raise BadData(f"{day.isoformat()} is before {FIRST_DAY.year}. Write a day that this journal can know.")
    return day


def _named_day(word: str, today: date) -> date | None:
    if word in ("today", "yesterday"):
        return today if word == "today" else today - DAY
    if match := _DAYS_AGO.fullmatch(word):
        ago = int(match[1])
        return today - DAY * ago if ago <= (today - FIRST_DAY).days else None
    if len(word) >= 3:
        for number, name in enumerate(WEEKDAYS):
            if name.startswith(word):
                return today - DAY * ((today.weekday() - number) % 7)
    if _ISO_DAY.fullmatch(word):
        try:
            return date.fromisoformat(word)
        except ValueError:
            return None
    return None


def short_day(day: date, today: date | None = None) -> str:
    """`day` as a runner reads it: Sun 22 Nov, with the year where it is not that of `today`."""
    text = f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day.day} {MONTHS[day.month - 1]}"
    return text if today is None or day.year == today.year else f"{text} {day.year}"


def day_list(days: Sequence[date], limit: int = 7) -> str:
    """Several days in one phrase: Thu 19 Nov, Fri 20 Nov and 3 more."""
    shown = [short_day(day) for day in days[:limit]]
    if len(days) > limit:
        return f"{', '.join(shown)} and {len(days) - limit} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
