"""The journal as one JSON document, out and in, without loss."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from kneejournal import __version__, strict_json
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, from_plain, to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData

FORMAT = "kneejournal"
FORMAT_VERSION = 1
MAX_BYTES = 200_000_000
FIELDS = frozenset({"format", "format_version", "exported_at", "app_version", "profile", "records", "replaced"})
"""`replaced` is of machines that sync: see kneejournal.interop.shared_folder."""


class Document(Struct, frozen=True, kw_only=True):
    """What an exported journal holds."""

    profile: Profile
    records: tuple[AnyRecord, ...]


def write_document(snapshot: Snapshot, now: datetime, more: Mapping[str, object] | None = None) -> bytes:
    """Everything in the journal, deleted records too, as UTF-8 JSON, one record a line, oldest first.

    `more`: fields that stand before the records.
    """
    records = sorted(snapshot.records.values(), key=lambda record: (record.day, record.recorded_at, record.id))
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported_at": now.isoformat(),
        "app_version": __version__,
        "profile": to_plain(snapshot.profile),
        **(more or {}),
    }
    fields = [msgspec.json.encode(key) + b": " + msgspec.json.encode(value) for key, value in head.items()]
    lines = b",\n".join(msgspec.json.encode(record) for record in records)
    fields.append(b'"records": [' + (b"\n" + lines + b"\n" if lines else b"") + b"]")
    return b"{\n" + b",\n".join(fields) + b"\n}\n"


def read_document(raw: bytes, source: str, today: date) -> Document:
    """The journal in an exported document.

    Raises BadData, naming `source`, the record and the field: for what is not a kneejournal export, for one of a
    newer format, and for any record that is not valid or of a day after `today`.
    """
    try:
        plain = strict_json.parse(raw)
    except strict_json.NotStrict as error:
        raise BadData(f"{source} cannot be imported: {error}. Nothing was changed.") from error
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise BadData(f"{source} is not a kneejournal export. Nothing was changed.")
    _check_version(plain, source)
    try:
        profile = msgspec.convert(plain["profile"], type=Profile)
    except msgspec.ValidationError as error:
        raise BadData(f"{source}, profile: {error}. Nothing was changed.") from error
    entries = plain["records"]
    if not isinstance(entries, list):
        raise BadData(f"{source}: `records` is not a list. Nothing was changed.")
    records = tuple(_record(entry, number, source, today) for number, entry in enumerate(entries, 1))
    return Document(profile=profile, records=records)


def _check_version(plain: Mapping[str, Any], source: str) -> None:
    version = plain.get("format_version")
    if type(version) is not int or version < 1:
        raise BadData(f"{source}: `format_version` is not a whole number from 1 up. Nothing was changed.")
    if version > FORMAT_VERSION:
        raise BadData(f"{source} is of format {version}; this kneejournal knows {FORMAT_VERSION}. Update kneejournal.")
    for absent in sorted({"profile", "records"} - plain.keys()):
        raise BadData(f"{source}: `{absent}` is missing. Nothing was changed.")
    for stranger in sorted(plain.keys() - FIELDS):
        raise BadData(f"{source}: `{clean_line(stranger)}` is not part of an export. Nothing was changed.")


def _record(entry: object, number: int, source: str, today: date) -> AnyRecord:
    named = entry.get("id") if isinstance(entry, dict) else None
    where = f"{source}, record {number}" + (f" ({clean_line(str(named))[:40]})" if named else "")
    try:
        record = from_plain(entry)
    except msgspec.ValidationError as error:
        raise BadData(f"{where}: {error}. Nothing was changed.") from error
    if record.day > today:
        raise BadData(f"{where}: `day`, {short_day(record.day, today)}, is in the future. Nothing was changed.")
    return record
