"""The folder that machines share: a file of each, which that machine alone writes and every one reads."""

import re
import stat
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from kneejournal.domain.records import LAST_DAY
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData, Unreadable
from kneejournal.files import TEMPORARY, NotSynced, replace_file
from kneejournal.interop.journal_json import FORMAT, FORMAT_VERSION, MAX_BYTES, Document, read_document, write_document

HIDDEN_BY = "~syncthing~"
"""What a file begins with that is not to be carried: Syncthing by this, Dropbox and Nextcloud by ~ and .tmp.

Seen with Syncthing: a temporary file of another name that is gone when its turn comes holds the folder up for a minute.
"""
NOTHING_CHANGED = " Nothing was changed."

_SHARED = re.compile(r"kneejournal-.+\.json(\.conflict.*)?", re.IGNORECASE)
"""A machine's file, and whatever a sync program makes of its name when it meets two versions of it."""
_OF_A_MACHINE = re.compile(r"kneejournal-[A-Za-z0-9]+\.json")


class Exchanged(Struct, frozen=True, kw_only=True):
    """What one file holds: a journal, and the stamps of versions that its machine replaced knowing them."""

    document: Document
    replaced: frozenset[str] = frozenset()


class Shared(Struct, frozen=True, kw_only=True):
    """What lies in the folder: the files by name, why others could not be read, and names of copies."""

    files: Mapping[str, Exchanged]
    left_out: tuple[str, ...]
    copies: tuple[str, ...]
    """What sync programs made of two versions of one file; read like all others."""
    own_is_damaged: bool


class _Head(Struct):
    format: str
    format_version: int
    replaced: frozenset[str] = frozenset()


class SharedFolder:
    """A folder of one person's machines. `device` names the file that this machine writes."""

    def __init__(self, folder: Path, device: str) -> None:
        self.folder = folder
        self.own = folder / f"kneejournal-{device}.json"

    def read(self) -> Shared:
        """Every journal in the folder, this machine's own too: it may have what a restored journal lacks.

        A file that is damaged, half transferred or of a newer kneejournal is left out, and named. Records of days to
        come are for the caller to judge: it may be tomorrow already where another machine is.
        Raises Unreadable when the folder cannot be read, and when this machine's own file is of a newer kneejournal.
        """
        paths = self._files()
        files: dict[str, Exchanged] = {}
        left_out: dict[Path, str] = {}
        for path in paths:
            try:
                raw = read_regular(path)
                if path == self.own and _is_newer(raw):
                    raise Unreadable(f"A newer kneejournal wrote {path}.{NOTHING_CHANGED} Update kneejournal here.")
                files[path.name] = _exchanged(raw, clean_line(path.name))
            except BadData as error:
                left_out[path] = str(error).removesuffix(NOTHING_CHANGED)
            except FileNotFoundError:
                continue
            except OSError as error:
                if path == self.own:
                    raise Unreadable(f"{path} cannot be read: {error.strerror}.{NOTHING_CHANGED}") from error
                left_out[path] = f"{clean_line(path.name)} cannot be read: {error.strerror}."
        is_damaged = left_out.pop(self.own, None) is not None
        names = _copies(path.name for path in paths)
        return Shared(files=files, left_out=tuple(left_out.values()), copies=names, own_is_damaged=is_damaged)

    def write(
        self, snapshot: Snapshot, replaced: frozenset[str], at: datetime, before_it_counts: Callable[[], None]
    ) -> None:
        """Put a journal in the place of this machine's file, on the disk; nothing else is written in the folder.

        `before_it_counts` is called once the content lies beside the file, and stops the writing by raising: a folder
        that is full or read-only is found out before the journal is changed. Raises Unreadable.
        """
        content = write_document(snapshot, at, {"replaced": sorted(replaced)} if replaced else None)
        is_done = False

        def last_look(_: Path) -> None:
            nonlocal is_done
            before_it_counts()
            is_done = True

        try:
            self._clear_temporary()
            replace_file(self.own, content, last_look=last_look, hidden_by=HIDDEN_BY)
        except NotSynced as error:
            raise Unreadable(f"{self.own} was written, but the disk does not confirm it: {error.strerror}.") from error
        except OSError as error:
            came = " What came is in the journal; sync again." if is_done else NOTHING_CHANGED
            raise Unreadable(f"{self.own} cannot be written: {error.strerror}.{came}") from error

    def set_aside(self, at: datetime) -> None:
        """Give this machine's own file, which is damaged, another name. Raises Unreadable."""
        aside = self.own.with_name(f"{self.own.name}.damaged-{at:%Y%m%dT%H%M%S}")
        try:
            self.own.replace(aside)
        except OSError as error:
            raise Unreadable(f"{self.own} is damaged and cannot be set aside: {error.strerror}.") from error

    def _files(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if _SHARED.fullmatch(path.name))
        except FileNotFoundError as error:
            raise Unreadable(f"The folder {self.folder} is not there.{NOTHING_CHANGED}") from error
        except OSError as error:
            raise Unreadable(f"The folder {self.folder} cannot be read: {error.strerror}.{NOTHING_CHANGED}") from error

    def _clear_temporary(self) -> None:
        for path in self.folder.glob(f"{HIDDEN_BY}{self.own.name}.*{TEMPORARY}"):
            path.unlink(missing_ok=True)


def read_regular(path: Path) -> bytes:
    """The bytes of a file that is one, and not larger than a journal may be. Raises OSError."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(None, "it is not a file")
    if found.st_size > MAX_BYTES:
        raise OSError(None, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return path.read_bytes()


def _copies(names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that a sync program made from the name of a machine's file."""
    found = tuple(names)
    machines = tuple(name.removesuffix(".json") for name in found if _OF_A_MACHINE.fullmatch(name))
    return tuple(n for n in found if machines and n.startswith(machines) and not _OF_A_MACHINE.fullmatch(n))


def _exchanged(raw: bytes, name: str) -> Exchanged:
    document = read_document(raw, name, LAST_DAY)
    try:
        return Exchanged(document=document, replaced=msgspec.json.decode(raw, type=_Head).replaced)
    except msgspec.DecodeError as error:
        raise BadData(f"{name}: `replaced` is not a list of texts.") from error


def _is_newer(raw: bytes) -> bool:
    try:
        head = msgspec.json.decode(raw, type=_Head)
    except msgspec.DecodeError:
        return False
    return head.format == FORMAT and head.format_version > FORMAT_VERSION
