"""The line at the bottom: what the keys do here."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

DIM = Style(dim=True)
SCROLLED = 2
"""Columns that one step of the wheel goes on, where not every key has room."""


class Item(NamedTuple):
    """A key, what it does, whether it does so now, and what the mouse is told of it."""

    key: str
    shown: str
    words: str
    is_enabled: bool
    tooltip: str

    @property
    def width(self) -> int:
        return Segment(f" {self.shown} {self.words} ").cell_length


class KeyFooter(Widget):
    """Looks like Textual's footer, and a click does what the key does. One widget for all keys: those change often."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"key-footer--{part}" for part in ("key", "words", "hovered-key", "hovered-words")
    }
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;

        & > .key-footer--key {
            color: $footer-key-foreground;
            background: $footer-key-background;
            text-style: bold;
        }
        & > .key-footer--words { color: $footer-description-foreground; background: $footer-description-background; }
        & > .key-footer--hovered-key {
            color: $footer-key-foreground;
            background: $block-hover-background;
            text-style: bold;
        }
        & > .key-footer--hovered-words { color: $footer-description-foreground; background: $block-hover-background; }
    }
    """

    items: reactive[Sequence[Item]] = reactive(())
    hovered: reactive[Item | None] = reactive(None)
    """What is under the mouse."""
    skipped: reactive[int] = reactive(0)
    """Columns that the wheel moved out of sight."""

    def on_mount(self) -> None:
        self.items = self._items_now()
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        strip = Strip.join(self._strip(item) for item in self.items).crop(self.skipped)
        return strip.adjust_cell_length(self.size.width, Style(bgcolor=self.rich_style.bgcolor))

    def watch_hovered(self, hovered: Item | None) -> None:
        self.tooltip = hovered.tooltip if hovered else None

    def on_mouse_move(self, event: MouseMove) -> None:
        self.hovered = self._item_at(event.x)

    def on_leave(self) -> None:
        self.hovered = None

    def on_mouse_down(self, event: MouseDown) -> None:
        item = self._item_at(event.x)
        if item and item.is_enabled:
            self.app.simulate_key(item.key)
        elif item:
            self.app.bell()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._skip(SCROLLED)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._skip(-SCROLLED)

    def _skip(self, columns: int) -> None:
        hidden = sum(item.width for item in self.items) - self.size.width
        self.skipped = max(0, min(self.skipped + columns, hidden))

    def _bindings_changed(self, _: Screen[object]) -> None:
        if self.app.app_focus:
            self.items = self._items_now()

    def _items_now(self) -> Sequence[Item]:
        """Every action once, with the first of its keys."""
        found: dict[str, Item] = {}
        for _, binding, is_enabled, tooltip in self.screen.active_bindings.values():
            if binding.show:
                shown = self.app.get_key_display(binding)
                found.setdefault(binding.action, Item(binding.key, shown, binding.description, is_enabled, tooltip))
        return tuple(found.values())

    def _item_at(self, x: int) -> Item | None:
        edges = pairwise(accumulate((item.width for item in self.items), initial=-self.skipped))
        return next((item for item, (first, after) in zip(self.items, edges, strict=True) if first <= x < after), None)

    def _strip(self, item: Item) -> Strip:
        part = "hovered-" if item == self.hovered else ""
        state = Style() if item.is_enabled else DIM
        key, words = (self.get_component_rich_style(f"key-footer--{part}{name}") for name in ("key", "words"))
        return Strip([Segment(f" {item.shown} ", key + state), Segment(f"{item.words} ", words + state)])
