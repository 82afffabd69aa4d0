"""The journal's file: locked, checked, replaced in one piece, and copied aside."""

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kneejournal import strict_json
from kneejournal.backups import Backups
from kneejournal.errors import Unreadable
from kneejournal.files import PRIVATE_FILE, TEMPORARY, NotSynced, give_to_owner, make_folder, replace_file

FORMAT = "kneejournal"
SCHEMA = 1
LOCK_SECONDS = 5.0
MAX_BYTES = 200_000_000
HEADER = "header"
ONLY = "1"
"""The document id in tables that hold one document."""

END_OF_TABLE = b"\n},\n"

Tables = dict[str, dict[str, Any]]


class Damaged(Unreadable):
    """The file is there, and is not a whole journal. It is never overwritten."""


class ChangedOutside(Unreadable):
    """The file is a whole journal that another program than kneejournal wrote."""


class Missing(Unreadable):
    """There is no file where backups say that there was one."""


class Newer(Unreadable):
    """A newer kneejournal wrote the file, and this one does not understand all of it. It is never written."""


class ChangedMeanwhile(Exception):
    """Another program wrote the file between reading and replacing it."""


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file says of itself. `sha256` is of the other fields and of everything behind the header."""

    format: str
    schema: int
    revision: int
    journal: str
    """Which journal it is: made at random with the first entry, so that another one in its place is recognised."""
    sha256: str
    to_confirm: bool = False
    """The last days are to be gone through: something may be lost (RULES 4)."""


class Seen(Struct, frozen=True, kw_only=True):
    """The newest version this machine wrote; kept outside the journal, so that an older file is recognised."""

    revision: int = 0
    journal: str = ""
    sha256: str = ""


class Content(Struct, frozen=True, kw_only=True):
    """A journal as it was read: its bytes, its tables and its header."""

    raw: bytes
    tables: Tables
    header: Header

    @property
    def is_newer(self) -> bool:
        """A newer kneejournal wrote it: it may be read as far as it can be understood, and is never written."""
        return self.header.schema > SCHEMA


class JournalFile:
    """One journal on the disk. `state` is where this machine remembers the newest version it wrote."""

    def __init__(self, path: Path, state: Path, *, may_make_folder: bool = False) -> None:
        self.path = path
        self.real_path = Path(os.path.realpath(path))
        self.backups = Backups(self.real_path.with_name(f"{self.real_path.name}.backups"))
        self._state = state / f"{hashlib.sha256(os.fsencode(self.real_path)).hexdigest()[:16]}.json"
        self._may_make_folder = may_make_folder

    def read(self) -> Content | None:
        """The journal as it is on the disk; None when there never was one.

        Raises Missing, Damaged, ChangedOutside, and Unreadable for a file that cannot be read or is of a newer schema.
        """
        raw = self.read_bytes()
        if raw is None:
            if self.backups.all():
                raise Missing(
                    f"The journal {self.path} is gone, and its backups are there. To begin anew, move them away.",
                    hint="kneejournal doctor --repair brings the newest back.",
                )
            return None
        return self.parse(raw)

    def read_bytes(self) -> bytes | None:
        """The bytes of the file; None when there is none. Raises Unreadable."""
        try:
            found = self.path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise OSError(None, "it is not a file")
            if found.st_size > MAX_BYTES:
                raise OSError(None, f"it is larger than {MAX_BYTES // 1_000_000} MB")
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreadable(f"The journal {self.path} cannot be read: {error.strerror}.") from error

    def parse(self, raw: bytes) -> Content:
        """The journal that `raw` holds. Raises Damaged and ChangedOutside."""
        content = self.parse_unchecked(raw)
        if content.header.sha256 != checksum(content.header, raw.partition(END_OF_TABLE)[2]):
            if content.is_newer:
                raise self.newer()
            raise ChangedOutside(
                f"The journal {self.path} was changed by another program. It was left as it is.",
                hint="kneejournal doctor --accept takes it so, doctor --repair goes back to the newest backup.",
            )
        return content

    def parse_unchecked(self, raw: bytes) -> Content:
        """The journal that `raw` holds, whoever wrote it. Raises Damaged."""
        try:
            tables = strict_json.parse(raw)
        except strict_json.NotStrict as error:
            raise self._damaged(str(error)) from error
        if not (isinstance(tables, dict) and all(isinstance(table, dict) for table in tables.values())):
            raise self._damaged("it does not hold a journal")
        return Content(raw=raw, tables=tables, header=self._header(tables))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other kneejournal from writing. Raises Unreadable when one holds the lock for too long."""
        from filelock import FileLock, Timeout

        lock = FileLock(f"{self.real_path}.lock", timeout=LOCK_SECONDS, mode=PRIVATE_FILE, fallback_to_soft=False)
        try:
            self._make_folder()
            lock.acquire()
            give_to_owner(Path(lock.lock_file), self.real_path.parent)
        except Timeout as error:
            held = f"Another kneejournal has been writing for {LOCK_SECONDS:.0f} seconds"
            raise Unreadable(f"{held}, so nothing was changed. Close it, or try again.") from error
        except OSError as error:
            raise self._not_written(error) from error
        try:
            yield
        finally:
            with suppress(OSError):
                lock.release()

    def replace(
        self, tables: Tables, raw_before: bytes | None, before: Header | None, at: datetime, *, to_confirm: bool
    ) -> Header:
        """Put `tables` in the place of `raw_before`, on the disk, and keep a copy. To be called with the lock held.

        `before` is the header of the version that goes on. Raises ChangedMeanwhile when the file no longer holds
        `raw_before`, and Unreadable when it cannot be written.
        """
        revision = max(before.revision if before else 0, self.seen().revision) + 1
        journal = before.journal if before else self.seen().journal
        raw, header = encoded(tables, revision, journal or secrets.token_hex(8), to_confirm=to_confirm)

        def last_look(target: Path) -> None:
            try:
                found = target.read_bytes()
            except FileNotFoundError:
                found = None
            if found != raw_before:
                raise ChangedMeanwhile

        try:
            if before and before.schema > SCHEMA:
                raise PermissionError(None, "a newer kneejournal wrote it; update this one")
            if raw_before is not None and not os.access(self.path, os.W_OK):
                raise PermissionError(None, "it is read-only")
            self._clear_temporary()
            replace_file(self.path, raw, last_look=last_look)
        except NotSynced as error:
            raise Unreadable(
                f"The journal {self.path} was written, but the disk does not confirm it: {error.strerror}. "
                "Look at what it holds before you write it again."
            ) from error
        except OSError as error:
            raise self._not_written(error) from error
        self._remember(header)
        self.keep_copy(raw, revision, at)
        return header

    def keep_copy(self, raw: bytes, revision: int, at: datetime, before: str | None = None) -> None:
        """Keep a backup. The change itself is on the disk already: doctor says when copies are behind."""
        with suppress(OSError):
            self.backups.keep(raw, revision, at, before)

    def is_rolled_back(self, header: Header) -> bool:
        """Whether this machine has written a newer version, or another one of the same revision."""
        seen = self.seen()
        if seen.journal and header.journal != seen.journal:
            return True
        if header.revision == seen.revision:
            return header.sha256 != seen.sha256
        return header.revision < seen.revision

    def seen(self) -> Seen:
        try:
            return msgspec.json.decode(self._state.read_bytes(), type=Seen)
        except (OSError, msgspec.DecodeError):
            return Seen()

    def signature(self) -> tuple[int, int, int] | None:
        """Something that differs when the file may have changed; cheap, and no proof that it has not."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size)

    def leftovers(self) -> tuple[Path, ...]:
        """Temporary files of writes that were killed."""
        begin = f".{self.real_path.name}."
        try:
            found = sorted(self.real_path.parent.iterdir())
        except OSError:
            return ()
        return tuple(path for path in found if path.name.startswith(begin) and path.name.endswith(TEMPORARY))

    def _clear_temporary(self) -> None:
        for path in self.leftovers():
            path.unlink(missing_ok=True)

    def _remember(self, header: Header) -> None:
        seen = Seen(revision=header.revision, journal=header.journal, sha256=header.sha256)
        with suppress(OSError):
            make_folder(self._state.parent, parents=True)
            replace_file(self._state, msgspec.json.encode(seen), synced=False)

    def _make_folder(self) -> None:
        """A folder that was named is not made: it may be on a disk that is not there just now."""
        if self._may_make_folder:
            make_folder(self.path.parent, parents=True)
        elif not self.real_path.parent.is_dir():
            raise FileNotFoundError(None, f"the folder {self.real_path.parent} is not there")

    def _header(self, tables: Tables) -> Header:
        found = tables.get(HEADER, {}).get(ONLY)
        if not isinstance(found, dict) or found.get("format") != FORMAT or type(found.get("schema")) is not int:
            raise Damaged(f"The file {self.path} is not one of kneejournal's journals. It was left as it is.")
        try:
            return msgspec.convert(found, type=Header)
        except msgspec.ValidationError as error:
            if found["schema"] > SCHEMA:
                raise self.newer() from error
            raise self._damaged(f"its header: {error}") from error

    def _damaged(self, what: str) -> Damaged:
        hint = "kneejournal doctor --repair brings back the newest backup."
        return Damaged(f"The journal {self.path} is damaged: {what}. It was left as it is.", hint)

    def newer(self) -> Newer:
        """What is said of a file of a newer kneejournal."""
        return Newer(
            f"The journal {self.path} was written by a newer kneejournal, and this one does not understand all of it. "
            "It was left as it is. Update kneejournal."
        )

    def _not_written(self, error: OSError) -> Unreadable:
        return Unreadable(f"The journal {self.path} cannot be written: {error.strerror}. Nothing was changed.")


def encoded(tables: Tables, revision: int, journal: str, *, to_confirm: bool) -> tuple[bytes, Header]:
    """The tables as JSON behind a header, one document a line: to be read, compared and mended by hand."""
    body = b",\n".join(_table(name, documents) for name, documents in tables.items() if name != HEADER) + b"\n}\n"
    header = Header(format=FORMAT, schema=SCHEMA, revision=revision, journal=journal, sha256="", to_confirm=to_confirm)
    header = replace(header, sha256=checksum(header, body))
    return b"{\n" + _table(HEADER, {ONLY: msgspec.to_builtins(header)}) + b",\n" + body, header


def checksum(header: Header, body: bytes) -> str:
    """The checksum of a journal: of what its header says, and of everything behind the header."""
    said = f"{header.format} {header.schema} {header.revision} {header.journal} {header.to_confirm}\n".encode()
    return hashlib.sha256(said + body).hexdigest()


def _table(name: str, documents: dict[str, Any]) -> bytes:
    lines = b",\n".join(msgspec.json.encode(key) + b": " + msgspec.json.encode(doc) for key, doc in documents.items())
    return msgspec.json.encode(name) + b": {\n" + lines + b"\n}"
