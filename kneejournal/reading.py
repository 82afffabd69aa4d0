"""What can be asked of a journal; nothing here writes, and nothing that writes is loaded for it."""

from datetime import date, datetime

from kneejournal.clock import Clock
from kneejournal.domain.advice import advise
from kneejournal.domain.days import journal_day, read_day
from kneejournal.domain.exercises import exercise_week, target_in
from kneejournal.domain.programme import Advice, Programme
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.shoes import ShoeWear, shoe_wear
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.today import Today, read_today
from kneejournal.store import Store


class Reading:
    """One person's journal, as it is stored at the moment of each question. Raises Unreadable for a file that fails."""

    def __init__(self, store: Store, programme: Programme, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.programme = programme
        # What refers to itself is freed by the collector alone, and a short command ends before that: to free a journal
        # record by record would take it longer than to judge it.
        self._itself = self

    def now(self) -> datetime:
        return self._clock()

    def signature(self) -> object:
        """Something that differs when the journal may have changed; cheap to ask."""
        return self._store.signature()

    def snapshot(self) -> Snapshot:
        return self._store.load()

    def today(self) -> date:
        """The journal day of now."""
        return self.day_of(self.snapshot())

    def day_of(self, snapshot: Snapshot) -> date:
        return journal_day(self.now(), snapshot.profile.thresholds)

    def read_day(self, text: str) -> date:
        """The day that somebody typed. Raises BadData."""
        return read_day(text, self.today())

    def verdict(self, snapshot: Snapshot | None = None) -> Verdict:
        found = snapshot or self.snapshot()
        return self.judge(found, self.now())

    def judge(self, found: Snapshot, now: datetime) -> Verdict:
        """The verdict of another moment."""
        return judge(found.log, found.profile, self.programme, now, to_confirm=found.to_confirm)

    def advice(self, snapshot: Snapshot, verdict: Verdict) -> tuple[Advice, ...]:
        target = target_in(verdict.phase, snapshot.profile.thresholds)
        week = exercise_week(snapshot.log, self.programme, verdict.day, target)
        return advise(verdict, week, snapshot.log, snapshot.profile, self.programme)

    def today_page(self, snapshot: Snapshot, verdict: Verdict) -> Today:
        return read_today(snapshot.log, snapshot.profile, self.programme, verdict)

    def shoes(self, snapshot: Snapshot) -> tuple[ShoeWear, ...]:
        """Every pair with its wear today, in the order in which they came."""
        today, thresholds = self.day_of(snapshot), snapshot.profile.thresholds
        return tuple(shoe_wear(shoe, snapshot.log, today, thresholds) for shoe in snapshot.shoes)

    def entries(self, first: date | None = None, last: date | None = None) -> tuple[AnyRecord, ...]:
        """The records of the days from `first` through `last`, newest first."""
        found = [r for r in self.snapshot().live if (not first or first <= r.day) and (not last or r.day <= last)]
        return tuple(sorted(found, key=lambda r: (r.day, r.recorded_at, r.id), reverse=True))
