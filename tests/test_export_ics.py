"""The calendar: read back by a calendar library, expanded by a library of recurrences, floating in every zone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from icalendar import Calendar, Event
from msgspec.structs import replace

from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.readiness import judge
from kneejournal.domain.snapshot import Snapshot
from kneejournal.interop.ics import SPAN_DAYS, write_calendar
from tests.domain.stories import PROGRAMME, TODAY, ago, at, pain, story, ticked
from tests.generated import NOW, of, snapshots

MORNING = at(TODAY, 8)


def raw_calendar(snapshot: Snapshot, now: datetime = MORNING) -> bytes:
    verdict = judge(snapshot.live, snapshot.profile, PROGRAMME, now)
    return write_calendar(snapshot, verdict, PROGRAMME)


def events(snapshot: Snapshot, now: datetime = MORNING) -> list[Event]:
    calendar = Calendar.from_ical(raw_calendar(snapshot, now))
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def of_story(line: str, profile: Profile | None = None) -> Snapshot:
    return of(*story(line), profile=profile)


def starts(event: Event) -> list[datetime]:
    """Every occurrence of an event."""
    assert isinstance(event.start, datetime)
    if not event.rrules:
        return [event.start]
    return list(rrulestr(event.rrules[0].to_ical().decode(), dtstart=event.start))


def texts(snapshot: Snapshot, now: datetime = MORNING) -> Iterator[str]:
    return (str(event["SUMMARY"]) for event in events(snapshot, now))


def test_without_a_plan_there_are_exercise_days_only() -> None:
    assert list(texts(of_story("3"))) == ["Knee exercises: strength, then stretch"]


def test_in_the_beginning_five_days_a_week_are_suggested_for_four_weeks() -> None:
    (exercises,) = events(of_story("3"))
    days = [start.date() for start in starts(exercises)]
    assert len(days) == 20
    assert {day.weekday() for day in days} == {0, 1, 2, 4, 5}
    assert days[0] >= TODAY
    assert days[-1] <= TODAY + timedelta(days=SPAN_DAYS)


def test_the_target_of_the_settings_counts() -> None:
    profile = Profile(thresholds=Thresholds(exercise_days_suggested=4))
    (exercises,) = events(of_story("3", profile))
    assert {start.weekday() for start in starts(exercises)} == {0, 1, 3, 4}


def test_with_an_open_gate_the_sessions_of_the_plan_follow() -> None:
    _, *runs = events(of_story("ccccccc c"))
    assert str(runs[0]["SUMMARY"]) == "Walk-run, stage 1 of 8: 4 × (run 1 min, walk 4 min)"
    days = [starts(run)[0].date() for run in runs]
    assert days[0] == TODAY
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {2}
    assert runs[0].duration == timedelta(minutes=30), "the warm-up and the walk home belong to it"


@pytest.mark.parametrize("hours", [-10, 0, 5.5, 14])
def test_times_float_in_every_zone(hours: float) -> None:
    zone = timezone(timedelta(hours=hours))
    raw = raw_calendar(of_story("ccccccc c"), datetime.combine(TODAY, MORNING.timetz(), zone)).decode()
    assert "TZID" not in raw
    assert "VTIMEZONE" not in raw
    for line in raw.splitlines():
        if line.startswith(("DTSTART", "DTEND")):
            assert not line.endswith("Z"), line
    (until,) = [line for line in raw.splitlines() if line.startswith("RRULE")]
    assert "UNTIL=20261220T235900;" in until, "a floating start asks for a floating end"


def test_sessions_keep_their_identity_and_a_later_export_replaces_an_earlier_one() -> None:
    first, later = of_story("ccccccc c"), of(*story("ccccccc cc", TODAY + timedelta(days=1)))
    before, after = events(first), events(later, MORNING + timedelta(days=1))
    assert [event["UID"] for event in before][:5] == [event["UID"] for event in after][:5]
    assert len({event["UID"] for event in before}) == len(before)
    assert after[0].sequence > before[0].sequence
    assert starts(after[1])[0] > starts(before[1])[0]


def test_exercises_come_at_the_usual_time() -> None:
    ticks = [tick for day in range(1, 8) for tick in ticked(ago(day), "plank bridge-squeeze")]
    evening = [replace(tick, recorded_at=tick.recorded_at.replace(hour=20, minute=40)) for tick in ticks]
    assert {f"{start:%H:%M}" for start in starts(events(of(*evening))[0])} == {"20:30"}
    assert {f"{start:%H:%M}" for start in starts(events(Snapshot())[0])} == {"19:00"}


def test_what_is_past_today_is_not_planned_for_today() -> None:
    _, run, *_ = events(of_story("ccccccc c"), at(TODAY, 22))
    assert starts(run)[0].date() == TODAY + timedelta(days=1)


def test_each_event_is_private_and_reminds_a_quarter_of_an_hour_before() -> None:
    for event in events(of_story("ccccccc c")):
        assert event["CLASS"] == "PRIVATE"
        (alarm,) = event.walk("VALARM")
        assert b"ACTION:DISPLAY" in alarm.to_ical()
        assert b"TRIGGER:-PT15M" in alarm.to_ical()


def test_no_word_of_the_patient_goes_into_a_calendar() -> None:
    written: Any = replace(pain(TODAY, 3), note="my secret")
    assert b"secret" not in raw_calendar(of(written))


@given(snapshots())
def test_every_calendar_can_be_read_and_lies_ahead(snapshot: Snapshot) -> None:
    last = date(2026, 11, 22) + timedelta(days=SPAN_DAYS)
    for event in events(snapshot, NOW):
        occurrences = starts(event)
        assert occurrences
        assert all(NOW.replace(tzinfo=None) <= start for start in occurrences)
        assert occurrences[-1].date() <= last
    assert raw_calendar(snapshot, NOW) == raw_calendar(snapshot, NOW)


def test_lines_are_folded_as_the_standard_asks() -> None:
    raw = raw_calendar(of_story("ccccccc c"))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_clock_of_long_ago_gives_no_negative_sequence() -> None:
    long_ago = at(date(2001, 1, 1), 8)
    assert events(Snapshot(), long_ago)[0].sequence == 0
