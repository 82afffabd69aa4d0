"""What the tests of imports share: reading a file to what it holds, and making the files."""

import csv
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kneejournal.domain.found_runs import Found, FoundRun
from kneejournal.domain.units import Units
from kneejournal.errors import BadData
from kneejournal.interop.run_files import find_runs, open_path

SAMPLES = Path(__file__).parent.parent / "samples"


def found_in(*files: Path, units: Units | None = None) -> Found:
    """Everything that a program would be told of these files."""
    return find_runs([open_path(file) for file in files], units)


def the_run(*files: Path, units: Units | None = None) -> FoundRun:
    """The only run in these files."""
    (run,) = found_in(*files, units=units).runs
    return run


def reasons(found: Found) -> list[tuple[int | None, str]]:
    """Why things were left out, with their rows."""
    return [(skipped.place.row, skipped.reason) for skipped in found.skipped]


def refused(*files: Path, units: Units | None = None) -> str:
    """What is said when these files are refused."""
    with pytest.raises(BadData) as caught:
        found_in(*files, units=units)
    said = f"{caught.value} {caught.value.hint}".strip()
    assert "Nothing was changed." in said
    return said


def table(path: Path, header: str, *rows: Sequence[str], newline: str = "\n") -> Path:
    """A table of comma-separated values, in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=newline).writerows([header.split(","), *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def zipped(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """A zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
ENUM, UINT32 = 0x00, 0x86


def fit_time(moment: datetime) -> int:
    """A moment as FIT files write it."""
    return int((moment - FIT_EPOCH).total_seconds())


def fit_file(messages: Iterable[tuple[int, Mapping[int, tuple[int, int]]]]) -> bytes:
    """A FIT file of these messages: a number, and its fields by number as type and value."""
    body = b""
    for number, fields in messages:
        body += struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
        for field, (kind, _) in fields.items():
            body += bytes((field, 1 if kind == ENUM else 4, kind))
        body += b"\0" + b"".join(struct.pack("<B" if k == ENUM else "<I", v) for k, v in fields.values())
    return struct.pack("<BBHI4s", 12, 0x10, 0, len(body), b".FIT") + body + b"\0\0"


def session(start: datetime, metres: float, seconds: float, sport: int = 1) -> tuple[int, dict[int, tuple[int, int]]]:
    """A session of a FIT file; sport 1 is running, 2 cycling."""
    return 18, {
        2: (UINT32, fit_time(start)),
        5: (ENUM, sport),
        8: (UINT32, round(seconds * 1000)),
        9: (UINT32, round(metres * 100)),
    }


def activity(instant: datetime, wall: datetime) -> tuple[int, dict[int, tuple[int, int]]]:
    """The message of a FIT file that tells the wall clock at an instant."""
    return 34, {253: (UINT32, fit_time(instant)), 5: (UINT32, fit_time(wall.replace(tzinfo=UTC)))}
