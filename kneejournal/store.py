"""Keeps the journal in one TinyDB file; the only module that knows TinyDB."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kneejournal import strict_json
from kneejournal.domain.records import AnyRecord, Profile, to_plain
from kneejournal.domain.snapshot import Change, Edit, Snapshot, applied
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable
from kneejournal.files import PRIVATE_FOLDER, replace_file

FORMAT = "kneejournal"
SCHEMA = 1
ONLY = 1
"""The document id in tables that hold one document."""

Tables = dict[str, dict[str, Any]]


class JournalStorage(Storage):
    """What TinyDB reads and writes through: inside a transaction in memory, at its end in one piece."""

    def __init__(self) -> None:
        self._held: Tables | None = None
        self._is_changed = False
        self.exists = False
        """Whether there was a journal when it was last looked at."""

    def _hold(self) -> None:
        found = self.load()
        self._held, self._is_changed, self.exists = found or {}, False, found is not None

    def read(self) -> Tables | None:
        return self.load() if self._held is None else self._held

    def write(self, data: Tables) -> None:
        if self._held is None:
            raise RuntimeError("the journal is written as a whole, inside writing()")
        self._held, self._is_changed = data, True

    @contextmanager
    def reading(self) -> Iterator[bool]:
        """Reads inside see one and the same state; False when there is no journal yet."""
        self._hold()
        try:
            yield self.exists
        finally:
            self._held = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One snapshot and one write at the end; none when something in between fails or changes nothing."""
        self._hold()
        try:
            yield
            if self._is_changed and self._held is not None:
                self.save(self._held)
        finally:
            self._held = None

    def load(self) -> Tables | None:
        """The tables as they are stored now; None when there are none yet."""
        raise NotImplementedError

    def save(self, tables: Tables) -> None:
        """Store the tables, whole or not at all."""
        raise NotImplementedError


class MemoryStorage(JournalStorage):
    """A journal that ends with the program, for samples and tests."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes: bytes | None = None

    def load(self) -> Tables | None:
        return None if self._bytes is None else msgspec.json.decode(self._bytes, type=Tables)

    def save(self, tables: Tables) -> None:
        self._bytes = encoded(tables)


class FileStorage(JournalStorage):
    """A journal in a file, one record a line, replaced in one piece."""

    def __init__(self, path: Path, *, may_make_folder: bool = False) -> None:
        super().__init__()
        self._path = path
        self._may_make_folder = may_make_folder

    def load(self) -> Tables | None:
        try:
            raw = self._read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreadable(f"The journal {self._path} cannot be read: {error.strerror}.") from error
        try:
            tables = strict_json.parse(raw)
        except strict_json.NotStrict as error:
            raise self._damaged(str(error)) from error
        if not (isinstance(tables, dict) and all(isinstance(table, dict) for table in tables.values())):
            raise self._damaged("it does not hold a journal")
        return tables

    def save(self, tables: Tables) -> None:
        try:
            if self._may_make_folder:
                self._path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            if self._path.exists() and not os.access(self._path, os.W_OK):
                raise PermissionError(None, "it is read-only")
            replace_file(self._path, encoded(tables))
        except OSError as error:
            raise Unreadable(
                f"The journal {self._path} cannot be written: {error.strerror}. Nothing was changed."
            ) from error

    def _read(self) -> bytes:
        if not stat.S_ISREG(self._path.stat().st_mode):
            raise OSError(None, "it is not a file")
        return self._path.read_bytes()

    def _damaged(self, what: str) -> Unreadable:
        return Unreadable(f"The journal {self._path} is damaged: {what}. It was left as it is; restore a copy of it.")


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

    def load(self) -> Snapshot:
        """The journal as it is stored now. Raises Unreadable when any part of it is not valid: never a part of it."""
        with self._storage.reading() as exists:
            return self._snapshot() if exists else Snapshot()

    def update(self, make: Callable[[Snapshot], Edit], at: datetime) -> tuple[Edit, Snapshot]:
        """Change the journal by what `make` answers to what is stored at this moment; answers with what that gave.

        The change is on the disk when this returns. An empty edit writes nothing, and so does an exception.
        """
        with self._storage.writing():
            before = self._snapshot()
            edit = make(before)
            if edit.is_empty:
                return edit, before
            after = applied(edit, before, at)
            self._write(edit, after)
        return edit, after

    def _snapshot(self) -> Snapshot:
        header = self._db.table("header").get(doc_id=ONLY)
        if self._storage.exists:
            _check_header(header if isinstance(header, dict) else {})
        profile = self._db.table("profile").get(doc_id=ONLY)
        return Snapshot(
            records={str(document.doc_id): _valid_record(document) for document in self._records.all()},
            profile=_valid("the profile", profile, Profile) if profile else Profile(),
            changes=tuple(_valid("the undo list", change, Change) for change in self._db.table("changes").all()),
        )

    def _write(self, edit: Edit, after: Snapshot) -> None:
        header = self._db.table("header").get(doc_id=ONLY)
        revision = header["revision"] + 1 if isinstance(header, Document) else 1
        self._put("header", [{"format": FORMAT, "schema": SCHEMA, "revision": revision}])
        if edit.profile is not None:
            self._put("profile", [to_plain(edit.profile)])
        stored = {str(document.doc_id) for document in self._records.all()}
        self._records.remove(doc_ids=[record.id for record in edit.records if record.id in stored])  # type: ignore[misc]
        self._records.insert_multiple(Document(to_plain(r), doc_id=r.id) for r in edit.records)  # type: ignore[arg-type]
        self._put("changes", [to_plain(change) for change in after.changes])

    def _put(self, table: str, documents: list[dict[str, object]]) -> None:
        self._db.table(table).truncate()
        self._db.table(table).insert_multiple(documents)


def encoded(tables: Tables) -> bytes:
    """The tables as JSON, one document a line, so that the file can be read, compared and mended by hand."""
    parts = []
    for name, documents in tables.items():
        lines = b",\n".join(
            msgspec.json.encode(doc_id) + b": " + msgspec.json.encode(document)
            for doc_id, document in documents.items()
        )
        parts.append(msgspec.json.encode(name) + b": {\n" + lines + b"\n}")
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def _check_header(header: Mapping[str, Any]) -> None:
    if header.get("format") != FORMAT or not isinstance(header.get("schema"), int):
        raise Unreadable("The journal file is not one of kneejournal's. It was left as it is.")
    if header["schema"] > SCHEMA:
        raise Unreadable("The journal was written by a newer kneejournal. Update this one; it was left as it is.")


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
