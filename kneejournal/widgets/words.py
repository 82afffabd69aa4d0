"""Shows words without laying out the screen anew for those that are there already."""

from textual.content import Content
from textual.widgets import Static


def show_words(line: Static, words: Content) -> None:
    """Show `words`, if they are not what `line` shows."""
    before = line.content
    if not (isinstance(before, Content) and before.is_same(words)):
        line.update(words)
