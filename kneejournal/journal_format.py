"""What a journal's file looks like: a header with a checksum, and behind it the tables, one document a line."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kneejournal import migrations, strict_json
from kneejournal.errors import Unreadable
from kneejournal.journal_lines import RecordLines
from kneejournal.migrations import Tables

FORMAT = "kneejournal"
HEADER = "header"
ONLY = "1"
"""The document id in tables that hold one document."""

START = b'{\n"header": {\n"1": '
END_OF_TABLE = b"\n},\n"
END = b"\n}\n}\n"
PROFILE, RECORDS, CHANGES = b'"profile": {\n', b'"records": {\n', b'"changes": {\n'
ORDER = ("profile", "records", "changes")
"""The undo list comes last: it is what a file that was cut short loses first."""


class Damaged(Unreadable):
    """The file is there, and is not a whole journal. It is never overwritten."""


class ChangedOutside(Unreadable):
    """The file is a whole journal that another program than kneejournal wrote."""


class Newer(Unreadable):
    """A newer kneejournal wrote the file, and this one does not understand all of it. It is never written."""


class NotMigrated(Unreadable):
    """The file is whole, and cannot be brought from its schema to the newest. It is never written."""


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


class Content(Struct, frozen=True, kw_only=True, dict=True):
    """A journal as it was read: its bytes and its header."""

    raw: bytes
    header: Header
    parsed: Tables | None = None
    """The tables, where they were looked at one by one already."""

    @cached_property
    def tables(self) -> Tables:
        """The tables in the newest schema, with every document as JSON objects."""
        return _tables(self.raw) if self.parsed is None else self.parsed

    def lines(self) -> Tables | None:
        """The tables with the records as lines, to be changed one by one; None when they stand in another order.

        Where that is not noticed here, what is taken for the lines is no JSON object.
        """
        raw, begin, end = self.raw, _body(self.raw), len(self.raw) - len(END)
        found: Tables = {}
        try:
            if raw.startswith(PROFILE, begin):
                behind = raw.find(END_OF_TABLE, begin)
                found["profile"] = _documents(raw, begin + len(PROFILE), behind)
                begin = behind + len(END_OF_TABLE)
            if (behind := raw.rfind(b"\n},\n" + CHANGES)) > begin:
                found["changes"] = _documents(raw, behind + len(b"\n},\n" + CHANGES), end)
                end = behind
        except msgspec.DecodeError:
            return None
        if not (raw.startswith(RECORDS, begin) and raw.endswith(END)):
            return None
        return found | {"records": RecordLines(raw, begin + len(RECORDS), end)}

    @property
    def is_newer(self) -> bool:
        """A newer kneejournal wrote it: it may be read as far as it can be understood, and is never written."""
        return self.header.schema > migrations.SCHEMA

    @property
    def is_older(self) -> bool:
        """An older kneejournal wrote it: writing it leaves it in another schema than it has."""
        return self.header.schema < migrations.SCHEMA


def decoded(raw: bytes, path: Path, *, is_checked: bool = True) -> Content:
    """The journal in `raw`, which is named `path`; whoever wrote it, unless `is_checked`.

    What is as kneejournal writes it, to the checksum, holds what was looked at when it was written. Everything else is
    read as strictly as can be. The checksum is of the bytes as they are, so it is looked at before an older schema is
    migrated. Raises Damaged, ChangedOutside, Newer and NotMigrated.
    """
    if is_checked and (vouched := _vouched(raw)):
        return Content(raw=raw, header=vouched)
    try:
        tables = _tables(raw)
    except strict_json.NotStrict as error:
        raise _damaged(path, str(error)) from error
    header = _header(tables, path)
    body = memoryview(raw)[_body(raw) :]
    if is_checked and header.sha256 != checksum(header, body):
        raise newer(path) if header.schema > migrations.SCHEMA else _changed_outside(path)
    try:
        return Content(raw=raw, header=header, parsed=migrations.migrated(tables, header.schema))
    except migrations.NoWay as error:
        raise NotMigrated(
            f"The journal {path} cannot be read: {error}. It was left as it is.",
            hint="The kneejournal that wrote it still reads it.",
        ) from error


def encoded(tables: Tables, revision: int, journal: str, *, to_confirm: bool) -> tuple[bytes, Header]:
    """The tables as JSON behind a header, one document a line: to be read, compared and mended by hand."""
    kept = {name: documents for name, documents in tables.items() if name != HEADER} or {"records": {}}
    body: list[bytes | memoryview] = []
    for name in sorted(kept, key=lambda name: ORDER.index(name) if name in ORDER else -1):
        body += [b",\n"] if body else []
        body += _table(name, kept[name])
    body.append(b"\n}\n")
    schema = migrations.SCHEMA
    header = Header(format=FORMAT, schema=schema, revision=revision, journal=journal, sha256="", to_confirm=to_confirm)
    header = replace(header, sha256=checksum(header, *body))
    return b"".join([b"{\n", *_table(HEADER, {ONLY: header}), b",\n", *body]), header


def checksum(header: Header, *body: bytes | memoryview) -> str:
    """The checksum of a journal: of what its header says, and of everything behind the header, in pieces."""
    said = f"{header.format} {header.schema} {header.revision} {header.journal} {header.to_confirm}\n"
    found = hashlib.sha256(said.encode())
    for piece in body:
        found.update(piece)
    return found.hexdigest()


def newer(path: Path) -> Newer:
    """What is said of a file of a newer kneejournal."""
    return Newer(
        f"The journal {path} was written by a newer kneejournal, and this one does not understand all of it. "
        "It was left as it is. Update kneejournal."
    )


def _vouched(raw: bytes) -> Header | None:
    """The header of a file of the newest schema, if it is word for word as kneejournal writes it, checksum and all."""
    body = _body(raw)
    said = raw[len(START) : body - len(END_OF_TABLE)] if raw.startswith(START) else b""
    try:
        header = msgspec.json.decode(said, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    is_ours = msgspec.json.encode(header) == said and (header.format, header.schema) == (FORMAT, migrations.SCHEMA)
    return header if is_ours and header.sha256 == checksum(header, memoryview(raw)[body:]) else None


def _body(raw: bytes) -> int:
    """Where that begins which stands behind the header; the end of `raw` when there is no header."""
    found = raw.find(END_OF_TABLE)
    return len(raw) if found < 0 else found + len(END_OF_TABLE)


def _tables(raw: bytes) -> Tables:
    """The tables of a file, and its header, of whatever schema. Raises strict_json.NotStrict."""
    tables = strict_json.parse(raw)
    if not (isinstance(tables, dict) and all(isinstance(table, dict) for table in tables.values())):
        raise strict_json.NotStrict("it does not hold a journal")
    return tables


def _header(tables: Tables, path: Path) -> Header:
    found = tables.get(HEADER, {}).get(ONLY)
    if not isinstance(found, dict) or found.get("format") != FORMAT or type(found.get("schema")) is not int:
        raise Damaged(f"The file {path} is not one of kneejournal's journals. It was left as it is.")
    try:
        return msgspec.convert(found, type=Header)
    except msgspec.ValidationError as error:
        if found["schema"] > migrations.SCHEMA:
            raise newer(path) from error
        raise _damaged(path, f"its header: {error}") from error


def _damaged(path: Path, what: str) -> Damaged:
    hint = "kneejournal doctor --repair brings back the newest backup."
    return Damaged(f"The journal {path} is damaged: {what}. It was left as it is.", hint)


def _changed_outside(path: Path) -> ChangedOutside:
    return ChangedOutside(
        f"The journal {path} was changed by another program. It was left as it is.",
        hint="kneejournal doctor --accept takes it so, doctor --repair goes back to the newest backup.",
    )


def _documents(raw: bytes, begin: int, end: int) -> Any:
    """The documents of one table, which stand between its braces."""
    return msgspec.json.decode(memoryview(raw)[begin - 2 : end + 2])


def _table(name: str, documents: Mapping[str, Any]) -> Iterator[bytes | memoryview]:
    yield msgspec.json.encode(name) + b": {\n"
    if isinstance(documents, RecordLines):
        yield from documents.pieces()
    else:
        lines = (msgspec.json.encode(key) + b": " + msgspec.json.encode(doc) for key, doc in documents.items())
        yield b",\n".join(lines)
    yield b"\n}"
