"""Reads the activities and the shoes in the zip of a whole Garmin account."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from kneejournal.domain.found_runs import Finding, FoundRun, FoundShoe, Place, Skipped
from kneejournal.interop.archives import Archive
from kneejournal.interop.garmin import SOURCE
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.streams import MB, Refused, read_whole
from kneejournal.interop.values import FIRST_YEAR, LAST_YEAR, at_home, offset_between

MAX_JSON = 40 * MB
MARK = b'"summarizedActivitiesExport"'
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_MS = 8e12
"""After the year 2200."""

T = TypeVar("T")

_ACTIVITIES = re.compile(r"(^|.*[/_])summarizedActivities\.json")
_GEAR = re.compile(r"(^|.*[/_])gear\.json")


class Export(Struct, rename={"activities": "summarizedActivitiesExport"}):
    """One of the lists in a summarizedActivities.json."""

    activities: list[Raw] = []


class Activity(Struct, rename="camel"):
    """An activity: moments in milliseconds, `duration` in milliseconds, `distance` in centimetres."""

    activity_id: int
    activity_type: str = ""
    sport_type: str | None = None
    name: str | None = None
    begin_timestamp: float | None = None
    start_time_gmt: float | None = None
    start_time_local: float | None = None
    duration: float | None = None
    distance: float | None = None


class Pair(Struct, rename="camel"):
    """A thing that is worn or ridden."""

    gear_pk: int
    custom_make_model: str | None = None
    display_name: str | None = None
    gear_type_name: str | None = None
    gear_status_name: str | None = None


class Wearing(Struct, rename="camel"):
    """That an activity was done with a thing."""

    activity_id: int


class Gear(Struct):
    """A gear.json."""

    pairs: list[Pair] = msgspec.field(default_factory=list, name="gearDTOS")
    worn: dict[str, list[Wearing]] = msgspec.field(default_factory=dict, name="gearActivityDTOs")


def activity_files(archive: Archive) -> list[str]:
    """The files with activities in an account's zip."""
    return [name for name in archive.names if _ACTIVITIES.fullmatch(name)]


def read_archive(archive: Archive) -> Iterator[Finding]:
    """The runs of an account. Raises Refused for JSON that is damaged or not of this form."""
    shoes: dict[int, FoundShoe] = {}
    for name in archive.names:
        if _GEAR.fullmatch(name):
            shoes.update(_worn(_whole(archive, name)))
    for name in activity_files(archive):
        yield from read_activities(_whole(archive, name), name.rpartition("/")[2], shoes)


def read_activities(raw: bytes, file: str, shoes: Mapping[int, FoundShoe] | None = None) -> Iterator[Finding]:
    """The runs of a summarizedActivities.json, numbered in their order; `shoes` by activity. Raises Refused."""
    exports = _decoded(raw, list[Export])
    activities = [activity for export in exports for activity in export.activities]
    for number, plain in enumerate(activities, 1):
        place = Place(file, number)
        try:
            activity = msgspec.json.decode(plain, type=Activity)
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            yield Skipped(place, "it is not an activity as Garmin writes them")
            continue
        yield _finding(activity, place, (shoes or {}).get(activity.activity_id))


def _finding(activity: Activity, place: Place, shoe: FoundShoe | None) -> FoundRun | Skipped:
    sport = activity.activity_type or activity.sport_type or ""
    if not is_run(sport):
        return Skipped(place, not_a_run(sport))
    instant = _moment(activity.begin_timestamp) or _moment(activity.start_time_gmt)
    if instant is None:
        return Skipped(place, "it names no start")
    wall = _moment(activity.start_time_local)
    offset: timedelta | None = offset_between(wall, instant) if wall else None
    return FoundRun(
        source=SOURCE,
        external_id=str(activity.activity_id),
        start=at_home(instant) if offset is None else instant.astimezone(timezone(offset)),
        distance_m=(activity.distance or 0) / 100,
        duration_s=None if activity.duration is None else activity.duration / 1000,
        shoe=shoe,
        title=activity.name or "",
        place=place,
    )


def _moment(milliseconds: float | None) -> datetime | None:
    if milliseconds is None or not 0 < milliseconds < LONGEST_MS:
        return None
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    return moment if FIRST_YEAR <= moment.year < LAST_YEAR else None


def _worn(raw: bytes) -> Iterator[tuple[int, FoundShoe]]:
    """Which pair each activity was run in."""
    for gear in _decoded(raw, list[Gear]):
        for pair in gear.pairs:
            name = pair.display_name or pair.custom_make_model
            if (pair.gear_type_name or "").casefold() not in ("shoes", "shoe"):
                continue
            shoe = FoundShoe(
                name=name or f"Garmin shoe {pair.gear_pk}",
                key=f"{SOURCE}:{pair.gear_pk}",
                also=tuple(n for n in (pair.custom_make_model,) if n),
                is_retired=(pair.gear_status_name or "").casefold() == "retired",
            )
            yield from ((worn.activity_id, shoe) for worn in gear.worn.get(str(pair.gear_pk), ()))


def _whole(archive: Archive, name: str) -> bytes:
    with archive.open(name, MAX_JSON) as stream:
        return read_whole(stream, MAX_JSON)


def _decoded(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refused(f"is damaged, or not in the form that Garmin writes: {error}") from error
