"""A journal that is changed line by line is the journal that would have been written as a whole."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Pain, new_id, to_plain
from kneejournal.domain.snapshot import Edit
from kneejournal.journal_format import END_OF_TABLE, START, Content, checksum, decoded, encoded
from kneejournal.journal_lines import RecordLines
from kneejournal.store import Store
from tests.domain.stories import TODAY, pain
from tests.kept import EVENING, Kept
from tests.support import file_storage

SOMEWHERE = Path("somewhere/journal.json")
NOTES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['"\n},\n"changes": {\n', '{"records": {', "},\n", '"1": ', "\\"]
)
KEYS = st.text("abc019", min_size=1, max_size=2)
TABLE = st.dictionaries(KEYS, st.fixed_dictionaries({"note": NOTES}), max_size=25)
"""More than are searched for one by one."""


def content_of(tables: dict[str, Any]) -> Content:
    return decoded(encoded(tables, 7, "4f2a", to_confirm=False)[0], SOMEWHERE)


def lines_of(content: Content) -> dict[str, Any]:
    lines = content.lines()
    assert lines is not None
    return lines


@given(TABLE, st.lists(TABLE, max_size=3), st.sampled_from([{}, {"1": {"what": "Knee 3"}}]), st.booleans())
def test_lines_that_are_put_in_make_the_file_that_the_whole_table_makes(
    before: dict[str, Any], changes: list[dict[str, Any]], undo: dict[str, Any], has_profile: bool
) -> None:
    tables: dict[str, Any] = {"profile": {"1": {}}} if has_profile else {}
    tables |= {"records": before, "changes": undo}
    lines, whole = lines_of(content_of(tables)), dict(before)
    for change in changes:
        lines["records"].put(change, [key for key in change if key in whole])
        # What is written again goes to the end.
        whole = {key: record for key, record in whole.items() if key not in change} | change
    assert dict(lines["records"]) == whole
    assert len(lines["records"]) == len(whole)
    raw, _ = encoded(lines, 8, "4f2a", to_confirm=False)
    assert raw == encoded({**tables, "records": whole}, 8, "4f2a", to_confirm=False)[0]
    assert decoded(raw, SOMEWHERE).tables["records"] == whole


@given(TABLE)
def test_what_nobody_touched_stays_byte_for_byte(before: dict[str, Any]) -> None:
    content = content_of({"records": before})
    assert encoded(lines_of(content), 7, "4f2a", to_confirm=False)[0] == content.raw


def test_a_record_that_is_not_there_is_not_replaced() -> None:
    lines = lines_of(content_of({"records": {"a": {}}}))["records"]
    with pytest.raises(KeyError):
        lines["b"]
    for replaced in (["b"], ["a", "a"]):
        with pytest.raises(KeyError):
            lines.put({}, replaced)


@pytest.mark.parametrize(
    "order",
    [("changes", "records"), ("records", "changes", "profile"), ("records", "profile"), ("runs", "records")],
    ids=" ".join,
)
def test_a_journal_whose_tables_stand_in_another_order_is_read_and_written_whole(
    home: Path, order: tuple[str, ...]
) -> None:
    """As one that was begun with an entry and set up later, by an older kneejournal."""
    path, record = home / "journal.json", pain(TODAY, 3)
    tables = {"records": {record.id: to_plain(record)}, "profile": {"1": to_plain(Profile(units="km"))}}
    texts = (f'"{name}": {{\n{json.dumps(tables.get(name, {}))[1:-1]}\n}}' for name in order)
    path.write_bytes(vouched((",\n".join(texts) + "\n}\n").encode()))
    store = Store(file_storage(path))
    assert list(store.load().records.values()) == [record]
    store.update(lambda _: Edit(what="", records=(replace(pain(TODAY, 4), id=new_id()),)), EVENING)
    again = Store(file_storage(path)).load()
    assert again == store.load()
    assert (len(again.records), again.profile.units) == (2, "km" if "profile" in order else "mi")


def vouched(body: bytes) -> bytes:
    """A journal with these tables behind a header that vouches for them."""
    header = content_of({}).header
    header = replace(header, sha256=checksum(header, body))
    return START + msgspec.json.encode(header) + END_OF_TABLE + body


def records_of(count: int) -> tuple[AnyRecord, ...]:
    return tuple(replace(pain(TODAY, number % 11), id=new_id()) for number in range(count))


@pytest.mark.parametrize("count", [1, 7, 8, 9, 30])
def test_the_journal_that_is_kept_in_mind_is_the_one_on_the_disk(home: Path, count: int) -> None:
    """After every change: of new records, of old ones, of both, and of a note that looks like the file's own lines."""
    storage = file_storage(home / "journal.json")
    store, some = Store(storage), records_of(count)
    hostile = replace(pain(TODAY, 3), id=new_id(), note='"\n},\n"changes": {\n"1": {}')
    later = datetime(2026, 11, 22, 21, tzinfo=UTC)
    again = tuple(replace(record, updated_at=later, deleted=True) for record in some)
    for records in (some, (hostile,), again, (*some[: count // 2], *records_of(2)), again):
        _, after = store.update(lambda _, records=records: Edit(what="", records=records), EVENING)  # type: ignore[misc]
        assert store.load() is after
        fresh = Store(file_storage(home / "journal.json")).load()
        assert fresh == after
        assert [to_plain(r) for r in fresh.records.values()] == [to_plain(after.records[key]) for key in fresh.records]


def test_a_journal_is_the_same_object_until_a_byte_of_it_changes(kept: Kept) -> None:
    store = kept.store
    before = store.load()
    assert store.load() is before
    kept.log(5)
    after = store.load()
    assert after is not before
    assert sorted(r.pain.worst for r in after.live if isinstance(r, Pain)) == [3, 5]
    assert store.load() is after


def test_a_version_that_came_back_is_to_be_gone_through_though_it_was_read_before(kept: Kept) -> None:
    store, older = kept.store, kept.path.read_bytes()
    assert not store.load().to_confirm
    kept.log(5)
    kept.path.write_bytes(older)
    assert store.load().to_confirm


def test_untouched_lines_are_not_even_read() -> None:
    raw = b'{\n"a": nonsense,\n"b": {"x":1}'
    lines = RecordLines(raw, 2, len(raw))
    assert lines["b"] == {"x": 1}
    lines.put({"c": {}}, ["b"])
    assert b"".join(lines.pieces()) == b'"a": nonsense,\n"c": {}'


@pytest.fixture
def kept(home: Path) -> Kept:
    return Kept(home)
