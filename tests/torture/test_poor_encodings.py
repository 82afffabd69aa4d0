"""Where UTF-8 cannot be shown, commands use plainer signs, and the app says that it needs more."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kneejournal.domain.records import Run
from tests.support import programme
from tests.torture import commands
from tests.torture.rig import HANG, Home, note
from tests.torture.terminal import Terminal

ENCODINGS = ("ascii", "latin-1", "cp1252", "cp437", "koi8-r", "shift_jis")
NO_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LATIN_1 = "en_US.ISO-8859-1"

_CODE = re.compile(r"\\[xuU][0-9a-f]")


def every_call(home: Home) -> list[tuple[str, ...]]:
    """Every command, every page to read, every help, and calls that are wrong; on a journal with some of everything."""
    journal = home.begin_ready()
    home.ok("shoes", "add", "Blue", "--default", "--miles", "480")
    home.ok("run", "3mi", "--minutes", "30")
    home.ok("log", "8", "--symptom", "locking", "--note", "plain words", now="2026-11-21T12:00:00+00:00")
    note(journal, "an entry")
    entry = next(r.id for r in journal.entries() if not isinstance(r, Run))
    run = next(r.id for r in journal.entries() if isinstance(r, Run))
    export = home.folder / "export.json"
    home.ok("export", str(export))
    return [
        *commands.READING,
        *(("learn", page.id) for page in programme().learn),
        *((name, "--help") for name in sorted(commands.names())),
        *((name, "no such thing") for name in sorted(commands.names())),
        *commands.writing(home, entry, run, export),
    ]


def in_locale(home: Home, *words: str, environment: dict[str, str]) -> bytes:
    """What a command prints in a process of its own."""
    done = subprocess.run(
        home.command(*words), env={**home.environment, **environment}, capture_output=True, check=True, timeout=HANG
    )
    assert done.stderr == b""
    return done.stdout


def latin_1_locale(folder: Path) -> dict[str, str]:
    """A real locale of one byte a letter, made for the test."""
    if shutil.which("localedef") is None:
        pytest.skip("localedef is not installed, so no locale in ISO-8859-1 can be made")
    made = subprocess.run(
        ["localedef", "-i", "en_US", "-f", "ISO-8859-1", str(folder / LATIN_1)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("the sources of the locale en_US.ISO-8859-1 are not installed")
    return {"LOCPATH": str(folder), "LC_ALL": LATIN_1}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_word_of_its_own_is_shown_as_a_code(home: Home, encoding: str) -> None:
    calls = every_call(home)
    assert commands.names() <= {each[0] for each in calls if each}
    for each in calls:
        if "--json" in each or each[:1] in (("export",), ("report",)):
            continue
        done = home.call(*each, encoding=encoding)
        assert not done.is_crash, (each, done)
        assert not _CODE.search(done.out + done.err), (each, done)


def test_in_ascii_nothing_but_ascii_is_sent(home: Home) -> None:
    """Half of a letter in UTF-8 can be an order to a terminal of one byte a letter."""
    home.begin()
    written = "caf\xe9, \u20ac 5, \xdb2J \u25cf 9 \u2013 10"
    home.ok("log", "2", "--note", written)
    home.ok("shoes", "add", "Caf\xe9")
    for each in (("entries",), ("shoes",), ("today",), ("shoes", "retire", "\xdb2J"), ("log", "\xdb2J")):
        done = home.call(*each, encoding="ascii")
        assert (done.out + done.err).isascii(), (each, done)
    assert "caf\\xe9, \\u20ac 5, \\xdb2J \\u25cf 9 - 10" in home.call("entries", encoding="ascii").out


def test_what_somebody_wrote_is_shown_as_far_as_it_can_be(home: Home) -> None:
    home.begin()
    home.ok("log", "2", "--note", "caf\xe9 \u25cf")
    assert "caf\xe9 \u25cf" in home.call("entries").out
    assert "caf\xe9 \\u25cf" in home.call("entries", encoding="latin-1").out
    assert "caf\\xe9 \\u25cf" in home.call("entries", encoding="ascii").out


def test_programs_get_json_in_utf8_all_the_same(home: Home) -> None:
    home.begin()
    home.ok("log", "2", "--note", "caf\xe9")
    found = home.call("entries", "--json", encoding="ascii").out
    assert found.encode("ascii", "surrogateescape").decode("utf-8") == home.ok("entries", "--json")


@pytest.mark.parametrize("name", ["C", "POSIX", LATIN_1])
def test_commands_write_and_read_in_a_locale_without_utf8(home: Home, tmp_path: Path, name: str) -> None:
    environment = latin_1_locale(tmp_path) if name == LATIN_1 else {"LC_ALL": name}
    environment |= NO_UTF8
    home.begin()
    home.ok("log", "2", "--note", "caf\xe9")
    assert in_locale(home, "log", "3", "--note", "sore", environment=environment).startswith(b"Knee 3, at 20:00")
    shown = in_locale(home, "entries", environment=environment)
    assert b"sore" in shown
    assert (b"caf\xe9" if name == LATIN_1 else b"caf\\xe9") in shown
    assert in_locale(home, "status", environment=environment).startswith(
        b"Day 0 of 7 \xb7 " if name == LATIN_1 else b"Day 0 of 7 - "
    )


@pytest.mark.parametrize("name", ["C", "POSIX", LATIN_1])
def test_the_app_says_in_plain_words_that_it_needs_utf8(home: Home, tmp_path: Path, name: str) -> None:
    environment = latin_1_locale(tmp_path) if name == LATIN_1 else {"LC_ALL": name}
    home.begin()
    with Terminal(home.journal.parent, environment={**environment, **NO_UTF8}) as terminal:
        assert terminal.ended() == 2
        assert b"needs a terminal that shows UTF-8" in terminal.drawn
        assert b"\x1b" not in terminal.drawn
        assert not _CODE.search(terminal.drawn.decode("latin-1"))
