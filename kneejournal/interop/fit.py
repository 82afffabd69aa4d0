"""Reads FIT files, the form in which watches record."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any, NamedTuple

from kneejournal.domain.found_runs import Finding, FoundRun, Place, Remark, Skipped, natural_key
from kneejournal.interop.sports import is_run, not_a_run
from kneejournal.interop.streams import MB, Refused
from kneejournal.interop.values import FIRST_YEAR, LAST_YEAR, at_home, offset_between

SOURCE = "fit"
MAX_BYTES = 32 * MB
MAGIC = b".FIT"
HEADER_BYTES = 12
FILE_ID, SESSION, ACTIVITY = 0, 18, 34
"""The messages that sum a recording up; all others are its single seconds."""


class Summary(NamedTuple):
    """A FIT file without its single seconds."""

    raw: bytes
    is_whole: bool


def is_fit(head: bytes) -> bool:
    """Whether a file that begins so is a FIT file."""
    return head[8:12] == MAGIC


def read_runs(raw: bytes, file: str) -> Iterator[Finding]:
    """The runs of a FIT file: every session whose sport is running.

    Its start is on the clock of the place where it was run, where the watch tells the offset, else on this machine's.
    A session that is whole counts even where the file is damaged after it. Raises Refused for a file without one.
    """
    summary = _summary(raw)
    messages = list(_messages(summary.raw))
    sessions = [values for name, values in messages if name == "session"]
    if not sessions:
        raise Refused("holds no activity" if summary.is_whole else "is damaged or cut short: its summary is missing")
    if not summary.is_whole:
        yield Remark(f"{file} is damaged or cut short, but its summary is whole.")
    zone = _zone(messages)
    for number, session in enumerate(sessions, 1):
        yield _session(session, Place(file, number if len(sessions) > 1 else None), zone)


def zone_of(raw: bytes) -> timezone | None:
    """The zone in which a file was recorded; None when it does not tell."""
    return _zone(list(_messages(_summary(raw).raw)))


def _session(session: dict[str, Any], place: Place, zone: timezone | None) -> FoundRun | Skipped:
    sport, start = str(session.get("sport") or ""), session.get("start_time")
    distance, duration = (_number(session.get(name)) for name in ("total_distance", "total_timer_time"))
    duration = duration or _number(session.get("total_elapsed_time"))
    if not is_run(sport):
        return Skipped(place, not_a_run(sport))
    if not isinstance(start, datetime) or not FIRST_YEAR <= start.year < LAST_YEAR:
        km, minutes = (distance or 0) / 1000, (duration or 0) / 60
        said = f"kneejournal run {km:.2f}km --minutes {minutes:.0f} --day DAY"
        return Skipped(place, f"its watch did not know the date; write it with {said}")
    return FoundRun(
        source=SOURCE,
        external_id=natural_key(start, duration),
        start=start.astimezone(zone) if zone else at_home(start),
        distance_m=distance or 0,
        duration_s=duration,
        place=place,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and isfinite(value) else None


def _zone(messages: list[tuple[str, dict[str, Any]]]) -> timezone | None:
    for name, values in messages:
        wall, instant = values.get("local_timestamp"), values.get("timestamp")
        if name == "activity" and isinstance(wall, datetime) and isinstance(instant, datetime):
            offset: timedelta | None = offset_between(wall, instant)
            return None if offset is None else timezone(offset)
    return None


def _messages(raw: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The messages of a FIT file, by name, with the values of their fields. Raises Refused."""
    from fitdecode import CrcCheck, ErrorHandling, FitDataMessage, FitReader  # type: ignore[import-untyped]

    try:
        with FitReader(io.BytesIO(raw), check_crc=CrcCheck.DISABLED, error_handling=ErrorHandling.IGNORE) as reader:
            for frame in reader:
                if isinstance(frame, FitDataMessage):
                    yield frame.name, {field.name: field.value for field in frame.fields}
    except Exception as error:
        raise Refused("is damaged: its summary cannot be read") from error


def _summary(raw: bytes) -> Summary:
    """`raw` with nothing but the messages that sum it up.

    fitdecode takes half a second for the single seconds of a long run, and an archive holds hundreds of runs.
    """
    kept = bytearray()
    start, is_whole = 0, True
    while is_whole and start + HEADER_BYTES <= len(raw) and is_fit(raw[start : start + HEADER_BYTES]):
        body = start + raw[start]
        end = body + struct.unpack_from("<I", raw, start + 4)[0]
        is_whole = _keep(raw, body, min(end, len(raw)), kept) and end <= len(raw)
        start = end + 2
    head = struct.pack("<BBHI4s", HEADER_BYTES, 0x10, 0, len(kept), MAGIC)
    return Summary(head + bytes(kept) + b"\0\0", is_whole)


def _keep(raw: bytes, place: int, end: int, kept: bytearray) -> bool:
    """Add the messages of one body that sum it up to `kept`; whether the body is whole."""
    sizes: dict[int, int] = {}
    wanted: set[int] = set()
    try:
        while place < end:
            begin, head = place, raw[place]
            is_definition = head & 0xC0 == 0x40
            local = head >> 5 & 3 if head & 0x80 else head & 15
            if is_definition:
                place = _after_definition(raw, begin, local, sizes, wanted)
            else:
                place += 1 + sizes[local]
            if place > end:
                return False
            if local in wanted:
                kept += raw[begin:place]
    except (IndexError, KeyError, struct.error):
        return False
    return True


def _after_definition(raw: bytes, begin: int, local: int, sizes: dict[int, int], wanted: set[int]) -> int:
    """Note what the definition that begins here says of its messages; answers with where it ends."""
    order = ">" if raw[begin + 2] else "<"
    number, fields = struct.unpack_from(f"{order}HB", raw, begin + 3)
    place: int = begin + 6 + 3 * fields
    size = sum(raw[begin + 7 : place : 3])
    if raw[begin] & 0x20:
        own = raw[place]
        size += sum(raw[place + 2 : place + 1 + 3 * own : 3])
        place += 1 + 3 * own
    sizes[local] = size
    (wanted.add if number in (FILE_ID, SESSION, ACTIVITY) else wanted.discard)(local)
    return place
