"""What the command palette offers: every action of the page or dialog in front, and those of the app."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from kneejournal.keys import bindings_of, is_there, key_shown

ABOVE_DIALOGS = ("app.quit",)
"""The app's actions that a dialog in front does not hold back."""


def actions_of(app: App[Any], screen: Screen[Any], keymap: Mapping[str, str]) -> Iterator[SystemCommand]:
    """Each action once, with what it does and its key, and the themes; what is hidden now is left out.

    Actions with keys that the key panel leaves out, such as 1 to 9, are found by searching only.
    """
    seen: set[tuple[DOMNode, str]] = set()
    for node in (screen, app):
        for binding in bindings_of(type(node)).values():
            is_held_back = node is app and screen.is_modal and binding.id not in ABOVE_DIALOGS
            if not binding.id or not binding.description or is_held_back or not is_there(node, binding):
                continue
            if (node, binding.action) not in seen:
                seen.add((node, binding.action))
                key = key_shown(keymap.get(binding.id, binding.key))
                help_text = f"{binding.tooltip} ({key})" if binding.tooltip else f"key {key}"
                run = partial(app.run_action, binding.action, node)
                yield SystemCommand(binding.description, help_text, run, not binding.system)
    yield SystemCommand("Theme", "Choose how the journal looks", app.action_change_theme)
