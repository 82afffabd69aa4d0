"""R9 and R12: "saved" means saved, and the terminal is put right, in a real pseudo-terminal."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.domain.stories import TODAY, at
from tests.support import file_storage, log_clear_evenings, new_journal
from tests.torture.conftest import Scale

LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")
PATIENCE_S = 30.0


class Terminal:
    """The app in a pseudo-terminal: keys go in, what it draws comes out."""

    def __init__(
        self, folder: Path, size: tuple[int, int] = (80, 24), environment: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.journal = folder / "journal.json"
        self.drawn = b""
        self._main, other = pty.openpty()
        columns, lines = size
        termios.tcsetwinsize(self._main, (lines, columns))
        self.before = termios.tcgetattr(other)
        self._other = other
        words = ["--journal", str(self.journal), "--now", f"{TODAY}T20:00:00+00:00"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kneejournal", *words],
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
            env={
                **os.environ,
                "HOME": str(folder),
                "XDG_DATA_HOME": str(folder / "data"),
                "XDG_CONFIG_HOME": str(folder / "config"),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                **(environment or {}),
            },
        )

    def press(self, keys: bytes) -> None:
        os.write(self._main, keys)

    def wait_for(self, words: bytes) -> None:
        """Read what is drawn until `words` are in it."""
        deadline = time.monotonic() + PATIENCE_S
        while words not in ESCAPE.sub(b"", self.drawn):
            assert time.monotonic() < deadline, ESCAPE.sub(b"", self.drawn)[-2000:].decode(errors="replace")
            self._read(deadline)

    def wait_for_bytes(self, order: bytes) -> None:
        """Read what is drawn until an order to the terminal is in it."""
        deadline = time.monotonic() + PATIENCE_S
        while order not in self.drawn:
            assert time.monotonic() < deadline, self.drawn[-500:]
            self._read(deadline)

    def ended(self) -> int:
        """The exit status; what is drawn until then is read."""
        deadline = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self._read(min(deadline, time.monotonic() + 0.05))
        self._read(time.monotonic() + 0.05)
        return self.process.returncode

    def close(self) -> None:
        """What closing the window does."""
        os.close(self._main)

    @property
    def is_put_right(self) -> bool:
        """The modes of the line are those from before, and the alternate screen was left."""
        return termios.tcgetattr(self._other) == self.before and LEFT_ALTERNATE_SCREEN in self.drawn

    def _read(self, until: float) -> None:
        ready, _, _ = select.select([self._main], [], [], max(0.0, until - time.monotonic()))
        if ready:
            self.drawn += os.read(self._main, 65536)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    new_journal(at(TODAY, 19), file_storage(folder / "journal.json"))
    return folder


def entries(folder: Path) -> int:
    journal, _ = new_journal(at(TODAY, 21), file_storage(folder / "journal.json"), set_up=False)
    return len(journal.entries())


def type_pain(terminal: Terminal) -> None:
    """Type a number into the dialog and see it there."""
    terminal.drawn = b""
    terminal.press(b"7")
    terminal.wait_for(b" 7 ")


def test_what_is_shown_as_written_is_written(folder: Path, scale: Scale) -> None:
    for number in range(1, scale(3, 100) + 1):
        terminal = Terminal(folder)
        terminal.wait_for(b"Clamshell")
        terminal.press(b"4")
        terminal.wait_for(b"takes it back")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
        assert entries(folder) == number


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)], ids=["TERM", "INT", "HUP"]
)
def test_a_signal_keeps_the_draft_and_leaves_the_terminal_as_it_was(folder: Path, sent: int, status: int) -> None:
    terminal = Terminal(folder)
    terminal.wait_for(b"Clamshell")
    terminal.press(b"p")
    terminal.wait_for(b"Red flags")
    type_pain(terminal)
    terminal.process.send_signal(sent)
    assert terminal.ended() == status
    assert terminal.is_put_right
    assert len(list((folder / "data" / "kneejournal" / "drafts").glob("*.json"))) == 1
    assert entries(folder) == 0


def test_a_closed_window_ends_the_app_and_keeps_the_draft(folder: Path) -> None:
    terminal = Terminal(folder)
    terminal.wait_for(b"Clamshell")
    terminal.press(b"p")
    terminal.wait_for(b"Red flags")
    type_pain(terminal)
    os.kill(terminal.process.pid, signal.SIGHUP)
    terminal.close()
    assert terminal.process.wait(PATIENCE_S) == 129
    assert len(list((folder / "data" / "kneejournal" / "drafts").glob("*.json"))) == 1


def test_quitting_leaves_the_terminal_as_it_was(folder: Path) -> None:
    terminal = Terminal(folder)
    terminal.wait_for(b"Clamshell")
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert terminal.is_put_right


@pytest.mark.parametrize("size", [(20, 5), (10, 3), (1, 1), (400, 120)], ids=str)
def test_any_size_of_terminal_opens_and_quits(folder: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(folder, size)
    terminal.wait_for_bytes(b"\x1b[?1049h")
    terminal.press(b"0")
    for columns, lines in ((80, 24), (20, 5), (3, 2), (120, 40), size):
        termios.tcsetwinsize(terminal._main, (lines, columns))
        os.kill(terminal.process.pid, signal.SIGWINCH)
    terminal.press(b"q")
    assert terminal.ended() == 0


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "xterm"}, {"TERM": "linux"}, {"COLUMNS": "2", "LINES": "2"}], ids=str
)
def test_plain_terminals_open_and_save(folder: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(folder, environment=environment)
    terminal.wait_for_bytes(b"\x1b[?1049h")
    if "COLUMNS" not in environment:
        terminal.wait_for(b"Clamshell")
        terminal.press(b"4")
        terminal.wait_for(b"takes it back")
        assert entries(folder) == 1
    terminal.press(b"q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1"}], ids=str)
def test_a_terminal_that_cannot_show_the_app_gets_plain_words(folder: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(folder, environment=environment)
    assert terminal.ended() == 2
    assert b"\x1b" not in terminal.drawn
    assert b"needs a terminal" in terminal.drawn


def test_away_from_a_terminal_the_app_does_not_start(folder: Path) -> None:
    journal, clock = new_journal(at(TODAY, 19), file_storage(folder / "journal.json"), set_up=False)
    log_clear_evenings(journal, clock, TODAY, 1)
    done = subprocess.run(
        [sys.executable, "-m", "kneejournal", "--journal", str(folder / "journal.json"), "--now", f"{TODAY}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
        env={**os.environ, "HOME": str(folder)},
    )
    assert done.returncode == 2
    assert b"\x1b" not in done.stdout + done.stderr
