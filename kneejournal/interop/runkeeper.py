"""Reads the cardioActivities.csv of a Runkeeper export."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Skipped, natural_key
from kneejournal.domain.units import METRES_A_MILE
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.tables import Row, read_rows, refuse_resaved
from kneejournal.interop.values import at_home, read_duration, read_moment, read_plain

SOURCE = "runkeeper"
METRES = {"distance (mi)": METRES_A_MILE, "distance (km)": 1000.0}

ID = frozenset({"activity id"})
DATE = frozenset({"date"})
TYPE = frozenset({"type"})
DISTANCE = frozenset(METRES)
DURATION = frozenset({"duration"})
NOTES = frozenset({"notes"})
ROUTE = frozenset({"route name"})

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def is_activities(header: list[str]) -> bool:
    """Whether a table with these columns is Runkeeper's cardioActivities.csv."""
    names = set(header)
    return {"date", "type", "duration"} <= names and bool(names & DISTANCE)


def read_activities(stream: BinaryIO, file: str) -> Iterator[Finding]:
    """The runs of a cardioActivities.csv, on the wall clock of their rows. Raises Refused."""
    for row in read_rows(stream):
        place = Place(file, row.number)
        sport = row.first(TYPE)
        yield _run(row, place) if is_run(sport) else Skipped(place, not_a_run(sport))


def _run(row: Row, place: Place) -> FoundRun | Skipped:
    date = row.first(DATE)
    refuse_resaved(row, date)
    wall = read_moment(date)
    if wall is None or wall.tzinfo:
        return Skipped(place, f"its date “{date[:40]}” is not one")
    number = row.first(ID)
    unit = next(name for name in row.cells if name in METRES)
    distance, duration = read_plain(row.first(DISTANCE)), read_duration(row.first(DURATION))
    if distance is None:
        return Skipped(place, f"its distance “{row.first(DISTANCE)[:40]}” is not a number")
    return FoundRun(
        source=SOURCE,
        external_id=number if _ID.fullmatch(number) else natural_key(wall, duration),
        start=at_home(wall),
        distance_m=distance * METRES[unit],
        duration_s=duration,
        title=row.first(NOTES) or row.first(ROUTE),
        place=place,
    )
