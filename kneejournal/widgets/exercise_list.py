"""The day's exercises in their groups, each with its box; a change of one paints one line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from kneejournal.domain.programme import Exercise
from kneejournal.domain.today import ExerciseRow
from kneejournal.widgets.exercise_lines import DONE, LONGEST_DOSE, NOT_DONE, SAVING, exercise_line, in_groups, lines_of
from kneejournal.widgets.ribbon import MUTED

BOX = 5
"""Columns that a click counts as being on the box."""


class ExerciseList(ScrollView, can_focus=True):
    """Exercises to walk through with the arrows. It marks nothing itself: it says which one is asked for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"exercise-list--heading", "exercise-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "leap(-1)", "Page up", show=False),
        Binding("pagedown", "leap(1)", "Page down", show=False),
        Binding("home", "end(-1)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
    ]

    cursor: reactive[int] = reactive(-1, init=False, repaint=False)
    """The line that is highlighted; -1 while there is none."""

    @dataclass
    class Asked(Message):
        """Somebody wants the exercise turned from what is shown: done, or not done."""

        row: ExerciseRow

    @dataclass
    class Looked(Message):
        """Another exercise is highlighted."""

        row: ExerciseRow

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, ExerciseRow] = {}
        self._lines: list[str] = []
        """The id of the exercise in each line, or the heading."""
        self._asked: dict[str, list[bool]] = {}
        """What is being saved: by exercise, done or not, in the order in which it was asked for."""

    @property
    def row(self) -> ExerciseRow | None:
        """The highlighted exercise, as it is shown; one that is being saved as it will be then."""
        row = self._rows[self._lines[self.cursor]] if self.cursor >= 0 else None
        asked = self._asked.get(row.exercise.id) if row else None
        return replace(row, done=asked[-1]) if row and asked else row

    @property
    def to_play(self) -> list[Exercise]:
        """The highlighted exercise, and those below it that are not done."""
        below = self._lines[self.cursor :] if self.row else []
        rows = [self._rows[name] for name in below if name in self._rows]
        return [row.exercise for row in rows if row is rows[0] or not row.done]

    def look_at(self, exercise_id: str) -> None:
        """Highlight that exercise, if it is there."""
        if exercise_id in self._rows:
            self.cursor = self._lines.index(exercise_id)

    def show(self, rows: Sequence[ExerciseRow]) -> None:
        """Show `rows`; the highlight stays on its exercise."""
        before, self._rows = self._rows, {row.exercise.id: row for row in in_groups(rows)}
        if list(before) == list(self._rows):
            self._paint(name for name, row in self._rows.items() if row != before[name])
            return
        self._lines = list(lines_of(self._rows.values()))
        self.virtual_size = Size(1, len(self._lines))
        self.refresh()
        self.action_end(-1)

    def begin_saving(self, exercises: Iterable[Exercise], *, done: bool) -> Callable[[bool], None]:
        """Show that `exercises` are being saved. What this answers with is to be told at the end whether they were."""
        names = [exercise.id for exercise in exercises if exercise.id in self._rows]
        for name in names:
            self._asked.setdefault(name, []).append(done)
        self._paint(names)
        return partial(self._end_saving, names)

    def _end_saving(self, names: Sequence[str], is_saved: bool) -> None:
        for name in names:
            done = self._asked[name].pop(0)
            if is_saved:
                self._rows[name] = replace(self._rows[name], done=done)
        self._paint(names)

    def watch_cursor(self, before: int) -> None:
        if self.row:
            self._paint([self._lines[before], self._lines[self.cursor]])
            self._scroll_to_cursor()
            self.post_message(self.Looked(self.row))

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    def on_click(self, event: Click) -> None:
        """A click highlights; on the box, or a double one, it asks for the exercise to be turned."""
        place = event.y + self.scroll_offset.y
        if place < len(self._lines) and self._lines[place] in self._rows:
            self.cursor = place
            if (event.x <= BOX or event.chain == 2) and self.row:
                self.post_message(self.Asked(self.row))

    def action_step(self, step: int) -> None:
        """To the next exercise; from the last one to the first."""
        if places := self._places:
            self.cursor = places[(places.index(self.cursor) + step) % len(places)]

    def action_leap(self, direction: int) -> None:
        there = self.cursor + direction * self.size.height
        if places := self._places:
            near = [place for place in places if (place - there) * direction >= 0]
            self.cursor = near[min(0, direction)] if near else places[min(0, -direction)]

    def action_end(self, direction: int) -> None:
        if places := self._places:
            self.cursor = places[0 if direction < 0 else -1]

    @property
    def _places(self) -> list[int]:
        """The lines with an exercise in them."""
        return [place for place, name in enumerate(self._lines) if name in self._rows]

    def _scroll_to_cursor(self) -> None:
        if self.cursor >= 0 and self.size.height:
            self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def _paint(self, names: Iterable[str]) -> None:
        for name in names:
            self.refresh_line(self._lines.index(name))

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if place >= len(self._lines):
            return Strip.blank(width, self.get_visual_style().rich_style)
        row = self._rows.get(self._lines[place])
        part = () if row else ("exercise-list--heading",)
        style = self.get_visual_style(*(("exercise-list--cursor",) if place == self.cursor else part))
        line = self._line(row) if row else Content.styled(f" {self._lines[place]}", MUTED)
        return Visual.to_strips(self, line, width, 1, style)[0].extend_cell_length(width, style.rich_style)

    def _line(self, row: ExerciseRow) -> Content:
        name_width = max(len(other.exercise.name) for other in self._rows.values())
        roomy = self.size.width >= BOX + name_width + 2 + LONGEST_DOSE
        box = SAVING if self._asked.get(row.exercise.id) else DONE if row.done else NOT_DONE
        return exercise_line(row, box, name_width, roomy=roomy)
