"""Reads a file of content/ as text, or says what is wrong with it."""

from pathlib import Path

from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

REMEDY = "Correct the file or install kneejournal again."


def read_text(path: Path, label: str) -> str:
    """The text of the file, which errors call `label`. Raises Unreadable."""
    try:
        # A byte order mark is what some Windows editors put in front.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise unreadable(label, "the file is missing", "Put it back or install kneejournal again.") from error
    except OSError as error:
        raise unreadable(label, f"the file cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise unreadable(label, "the file is not UTF-8 text") from error


def field_first(error: Exception) -> str:
    """msgspec's "problem - at `$.dose`" as "field `dose`: problem"."""
    what, found, path = str(error).rpartition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    return f"field `{field}`: {what}" if found and field else str(error)


def unreadable(where: str, what: str, remedy: str = REMEDY) -> Unreadable:
    """What is wrong, where, and what to do."""
    return Unreadable(clean_line(f"{where}: {what}. {remedy}"))
