"""Reads the runs in files, folders and archives of every kind that is known."""

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kneejournal.domain.found_runs import Finding, Found, Place, Skipped
from kneejournal.domain.text import clean_line
from kneejournal.domain.units import Units
from kneejournal.errors import BadData, Unreadable
from kneejournal.interop import apple_health, fit, garmin, garmin_account, gpx, runkeeper, strava, tcx
from kneejournal.interop.archives import Archive, FolderArchive, ZipArchive
from kneejournal.interop.recogniser import HEAD_BYTES, Kind, recognise
from kneejournal.interop.streams import BUFFER, MB, Refused, Watch, Watched, gunzipped, read_whole

MAX_XML = 500 * MB
"""A GPX or TCX file of a day of points has about 30 MB."""
LOOSE = (".fit", ".gpx", ".tcx")
"""What a file of one recording is called inside of an archive."""
NAME_LENGTH = 80

Watching = Callable[[str], Watch | None]
"""Answers to the name of a file with who is to be told how far it was read."""


class Opened(NamedTuple):
    """Something to import: a file, a folder, or bytes that were piped in."""

    name: str
    """As people are told of it, harmless to show."""
    kind: Kind
    path: Path | None
    raw: bytes = b""


def open_path(path: Path) -> Opened:
    """What a file or a folder is. Raises BadData for what cannot be imported, and Unreadable."""
    name = clean_line(path.name or path.resolve().name)[:NAME_LENGTH]
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return Opened(name, "folder", path)
        if not stat.S_ISREG(mode):
            raise OSError(None, "it is not a file")
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its name is not one of a file"
        raise Unreadable(f"“{name}” cannot be read: {why}. Nothing was changed.") from error
    return Opened(name, _kind(head, name), path)


def open_bytes(raw: bytes, name: str) -> Opened:
    """What piped-in bytes are. Raises BadData."""
    return Opened(name, _kind(raw[:HEAD_BYTES], name), None, raw)


def find_runs(files: Iterable[Opened], units: Units | None = None, watching: Watching = lambda _: None) -> Found:
    """The runs of all these files; `units` holds for tables that do not tell theirs.

    Raises BadData, naming the file, when one is damaged or no unit is known, and Unreadable.
    """
    found: list[Finding] = []
    for file in files:
        try:
            found += _read(file, units, watching(file.name))
        except Refused as error:
            raise BadData(f"{file.name} {error}. Nothing was changed.") from error
        except OSError as error:
            raise Unreadable(f"{file.name} cannot be read: {error.strerror}. Nothing was changed.") from error
    return Found.of(found)


def _kind(head: bytes, name: str) -> Kind:
    try:
        kind = recognise(head)
    except Refused as error:
        raise BadData(f"{name} {error}. Nothing was changed.") from error
    if kind is None:
        raise BadData(
            f"{name} is nothing that can be imported: neither a journal nor runs. Nothing was changed.",
            hint="kneejournal import --help names what can.",
        )
    return kind


def _read(file: Opened, units: Units | None, watch: Watch | None) -> Iterator[Finding]:
    if file.path and file.kind == "folder":
        yield from _read_archive(FolderArchive(file.path, watch), units)
        return
    with file.path.open("rb") if file.path else io.BytesIO(file.raw) as plain:
        size = plain.seek(0, os.SEEK_END)
        plain.seek(0)
        stream: io.BufferedReader = io.BufferedReader(Watched(plain, size, watch), BUFFER)
        if file.kind == "zip":
            yield from _read_archive(ZipArchive(stream), units)
        else:
            yield from _read_packed(stream, file.name, size, units)


def _read_packed(stream: io.BufferedReader, name: str, size: int, units: Units | None) -> Iterator[Finding]:
    """The runs of one file that may be gzipped, once."""
    kind = recognise(stream.peek(HEAD_BYTES))
    if kind != "gz":
        yield from _read_single(stream, kind, name, units)
        return
    with gunzipped(stream, MAX_XML, size) as inside:
        yield from _read_single(inside, recognise(inside.peek(HEAD_BYTES)), name, units)


def _read_single(stream: io.BufferedReader, kind: Kind | None, name: str, units: Units | None) -> Iterator[Finding]:
    match kind:
        case "fit":
            return fit.read_runs(read_whole(stream, fit.MAX_BYTES), name)
        case "gpx":
            return gpx.read_runs(stream, name)
        case "tcx":
            return tcx.read_runs(stream, name)
        case "apple-health":
            return apple_health.read_runs(stream, name)
        case "strava":
            return strava.read_activities(stream, name, units)
        case "strava-shoes":
            return strava.read_shoes(stream)
        case "garmin":
            return garmin.read_activities(stream, name, units)
        case "garmin-account":
            return garmin_account.read_activities(read_whole(stream, garmin_account.MAX_JSON), name)
        case "runkeeper":
            return runkeeper.read_activities(stream, name)
    raise Refused("holds nothing that can be imported")


def _read_archive(archive: Archive, units: Units | None) -> Iterator[Finding]:
    """The runs of an archive: of the one export that it is, or else of the single recordings in it."""
    if garmin_account.activity_files(archive):
        yield from garmin_account.read_archive(archive)
        return
    for name in sorted(archive.names, key=lambda name: (name.count("/"), name)):
        if name.endswith((".csv", ".xml")):
            with archive.open(name, apple_health.MAX_BYTES) as stream:
                kind = _kind_of_export(stream)
                if kind:
                    is_strava = kind == "strava"
                    shown = name.rpartition("/")[2]
                    yield from (
                        strava.read_archive(archive, name, units)
                        if is_strava
                        else _read_single(stream, kind, shown, units)
                    )
                    return
    loose = [name for name in archive.names if name.lower().removesuffix(".gz").endswith(LOOSE)]
    if not loose:
        raise Refused("holds nothing that can be imported: no list of activities, no FIT, GPX or TCX file")
    for name in loose:
        yield from _read_loose(archive, name)


def _kind_of_export(stream: io.BufferedReader) -> Kind | None:
    """What a file in an archive is, when it is an export of many runs."""
    try:
        kind = recognise(stream.peek(HEAD_BYTES))
    except Refused:
        return None
    return kind if kind in ("strava", "garmin", "runkeeper", "apple-health") else None


def _read_loose(archive: Archive, name: str) -> Iterator[Finding]:
    """The runs of one recording among many; a damaged one is left out, and named."""
    shown = clean_line(name)[-NAME_LENGTH:]
    try:
        with archive.open(name, MAX_XML) as stream:
            yield from list(_read_packed(stream, shown, archive.size(name), None))
    except Refused as error:
        yield Skipped(Place(shown), f"it {error}")
