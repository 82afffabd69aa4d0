"""The sample journal: told by the rules, the same each time, and ready to run whenever it is opened."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from kneejournal.domain.day_states import Days
from kneejournal.domain.days import DAY, journal_day
from kneejournal.domain.exercises import exercise_days
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import RED_FLAGS, Pain, Run, from_plain, to_plain
from kneejournal.domain.replay import setbacks_since
from kneejournal.domain.shoes import shoe_wear
from kneejournal.domain.snapshot import CHANGES_KEPT, Snapshot
from kneejournal.errors import BadData
from kneejournal.interop.journal_json import read_document, write_document
from kneejournal.sample import DAYS, sample_journal
from tests.support import new_journal, programme

SUNDAY = datetime(2026, 11, 22, 17, 40, tzinfo=timezone(timedelta(hours=-5)))
PROGRAMME = programme()

MOMENTS = [
    *(SUNDAY + DAY * ahead for ahead in range(7)),
    *(SUNDAY.replace(hour=hour) for hour in (0, 2, 3, 7, 12, 20, 23)),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
    datetime(2028, 3, 1, 1, 30, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 5, tzinfo=timezone(timedelta(hours=14))),
    datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo("America/New_York")),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
    datetime(2026, 4, 5, 2, 30, tzinfo=ZoneInfo("Australia/Lord_Howe")),
    datetime(2026, 10, 4, 12, tzinfo=ZoneInfo("Pacific/Auckland")),
    datetime(2026, 10, 25, 21, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(1902, 1, 1, 12, tzinfo=UTC),
    datetime(2199, 12, 30, 12, tzinfo=UTC),
]


def sample(now: datetime = SUNDAY) -> Snapshot:
    return sample_journal(now, PROGRAMME)


def verdict(now: datetime = SUNDAY) -> Verdict:
    found = sample(now)
    return judge(found.live, found.profile, PROGRAMME, now)


def days_of(now: datetime = SUNDAY) -> Days:
    return verdict(now).case.days


def ago(days: int) -> date:
    return SUNDAY.date() - DAY * days


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_its_log_meets_the_rule_whenever_it_is_opened(now: datetime) -> None:
    found = verdict(now)
    assert (found.status, found.phase) == ("ready", "return")
    assert found.stage is not None
    assert (found.stage.number, found.stage.clean_sessions) == (3, 1)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_everything_in_it_is_valid_and_written_by_now(now: datetime) -> None:
    found = sample(now)
    for record in found.records.values():
        assert from_plain(to_plain(record)) == record
        assert record.recorded_at <= record.updated_at <= now
        assert record.day <= journal_day(record.recorded_at, found.profile.thresholds)
    assert min(record.day for record in found.live) == journal_day(now, found.profile.thresholds) - DAY * (DAYS - 1)


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Pacific/Chatham"), ZoneInfo("America/St_Johns")], ids=str)
def test_the_same_moment_gives_the_same_journal(zone: tzinfo) -> None:
    now = datetime(2026, 11, 22, 17, 40, tzinfo=zone)
    assert sample(now) == sample(now)
    assert len(sample(now).records) == len({record.id for record in sample(now).records.values()}) > 250


def test_a_journal_that_would_begin_before_all_days_is_refused() -> None:
    with pytest.raises(BadData, match="1900"):
        sample(datetime(1900, 6, 1, 12, tzinfo=UTC))


def test_it_goes_from_a_flare_over_a_relapse_to_a_week_of_clear_days() -> None:
    days = days_of()
    worst = [days[ago(back)].worst or 0 for back in range(DAYS - 1, -1, -1)]
    assert max(worst[:3]) == 6
    assert days[ago(54)].medicine
    assert days[ago(46)].worst == 2
    assert days[ago(45)].worst == 5
    assert all(days[ago(back)].is_clear for back in range(27, 20, -1))
    assert {days[ago(back)].state for back in range(DAYS)} == {"symptoms", "open", "unlogged", "late", "clear"}


def test_its_sessions_are_those_of_the_plan_with_a_minor_setback_between() -> None:
    found = sample()
    runs = sorted((r for r in found.live if isinstance(r, Run)), key=lambda run: run.day)
    assert [run.stage for run in runs] == [None, None, 1, 1, 2, 1, 1, 2, 2, 3]
    assert setbacks_since(days_of(), ago(DAYS), ago(0)) == (ago(15),)
    on_the_day = judge(found.live, found.profile, PROGRAMME, SUNDAY - DAY * 15 + timedelta(hours=4))
    assert on_the_day.status == "setback"
    assert on_the_day.case.setback is not None
    assert on_the_day.case.setback.major == ()


def test_its_exercises_climb_to_five_strength_days_a_week() -> None:
    strength = exercise_days(sample().live, PROGRAMME, "strength")
    weeks = [sum(ago(back) in strength for back in range(first, first - 7, -1)) for first in range(DAYS - 1, 0, -7)]
    assert weeks == [0, 2, 3, 4, 5, 4, 3, 3]


def test_it_has_shoes_of_every_sort_and_a_run_without_any() -> None:
    found = sample()
    wears = [shoe_wear(shoe, found.live, SUNDAY.date(), found.profile.thresholds) for shoe in found.shoes]
    assert sorted(wear.status for wear in wears) == ["ok", "ok", "retired", "soon"]
    (default,) = [wear.shoe for wear in wears if wear.shoe.default]
    assert default.fitted_on
    assert {wear.shoe.shoe_kind for wear in wears} == {"running", "everyday"}
    assert sum(isinstance(record, Run) and record.shoe_id is None for record in found.live) == 1


def test_it_has_no_red_flag_and_notes_in_plain_words() -> None:
    pains = [record for record in sample().live if isinstance(record, Pain)]
    assert not any(set(pain.symptoms) & set(RED_FLAGS) for pain in pains)
    assert sum(bool(pain.note) for pain in pains) > 12


def test_what_was_written_last_can_be_undone_and_nothing_else() -> None:
    found = sample()
    assert len(found.changes) == CHANGES_KEPT
    assert found.changes[-1].what.startswith("3 exercises done")
    assert all(len(change.wrote) <= len(PROGRAMME.exercises) for change in found.changes)


def test_its_export_goes_into_another_journal_without_loss() -> None:
    found = sample()
    exported = write_document(found, SUNDAY)
    other, _ = new_journal(SUNDAY, set_up=False)
    other.merge(read_document(exported, "sample", SUNDAY.date()), "sample")
    assert write_document(other.snapshot(), SUNDAY) == exported
