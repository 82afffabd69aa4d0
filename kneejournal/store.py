"""Keeps the journal in one TinyDB file; the only module that knows TinyDB."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar, cast

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, from_plain, to_plain
from kneejournal.domain.snapshot import Change, Edit, Snapshot, applied
from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal_file import ChangedMeanwhile
from kneejournal.journal_lines import RecordLines
from kneejournal.storage import JournalStorage

ONLY = 1
"""The document id in tables that hold one document."""
NOT_AS_SHOWN = "The journal was changed after these days were shown, so they were not confirmed. Go through them again."
TRIES = 20
"""How often a change is made anew when another program writes the file in between."""

_RECORDS = msgspec.json.Decoder(dict[str, AnyRecord])

T = TypeVar("T")


class RecordTable(Table):
    """A table whose documents go by the journal's own ids, and are read and changed without copying all of them."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    def lines(self) -> dict[str, AnyRecord] | None:
        """Every record by its id, read in one go; None when they are no lines, or one of them is not valid."""
        lines = (self._storage.read() or {}).get(self.name)
        if isinstance(lines, RecordLines):
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                found = _RECORDS.decode(lines.documents)
                if [record.id for record in found.values()] == list(found):
                    return found
        return None

    def put(self, records: Mapping[str, AnyRecord], replaced: Collection[str]) -> None:
        """Write `records`; `replaced` are the ids among them that the table has already."""
        tables = self._storage.read() or {}
        table = tables.setdefault(self.name, {})
        if isinstance(table, RecordLines):
            table.put(records, replaced)
        else:
            for record_id in replaced:
                del table[record_id]
            table |= records
        self._storage.write(tables)


class Store:
    """The journal's records, profile and undoable changes, validated on the way in and out."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        # It reads and writes as TinyDB asks of its storages, without being one of them.
        self._db = TinyDB(storage=lambda: storage)
        self._records = RecordTable(cast(Storage, storage), "records")
        self._alone = RLock()
        """The app reads in one thread and writes in another."""
        self._known: tuple[object, Snapshot] | None = None
        """What was read or written last, as of which version of what is stored."""

    def signature(self) -> object:
        """Something that differs when the journal may have changed; cheap to ask."""
        return self._storage.signature()

    def load(self) -> Snapshot:
        """The journal as it is stored now: the same object as before while every byte of it is the same.

        Raises Unreadable when any part of it is not valid: never a part of it.
        """
        with self._alone, self._storage.reading():
            return self._snapshot()

    def begin(self, snapshot: Snapshot, at: datetime) -> None:
        """Write a whole journal, with the changes that can be undone, where there is none yet. Raises Unreadable."""
        with self._alone, self._storage.writing(at):
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

        with self._alone:
            edit, after = self._undisturbed(change, at)
            self._known = (self._storage.version, after)
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
            self._put("changes", [dict(change) for change in self._db.table("changes").all()])

        self._undisturbed(change, at)

    def _undisturbed(self, change: Callable[[Snapshot], T], at: datetime) -> T:
        """Make a change to what is stored, and make it anew when another program wrote the file in between."""
        for _ in range(TRIES):
            try:
                with self._alone, self._storage.writing(at):
                    return change(self._snapshot())
            except ChangedMeanwhile:
                continue
        raise Unreadable("Another program keeps writing the journal, so nothing was changed. Stop it and try again.")

    def _snapshot(self) -> Snapshot:
        version, to_confirm = self._storage.version, self._storage.to_confirm
        if self._known and self._known[0] is version and self._known[1].to_confirm is to_confirm:
            return self._known[1]
        try:
            snapshot = self._validated()
        except Unreadable as error:
            raise self._storage.understood(error) from error
        self._known = (version, snapshot)
        return snapshot

    def _validated(self) -> Snapshot:
        records = self._valid_records()
        profile = self._db.table("profile").get(doc_id=ONLY)
        return Snapshot(
            records=records,
            profile=_valid("the profile", profile, Profile) if profile is not None else Profile(),
            changes=tuple(_valid("the undo list", change, Change) for change in self._db.table("changes").all()),
            to_confirm=self._storage.to_confirm,
        )

    def _valid_records(self) -> dict[str, AnyRecord]:
        """Every record by its id. Raises Unreadable, naming the record and the field, for one that is not valid."""
        if (found := self._records.lines()) is not None:
            return found
        self._storage.read_one_by_one()
        return {str(document.doc_id): _valid_record(document) for document in self._records.all()}

    def _write(self, edit: Edit, before: Snapshot, after: Snapshot) -> None:
        if edit.profile is not None:
            self._put("profile", [to_plain(edit.profile)])
        records = {record.id: record for record in edit.records}
        self._records.put(records, records.keys() & before.records.keys())
        self._put("changes", [to_plain(change) for change in after.changes])

    def _put(self, table: str, documents: list[dict[str, object]]) -> None:
        self._db.table(table).truncate()
        self._db.table(table).insert_multiple(documents)


def _valid_record(document: Document) -> AnyRecord:
    where = f"record {clean_line(str(document.doc_id))}"
    try:
        record = from_plain(document)
    except msgspec.ValidationError as error:
        raise _damaged(where, error) from error
    if record.id != str(document.doc_id):
        raise Unreadable(f"The journal is damaged: {where} names itself {record.id}. It was left as it is.")
    return record


def _valid(where: str, plain: object, kind: Any) -> Any:
    try:
        return msgspec.convert(plain, type=kind)
    except msgspec.ValidationError as error:
        raise _damaged(where, error) from error


def _damaged(where: str, error: msgspec.ValidationError) -> Unreadable:
    return Unreadable(f"The journal is damaged: {where}: {error}. It was left as it is.")
