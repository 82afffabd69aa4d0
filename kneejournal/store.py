"""Keeps the journal in one TinyDB file; the only module that knows TinyDB."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, to_plain
from kneejournal.domain.snapshot import Change, Edit, Snapshot, applied
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable
from kneejournal.journal_file import ChangedMeanwhile, Content, JournalFile, Tables

ONLY = 1
"""The document id in tables that hold one document."""
TRIES = 20
"""How often a change is made anew when another program writes the file in between."""


class JournalStorage(Storage):
    """What TinyDB reads and writes through: one state for all that is read, one write at the end."""

    def __init__(self) -> None:
        self._held: Tables | None = None
        self._is_changed = False
        self.to_confirm = False
        """The last days are to be gone through, as of the latest look."""

    def read(self) -> Tables | None:
        if self._held is None:
            raise RuntimeError("the journal is read as a whole, inside reading() or writing()")
        return self._held

    def write(self, data: Tables) -> None:
        self._held, self._is_changed = data, True

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one and the same state."""
        self._held, self._is_changed = self.load(), False
        try:
            yield
        finally:
            self._held = None

    @contextmanager
    def writing(self, at: datetime) -> Iterator[None]:
        """One state and one write, with nobody else writing; no write when something fails or nothing changes."""
        with self.locked(), self.reading():
            yield
            if self._is_changed and self._held is not None:
                self.save(self._held, at)

    def locked(self) -> AbstractContextManager[None]:
        """Keeps others from writing."""
        return nullcontext()

    def signature(self) -> object:
        """Something that differs when what is stored may have changed."""
        return None

    def understood(self, error: Unreadable) -> Unreadable:
        """`error` of what is stored, or what it comes from."""
        return error

    def keep_copy(self, at: datetime, before: str) -> None:
        """Keep a copy of the journal as it was before something that changes much of it."""

    def load(self) -> Tables:
        """The tables as they are stored now; none when there is no journal yet."""
        raise NotImplementedError

    def save(self, tables: Tables, at: datetime) -> None:
        """Store the tables, whole or not at all."""
        raise NotImplementedError


class MemoryStorage(JournalStorage):
    """A journal that ends with the program, for samples and tests."""

    def __init__(self, tables: Tables | None = None) -> None:
        super().__init__()
        self._bytes = msgspec.json.encode(tables or {})

    def load(self) -> Tables:
        return msgspec.json.decode(self._bytes, type=Tables)

    def save(self, tables: Tables, at: datetime) -> None:  # noqa: ARG002
        self._bytes = msgspec.json.encode(tables)


class FileStorage(JournalStorage):
    """A journal in a file."""

    def __init__(self, file: JournalFile) -> None:
        super().__init__()
        self.file = file
        self._content: Content | None = None

    def locked(self) -> AbstractContextManager[None]:
        return self.file.locked()

    def load(self) -> Tables:
        self._content = self.file.read()
        if self._content is None:
            self.to_confirm = False
            return {}
        header = self._content.header
        self.to_confirm = header.to_confirm or self.file.is_rolled_back(header)
        return dict(self._content.tables)

    def signature(self) -> object:
        return self.file.signature()

    def understood(self, error: Unreadable) -> Unreadable:
        return self.file.newer() if self._content and self._content.is_newer else error

    def keep_copy(self, at: datetime, before: str) -> None:
        if self._content is not None:
            self.file.keep_copy(self._content.raw, self._content.header.revision, at, before)

    def save(self, tables: Tables, at: datetime) -> None:
        content = self._content
        raw, header = (content.raw, content.header) if content else (None, None)
        self.file.replace(tables, raw, header, at, to_confirm=self.to_confirm)


class RecordTable(Table):
    """A table whose documents go by the journal's own ids."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0


class Store:
    """The journal's records, profile and undoable changes, validated on the way in and out."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self._db = TinyDB(storage=lambda: storage)
        self._records = RecordTable(storage, "records")

    def signature(self) -> object:
        """Something that differs when the journal may have changed; cheap to ask."""
        return self._storage.signature()

    def load(self) -> Snapshot:
        """The journal as it is stored now. Raises Unreadable when any part of it is not valid: never a part of it."""
        with self._storage.reading():
            return self._snapshot()

    def update(self, make: Callable[[Snapshot], Edit], at: datetime) -> tuple[Edit, Snapshot]:
        """Change the journal by what `make` answers to what is stored at this moment; answers with what that gave.

        The change is on the disk when this returns. An empty edit writes nothing, and so does an exception. When
        another program wrote the file in between, the change is made anew on what that left.
        """
        for _ in range(TRIES):
            try:
                with self._storage.writing(at):
                    before = self._snapshot()
                    edit = make(before)
                    if edit.is_empty:
                        return edit, before
                    if edit.keep_before:
                        self._storage.keep_copy(at, edit.keep_before)
                    after = applied(edit, before, at)
                    self._write(edit, after)
                return edit, after
            except ChangedMeanwhile:
                continue
        raise Unreadable("Another program keeps writing the journal, so nothing was changed. Stop it and try again.")

    def confirm(self, at: datetime) -> None:
        """Remember that the last days were gone through after a restore. Raises Unreadable."""
        with self._storage.writing(at):
            self._snapshot()
            self._storage.to_confirm = False
            self._put("changes", [dict(change) for change in self._db.table("changes").all()])

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
