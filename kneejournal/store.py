"""Keeps the journal in one TinyDB file; the only module that knows TinyDB."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, to_plain
from kneejournal.domain.snapshot import Change, Edit, Snapshot, applied
from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal_file import ChangedMeanwhile
from kneejournal.storage import JournalStorage

ONLY = 1
"""The document id in tables that hold one document."""
NOT_AS_SHOWN = "The journal was changed after these days were shown, so they were not confirmed. Go through them again."
TRIES = 20
"""How often a change is made anew when another program writes the file in between."""

T = TypeVar("T")


class RecordTable(Table):
    """A table whose documents go by the journal's own ids."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0


class Store:
    """The journal's records, profile and undoable changes, validated on the way in and out."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        # It reads and writes as TinyDB asks of its storages, without being one of them.
        self._db = TinyDB(storage=lambda: storage)
        self._records = RecordTable(cast(Storage, storage), "records")

    def signature(self) -> object:
        """Something that differs when the journal may have changed; cheap to ask."""
        return self._storage.signature()

    def load(self) -> Snapshot:
        """The journal as it is stored now. Raises Unreadable when any part of it is not valid: never a part of it."""
        with self._storage.reading():
            return self._snapshot()

    def begin(self, snapshot: Snapshot, at: datetime) -> None:
        """Write a whole journal, with the changes that can be undone, where there is none yet. Raises Unreadable."""
        with self._storage.writing(at):
            if self._snapshot() != Snapshot():
                raise Unreadable("There is a journal already, and nothing is written over it.")
            everything = Edit(what="", records=tuple(snapshot.records.values()), profile=snapshot.profile)
            self._write(everything, snapshot)

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
            self._write(edit, after)
            return edit, after

        return self._undisturbed(change, at)

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
                with self._storage.writing(at):
                    return change(self._snapshot())
            except ChangedMeanwhile:
                continue
        raise Unreadable("Another program keeps writing the journal, so nothing was changed. Stop it and try again.")

    def _snapshot(self) -> Snapshot:
        try:
            return self._validated()
        except Unreadable as error:
            raise self._storage.understood(error) from error

    def _validated(self) -> Snapshot:
        profile = self._db.table("profile").get(doc_id=ONLY)
        return Snapshot(
            records={str(document.doc_id): _valid_record(document) for document in self._records.all()},
            profile=_valid("the profile", profile, Profile) if profile is not None else Profile(),
            changes=tuple(_valid("the undo list", change, Change) for change in self._db.table("changes").all()),
            to_confirm=self._storage.to_confirm,
        )

    def _write(self, edit: Edit, after: Snapshot) -> None:
        if edit.profile is not None:
            self._put("profile", [to_plain(edit.profile)])
        stored = {str(document.doc_id) for document in self._records.all()}
        self._records.remove(doc_ids=[record.id for record in edit.records if record.id in stored])  # type: ignore[misc]
        self._records.insert_multiple(Document(to_plain(r), doc_id=r.id) for r in edit.records)  # type: ignore[arg-type]
        self._put("changes", [to_plain(change) for change in after.changes])

    def _put(self, table: str, documents: list[dict[str, object]]) -> None:
        self._db.table(table).truncate()
        self._db.table(table).insert_multiple(documents)


def _valid_record(document: Document) -> AnyRecord:
    where = f"record {clean_line(str(document.doc_id))}"
    record: AnyRecord = _valid(where, document, AnyRecord)
    if record.id != str(document.doc_id):
        raise Unreadable(f"The journal is damaged: {where} names itself {record.id}. It was left as it is.")
    return record


def _valid(where: str, plain: object, kind: Any) -> Any:
    try:
        return msgspec.convert(plain, type=kind)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The journal is damaged: {where}: {error}. It was left as it is.") from error
