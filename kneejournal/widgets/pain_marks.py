"""The marks that stand for the pain of a day, the same in every chart."""

from datetime import date
from typing import NamedTuple

from kneejournal.domain.days import short_day
from kneejournal.domain.series import DayPain
from kneejournal.widgets.day_signs import DAY_SIGNS

GAP = "·"
TEN = "X"
RUN = "▲"


class Cell(NamedTuple):
    """One cell of a chart: its sign, the name of its colour, and the day it stands for."""

    char: str
    part: str = "muted"
    day: date | None = None
    is_here: bool = False
    """Whether it stands for the day that is highlighted."""


class Meaning(NamedTuple):
    """A mark in the legend, with a word for it, and a shorter one where there is little room."""

    char: str
    part: str
    word: str
    short: str


def mark(day: DayPain) -> str:
    """The day in one sign: its worst pain, X for 10; the sign of a state where a 0 is not all there is to say."""
    if day.worst is None:
        return GAP
    if day.worst == 0 and day.state in ("symptoms", "masked"):
        return DAY_SIGNS[day.state].shape
    if day.worst == 0 and day.is_late:
        return DAY_SIGNS["late"].shape
    return TEN if day.worst == 10 else str(day.worst)


def severity(worst: int | None) -> str:
    """The name of the colour: 1-3, 4-6 and 7-10 apart (default)."""
    if worst is None:
        return "gap"
    return "zero" if worst == 0 else "mild" if worst < 4 else "moderate" if worst < 7 else "severe"


def part(day: DayPain) -> str:
    """The name of the colour of a day's mark."""
    return "sign" if day.worst == 0 and day.state in ("symptoms", "masked") else severity(day.worst)


def weight(day: DayPain) -> tuple[int, bool, bool, date]:
    """What makes a day the worst of several: more pain, then symptoms, then medicine, then being the later one."""
    pain = -1 if day.worst is None else day.worst
    return pain, day.state == "symptoms", day.state == "masked", day.day


def meanings(marks: set[str]) -> list[Meaning]:
    """What those of `marks` mean that are no plain numbers."""
    known = (
        Meaning("0", "zero", "no pain", "none"),
        Meaning(DAY_SIGNS["late"].shape, "zero", "0 written late", "late"),
        Meaning(GAP, "gap", "not written", "gap"),
        Meaning(TEN, "severe", "pain 10", "ten"),
        Meaning(DAY_SIGNS["symptoms"].shape, "sign", "symptoms, no pain", "symptoms"),
        Meaning(DAY_SIGNS["masked"].shape, "sign", "medicine, no pain", "medicine"),
    )
    return [meaning for meaning in known if meaning.char in marks]


def legend(found: list[Meaning], width: int) -> list[Cell]:
    """The marks with their words, the shorter ones where the longer ones do not fit into `width`."""
    long = _joined([(meaning, meaning.word) for meaning in found])
    return long if len(long) <= width else _joined([(meaning, meaning.short) for meaning in found])


def readouts(day: DayPain, today: date) -> tuple[str, str]:
    """The day in words, and in fewer words."""
    name, short = short_day(day.day, today), short_day(day.day)
    if day.worst is None:
        return f"{name}: pain not written", f"{short}: {GAP}"
    mean = "" if day.mean is None else f", 7-day mean {day.mean:.1f}"
    late = ", written late" if day.is_late else ""
    return f"{name}: pain {day.worst}{late}{mean}", f"{short}: {mark(day)}"


def cells(text: str, part: str = "muted") -> list[Cell]:
    """Words of one colour."""
    return [Cell(char, part) for char in text]


def apart(left: list[Cell], right: list[Cell], width: int) -> list[Cell]:
    """Two phrases at the two ends of a line of `width` cells; the right one is left out where it does not fit."""
    gap = width - len(left) - len(right)
    return [*left, *cells(" " * gap), *right] if right and gap >= 2 * bool(left) else left


def _joined(found: list[tuple[Meaning, str]]) -> list[Cell]:
    line: list[Cell] = []
    for meaning, word in found:
        line += [*cells("  " if line else ""), Cell(meaning.char, meaning.part), *cells(f" {word}")]
    return line
