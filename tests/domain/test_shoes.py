"""RULES 9: when a pair has done its work."""

from datetime import date, timedelta

import pytest

from kneejournal.domain.advice import shoe_warning
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.records import AnyRecord, Run, Shoe
from kneejournal.domain.shoes import ShoeState, ShoeWear, add_months, shoe_wear
from tests.domain.stories import TODAY, ago, at, run

SHOE_ID = "0b1f5a50-0000-4000-8000-000000000001"
MILE = 1609.344


def shoe(
    *,
    since: date | None = None,
    bought: date | None = None,
    start: float = 0,
    kind: str = "running",
    gone: date | None = None,
) -> Shoe:
    return Shoe(
        id=SHOE_ID,
        day=ago(30),
        recorded_at=at(ago(30), 9),
        updated_at=at(ago(30), 9),
        device="test",
        name="Blue",
        shoe_kind="everyday" if kind == "everyday" else "running",
        since=since,
        bought=bought,
        starting_m=round(start),
        retired_on=gone,
    )


def worn(pair: Shoe, *runs: AnyRecord) -> ShoeWear:
    return shoe_wear(pair, runs, TODAY, Thresholds())


def ran(back: int, metres: int) -> Run:
    found = run(ago(back), stage=None, metres=metres)
    return Run(**{**{f: getattr(found, f) for f in found.__struct_fields__}, "shoe_id": SHOE_ID})


@pytest.mark.parametrize(
    ("miles", "status"),
    [(0, "ok"), (399.99, "ok"), (400, "soon"), (499.99, "soon"), (500, "retire"), (900, "retire")],
)
def test_running_shoes_go_after_500_miles(miles: float, status: ShoeState) -> None:
    assert worn(shoe(since=ago(10), start=miles * MILE)).status == status


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (date(2026, 6, 23), "ok"),
        (date(2026, 6, 22), "soon"),
        (date(2026, 5, 23), "soon"),
        (date(2026, 5, 22), "retire"),
        (None, "unknown"),
    ],
)
def test_shoes_go_after_six_calendar_months(since: date | None, status: ShoeState) -> None:
    assert worn(shoe(since=since)).status == status


def test_age_counts_from_the_first_wear_else_from_the_purchase() -> None:
    assert worn(shoe(since=ago(10), bought=ago(300))).status == "ok"
    assert worn(shoe(bought=ago(300))).status == "retire"
    assert worn(shoe(bought=ago(10))).since == ago(10)


def test_distance_counts_even_when_the_age_is_unknown() -> None:
    assert worn(shoe(start=500 * MILE)).status == "retire"


def test_the_limit_that_comes_first_binds() -> None:
    by_age = worn(shoe(since=ago(10)))
    assert (by_age.limit, by_age.limit_date) == ("age", add_months(ago(10), 6))
    by_distance = worn(shoe(since=ago(10), start=480 * MILE), ran(5, 16_094))
    assert by_distance.limit == "distance"
    assert by_distance.limit_date == TODAY + timedelta(days=30)
    assert worn(shoe()).limit is None


def test_the_forecast_looks_at_the_last_30_days_only() -> None:
    idle = worn(shoe(start=480 * MILE), ran(30, 16_093))
    assert (idle.limit, idle.limit_date) == (None, None)
    assert worn(shoe(start=480 * MILE), ran(29, 16_093)).limit == "distance"


def test_a_limit_that_was_reached_has_the_day_it_was_reached_on() -> None:
    found = worn(shoe(since=ago(100), start=490 * MILE), ran(20, 10_000), ran(10, 10_000), ran(5, 10_000))
    assert (found.limit, found.limit_date) == ("distance", ago(10))


def test_runs_count_from_the_start_and_deleted_or_later_ones_do_not() -> None:
    assert worn(shoe(since=ago(10), start=1000), ran(3, 5000), ran(2, 2500)).distance_m == 8500
    later = ran(-1, 5000)
    gone = Run(**{**{f: getattr(later, f) for f in later.__struct_fields__}, "day": ago(1), "deleted": True})
    assert worn(shoe(since=ago(10)), later, gone).distance_m == 0


def test_everyday_shoes_go_by_age_only() -> None:
    assert worn(shoe(kind="everyday", since=ago(10), start=900 * MILE)).status == "ok"
    assert worn(shoe(kind="everyday", since=ago(10), start=900 * MILE)).limit == "age"


def test_a_retired_pair_says_so_from_its_day_on() -> None:
    assert worn(shoe(since=ago(400), gone=TODAY)).status == "retired"
    assert worn(shoe(since=ago(10), gone=TODAY + timedelta(days=1))).status == "ok"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 6, date(2024, 8, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 5, 22), 12, date(2027, 5, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(("metres_left", "forecast"), [(3650, 3650), (3651, None), (1, 1)])
def test_a_limit_more_than_ten_years_ahead_is_no_forecast(metres_left: int, forecast: int | None) -> None:
    found = worn(shoe(start=804_672 - 30 - metres_left), ran(3, 30))
    assert found.limit_date == (TODAY + timedelta(days=forecast) if forecast else None)


def test_a_part_of_a_day_is_a_day_in_the_forecast() -> None:
    found = worn(shoe(start=804_672 - 1000), ran(3, 300))
    assert found.limit_date == TODAY + timedelta(days=70)
    assert worn(shoe(start=804_672 - 1001), ran(3, 300)).limit_date == TODAY + timedelta(days=71)


def test_reaching_the_limit_to_the_metre_is_reaching_it() -> None:
    found = worn(shoe(start=804_672 - 5000), ran(9, 5000), ran(4, 5000))
    assert (found.status, found.limit, found.limit_date) == ("retire", "distance", ago(9))
    just = worn(shoe(start=804_672 - 5000), ran(9, 5000))
    assert (just.status, just.limit, just.limit_date) == ("retire", "distance", ago(9))


def test_a_pair_that_came_with_its_miles_had_reached_the_limit_the_day_it_came() -> None:
    found = worn(shoe(start=804_672), ran(9, 5000))
    assert (found.limit, found.limit_date) == ("distance", ago(30))


def test_when_both_limits_fall_on_one_day_the_age_is_named() -> None:
    old = date(2026, 5, 13)
    found = worn(shoe(since=old, start=804_672 - 5000), ran(9, 5000))
    assert add_months(old, 6) == ago(9)
    assert (found.limit, found.limit_date) == ("age", ago(9))


def test_the_age_of_a_pair_is_told_in_days_with_the_day_it_is_up() -> None:
    found = worn(shoe(since=date(2026, 11, 1)))
    assert (found.age_days, found.age_limit_date) == (21, date(2027, 5, 1))
    unknown = worn(shoe())
    assert (unknown.age_days, unknown.age_limit_date, unknown.since) == (None, None, None)


def test_only_the_runs_in_a_pair_wear_it() -> None:
    others = run(ago(3), stage=None, metres=9000)
    assert worn(shoe(), others, ran(2, 1000)).distance_m == 1000


def test_shoes_near_the_limit_by_distance_name_the_distance_even_when_the_age_binds() -> None:
    wear = worn(shoe(since=ago(30), start=435 * MILE))
    assert (wear.status, wear.limit) == ("soon", "age")
    assert shoe_warning(wear, Profile()) == "Blue are near their limit: 435.0 mi"
