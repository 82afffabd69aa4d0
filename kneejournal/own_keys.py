"""The user's own keys, by the id of their action: checked, so that no action is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.keys import KEY_ALIASES, Keys
from textual.screen import Screen
from textual.widgets import Input, OptionList, Select, TextArea

from kneejournal import screens as own
from kneejournal.domain.text import clean_line
from kneejournal.keys import Keymap, Node, bindings_of, character_of, key_shown
from kneejournal.screens.dialog import Dialog

MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
FIXED: tuple[type[DOMNode], ...] = (App, Screen, VerticalScroll, OptionList, Select, Input, TextArea)
"""What has keys that are the same everywhere: lists, text fields, and what every screen can do."""

_SEPARATORS = {",": "comma", " ": "space"}
"""What Textual would not take for a key, since it stands between keys."""
_NAMES = frozenset(key.value for key in Keys)
_SAME = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases} | {"return": "enter"}


class Checked(NamedTuple):
    """The keys of the settings file that can be used, and what is wrong with the others, a sentence each."""

    keymap: Keymap
    problems: tuple[str, ...]


def bindings_by_id(nodes: Iterable[Node]) -> dict[str, Binding]:
    """The bindings that have an id, each by the first node that has it."""
    found: dict[str, Binding] = {}
    for node in nodes:
        for binding in bindings_of(node).values():
            if binding.id:
                found.setdefault(binding.id, binding)
    return found


def own_screens() -> Iterator[type[Screen[Any]]]:
    """Every page and dialog of the journal."""
    for module in iter_modules(own.__path__, f"{own.__name__}."):
        import_module(module.name)
    return (found for found in _subclasses(Screen) if found.__module__.startswith("kneejournal."))


def key_named(text: str) -> str | None:
    """The key that somebody wrote, by the name that Textual gives it: ? is question_mark. None when it is none."""
    if len(text) == 1:
        return _key_of(text) if text.isprintable() else None
    *modifiers, name = text.strip().lower().split("+")
    if len(name) > 1 and name not in _NAMES:
        name = character_of(name)
    if not name or set(modifiers) - MODIFIERS or len(set(modifiers)) != len(modifiers):
        return None
    if modifiers == ["shift"] and name.isalpha() and len(name) == 1:
        return name.upper()
    key = "+".join([*sorted(modifiers), _key_of(name) if len(name) == 1 else name])
    return _SAME.get(key, key)


def check_keys(wanted: Mapping[str, str], app: type[App[Any]], screens: Sequence[type[Screen[Any]]]) -> Checked:
    """Which of the keys `wanted`, by id, can be used: no action is left without a key, or hidden behind another."""
    known = bindings_by_id((app, *screens))
    typed_into = {binding.id for node in screens if issubclass(node, Dialog) for binding in bindings_of(node).values()}
    keymap: Keymap = {}
    problems: list[str] = []
    for name, text in wanted.items():
        key = key_named(text)
        binding = known.get(name)
        is_safe = binding is None or not (name in typed_into or binding.priority)
        if problem := _problem(name, text, key, known, can_be_typed=is_safe):
            problems.append(problem)
        elif key and binding and key != binding.key:
            keymap[name] = key
    problems += _drop_clashes(keymap, known, app, screens)
    return Checked(keymap, tuple(problems))


def _problem(name: str, text: str, key: str | None, known: Mapping[str, Binding], *, can_be_typed: bool) -> str:
    """What is wrong with one entry by itself; empty when nothing is."""
    entry, said = f"“{clean_line(name)}”", f"“{clean_line(text)}”"
    if name not in known:
        near = get_close_matches(name, known, n=1)
        return f"{entry} is no action." + (f" Is it “{near[0]}”?" if near else "")
    if key is None:
        return f"{entry}: {said} is not a key. Write one such as p, F, f5 or ctrl+g."
    if key != known[name].key and key in _fixed_keys():
        return f"{entry}: {said} belongs to lists, text fields or the terminal. Choose another key."
    if not can_be_typed and character_of(key):
        return f"{entry}: {said} would be typed into the fields of a dialog. Choose one such as f5 or ctrl+g."
    return ""


def _drop_clashes(
    keymap: Keymap, known: Mapping[str, Binding], app: type[App[Any]], screens: Sequence[type[Screen[Any]]]
) -> Iterator[str]:
    """Take out of `keymap` what would share its key with another action, until nothing does; say each."""
    while clash := _first_clash(keymap, app, screens):
        key, names = clash
        for name in [name for name in names if name in keymap]:
            del keymap[name]
            others = " and ".join(f"“{other}” ({known[other].description})" for other in names if other != name)
            own = key_shown(known[name].key)
            yield f"“{name}”: {key_shown(key)} is the key of {others} too. It keeps its own, {own}."


def _first_clash(
    keymap: Keymap, app: type[App[Any]], screens: Iterable[type[Screen[Any]]]
) -> tuple[str, list[str]] | None:
    """A key with several actions on one screen, one of them moved there, and those actions."""
    for screen in screens:
        everywhere = [b for b in bindings_of(app).values() if b.priority or not issubclass(screen, Dialog)]
        names_at: dict[str, list[str]] = {}
        for binding in (*bindings_of(screen).values(), *everywhere):
            names = names_at.setdefault(keymap.get(binding.id or "", binding.key), [])
            if binding.id and binding.id not in names:
                names.append(binding.id)
        for key, names in names_at.items():
            if len(names) > 1 and any(name in keymap for name in names):
                return key, names
    return None


def _fixed_keys() -> set[str]:
    return {App.COMMAND_PALETTE_BINDING, *(key for node in FIXED for key in bindings_of(node))}


def _key_of(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    return next(iter(Binding.make_bindings([Binding(character, "")]))).key


def _subclasses(of: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    for found in of.__subclasses__():
        yield found
        yield from _subclasses(found)
