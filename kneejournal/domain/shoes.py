"""When a pair of shoes has done its work: 500 miles or 6 calendar months (RULES 9)."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from kneejournal.domain.days import DAY
from kneejournal.domain.log import Log
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.records import AnyRecord, Run, Shoe

FORECAST_DAYS = 30
MAX_FORECAST_DAYS = 3650

ShoeState = Literal["ok", "soon", "retire", "unknown", "retired"]


class ShoeWear(Struct, frozen=True, kw_only=True):
    """How far a pair has come. `limit` is the one that binds: the one reached first, or about to be."""

    shoe: Shoe
    status: ShoeState
    distance_m: int
    since: date | None
    age_days: int | None
    age_limit_date: date | None
    limit: Literal["distance", "age"] | None
    limit_date: date | None


def shoe_wear(shoe: Shoe, records: Iterable[AnyRecord], today: date, thresholds: Thresholds) -> ShoeWear:
    """The wear of `shoe` on `today`.

    Age counts from the first wear, else from the purchase, else it is unknown, which is not good. Everyday shoes
    go by age only. The date on which the distance is reached is a forecast from the last 30 days of running.
    """
    runs = [run for run in Log.of(records).runs_by_shoe.get(shoe.id, ()) if run.day <= today]
    distance = shoe.starting_m + sum(run.distance_m for run in runs)
    since = shoe.since or shoe.bought
    by_age = add_months(since, thresholds.shoe_limit_months) if since else None
    by_distance = _distance_date(shoe, runs, distance, today, thresholds.shoe_limit_m)
    limit, limit_date = _binding(by_distance, by_age)
    return ShoeWear(
        shoe=shoe,
        status=_status(shoe, distance, since, today, thresholds),
        distance_m=distance,
        since=since,
        age_days=(today - since).days if since else None,
        age_limit_date=by_age,
        limit=limit,
        limit_date=limit_date,
    )


def add_months(day: date, months: int) -> date:
    """`day` some calendar months later; the last day of a month that is too short (31 August + 6 is 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + DAY * 31).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


def _status(shoe: Shoe, distance: int, since: date | None, today: date, thresholds: Thresholds) -> ShoeState:
    if shoe.retired_on is not None and shoe.retired_on <= today:
        return "retired"
    counted = distance if shoe.shoe_kind == "running" else 0
    if counted >= thresholds.shoe_limit_m or (since and today >= add_months(since, thresholds.shoe_limit_months)):
        return "retire"
    if since is None:
        return "unknown"
    is_old = today >= add_months(since, thresholds.shoe_soon_months)
    return "soon" if counted >= thresholds.shoe_soon_m or is_old else "ok"


def _distance_date(shoe: Shoe, runs: list[Run], distance: int, today: date, limit_m: int) -> date | None:
    if shoe.shoe_kind != "running":
        return None
    if distance >= limit_m:
        return _reached_on(shoe, runs, limit_m)
    lately = sum(run.distance_m for run in runs if run.day > today - DAY * FORECAST_DAYS)
    if not lately:
        return None
    ahead = -(-(limit_m - distance) * FORECAST_DAYS // lately)
    return today + DAY * ahead if ahead <= MAX_FORECAST_DAYS else None


def _reached_on(shoe: Shoe, runs: list[Run], limit_m: int) -> date:
    total = shoe.starting_m
    for run in runs:
        total += run.distance_m
        if total >= limit_m > total - run.distance_m:
            return run.day
    return shoe.day


def _binding(by_distance: date | None, by_age: date | None) -> tuple[Literal["distance", "age"] | None, date | None]:
    if by_distance and (by_age is None or by_distance < by_age):
        return "distance", by_distance
    return ("age", by_age) if by_age else (None, None)
