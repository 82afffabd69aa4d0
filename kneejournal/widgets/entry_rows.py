"""Turns the records of a day into the lines of the pain journal, ready to be searched."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.day_states import DayState
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Scores
from kneejournal.domain.text import clean
from kneejournal.domain.units import show_distance

CARE_WORDS = {"ice": "iced", "elevate": "leg up"}
LETTERS = {"left": "L", "right": "R"}


class EntryRow(Struct, frozen=True, kw_only=True, gc=False):
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

    def of_day(self, records: Iterable[AnyRecord], state: DayState) -> tuple[EntryRow, ...]:
        """The lines of a day, the newest entry first: its exercises in one line, unless they hurt."""
        newest = sorted(records, key=_written_at, reverse=True)
        day_text = short_day(newest[0].day, self.today)
        rows = [self._row(r, state, day_text) for r in newest if type(r) is not ExerciseMark or r.pain]
        quiet = [r for r in newest if is_quiet(r)]
        if len(quiet) > 1:
            rows.append(self._together(quiet, state, day_text))
        elif quiet:
            rows.append(self._row(quiet[0], state, day_text))
        return tuple(rows)

    def opened(self, rows: Sequence[EntryRow], records: Iterable[AnyRecord]) -> tuple[EntryRow, ...]:
        """The lines of a day with its exercises one by one below the line that stood for them."""
        *others, last = rows
        if last.fold is None:
            return (*rows,)
        marks = {record.id: record for record in records}
        each = (self._row(marks[mark_id], last.state, last.day_text) for mark_id in last.ids)
        return (*others, replace(last, fold="open"), *each)

    def exercise_name(self, mark: ExerciseMark) -> str:
        found = self.programme.exercise(mark.exercise)
        return found.name if found else mark.exercise

    def pain_text(self, pain: Scores) -> str:
        """The pain, with the knees named where more than one was ever tracked."""
        scores = pain.by_side()
        if len(scores) == 1 and not self.tracks_both:
            return str(pain.worst)
        return " ".join(f"{LETTERS[side]} {score}" for side, score in scores.items())

    @property
    def tracks_both(self) -> bool:
        """Whether it has to be said which knee, since there is not one that was always meant."""
        return len({knee.side for knee in self.profile.knees}) != 1

    def _together(self, marks: Sequence[ExerciseMark], state: DayState, day_text: str) -> EntryRow:
        done = len([mark for mark in marks if mark.done])
        names = " ".join([self.exercise_name(mark) for mark in marks])
        return EntryRow(
            ids=tuple([mark.id for mark in marks]),
            day=marks[0].day,
            state=state,
            day_text=day_text,
            first="exercises",
            text=f"{done} exercises done" if done != 1 else "1 exercise done",
            fold="closed",
            searched=f"exercises done {names}".casefold(),
        )

    def _row(self, record: AnyRecord, state: DayState, day_text: str) -> EntryRow:
        """The line of one record."""
        first, pain, text, note, kinds = self._words(record)
        shown = clean(note)
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

    def _words(self, record: AnyRecord) -> tuple[str, str, str, str, str]:
        """What kind of entry it is, the pain, what else there is to say, the note, and words to find it by."""
        if isinstance(record, Pain):
            return self._words_of_pain(record)
        if isinstance(record, Run):
            return "run", _score(record.pain), self._run(record), record.note, ""
        if isinstance(record, Care):
            return CARE_WORDS[record.what], "", f"{record.minutes} min", "", "care ice elevate"
        if isinstance(record, ExerciseMark):
            text = self.exercise_name(record) + (" done" if record.done else " not done")
            return "exercise", _score(record.pain), text, "", ""
        return "shoes", "", record.name, "", ""

    def _words_of_pain(self, pain: Pain) -> tuple[str, str, str, str, str]:
        first = "all day" if pain.scope == "day" else pain.time or "moment"
        labels = [self.programme.label(code) for code in pain.symptoms]
        if pain.medicine:
            labels.append("medicine")
        kinds = ["pain", "day-check" if pain.scope == "day" else "moment", *pain.symptoms]
        if pain.red_flags:
            kinds.append("red flag")
        return first, self.pain_text(pain.pain), " · ".join(labels), pain.note, " ".join(kinds)

    def _run(self, run: Run) -> str:
        parts = [show_distance(run.distance_m, self.profile.units)]
        if run.duration_s:
            parts.append(f"{max(1, run.duration_s // 60)} min")
        if run.stage:
            parts.append(f"stage {run.stage}")
        return ", ".join(parts)


def is_quiet(record: AnyRecord) -> TypeGuard[ExerciseMark]:
    """Whether it is an exercise that did not hurt; several of a day stand in one line."""
    return type(record) is ExerciseMark and not record.pain and (record.done or record.pain is not None)


def _written_at(record: AnyRecord) -> tuple[datetime, str]:
    return (record.recorded_at, record.id)


def _score(pain: int | None) -> str:
    return "" if pain is None else str(pain)
