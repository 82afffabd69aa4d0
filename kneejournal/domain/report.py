"""The figures of the page for a physical therapist: what the last weeks were, without any looks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from kneejournal.domain.case import Case
from kneejournal.domain.exercises import exercise_days
from kneejournal.domain.programme import Programme
from kneejournal.domain.progress import Setback, next_morning
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import SIDES, AnyRecord, Pain, Run, Side
from kneejournal.domain.replay import first_session, replay
from kneejournal.domain.series import DayPain, Series, read_series
from kneejournal.domain.shoes import ShoeWear, shoe_wear
from kneejournal.domain.snapshot import Snapshot

WEEK = 7


class Week(Struct, frozen=True, kw_only=True):
    """Seven days: how many have a number, are clear, painful, and with which strength and stretch days and runs."""

    days: tuple[DayPain, ...]
    worst_of: dict[Side, int | None]
    """The highest score that a pain entry names for each knee."""
    strength: int
    stretch: int
    runs: int
    distance_m: int

    @property
    def with_number(self) -> int:
        return sum(day.worst is not None for day in self.days)

    @property
    def clear(self) -> int:
        return sum(day.state == "clear" for day in self.days)

    @property
    def worst(self) -> int | None:
        return max((day.worst for day in self.days if day.worst is not None), default=None)

    @property
    def mean(self) -> float | None:
        """The mean of the daily worst pain; None where no number was written."""
        known = [day.worst for day in self.days if day.worst is not None]
        return sum(known) / len(known) if known else None


class Facts(Struct, frozen=True, kw_only=True):
    """The last weeks of a journal, oldest first where nothing else is said."""

    series: Series
    weeks: tuple[Week, ...]
    symptoms: tuple[tuple[str, int], ...]
    """Codes, red flags left out, with the days on which they were written, the most frequent first."""
    medicine_days: tuple[date, ...]
    flags: tuple[Pain, ...]
    """Entries with a red flag: those of these weeks, and older ones that wait for a clinician still."""
    setbacks: tuple[Setback, ...]
    runs: tuple[Run, ...]
    """The newest first."""
    shoes: tuple[ShoeWear, ...]
    """The pairs in use, the one that runs count for first."""
    notes: tuple[Pain | Run, ...]
    """Entries with a note, the newest first."""

    @property
    def first(self) -> date:
        return self.series.days[0].day

    @property
    def last(self) -> date:
        return self.series.today


def read_facts(snapshot: Snapshot, verdict: Verdict, programme: Programme, weeks: int) -> Facts:
    """The figures of the last `weeks` (1 or more) that end with today; fewer when the journal began later."""
    thresholds = snapshot.profile.thresholds
    series = read_series(verdict.case.days, snapshot.log, thresholds, verdict.day, weeks * WEEK)
    days = _since_it_began(series)
    span = {day.day for day in days}
    kept = tuple(snapshot.log.of_days(sorted(span)))
    wears = (shoe_wear(shoe, snapshot.log, verdict.day, thresholds) for shoe in snapshot.shoes)
    return Facts(
        series=Series(days=days, began=series.began),
        weeks=_weeks(days, kept, programme),
        symptoms=_symptoms(kept),
        medicine_days=tuple(day for day in sorted(span) if verdict.case.days[day].medicine),
        flags=_flags(kept, verdict.case),
        setbacks=_setbacks(verdict.case, days[0].day),
        runs=tuple(record for record in _newest_first(kept) if isinstance(record, Run)),
        shoes=tuple(
            sorted((wear for wear in wears if wear.status != "retired"), key=lambda wear: not wear.shoe.default)
        ),
        notes=tuple(r for r in _newest_first(kept) if isinstance(r, Pain | Run) and r.note.strip()),
    )


def _since_it_began(series: Series) -> tuple[DayPain, ...]:
    """Whole weeks, the first of them the one in which the journal began."""
    began = series.began or series.today
    length = -(-((series.today - began).days + 1) // WEEK) * WEEK
    return series.last(length)


def _weeks(days: tuple[DayPain, ...], records: tuple[AnyRecord, ...], programme: Programme) -> tuple[Week, ...]:
    strength = exercise_days(records, programme, "strength")
    stretch = exercise_days(records, programme, "stretch")
    found = []
    for place in range(0, len(days), WEEK):
        seven = days[place : place + WEEK]
        span = {day.day for day in seven}
        here = [record for record in records if record.day in span]
        runs = [record for record in here if isinstance(record, Run)]
        found.append(
            Week(
                days=seven,
                worst_of={side: _worst_of(side, here) for side in SIDES},
                strength=len(span & strength),
                stretch=len(span & stretch),
                runs=len(runs),
                distance_m=sum(run.distance_m for run in runs),
            )
        )
    return tuple(found)


def _worst_of(side: Side, records: Iterable[AnyRecord]) -> int | None:
    scores = (record.pain.of(side) for record in records if isinstance(record, Pain))
    return max((score for score in scores if score is not None), default=None)


def _symptoms(records: Iterable[AnyRecord]) -> tuple[tuple[str, int], ...]:
    pains = [record for record in records if isinstance(record, Pain)]
    found = {(record.day, code) for record in pains for code in record.symptoms if code not in record.red_flags}
    counts = Counter(code for _, code in found)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _flags(records: Iterable[AnyRecord], case: Case) -> tuple[Pain, ...]:
    lately = {record.id: record for record in records if isinstance(record, Pain) and record.red_flags}
    found = {**lately, **{record.id: record for record in case.flags}}
    return tuple(sorted(found.values(), key=lambda record: (record.day, record.recorded_at, record.id)))


def _setbacks(case: Case, first: date) -> tuple[Setback, ...]:
    """Those that were open on any day from `first` on, each as it was in the end."""
    began = first_session(case.days)
    if began is None:
        return ()
    found: dict[date, Setback] = {}
    morning = replay(case.days, max(began, first), case.plan)
    while morning and morning.day <= case.today:
        if morning.setback:
            found[morning.setback.first] = morning.setback
        morning = next_morning(morning, case.days, case.plan)
    if case.setback:
        found[case.setback.first] = case.setback
    return tuple(found[day] for day in sorted(found))


def _newest_first(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    return sorted(records, key=lambda record: (record.day, record.recorded_at, record.id), reverse=True)
