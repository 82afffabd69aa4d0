"""What is taken for a journal, and what is said of everything else."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kneejournal import migrations
from kneejournal.errors import Unreadable
from kneejournal.journal_format import ChangedOutside, Damaged, Newer
from kneejournal.journal_format import decoded as decode
from kneejournal.journal_format import encoded as encode
from tests.kept import Kept, told

SOMEWHERE = Path("somewhere/journal.json")
DAMAGED_HINT = "kneejournal doctor --repair brings back the newest backup."
NEWER = (
    "The journal {path} was written by a newer kneejournal, and this one does not understand all of it. "
    "It was left as it is. Update kneejournal."
)


@pytest.fixture
def kept(home: Path) -> Kept:
    return Kept(home)


TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\n},\n", '"}\n},\n{"', "header"])
DOCUMENTS = st.dictionaries(TEXTS, st.dictionaries(TEXTS, TEXTS | st.integers(0, 9) | st.lists(TEXTS), max_size=3))


@given(st.dictionaries(TEXTS.filter(lambda name: name != "header"), DOCUMENTS, min_size=1, max_size=3), st.booleans())
def test_whatever_is_written_is_read_as_it_was(tables: dict[str, Any], to_confirm: bool) -> None:
    raw, header = encode(tables, 7, "4f2a", to_confirm=to_confirm)
    content = decode(raw, SOMEWHERE)
    assert (content.raw, content.header) == (raw, header)
    assert {name: table for name, table in content.tables.items() if name != "header"} == tables
    assert (header.format, header.schema, header.revision) == ("kneejournal", migrations.SCHEMA, 7)
    assert (header.journal, header.to_confirm) == ("4f2a", to_confirm)


def test_a_document_stands_on_a_line_of_its_own_behind_the_header() -> None:
    raw, _ = encode(
        {"a": {"1": {"x": 1}, "2": {}}, "b": {}, "header": {"1": "the old one"}}, 7, "4f2a", to_confirm=False
    )
    first, *rest = raw.decode().splitlines()
    assert first == "{"
    assert rest[0] == '"header": {'
    assert rest[2:] == ["},", '"a": {', '"1": {"x":1},', '"2": {}', "},", '"b": {', "", "}", "}"]


@pytest.mark.parametrize(
    "fields",
    [{"revision": 1}, {"journal": "another"}, {"to_confirm": True}, {"schema": 0}],
    ids=lambda f: next(iter(f)),
)
def test_what_the_header_says_is_vouched_for_too(kept: Kept, fields: dict[str, object]) -> None:
    kept.with_header(vouched=False, **fields)
    assert told(ChangedOutside, kept.file.read) == (
        f"The journal {kept.path} was changed by another program. It was left as it is.",
        "kneejournal doctor --accept takes it so, doctor --repair goes back to the newest backup.",
    )


def test_a_header_under_a_right_checksum_is_believed(kept: Kept) -> None:
    kept.with_header(revision=7, journal="another", to_confirm=True)
    assert (kept.header.revision, kept.header.journal, kept.header.to_confirm) == (7, "another", True)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"[", "it is not JSON (line 1, column 2: Expecting value)"),
        (b"[]", "it does not hold a journal"),
        (b'{"header": {}, "records": []}', "it does not hold a journal"),
        (
            b'{"header": {"1": {"format": "kneejournal", "schema": 1}}}',
            "its header: Object missing required field `revision`",
        ),
        (
            b'{"header": {"1": {"format": "kneejournal", "schema": 1, "colour": "red"}}}',
            "its header: Object contains unknown field `colour`",
        ),
    ],
)
def test_what_is_damaged_is_said_with_the_way_back(raw: bytes, what: str) -> None:
    said = f"The journal {SOMEWHERE} is damaged: {what}. It was left as it is."
    for is_checked in (True, False):
        assert told(Damaged, lambda: decode(raw, SOMEWHERE, is_checked=is_checked)) == (said, DAMAGED_HINT)  # noqa: B023


def test_a_file_without_a_header_is_none_of_kneejournals() -> None:
    for raw in (b"{}", b'{"tasks": {"1": {}}}'):
        said, _ = told(Damaged, lambda: decode(raw, SOMEWHERE))  # noqa: B023
        assert said == f"The file {SOMEWHERE} is not one of kneejournal's journals. It was left as it is."


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"1": []},
        {"2": {"format": "kneejournal", "schema": 1}},
        {"1": {"format": "another", "schema": 1}},
        {"1": {"format": "kneejournal"}},
        {"1": {"format": "kneejournal", "schema": "1"}},
        {"1": {"format": "kneejournal", "schema": True}},
    ],
)
def test_a_file_of_another_program_is_not_called_a_damaged_journal(header: object) -> None:
    said, hint = told(Damaged, lambda: decode(json.dumps({"header": header}).encode(), SOMEWHERE))
    assert said == f"The file {SOMEWHERE} is not one of kneejournal's journals. It was left as it is."
    assert hint == ""


@pytest.mark.parametrize("fields", [{"colour": "red"}, {"revision": "seven"}])
def test_a_newer_header_that_is_not_understood_is_newer_and_not_damaged(fields: dict[str, object]) -> None:
    header = {"format": "kneejournal", "schema": migrations.SCHEMA + 1, "revision": 1, **fields}
    raw = json.dumps({"header": {"1": header}}).encode()
    assert told(Newer, lambda: decode(raw, SOMEWHERE)) == (NEWER.format(path=SOMEWHERE), "")


def test_a_newer_file_under_a_checksum_of_another_kind_is_newer_and_not_changed(kept: Kept) -> None:
    kept.with_header(vouched=False, schema=migrations.SCHEMA + 1)
    assert told(Newer, kept.file.read) == (NEWER.format(path=kept.path), "")
    content = kept.file.parse_unchecked(kept.path.read_bytes())
    assert (content.is_newer, content.is_older) == (True, False)


def test_a_file_is_called_by_its_name_whether_its_checksum_is_looked_at_or_not(kept: Kept) -> None:
    for parse in (kept.file.parse, kept.file.parse_unchecked):
        assert str(kept.path) in told(Damaged, lambda: parse(b"{"))[0]  # noqa: B023


def test_a_file_of_this_schema_is_neither_newer_nor_older(kept: Kept) -> None:
    assert (kept.content.is_newer, kept.content.is_older) == (False, False)


def test_a_file_of_a_schema_that_no_step_knows_says_who_still_reads_it(kept: Kept) -> None:
    kept.with_header(schema=migrations.SCHEMA - 1)
    said, hint = told(Unreadable, kept.file.read)
    assert said == (
        f"The journal {kept.path} cannot be read: it is of schema {migrations.SCHEMA - 1}, which this kneejournal does "
        "not know. It was left as it is."
    )
    assert hint == "The kneejournal that wrote it still reads it."


def test_a_journal_without_any_table_is_written_so_that_it_can_be_read() -> None:
    raw, header = encode({}, 1, "4f2a", to_confirm=False)
    assert decode(raw, SOMEWHERE).header == header
