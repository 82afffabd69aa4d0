"""Reads JSON without the leniency that loses data: no duplicate keys, no NaN, no endless nesting."""

from typing import NoReturn

MAX_DEPTH = 40


class NotStrict(ValueError):
    """What is wrong with the text, in a phrase."""


def parse(raw: bytes) -> object:
    """The value of a JSON document in UTF-8. Raises NotStrict, which says what is wrong and where it can."""
    import json

    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrict(f"it is not UTF-8 text (byte {error.start})") from error
    try:
        value = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_int=_bounded)
    except json.JSONDecodeError as error:
        raise NotStrict(f"it is not JSON (line {error.lineno}, column {error.colno}: {error.msg})") from error
    except RecursionError as error:
        raise NotStrict("it is nested too deeply") from error
    _check(value, MAX_DEPTH)
    return value


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise NotStrict(f"the key “{key}” stands twice in one object")
            seen.add(key)
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotStrict(f"{name} is not a number")


def _bounded(digits: str) -> int:
    if len(digits) > 16:
        raise NotStrict("a number has more than 16 digits")
    return int(digits)


def _check(value: object, depth: int) -> None:
    if depth < 0:
        raise NotStrict(f"it is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, str) and not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise NotStrict("a text holds half a character (a lone surrogate)")
    if isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth - 1)
            _check(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth - 1)
