"""Tells the sample journal entry by entry, under the rules that hold for every journal."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, tzinfo
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID, uuid5

from msgspec.structs import replace

from kneejournal.domain.days import DAY, journal_day
from kneejournal.domain.programme import Exercise, Programme
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import FIRST_DAY
from kneejournal.domain.snapshot import Edit, Moment, Snapshot, applied
from kneejournal.domain.write_care import log_care
from kneejournal.domain.write_exercises import find_exercises, mark
from kneejournal.domain.write_pain import PainEntry, log_pain
from kneejournal.domain.write_profile import SetupAnswers, set_up
from kneejournal.domain.write_runs import RunEntry, log_run
from kneejournal.domain.write_shoes import ShoeEntry, add_shoe, find_shoe, fit_shoe, retire_shoe
from kneejournal.errors import BadData
from kneejournal.sample_story import FELT, HEARD, RAN, WEEKS, Felt, Heard, Ran

DAYS = 7 * len(WEEKS)
DEVICE = "sample"
REACH_DAYS = 400
"""No day of the sample, first wear of shoes included, lies further back."""

_IDS = UUID("0d7f5c0e-52f1-5f4e-8a55-73616d706c65")

Tell = Callable[[Snapshot, Moment], Edit]
"""Writes one thing into the journal, as it is at that moment of the story."""
Event = tuple[datetime, Tell]


class _Story(NamedTuple):
    """The story as seen from its last day."""

    today: date
    zone: tzinfo | None
    programme: Programme

    def day(self, ago: int) -> date:
        return self.today - DAY * ago

    def at(self, ago: int, clock: str) -> datetime:
        return datetime.combine(self.day(ago), time.fromisoformat(clock), self.zone)

    def events(self) -> Iterator[Event]:
        """Everything that is written, in no order."""
        yield from self._shoes()
        for number, week in enumerate(WEEKS):
            for weekday, signs in enumerate(zip(*week, strict=True)):
                ago = DAYS - 1 - 7 * number - weekday
                yield from self._evening(ago, signs[0])
                yield from self._session(ago, signs[1])
                yield from self._care(ago, signs[2])
        yield self._marked(36, "19:12", self._of_group("glutes"), pain=1)
        yield self._marked(0, "07:40", self._stretches())
        for felt in FELT:
            yield self.at(felt.ago, felt.time), self._felt(felt)
        for ran in RAN:
            yield self.at(ran.ago, ran.time), self._ran(ran)

    def _shoes(self) -> Iterator[Event]:
        answers = SetupAnswers(knee="left", units="mi", began=self.day(57))
        blue = ShoeEntry(name="Old blue pair", since=self.day(245), starting_m=797_400)
        grey = ShoeEntry(name="Grey trainers", since=self.day(130), starting_m=657_600, default=True)
        walking = ShoeEntry(name="Walking shoes", kind="everyday", since=self.day(50))
        new = ShoeEntry(name="New trainers", since=self.day(19), bought=self.day(19), default=True)
        yield self.at(55, "19:30"), lambda snapshot, moment: set_up(snapshot, answers, moment)
        for ago, clock, pair in ((55, "19:32", blue), (55, "19:34", grey), (50, "17:40", walking), (19, "17:30", new)):
            yield self.at(ago, clock), _added(pair)
        for ago, pair in ((50, walking), (19, new)):
            yield self.at(ago, "17:45"), _fitted(pair)
        yield self.at(53, "20:50"), lambda s, m: retire_shoe(find_shoe(s, blue.name), m, m.today)

    def _evening(self, ago: int, sign: str) -> Iterator[Event]:
        heard = HEARD.get(ago, Heard())
        check = self._entry(ago, int(sign) if sign.isdigit() else 0, heard.symptoms, heard.note, heard.medicine)
        later, clock = {"f": (1, "07:25"), "l": (9, "20:45"), "o": (0, "08:10")}.get(sign, (0, f"20:{ago * 7 % 60:02}"))
        if sign != ".":
            yield self.at(ago - later, clock), lambda snapshot, moment: log_pain(snapshot, check, moment)

    def _session(self, ago: int, sign: str) -> Iterator[Event]:
        short = find_exercises(["short"], self.programme)
        done = {"s": short, "b": short + self._stretches(), "t": self._stretches(), "a": self.programme.exercises}
        if sign in done:
            yield self._marked(ago, f"19:{ago * 11 % 50 + 10}", done[sign])

    def _care(self, ago: int, sign: str) -> Iterator[Event]:
        if sign in "ie":
            yield self.at(ago, "20:00"), lambda _, moment: log_care("ice", 15, moment.today, moment)
        if sign == "e":
            yield self.at(ago, "20:20"), lambda _, moment: log_care("elevate", 20, moment.today, moment)

    def _marked(self, ago: int, clock: str, exercises: tuple[Exercise, ...], pain: int | None = None) -> Event:
        return self.at(ago, clock), lambda s, m: mark(s, exercises, m, m.today, done=True, pain=pain)

    def _felt(self, felt: Felt) -> Tell:
        entry = replace(self._entry(felt.ago, felt.pain, felt.symptoms, felt.note), scope="moment", time=felt.time)
        return lambda snapshot, moment: log_pain(snapshot, entry, moment)

    def _ran(self, ran: Ran) -> Tell:
        entry = RunEntry(
            day=self.day(ran.ago),
            distance_m=ran.metres,
            duration_s=ran.minutes * 60,
            pain=ran.pain,
            shoe=ran.shoe,
            note=ran.note,
        )
        return lambda s, m: log_run(s, entry, judge(s.log, s.profile, self.programme, m.now), m)

    def _entry(self, ago: int, pain: int, symptoms: str, note: str, medicine: bool = False) -> PainEntry:
        heard = frozenset(symptoms.split())
        return PainEntry(
            scope="day", day=self.day(ago), pain={"left": pain}, symptoms=heard, note=note, medicine=medicine
        )

    def _stretches(self) -> tuple[Exercise, ...]:
        return tuple(exercise for exercise in self.programme.exercises if exercise.kind == "stretch")

    def _of_group(self, group: str) -> tuple[Exercise, ...]:
        return tuple(exercise for exercise in self.programme.exercises if exercise.group == group)[:1]


def _added(pair: ShoeEntry) -> Tell:
    return lambda snapshot, moment: add_shoe(snapshot, pair, moment)


def _fitted(pair: ShoeEntry) -> Tell:
    return lambda snapshot, moment: fit_shoe(find_shoe(snapshot, pair.name), moment, moment.today)


def sample_journal(now: datetime, programme: Programme) -> Snapshot:
    """Eight weeks that end at `now`, told entry by entry under the rules; the last changes can be undone.

    The same `now` gives the same journal. Its verdict is ready, whatever the day. Raises BadData for a `now` so
    early that the story would begin before the first day a journal knows.
    """
    empty = Snapshot()
    today = journal_day(now, empty.profile.thresholds)
    if (today - FIRST_DAY).days < REACH_DAYS:
        raise BadData(f"The sample cannot be told of {today.year}: it begins before the journal's first day.")
    snapshot = empty
    for at, tell in sorted(_Story(today, now.tzinfo, programme).events(), key=itemgetter(0)):
        if at > now:
            break
        edit = tell(snapshot, Moment.of(at, DEVICE, snapshot.profile))
        snapshot = applied(_with_steady_ids(edit, snapshot, today), snapshot, at)
    return snapshot


def _with_steady_ids(edit: Edit, before: Snapshot, today: date) -> Edit:
    """`edit` with ids that are the same each time, where chance had given them."""

    def steady(number: int) -> str:
        return str(uuid5(_IDS, f"{today.isoformat()} {len(before.records) + number}"))

    is_new = [UUID(record.id).version == 4 for record in edit.records]
    records = (
        record if record.id in before.records or not by_chance else replace(record, id=steady(number))
        for number, (record, by_chance) in enumerate(zip(edit.records, is_new, strict=True))
    )
    return replace(edit, records=tuple(records))
