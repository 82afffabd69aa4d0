"""The exported journal: its shape on the page, and what is said of one that cannot be taken in."""

import json
from typing import Any

import pytest

from kneejournal import __version__
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.errors import BadData
from kneejournal.interop.journal_json import Document, read_document, write_document
from tests.domain.stories import TODAY, ago, at, pain

NOW = at(TODAY, 20)
RECORDS = (pain(ago(1), 1), pain(TODAY, 2))
SNAPSHOT = Snapshot(records={record.id: record for record in reversed(RECORDS)}, profile=Profile(units="mi"))
NOTHING = "Nothing was changed."


def export(**fields: object) -> dict[str, Any]:
    """An export of two entries, with other fields."""
    return {**json.loads(write_document(SNAPSHOT, NOW)), **fields}


def refused(document: object) -> str:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(BadData) as told:
        read_document(raw, "x.json", TODAY)
    return str(told.value)


def test_an_export_is_read_back_with_its_profile_and_its_records() -> None:
    document = read_document(write_document(SNAPSHOT, NOW), "x.json", TODAY)
    assert document == Document(profile=SNAPSHOT.profile, records=RECORDS)


def test_an_export_of_an_empty_journal_is_read_back_too() -> None:
    raw = write_document(Snapshot(), NOW)
    assert read_document(raw, "x.json", TODAY) == Document(profile=Profile(), records=())
    assert raw.splitlines()[-2] == b'"records": []'


def test_an_export_has_a_field_and_a_record_a_line_and_ends_with_one() -> None:
    lines = write_document(SNAPSHOT, NOW).decode().split("\n")
    assert lines[:5] == [
        "{",
        '"format": "kneejournal",',
        '"format_version": 1,',
        '"exported_at": "2026-11-22T20:00:00+00:00",',
        f'"app_version": "{__version__}",',
    ]
    assert json.loads("{" + lines[5].removesuffix(",") + "}")["profile"]["units"] == "mi"
    assert lines[6] == '"records": ['
    assert [json.loads(line.removesuffix(","))["id"] for line in lines[7:9]] == [record.id for record in RECORDS]
    assert [line[-1] for line in lines[7:9]] == [",", "}"]
    assert lines[9:] == ["]", "}", ""]


def test_what_goes_with_an_export_stands_before_its_records() -> None:
    raw = write_document(SNAPSHOT, NOW, {"replaced": ["a", "b"]})
    assert list(json.loads(raw))[-2:] == ["replaced", "records"]
    assert json.loads(raw)["replaced"] == ["a", "b"]
    assert read_document(raw, "x.json", TODAY).records == RECORDS


def test_records_are_in_the_order_of_their_days_and_then_of_their_writing() -> None:
    records = [
        pain(ago(2), 0, written=at(TODAY, 9)),
        pain(ago(1), 5, scope="moment", written=at(ago(1), 8)),
        pain(ago(1), 4, scope="moment", written=at(ago(1), 9)),
        *sorted((pain(TODAY, 1, scope="moment"), pain(TODAY, 2, scope="moment")), key=lambda record: record.id),
    ]
    raw = write_document(Snapshot(records={record.id: record for record in reversed(records)}), NOW)
    assert [record["id"] for record in json.loads(raw)["records"]] == [record.id for record in records]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"[", "x.json cannot be imported: it is not JSON (line 1, column 2: Expecting value)."),
        ([], "x.json is not a kneejournal export."),
        ({}, "x.json is not a kneejournal export."),
        (export(format="another"), "x.json is not a kneejournal export."),
        (export(format_version="1"), "x.json: `format_version` is not a whole number from 1 up."),
        (export(format_version=True), "x.json: `format_version` is not a whole number from 1 up."),
        (export(format_version=0), "x.json: `format_version` is not a whole number from 1 up."),
        ({"format": "kneejournal"}, "x.json: `format_version` is not a whole number from 1 up."),
        ({"format": "kneejournal", "format_version": 1}, "x.json: `profile` is missing."),
        ({"format": "kneejournal", "format_version": 1, "profile": {}}, "x.json: `records` is missing."),
        (export(zebra=1, **{"\x1bape": 1}), "x.json: `␛ape` is not part of an export."),
        (export(records={}), "x.json: `records` is not a list."),
        (export(profile={"units": "m"}), "x.json, profile: Invalid enum value 'm' - at `$.units`."),
    ],
)
def test_what_cannot_be_taken_in_is_said(document: object, said: str) -> None:
    assert refused(document) == f"{said} {NOTHING}"


def test_an_export_of_a_newer_format_asks_for_a_newer_kneejournal() -> None:
    said = "x.json is of format 2; this kneejournal knows 1. Update kneejournal."
    assert refused(export(format_version=2)) == said
    assert refused(export(format_version=2, zebra=1)) == said, "what it has besides is the newer format's"


def test_neither_of_the_fields_that_only_tell_of_the_export_is_needed() -> None:
    document = export()
    del document["exported_at"], document["app_version"]
    assert read_document(json.dumps(document).encode(), "x.json", TODAY).records == RECORDS


def test_a_record_is_named_by_its_place_and_its_id() -> None:
    first, second = (to_plain(record) for record in RECORDS)
    said = refused(export(records=[first, {**second, "pain": {"left": 11}}]))
    assert said == f"x.json, record 2 ({second['id']}): Expected `int` <= 10 - at `$.pain.left`. {NOTHING}"


def test_a_record_without_an_id_is_named_by_its_place() -> None:
    (first, _) = (to_plain(record) for record in RECORDS)
    del first["id"]
    assert refused(export(records=[first])).startswith("x.json, record 1: ")
    assert refused(export(records=["nonsense"])).startswith("x.json, record 1: Expected `object`")


def test_of_an_id_that_is_none_no_more_is_repeated_than_an_id_has_room_for() -> None:
    first = to_plain(RECORDS[0])
    said = refused(export(records=[{**first, "id": "\x1b" + "a" * 100}]))
    assert said.startswith(f"x.json, record 1 (␛{'a' * 39}): ")


def test_a_record_of_a_day_to_come_is_refused_with_the_day() -> None:
    today, tomorrow = to_plain(RECORDS[1]), to_plain(pain(ago(-1)))
    assert len(read_document(json.dumps(export(records=[today])).encode(), "x.json", TODAY).records) == 1
    where = f"x.json, record 1 ({tomorrow['id']})"
    assert refused(export(records=[tomorrow])) == f"{where}: `day`, Mon 23 Nov, is in the future. {NOTHING}"
    next_year = {**tomorrow, "day": "2027-01-02"}
    assert "`day`, Sat 2 Jan 2027, is in the future" in refused(export(records=[next_year]))
