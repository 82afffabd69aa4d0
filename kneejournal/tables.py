"""Writes into the tables of the journal; the only module that knows TinyDB."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from kneejournal.domain.records import AnyRecord
from kneejournal.journal_lines import RecordLines
from kneejournal.storage import RECORDS, JournalStorage


class RecordTable(Table):
    """A table whose documents go by the journal's own ids, and are changed without copying all of them."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    def put(self, records: Mapping[str, AnyRecord], replaced: Iterable[str]) -> None:
        """Write `records`; `replaced` are the ids among them that the table has already."""
        tables = self._storage.read() or {}
        table: Any = tables.setdefault(self.name, {})
        if isinstance(table, RecordLines):
            table.put(records, replaced)
        else:
            for record_id in replaced:
                del table[record_id]
            table |= records
        self._storage.write(tables)


class JournalTables:
    """The tables of one journal, to be written into while its storage is written."""

    def __init__(self, storage: JournalStorage) -> None:
        # It reads and writes as TinyDB asks of its storages, without being one of them.
        self._db = TinyDB(storage=lambda: storage)
        self.records = RecordTable(cast(Storage, storage), RECORDS)

    def fill(self, name: str, documents: Iterable[Mapping[str, object]]) -> None:
        """Put `documents` in the place of all that the table holds."""
        table = self._db.table(name)
        table.truncate()
        table.insert_multiple(documents)
