"""The tables for a spreadsheet: read back by a plain CSV reader, and without a formula in them."""

import csv
import io
import zipfile

import pytest
from hypothesis import given

from kneejournal.domain.records import Pain, Run
from kneejournal.domain.snapshot import Snapshot
from kneejournal.interop.csv_out import COLUMNS, KINDS, harmless, write_table, write_tables
from kneejournal.interop.formats import TABLES, Table
from tests.domain.stories import PROGRAMME, TODAY, ago, pain, run
from tests.generated import HOSTILE, of, snapshots

BEGINS_A_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def rows(table: Table, snapshot: Snapshot, separator: str = ",") -> list[list[str]]:
    text = write_table(table, snapshot, PROGRAMME).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def table(name: Table, snapshot: Snapshot) -> list[dict[str, str]]:
    header, *lines = rows(name, snapshot)
    return [dict(zip(header, line, strict=True)) for line in lines]


@given(snapshots())
def test_every_record_that_is_not_deleted_is_a_row_as_wide_as_the_header(snapshot: Snapshot) -> None:
    for name in TABLES:
        header, *lines = rows(name, snapshot)
        assert {len(line) for line in lines} <= {len(header)}
        ids = {record.id for record in snapshot.live if isinstance(record, KINDS[name])}
        assert {line[-1] for line in lines} == ids
        assert len(lines) == len(ids)


@given(snapshots())
def test_no_cell_begins_a_formula_wherever_the_separator_is_a_comma_or_a_semicolon(snapshot: Snapshot) -> None:
    for name in TABLES:
        for separator in ",;":
            for line in rows(name, snapshot, separator):
                for cell in line:
                    assert not cell.lstrip(' "').startswith(BEGINS_A_FORMULA) or cell.lstrip("+-").isdigit(), cell


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_keeps_its_words(text: str) -> None:
    assert harmless(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("-3", "-3"), ("+1.5", "+1.5"), ("- went well", "'- went well"), ("@x", "'@x"),
        ("fine; =no", "fine; '=no"), ("one\n=two", "one\n'=two"), ('"=x"', "\"'=x\""), ("\uff1d1", "'\uff1d1"),
        ("3 - 1 = 2", "3 - 1 = 2"), ("", ""),
    ],
)  # fmt: skip
def test_only_what_would_be_calculated_gets_a_mark(text: str, cell: str) -> None:
    assert harmless(text) == cell


def test_a_pain_entry_has_a_column_a_knee_and_its_symptoms_by_name() -> None:
    entry = pain(ago(1), 3, right=5, symptoms=("stairs-down", "squat"), medicine=True)
    (row,) = table("pain", of(entry))
    assert (row["pain_left"], row["pain_right"], row["medicine"]) == ("3", "5", "yes")
    assert (row["day"], row["time"], row["symptoms"]) == ("2026-11-21", "", "stairs-down, squat")
    assert row["recorded_at"] == "2026-11-21T20:00:00+00:00"


def test_a_run_names_its_shoes() -> None:
    (row,) = table("run", of(run(TODAY, metres=5000)))
    assert (row["distance_m"], row["duration_s"], row["shoe"], row["stage"]) == ("5000", "", "", "1")


def test_the_zip_holds_each_table_and_is_the_same_every_time() -> None:
    snapshot = of(pain(TODAY), run(TODAY))
    raw = write_tables(snapshot, PROGRAMME, TODAY)
    assert raw == write_tables(snapshot, PROGRAMME, TODAY)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in TABLES]
        assert archive.read("pain.csv") == write_table("pain", snapshot, PROGRAMME)
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o600}


def test_it_begins_with_the_mark_that_excel_looks_for_and_ends_its_lines_as_csv_does() -> None:
    raw = write_table("pain", of(pain(TODAY)), PROGRAMME)
    assert raw.startswith(b"\xef\xbb\xbfday,time,")
    assert raw.endswith(b"\r\n")


def test_an_empty_journal_gives_headers() -> None:
    for name in TABLES:
        assert rows(name, Snapshot()) == [[*COLUMNS[name], "recorded_at", "id"]]


def test_every_field_of_pain_and_run_that_somebody_wrote_has_a_column() -> None:
    assert set(Pain.__struct_fields__) - {"pain", "updated_at", "device", "deleted", "recorded_at", "id"} <= set(
        COLUMNS["pain"]
    )
    left_out = {"updated_at", "device", "deleted", "recorded_at", "id", "shoe_id", "external_id"}
    assert set(Run.__struct_fields__) - left_out <= set(COLUMNS["run"])
