"""What can still be read of a damaged file, record by record."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from kneejournal import migrations
from kneejournal.domain.records import Pain, to_plain
from kneejournal.journal_format import encoded
from kneejournal.migrations import Tables
from kneejournal.salvage import salvage, with_records
from tests.domain.stories import TODAY, ago, pain

ONE, TWO, THREE = pain(ago(2), 1), pain(ago(1), 2), pain(TODAY, 3)
LATER = replace(ONE, note="corrected", updated_at=ONE.updated_at + timedelta(minutes=1))


def line(record: Pain, end: bytes = b",") -> bytes:
    """A record as it stands in the file."""
    return msgspec.json.encode(record.id) + b": " + msgspec.json.encode(to_plain(record)) + end


def whole(*records: Pain) -> bytes:
    raw, _ = encoded({"records": {r.id: to_plain(r) for r in records}, "changes": {}}, 1, "4f2a", to_confirm=False)
    return raw


def test_every_record_of_a_whole_file_is_found() -> None:
    assert salvage(whole(ONE, TWO, THREE)) == (ONE, TWO, THREE)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 100, b"[" * 1000, b"\xff\xfe", b'{"header": {}}'])
def test_where_there_is_no_record_none_is_found(raw: bytes) -> None:
    assert salvage(raw) == ()


def test_the_last_line_of_a_table_is_a_record_too() -> None:
    assert salvage(b"\n".join([b"nonsense", line(ONE), line(TWO, b"")])) == (ONE, TWO)


@pytest.mark.parametrize(
    "broken",
    [
        line(TWO)[:-20],
        line(TWO).replace(b'"left":2', b'"left":11'),
        line(TWO).replace(b'"left":2', b'"left":\xff'),
        line(TWO).replace(b'"left":2', b'"left":' + b"[" * 5000 + b"]" * 5000),
        line(TWO).replace(b'"kind":"pain"', b'"kind":"mood"'),
        line(TWO).replace(b'"scope"', b'"scop\x00"'),
        line(TWO)[1:],
        b" " + line(TWO),
        line(TWO) + b" ",
    ],
)
def test_a_line_that_cannot_be_read_hides_none_of_the_others(broken: bytes) -> None:
    assert salvage(b"\n".join([line(ONE), broken, line(THREE)])) == (ONE, THREE)


@pytest.mark.parametrize("lines", [(ONE, LATER), (LATER, ONE)])
def test_of_two_versions_of_a_record_the_later_one_is_taken(lines: tuple[Pain, Pain]) -> None:
    assert salvage(b"\n".join([line(TWO), *map(line, lines)])) == (TWO, LATER)


def test_records_of_an_older_schema_are_brought_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = whole(ONE, TWO).replace(b'"note"', b'"remark"')

    def notes_for_remarks(tables: Tables) -> Tables:
        assert list(tables) == ["records"]
        ((key, plain),) = tables["records"].items()
        assert key == plain["id"]
        remark = plain.pop("remark")
        return {"records": {key: {**plain, "note": remark}}}

    assert salvage(raw) == ()
    monkeypatch.setattr(migrations, "STEPS", {1: notes_for_remarks})
    monkeypatch.setattr(migrations, "SCHEMA", 2)
    assert salvage(raw) == (ONE, TWO)
    without = raw.replace(b'"schema":1', b'"sch')
    assert salvage(without) == (), "without a word of its schema a file is read as one of the newest"
    monkeypatch.setattr(migrations, "STEPS", {1: lambda _: {}})
    assert salvage(raw) == (), "a step may leave nothing"


def test_a_record_that_its_step_does_not_understand_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_two(tables: Tables) -> Tables:
        if TWO.id in tables["records"]:
            raise KeyError("two")
        return tables

    raw = whole(ONE, TWO, THREE)
    monkeypatch.setattr(migrations, "STEPS", {1: refuse_two})
    monkeypatch.setattr(migrations, "SCHEMA", 2)
    assert salvage(raw) == (ONE, THREE)


def test_what_was_salvaged_is_taken_where_it_is_new_or_newer() -> None:
    stored: Tables = {"records": {LATER.id: to_plain(LATER), TWO.id: to_plain(TWO)}, "profile": {"1": {}}}
    before = msgspec.json.encode(stored)
    newer = replace(TWO, note="x", updated_at=TWO.updated_at + timedelta(seconds=1))
    tables, count = with_records(stored, [ONE, newer, THREE])
    assert count == 2
    assert tables["records"] == {LATER.id: to_plain(LATER), TWO.id: to_plain(newer), THREE.id: to_plain(THREE)}
    assert tables["profile"] == {"1": {}}
    assert msgspec.json.encode(stored) == before, "what it was given stays as it is"


def test_a_version_of_the_same_moment_is_not_newer() -> None:
    stored: Tables = {"records": {ONE.id: to_plain(ONE)}}
    tables, count = with_records(stored, [replace(ONE, note="x")])
    assert (tables, count) == (stored, 0)


def test_without_a_backup_what_was_salvaged_is_everything() -> None:
    assert with_records({}, [ONE]) == ({"records": {ONE.id: to_plain(ONE)}}, 1)
    assert with_records({}, []) == ({"records": {}}, 0)
