"""R16: a file of a newer kneejournal is read as far as it is understood, and never written."""

import json
from typing import Any

import msgspec
import pytest

from kneejournal.errors import KneejournalError
from kneejournal.journal_format import END_OF_TABLE, Header, checksum
from tests.torture import commands
from tests.torture.rig import Home, leave_ahead, lived_in, note, said, tables_of, tree


def newer(content: bytes, **more: Any) -> bytes:
    """The journal as the next schema might write it: `more` are fields of the header that are not known yet."""
    tables = tables_of(content)
    body = content.partition(END_OF_TABLE)[2]
    plain = {**tables["header"]["1"], "schema": 2, "sha256": ""}
    plain["sha256"] = checksum(msgspec.convert(plain, type=Header), body)
    return b'{\n"header": {\n"1": ' + json.dumps({**plain, **more}).encode() + END_OF_TABLE + body


def prepared(home: Home) -> tuple[list[tuple[str, ...]], bytes]:
    entry, run, export = lived_in(home)
    return [*commands.READING, *commands.writing(home, entry, run, export)], home.content


def unknown_record(content: bytes) -> bytes:
    """A record of a kind that is not known, under a checksum that is right."""
    head, end, body = content.partition(END_OF_TABLE)
    return newer(head + end + body.replace(b'"kind":"run"', b'"kind":"swim"', 1))


SHAPES = {
    "the same shape": newer,
    "a header with another field": lambda content: newer(content, journal="4f2a"),
    "another checksum": lambda content: newer(content, sha256="0" * 64),
    "a kind of record that is not known": unknown_record,
}


@pytest.mark.parametrize(
    "shape", [*SHAPES, "with what was written ahead of it", "only what was written ahead"], ids=str
)
def test_no_command_changes_a_newer_file(home: Home, shape: str) -> None:
    """Each change is refused for what it is, with the way out that helps: updating, not repairing."""
    words, content = prepared(home)
    if shape in SHAPES:
        home.journal.write_bytes(SHAPES[shape](content))
    else:
        leave_ahead(home, "ahead")
        home.ahead.write_bytes(newer(home.ahead.read_bytes()))
        if shape == "with what was written ahead of it":
            home.journal.write_bytes(newer(content))
        assert "ahead" in home.notes()
        with pytest.raises(KneejournalError, match="newer kneejournal"):
            note(home.open(ahead=True), "over it")
    before = tree(home.journal.parent)
    for each in words:
        done = home.call(*each)
        assert not done.is_crash, (each, done)
        assert tree(home.journal.parent) == before, each


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_what_is_said_of_a_newer_file_is_that_it_is_newer(home: Home, shape: str) -> None:
    _, content = prepared(home)
    home.journal.write_bytes(SHAPES[shape](content))
    with pytest.raises(KneejournalError) as caught:
        note(home.open(), "over it")
    assert "newer kneejournal" in said(caught.value)


def test_every_command_is_among_those_tried(home: Home) -> None:
    words, _ = prepared(home)
    assert commands.names() <= {each[0] for each in words if each}
