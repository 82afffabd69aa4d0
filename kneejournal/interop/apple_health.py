"""Reads the workouts of an Apple Health export without reading the millions of measurements around them."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Skipped, natural_key
from kneejournal.domain.units import METRES_A_MILE
from kneejournal.interop.sports import not_a_run
from kneejournal.interop.streams import MB, Refused
from kneejournal.interop.values import at_home, read_moment, read_plain
from kneejournal.interop.xml_stream import MAX_PIECE, read_elements

SOURCE = "apple-health"
MAX_BYTES = 8000 * MB
CHUNK = 1 << 19
TAIL = 200
MAX_WORKOUT = 16 * MB
"""Exports of the first years hold every point of a route inside its workout."""
ROOT = b"<HealthData"
END = b"</HealthData>"
RUNNING = "HKWorkoutActivityTypeRunning"
PREFIX = "HKWorkoutActivityType"
DISTANCE = "HKQuantityTypeIdentifierDistanceWalkingRunning"
METRES = {"mi": METRES_A_MILE, "km": 1000.0, "m": 1.0, "ft": 0.3048, "yd": 0.9144}
SECONDS = {"min": 60.0, "sec": 1.0, "s": 1.0, "hr": 3600.0}

_OPENING = b"<Workout "
_CLOSING = b"</Workout>"
_TAG = re.compile(rb"<Workout (?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+>")


def is_export(head: bytes) -> bool:
    """Whether a file that begins so is an export of Apple Health, whatever its name."""
    return ROOT in head or b"<!DOCTYPE HealthData" in head


def read_runs(stream: BinaryIO, file: str) -> Iterator[Finding]:
    """The running workouts of an export, numbered among its workouts.

    Nothing outside of the workouts is parsed, so that no entity is ever expanded. Raises Refused for a file that is
    damaged, that does not end as an export does, or that declares entities.
    """
    for number, piece in enumerate(_workouts(stream), 1):
        yield _finding(_Workout(piece), Place(file, number))


class _Workout:
    """What a workout says of itself; what its parts repeat is not looked at."""

    def __init__(self, piece: bytes) -> None:
        self.attributes: Mapping[str, str] = {}
        self.statistics: Mapping[str, str] = {}
        self.zone = ""
        for element in read_elements(io.BytesIO(piece)):
            if not element.is_end:
                self._note(element.path, element.attributes)

    def _note(self, path: tuple[str, ...], attributes: Mapping[str, str]) -> None:
        match path:
            case ("Workout",):
                self.attributes = attributes
            case ("Workout", "WorkoutStatistics") if attributes.get("type") == DISTANCE:
                self.statistics = attributes
            case ("Workout", "MetadataEntry") if attributes.get("key") == "HKTimeZone":
                self.zone = attributes.get("value", "")

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


def _workouts(stream: BinaryIO) -> Iterator[bytes]:
    """Every workout of an export as its bytes, with no more of the file in memory than one of them needs."""
    held, filled, is_first, tail = bytearray(CHUNK), 0, True, b""
    while count := stream.readinto(memoryview(held)[filled:]):  # type: ignore[attr-defined]
        if is_first:
            _check_head(bytes(held[:count]))
        filled, is_first, place = filled + count, False, 0
        tail = (tail + held[max(filled - TAIL, filled - count) : filled])[-TAIL:]
        while (begin := held.find(_OPENING, place, filled)) >= 0 and (end := _end_of_workout(held, begin, filled)):
            yield bytes(held[begin:end])
            place = end
        kept = begin if begin >= 0 else max(place, filled - len(_OPENING))
        held[: filled - kept] = held[kept:filled]
        filled -= kept
        if filled > MAX_WORKOUT:
            raise Refused(f"holds a workout of more than {MAX_WORKOUT // MB} MB")
        if filled > len(held) // 2:
            held.extend(bytes(len(held)))
    if held.startswith(_OPENING, 0, filled) or not tail.rstrip().endswith(END):
        raise Refused("is cut short: it does not end as an export does")


def _check_head(chunk: bytes) -> None:
    before = chunk.partition(ROOT)[0]
    if b"<!ENTITY" in before:
        raise Refused("declares entities of its own, as no export does")
    if before == chunk:
        raise Refused("is damaged: its beginning is not that of an export")


def _end_of_workout(held: bytearray, begin: int, filled: int) -> int | None:
    tag = _TAG.match(held, begin, filled)
    if tag is None:
        if filled - begin > MAX_PIECE:
            raise Refused("is damaged: a workout in it does not begin as one")
        return None
    opened = tag.end()
    is_empty = held.startswith(b"/>", opened - 2)
    # Nothing may point into what is about to be moved.
    del tag
    if is_empty:
        return opened
    end = held.find(_CLOSING, opened, filled)
    return None if end < 0 else end + len(_CLOSING)


def _finding(workout: _Workout, place: Place) -> Finding:
    sport = workout.get("workoutActivityType")
    if sport != RUNNING:
        return Skipped(place, not_a_run(sport.removeprefix(PREFIX)))
    instant = read_moment(workout.get("startDate"))
    if instant is None or instant.tzinfo is None:
        return Skipped(place, f"its start “{workout.get('startDate')[:40]}” is not a time")
    metres = _distance(workout)
    if metres is None:
        return Skipped(place, "it names no distance in mi, km or m")
    duration = _measured(workout.get("duration"), workout.get("durationUnit") or "min", SECONDS)
    return FoundRun(
        source=SOURCE,
        external_id=natural_key(instant, duration),
        start=_on_the_spot(workout.zone, instant),
        distance_m=metres,
        duration_s=duration,
        place=place,
    )


def _distance(workout: _Workout) -> float | None:
    """Metres: since iOS 16 in the workout's own statistics, before that in its attributes."""
    if workout.statistics:
        return _measured(workout.statistics.get("sum", ""), workout.statistics.get("unit", ""), METRES)
    return _measured(workout.get("totalDistance"), workout.get("totalDistanceUnit"), METRES)


def _measured(number: str, unit: str, units: dict[str, float]) -> float | None:
    found = read_plain(number.strip())
    return None if found is None or unit not in units else found * units[unit]


def _on_the_spot(zone: str, instant: datetime) -> datetime:
    """`instant` in the zone of the run. The offset in the file is that of the phone at the time of the export."""
    try:
        return instant.astimezone(ZoneInfo(zone)) if zone else at_home(instant)
    except (KeyError, ValueError, OSError):
        return at_home(instant)
