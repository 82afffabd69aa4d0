"""Reads GPX files: tracks of points with their times."""

from collections.abc import Iterator
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import BinaryIO

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Remark, Skipped, natural_key
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.streams import Refused
from kneejournal.interop.values import in_own_zone, read_moment, read_plain
from kneejournal.interop.xml_stream import Element, read_elements

SOURCE = "gpx"
EARTH_M = 6_371_008.8
"""The mean radius."""
NO_SPORT = frozenset({"", "unknown", "other"})


class _Track:
    """What is known of one track so far."""

    def __init__(self) -> None:
        self.sport = self.title = ""
        self.metres = 0.0
        self.points = 0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self._before: tuple[float, float] | None = None

    def begin_segment(self) -> None:
        """A gap between segments is not run: the watch was stopped."""
        self._before = None

    def add_point(self, attributes: dict[str, str]) -> None:
        """Add the way to a point. Raises Refused for one that is not on earth."""
        latitude, longitude = (read_plain(attributes.get(name, "").strip()) for name in ("lat", "lon"))
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            raise Refused("is damaged: a point in it is not on earth")
        here = (radians(latitude), radians(longitude))
        if self._before:
            self.metres += _between(self._before, here)
        self._before = here
        self.points += 1

    def add_time(self, text: str) -> None:
        moment = read_moment(text)
        if moment is None or moment.tzinfo is None:
            raise Refused(f"is damaged: “{text[:40]}” in it is not a time")
        self.first = self.first or moment
        self.last = moment


def read_runs(stream: BinaryIO, file: str) -> Iterator[Finding]:
    """The tracks of a GPX file; one that names no sport is taken as a run, and said to be.

    Raises Refused for a damaged file, and for one without any time: a route, not a run.
    """
    number = timed = 0
    track = _Track()
    for element in read_elements(stream):
        if element.path[1:] == ("trk",) and element.is_end:
            number += 1
            timed += track.first is not None
            yield from _finished(track, Place(file, number if number > 1 else None))
            track = _Track()
        else:
            _note(element, track)
    if not number:
        raise Refused("holds no track")
    if not timed:
        raise Refused("is a route without times, not a run")


def _note(element: Element, track: _Track) -> None:
    match element.path[1:], element.is_end:
        case ("trk", "trkseg"), False:
            track.begin_segment()
        case ("trk", "trkseg", "trkpt"), False:
            track.add_point(dict(element.attributes))
        case ("trk", "trkseg", "trkpt", "time"), True:
            track.add_time(element.text)
        case ("trk", "type"), True:
            track.sport = element.text
        case ("trk", "name"), True:
            track.title = element.text


def _finished(track: _Track, place: Place) -> Iterator[Finding]:
    is_named = track.sport.casefold() not in NO_SPORT
    if is_named and not is_run(track.sport):
        yield Skipped(place, not_a_run(track.sport))
        return
    if track.first is None or track.last is None:
        yield Skipped(place, "a route without times, not a run")
        return
    if not is_named:
        yield Remark(f"{place.file} names no sport; it was taken as a run.")
    yield Remark("GPX files hold no distance: it was measured along their points.")
    duration = (track.last - track.first).total_seconds()
    yield FoundRun(
        source=SOURCE,
        external_id=natural_key(track.first, duration),
        start=in_own_zone(track.first),
        distance_m=track.metres,
        duration_s=duration,
        title=track.title,
        place=place,
    )


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine distance of two points, given as latitude and longitude in radians; metres."""
    (lat1, lon1), (lat2, lon2) = one, other
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(half)))
