"""R11: whatever a note, a name or an argument holds, it is text, and no terminal obeys it. Commands only."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CommandLine
from tests.torture import commands
from tests.torture.hostile import ESCAPES, MARKUP
from tests.torture.rig import ERRORS, Home, raw_controls

HOSTILE = (*MARKUP, *ESCAPES)


def ids(text: str) -> str:
    return ascii(text)[1:24]


@pytest.fixture(scope="module")
def tried() -> list[str]:
    return []


def clean(cli: CommandLine, *words: str) -> str:
    """What a call says on both streams, which must be harmless."""
    result = cli(*words)
    assert result.status in ERRORS, (words, result)
    assert raw_controls(result.out + result.err) == [], (words, result)
    return result.out


@pytest.mark.parametrize("text", HOSTILE, ids=ids)
def test_every_command_shows_a_hostile_note_and_name_as_text(cli: CommandLine, text: str) -> None:
    clean(cli, "log", "1", "--symptom", "stairs-down", "--note", f"note {text} end")
    clean(cli, "shoes", "add", f"shoe {text} end", "--default")
    clean(cli, "run", "3mi", "--note", f"run {text} end")
    listed = clean(cli, "entries")
    assert "note" in listed
    if text in MARKUP:
        assert f"note {text} end" in listed, "nothing of it is eaten"
        assert f"shoe {text} end" in clean(cli, "shoes")
    for words in commands.READING:
        if words not in ((), ("--help",), ("--version",)):
            out = clean(cli, *words)
            if "--json" in words or words == ("export",):
                json.loads(out)
    records = {record["kind"]: record["id"] for record in cli.records}
    clean(cli, "edit", records["pain"], "--note", text)
    clean(cli, "edit", records["shoe"], "--name", f"{text}x")
    clean(cli, "delete", records["run"])
    clean(cli, "undo")
    clean(cli, "purge", records["pain"], "--yes")


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\0" not in text], ids=ids)
def test_every_argument_that_is_hostile_is_named_harmlessly(cli: CommandLine, text: str) -> None:
    """As a value of every option, as every argument, as a command, as an option."""
    for words in arguments(text):
        clean(cli, *words)
    for start in (["--journal", text, "ready"], ["--now", text, "ready"]):
        clean(cli, *start)


def arguments(text: str) -> list[tuple[str, ...]]:
    return [
        (text,), (f"--{text}",), ("log", text), ("log", "1", "--day", text), ("log", "1", "--at", text),
        ("log", "1", "--knee", text), ("log", "1", "--symptom", text), ("log", "1", f"--{text}"), ("done", text),
        ("done", "plank", "--pain", text), ("run", text), ("run", "1mi", "--minutes", text),
        ("run", "1mi", "--shoe", text), ("run", "1mi", "--stage", text), ("edit", text, "--pain", "1"),
        ("delete", text), ("purge", text, "--yes"), ("resolve", "--day", text), ("entries", "--from", text),
        ("entries", "--to", text), ("shoes", text), ("shoes", "retire", text), ("shoes", "fitted", text),
        ("shoes", "add", "x", "--since", text), ("shoes", "add", "x", "--miles", text), ("setup", "--knee", text),
        ("setup", "--began", text), ("setup", "--set", text), ("setup", "--set", f"{text}=3"),
        ("setup", "--set", f"break_days={text}"), ("setup", "--closes-at", text), ("export", "--format", text),
        ("import", text), ("import", "--dry-run", text), ("doctor", "--restore", text), ("doctor", text),
        ("export", f"no/such/folder/{text}"), ("confirm", text), ("where", text), ("today", text), ("status", text),
        ("learn", text), ("demo", text), ("sync", text), ("remind", text), ("completion", text),
        ("report", "-", "--weeks", text), ("report", f"no/such/folder/{text}"), ("export", "--kind", text),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [text for text in ESCAPES if "\0" not in text], ids=ids)
def test_a_file_with_a_hostile_name_is_named_harmlessly(cli: CommandLine, tmp_path: Path, text: str) -> None:
    clean(cli, "log", "1")
    path = tmp_path / f"file{text.replace('/', '')}"
    clean(cli, "export", str(path))
    clean(cli, "import", str(path))
    path.write_text("{")
    clean(cli, "import", str(path))


def test_every_command_was_tried(home: Home) -> None:
    known = {each[0] for each in [*commands.READING, *commands.writing(home, "i", "r", home.folder)] if each}
    assert commands.names() <= known
    assert commands.names() <= {words[0] for words in arguments("x")} | {"ready", "undo"}


def test_a_hostile_program_name_and_variable_reach_no_terminal(
    home: Home, figure: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment: dict[str, Any] = {**home.environment, "KNEEJOURNAL_FILE": "\x1b]0;owned\x07"}
    monkeypatch.setattr(Home, "environment", environment)
    for words in (("ready",), ("log", "1"), ("nonsense",)):
        done = home.run(*words)
        assert raw_controls(done.out + done.err) == [], done
    figure(f"{len(MARKUP)} markup strings and {len(ESCAPES)} payloads in notes, names and arguments: 0 raw")
