"""Recognises the calls that are answered without click: those of a prompt, and the app's."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

APP: tuple[str, ...] = ()
STATUS = ("status",)
READY = ("ready",)
READY_JSON = ("ready", "--json")


class ShortCall(NamedTuple):
    """What was called, one of the above, and the journal that was named."""

    words: tuple[str, ...]
    journal: str | None


def short_call(argv: Sequence[str]) -> ShortCall | None:
    """The call in `argv`; None when click is to read it, which understands more and says what is wrong."""
    journal = None
    match argv:
        case ["--journal", name, *words] if not name.startswith("-"):
            journal = name
        case [option, *words] if option.startswith("--journal="):
            journal = option.removeprefix("--journal=")
        case _:
            words = list(argv)
    found = tuple(words)
    return ShortCall(found, journal) if found in (APP, STATUS, READY, READY_JSON) else None


def load_msgspec() -> None:
    """Load msgspec without typing_extensions.

    msgspec takes it where it is installed, and does without: from Python 3.11 on `typing` has all that it looks for.
    It takes almost as long to load as Python does to start, since it loads `inspect`.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[name]
