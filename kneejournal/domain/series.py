"""How the pain went from day to day: what the charts of the journal draw."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from kneejournal.domain.day_states import Day, Days, DayState
from kneejournal.domain.days import DAY, days_back, in_recall
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.records import CODES, AnyRecord
from kneejournal.domain.said import score_of

SERIES_DAYS = 371
"""A year, and the days that complete its first week."""
MEAN_DAYS = 7
MEAN_NEEDS = 4
"""Of the seven days, so many need a number: a mean of fewer says more of the gaps than of the knee (default)."""


class DayPain(Struct, frozen=True, kw_only=True):
    """One day of a chart. `worst` is 0-10, and None where no number was written, which is never a 0."""

    day: date
    state: DayState
    worst: int | None = None
    mean: float | None = None
    """The mean of the numbers of the seven days that end with this one; None when fewer than four have one."""
    is_late: bool = False
    """Its worst was only written when the day was too far away to be remembered well (`recall_days`)."""
    ran: bool = False


class Series(Struct, frozen=True, kw_only=True):
    """The days that end with today, oldest first; the journal `began` on the first day of which anything is written."""

    days: tuple[DayPain, ...] = ()
    began: date | None = None

    @property
    def today(self) -> date:
        return self.days[-1].day

    @property
    def is_empty(self) -> bool:
        """Whether no day has a number."""
        return all(found.worst is None for found in self.days)

    def last(self, count: int) -> tuple[DayPain, ...]:
        """The last `count` days, or as many as there are."""
        return self.days[-count:]


class SymptomCounts(Struct, frozen=True, kw_only=True):
    """On how many days with pain above 0 a symptom was written too. It says nothing of what caused what."""

    length: int
    """The days looked at, today among them."""
    with_number: int
    """The days of those on which pain was written, zeros too."""
    painful: int
    symptoms: tuple[tuple[str, int], ...]
    """Codes with their days, the most frequent first."""
    medicine: int


def read_series(
    days: Days, records: Iterable[AnyRecord], thresholds: Thresholds, today: date, length: int = SERIES_DAYS
) -> Series:
    """The last `length` days of `days`; `records` are those they were read from, to tell which came late."""
    span = days_back(today, length)
    late = _late_days(days, Log.of(records).of_days(span), thresholds)
    before = days.of(days_back(span[0] - DAY, MEAN_DAYS - 1))
    found = days.of(span)
    scores = [day.worst for day in (*before, *found)]
    return Series(
        days=tuple(
            DayPain(
                day=day.day,
                state=day.state,
                worst=day.worst,
                mean=_mean(scores[place : place + MEAN_DAYS]),
                is_late=day.day in late,
                ran=bool(day.runs),
            )
            for place, day in enumerate(found)
        ),
        began=next((day for day in days.dates if days[day].state != "unlogged"), None),
    )


def count_symptoms(days: Days, today: date, length: int) -> SymptomCounts:
    """What was written on the painful ones of the last `length` days."""
    found = days.of(days_back(today, length))
    painful = [day for day in found if day.worst]
    order: dict[str, int] = {code: place for place, code in enumerate(CODES)}
    counts = Counter(code for day in painful for code in _symptoms(day))
    return SymptomCounts(
        length=length,
        with_number=sum(day.worst is not None for day in found),
        painful=len(painful),
        symptoms=tuple(sorted(counts.items(), key=lambda item: (-item[1], order[item[0]]))),
        medicine=sum(day.medicine for day in painful),
    )


def _symptoms(day: Day) -> tuple[str, ...]:
    """All that were written, noise that the setting lets pass too."""
    return ("noise",) if day.noise_passed else day.symptoms


def _mean(scores: list[int | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) >= MEAN_NEEDS else None


def _late_days(days: Days, records: Iterable[AnyRecord], thresholds: Thresholds) -> set[date]:
    """The days of which every record that names the worst pain came late."""
    late: set[date] = set()
    timely: set[date] = set()
    for record in records:
        if (score := score_of(record)) is not None and score == days[record.day].worst:
            (timely if in_recall(record.updated_at, record.day, thresholds) else late).add(record.day)
    return late - timely
