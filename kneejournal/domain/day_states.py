"""What the records say of each day (RULES 3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.days import closes, in_recall
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Pain, Run, Side
from kneejournal.domain.said import Said, is_bad, says_something, score_of

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


class Days:
    """The days of a journal through `today`, each read when it is asked for; one without records is `unlogged`.

    A day that was read stays so with the `log`: it rests on nothing but its records and the profile.
    """

    def __init__(self, log: Log, profile: Profile, today: date, arrivals: Sequence[AnyRecord] = ()) -> None:
        self._log = log
        self._profile = profile
        self.today = today
        self.arrivals = arrivals
        """Records of days to come that count as of today."""
        self._read: dict[date, Day] = {} if arrivals else log.worked_out("days", profile)

    @classmethod
    def none(cls) -> "Days":
        """Those of no journal: every day is `unlogged`."""
        return cls(Log(), Profile(), date.min)

    def __getitem__(self, day: date) -> Day:
        if day > self.today:
            return Day(day=day)
        found = self._read.get(day)
        if found is None:
            found = self._read[day] = _read_day(day, self.records(day), self._profile)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Days) and self.written == other.written

    def of(self, days: Iterable[date]) -> tuple[Day, ...]:
        return tuple([self[day] for day in days])

    def records(self, day: date) -> Sequence[AnyRecord]:
        """What is written of `day`."""
        return [*self._log.on(day), *self.arrivals] if self.arrivals and day == self.today else self._log.on(day)

    @cached_property
    def runs(self) -> Sequence[Run]:
        """The runs through today."""
        if not self.arrivals and self._log.last <= self.today:
            return self._log.runs
        return [run for run in (*self._log.runs, *self.arrivals) if isinstance(run, Run) and run.day <= self.today]

    @property
    def dates(self) -> Sequence[date]:
        """The days of which anything is written, oldest first."""
        found = [day for day in self._log.days if day <= self.today]
        return found if not self.arrivals or self._log.on(self.today) else [*found, self.today]

    @property
    def written(self) -> Mapping[date, Day]:
        """Every day of which anything is written, oldest first."""
        return {day: self[day] for day in self.dates}

    def assuming(self, instead: Mapping[date, Day], clear_from: date | None = None) -> "Days":
        """These days with others `instead`; those from `clear_from` on are clear unless something bad is written."""
        return _Assumed(self, instead, clear_from)


class _Assumed(Days):
    """Days as they might be."""

    def __init__(self, days: Days, instead: Mapping[date, Day], clear_from: date | None) -> None:
        super().__init__(days._log, days._profile, days.today, days.arrivals)
        self._days = days
        self._instead = instead
        self._clear_from = clear_from
        self._read = {}

    def __getitem__(self, day: date) -> Day:
        found = self._read.get(day)
        if found is None:
            found = self._instead.get(day) or self._days[day]
            if self._clear_from is not None and day >= self._clear_from and not found.is_bad:
                found = replace(found, state="clear", fresh_zero=True)
            self._read[day] = found
        return found

    @cached_property
    def runs(self) -> Sequence[Run]:
        others = (run for run in self._days.runs if run.day not in self._instead)
        return [*others, *(run for day in self._instead.values() for run in day.runs)]

    @property
    def dates(self) -> Sequence[date]:
        return sorted({*self._days.dates, *self._instead})


def read_days(records: Iterable[AnyRecord], profile: Profile, today: date, now: datetime | None = None) -> Days:
    """The days of the journal through `today`.

    Deleted records do not count; records of days after `today` are not reached yet (RULES 1), but for bad news that was
    lived through by `now`. The order of `records` does not matter.
    """
    log = Log.of(records)
    return Days(log, profile, today, _arrivals(log, today, now) if now else ())


def _arrivals(log: Log, today: date, now: datetime) -> list[AnyRecord]:
    """Bad news that was lived through already, on a day that is still to come here, as of today.

    A flight west across the date line makes today yesterday again: pain of this morning does not wait for its date.
    What is written at a later moment than `now` is not reached yet, whatever it says.
    """
    ahead = [day for day in log.days if day > today] if log.last > today else []
    return [replace(r, day=today) for r in log.of_days(ahead) if r.recorded_at <= now and is_bad(r)]


def _read_day(day: date, records: Sequence[AnyRecord], profile: Profile) -> Day:
    if not records:
        return Day(day=day)
    said = Said(records)
    asked = profile.sides_on(day)
    noise_passed = said.heard == {"noise"} and not profile.thresholds.noise_blocks
    symptoms = () if noise_passed or not said.heard else tuple(sorted(said.heard))
    worst = max(said.scores) if said.scores else None
    state = "symptoms" if symptoms or worst else _state_unless_painful(day, said, asked, profile)
    if state is None:
        state = "open" if any(says_something(record) for record in records) else "unlogged"
    return Day(
        day=day,
        state=state,
        worst=worst,
        symptoms=symptoms,
        medicine=said.medicine,
        checked_at=max([check.updated_at for check in said.checks], default=None),
        # A check that makes a day clear names every knee with a fresh zero.
        unasked=() if state == "clear" else _unasked(said.checks, asked),
        fresh_zero=state == "clear" or _has_fresh_zero(day, records, profile),
        noise_passed=noise_passed,
        runs=tuple(sorted(said.runs, key=lambda run: (run.recorded_at, run.id))),
    )


def _state_unless_painful(day: date, said: Said, asked: Sequence[Side], profile: Profile) -> DayState | None:
    """The state of a day without symptoms; None when neither medicine nor a check of the day decides it."""
    if said.medicine:
        return "masked"
    state: DayState | None = None
    for check in said.checks:
        if _names_all(check, asked) and closes(check.updated_at, day, profile.thresholds):
            if in_recall(check.updated_at, day, profile.thresholds):
                return "clear"
            state = "late"
    return state


def _names_all(check: Pain, asked: Sequence[Side]) -> bool:
    """Whether a check says 0 of every knee that is asked for."""
    return bool(asked) and all(check.pain.of(side) == 0 for side in asked)


def _unasked(checks: Sequence[Pain], asked: Sequence[Side]) -> tuple[Side, ...]:
    return tuple(side for side in asked if not any(check.pain.of(side) is not None for check in checks))


def _has_fresh_zero(day: date, records: Iterable[AnyRecord], profile: Profile) -> bool:
    return any(score_of(r) == 0 and in_recall(r.updated_at, day, profile.thresholds) for r in records)
