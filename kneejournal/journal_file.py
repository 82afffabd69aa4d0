"""The journal's file on the disk: locked, replaced in one piece, copied aside, and recognised again."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from kneejournal import migrations
from kneejournal.ahead import Ahead
from kneejournal.backups import Backups
from kneejournal.errors import Unreadable
from kneejournal.files import TEMPORARY, NotSynced, give_to_owner, make_folder, replace_file
from kneejournal.journal_format import Content, Header, Newer, decoded, encoded, newer
from kneejournal.locks import Held, locked
from kneejournal.migrations import Tables
from kneejournal.seen import Seen

LOCK_SECONDS = 5.0
MAX_BYTES = 200_000_000


class Missing(Unreadable):
    """There is no file where backups say that there was one."""


class ChangedMeanwhile(Exception):
    """Another program wrote the file between reading and replacing it."""


class JournalFile:
    """One journal on the disk. `state` is where this machine remembers the newest version it wrote."""

    def __init__(self, path: Path, state: Path, *, may_make_folder: bool = False) -> None:
        self.path = path
        self.real_path = Path(os.path.realpath(path))
        self.ahead = Ahead(self.real_path)
        self.backups = Backups(self.real_path.with_name(f"{self.real_path.name}.backups"))
        self._state = state / f"{hashlib.sha256(os.fsencode(self.real_path)).hexdigest()[:16]}.json"
        self._may_make_folder = may_make_folder

    def read(self, known: Content | None = None) -> Content | None:
        """The journal as it is on the disk; None when there never was one, `known` itself while no byte has changed.

        Raises Missing, what `decoded` raises, and Unreadable for a file that cannot be read.
        """
        raw = self.read_bytes()
        if raw is None:
            if self.backups.all() or self.ahead.read_bytes() is not None:
                raise Missing(
                    f"The journal {self.path} is gone, and its backups are there. To begin anew, move them away.",
                    hint="kneejournal doctor --repair brings the newest back.",
                )
            return None
        return known if known and known.raw == raw else self.parse(raw)

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
        """The journal that `raw` holds, migrated when an older kneejournal wrote it. Raises Unreadable."""
        return decoded(raw, self.path)

    def parse_unchecked(self, raw: bytes) -> Content:
        """The same, whoever wrote it. Raises Unreadable."""
        return decoded(raw, self.path, is_checked=False)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other kneejournal from writing. Raises Unreadable when one holds the lock for too long."""
        path = self.real_path.with_name(f"{self.real_path.name}.lock")
        with ExitStack() as stack:
            try:
                self._make_folder()
                stack.enter_context(locked(path, LOCK_SECONDS))
                give_to_owner(path, self.real_path.parent)
            except Held as error:
                held = f"Another kneejournal has been writing for {LOCK_SECONDS:.0f} seconds"
                raise Unreadable(f"{held}, so nothing was changed. Close it, or try again.") from error
            except OSError as error:
                raise self._not_written(error) from error
            yield

    def replace(
        self,
        tables: Tables,
        raw_before: bytes | None,
        before: Header | None,
        at: datetime,
        *,
        to_confirm: bool,
        taken_in: bytes | None = None,
    ) -> Content:
        """Put `tables` in the place of `raw_before`, on the disk, and keep a copy. To be called with the lock held.

        `before` is the header of the version that goes on, `taken_in` what was written ahead and is in `tables` now.
        Raises ChangedMeanwhile when the file no longer holds `raw_before`, and Unreadable when it cannot be written.
        """
        revision = max(before.revision if before else 0, self.seen().revision) + 1
        journal = before.journal if before else self.seen().journal
        raw, header = encoded(tables, revision, journal or os.urandom(8).hex(), to_confirm=to_confirm)
        with self._writing(before, is_there=raw_before is not None):
            replace_file(self.path, raw, last_look=_still(raw_before))
        self._remember(Seen.of(header))
        if taken_in is not None:
            self.ahead.drop(taken_in)
        self.keep_copy(raw, revision, at)
        return Content(raw=raw, header=header)

    def write_ahead(self, tables: Tables, before: Header, known: bytes | None, *, to_confirm: bool) -> Content:
        """Put changes on the disk, `known` among them, to come later into the journal that this machine wrote last.

        `before` is the header of that one. To be called with the lock held. Raises ChangedMeanwhile when others than
        `known` are there, and Unreadable.
        """
        with self._writing(before, is_there=True):
            written = self.ahead.write(tables, before, to_confirm=to_confirm, last_look=_still(known))
        self._remember(Seen.of(before, ahead=written.header.revision))
        return written

    @contextmanager
    def _writing(self, before: Header | None, *, is_there: bool) -> Iterator[None]:
        """Says why something could not be written. Raises Unreadable."""
        try:
            if before and before.schema > migrations.SCHEMA:
                raise PermissionError(None, "a newer kneejournal wrote it; update this one")
            if is_there and not os.access(self.path, os.W_OK):
                raise PermissionError(None, "it is read-only")
            self._clear_temporary()
            yield
        except NotSynced as error:
            raise Unreadable(
                f"The journal {self.path} was written, but the disk does not confirm it: {error.strerror}. "
                "Look at what it holds before you write it again."
            ) from error
        except OSError as error:
            raise self._not_written(error) from error

    def keep_copy(self, raw: bytes, revision: int, at: datetime, before: str | None = None) -> None:
        """Keep a backup. The change itself is on the disk already: doctor says when copies are behind."""
        with suppress(OSError):
            self.backups.keep(raw, revision, at, before)

    def keep_older(self, content: Content, at: datetime) -> None:
        """Keep a version of an older schema, on the disk, before the newest schema takes its place. Raises Unreadable.

        It is kept as it is: the kneejournal that wrote it can still read it, should the migration turn out wrong.
        """
        if content.is_older:
            try:
                self.backups.keep(content.raw, content.header.revision, at, "migration", synced=True)
            except OSError as error:
                raise self._not_written(error) from error

    def is_to_confirm(self, header: Header, ahead: Header | None = None) -> bool:
        """Whether the last days are to be gone through: after a restore, or when something may be lost."""
        return self.seen().is_to_confirm(header, ahead)

    def is_rolled_back(self, header: Header) -> bool:
        """Whether this machine has written a newer version, or another one of the same revision."""
        return self.seen().is_later(header)

    def seen(self) -> Seen:
        try:
            return msgspec.json.decode(self._state.read_bytes(), type=Seen)
        except (OSError, msgspec.DecodeError):
            return Seen()

    def signature(self) -> tuple[int, ...] | None:
        """Something that differs when the journal may have changed; cheap, and no proof that it has not."""
        said: tuple[int, ...] = ()
        for path in (self.path, self.ahead.path):
            with suppress(OSError):
                found = path.stat()
                said += (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        return said or None

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

    def _remember(self, seen: Seen) -> None:
        with suppress(OSError):
            make_folder(self._state.parent, parents=True)
            replace_file(self._state, msgspec.json.encode(seen), synced=False)

    def _make_folder(self) -> None:
        """A folder that was named is not made: it may be on a disk that is not there just now."""
        if self._may_make_folder:
            make_folder(self.path.parent, parents=True)
        elif not self.real_path.parent.is_dir():
            raise FileNotFoundError(None, f"the folder {self.real_path.parent} is not there")

    def newer(self) -> Newer:
        """What is said of a file of a newer kneejournal."""
        return newer(self.path)

    def _not_written(self, error: OSError) -> Unreadable:
        return Unreadable(f"The journal {self.path} cannot be written: {error.strerror}. Nothing was changed.")


def _still(known: bytes | None) -> Callable[[Path], None]:
    """A last look at a file: raises ChangedMeanwhile when it does not hold `known` any more."""

    def look(target: Path) -> None:
        try:
            found = target.read_bytes()
        except FileNotFoundError:
            found = None
        if found != known:
            raise ChangedMeanwhile

    return look
