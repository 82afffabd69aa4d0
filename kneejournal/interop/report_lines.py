"""The lists of the report as lines of text, each cut to its place on the page."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.programme import Programme
from kneejournal.domain.progress import MajorReason, Setback
from kneejournal.domain.records import SIDES, Pain, Run
from kneejournal.domain.report import Facts
from kneejournal.domain.shoes import ShoeState, ShoeWear
from kneejournal.domain.text import clean_line
from kneejournal.domain.thresholds import changed, value_of
from kneejournal.domain.units import show_distance

COLUMN, WIDE_COLUMN = 48, 70
"""Characters that fit a line of the left and of the right column."""
NAME = 26
NOTE_LINE = 100
"""Characters of a note that fit a line of the page."""
NOTE_LINES = 2
HEADING = 1.6
"""What a heading takes, in lines."""
SHOE_WORDS: dict[ShoeState, str] = {
    "ok": "", "soon": "near the limit", "retire": "PAST THE LIMIT", "unknown": "age unknown", "retired": "retired",
}  # fmt: skip
WHY: dict[MajorReason, str] = {
    "pain": "pain", "two-days": "two days", "swelling": "swelling", "medicine": "medicine", "second": "soon again",
}  # fmt: skip
"""Why a setback is a major one, in fewer words than the verdict has room for."""

Line = tuple[str, ...]


class Lines(NamedTuple):
    """The lines of a list that are shown, and how many more there are."""

    shown: tuple[Line, ...]
    left_out: int = 0

    @property
    def height(self) -> float:
        """In lines, with the heading; an empty list says so in one."""
        return HEADING + max(1, len(self.shown)) + bool(self.left_out)


class Note(NamedTuple):
    """What the patient wrote: when, beside which number, and the lines of the page it takes."""

    when: str
    said: str
    text: str
    lines: int


class ListsOfReport(NamedTuple):
    """Makes the lists from the figures of the last weeks."""

    facts: Facts
    profile: Profile
    programme: Programme

    def flags(self, most: int) -> Lines:
        """Red flags, those that wait for a clinician first."""
        entries = sorted(self.facts.flags, key=lambda entry: self._waits(entry), reverse=True)
        return _first(most, (self._flag(entry) for entry in entries))

    def symptoms(self, most: int) -> Lines:
        """Symptom, days, and its share of the most frequent one in per cent."""
        found = self.facts.symptoms
        top = max((count for _, count in found), default=1)
        return _first(
            most, ((self.programme.label(code), str(count), str(count * 100 // top)) for code, count in found)
        )

    def setbacks(self, most: int) -> Lines:
        """The newest first, and why each is a major one."""
        return _first(most, (self._setback(setback) for setback in reversed(self.facts.setbacks)))

    def runs(self, most: int) -> Lines:
        return _first(most, (self._run(run) for run in self.facts.runs))

    def shoes(self, most: int) -> Lines:
        return _first(most, (self._shoe(wear) for wear in self.facts.shoes))

    def settings(self, most: int) -> Lines:
        """The thresholds that the patient changed, with their defaults."""
        mine, units = self.profile.thresholds, self.profile.units
        return _first(
            most,
            (
                (
                    cut(
                        f"{self.programme.thresholds[setting.name]}: "
                        f"{setting.shown(value_of(mine, setting.name), units)} "
                        f"({setting.source} {setting.shown(setting.default, units)})",
                        WIDE_COLUMN,
                    ),
                )
                for setting in changed(Thresholds(), mine)
            ),
        )

    def notes(self, lines: int) -> tuple[tuple[Note, ...], int]:
        """The newest notes that fit into so many lines of the page, and how many are left out."""
        found: list[Note] = []
        for entry in self.facts.notes:
            note = self._note(entry)
            if sum(each.lines for each in found) + note.lines > lines:
                break
            found.append(note)
        return tuple(found), len(self.facts.notes) - len(found)

    def day(self, day: date) -> str:
        return short_day(day, self.facts.last)

    def _waits(self, entry: Pain) -> bool:
        return entry.resolved_on is None or entry.resolved_on > self.facts.last

    def _flag(self, entry: Pain) -> Line:
        named = ", ".join(self.programme.label(code).lower() for code in entry.red_flags)
        if entry.resolved_on is None or self._waits(entry):
            return self.day(entry.day), named, "NOT SEEN BY A CLINICIAN YET"
        return self.day(entry.day), named, f"seen, or gone, {self.day(entry.resolved_on)}"

    def _setback(self, setback: Setback) -> Line:
        if not setback.major:
            return self.day(setback.first), "minor"
        why = ", ".join(WHY[reason] for reason in setback.major)
        return self.day(setback.first), cut(f"major: {why}", COLUMN)

    def _run(self, run: Run) -> Line:
        minutes = "" if run.duration_s is None else f"{round(run.duration_s / 60)} min"
        stage = "no stage" if run.stage is None else f"stage {run.stage}"
        hurt = "not asked" if run.pain is None else f"pain {run.pain}"
        return self.day(run.day), show_distance(run.distance_m, self.profile.units), minutes, stage, hurt

    def _shoe(self, wear: ShoeWear) -> Line:
        known = [] if wear.shoe.shoe_kind == "everyday" else [show_distance(wear.distance_m, self.profile.units)]
        if wear.age_days is not None:
            known.append(f"{wear.age_days} days")
        return cut(wear.shoe.name, NAME), ", ".join(known), SHOE_WORDS[wear.status]

    def _note(self, entry: Pain | Run) -> Note:
        if isinstance(entry, Run):
            said = f"run, {'not asked' if entry.pain is None else f'pain {entry.pain}'}"
        else:
            scores = entry.pain.by_side()
            said = "pain " + "/".join(str(scores[side]) for side in SIDES if side in scores)
        text = cut(clean_line(entry.note), NOTE_LINE * NOTE_LINES - 5)
        return Note(self.day(entry.day), said, text, -(-width(text) // NOTE_LINE))


def width(text: str) -> int:
    """Columns that `text` takes, wide letters counted as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, most: int) -> str:
    """`text`, or as much of it as takes `most` columns, with … at its end."""
    if width(text) <= most:
        return text
    kept, taken = "", 1
    for letter in text:
        taken += width(letter)
        if taken > most:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def _first(most: int, lines: Iterator[Line] | Iterable[Line]) -> Lines:
    """The first lines; one that would only say that one more is left out is that one itself."""
    found = tuple(lines)
    return Lines(found) if len(found) <= most else Lines(found[: most - 1], len(found) - most + 1)
