"""How the app looks and its keys: the user's settings file, read strictly, and changed one line at a time."""

import re
import tomllib
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable
from kneejournal.files import NotSynced, make_folder, replace_file

LARGEST = 100_000
"""Bytes beyond which the file is not one that a person wrote."""

_THEME_LINE = re.compile(r"^theme[ \t]*=.*$", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class Settings(Struct, frozen=True, kw_only=True):
    """What the user chose; empty: nothing, so the app's own."""

    theme: str = ""
    keys: dict[str, str] = {}
    """Keys by the id of their action."""


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the app's own when there is none.

    Raises Unreadable, naming the file, the line or entry, and what to do, when anything in it is wrong.
    """
    return _parsed(_text(path), path)


def save_theme(path: Path, name: str) -> None:
    """Write the theme into the file, and leave every other line of it as it is.

    Raises Unreadable when the file is broken, which is then left alone, and when it cannot be written.
    """
    text = _text(path)
    chosen = replace(_parsed(text, path), theme=name)
    changed = _with_theme(text, name)
    if not _says(changed, chosen):
        raise Unreadable(f'The theme was not saved. Write it into {path} yourself: theme = "{name}"')
    try:
        make_folder(path.parent, parents=True)
        with suppress(NotSynced):
            replace_file(path, changed.encode())
    except OSError as error:
        raise Unreadable(f"The theme was not saved: {path} cannot be written ({error.strerror}).") from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _broken(path, f"it cannot be read ({error.strerror})") from error
    if len(raw) > LARGEST:
        raise _broken(path, f"it is larger than {LARGEST // 1000} kB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(path, f"it is not UTF-8 text (byte {error.start})") from error


def _parsed(text: str, path: Path) -> Settings:
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(path, f"it is not valid TOML: {error}") from error
    if strangers := sorted(found.keys() - {"theme", "keys"}):
        raise _broken(path, f"it has an entry “{strangers[0]}”, where only “theme” and “[keys]” are known")
    theme, keys = found.get("theme", ""), found.get("keys", {})
    if not isinstance(theme, str):
        raise _broken(path, "“theme” is not a name in quotes")
    if not isinstance(keys, dict):
        raise _broken(path, '“keys” is not a table; write [keys] and below it lines such as "today.pain" = "f5"')
    return Settings(theme=theme, keys=_flat(keys, path))


def _says(text: str, settings: Settings) -> bool:
    try:
        return _parsed(text, Path()) == settings
    except Unreadable:
        return False


def _flat(keys: dict[str, object], path: Path, before: str = "") -> dict[str, str]:
    """Keys by id; an id without quotes, which is a table within a table to TOML, is taken as it is meant."""
    found: dict[str, str] = {}
    for name, value in keys.items():
        if isinstance(value, dict):
            found |= _flat(value, path, f"{before}{name}.")
        elif isinstance(value, str):
            found[f"{before}{name}"] = value
        else:
            raise _broken(path, f"the key of “{before}{name}” is not text in quotes")
    return found


def _with_theme(text: str, name: str) -> str:
    """`text` with its line of the theme, a new first line when there is none."""
    line = f'theme = "{name}"'
    table = _FIRST_TABLE.search(text)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    changed, count = _THEME_LINE.subn(lambda _: line, top, count=1)
    return (changed if count else f"{line}\n{top}") + rest


def _broken(path: Path, what: str) -> Unreadable:
    remedy = "Correct it or delete it; until then the app's own settings are used."
    return Unreadable(clean_line(f"The settings file {path} is not used: {what}. {remedy}"))
