"""Ends the app in order: when a signal asks for it, and after an error of its own."""

import asyncio
import os
import shutil
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from rich.text import Text
from textual.app import App
from textual.worker import WorkerFailed

from kneejournal.crash import record_crash
from kneejournal.errors import OWN_FAULT

END_SECONDS = 2.0
SIGNALLED = 128


class OrderlyEnd(App[None]):
    """An app that leaves the terminal as it found it, and what was typed on the disk, however it ends."""

    def keep_draft(self) -> None:
        """Put on the disk what was typed and not saved."""
        raise NotImplementedError

    def finish_saving(self, seconds: float) -> str:
        """Wait up to `seconds` for what is being saved; answers with what is to be said of it, if anything."""
        raise NotImplementedError

    @property
    def crash_folder(self) -> Path | None:
        """Where it is kept what went wrong; None: nowhere."""
        raise NotImplementedError

    @property
    def thrown_away(self) -> Path | None:
        """A folder that does not outlive the app."""
        return None

    def listen_to_signals(self) -> None:
        """End with the terminal put right when told to, rather than be cut off in the middle of a screen."""
        if self.is_headless or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        """Leave with the status that a shell gives to `number`; at once if the terminal no longer answers."""
        self.keep_draft()
        cut_off = threading.Timer(END_SECONDS, self._cut_off, (SIGNALLED + number,))
        cut_off.daemon = True
        cut_off.start()
        unsaved = self.finish_saving(END_SECONDS / 2)
        self.exit(return_code=SIGNALLED + number, message=Text(unsaved) if unsaved else None)

    def _cut_off(self, status: int) -> None:
        """End without the terminal: Textual waits for ever to write to one that was closed while it was drawn."""
        if self.thrown_away is not None:
            shutil.rmtree(self.thrown_away, ignore_errors=True)
        os._exit(status)

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print the values of every frame, notes among them, and end with status 0."""
        self._return_code = OWN_FAULT
        with suppress(Exception):
            self.keep_draft()
            self.finish_saving(END_SECONDS)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        cause = error.error if isinstance(error, WorkerFailed) else error
        self._exit_renderables.append(Text(record_crash(cause, self.crash_folder)))
        self._close_messages_no_wait()
