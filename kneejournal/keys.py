"""The keys of the app, by the id of their action, as they are shown."""

from typing import Any

from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, key_to_character
from textual.screen import Screen

Keymap = dict[str, str]
Node = type[App[Any]] | type[Screen[Any]]


def bindings_of(node: type[DOMNode]) -> dict[str, Binding]:
    """The bindings of a screen or widget by key, those of its base classes too."""
    found: dict[str, Binding] = {}
    for base in reversed(node.__mro__):
        found |= {binding.key: binding for binding in Binding.make_bindings(base.__dict__.get("BINDINGS", ()))}
    return found


def is_there(node: DOMNode, binding: Binding) -> bool:
    """Whether the action can be run now."""
    target, name, parameters = parse(binding.action)
    return bool(target or node.check_action(name, parameters))


def key_shown(key: str) -> str:
    """A key as somebody would write it: ? rather than question_mark."""
    return key if key == "space" else character_of(key) or key


def character_of(key: str) -> str:
    """What the key types; empty when it types nothing."""
    character = key_to_character(REPLACED_KEYS.get(key, key)) or ""
    return character if character.isprintable() else ""
