"""Takes out of a damaged file the records that can still be read."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec

from kneejournal import migrations
from kneejournal.ahead import Ahead
from kneejournal.domain.merge import newer
from kneejournal.domain.records import AnyRecord, from_plain, to_plain
from kneejournal.errors import Unreadable
from kneejournal.journal_format import Header, decoded
from kneejournal.migrations import NoWay, Tables

_SCHEMA = re.compile(rb'"schema":([0-9]{1,9})\b')
_RECORD_LINE = re.compile(rb'^"([0-9a-f-]{36})": (\{"kind":.*\}),?$')


def salvage(raw: bytes) -> tuple[AnyRecord, ...]:
    """Every record of a damaged file whose line can still be read and is valid, in the newest schema."""
    found: dict[str, AnyRecord] = {}
    said = _SCHEMA.search(raw)
    schema = int(said[1]) if said and int(said[1]) in migrations.STEPS else migrations.SCHEMA
    for line in raw.split(b"\n"):
        if match := _RECORD_LINE.match(line):
            try:
                alone = migrations.migrated({"records": {match[1].decode(): msgspec.json.decode(match[2])}}, schema)
                records = [from_plain(plain) for plain in alone.get("records", {}).values()]
            except (msgspec.DecodeError, UnicodeDecodeError, NoWay, RecursionError):
                continue
            found |= {record.id: newer(found.get(record.id, record), record) for record in records}
    return tuple(found.values())


def with_records(tables: Tables, records: Iterable[AnyRecord]) -> tuple[Tables, int]:
    """`tables` with those of `records` that are newer, and how many that are."""
    stored: dict[str, Any] = dict(tables.get("records", {}))
    count = 0
    for record in records:
        standing = from_plain(stored[record.id]) if record.id in stored else None
        if standing is None or standing.updated_at < record.updated_at:
            stored[record.id] = to_plain(record)
            count += 1
    return {**tables, "records": stored}, count


def with_ahead(tables: Tables, header: Header | None, ahead: Ahead, raw: bytes) -> tuple[Tables, int]:
    """`tables` with what can be read of `raw`, which was written ahead of them, and how many records that brings.

    All of it where it is whole; nothing where it is of another journal than that of `header`.
    """
    changes = None
    with suppress(Unreadable):
        changes = decoded(raw, ahead.path)
    if changes and header and changes.header.journal != header.journal:
        return tables, 0
    found, count = with_records(tables, salvage(raw))
    with suppress(Unreadable):
        if changes and header:
            ahead.put_into(found, header, changes)
    return found, count
