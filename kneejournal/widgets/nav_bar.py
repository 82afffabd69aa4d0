"""The line on top: the pages with their keys, and the day."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static


class NavItem(Static):
    """One page: its key and its name."""

    def __init__(self, name: str, key: str, label: str, *, is_here: bool) -> None:
        super().__init__(Content.assemble((key, "bold"), " ", label), classes="-here" if is_here else "")
        self.page_name = name

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(NavBar.Chosen(self.page_name))


class NavBar(Horizontal):
    """Where one is, and where one can go; by mouse too."""

    @dataclass
    class Chosen(Message):
        """Somebody wants to see another page."""

        name: str

    def __init__(self, pages: Sequence[tuple[str, str, str]], here: str) -> None:
        """`pages`: name, key and label of each page."""
        super().__init__()
        self._pages = pages
        self._here = here

    def compose(self) -> ComposeResult:
        for name, key, label in self._pages:
            yield NavItem(name, key, label, is_here=name == self._here)
        yield Static("", id="nav-day")

    def show_day(self, day: str) -> None:
        self.query_one("#nav-day", Static).update(Content(day))
