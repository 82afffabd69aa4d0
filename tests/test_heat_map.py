"""The calendar of pain as text: what it shows without any colour."""

from datetime import date, timedelta

import pytest

from kneejournal.domain.days import DAY
from kneejournal.domain.series import DayPain, Series
from kneejournal.widgets.heat_map import Calendar
from tests.test_pain_plot import SIZES, days_of, zero

SUNDAY = date(2026, 11, 22)
WEDNESDAY = date(2026, 11, 18)


def calendar_of(days: list[DayPain], width: int = 76, height: int = 10, marked: date | None = None) -> Calendar:
    """The calendar of a journal that began with the first of `days`."""
    began = days[0].day
    before = [DayPain(day=began - DAY * back, state="unlogged") for back in range(371 - len(days), 0, -1)]
    return Calendar(series=Series(days=(*before, *days), began=began), width=width, height=height, marked=marked)


def text_of(calendar: Calendar) -> list[str]:
    return ["".join(cell.char for cell in line).rstrip() for line in calendar.lines()]


def up_to(today: date, *worst: int | None) -> list[DayPain]:
    shift = SUNDAY - today
    return [DayPain(day=day.day - shift, state=day.state, worst=day.worst) for day in days_of(*worst)]


def test_a_gap_a_zero_a_value_and_a_ten_are_different_signs_monday_first() -> None:
    lines = text_of(calendar_of(days_of(*[0] * 7, 1, None, 0, 10, 3, 0, 2), width=8))
    assert lines[2:9] == ["Mon  0 1", "     0 ·", "Wed  0 0", "     0 X", "Fri  0 3", "     0 0", "Sun  0▸2"]


def test_the_days_after_today_are_not_there() -> None:
    lines = text_of(calendar_of(up_to(WEDNESDAY, *[0] * 10), width=8))
    assert lines[2:9] == ["Mon  0 0", "     0 0", "Wed  0▸0", "     0", "Fri  0", "     0", "Sun  0"]


def test_a_zero_with_symptoms_does_not_look_like_a_day_without_anything() -> None:
    lines = text_of(calendar_of([zero("symptoms")]))
    assert lines[8].split()[1] == "▸✗"
    assert "✗ symptoms, no pain" in lines[9]


@pytest.mark.parametrize("width", [20, 36, 40, 76, 116])
def test_as_many_weeks_as_fit_and_the_last_ends_with_today(width: int) -> None:
    calendar = calendar_of(days_of(*[0] * 371), width=width)
    days = [cell.day for line in calendar.lines() for cell in line if cell.day]
    assert max(days) == SUNDAY
    assert (SUNDAY - min(days)).days + 1 == 7 * min(53, (width - 4) // 2)


def test_nothing_is_drawn_from_before_the_journal_began_and_the_days_are_wider_instead() -> None:
    calendar = calendar_of(days_of(2, *[0] * 19))
    assert text_of(calendar)[2:5] == ["Mon       0   0", "      2   0   0", "Wed   0   0   0"]
    assert min(cell.day for line in calendar.lines() for cell in line if cell.day) == date(2026, 11, 3)
    assert [cell.day for cell in calendar.lines()[3][4:]] == [
        date(2026, 11, day) for day in (3, 10, 17) for _ in range(4)
    ]


def test_months_stand_above_their_first_week() -> None:
    calendar = calendar_of(days_of(*[0] * 84))
    months, sundays = text_of(calendar)[1], calendar.lines()[8]
    assert months.split() == ["Sep", "Oct", "Nov"]
    first = [place for place, cell in enumerate(sundays) if cell.day == date(2026, 11, 1)]
    assert months.index("Nov") in first


def test_every_cell_leads_to_its_day() -> None:
    for line, weekday in zip(calendar_of(days_of(*[0] * 100)).lines()[2:9], range(7), strict=True):
        assert {cell.day.weekday() for cell in line if cell.day} == {weekday}


def test_the_ground_darkens_with_pain_and_the_highlighted_day_stands_out() -> None:
    lines = calendar_of(days_of(0, 1, 9, None), marked=SUNDAY - timedelta(days=2)).lines()
    parts = {cell.day: cell.part for line in lines for cell in line if cell.day}
    assert [parts[SUNDAY - timedelta(days=back)] for back in (3, 2, 1, 0)] == ["zero", "here", "pain-9", "gap"]


def test_the_highlighted_day_is_said_in_words_where_there_is_room() -> None:
    days = days_of(*[0] * 60, 3)
    assert text_of(calendar_of(days, marked=SUNDAY))[-1].endswith("Sun 22 Nov: pain 3")
    assert text_of(calendar_of(days, width=36, marked=SUNDAY))[-1].endswith("Sun 22 Nov: 3")
    assert "Sun" not in text_of(calendar_of(days, width=24, marked=SUNDAY))[-1]


def test_forty_columns_and_nine_lines_are_readable() -> None:
    lines = text_of(calendar_of(days_of(*[4, 0, None] * 40), width=36, height=9, marked=SUNDAY))
    assert lines[0].split() == ["Aug", "Sep", "Oct", "Nov"]
    assert lines[1].startswith("Mon  ")
    assert lines[-1] == "0 no pain  · not written  ▸ today"


def test_no_size_is_too_small_or_too_large() -> None:
    for count in (1, 6, 7, 8, 100, 371):
        for width, height in SIZES:
            lines = calendar_of(days_of(*[3] * count), width=width, height=height, marked=SUNDAY).lines()
            assert len(lines) <= height
            assert all(len(line) <= width for line in lines)
