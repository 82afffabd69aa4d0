"""Prints what a command answers: plain text for people, JSON for programs."""

import sys
from typing import TYPE_CHECKING

import click
import msgspec

from kneejournal.commands.standing import where_it_stands
from kneejournal.domain.text import clean, clean_line

if TYPE_CHECKING:
    from kneejournal.journal import Written

LONGEST_ERROR = 1200
_PLAINER = str.maketrans({"·": "-", "×": "x", "–": "-", "’": "'", "“": '"', "”": '"', "…": "...", "°": " degrees"})
"""What stands for the signs of kneejournal's own words where an encoding lacks them."""


def is_terminal() -> bool:
    """Whether somebody is there who can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def say(*lines: str) -> None:
    """Print lines of plain text on standard output, with nothing in them that a terminal obeys."""
    click.echo(_printable("\n".join(map(clean, lines)), sys.stdout))


def say_json(value: object) -> None:
    """Print one JSON document on standard output, UTF-8 whatever the terminal's encoding."""
    say_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def say_bytes(raw: bytes) -> None:
    """Print bytes as they are."""
    click.echo(raw, nl=False)


def complain(message: str, hint: str = "") -> None:
    """Print what went wrong on standard error: one line, and perhaps one with what to do."""
    line = clean_line(message)
    if len(line) > LONGEST_ERROR:
        line = f"{line[: LONGEST_ERROR // 2]} … {line[-LONGEST_ERROR // 2 :]}"
    lines = [f"kneejournal: {line}", *([clean_line(hint)] if hint else [])]
    click.echo(_printable("\n".join(lines), sys.stderr), err=True)


def answer(written: "Written", *more: str) -> None:
    """Print what was written, where it leaves the count, and what goes with it."""
    say(f"{_sentence(written.what)} {where_it_stands(written.verdict)}".rstrip(), *written.notes, *more)


def tell(written: "Written", *more: str) -> None:
    """Print what was written, where the count has nothing to do with it."""
    say(_sentence(written.what), *written.notes, *more)


def _sentence(what: str) -> str:
    return what if what.endswith((".", "!", "?")) else f"{what}."


def _printable(text: str, stream: object) -> str:
    """`text` as the stream's encoding can show it: with plainer signs, and with the codes of what has none."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        # Left to click, it would go as UTF-8 into a stream of ASCII, where some of its bytes are orders to a terminal.
        return text.translate(_PLAINER).encode(encoding, "backslashreplace").decode(encoding)
    return text
