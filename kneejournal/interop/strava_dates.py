"""Reads the dates of a Strava archive, which change with the language of the account."""

import re
from datetime import datetime, timedelta

from kneejournal.interop.values import moment_of, read_moment

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fév fev", "mar mär mrt", "apr avr abr", "may mai mei mag", "jun juin giu",
            "jul juil lug", "aug aoû ago", "sep set", "oct okt out ott", "nov", "dec dez déc dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""The beginnings of the months in English, German, French, Portuguese, Spanish, Italian and Dutch."""

_TIME = r"[, ]+(?:(?:à|at|às|um) )?([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?: ?([AP])\.?M\.?)?"
_MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,12}})\.? ([0-9]{{1,2}}), ([0-9]{{4}}){_TIME}", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})\.? (?:de )?([^\W\d_]{{3,12}})\.?,? (?:de )?([0-9]{{4}}){_TIME}", re.IGNORECASE
)
_WITH_POINTS = re.compile(rf"([0-9]{{1,2}})\.([0-9]{{1,2}})\.([0-9]{{4}}){_TIME}", re.IGNORECASE)


def read_date(text: str) -> datetime | None:
    """The instant of an `Activity Date`, which is UTC without saying so; None when it is in no known dialect."""
    bare = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
    if iso := read_moment(bare):
        return iso if iso.tzinfo else _utc(iso.year, iso.month, iso.day, iso.hour, iso.minute, iso.second, None)
    if match := _MONTH_FIRST.fullmatch(bare):
        month, day, year, *time = match.groups()
        return _utc(int(year), _month(month), int(day), *_numbers(time))
    if match := _DAY_FIRST.fullmatch(bare):
        day, month, year, *time = match.groups()
        return _utc(int(year), _month(month), int(day), *_numbers(time))
    if match := _WITH_POINTS.fullmatch(bare):
        day, month, year, *time = match.groups()
        return _utc(int(year), int(month), int(day), *_numbers(time))
    return None


def _numbers(time: list[str | None]) -> tuple[int, int, int, str | None]:
    hour, minute, second, half = time
    return int(hour or 0), int(minute or 0), int(second or 0), half


def _utc(year: int, month: int, day: int, hour: int, minute: int, second: int, half: str | None) -> datetime | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return moment_of(year, month, day, hour, minute, second, 0, offset=timedelta(0))


def _month(word: str) -> int:
    folded = word.casefold()
    return MONTHS.get(folded[:4]) or MONTHS.get(folded[:3], 0)
