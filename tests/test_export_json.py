"""The lossless export: it validates against the schema that is shipped, and comes back as it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import kneejournal.interop
from kneejournal.domain.snapshot import Snapshot
from kneejournal.interop.journal_json import read_document, write_document
from kneejournal.interop.journal_schema import journal_schema, write_schema
from tests.conftest import CommandLine
from tests.domain.stories import TODAY
from tests.generated import NOW, snapshots
from tests.support import new_journal
from tests.test_merge import PAIN_FIELDS, full_journal

SHIPPED = Path(kneejournal.interop.__file__).parent / "journal.schema.json"
VALIDATOR = Draft202012Validator(journal_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
NOT_A_MATTER_OF_SHAPE = ("2026-11-23", "0001-01-01", "9999-12-31")
"""Days that have the shape of one, and are too early or too late."""


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def test_the_shipped_schema_is_the_one_that_the_types_give() -> None:
    """After a change of the records: kneejournal export --schema kneejournal/interop/journal.schema.json --force"""
    assert SHIPPED.read_bytes() == write_schema()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(journal_schema())
    assert "\\\\Z" not in write_schema().decode()


@given(snapshots())
def test_every_export_validates_against_the_schema(snapshot: Snapshot) -> None:
    assert faults(json.loads(write_document(snapshot, NOW))) == []


@given(snapshots())
def test_an_export_that_is_read_and_written_again_is_the_same(snapshot: Snapshot) -> None:
    raw = write_document(snapshot, NOW)
    document = read_document(raw, "x.json", TODAY)
    again = Snapshot(records={record.id: record for record in document.records}, profile=document.profile)
    assert write_document(again, NOW) == raw


@given(snapshots())
def test_an_export_that_is_imported_into_an_empty_journal_is_exported_the_same(snapshot: Snapshot) -> None:
    raw = write_document(snapshot, NOW)
    journal, _ = new_journal(NOW, set_up=False)
    for _ in ("once", "again"):
        journal.merge(read_document(raw, "x.json", TODAY), "x.json")
        assert journal.export() == raw


@pytest.mark.parametrize(
    ("field", "value"), [each for each in PAIN_FIELDS if each[1] not in NOT_A_MATTER_OF_SHAPE], ids=repr
)
def test_what_an_import_refuses_the_schema_refuses_too(field: str, value: object) -> None:
    document: dict[str, Any] = json.loads(full_journal().export())
    assert faults(document) == []
    next(record for record in document["records"] if record["kind"] == "pain")[field] = value
    assert faults(document)


def test_the_schema_is_printed_and_names_its_kinds(cli: CommandLine) -> None:
    schema = json.loads(cli.ok("export", "--schema"))
    mapping = schema["properties"]["records"]["items"]["discriminator"]["mapping"]
    assert set(mapping) == {"pain", "exercise", "care", "run", "shoe"}
    assert cli.content is None, "no journal is needed for it"
