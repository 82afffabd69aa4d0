"""The line above the charts: what can be shown, and of how many days; for the mouse, and to see where one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static


class BarItem(Static):
    """One thing that can be chosen."""

    def __init__(self, group: str, value: str, label: str) -> None:
        super().__init__(Content(label), classes=f"-{group}")
        self.group = group
        self.value = value

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(ChartBar.Chosen(self.group, self.value))


class ChartBar(HorizontalGroup):
    """Two groups of names, one of each chosen."""

    @dataclass
    class Chosen(Message):
        """Somebody clicked on `value` of `group`."""

        group: str
        value: str

    def __init__(self, views: Sequence[tuple[str, str]], spans: Sequence[tuple[str, str]]) -> None:
        """`views` and `spans`: values, with what they are called."""
        super().__init__()
        self._views = views
        self._spans = spans

    def compose(self) -> ComposeResult:
        yield Static(Content("c"), classes="bar-key")
        for value, label in self._views:
            yield BarItem("view", value, label)
        yield Static("", id="bar-gap")
        yield Static(Content("w"), classes="bar-key bar-span")
        for value, label in self._spans:
            yield BarItem("span", value, label)
        yield Static(Content("days"), classes="bar-span", id="bar-unit")

    def show(self, views: Sequence[str], view: str, span: str | None) -> None:
        """Offer `views`, one of them chosen; no days where the choice would change nothing."""
        for item in self.query(BarItem):
            item.set_class(item.value not in views if item.group == "view" else span is None, "-off")
            item.set_class(item.value in (view, span), "-here")
        for beside in self.query(".bar-span"):
            beside.set_class(span is None, "-off")
