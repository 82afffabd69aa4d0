"""Reads the values that people type on the command line; what is wrong is said in one sentence."""

import re
import sys
from collections.abc import Iterable
from typing import BinaryIO

import click

from kneejournal.domain.records import CODES, MAX_STARTING_M
from kneejournal.domain.text import NOTE_LIMIT, clean, clean_line
from kneejournal.domain.units import METRES_A_MILE
from kneejournal.errors import BadData, Unreadable

MAX_SECONDS = 1_000_000
SHOWN_OF_A_VALUE = 60
UTF8_BYTES = 4
"""No character takes more."""

_PAIN = re.compile(r"[0-9]|10")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,4})?")
_WHOLE = re.compile(r"[0-9]{1,6}")

day_option = click.option(
    "--day", metavar="DAY", help="today, yesterday, -3 (days ago), a weekday, or an ISO date. Else today."
)


def quoted(text: str) -> str:
    """A value as an error names it: cleaned, and cut when it is long."""
    line = clean_line(text)
    return f"“{line[:SHOWN_OF_A_VALUE]}{'…' if len(line) > SHOWN_OF_A_VALUE else ''}”"


def read_pain(text: str) -> int:
    """Pain 0-10."""
    if not _PAIN.fullmatch(text):
        raise BadData(f"{quoted(text)} is not a pain. Write a whole number from 0 (no pain) to 10 (worst imaginable).")
    return int(text)


def read_time(text: str) -> str:
    """A time of day, HH:MM."""
    if not _TIME.fullmatch(text):
        raise BadData(f"{quoted(text)} is not a time. Write it as HH:MM, for example 07:30.")
    return text


def read_number(text: str, what: str) -> float:
    """A number that is not negative, with or without decimals."""
    if not _NUMBER.fullmatch(text):
        raise BadData(f"{quoted(text)} is not a number of {what}. Write one like 12 or 12.5.")
    return float(text.replace(",", "."))


def read_minutes(text: str) -> int:
    """Minutes, as whole seconds."""
    seconds = round(read_number(text, "minutes") * 60)
    if not 1 <= seconds <= MAX_SECONDS:
        raise BadData(f"{quoted(text)} minutes is not a duration between a second and {MAX_SECONDS // 60} minutes.")
    return seconds


def read_miles(text: str) -> int:
    """Miles run so far, as whole metres."""
    return _metres(text, "miles", METRES_A_MILE)


def read_kilometres(text: str) -> int:
    """Kilometres run so far, as whole metres."""
    return _metres(text, "kilometres", 1000.0)


def read_whole(text: str) -> int:
    """A whole number that is not negative."""
    if not _WHOLE.fullmatch(text):
        raise BadData(f"{quoted(text)} is not a whole number.")
    return int(text)


def read_stage(text: str, stages: int) -> int | None:
    """A stage of the plan, from 1 on; None for `none`."""
    if text.strip().lower() == "none":
        return None
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= stages:
        raise BadData(f"{quoted(text)} is not a stage. Write a number from 1 to {stages}, or none.")
    return int(text)


def read_symptoms(words: Iterable[str]) -> frozenset[str]:
    """The codes of symptoms and red flags; one word may name several, with commas between."""
    found = [code.strip().lower() for word in words for code in word.split(",")]
    for code in found:
        if code not in CODES:
            raise BadData(f"{quoted(code)} is not a symptom the journal knows. It knows: {', '.join(CODES)}.")
    return frozenset(found)


def read_note(text: str) -> str:
    """A note, cleaned; `-` stands for what standard input holds."""
    try:
        given = _piped() if text == "-" else text.encode("utf-8")
        note = clean(given.decode("utf-8")).strip() if len(given) <= NOTE_LIMIT * UTF8_BYTES else None
    except UnicodeError as error:
        raise BadData("The note is not UTF-8 text. Nothing was written.") from error
    if note is None or len(note) > NOTE_LIMIT:
        raise BadData(f"The note is longer than {NOTE_LIMIT} characters. Shorten it; nothing was written.")
    return note


def input_bytes() -> BinaryIO:
    """Standard input, as bytes. Raises Unreadable where there is none."""
    if sys.stdin is None:
        raise Unreadable("Standard input is closed, so - has nothing to read.")
    return sys.stdin.buffer


def _piped() -> bytes:
    return input_bytes().read(NOTE_LIMIT * UTF8_BYTES + 1)


def _metres(text: str, what: str, metres: float) -> int:
    found = round(read_number(text, what) * metres)
    if found > MAX_STARTING_M:
        raise BadData(f"{quoted(text)} {what} is more than any shoes have run. Check the number.")
    return found
