"""What the list of exercises says: the groups in their order, and the line of one exercise with its box."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from kneejournal.domain.programme import GROUPS, Dose
from kneejournal.domain.today import ExerciseRow
from kneejournal.widgets.ribbon import MUTED

LONGEST_DOSE = 22
DONE, NOT_DONE, SAVING = ("[x]", "bold $text-success"), ("[ ]", MUTED), ("[…]", "bold")
"""What a box shows. A tick that is not on the disk yet is none."""


def in_groups(rows: Sequence[ExerciseRow]) -> list[ExerciseRow]:
    """`rows` by kind and group, in the article's order of groups."""
    order = [(kind, group) for kind, groups in GROUPS.items() for group in groups]
    return sorted(rows, key=lambda row: order.index((row.exercise.kind, row.exercise.group)))


def heading_of(row: ExerciseRow) -> str:
    """Strength by its group, since a strength day has one of each; the stretches together."""
    return row.exercise.group.capitalize() if row.exercise.kind == "strength" else "Stretches"


def exercise_line(row: ExerciseRow, box: tuple[str, str], name_width: int, *, roomy: bool) -> Content:
    """The box, the name, and the dose; the pain instead of the dose when it hurt."""
    dose = str(row.exercise.dose) if roomy else short_dose(row.exercise.dose)
    after = (f"pain {row.pain}", "$text-error") if row.pain else (dose, MUTED)
    return Content.assemble(" ", box, f" {row.exercise.name:<{name_width}} ", " " if roomy else "", after)


def short_dose(dose: Dose) -> str:
    """The dose in a few columns: 3×10, 3×30s."""
    return f"{dose.sets}×{dose.reps}" if dose.reps is not None else f"{dose.sets}×{dose.hold_s}s"


def lines_of(rows: Iterable[ExerciseRow]) -> Iterator[str]:
    """What stands in each line: the id of an exercise, or the heading of those below it."""
    heading = ""
    for row in rows:
        if heading != (heading := heading_of(row)):
            yield heading
        yield row.exercise.id
