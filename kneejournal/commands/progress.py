"""A line on the terminal that tells how far a big file was read."""

import sys
from collections.abc import Callable

import click

from kneejournal.incoming import progress_line


class Progress:
    """One line on standard error, written over again with every percent, and gone at the end."""

    def __init__(self) -> None:
        self._line = ""

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def watching(self, name: str) -> Callable[[int, int], None] | None:
        """Who is to be told how far the file `name` was read; nobody when no terminal shows it."""
        if sys.stderr is None or not sys.stderr.isatty():
            return None
        return lambda read, size: self._write(progress_line(name, read, size))

    def _write(self, line: str) -> None:
        if line != self._line:
            click.echo(f"\r{' ' * len(self._line)}\r{line}", err=True, nl=False)
            self._line = line
