"""A file of an older schema: no command that reads writes it, and each that writes keeps it as it was."""

from pathlib import Path

import pytest

from kneejournal import migrations
from tests.torture import commands
from tests.torture.rig import Home, leave_ahead, lived_in, note, tables_of, tree


def prepared(home: Home, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, Path]:
    """A journal of the schema before the present one: a note, a run, and an export."""
    entry, run, export = lived_in(home)
    present = migrations.SCHEMA
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, present: lambda tables: tables})
    monkeypatch.setattr(migrations, "SCHEMA", present + 1)
    return entry, run, export


def schema_of(content: bytes) -> int:
    found: int = tables_of(content)["header"]["1"]["schema"]
    return found


def test_no_command_that_reads_changes_an_older_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(home, monkeypatch)
    before = tree(home.journal.parent)
    for words in commands.READING:
        done = home.call(*words)
        assert not done.is_crash, (words, done)
        assert done.status != 3, (words, done)
        assert tree(home.journal.parent) == before, words


def test_what_an_older_kneejournal_left_ahead_of_its_journal_is_migrated_with_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived_in(home)
    leave_ahead(home, "ahead")
    present = migrations.SCHEMA
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, present: lambda tables: tables})
    monkeypatch.setattr(migrations, "SCHEMA", present + 1)
    before = tree(home.journal.parent)
    assert "ahead" in home.notes()
    assert tree(home.journal.parent) == before
    note(home.open(ahead=True), "by the app")
    assert schema_of(home.content) == migrations.SCHEMA
    assert {"ahead", "by the app"} < set(home.notes())
    assert not home.ahead.exists()


def test_every_command_that_changes_an_older_file_keeps_it_as_it_was(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Purging alone leaves nothing of it: what is to be gone is to be in no copy."""
    entry, run, export = prepared(home, monkeypatch)
    older, changed = home.content, set[str]()
    for words in commands.writing(home, entry, run, export):
        home.journal.write_bytes(older)
        for backup in home.file().backups.all():
            backup.path.unlink()
        done = home.call(*words)
        assert not done.is_crash, (words, done)
        if home.content == older:
            continue
        changed.add(words[0])
        assert schema_of(home.content) == migrations.SCHEMA, words
        kept = [backup.path.read_bytes() for backup in home.file().backups.all() if backup.before == "migration"]
        assert kept == ([] if words[0] == "purge" else [older]), words
    assert changed >= {"setup", "shoes", "done", "log", "run", "edit", "delete", "undo", "purge", "confirm"}
