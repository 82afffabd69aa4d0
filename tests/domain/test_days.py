"""RULES 1: which day a moment belongs to, and how days are written."""

from datetime import date, datetime, timedelta, timezone

import pytest

from kneejournal.domain.days import closes, day_list, days_back, in_recall, journal_day, read_day, short_day
from kneejournal.domain.profile import Thresholds
from kneejournal.errors import BadData

USUAL = Thresholds()
SUNDAY = date(2026, 11, 22)
NEW_YORK = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("written", "starts", "day"),
    [
        ("2026-11-22T20:15:00-05:00", 3, "2026-11-22"),
        ("2026-11-23T00:40:00-05:00", 3, "2026-11-22"),
        ("2026-11-23T02:59:59-05:00", 3, "2026-11-22"),
        ("2026-11-23T03:00:00-05:00", 3, "2026-11-23"),
        ("2026-11-23T00:40:00-05:00", 0, "2026-11-23"),
        ("2026-11-23T05:59:00+13:00", 6, "2026-11-22"),
        ("2026-01-01T01:00:00+00:00", 3, "2025-12-31"),
        ("2026-03-29T03:30:00+02:00", 3, "2026-03-29"),
    ],
)
def test_a_moment_belongs_to_the_day_by_its_own_clock_cut_over_at_the_start_of_day(
    written: str, starts: int, day: str
) -> None:
    found = journal_day(datetime.fromisoformat(written), Thresholds(day_starts=starts))
    assert found == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "closing"),
    [
        ("2026-11-22T17:59:59-05:00", False),
        ("2026-11-22T18:00:00-05:00", True),
        ("2026-11-23T00:40:00-05:00", True),
        ("2026-11-23T08:00:00-05:00", True),
        ("2026-11-21T20:00:00-05:00", False),
    ],
)
def test_a_check_closes_its_day_from_six_in_the_evening_on(written: str, closing: bool) -> None:
    assert closes(datetime.fromisoformat(written), SUNDAY, USUAL) is closing


@pytest.mark.parametrize(
    ("written", "believed"),
    [
        ("2026-11-29T23:59:00-05:00", True),
        ("2026-11-30T02:59:00-05:00", True),
        ("2026-11-30T03:00:00-05:00", False),
    ],
)
def test_a_check_is_believed_up_to_seven_days_later(written: str, believed: bool) -> None:
    assert in_recall(datetime.fromisoformat(written), SUNDAY, USUAL) is believed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", SUNDAY),
        (" Yesterday ", date(2026, 11, 21)),
        ("-0", SUNDAY),
        ("-3", date(2026, 11, 19)),
        ("sunday", SUNDAY),
        ("monday", date(2026, 11, 16)),
        ("Sat", date(2026, 11, 21)),
        ("2026-11-01", date(2026, 11, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date) -> None:
    assert read_day(typed, SUNDAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "", "tomorrow", "2026-11-23", "2025-02-29", "2026-W01-1", "20261122", "22.11.2026", "-99999", "su", "someday",
        "1899-12-31", "0001-01-01", "9999-12-31", "٢٠٢٦-11-22", "+1", "--3", "2026-11-22\n2026-11-21",
    ],
)  # fmt: skip
def test_what_is_not_a_day_or_not_yet_is_refused(typed: str) -> None:
    with pytest.raises(BadData):
        read_day(typed, SUNDAY)


def test_a_refused_day_says_what_to_write() -> None:
    with pytest.raises(BadData, match="Write today, yesterday, -3, thursday or 2026-11-22"):
        read_day("soon", SUNDAY)
    with pytest.raises(BadData, match="in the future: today is Sun 22 Nov"):
        read_day("2026-11-23", SUNDAY)


def test_days_are_shown_short_with_the_year_only_where_it_differs() -> None:
    assert short_day(SUNDAY) == "Sun 22 Nov"
    assert short_day(date(2025, 1, 3), SUNDAY) == "Fri 3 Jan 2025"
    assert day_list([SUNDAY]) == "Sun 22 Nov"
    assert day_list([date(2026, 11, 20), date(2026, 11, 21), SUNDAY]) == "Fri 20 Nov, Sat 21 Nov and Sun 22 Nov"
    assert day_list([SUNDAY] * 9).endswith("and 2 more")
    assert day_list([]) == ""


@pytest.mark.parametrize("back", range(7))
def test_a_weekday_is_the_latest_one_today_included(back: int) -> None:
    day = SUNDAY - timedelta(days=back)
    for today in (SUNDAY, SUNDAY + timedelta(days=3)):
        found = read_day(f"{day:%A}", today)
        assert found.weekday() == day.weekday()
        assert timedelta(0) <= today - found < timedelta(days=7)


def test_a_day_that_no_journal_can_know_is_refused_with_why() -> None:
    with pytest.raises(BadData, match=r"^1899-12-31 is before 1900\. "):
        read_day("1899-12-31", SUNDAY)
    with pytest.raises(BadData, match=r"^“-99999” is not a day\. "):
        read_day("-99999", SUNDAY)


def test_a_day_of_another_year_is_refused_with_its_year() -> None:
    with pytest.raises(
        BadData, match=r"^Fri 1 Jan 2027 is in the future: today is Sun 22 Nov\. Nothing was written\.$"
    ):
        read_day("2027-01-01", SUNDAY)


def test_of_more_than_seven_days_the_first_seven_are_listed() -> None:
    days = [SUNDAY + timedelta(days=ahead) for ahead in range(9)]
    assert day_list(days[:7]) == (
        "Sun 22 Nov, Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, Thu 26 Nov, Fri 27 Nov and Sat 28 Nov"
    )
    assert day_list(days) == (
        "Sun 22 Nov, Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, Thu 26 Nov, Fri 27 Nov, Sat 28 Nov and 2 more"
    )
    assert day_list(days[:2]) == "Sun 22 Nov and Mon 23 Nov"


def test_days_in_a_row_are_counted_forwards_whichever_end_is_named() -> None:
    three = [date(2026, 11, 20), date(2026, 11, 21), SUNDAY]
    assert list(days_back(SUNDAY, 3)) == three
