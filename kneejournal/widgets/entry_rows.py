"""Turns records into the lines of the pain journal: newest day first, ready to be searched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from kneejournal.domain.day_states import Days, DayState
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Scores, Shoe
from kneejournal.domain.text import clean
from kneejournal.domain.units import show_distance

CARE_WORDS = {"ice": "iced", "elevate": "leg up"}
LETTERS = {"left": "L", "right": "R"}


class EntryRow(Struct, frozen=True, kw_only=True):
    """One line: of one record, or of several exercises of a day together."""

    ids: tuple[str, ...]
    day: date
    state: DayState
    day_text: str
    first: str
    pain: str = ""
    text: str = ""
    note: str = ""
    fold: Literal["closed", "open"] | None = None
    """Whether several exercises stand in this line, or in the lines below it."""
    searched: str = ""
    """What the filter looks at, case folded."""

    @property
    def key(self) -> tuple[date, str]:
        """Names this line in the next reading of the journal too."""
        return (self.day, "fold" if self.fold else "".join(self.ids[:1]))


class EntryRows(Struct, frozen=True):
    """Writes the lines, in the words of `programme` and the units of `profile`, as seen from `today`."""

    programme: Programme
    profile: Profile
    today: date
    days: Days

    def rows(self, records: Iterable[AnyRecord], unfolded: frozenset[date]) -> list[EntryRow]:
        """A line for each record, newest day first; the exercises of a day in one line, unless it is `unfolded`."""
        by_day: defaultdict[date, list[AnyRecord]] = defaultdict(list)
        for record in records:
            if not isinstance(record, Shoe):
                by_day[record.day].append(record)
        return [row for day in sorted(by_day, reverse=True) for row in self._of_day(by_day[day], day in unfolded)]

    def row(self, record: AnyRecord) -> EntryRow:
        """The line of one record."""
        if isinstance(record, Pain):
            return self._pain(record)
        if isinstance(record, Run):
            return self._run(record)
        if isinstance(record, Care):
            return self._row(record, CARE_WORDS[record.what], "", f"{record.minutes} min", "", "care ice elevate")
        if isinstance(record, ExerciseMark):
            text = self.exercise_name(record) + (" done" if record.done else " not done")
            return self._row(record, "exercise", _score(record.pain), text, "", "")
        return self._row(record, "shoes", "", record.name, "", "")

    def exercise_name(self, mark: ExerciseMark) -> str:
        found = self.programme.exercise(mark.exercise)
        return found.name if found else mark.exercise

    def pain_text(self, pain: Scores) -> str:
        """The pain, with the knees named where more than one was ever tracked."""
        scores = pain.by_side()
        if len(scores) == 1 and len({knee.side for knee in self.profile.knees}) == 1:
            return str(pain.worst)
        return " ".join(f"{LETTERS[side]} {score}" for side, score in scores.items())

    def _of_day(self, records: list[AnyRecord], is_unfolded: bool) -> Iterator[EntryRow]:
        newest = sorted(records, key=lambda r: (r.recorded_at, r.id), reverse=True)
        quiet = [r for r in newest if isinstance(r, ExerciseMark) and not r.pain and (r.done or r.pain is not None)]
        yield from (self.row(r) for r in newest if not isinstance(r, ExerciseMark) or r.pain)
        if len(quiet) > 1:
            yield self._together(quiet, is_unfolded)
        if len(quiet) == 1 or is_unfolded:
            yield from (self.row(r) for r in quiet)

    def _together(self, marks: list[ExerciseMark], is_unfolded: bool) -> EntryRow:
        done = sum(mark.done for mark in marks)
        names = " ".join(self.exercise_name(mark) for mark in marks)
        day = marks[0].day
        return EntryRow(
            ids=tuple(mark.id for mark in marks),
            day=day,
            state=self.days[day].state,
            day_text=short_day(day, self.today),
            first="exercises",
            text=f"{done} exercises done" if done != 1 else "1 exercise done",
            fold="open" if is_unfolded else "closed",
            searched=f"exercises done {names}".casefold(),
        )

    def _pain(self, pain: Pain) -> EntryRow:
        first = "all day" if pain.scope == "day" else pain.time or "moment"
        labels = [self.programme.label(code) for code in pain.symptoms]
        if pain.medicine:
            labels.append("medicine")
        kinds = ["pain", "day-check" if pain.scope == "day" else "moment", *pain.symptoms]
        if pain.red_flags:
            kinds.append("red flag")
        return self._row(pain, first, self.pain_text(pain.pain), " · ".join(labels), pain.note, " ".join(kinds))

    def _run(self, run: Run) -> EntryRow:
        parts = [show_distance(run.distance_m, self.profile.units)]
        if run.duration_s:
            parts.append(f"{max(1, run.duration_s // 60)} min")
        if run.stage:
            parts.append(f"stage {run.stage}")
        return self._row(run, "run", _score(run.pain), ", ".join(parts), run.note, "")

    def _row(self, record: AnyRecord, first: str, pain: str, text: str, note: str, kinds: str) -> EntryRow:
        shown = clean(note)
        state, day_text = self.days[record.day].state, short_day(record.day, self.today)
        return EntryRow(
            ids=(record.id,),
            day=record.day,
            state=state,
            day_text=day_text,
            first=first,
            pain=pain,
            text=text,
            note=shown.strip().partition("\n")[0],
            searched=f"{kinds} {first} {text} {shown} {day_text} {state}".casefold(),
        )


def matching(rows: Iterable[EntryRow], wanted: str) -> list[EntryRow]:
    """The lines in which every word of `wanted` is found."""
    words = wanted.casefold().split()
    return [row for row in rows if all(word in row.searched for word in words)]


def _score(pain: int | None) -> str:
    return "" if pain is None else str(pain)
