"""Where a command writes what goes out: a private file, or standard output."""

import os
from pathlib import Path
from typing import NamedTuple

import click

from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import is_terminal, say_bytes
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

STANDARD = "-"
PRIVATE = "It holds health data; only you can read it."


class Destination(NamedTuple):
    """A file, and whether one that is there already may be replaced; no path: standard output."""

    path: Path | None
    may_replace: bool = False

    def write(self, content: bytes) -> None:
        """Write all of it. Raises Unreadable, and leaves the file as it was."""
        if self.path is None:
            say_bytes(content)
            return
        from kneejournal.outgoing import put

        put(self.path, content, may_replace=self.may_replace)


def find_destination(file: str, invocation: Invocation, *, force: bool) -> Destination:
    """The destination that was named; on a terminal it is asked whether a file can be replaced. Raises Unreadable."""
    if file == STANDARD:
        return Destination(None)
    from kneejournal.outgoing import check_target, taken

    path = Path(file)
    check_target(path, invocation.places)
    if force or not os.path.lexists(path):
        return Destination(path, force)
    if not is_terminal():
        raise taken(path)
    if not click.confirm(f"{clean_line(str(path))} exists. Replace it?"):
        raise Unreadable(f"{path} was left as it is.")
    return Destination(path, may_replace=True)
