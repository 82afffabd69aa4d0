"""A field for the name of a file or folder, which tab completes."""

import os
import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData
from kneejournal.widgets.entry_fields import LineInput

NAMES_SHOWN = 8


class PathInput(LineInput):
    """One name, with its folders. What cannot be shown as it is named is not offered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete the name", show=False),
    ]

    @dataclass
    class Completed(Message):
        """Somebody asked how the name goes on; `names` are the ways, when there are several."""

        names: Sequence[str]

        @property
        def line(self) -> str:
            """The first of them, and how many more there are."""
            more = f"  and {len(self.names) - NAMES_SHOWN} more" if len(self.names) > NAMES_SHOWN else ""
            return "  ".join(self.names[:NAMES_SHOWN]) + more

    def action_complete(self) -> None:
        """Write what all names have in common that begin so; go to the next field when that is nothing."""
        names = names_beginning(self.value)
        common = os.path.commonprefix(names)  # noqa: RUF071  signs are meant, names may differ within one folder
        head = self.value[: self.value.rfind("/") + 1]
        if names and len(head + common) > len(self.value):
            self.value = head + common
            self.cursor_position = len(self.value)
            self.post_message(self.Completed(names if len(names) > 1 else ()))
        elif len(names) > 1:
            self.post_message(self.Completed(names))
        else:
            self.app.action_focus_next()

    @property
    def path(self) -> Path:
        """What is named. Raises BadData."""
        return read_path(self.value)


def read_path(text: str) -> Path:
    """The file or folder that somebody typed, or that a terminal pasted in quotes. Raises BadData."""
    typed = text.strip()
    if not typed:
        raise BadData("Write the name of a file or a folder.")
    try:
        path = Path(typed).expanduser().absolute()
        with suppress(ValueError):
            quoted = shlex.split(typed)
            if len(quoted) == 1 and not os.path.lexists(path):
                path = Path(quoted[0]).expanduser().absolute()
    except RuntimeError as error:
        raise BadData(f"“{clean_line(text)}” names a home folder that is not there.") from error
    return path


def names_beginning(text: str) -> list[str]:
    """The files and folders whose names go on after `text`, without the folders before; folders end with a slash."""
    head, slash, start = text.rpartition("/")
    try:
        folder = Path(head + slash).expanduser()
        with os.scandir(folder) as entries:
            found = [f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries]
    except (OSError, ValueError, RuntimeError):
        return []
    is_shown = start.startswith(".")
    return sorted(n for n in found if n.startswith(start) and clean_line(n) == n and (is_shown or n[0] != "."))
