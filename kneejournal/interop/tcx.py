"""Reads TCX files: activities as laps with their distance and time."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Skipped, natural_key
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.streams import Refused
from kneejournal.interop.values import in_own_zone, read_moment, read_plain
from kneejournal.interop.xml_stream import Element, read_elements

SOURCE = "tcx"
ACTIVITIES = ("TrainingCenterDatabase", "Activities")


class _Activity:
    """What is known of one activity so far."""

    def __init__(self, sport: str) -> None:
        self.sport = sport
        self.title = ""
        self.start: datetime | None = None
        self.metres = self.seconds = 0.0

    def begin_lap(self, start: str) -> None:
        self.start = self.start or read_moment(start)

    def note(self, below: tuple[str, ...], text: str) -> None:
        """Take in an element that ended; `below` is its path inside the activity. Raises Refused for no number."""
        match below:
            case ("Id",):
                self.start = self.start or read_moment(text)
            case ("Notes",):
                self.title = text
            case ("Lap", "DistanceMeters"):
                self.metres += _number(text)
            case ("Lap", "TotalTimeSeconds"):
                self.seconds += _number(text)


def read_runs(stream: BinaryIO, file: str) -> Iterator[Finding]:
    """The runs of a TCX file: the sums of their laps, which hold for treadmills too.

    Raises Refused for a damaged file, and for one without an activity.
    """
    number = 0
    activity: _Activity | None = None
    depth = 0
    for element in read_elements(stream):
        is_activity = element.name == "Activity" and element.path[: len(ACTIVITIES)] == ACTIVITIES
        if is_activity and not element.is_end:
            activity, depth = _Activity(element.attributes.get("Sport", "")), len(element.path)
        elif is_activity and activity:
            number += 1
            yield _finished(activity, Place(file, number if number > 1 else None))
            activity = None
        elif activity:
            _note(element, activity, depth)
    if not number:
        raise Refused("holds no activity")


def _note(element: Element, activity: _Activity, depth: int) -> None:
    below = element.path[depth:]
    if element.is_end:
        activity.note(below, element.text)
    elif below == ("Lap",):
        activity.begin_lap(element.attributes.get("StartTime", ""))


def _finished(activity: _Activity, place: Place) -> Finding:
    if not is_run(activity.sport):
        return Skipped(place, not_a_run(activity.sport))
    if activity.start is None or activity.start.tzinfo is None:
        return Skipped(place, "its start is not a time")
    return FoundRun(
        source=SOURCE,
        external_id=natural_key(activity.start, activity.seconds),
        start=in_own_zone(activity.start),
        distance_m=activity.metres,
        duration_s=activity.seconds or None,
        title=activity.title,
        place=place,
    )


def _number(text: str) -> float:
    found = read_plain(text)
    if found is None:
        raise Refused(f"is damaged: “{text[:40]}” in it is not a number")
    return found
