"""Zip files and folders as one thing: names, and streams to read by exact name."""

import io
import os
import stat
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from kneejournal.interop.streams import BUFFER, DAMAGE, MB, Refused, Watch, Watched, unpacked

MAX_NAMES = 200_000
MAX_DEPTH = 4
MAX_DIRECTORY = 40 * MB
"""Bytes of a zip's list of names; it is held in memory as a whole."""
END_RECORD = 22
END64_RECORD = 56
LONGEST_COMMENT = 65_535


class Archive(Protocol):
    """Files that came together."""

    names: Sequence[str]

    def open(self, name: str, cap: int) -> io.BufferedReader:
        """The file of that name, at most `cap` bytes of it. Raises Refused, KeyError for a name that is not there."""

    def size(self, name: str) -> int:
        """How many bytes the file of that name has, or says it has."""


class ZipArchive:
    """A zip file; nothing is ever extracted to the disk."""

    def __init__(self, stream: BinaryIO) -> None:
        _check_directory(stream)
        try:
            self._zip = zipfile.ZipFile(stream)
        except DAMAGE as error:
            raise Refused("is damaged or cut short: its list of files cannot be read") from error
        listed = [info.filename for info in self._zip.infolist() if not info.is_dir()]
        if len(listed) > MAX_NAMES:
            raise Refused(f"holds more than {MAX_NAMES} files")
        if len(set(listed)) != len(listed):
            raise Refused("holds two files of one name")
        self.names: Sequence[str] = [name for name in listed if _is_wanted(name)]

    def open(self, name: str, cap: int) -> io.BufferedReader:
        info = self._zip.getinfo(name)
        try:
            member = self._zip.open(info)
        except DAMAGE as error:
            raise Refused("is damaged, or locked with a password") from error
        return unpacked(member, cap, info.compress_size)  # type: ignore[arg-type]

    def size(self, name: str) -> int:
        return self._zip.getinfo(name).file_size


class FolderArchive:
    """A folder, as an unpacked export is one. Links to other folders are not followed."""

    def __init__(self, path: Path, watch: Watch | None = None) -> None:
        self._path = path
        self._watch = watch
        self.names: Sequence[str] = sorted(self._listed())
        self._known = frozenset(self.names)

    def _listed(self) -> list[str]:
        found: list[str] = []
        for folder, below, files in os.walk(self._path):
            inside = Path(folder).relative_to(self._path)
            if len(inside.parts) >= MAX_DEPTH:
                below.clear()
            found += [name for file in files if _is_wanted(name := (inside / file).as_posix())]
            if len(found) > MAX_NAMES:
                raise Refused(f"holds more than {MAX_NAMES} files: name the folder of the export itself")
        return found

    def open(self, name: str, cap: int) -> io.BufferedReader:
        if name not in self._known:
            raise KeyError(name)
        path = self._path / name
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused("is not a file")
        size = path.stat().st_size
        if size > cap:
            raise Refused(f"is bigger than {cap // MB} MB")
        return io.BufferedReader(Watched(io.FileIO(path), size, self._watch), BUFFER)

    def size(self, name: str) -> int:
        return (self._path / name).stat().st_size


def _is_wanted(name: str) -> bool:
    """Whether a name is one that people know of: not what systems put beside their files."""
    return not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _check_directory(stream: BinaryIO) -> None:
    """Refuse a zip whose list of names is too big to be read. zipfile itself finds out whether it is a list at all."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - END_RECORD - LONGEST_COMMENT))
    tail = stream.read(END_RECORD + LONGEST_COMMENT)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < END_RECORD:
        raise Refused("is damaged or cut short: it has no list of files")
    (length,) = struct.unpack_from("<I", tail, end + 12)
    end64 = tail.rfind(b"PK\x06\x06", 0, max(0, end - END64_RECORD))
    if length == 0xFFFFFFFF and end64 >= 0:
        (length,) = struct.unpack_from("<Q", tail, end64 + 40)
    if length > MAX_DIRECTORY:
        raise Refused(f"holds a list of files of more than {MAX_DIRECTORY // MB} MB")
