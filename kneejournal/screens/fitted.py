"""Gives a screen the classes of the window's size before it is first laid out."""

from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.screen import Screen


def fit(screen: Screen[Any]) -> None:
    """Give `screen` the classes that Textual gives it too, but only after it was laid out and drawn without them."""
    app: App[Any] = screen.app
    across, down = screen.HORIZONTAL_BREAKPOINTS, screen.VERTICAL_BREAKPOINTS
    screen.add_class(
        _class_at(app.size.width, app.HORIZONTAL_BREAKPOINTS if across is None else across),
        _class_at(app.size.height, app.VERTICAL_BREAKPOINTS if down is None else down),
    )


def _class_at(size: int, breakpoints: Sequence[tuple[int, str]] | None) -> str:
    return max(found for found in breakpoints or () if found[0] <= size)[1]
