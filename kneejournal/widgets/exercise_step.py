"""One step of an exercise: its number, and beside it as many lines as it takes to say it."""

from typing import ClassVar

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

INDENT = 2


class ExerciseStep(Static):
    """A numbered step. One widget where three would look the same, since every first paint waits for each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"exercise-step--number"}

    def __init__(self, number: int) -> None:
        super().__init__(id=f"exercise-how-{number}")
        self._number = number

    def render(self) -> Visual:
        number = self.get_visual_style("exercise-step--number")
        return _Numbered(Content(str(self._number)), number, self.visual)


class _Numbered(Visual):
    """A text with a number before its first line."""

    def __init__(self, number: Content, look: Style, text: Visual) -> None:
        self._number, self._look, self._text = number, look, text

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        (number,) = self._number.render_strips(INDENT, 1, self._look, options)
        blank = style.background_style.rich_style
        texts = self._text.render_strips(width - INDENT, height, style, options)
        before = [number.extend_cell_length(INDENT, blank), *[Strip.blank(INDENT, blank)] * (len(texts) - 1)]
        return [Strip.join(pair) for pair in zip(before, texts, strict=True)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return INDENT + self._text.get_optimal_width(rules, container_width - INDENT)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._text.get_height(rules, width - INDENT)
