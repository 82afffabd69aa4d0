"""The day's exercises in their groups, each with its box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kneejournal.domain.programme import GROUPS, Dose, Exercise
from kneejournal.domain.today import ExerciseRow
from kneejournal.widgets.ribbon import MUTED

BOX = 5
"""Columns that a click counts as being on the box."""
LONGEST_DOSE = 22


class ExerciseList(OptionList, inherit_bindings=False):
    """Exercises to walk through with the arrows. It marks nothing itself: it says which one is asked for.

    It leaves `enter` to the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Binding.make_bindings(OptionList.BINDINGS) if binding.key != "enter"
    ]

    @dataclass
    class Asked(Message):
        """Somebody wants the exercise turned from what is shown: done, or not done."""

        row: ExerciseRow

    @dataclass
    class Looked(Message):
        """Another exercise is highlighted."""

        row: ExerciseRow

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._rows: dict[str, ExerciseRow] = {}

    @property
    def row(self) -> ExerciseRow | None:
        """The highlighted exercise, as it is shown."""
        option = self.highlighted_option
        return self._rows.get(option.id or "") if option else None

    @property
    def to_play(self) -> list[Exercise]:
        """The highlighted exercise, and those below it that are not done."""
        here = self.row
        rows = list(self._rows.values())
        below = rows[rows.index(here) + 1 :] if here else []
        return [here.exercise, *(row.exercise for row in below if not row.done)] if here else []

    def look_at(self, exercise_id: str) -> None:
        """Highlight that exercise, if it is there."""
        if exercise_id in self._rows:
            self.highlighted = self.get_option_index(exercise_id)

    def show(self, rows: Sequence[ExerciseRow]) -> None:
        """Show `rows`; the highlight stays on its exercise."""
        before = self._rows
        self._rows = {row.exercise.id: row for row in in_groups(rows)}
        if list(before) == list(self._rows):
            self._write()
            return
        self.set_options(self._options_of())
        self.action_first()

    def on_resize(self, _: Resize) -> None:
        self._write()

    def on_click(self, event: Click) -> None:
        """A click highlights; on the box, or a double one, it asks for the exercise to be turned."""
        event.prevent_default()
        index = cast(int | None, event.style.meta.get("option"))
        if index is None or self.options[index].disabled:
            return
        self.highlighted = index
        if (event.x <= BOX or event.chain == 2) and self.row:
            self.post_message(self.Asked(self.row))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.row:
            self.post_message(self.Looked(self.row))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    def _write(self) -> None:
        for row in self._rows.values():
            self.replace_option_prompt(row.exercise.id, self._line(row))

    def _line(self, row: ExerciseRow) -> Content:
        name_width = max(len(other.exercise.name) for other in self._rows.values())
        roomy = self.size.width >= BOX + name_width + 2 + LONGEST_DOSE
        return exercise_line(row, name_width, roomy=roomy)

    def _options_of(self) -> Iterator[Option]:
        heading = ""
        for row in self._rows.values():
            if heading != (heading := heading_of(row)):
                yield Option(Content.styled(f" {heading}", MUTED), disabled=True)
            yield Option(self._line(row), id=row.exercise.id)


def in_groups(rows: Sequence[ExerciseRow]) -> list[ExerciseRow]:
    """`rows` by kind and group, in the article's order of groups."""
    order = [(kind, group) for kind, groups in GROUPS.items() for group in groups]
    return sorted(rows, key=lambda row: order.index((row.exercise.kind, row.exercise.group)))


def heading_of(row: ExerciseRow) -> str:
    """Strength by its group, since a strength day has one of each; the stretches together."""
    return row.exercise.group.capitalize() if row.exercise.kind == "strength" else "Stretches"


def exercise_line(row: ExerciseRow, name_width: int, *, roomy: bool) -> Content:
    """The box, the name, and the dose; the pain instead of the dose when it hurt."""
    box = ("[x]", "bold $text-success") if row.done else ("[ ]", MUTED)
    dose = str(row.exercise.dose) if roomy else short_dose(row.exercise.dose)
    after = (f"pain {row.pain}", "$text-error") if row.pain else (dose, MUTED)
    return Content.assemble(" ", box, f" {row.exercise.name:<{name_width}} ", " " if roomy else "", after)


def short_dose(dose: Dose) -> str:
    """The dose in a few columns: 3×10, 3×30s."""
    return f"{dose.sets}×{dose.reps}" if dose.reps is not None else f"{dose.sets}×{dose.hold_s}s"
