"""Prints what a command answers: plain text for people, JSON for programs."""

import sys
from typing import TYPE_CHECKING, TextIO

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
    _print("\n".join(map(clean, lines)), sys.stdout)


def say_json(value: object) -> None:
    """Print one JSON document on standard output, UTF-8 whatever the terminal's encoding."""
    say_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def say_bytes(raw: bytes) -> None:
    """Print bytes as they are."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def complain(message: str, hint: str = "") -> None:
    """Print what went wrong on standard error: one line, and perhaps one with what to do."""
    line = clean_line(message)
    if len(line) > LONGEST_ERROR:
        line = f"{line[: LONGEST_ERROR // 2]} … {line[-LONGEST_ERROR // 2 :]}"
    lines = [f"kneejournal: {line}", *([clean_line(hint)] if hint else [])]
    _print("\n".join(lines), sys.stderr)


def answer(written: "Written", *more: str) -> None:
    """Print what was written, where it leaves the count, and what goes with it."""
    say(f"{_sentence(written.what)} {where_it_stands(written.verdict)}".rstrip(), *written.notes, *more)


def tell(written: "Written", *more: str) -> None:
    """Print what was written, where the count has nothing to do with it."""
    say(_sentence(written.what), *written.notes, *more)


def _sentence(what: str) -> str:
    return what if what.endswith((".", "!", "?")) else f"{what}."


def _print(text: str, stream: TextIO | None) -> None:
    """Print it now, so that what cannot be printed is known here; a program without a terminal may have no streams."""
    if stream is not None:
        stream.write(f"{_printable(text, stream)}\n")
        stream.flush()


def _printable(text: str, stream: TextIO) -> str:
    """`text` as the stream's encoding can show it: with plainer signs, and with the codes of what has none."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "backslashreplace").decode(encoding)
    return text
