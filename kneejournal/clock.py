"""What time it is: the machine's clock, or a moment that was asked for."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from kneejournal.domain.records import FIRST_DAY, LAST_DAY
from kneejournal.errors import BadData

Clock = Callable[[], datetime]

_WHEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def system_now() -> datetime:
    """The machine's time with the offset of its zone."""
    return datetime.now(UTC).astimezone()


def read_when(text: str) -> datetime:
    """The moment that `--now` names: ISO 8601, with an offset or in the local zone; a date is its noon.

    Raises BadData for anything else.
    """
    import pendulum
    from pendulum.tz.local_timezone import get_local_timezone

    word = text.strip()
    try:
        if not _WHEN.fullmatch(word):
            raise ValueError(word)
        found = pendulum.parse(word if len(word) > 10 else f"{word}T12:00", tz=get_local_timezone())
        moment = datetime.fromisoformat(str(found))
    except (ValueError, OverflowError) as error:
        example = "2026-11-22T20:15:00-05:00, or a date"
        raise BadData(f"“{text}” is not a moment. Write one like {example}.") from error
    if not FIRST_DAY < moment.date() < LAST_DAY:
        raise BadData(f"“{text}” is outside the years {FIRST_DAY.year} to {LAST_DAY.year}.")
    return moment
