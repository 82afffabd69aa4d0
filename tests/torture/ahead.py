"""A program that stays open and writes ahead, to be run under strace: `python -m tests.torture.ahead FOLDER STEP...`.

It says of each step whether it was saved, the moment that this can be said. What it wrote comes into the journal's own
file in the same thread, so that the calls come in the same order every time.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from kneejournal.domain.records import Pain
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal
from tests.torture.rig import Home, note

SAVED = "saved"
_said: list[str] = []


class AtOnce:
    """In the place of a thread: runs as soon as the change is acknowledged."""

    def __init__(self, target: Callable[..., None], args: tuple[Any, ...], name: str) -> None:  # noqa: ARG002
        self._run = partial(target, *args)

    def start(self) -> None:
        _say(SAVED)
        self._run()

    def is_alive(self) -> bool:
        return False

    def join(self) -> None:
        pass


class AppHome(Home):
    """A home in which words are steps of this program, rather than a command."""

    def command(self, *words: str, now: str = "") -> list[str]:  # noqa: ARG002
        return [sys.executable, "-m", "tests.torture.ahead", str(self.folder), *words]


def main(folder: str, *steps: str) -> None:
    try:
        journal = Home(Path(folder)).open(ahead=True)
    except OSError as error:
        # The folder is looked at by the test's own home.
        for _ in steps:
            _say(f"refused: {error}. Nothing was changed.")
        return
    with mock.patch("kneejournal.store.Thread", AtOnce):
        for number, step in enumerate(steps, 1):
            try:
                _make(journal, step)
            except KneejournalError as error:
                _say(f"refused: {error}")
            else:
                # What could not be written ahead is in the journal's own file.
                if len(_said) < number:
                    _say(SAVED)


def _say(text: str) -> None:
    _said.append(text)
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _make(journal: Journal, step: str) -> None:
    what, _, text = step.partition(":")
    if what == "add":
        note(journal, text)
    elif what == "undo":
        journal.undo()
    else:
        entry = next(r for r in journal.entries() if isinstance(r, Pain) and r.note == text)
        if what == "edit":
            journal.edit(entry.id, {"note": f"{text}, changed"})
        else:
            journal.delete(entry.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
