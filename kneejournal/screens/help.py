"""Help: what the page or dialog in front is for, and its keys; and every key of the app."""

import re
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kneejournal.domain.text import clean
from kneejournal.keys import Node, bindings_of, is_there, key_shown
from kneejournal.own_keys import own_screens
from kneejournal.preferences import Preferences
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.page import Page
from kneejournal.sheets import sheets
from kneejournal.widgets.key_table import KeyGroup, KeyRow, KeyTable

EVERYWHERE = "Everywhere"
EXPLAINED = "A key of your own is a line below [keys] in the settings file, for example:"
EXAMPLE = '"today.pain" = "f5"'
MOVING = (
    KeyRow("↑ ↓", "Go through a list, or from field to field"),
    KeyRow("tab", "Go to the next list or field"),
    KeyRow("ctrl+p", "Palette: every action, the themes, the settings of the rules"),
)

_CODE = re.compile(r"`([^`]+)`")


class Reading(Dialog[None]):
    """A dialog that is only read, with the arrows as for a list."""

    CSS_PATH = sheets("dialog", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", id="dialog.leave"),
        Binding("f1", "leave", "Close", show=False, id="dialog.help"),
        Binding("question_mark", "leave", "Close", show=False, id="help.close"),
    ]

    def on_mount(self) -> None:
        self.query_one("#dialog-fields").can_focus = True
        self.query_one("#dialog-fields").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "save" and super().check_action(action, parameters)


class HelpDialog(Reading):
    """What the screen behind is for, and its keys as they are now."""

    def __init__(self, about: Screen[Any], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._about = about
        self._keymap = keymap

    @property
    def title_text(self) -> str:
        about = self._about
        return f"Help: {about.title_text if isinstance(about, Dialog) else title_of(type(about))}"

    def compose_fields(self) -> ComposeResult:
        if self._about.HELP:
            yield Static(help_content(self._about.HELP), id="help-text")
        yield KeyTable(list(self._groups()))

    def _groups(self) -> Iterator[KeyGroup]:
        yield KeyGroup("Here", list(self._rows(self._about)))
        everywhere = () if self._about.is_modal else self._rows(self.app)
        yield KeyGroup(EVERYWHERE, [*everywhere, *MOVING])

    def _rows(self, node: App[Any] | Screen[Any]) -> Iterator[KeyRow]:
        """What can be done now, each action once."""
        there = [b for b in _actions(type(node)) if not b.system and is_there(node, b)]
        seen: set[str] = set()
        for binding in there:
            if binding.action not in seen:
                seen.add(binding.action)
                yield replace(key_row(binding, self._keymap), id="")


class KeysDialog(Reading):
    """Every action with its key and its id, and what is wrong with the settings file."""

    TITLE_TEXT = "All keys"

    def __init__(self, preferences: Preferences, pages: Iterable[Node]) -> None:
        """`pages`: whose keys stand first, in that order."""
        super().__init__()
        self._preferences = preferences
        self._first = tuple(pages)

    def compose_fields(self) -> ComposeResult:
        chosen = self._preferences
        for problem in chosen.problems:
            yield Static(Content(f"! {clean(problem)}"), classes="keys-problem")
        lines = [Content(EXPLAINED), Content.assemble("  ", (EXAMPLE, "bold")), Content(clean(str(chosen.path)))]
        yield Static(Content("\n").join(lines), id="keys-explained")
        yield KeyTable(list(self._groups()))

    def _groups(self) -> Iterator[KeyGroup]:
        listed: set[str | None] = set()
        for node in dict.fromkeys((type(self.app), *self._first, *own_screens())):
            new = [binding for binding in _actions(node) if binding.id not in listed]
            listed |= {binding.id for binding in new}
            if new:
                yield KeyGroup(title_of(node), [key_row(binding, self._preferences.keymap) for binding in new])


def title_of(node: Node) -> str:
    """What a page or dialog is called."""
    if issubclass(node, App):
        return EVERYWHERE
    if issubclass(node, Page):
        return node.LABEL
    if issubclass(node, Dialog):
        return node.TITLE_TEXT or ("Every dialog" if node is Dialog else "Help")
    return node.BINDING_GROUP_TITLE or "Help"


def key_row(binding: Binding, keymap: Mapping[str, str]) -> KeyRow:
    """An action with the key that it has now."""
    own = keymap.get(binding.id or "")
    key = key_shown(own) if own else binding.key_display or key_shown(binding.key)
    return KeyRow(key, binding.description, binding.id or "", binding.tooltip, is_own=own is not None)


def help_content(text: str) -> Content:
    """HELP as paragraphs: headings are left out, since the title says them; `keys` stand out."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(line for line in cleandoc(text).splitlines() if line[:1] != "#"))
    return Content("\n\n").join(
        _paragraph(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph.strip()
    )


def _paragraph(text: str) -> Content:
    parts = _CODE.split(text)
    return Content.assemble(*((part, "bold $primary" if number % 2 else "") for number, part in enumerate(parts)))


def _actions(node: Node) -> list[Binding]:
    """The actions of a node, each by its first key."""
    found: dict[str, Binding] = {}
    for binding in bindings_of(node).values():
        if binding.id and binding.description:
            found.setdefault(binding.id, binding)
    return list(found.values())
