"""What is chosen in a form: stages, shoes, and boxes that are checked already."""

from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content
from textual.widgets import Select

from kneejournal.domain.programme import Programme
from kneejournal.domain.records import Shoe
from kneejournal.domain.text import clean
from kneejournal.widgets.check_grid import CheckGrid

NO_STAGE = 0
NO_SHOES = ""


def boxes(items: Sequence[tuple[str, str]], checked: Iterable[str], name: str) -> CheckGrid:
    """Boxes to check, some of them checked already; `items`: codes with their labels."""
    grid = CheckGrid(items, id=name)
    grid.set_reactive(CheckGrid.chosen, frozenset(checked) & {code for code, _ in items})
    return grid


def stage_select(programme: Programme, stage: int | None) -> Select[int]:
    """A choice of the stages, and of none."""
    choices = [("not a session of the plan", NO_STAGE)]
    choices += [(f"{found.number}: {found}", found.number) for found in programme.stages]
    if stage and stage > len(programme.stages):
        choices.append((f"{stage}: of an earlier plan", stage))
    return Select(choices, value=stage or NO_STAGE, allow_blank=False, compact=True, id="stage")


def shoe_select(shoes: Sequence[Shoe], worn: str) -> Select[str]:
    """A choice of the pairs, by id, and of none. Names are user text, shown as they are."""
    # Select is annotated for str only, and shows Content without reading markup in it.
    choices: list[Any] = [("no shoes", NO_SHOES), *((Content(clean(shoe.name)), shoe.id) for shoe in shoes)]
    return Select(choices, value=worn, allow_blank=False, compact=True, id="shoes")
