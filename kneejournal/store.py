"""Keeps the journal: what is read of it, validated, and every change of it, whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, from_plain, to_plain
from kneejournal.domain.snapshot import Change, Edit, Snapshot, applied
from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal_file import ChangedMeanwhile
from kneejournal.journal_format import ONLY
from kneejournal.journal_lines import RecordLines
from kneejournal.storage import RECORDS, JournalStorage

if TYPE_CHECKING:
    from kneejournal.tables import JournalTables

NOT_AS_SHOWN = "The journal was changed after these days were shown, so they were not confirmed. Go through them again."
TRIES = 20
"""How often a change is made anew when another program writes the file in between."""

_RECORDS = msgspec.json.Decoder(dict[str, AnyRecord])

T = TypeVar("T")


class Store:
    """The journal's records, profile and undoable changes, validated on the way in and out."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self._one_writer = RLock()
        self._alone = RLock()
        """The app reads in one thread and writes in another."""
        self._settling: Thread | None = None
        self._known: tuple[object, Snapshot] | None = None
        """What was read or written last, as of which version of what is stored."""

    def signature(self) -> object:
        """Something that differs when the journal may have changed; cheap to ask."""
        return self._storage.signature()

    def load(self) -> Snapshot:
        """The journal as it is stored now: the same object as before while every byte of it is the same.

        Raises Unreadable when any part of it is not valid: never a part of it.
        """
        with self._alone:
            settling = self._settling
            if self._known and settling and settling.is_alive():
                # What this program wrote a moment ago is on its way into the file.
                return self._known[1]
            with self._storage.reading():
                return self._snapshot()

    def begin(self, snapshot: Snapshot, at: datetime) -> None:
        """Write a whole journal, with the changes that can be undone, where there is none yet. Raises Unreadable."""
        with self._change(), self._storage.writing(at):
            if self._snapshot() != Snapshot():
                raise Unreadable("There is a journal already, and nothing is written over it.")
            everything = Edit(what="", records=tuple(snapshot.records.values()), profile=snapshot.profile)
            self._write(everything, Snapshot(), snapshot)

    def update(self, make: Callable[[Snapshot], Edit], at: datetime) -> tuple[Edit, Snapshot]:
        """Change the journal by what `make` answers to what is stored at this moment; answers with what that gave.

        The change is on the disk when this returns. An empty edit writes nothing, and so does an exception. When
        another program wrote the file in between, the change is made anew on what that left.
        """

        def change(before: Snapshot) -> tuple[Edit, Snapshot]:
            edit = make(before)
            if edit.is_empty:
                return edit, before
            if edit.keep_before:
                self._storage.keep_copy(at, edit.keep_before)
            after = applied(edit, before, at)
            self._write(edit, before, after)
            return edit, after

        with self._change():
            edit, after = self._undisturbed(change, at)
            self._known = (self._storage.version, after)
            self._settle_soon(at)
        return edit, after

    def confirm(self, shown: Snapshot, at: datetime) -> None:
        """Remember that the last days were gone through after a restore, as they stand in `shown`.

        Writes nothing when they are confirmed already. Raises BadData when the journal is not, or no longer, what was
        shown, and Unreadable.
        """

        def change(before: Snapshot) -> None:
            if not before.to_confirm:
                return
            if before != shown:
                raise BadData(NOT_AS_SHOWN, hint="kneejournal confirm shows them as they are now.")
            self._storage.to_confirm = False
            self._tables.fill("changes", list(self._documents("changes").values()))

        with self._change():
            self._undisturbed(change, at)

    def write_ahead(self) -> None:
        """From here on, small changes are on the disk before the whole journal is rewritten, which follows by itself.

        For programs that stay open: see kneejournal.ahead.
        """
        self._storage.writes_ahead = True

    def wait(self) -> None:
        """Wait until everything that was written is in the journal's own file."""
        if settling := self._settling:
            settling.join()

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One change at a time, each in a journal that is settled."""
        with self._one_writer:
            self.wait()
            with self._alone:
                yield

    def _settle_soon(self, at: datetime) -> None:
        if self._storage.writes_ahead and not self._storage.is_settled:
            settling = Thread(target=self._settle, args=(at,), name="journal")
            # Where there can be no thread, the change is on the disk all the same.
            with suppress(RuntimeError):
                settling.start()
                self._settling = settling

    def _settle(self, at: datetime) -> None:
        """Bring the journal's own file up to date. Where that fails, the next change goes there itself and says why."""
        version = self._storage.version
        for _ in range(TRIES):
            try:
                settled, is_same = self._storage.settle(at)
            except ChangedMeanwhile:
                continue
            except Unreadable:
                break
            with self._alone:
                if is_same and self._known and self._known[0] is version:
                    self._storage.adopt(settled)
                    self._known = (self._storage.version, self._known[1])
            return
        self._storage.writes_ahead = False

    def _undisturbed(self, change: Callable[[Snapshot], T], at: datetime) -> T:
        """Make a change to what is stored, and make it anew when another program wrote the file in between."""
        for _ in range(TRIES):
            try:
                with self._storage.writing(at):
                    return change(self._snapshot())
            except ChangedMeanwhile:
                continue
        raise Unreadable("Another program keeps writing the journal, so nothing was changed. Stop it and try again.")

    def _snapshot(self) -> Snapshot:
        version, to_confirm = self._storage.version, self._storage.to_confirm
        if self._known and self._known[0] is version and self._known[1].to_confirm is to_confirm:
            return self._known[1]
        try:
            snapshot = self._validated().with_log()
        except Unreadable as error:
            raise self._storage.understood(error) from error
        self._known = (version, snapshot)
        return snapshot

    @cached_property
    def _tables(self) -> "JournalTables":
        """To write into. Whoever only reads needs no TinyDB."""
        from kneejournal.tables import JournalTables

        return JournalTables(self._storage)

    def _validated(self) -> Snapshot:
        records = self._valid_records()
        profile = self._documents("profile").get(ONLY)
        return Snapshot(
            records=records,
            profile=_valid("the profile", profile, Profile) if profile is not None else Profile(),
            changes=tuple(_valid("the undo list", change, Change) for change in self._documents("changes").values()),
            to_confirm=self._storage.to_confirm,
        )

    def _valid_records(self) -> dict[str, AnyRecord]:
        """Every record by its id. Raises Unreadable, naming the record and the field, for one that is not valid."""
        lines = self._documents(RECORDS)
        if isinstance(lines, RecordLines):
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                found = _RECORDS.decode(lines.documents)
                if [record.id for record in found.values()] == list(found):
                    return {**found, **lines.new}
            self._storage.read_one_by_one()
        return {record_id: _valid_record(record_id, plain) for record_id, plain in self._documents(RECORDS).items()}

    def _documents(self, table: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (self._storage.read() or {}).get(table, {})
        return found

    def _write(self, edit: Edit, before: Snapshot, after: Snapshot) -> None:
        if edit.profile is not None:
            self._tables.fill("profile", [to_plain(edit.profile)])
        records = {record.id: record for record in edit.records}
        self._tables.records.put(records, records.keys() & before.records.keys())
        self._tables.fill("changes", [to_plain(change) for change in after.changes])


def _valid_record(record_id: str, plain: object) -> AnyRecord:
    where = f"record {clean_line(record_id)}"
    try:
        record = from_plain(plain)
    except msgspec.ValidationError as error:
        raise _damaged(where, error) from error
    if record.id != record_id:
        raise Unreadable(f"The journal is damaged: {where} names itself {record.id}. It was left as it is.")
    return record


def _valid(where: str, plain: object, kind: Any) -> Any:
    try:
        return msgspec.convert(plain, type=kind)
    except msgspec.ValidationError as error:
        raise _damaged(where, error) from error


def _damaged(where: str, error: msgspec.ValidationError) -> Unreadable:
    return Unreadable(f"The journal is damaged: {where}: {error}. It was left as it is.")
