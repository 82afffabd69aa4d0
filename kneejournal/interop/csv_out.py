"""The journal as tables for a spreadsheet: one CSV file a kind of record."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import asdict

from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run, Shoe
from kneejournal.domain.snapshot import Snapshot
from kneejournal.interop.formats import TABLES, Table

KINDS: Mapping[Table, type[AnyRecord]] = {
    "pain": Pain, "exercise": ExerciseMark, "care": Care, "run": Run, "shoe": Shoe,
}  # fmt: skip
COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "pain": ("day", "time", "scope", "pain_left", "pain_right", "symptoms", "medicine", "resolved_on", "note"),
    "exercise": ("day", "exercise", "name", "done", "pain"),
    "care": ("day", "what", "minutes"),
    "run": ("day", "distance_m", "duration_s", "pain", "stage", "shoe", "source", "note"),
    "shoe": ("day", "name", "shoe_kind", "since", "bought", "starting_m", "default", "retired_on", "fitted_on"),
}
WRITTEN = ("recorded_at", "id")
"""The last columns of every table."""
OLDEST_IN_ZIP = 1980
"""Before that year a zip has no dates."""

_FORMULA = re.compile(r"""(^|[;\n])(["' ]*)(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])""")
"""Where a spreadsheet would begin to calculate: at the beginning of a cell, and of what it takes for one where its
own separator is a semicolon."""
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?", re.ASCII)


def write_tables(snapshot: Snapshot, programme: Programme, day: date) -> bytes:
    """A zip with every table, `pain.csv` and so on, dated `day`; the same journal gives the same bytes."""
    packed = io.BytesIO()
    stamp = (max(day.year, OLDEST_IN_ZIP), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(packed, "w") as archive:
        for table in TABLES:
            entry = zipfile.ZipInfo(f"{table}.csv", stamp)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, write_table(table, snapshot, programme))
    return packed.getvalue()


def write_table(table: Table, snapshot: Snapshot, programme: Programme) -> bytes:
    """One table, oldest record first, as UTF-8 with the mark that Excel looks for; deleted records stay out.

    Text that a spreadsheet would calculate with gets a ' in front: the JSON export is the lossless one.
    """
    header = (*COLUMNS[table], *WRITTEN)
    found = (record for record in snapshot.live if isinstance(record, KINDS[table]))
    shoes = {shoe.id: shoe.name for shoe in snapshot.records.values() if isinstance(shoe, Shoe)}
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(header)
    for record in sorted(found, key=lambda record: (record.day, record.recorded_at, record.id)):
        values = _values(record, programme, shoes)
        writer.writerow([_cell(values[column]) for column in header])
    return lines.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text` as a cell in which no spreadsheet finds a formula; a plain number stays one."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1\2'", text)


def _values(record: AnyRecord, programme: Programme, shoes: Mapping[str, str]) -> dict[str, object]:
    """The fields of a record, with what a table has instead of ids, lists and numbers a knee."""
    values = asdict(record)
    if isinstance(record, Pain):
        values |= {f"pain_{side}": record.pain.of(side) for side in ("left", "right")}
        values["symptoms"] = ", ".join(record.symptoms)
    elif isinstance(record, ExerciseMark):
        exercise = programme.exercise(record.exercise)
        values["name"] = exercise.name if exercise else None
    elif isinstance(record, Run):
        values["shoe"] = shoes.get(record.shoe_id or "")
    return values


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, int) else harmless(str(value))
