"""A line on the terminal that tells how far a big file was read."""

import sys
from collections.abc import Callable

import click

from kneejournal.domain.text import clean_line

BIG_BYTES = 5_000_000


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
        shown = clean_line(name)

        def watch(read: int, size: int) -> None:
            if size >= BIG_BYTES:
                self._write(f"Reading {shown}: {read * 100 // size} % of {size // 1_000_000} MB")

        return watch

    def _write(self, line: str) -> None:
        if line != self._line:
            click.echo(f"\r{' ' * len(self._line)}\r{line}", err=True, nl=False)
            self._line = line
