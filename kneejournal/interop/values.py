"""Reads numbers, durations and moments as files of runs write them, whatever the locale of this machine."""

import re
from datetime import UTC, datetime, timedelta, timezone

FIRST_YEAR, LAST_YEAR = 1970, 2199
WHOLE_DAY_S = 86_400
LONGEST_OFFSET = timedelta(hours=14)
OFFSET_STEP = timedelta(minutes=15)
OFFSET_SLACK = timedelta(minutes=2)

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2})(?:[.,]([0-9]{1,6}))?")
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:[.,]([0-9]{1,9}))? ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*")


def read_plain(text: str) -> float | None:
    """A number with a point, as programs write it; None for anything else, NaN and infinity among it."""
    return float(text) if _NUMBER.fullmatch(text) else None


def read_local_number(text: str) -> float | None:
    """A number as some locale writes it: 1,035 is a thousand, 5,81 is not; None for anything else.

    One separator before exactly three digits is read as thousands, unless it is a point.
    """
    bare = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").lstrip("'")
    if "," in bare and "." in bare:
        thousands, point = (",", ".") if bare.rfind(".") > bare.rfind(",") else (".", ",")
        return read_plain(bare.replace(thousands, "").replace(point, "."))
    match = _THOUSANDS.fullmatch(bare)
    if match and (match[1] == "," or bare.count(".") > 1):
        return read_plain(bare.replace(match[1], ""))
    return read_plain(bare.replace(",", "."))


def read_duration(text: str) -> float | None:
    """Seconds from H:MM:SS(.f) or MM:SS; None for anything else."""
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def read_moment(text: str) -> datetime | None:
    """A moment in ISO 8601, with an offset or without one; None for anything else and for years nobody ran in."""
    match = _ISO.fullmatch(text.strip())
    if not match:
        return None
    *parts, fraction, zone = match.groups()
    microsecond = int(((fraction or "") + "000000")[:6])
    return moment_of(*map(int, parts), microsecond, offset=_offset(zone))


def moment_of(*parts: int, offset: timedelta | None = None) -> datetime | None:
    """The moment of a year, month, day, hour, minute, second and microsecond; None when there is no such moment."""
    zone = None if offset is None else timezone(offset) if abs(offset) <= LONGEST_OFFSET else None
    if offset is not None and zone is None:
        return None
    try:
        found = datetime(*parts, tzinfo=zone)  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= found.year < LAST_YEAR else None


def at_home(moment: datetime) -> datetime:
    """`moment` on the clock of this machine's zone, as it was then; a moment without a zone is of that zone."""
    return moment.astimezone()


def in_own_zone(moment: datetime) -> datetime:
    """`moment` by its own offset where it has one; UTC is how programs write, so it becomes this machine's zone."""
    return moment if moment.utcoffset() else at_home(moment)


def offset_between(wall: datetime, instant: datetime) -> timedelta | None:
    """The offset of a wall clock, from what it showed at a known instant; None when no place on earth has it.

    Devices write nonsense here at times: Zwift 1989-12-31, an old watch a week off.
    """
    apart = wall.replace(tzinfo=None) - instant.astimezone(UTC).replace(tzinfo=None)
    near = OFFSET_STEP * round(apart / OFFSET_STEP)
    return near if abs(near) <= LONGEST_OFFSET and abs(apart - near) <= OFFSET_SLACK else None


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone == "Z":
        return timedelta(0)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size
