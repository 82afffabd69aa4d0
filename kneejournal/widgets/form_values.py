"""Reads what was typed into a form; what cannot be read is said in one line."""

import re
from datetime import date

from kneejournal.domain.days import read_day
from kneejournal.domain.text import NOTE_LIMIT, clean
from kneejournal.domain.units import METRES_A_MILE, Units
from kneejournal.errors import BadData

MOST_MINUTES = 10_000
MOST_CARE_MINUTES = 600

_MINUTES = re.compile(r"([0-9]{1,5})(?::([0-5][0-9]))?", re.ASCII)
_SCORE = re.compile(r"[0-9]|10", re.ASCII)
_CARE = re.compile(r"[0-9]{1,3}", re.ASCII)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


def read_score(text: str) -> int:
    """Pain, 0-10. Raises BadData."""
    if not _SCORE.fullmatch(text.strip()):
        raise BadData(f"“{text}” is not a pain score. Write a whole number from 0 (none) to 10 (the worst).")
    return int(text)


def read_seconds(text: str) -> int | None:
    """Seconds from `25` or `25:30` minutes; None when nothing was typed. Raises BadData."""
    if not text.strip():
        return None
    match = _MINUTES.fullmatch(text.strip())
    seconds = int(match[1]) * 60 + int(match[2] or 0) if match else 0
    if not 1 <= seconds <= MOST_MINUTES * 60:
        raise BadData(f"“{text}” is not a time in minutes. Write 25, or 25:30, or leave it empty.")
    return seconds


def show_seconds(seconds: int | None) -> str:
    """`seconds` as `read_seconds` takes them."""
    if seconds is None:
        return ""
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds // 60}:{seconds % 60:02}"


def read_care_minutes(text: str) -> int:
    """Minutes of icing or elevation, 1-600. Raises BadData."""
    match = _CARE.fullmatch(text.strip())
    if not match or not 1 <= int(match[0]) <= MOST_CARE_MINUTES:
        raise BadData(f"“{text}” is not a number of minutes from 1 to {MOST_CARE_MINUTES}.")
    return int(match[0])


def read_time(text: str) -> str | None:
    """HH:MM from `7:05` or `07:05`; None when nothing was typed. Raises BadData."""
    if not text.strip():
        return None
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise BadData(f"“{text}” is not a time of day. Write 12:10, or leave it empty.")
    return f"{int(match[1]):02}:{match[2]}"


def read_note(text: str) -> str:
    """A note, cleaned. Raises BadData when it is too long to store."""
    note = clean(text).strip()
    if len(note) > NOTE_LIMIT:
        raise BadData(f"The note has {len(note)} characters; {NOTE_LIMIT} fit. Shorten it.")
    return note


def read_past_day(text: str, today: date) -> date | None:
    """A day up to today; None when nothing was typed. Raises BadData."""
    return read_day(text, today) if text.strip() else None


def show_typed_distance(metres: int, units: Units) -> str:
    """`metres` as a number of `units` to be corrected: 3.11."""
    per = METRES_A_MILE if units == "mi" else 1000.0
    return f"{metres / per:.2f}".rstrip("0").rstrip(".")
