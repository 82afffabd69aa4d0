"""How the app looks and its keys: the user's settings file, read strictly, and changed one line at a time."""

import re
import tomllib
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable
from kneejournal.files import NotSynced, make_folder, replace_file

LARGEST = 100_000
"""Bytes beyond which the file is not one that a person wrote."""

_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class Settings(Struct, frozen=True, kw_only=True):
    """What the user chose; empty: nothing, so the app's own."""

    theme: str = ""
    keys: dict[str, str] = {}
    """Keys by the id of their action."""
    sync_folder: str = ""
    """Where this machine meets the others, as the app was told last."""


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; the app's own when there is none.

    Raises Unreadable, naming the file, the line or entry, and what to do, when anything in it is wrong.
    """
    return _parsed(_text(path), path)


def save_theme(path: Path, name: str) -> None:
    """Write the theme into the file, and leave every other line of it as it is.

    Raises Unreadable when the file is broken, which is then left alone, and when it cannot be written.
    """
    _save(path, "theme", name, "The theme was not saved")


def save_sync_folder(path: Path, folder: str) -> None:
    """Write into the file where this machine meets the others. Raises Unreadable, as `save_theme` does."""
    _save(path, "sync_folder", folder, "The folder was not remembered")


def _save(path: Path, entry: str, value: str, failed: str) -> None:
    text = _text(path)
    chosen = replace(_parsed(text, path), **{entry: value})
    # What JSON writes for a text, TOML reads as the same text.
    line = f"{entry} = {msgspec.json.encode(value).decode()}"
    changed = _with_line(text, entry, line)
    if not _says(changed, chosen):
        raise Unreadable(f"{failed}. Write it into {path} yourself: {line}")
    try:
        make_folder(path.parent, parents=True)
        with suppress(NotSynced):
            replace_file(path, changed.encode())
    except OSError as error:
        raise Unreadable(f"{failed}: {path} cannot be written ({error.strerror}).") from error


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
    if strangers := sorted(found.keys() - {"theme", "keys", "sync_folder"}):
        known = "“theme”, “sync_folder” and “[keys]”"
        raise _broken(path, f"it has an entry “{strangers[0]}”, where only {known} are known")
    for entry, what in (("theme", "name"), ("sync_folder", "folder")):
        if not isinstance(found.get(entry, ""), str):
            raise _broken(path, f"“{entry}” is not a {what} in quotes")
    keys = found.get("keys", {})
    if not isinstance(keys, dict):
        raise _broken(path, '“keys” is not a table; write [keys] and below it lines such as "today.pain" = "f5"')
    return Settings(theme=found.get("theme", ""), keys=_flat(keys, path), sync_folder=found.get("sync_folder", ""))


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


def _with_line(text: str, entry: str, line: str) -> str:
    """`text` with that line for the entry, a new first line when there is none."""
    table = _FIRST_TABLE.search(text)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    changed, count = re.subn(rf"^{entry}[ \t]*=.*$", lambda _: line, top, count=1, flags=re.MULTILINE)
    return (changed if count else f"{line}\n{top}") + rest


def _broken(path: Path, what: str) -> Unreadable:
    remedy = "Correct it or delete it; until then the app's own settings are used."
    return Unreadable(clean_line(f"The settings file {path} is not used: {what}. {remedy}"))
