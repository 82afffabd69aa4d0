"""Keeps what was typed and not saved, for the case that the program ends before it is."""

import os
import re
from pathlib import Path

import msgspec
from msgspec import Struct

from kneejournal.files import PRIVATE_FOLDER, replace_file

Typed = dict[str, str | list[str]]
"""What is in the fields of a dialog, by field."""

_PROCESS = re.compile(r"[0-9]+")


class Draft(Struct, frozen=True, kw_only=True):
    """What was typed into one dialog; `about` is the entry that was being corrected."""

    dialog: str
    about: str = ""
    typed: Typed


class Drafts:
    """The drafts of one user, a private file for each running program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: Draft | None = None

    def keep(self, draft: Draft) -> None:
        """Write `draft` unless it is written already. A draft that cannot be written is no reason to stop anybody."""
        if draft == self._kept:
            return
        try:
            self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            replace_file(self._own, msgspec.json.encode(draft), synced=False)
        except OSError:
            return
        self._kept = draft

    def drop(self) -> None:
        """Forget the draft of this program."""
        if self._kept is not None:
            self._own.unlink(missing_ok=True)
            self._kept = None

    def take_left_over(self) -> Draft | None:
        """A draft of a program that is no longer running, and take it away; None when there is none."""
        for path in sorted(self._folder.glob("*.json")):
            if not _PROCESS.fullmatch(path.stem) or _is_running(int(path.stem)):
                continue
            try:
                draft = msgspec.json.decode(path.read_bytes(), type=Draft)
                path.unlink()
            except (OSError, msgspec.DecodeError):
                continue
            return draft
        return None

    @property
    def _own(self) -> Path:
        return self._folder / f"{os.getpid()}.json"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
