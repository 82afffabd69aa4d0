"""A journal goes out whole, and others come in whole or not at all."""

import json
import os
import stat
from pathlib import Path

import pytest

from tests.conftest import CommandLine

BAD = [
    b"",
    b"{}",
    b"not json",
    b'{"format": "kneejournal", "format_version": 2, "profile": {}, "records": []}',
    b'{"format": "kneejournal", "format_version": 1, "profile": {}, "records": [{"kind": "pain"}]}',
    b"[" * 100_000,
    b"\xff\xfe",
]


def exported(cli: CommandLine, file: Path) -> Path:
    """The journal in a file, and a new journal in its place."""
    cli.ok("export", str(file))
    cli.begin_another()
    return file


def without_moment(raw: str) -> object:
    return {key: value for key, value in json.loads(raw).items() if key != "exported_at"}


def test_an_export_comes_back_as_it_was(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("setup", "--knee", "both", "--units", "km")
    cli.log_clear_evenings(20, 22)
    cli.ok("run", "3")
    cli.ok("shoes", "add", "Blue", "--km", "10")
    cli.ok("undo")
    before = without_moment(cli.ok("export"))
    file = exported(cli, tmp_path / "out.json")
    cli.ok("import", str(file))
    assert without_moment(cli.ok("export", "-")) == before


def test_a_file_is_private_and_said_to_be(cli: CommandLine, tmp_path: Path) -> None:
    cli.log_clear_evenings(20, 22)
    file = tmp_path / "out.json"
    out = cli.ok("export", str(file), "--format", "json")
    assert out == f"Exported 3 entries to {file}. It holds health data; only you can read it.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_exists_is_left_unless_force_is_used(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "0")
    file = tmp_path / "out.json"
    file.write_text("mine", encoding="utf-8")
    result = cli("export", str(file))
    assert (result.status, file.read_text(encoding="utf-8")) == (3, "mine")
    cli.ok("export", str(file), "--force")
    assert json.loads(file.read_bytes())["format"] == "kneejournal"


def test_at_a_terminal_it_asks_before_it_replaces(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("log", "0")
    file = tmp_path / "out.json"
    file.write_text("mine", encoding="utf-8")
    monkeypatch.setattr("kneejournal.commands.destination.is_terminal", lambda: True)
    for answer, status in (("n", 3), ("y", 0)):
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _="", answer=answer: answer)
        assert cli("export", str(file)).status == status
        assert (file.read_text(encoding="utf-8") == "mine") == (answer == "n")


def test_it_never_writes_over_the_journal_or_a_device(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "0")
    before = cli.content
    link = tmp_path / "link.json"
    link.symlink_to(cli.journal)
    for file in (str(cli.journal), str(link), str(tmp_path), "/dev/stdout", str(tmp_path / "no" / "out.json")):
        assert cli("export", file, "--force").status == 3
    assert cli.content == before


def test_an_unknown_format_is_wrong_usage(cli: CommandLine) -> None:
    assert cli("export", "--format", "pdf").status == 2


def test_several_files_come_in_as_one_change(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("setup", "--units", "km", now="2026-11-10T20:00:00-05:00")
    cli.log_clear_evenings(10, 12)
    first = exported(cli, tmp_path / "first.json")
    cli.ok("setup", "--knee", "right", now="2026-11-12T21:00:00-05:00")
    cli.ok("log", "4", "--all-day", now="2026-11-12T22:00:00-05:00")
    second = exported(cli, tmp_path / "second.json")
    assert cli.ok("import", str(first), str(second)).startswith("Imported first.json, second.json: 3 new, 0 changed")
    assert cli.records[-1]["pain"] == {"right": 4}
    assert cli("setup", "--json").json["knees"][0]["side"] == "right"
    cli.ok("undo")
    assert cli("entries", "--json").json == []


def test_the_order_of_the_files_does_not_matter(cli: CommandLine, tmp_path: Path) -> None:
    cli.log_clear_evenings(10, 12)
    first = exported(cli, tmp_path / "first.json")
    cli.ok("log", "4", "--all-day", now="2026-11-12T22:00:00-05:00")
    second = exported(cli, tmp_path / "second.json")
    cli.ok("import", str(first), str(second))
    one = without_moment(cli.ok("export"))
    cli.begin_another()
    cli.ok("import", str(second), str(first))
    assert without_moment(cli.ok("export")) == one


def test_what_is_here_already_is_not_written_again(cli: CommandLine, tmp_path: Path) -> None:
    cli.log_clear_evenings(20, 22)
    file = tmp_path / "out.json"
    cli.ok("export", str(file))
    before = cli.content
    assert cli.ok("import", str(file)) == "Imported out.json: 0 new, 0 changed, 3 already here.\n"
    assert cli.content == before


def test_a_dry_run_only_says_what_would_be(cli: CommandLine, tmp_path: Path) -> None:
    cli.log_clear_evenings(20, 22)
    file = exported(cli, tmp_path / "out.json")
    out = cli.ok("import", "--dry-run", str(file))
    assert out == "Would import out.json: 3 new, 0 changed, 0 already here.\nNothing was changed.\n"
    assert cli.content is None


def test_a_journal_comes_through_a_pipe(cli: CommandLine) -> None:
    cli.log_clear_evenings(20, 22)
    raw = cli.ok("export").encode()
    cli.begin_another()
    assert cli.ok("import", "-", stdin=raw).startswith("Imported standard input: 3 new")


@pytest.mark.parametrize("raw", BAD)
def test_a_file_that_is_no_export_changes_nothing(cli: CommandLine, tmp_path: Path, raw: bytes) -> None:
    cli.ok("log", "0")
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    cli.ok("export", str(good))
    cli.begin_another()
    bad.write_bytes(raw)
    result = cli("import", str(good), str(bad))
    assert (result.status, result.out, cli.content) == (4, "", None)
    assert "bad.json" in result.err
    assert len(result.err.splitlines()) <= 2


def test_what_is_no_file_cannot_be_read(cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kneejournal.interop.journal_json.MAX_BYTES", 10)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big.json").write_bytes(b"{" * 11)
    for name in ("absent.json", "pipe", "big.json"):
        assert cli("import", str(tmp_path / name)).status == 3
    assert cli("import", "-", stdin=b"{" * 11).status == 3
    assert cli("import").status == 2
    assert cli.content is None
