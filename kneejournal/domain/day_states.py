"""What the records say of each day (RULES 3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.days import closes, in_recall
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Shoe, Side

DayState = Literal["symptoms", "masked", "clear", "open", "late", "unlogged"]
"""`symptoms`: pain above 0, a symptom or a red flag. `masked`: none, but medicine was taken. `clear`: a day-check with
0 for every tracked knee closed the day. `open`: zeros, but none closes it. `late`: closed too late to count."""


class Day(Struct, frozen=True, kw_only=True):
    """One journal day, as the rules see it. `worst` is the highest score written, None when no number was."""

    day: date
    state: DayState = "unlogged"
    worst: int | None = None
    symptoms: tuple[str, ...] = ()
    medicine: bool = False
    checked_at: datetime | None = None
    """When the day-check was written, if there is one."""
    unasked: tuple[Side, ...] = ()
    """Tracked knees that no day-check names."""
    fresh_zero: bool = False
    """A zero was written in time to be believed."""
    noise_passed: bool = False
    """Painless noise was written, and the setting lets it pass."""
    runs: tuple[Run, ...] = ()

    @property
    def is_clear(self) -> bool:
        return self.state == "clear"

    @property
    def is_bad(self) -> bool:
        """Symptoms, or medicine that can hide them."""
        return self.state in ("symptoms", "masked")


class Days(Struct, frozen=True):
    """The days of a journal up to a last one; a day without records is `unlogged`.

    `clear_from`: for what-ifs, days from there on are taken for clear unless something bad is written of them.
    """

    written: Mapping[date, Day]
    clear_from: date | None = None

    def __getitem__(self, day: date) -> Day:
        found = self.written.get(day) or Day(day=day)
        if self.clear_from is None or day < self.clear_from or found.is_bad:
            return found
        return replace(found, state="clear", fresh_zero=True)

    def of(self, days: Iterable[date]) -> tuple[Day, ...]:
        return tuple(self[day] for day in days)


def read_days(records: Iterable[AnyRecord], profile: Profile, today: date) -> Days:
    """Every day of the journal through `today`.

    Deleted records do not count; records of days after `today` are not reached yet (RULES 1). The order of
    `records` does not matter.
    """
    by_day: defaultdict[date, list[AnyRecord]] = defaultdict(list)
    for record in records:
        if not (record.deleted or record.day > today or isinstance(record, Shoe)):
            by_day[record.day].append(record)
    return Days({day: _read_day(day, found, profile) for day, found in by_day.items()})


def with_arrivals(records: Iterable[AnyRecord], today: date, now: datetime) -> tuple[AnyRecord, ...]:
    """`records` with bad news that was lived through already, on a day that is still to come here, as of today.

    A flight west across the date line makes today yesterday again: pain of this morning does not wait for its date.
    What is written at a later moment than `now` is not reached yet, whatever it says.
    """
    return tuple(
        replace(record, day=today) if record.day > today and record.recorded_at <= now and _is_bad(record) else record
        for record in records
    )


def _is_bad(record: AnyRecord) -> bool:
    said = isinstance(record, Pain) and (record.medicine or bool(record.symptoms))
    return said or bool(score_of(record))


def _read_day(day: date, records: list[AnyRecord], profile: Profile) -> Day:
    pains = [r for r in records if isinstance(r, Pain)]
    checks = [r for r in pains if r.scope == "day"]
    runs = sorted((r for r in records if isinstance(r, Run)), key=lambda r: (r.recorded_at, r.id))
    scores = [score for record in records if (score := score_of(record)) is not None]
    heard = {code for record in pains for code in record.symptoms}
    noise_passed = heard == {"noise"} and not profile.thresholds.noise_blocks
    symptoms = () if noise_passed else tuple(sorted(heard))
    medicine = any(record.medicine for record in pains)
    return Day(
        day=day,
        state=_state(day, records, checks, bool(symptoms) or any(scores), medicine, profile),
        worst=max(scores, default=None),
        symptoms=symptoms,
        medicine=medicine,
        checked_at=max((check.updated_at for check in checks), default=None),
        unasked=_unasked(day, checks, profile),
        fresh_zero=any(score_of(r) == 0 and in_recall(r.updated_at, day, profile.thresholds) for r in records),
        noise_passed=noise_passed,
        runs=tuple(runs),
    )


def score_of(record: AnyRecord) -> int | None:
    """The highest pain a record names, 0-10; None when it names none."""
    if isinstance(record, Pain):
        return record.pain.worst
    return record.pain if isinstance(record, ExerciseMark | Run) else None


def _state(
    day: date, records: list[AnyRecord], checks: list[Pain], symptoms: bool, medicine: bool, profile: Profile
) -> DayState:
    if symptoms:
        return "symptoms"
    if medicine:
        return "masked"
    closing = [c for c in checks if _names_all(c, day, profile) and closes(c.updated_at, day, profile.thresholds)]
    if any(in_recall(check.updated_at, day, profile.thresholds) for check in closing):
        return "clear"
    if closing:
        return "late"
    return "open" if any(_says_something(record) for record in records) else "unlogged"


def _names_all(check: Pain, day: date, profile: Profile) -> bool:
    asked = profile.sides_on(day)
    return bool(asked) and all(check.pain.of(side) == 0 for side in asked)


def _unasked(day: date, checks: list[Pain], profile: Profile) -> tuple[Side, ...]:
    return tuple(s for s in profile.sides_on(day) if not any(check.pain.of(s) is not None for check in checks))


def _says_something(record: AnyRecord) -> bool:
    """An exercise that was ticked and unticked again is nothing written."""
    if isinstance(record, ExerciseMark):
        return record.done or record.pain is not None
    return isinstance(record, Pain | Run | Care)
