"""What a journal's file looks like: a header with a checksum, and behind it the tables, one document a line."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kneejournal import migrations, strict_json
from kneejournal.errors import Unreadable
from kneejournal.migrations import Tables

FORMAT = "kneejournal"
HEADER = "header"
ONLY = "1"
"""The document id in tables that hold one document."""

END_OF_TABLE = b"\n},\n"


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


class Content(Struct, frozen=True, kw_only=True):
    """A journal as it was read: its bytes and its header as they are, its tables in the newest schema."""

    raw: bytes
    tables: Tables
    header: Header

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

    The checksum is of the bytes as they are, so it is looked at before an older schema is migrated.
    Raises Damaged, ChangedOutside, Newer and NotMigrated.
    """
    try:
        tables = strict_json.parse(raw)
    except strict_json.NotStrict as error:
        raise _damaged(path, str(error)) from error
    if not (isinstance(tables, dict) and all(isinstance(table, dict) for table in tables.values())):
        raise _damaged(path, "it does not hold a journal")
    header = _header(tables, path)
    if is_checked and header.sha256 != checksum(header, raw.partition(END_OF_TABLE)[2]):
        raise newer(path) if header.schema > migrations.SCHEMA else _changed_outside(path)
    try:
        return Content(raw=raw, tables=migrations.migrated(tables, header.schema), header=header)
    except migrations.NoWay as error:
        raise NotMigrated(
            f"The journal {path} cannot be read: {error}. It was left as it is.",
            hint="The kneejournal that wrote it still reads it.",
        ) from error


def encoded(tables: Tables, revision: int, journal: str, *, to_confirm: bool) -> tuple[bytes, Header]:
    """The tables as JSON behind a header, one document a line: to be read, compared and mended by hand."""
    kept = {name: documents for name, documents in tables.items() if name != HEADER} or {"records": {}}
    body = b",\n".join(_table(name, documents) for name, documents in kept.items()) + b"\n}\n"
    schema = migrations.SCHEMA
    header = Header(format=FORMAT, schema=schema, revision=revision, journal=journal, sha256="", to_confirm=to_confirm)
    header = replace(header, sha256=checksum(header, body))
    return b"{\n" + _table(HEADER, {ONLY: msgspec.to_builtins(header)}) + b",\n" + body, header


def checksum(header: Header, body: bytes) -> str:
    """The checksum of a journal: of what its header says, and of everything behind the header."""
    said = f"{header.format} {header.schema} {header.revision} {header.journal} {header.to_confirm}\n".encode()
    return hashlib.sha256(said + body).hexdigest()


def newer(path: Path) -> Newer:
    """What is said of a file of a newer kneejournal."""
    return Newer(
        f"The journal {path} was written by a newer kneejournal, and this one does not understand all of it. "
        "It was left as it is. Update kneejournal."
    )


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


def _table(name: str, documents: dict[str, Any]) -> bytes:
    lines = b",\n".join(msgspec.json.encode(key) + b": " + msgspec.json.encode(doc) for key, doc in documents.items())
    return msgspec.json.encode(name) + b": {\n" + lines + b"\n}"
