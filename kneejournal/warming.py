"""Loads what the first page does without, bit by bit, so that the first look at another page waits for none of it."""

from collections.abc import Iterator
from importlib import import_module

from textual.css.stylesheet import Stylesheet

from kneejournal.sheets import all_sheets

SCREENS = ("pain_journal", "ready", "shoes", "learn")
"""The modules of the other pages, with those of the dialogs that open from them."""


def load_the_rest(stylesheet: Stylesheet) -> Iterator[None]:
    """Load a little more with every step: a module, or a sheet of styles."""
    for name in SCREENS:
        import_module(f"kneejournal.screens.{name}")
        yield
    for path in all_sheets():
        if not stylesheet.has_source(str(path)):
            stylesheet.read(path)
            stylesheet.parse()
            yield
