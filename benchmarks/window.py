"""A pseudo-terminal of 120 by 40 with a program in it; says when something could be seen in it."""

import os
import pty
import re
import select
import signal
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

COLUMNS, LINES = 120, 40
PATIENCE_S = 60.0
REST_S = 0.25
"""Between two keys a person takes longer than this."""
LOOK_S = 2.0
"""How often the emulated screen is looked at, should what is waited for not be drawn in one go: it takes its time."""
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""What a terminal of today says when it is asked: it can draw a frame at once, and does not report its size in band."""

_ORDER = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")

Marks = Sequence[str]
"""Texts that stand on the screen together, each within one line."""


class Window:
    """Each piece of what a program draws is kept with the moment of its arrival.

    The terminal is emulated afterwards, so that what is measured is the program and not the emulator.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self.opened = time.perf_counter()
        self.pieces: list[tuple[float, bytes]] = []
        self._emulated = 0
        self._seen: list[tuple[float, list[str]]] = []
        self._forgotten = 0
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (LINES, COLUMNS))
            os.execve(words[0], list(words), dict(environment))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.close(self._end)
        os.waitpid(self.pid, 0)

    def press(self, keys: bytes, *, at_once: bool = False) -> float:
        """Type `keys`; the moment of it. What was drawn before is not waited for any more.

        The emulator catches up first, unless the key is to come `at_once`.
        """
        if not at_once:
            self.rest()
            self.picture()
            self._seen.clear()
        self._forgotten = len(self.pieces)
        pressed = time.perf_counter()
        os.write(self._end, keys)
        return pressed

    def wait(self, *marks: str) -> None:
        """Read until `marks` were drawn since the last key, or stand on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        next_look = time.monotonic() + LOOK_S
        while not self._drew(marks):
            self._read(LOOK_S)
            if time.monotonic() > next_look:
                if self._is_shown(marks, self.picture()):
                    return
                next_look = time.monotonic() + LOOK_S
            if time.monotonic() > deadline:
                raise TimeoutError(f"{marks} did not show:\n" + "\n".join(self.picture()))

    def rest(self) -> None:
        """Read for a while, as the program does what it left for later."""
        until = time.monotonic() + REST_S
        while (left := until - time.monotonic()) > 0:
            self._read(left)

    def moments(self, *wanted: Marks) -> list[float]:
        """When each of `wanted` could first be seen; raises LookupError for what could not."""
        found = [self.moment(marks) for marks in wanted]
        if None in found:
            raise LookupError(f"{wanted} were not all seen:\n" + "\n".join(self.picture()))
        return [moment for moment in found if moment is not None]

    def moment(self, marks: Marks) -> float | None:
        """When `marks` could first be seen, of what was drawn since the last key that did not come at once."""
        self.picture()
        return next((arrived for arrived, picture in self._seen if self._is_shown(marks, picture)), None)

    def picture(self) -> list[str]:
        """The screen after all that was drawn."""
        for arrived, piece in self.pieces[self._emulated :]:
            self._stream.feed(piece)
            self._seen.append((arrived, self._screen.display))
        self._emulated = len(self.pieces)
        return self._screen.display

    def peak_memory(self) -> int | None:
        """The most memory the program has held so far, in bytes; None where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        peak = re.search(r"VmHWM:\s+([0-9]+) kB", status.read_text(encoding="ascii", errors="replace"))
        return int(peak[1]) * 1024 if peak else None

    def _read(self, patience: float) -> None:
        """Read what comes within `patience` seconds, and all that follows at once."""
        while select.select([self._end], [], [], patience)[0]:
            try:
                piece = os.read(self._end, 65_536)
            except OSError as error:
                raise ChildProcessError("the program ended:\n" + "\n".join(self.picture())) from error
            self.pieces.append((time.perf_counter(), piece))
            for question, answer in ANSWERS.items():
                if question in piece:
                    os.write(self._end, answer)
            patience = 0.0

    def _drew(self, marks: Marks) -> bool:
        drawn = _ORDER.sub(b"", b"".join(piece for _, piece in self.pieces[self._forgotten :]))
        return all(mark.encode() in drawn for mark in marks)

    @staticmethod
    def _is_shown(marks: Marks, picture: Sequence[str]) -> bool:
        return all(any(mark in line for line in picture) for mark in marks)
