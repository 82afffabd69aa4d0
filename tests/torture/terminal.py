"""A pseudo-terminal with the app in it, or with a shell that the app is started from."""

import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

from tests.domain.stories import TODAY

PATIENCE_S = 30.0
PROMPT = "prompt> "
TAKE_THE_TERMINAL = (
    *(sys.executable, "-I", "-S", "-c"),
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])",
)
"""Without a controlling terminal there is no job control, and closing the window is told to nobody."""
PLAIN_SCREEN = {b"25": b"h", b"7": b"h"}
"""The modes of a terminal that are on when nobody changed them: the cursor is shown, and lines wrap."""

_BEGUN = re.compile(rb"\x1b(\[[0-9;?]*)?$")
_ORDER = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")
_MODE = re.compile(rb"\x1b\[\?([0-9]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9]*u")
_STEP = re.compile(r"\x1b\[([0-9;?<>$ ]*)([A-Za-z])|(\r\n?|\n)|([^\x1b\r\n]+)")


class Terminal:
    """What is typed goes in, what is drawn comes out. Its process leads a session and may use job control."""

    def __init__(
        self,
        folder: Path,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        """Start `words`, else the app on the journal in `folder`; `size` is columns and lines."""
        self.drawn = b""
        self._forgotten = b""
        self._main, self._other = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(self._other)
        self.process = subprocess.Popen(
            [*TAKE_THE_TERMINAL, *(words or app_words(folder))],
            stdin=self._other,
            stdout=self._other,
            stderr=self._other,
            start_new_session=True,
            env={
                # A window says its size itself; the runner of tests sets one that programs would believe instead.
                **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
                "HOME": str(folder),
                "XDG_DATA_HOME": str(folder / "data"),
                "XDG_CONFIG_HOME": str(folder / "config"),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                **(environment or {}),
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the window and end what runs in it; what a shell started ends with the shell."""
        self.close()
        os.close(self._other)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def press(self, keys: bytes) -> None:
        os.write(self._main, keys)

    def forget(self) -> None:
        """From here on, wait for what is drawn anew; an order of which only the beginning came is kept for its end."""
        begun = _BEGUN.search(self.drawn)
        kept = begun[0] if begun else b""
        self._forgotten += self.drawn.removesuffix(kept)
        self.drawn = kept

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size; the kernel tells whoever is in the foreground."""
        self.size = (columns, lines)
        termios.tcsetwinsize(self._main, (lines, columns))

    def wait_for(self, words: bytes) -> None:
        """Read what is drawn until `words` are in it."""
        self.wait_till(lambda: words in _ORDER.sub(b"", self.drawn))

    def wait_for_bytes(self, order: bytes) -> None:
        """Read what is drawn until an order to the terminal is in it."""
        self.wait_till(lambda: order in self.drawn)

    def wait_till(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, _ORDER.sub(b"", self.drawn)[-2000:].decode(errors="replace")
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
        """Close the window."""
        if self._main >= 0:
            os.close(self._main)
            self._main = -1

    @property
    def is_put_right(self) -> bool:
        """The line is as it was before, and of what was turned on in the terminal nothing is left on."""
        drawn = self._forgotten + self.drawn
        modes = dict(_MODE.findall(drawn))
        is_plain = all(state == PLAIN_SCREEN.get(mode, b"l") for mode, state in modes.items())
        keyboards = _KEYBOARD.findall(drawn)
        return (
            termios.tcgetattr(self._other) == self.before
            and modes.get(b"1049") == b"l"
            and is_plain
            and keyboards.count(b">") == keyboards.count(b"<")
        )

    def picture(self) -> list[str]:
        """The lines of the screen after what was drawn, cut off at its edges as a terminal does."""
        columns, lines = self.size
        screen = [[" "] * columns for _ in range(lines)]
        for line, column, sign in self._signs():
            if column < columns:
                screen[min(line, lines - 1)][column] = sign
        return ["".join(each).rstrip() for each in screen]

    @property
    def reach(self) -> tuple[int, int]:
        """How many columns and lines what was drawn takes."""
        signs = [(-1, -1), *((line, column) for line, column, _ in self._signs())]
        return max(column for _, column in signs) + 1, max(line for line, _ in signs) + 1

    def _signs(self) -> Iterator[tuple[int, int, str]]:
        """Each sign that was drawn, with its line and its column."""
        line = column = 0
        for numbers, order, end, text in _STEP.findall(self.drawn.decode(errors="replace")):
            if order == "H":
                line, column = (int(number) - 1 for number in numbers.split(";"))
            elif end:
                line, column = (line + 1 if "\n" in end else line), 0
            for sign in text:
                yield line, column, sign
                column += 1

    def _read(self, until: float) -> None:
        ready, _, _ = select.select([self._main], [], [], max(0.0, until - time.monotonic()))
        if ready:
            self.drawn += os.read(self._main, 65536)


class Shell(Terminal):
    """A shell with job control and without anybody's settings; it says `prompt> ` when it waits."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("bash") is None:
            pytest.skip("bash is not installed")
        words = ("bash", "--norc", "--noprofile", "--noediting", "-i")
        super().__init__(folder, environment={"PS1": PROMPT, "HISTFILE": ""}, words=words)
        self._app = shlex.join(app_words(folder))

    def open_app(self) -> None:
        self.wait_for_prompt()
        self.enter(self._app)
        self.wait_for(b"Clamshell")

    def stop_app(self) -> None:
        """Press ctrl+z, and wait until the shell has the terminal."""
        self.press(b"\x1a")
        self.wait_for(b"Stopped")
        self.wait_for_prompt()

    def enter(self, line: str) -> None:
        """Type a line; what was drawn before is forgotten."""
        self.forget()
        self.press(f"{line}\n".encode())

    def wait_for_prompt(self) -> None:
        self.wait_till(lambda: _ORDER.sub(b"", self.drawn).endswith(PROMPT.encode()))


def app_words(folder: Path, *more: str) -> list[str]:
    """How kneejournal is started on the journal in `folder`."""
    journal = str(folder / "journal.json")
    return [sys.executable, "-m", "kneejournal", "--journal", journal, "--now", f"{TODAY}T20:00:00+00:00", *more]
