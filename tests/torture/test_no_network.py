"""R13: neither a command nor the app ever opens a socket to anywhere."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kneejournal.domain.records import Run
from kneejournal.pages import PAGES
from tests.torture import commands
from tests.torture.rig import Home, note
from tests.torture.terminal import Terminal, app_words
from tests.torture.traced import beyond_this_machine, need_strace, trace, tracing

NETWORK = "%network"
WIDE = (120, 40)
"""Wide enough for every footer to show its last key."""
CTRL_P, ENTER, ESCAPE = b"\x10", b"\r", b"\x1b"


def test_no_command_opens_an_internet_socket(home: Home, is_full: bool, figure: Callable[[str], None]) -> None:
    need_strace()
    journal = home.begin()
    note(journal, "an entry")
    home.ok("run", "3mi")
    entry = next(r.id for r in journal.entries() if not isinstance(r, Run))
    run = next(r.id for r in journal.entries() if isinstance(r, Run))
    export = home.folder / "export.json"
    home.ok("export", str(export))
    words = [*commands.READING, *commands.writing(home, entry, run, export)]
    sockets = []
    assert commands.names() <= {each[0] for each in words if each}
    chosen = words if is_full else list({each[:1]: each for each in words}.values())
    for each in chosen:
        done, calls = trace(home, each, NETWORK)
        assert not done.is_crash, (each, done)
        sockets += [(each, call.name, call.arguments) for call in calls if "AF_UNIX" not in call.arguments]
    figure(f"{len(chosen)} commands: {len(sockets)} internet sockets")
    assert sockets == []


def test_the_app_opens_no_internet_socket(home: Home, figure: Callable[[str], None]) -> None:
    need_strace()
    home.begin()
    folder, log = home.journal.parent, home.folder / "app.strace"
    with Terminal(folder, WIDE, words=[*tracing(log, NETWORK), *app_words(folder)]) as terminal:
        walk_through(terminal)
        assert terminal.ended() == 0
    assert list(folder.glob("kneejournal-*.json"))
    found = beyond_this_machine(log)
    figure(f"the app: {len(found)} internet sockets")
    assert "AF_UNIX" in log.read_text(), "nothing was traced: the app's own event loop makes a pair of sockets"
    assert found == []


def test_an_internet_socket_would_be_seen(tmp_path: Path) -> None:
    need_strace()
    log = tmp_path / "log"
    opens = "import socket; socket.socket(socket.AF_INET), socket.socket(socket.AF_INET6)"
    subprocess.run([*tracing(log, NETWORK), sys.executable, "-c", opens], check=True, timeout=60)
    assert sum(" socket(" in line for line in beyond_this_machine(log)) == 2


def walk_through(terminal: Terminal) -> None:
    """Every page, every dialog, the help, the palette, an entry and its undo, an export; then quit."""
    press(terminal, b"", "q Quit")
    for page in PAGES:
        press(terminal, page.KEY.encode(), "q Quit")
    press(terminal, PAGES[0].KEY.encode(), "Clamshell")
    press(terminal, b"4", "takes it back")
    press(terminal, b"u", "Taken back")
    for key, shown in ((b"p", "Red flags"), (b"n", "Save"), (b",", "Save"), (b"e", "Export the journal")):
        press(terminal, key, shown)
        press(terminal, ESCAPE, "q Quit")
    press(terminal, b"?", "Help: ")
    press(terminal, ESCAPE, "q Quit")
    press(terminal, CTRL_P, "Search")
    press(terminal, b"Go back to a", "See the copies")
    press(terminal, ENTER, "revision")
    press(terminal, ESCAPE, "q Quit")
    press(terminal, CTRL_P, "Search")
    press(terminal, b"Export", "JSON file")
    press(terminal, ENTER, "enter writes it")
    press(terminal, ENTER, "Exported to")
    terminal.press(b"q")


def press(terminal: Terminal, keys: bytes, shown: str) -> None:
    """Press keys, and wait for what they bring onto the screen."""
    terminal.forget()
    terminal.press(keys)
    terminal.wait_till(lambda: any(shown in line for line in terminal.picture()))
