"""The file beside a journal with changes that are on the disk already, and in the journal's own file a moment later.

A journal is rewritten as a whole, which takes the longer the more is in it. So the app first writes what has changed
into this file, which is small, and lets the journal follow in the background. It is a journal of its own, header,
checksum and all, of the records that changed: read together, the later version of each record stands. That gives the
same whether the journal's file has the changes already or not, so that it does not matter when the program is killed.
"""

import stat
from collections.abc import Callable
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kneejournal.domain.merge import newer, newer_profile
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, from_plain, to_plain
from kneejournal.errors import Unreadable
from kneejournal.files import replace_file
from kneejournal.journal_format import ONLY, ChangedOutside, Content, Damaged, Header, decoded, encoded
from kneejournal.journal_lines import RecordLines
from kneejournal.migrations import Tables

MOST = 64
"""Records beyond which a change goes into the journal at once."""

T = TypeVar("T")


class Ahead:
    """The changes of one journal that may not be in its file yet."""

    def __init__(self, journal: Path) -> None:
        self.path = journal.with_name(f"{journal.name}.ahead")

    def read_bytes(self) -> bytes | None:
        """The bytes of the file; None when there is none. Raises Unreadable."""
        try:
            # What only leads to a file is none of ours: taking it away would leave that file.
            if not stat.S_ISREG(self.path.lstat().st_mode):
                raise OSError(None, "it is not a file")
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreadable(f"The latest changes, {self.path}, cannot be read: {error.strerror}.") from error

    def read(self, known: Content | None = None) -> Content | None:
        """The changes; None when there are none, `known` itself while no byte has changed. Raises as `decoded` does."""
        raw = self.read_bytes()
        if raw is None:
            return None
        try:
            return known if known and known.raw == raw else decoded(raw, self.path)
        except ChangedOutside as error:
            raise Damaged(
                f"The latest changes, {self.path}, are damaged. They were left as they are.",
                hint="kneejournal doctor --repair brings back what can be read of them.",
            ) from error

    def write(
        self, tables: Tables, before: Header, *, to_confirm: bool, last_look: Callable[[Path], None] = lambda _: None
    ) -> Content:
        """Put `tables`, with the changed records only, on the disk, as what comes after `before`. Raises OSError.

        `last_look` is called right before the file is replaced, and stops that by raising.
        """
        raw, header = encoded(tables, before.revision + 1, before.journal, to_confirm=to_confirm)
        replace_file(self.path, raw, last_look=last_look)
        return Content(raw=raw, header=header)

    def drop(self, taken_in: bytes) -> None:
        """Take the file away once the journal has all of it, as `taken_in`. One that stays says nothing new."""
        with suppress(OSError, Unreadable):
            if self.read_bytes() == taken_in:
                self.path.unlink()

    def put_into(self, tables: Tables, header: Header, changes: Content) -> None:
        """Bring `changes` into the tables of the journal of `header`. Raises Damaged for what is not valid."""
        if changes.header.journal != header.journal:
            raise Damaged(
                f"The changes in {self.path} are of another journal than the one beside it. It was left as it is.",
                hint="Put their journal back, or move them away.",
            )
        if changes.header.revision == header.revision + 1:
            tables |= {name: changes.tables[name] for name in ("profile", "changes") if name in changes.tables}
        elif "profile" in changes.tables:
            tables["profile"] = self._later(changes.tables["profile"], tables.get("profile", {}))
        table = tables.get("records", {})
        later: dict[str, AnyRecord] = {}
        for record_id, plain in changes.tables.get("records", {}).items():
            record, standing = self._valid(from_plain, plain), table.get(record_id)
            if standing is None or newer(self._valid(from_plain, standing), record) is record:
                later[record_id] = record
        if isinstance(table, RecordLines):
            table.put(later, [record_id for record_id in later if record_id in table])
        else:
            tables["records"] = table | {record_id: to_plain(record) for record_id, record in later.items()}

    def _later(self, changed: Tables, standing: Tables) -> Tables:
        """The table with the later profile: another program may have written the journal meanwhile."""
        found = [self._valid(_profile, table[ONLY]) for table in (standing, changed) if ONLY in table]
        return {ONLY: to_plain(reduce(newer_profile, found))} if found else standing

    def _valid(self, read: Callable[[Any], T], plain: Any) -> T:
        try:
            return read(plain)
        except msgspec.ValidationError as error:
            raise Damaged(f"A record in or before {self.path} is damaged: {error}. It was left as it is.") from error


def _profile(plain: Any) -> Profile:
    return msgspec.convert(plain, type=Profile)
