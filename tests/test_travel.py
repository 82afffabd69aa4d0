"""Zones, clock changes and calendars: no crash, no moved day, and a rule that is stated (RULES 1)."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.journal import Journal
from tests.support import StandingClock, new_journal

AUCKLAND, HONOLULU, APIA = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Apia")
BERLIN = ZoneInfo("Europe/Berlin")


def evening_check(journal: Journal, clock: StandingClock, moment: datetime, score: int = 0) -> date:
    clock.moment = moment
    day = journal.today()
    journal.log(PainEntry(scope="day", day=day, pain={"left": score}, correct=True))
    return day


def checks(journal: Journal) -> dict[date, Pain]:
    return {r.day: r for r in journal.snapshot().live if isinstance(r, Pain)}


def test_a_flight_west_lives_a_day_twice_and_keeps_one_check_of_it() -> None:
    journal, clock = new_journal(datetime(2026, 11, 14, 20, tzinfo=AUCKLAND))
    for ahead in range(7):
        evening_check(journal, clock, datetime(2026, 11, 14, 20, tzinfo=AUCKLAND) + timedelta(days=ahead))
    clock.moment = datetime(2026, 11, 21, 9, tzinfo=AUCKLAND)
    assert journal.verdict().is_ready
    landed = datetime(2026, 11, 20, 21, tzinfo=HONOLULU)
    assert landed.astimezone(UTC) > clock.moment.astimezone(UTC)
    assert evening_check(journal, clock, landed) == date(2026, 11, 20)
    assert len(checks(journal)) == 7
    clock.moment = datetime(2026, 11, 21, 9, tzinfo=HONOLULU)
    assert journal.verdict().is_ready


def test_a_day_that_does_not_exist_in_a_zone_stays_unlogged_until_it_is_filled_in() -> None:
    journal, clock = new_journal(datetime(2011, 12, 20, 20, tzinfo=APIA))
    days = [evening_check(journal, clock, datetime(2011, 12, d, 20, tzinfo=APIA)) for d in (27, 28, 29, 31)]
    assert date(2011, 12, 30) not in days
    assert journal.verdict().symptom_free_days == 1
    journal.log(PainEntry(scope="day", day=date(2011, 12, 30), pain={"left": 0}))
    assert journal.verdict().symptom_free_days == 5


def test_the_nights_when_the_clocks_change_are_days_like_any_other() -> None:
    for month, day in ((3, 28), (10, 24)):
        journal, clock = new_journal(datetime(2026, month, day, 20, tzinfo=BERLIN))
        for ahead in range(7):
            evening_check(journal, clock, datetime(2026, month, day, 20, tzinfo=BERLIN) + timedelta(days=ahead))
        clock.moment = datetime(2026, month, day, 8, tzinfo=BERLIN) + timedelta(days=7)
        assert journal.verdict().is_ready
        assert journal.verdict().symptom_free_days == 7


def test_what_is_written_in_the_hour_that_comes_twice_belongs_to_the_evening_before() -> None:
    journal, clock = new_journal(datetime(2026, 10, 24, 20, tzinfo=BERLIN))
    for fold in (0, 1):
        clock.moment = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold)
        assert journal.today() == date(2026, 10, 24)


def test_a_clock_set_back_makes_days_that_are_not_reached_yet_and_refuses_nothing_else() -> None:
    journal, clock = new_journal(datetime(2026, 11, 22, 20, tzinfo=UTC))
    evening_check(journal, clock, datetime(2026, 11, 22, 20, tzinfo=UTC), score=5)
    clock.moment = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert [line.state for line in journal.verdict().days if line.state == "symptoms"] == []
    evening_check(journal, clock, clock.moment)
    clock.moment = datetime(2026, 11, 22, 21, tzinfo=UTC)
    assert journal.verdict().status == "not-ready"


def test_an_evening_written_across_a_leap_day_counts_it() -> None:
    journal, clock = new_journal(datetime(2024, 2, 25, 20, tzinfo=UTC))
    for ahead in range(7):
        evening_check(journal, clock, datetime(2024, 2, 25, 20, tzinfo=UTC) + timedelta(days=ahead))
    assert date(2024, 2, 29) in checks(journal)
    clock.moment = datetime(2024, 3, 3, 8, tzinfo=UTC)
    assert journal.verdict().is_ready


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(6, 40), st.integers(-11, 14)), min_size=30, max_size=60))
def test_a_year_of_travel_moves_no_day_that_was_written(steps: list[tuple[int, int]]) -> None:
    journal, clock = new_journal(datetime(2026, 1, 1, 20, tzinfo=UTC))
    moment, written = clock.moment, dict[str, date]()
    for hours, offset in steps:
        moment += timedelta(hours=hours)
        local = moment.astimezone(timezone(timedelta(hours=offset)))
        day = evening_check(journal, clock, local)
        assert day == (local - timedelta(hours=3)).date()
        written.setdefault(checks(journal)[day].id, day)
        journal.verdict()
    assert {record.id: record.day for record in journal.snapshot().live} == written
