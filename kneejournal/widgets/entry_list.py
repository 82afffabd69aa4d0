"""The entries as a list that paints only the lines in view, however many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kneejournal.widgets.day_signs import DAY_SIGNS
from kneejournal.widgets.entry_days import EntryDays, longest_day_text
from kneejournal.widgets.entry_rows import EntryRow

FIRST_WIDTH = 11
PAIN_WIDTHS = (4, 10)
STATE_WIDTH = 12
NARROW = 60
FOLDS = {"closed": "▸ ", "open": "▾ ", None: ""}


class EntryList(ScrollView, can_focus=True):
    """Lines with the day beside the first of each; one of them is highlighted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entry-list--day",
        "entry-list--entry",
        "entry-list--pain",
        "entry-list--muted",
        "entry-list--cursor",
        *(f"entry-list--{state}" for state in DAY_SIGNS),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "leap(-1)", "Page up", show=False),
        Binding("pagedown", "leap(1)", "Page down", show=False),
        Binding("home", "end(-1)", "Newest", show=False),
        Binding("end", "end(1)", "Oldest", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    cursor: reactive[int] = reactive(-1, init=False)
    """The line that is highlighted; -1 when there is none."""

    @dataclass
    class Highlighted(Message):
        """Another line is highlighted; None when the list is empty."""

        row: EntryRow | None

    @dataclass
    class Chosen(Message):
        """Somebody wants to do something with this line."""

        row: EntryRow

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = EntryDays.none()
        self._pain_width = PAIN_WIDTHS[0]
        self._day_width = 0

    @property
    def highlighted(self) -> EntryRow | None:
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    def show(self, rows: EntryDays, today: date) -> None:
        """Show `rows`; the same entry stays highlighted, or the one that took its place."""
        before, place = self.highlighted, max(self.cursor, 0)
        self._rows = rows
        self._pain_width = PAIN_WIDTHS[rows.names_knees]
        self._day_width = longest_day_text(rows.days, today) + 2
        self.virtual_size = Size(1, len(rows))
        kept = rows.place_of(before) if before else None
        self.set_reactive(EntryList.cursor, self._near(place) if kept is None else kept)
        self.refresh()
        self._announce()
        self.call_after_refresh(self._scroll_to_cursor)

    def go_to(self, day: date) -> bool:
        """Highlight the first line of `day`; whether there is one."""
        place = self._rows.place_of_day(day)
        if place is not None:
            self.cursor = place
        return place is not None

    def go_days(self, step: int) -> None:
        """Highlight the first line of the next day that has any, or of the one before with -1."""
        day = self._rows.next_day(self.highlighted.day, step) if self.highlighted else None
        if day:
            self.go_to(day)

    def watch_cursor(self) -> None:
        self._scroll_to_cursor()
        self.refresh()
        self._announce()

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    def action_move(self, step: int) -> None:
        self.cursor = self._near(self.cursor + step)

    def action_leap(self, direction: int) -> None:
        self.cursor = self._near(self.cursor + direction * max(1, self.size.height - 1))

    def action_end(self, direction: int) -> None:
        self.cursor = self._near(0 if direction < 0 else len(self._rows) - 1)

    def action_choose(self) -> None:
        if self.highlighted:
            self.post_message(self.Chosen(self.highlighted))

    def on_click(self, event: Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < len(self._rows):
            self.cursor = place
            if event.chain > 1:
                self.action_choose()

    def render_line(self, y: int) -> Strip:
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        base = self.get_component_rich_style("entry-list--entry")
        if place >= len(self._rows):
            return Strip.blank(width, base)
        row, is_here = self._rows[place], place == self.cursor
        if is_here:
            base += self.get_component_rich_style("entry-list--cursor")
        names_day = y == 0 or self._rows[place - 1].day != row.day
        parts = [("▌" if is_here else " ", self._part("pain")), *self._day(row, names_day), *self._entry(row)]
        return _strip([(text, base + style) for text, style in parts], width, base)

    def _day(self, row: EntryRow, is_named: bool) -> Iterator[tuple[str, Style]]:
        """The day and its state, beside its first line in view."""
        sign, is_narrow = DAY_SIGNS[row.state], self.size.width < NARROW
        day = row.day_text.partition(" ")[2] if is_narrow else row.day_text
        state = sign.shape if is_narrow else f"{sign.shape} {sign.word}"
        yield set_cell_size(day if is_named else "", self._day_width - 4 * is_narrow), self._part("day")
        yield set_cell_size(state if is_named else "", 2 if is_narrow else STATE_WIDTH), self._part(row.state)

    def _entry(self, row: EntryRow) -> Iterator[tuple[str, Style]]:
        yield set_cell_size(row.first, FIRST_WIDTH), self._part("muted")
        hurts = any(digit in "123456789" for digit in row.pain)
        yield set_cell_size(row.pain, self._pain_width), self._part("pain") if hurts else Style()
        yield FOLDS[row.fold] + row.text + ("  " if row.text and row.note else ""), Style()
        yield row.note, self._part("muted")

    def _part(self, name: str) -> Style:
        """The colour of a part of a line; the background is that of the line."""
        style = self.get_component_rich_style(f"entry-list--{name}")
        return Style(color=style.color, bold=style.bold)

    def _near(self, place: int) -> int:
        """The line nearest to `place`; -1 when there is none."""
        return max(0, min(place, len(self._rows) - 1)) if self._rows else -1

    def _scroll_to_cursor(self) -> None:
        if self.cursor >= 0:
            self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def _announce(self) -> None:
        self.post_message(self.Highlighted(self.highlighted))


def _strip(parts: list[tuple[str, Style]], width: int, base: Style) -> Strip:
    """The parts in one line of `width` cells, with an ellipsis where they are longer."""
    strip = Strip([Segment(text, style) for text, style in parts], sum(cell_len(text) for text, _ in parts))
    if strip.cell_length <= width:
        return strip.extend_cell_length(width, base)
    return Strip.join([strip.crop(0, max(0, width - 1)), Strip([Segment("…", base)], 1)])
