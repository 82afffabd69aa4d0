"""The way in: bad calls get a line and a status, never a traceback and never an escape sequence."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from kneejournal.__main__ import main
from tests.conftest import EVENING, CommandLine

ESCAPES = ["\x1b[31mred", "\x1b]52;c;AAAA\x07", "\x9b2J", "\u202eevil", "a\rb", "\x00", "x\x07y"]


def process(
    home: Path, *words: str, stdout: int = subprocess.PIPE, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[bytes]:
    """kneejournal in a process of its own."""
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    return subprocess.run(
        [sys.executable, "-m", "kneejournal", *words],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **places, "PYTHONIOENCODING": encoding},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("text", ESCAPES)
@pytest.mark.parametrize(
    "before",
    [
        (), ("--",), ("log",), ("log", "1", "--day"), ("log", "1", "--at"), ("log", "1", "--symptom"),
        ("log", "1", "--knee"), ("done",), ("run",), ("run", "1", "--shoe"), ("run", "1", "--stage"), ("edit",),
        ("delete",), ("entries", "--from"), ("shoes",), ("shoes", "retire"), ("setup", "--units"),
        ("setup", "--closes-at"), ("export", "--format"), ("import",), ("--now",),
    ],
)  # fmt: skip
def test_what_was_typed_is_never_sent_to_the_terminal_raw(cli: CommandLine, before: tuple[str, ...], text: str) -> None:
    for word in (text, f"--{text}"):
        result = cli(*before, word)
        assert result.status in (2, 3, 4)
        assert result.err.startswith("kneejournal: ")
        assert len(result.err.splitlines()) <= 2
        shown = result.out + result.err
        assert all(sign == "\n" or sign.isprintable() for sign in shown)


def test_notes_names_and_paths_are_shown_without_their_escapes(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "1", "--note", "".join(ESCAPES[:3]))
    cli.ok("shoes", "add", ESCAPES[0])
    cli.ok("run", "1", "--shoe", ESCAPES[0])
    file = tmp_path / "a\x1b[31mb.json"
    shown = [cli.ok("export", str(file)), cli.ok("import", str(file)), cli(*("export", str(file))).err]
    shown += [cli.ok(*words) for words in (("entries",), ("shoes",), ("today",), ("undo",), ("status",))]
    cli.journal = file
    shown.append(cli.ok("where"))
    assert all(sign == "\n" or sign.isprintable() for text in shown for sign in text)


def test_a_long_word_is_not_thrown_back_at_length(cli: CommandLine) -> None:
    for words in (("log", "9" * 100_000), ("run", "9" * 100_000), ("log", "1", "--day", "x" * 100_000)):
        assert len(cli(*words).err) < 2000


@pytest.mark.parametrize("words", [("--bogus",), ("bogus",), ("log", "1", "--bogus"), ("today", "bogus")])
def test_unknown_words_are_wrong_usage_with_a_way_on(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli(*words)
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[1].startswith("Try: kneejournal ")


def test_help_and_version_are_answers(cli: CommandLine) -> None:
    for word in ("-h", "--help", "--version"):
        assert "kneejournal" in cli.ok(word)
    for command in ("today", "log", "run", "ready", "entries", "edit", "shoes", "setup", "export", "import", "where"):
        assert "Usage: kneejournal" in cli.ok(command, "-h")


@pytest.mark.parametrize("when", ["yesterday", "2026-13-01", "", "9999-12-31", "2026-11-22T25:00", "20261122"])
def test_a_moment_that_is_none_is_bad_data(cli: CommandLine, when: str) -> None:
    assert main(["--journal", str(cli.journal), "--now", when, "status"]) == 4


def test_a_date_is_its_noon(cli: CommandLine) -> None:
    assert "at 12:00, Sun 22 Nov." in cli.ok("log", "1", now="2026-11-22")


@pytest.mark.parametrize("content", [b"", b"null", b"\xff", b'{"header": {"1": {"format": "other"}}}'])
def test_a_journal_that_cannot_be_read_is_left_as_it_is(cli: CommandLine, content: bytes) -> None:
    cli.journal.write_bytes(content)
    for words in (("status",), ("log", "0"), ("entries",), ("undo",), ("export",)):
        result = cli(*words)
        assert (result.status, result.out) == (3, "")
        assert result.err.startswith("kneejournal: ")
    assert cli.journal.read_bytes() == content


def test_a_folder_or_no_name_is_no_journal(cli: CommandLine, tmp_path: Path) -> None:
    for name in (str(tmp_path), "", "~nobody-of-that-name/journal.json", str(tmp_path / "absent" / "journal.json")):
        assert main(["--journal", name, "--now", EVENING, "log", "0"]) == 3
    assert not (tmp_path / "absent").exists()
    assert cli.content is None


def test_the_variable_names_the_journal(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KNEEJOURNAL_FILE", str(cli.journal))
    assert main(["--now", EVENING, "log", "0"]) == 0
    assert cli.content is not None
    assert "Knee 0" in capsys.readouterr().out


def test_away_from_a_terminal_it_says_where_things_stand(cli: CommandLine) -> None:
    result = cli()
    assert result.status == 2
    assert result.out.startswith("Day 0 of 7 · ")
    assert "kneejournal today, log, ready" in result.err
    assert cli.content is None


def test_at_a_terminal_it_opens_the_app(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []

    class FakeApp:
        return_code = 7

        def __init__(self, journal: object, places: object) -> None:
            opened.extend([journal, places])

        def run(self) -> None:
            opened.append("run")

    fake = types.ModuleType("kneejournal.app")
    fake.KneejournalApp = FakeApp  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kneejournal.app", fake)
    monkeypatch.setattr("kneejournal.__main__._is_terminal", lambda: True)
    assert cli().status == 7
    assert opened[-1] == "run"


def test_an_error_of_its_own_shows_no_traceback_and_no_values(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("my secret note")

    monkeypatch.setattr("kneejournal.journal.Journal.verdict", fail)
    result = cli("status")
    assert (result.status, result.out) == (70, "")
    assert "secret" not in result.err
    assert "ZeroDivisionError" in result.err


def test_an_interrupt_is_quiet(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kneejournal.journal.Journal.verdict", interrupt)
    result = cli("status")
    assert (result.status, result.out, result.err.strip()) == (130, "", "")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    for words in (("--help",), ("today",), ("ready", "--json"), ("export",)):
        read, write = os.pipe()
        os.close(read)
        found = process(tmp_path, *words, stdout=write)
        os.close(write)
        assert (found.returncode, found.stderr) == (141, b"")


def test_a_full_disk_is_said_once(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    found = process(tmp_path, "status", stdout=full)
    os.close(full)
    assert (found.returncode, found.stderr) == (3, b"kneejournal: Standard output: No space left on device.\n")


def test_a_poor_encoding_gets_plain_signs_and_json_stays_json(tmp_path: Path) -> None:
    now = ("--now", EVENING)
    line = process(tmp_path, *now, "status", encoding="ascii").stdout.decode("ascii")
    assert line.startswith("Day 0 of 7 - ")
    assert "3 x 10 a side" in process(tmp_path, *now, "today", encoding="ascii").stdout.decode("ascii")
    assert "3 × 10 a side" in process(tmp_path, *now, "today", "--json", encoding="ascii").stdout.decode("utf-8")


def test_reading_makes_neither_files_nor_folders(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for words in (("today",), ("ready",), ("status",), ("entries",), ("shoes",), ("setup",), ("export",), ("where",)):
        assert process(home, *words).returncode in (0, 1)
    assert not home.exists()


def test_the_first_entry_makes_a_private_folder(tmp_path: Path) -> None:
    assert process(tmp_path, "log", "0").returncode == 0
    folder = tmp_path / "data" / "kneejournal"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "journal.json").stat().st_mode & 0o777 == 0o600


def test_the_command_line_never_imports_textual_nor_anything_heavy_early(tmp_path: Path) -> None:
    early = "import sys, kneejournal.__main__; print(*{'textual', 'rich', 'pendulum', 'tinydb'} & set(sys.modules))"
    late = (
        "import sys, kneejournal.__main__ as m; "
        f"m.main(['--journal', {str(tmp_path / 'j.json')!r}, 'log', '0']); "
        "print(*{'textual', 'rich', 'pendulum'} & set(sys.modules), file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", early], capture_output=True, check=True, timeout=60)
    assert found.stdout.strip() == b""
    found = subprocess.run(
        [sys.executable, "-c", late],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
    )
    assert found.stderr.strip() == b""


def test_a_shell_is_told_how_a_command_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("_KNEEJOURNAL_COMPLETE", "bash_complete"),
        ("COMP_WORDS", "kneejournal e"),
        ("COMP_CWORD", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert process(tmp_path).stdout.split() == [b"plain,entries", b"plain,edit", b"plain,export"]
