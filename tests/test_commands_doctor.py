"""`doctor`, `confirm` and `purge`: looking after the journal's file."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.conftest import CommandLine

MORNING = "2026-11-23T08:00:00-05:00"


def files(cli: CommandLine) -> list[Path]:
    return sorted(cli.journal.parent.glob("journal.json.damaged-*"))


@pytest.fixture
def week(cli: CommandLine) -> CommandLine:
    """A journal whose gate is open on the morning of Monday 23 November."""
    cli.log_clear_evenings(16, 22)
    cli.ok("shoes", "add", "Blue", "--since", "2026-11-01", now="2026-11-22T21:00:00-05:00")
    cli.now = MORNING
    assert cli("ready").status == 0
    return cli


def test_a_whole_journal_is_well(week: CommandLine) -> None:
    out = week.ok("doctor")
    assert "ILL" not in out
    for name in ("journal", "records", "days", "shoes", "version", "privacy", "temporary files", "backups"):
        assert f"well  {name}:" in out
    assert all(finding["well"] for finding in week("doctor", "--json").json)


def test_looking_changes_nothing(week: CommandLine) -> None:
    before = {path: path.read_bytes() for path in week.journal.parent.rglob("*") if path.is_file()}
    week.ok("doctor")
    assert {path: path.read_bytes() for path in week.journal.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", ["truncated", "emptied", "garbled", "gone"])
def test_a_damaged_journal_comes_back_and_cannot_say_ready_until_confirmed(week: CommandLine, damage: str) -> None:
    whole = week.journal.read_bytes()
    damaged = {"truncated": whole[:-40], "emptied": b"", "garbled": whole.replace(b"{", b"(", 5), "gone": None}[damage]
    if damaged is None:
        week.journal.unlink()
    else:
        week.journal.write_bytes(damaged)
    assert week("ready").status == 3
    assert week("log", "5").status == 3
    assert week("doctor").status == 3
    assert week.ok("doctor", "--repair").startswith("Brought back from backup of revision 8, Sun 22 Nov")
    assert [path.read_bytes() for path in files(week)] == ([] if damaged is None else [damaged])
    found = week("ready", "--json")
    assert (found.status, found.json["status"]) == (1, "unconfirmed")
    assert [rule["id"] for rule in found.json["rules"] if not rule["holds"]] == ["to-confirm"]
    assert week("confirm").status == 4
    assert "Sun 22 Nov: clear, worst pain 0" in week.ok("confirm", "--yes")
    assert week("ready").status == 0
    assert "nothing to confirm" in week.ok("confirm")


def test_only_the_days_that_were_shown_are_confirmed(week: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    older = week.journal.read_bytes()
    week.ok("log", "6")
    week.journal.write_bytes(older)
    asked: list[str] = []

    def answer(question: str, **_: object) -> bool:
        """Say yes, after another program wrote the journal the first time."""
        if not asked:
            week.ok("log", "7", "--note", "in between")
        asked.append(question)
        return True

    monkeypatch.setattr(import_module("kneejournal.commands.doctor"), "is_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", answer)
    refused = week("confirm")
    assert refused.status == 4
    assert "was changed after these days were shown, so they were not confirmed" in refused.err
    assert "kneejournal confirm" in refused.err
    assert week("ready", "--json").json["status"] != "ready"
    assert [rule["id"] for rule in week("ready", "--json").json["rules"] if rule["id"] == "to-confirm"]
    again = week.ok("confirm")
    assert "Mon 23 Nov: " in again
    assert "worst pain 7" in again
    assert "nothing to confirm" in week.ok("confirm")


def test_what_is_newer_in_the_damaged_file_comes_back_too(week: CommandLine) -> None:
    week.ok("log", "6", "--note", "on the stairs")
    for backup in (week.journal.parent / "journal.json.backups").glob("00000009-*"):
        backup.unlink()
    whole = week.journal.read_bytes()
    week.journal.write_bytes(whole[: whole.index(b'"changes"')])
    assert "revision 8" in week.ok("doctor", "--repair")
    assert "on the stairs" in week.ok("entries")
    week.ok("confirm", "--yes")
    assert week("ready", "--json").json["status"] == "not-ready"


def test_without_a_good_backup_what_can_be_read_comes_back(week: CommandLine) -> None:
    for backup in (week.journal.parent / "journal.json.backups").iterdir():
        backup.write_bytes(b"{}")
    week.journal.write_bytes(week.journal.read_bytes()[:-40])
    assert "no backup, and 8 newer entries" in week.ok("doctor", "--repair")
    assert len(week("entries", "--json").json) == 8


def test_where_nothing_can_be_read_the_file_stays(cli: CommandLine) -> None:
    cli.journal.write_bytes(b"\x00" * 100)
    assert cli("doctor", "--repair").status == 3
    assert cli.journal.read_bytes() == b"\x00" * 100


def test_a_change_by_another_program_is_accepted_only_when_asked_and_then_to_be_confirmed(week: CommandLine) -> None:
    text = week.journal.read_text(encoding="utf-8")
    week.journal.write_text(text.replace('"Blue"', '"Blau"'), encoding="utf-8")
    assert "another program" in week("ready").err
    week.ok("doctor", "--accept")
    assert week("shoes", "--json").json[0]["name"] == "Blau"
    assert week("ready", "--json").json["status"] == "unconfirmed"
    assert week("doctor", "--accept").status == 4


def test_a_change_that_is_not_valid_is_not_accepted(week: CommandLine) -> None:
    text = week.journal.read_text(encoding="utf-8")
    week.journal.write_text(text.replace('"left":0', '"left":11', 1), encoding="utf-8")
    before = week.journal.read_bytes()
    assert week("doctor", "--accept").status == 3
    assert week.journal.read_bytes() == before


def test_going_back_to_a_backup_keeps_what_was_there(week: CommandLine) -> None:
    week.ok("log", "7")
    listed = week.ok("doctor", "--backups")
    assert listed.splitlines()[0].startswith("9  2026-11-23")
    week.ok("doctor", "--restore", "8")
    assert "7, at" not in week.ok("entries")
    assert week("ready", "--json").json["status"] == "unconfirmed"
    assert "before" not in week.ok("doctor", "--backups").splitlines()[0]
    assert any("restore" in line for line in week.ok("doctor", "--backups").splitlines())
    week.ok("doctor", "--restore", "9")
    assert "7, at" in week.ok("entries")
    assert week("doctor", "--restore", "99").status == 4


def test_a_purged_entry_is_in_no_file_any_more(week: CommandLine) -> None:
    week.ok("log", "3", "--note", "private-matter")
    (entry,) = [e for e in week("entries", "--json").json if e.get("note") == "private-matter"]
    week.ok("delete", entry["id"])
    assert week("purge", entry["id"]).status == 2
    week.ok("purge", entry["id"], "--yes")
    for path in week.journal.parent.rglob("*"):
        assert path.is_dir() or b"private-matter" not in path.read_bytes(), path
    assert "ILL" not in week.ok("doctor")
    assert week("purge", entry["id"], "--yes").status == 4


def test_what_is_not_well_is_named(week: CommandLine) -> None:
    week.journal.chmod(0o644)
    (week.journal.parent / ".journal.json.abc.tmp").write_bytes(b"x")
    next((week.journal.parent / "journal.json.backups").glob("00000008-*")).write_bytes(b"{")
    report = week("doctor")
    assert report.status == 3
    assert "ILL   privacy: others may read it (mode 644)" in report.out
    assert "ILL   temporary files" in report.out
    assert "ILL   backups" in report.out


def test_options_that_exclude_each_other_are_wrong_usage(cli: CommandLine) -> None:
    assert cli("doctor", "--repair", "--accept").status == 2


def test_before_an_import_a_copy_is_kept(week: CommandLine, tmp_path: Path) -> None:
    export = tmp_path / "other.json"
    document = json.loads(week.ok("export"))
    document["records"][0]["updated_at"] = "2026-11-22T23:00:00-05:00"
    export.write_text(json.dumps(document), encoding="utf-8")
    week.ok("import", str(export))
    assert any("import" in line for line in week.ok("doctor", "--backups").splitlines())
