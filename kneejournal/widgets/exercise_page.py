"""The page of one exercise: its figure, how to do it, what to feel, what to avoid."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.figure import Movement
from kneejournal.domain.programme import Exercise
from kneejournal.widgets.exercise_step import ExerciseStep
from kneejournal.widgets.figure import Figure

STEPS = 3


class ExercisePage(VerticalScroll, can_focus=False):
    """Shows one exercise at a time."""

    def __init__(self, find_movement: Callable[[str], Movement | None]) -> None:
        """`find_movement` finds the figure of an exercise by its id."""
        super().__init__()
        self._find_movement = find_movement
        self._exercise: Exercise | None = None

    def compose(self) -> ComposeResult:
        yield Figure()
        yield Static(id="exercise-name")
        yield Static(id="exercise-muscles")
        for number in range(1, STEPS + 1):
            yield ExerciseStep(number)
        yield Static(id="exercise-feel")
        yield Static(id="exercise-avoid")

    def show(self, exercise: Exercise) -> None:
        """Show `exercise` from its beginning, and its figure a moment later."""
        if exercise == self._exercise:
            return
        # The first figure comes with the page; after that a key is answered with words first.
        later = self.call_after_refresh if self._exercise else self.call_later
        self._exercise = exercise
        later(self._show_figure, exercise)
        self.query_one("#exercise-name", Static).update(name_line(exercise))
        self.query_one("#exercise-muscles", Static).update(Content(", ".join(exercise.muscles)))
        for number, step in enumerate(exercise.how, 1):
            self.query_one(f"#exercise-how-{number}", Static).update(Content(step))
        self.query_one("#exercise-feel", Static).update(labelled("Feel", exercise.feel))
        self.query_one("#exercise-avoid", Static).update(labelled("Avoid", exercise.avoid))
        self.scroll_home(animate=False)

    def _show_figure(self, exercise: Exercise) -> None:
        """Not of an exercise that was only passed."""
        if exercise == self._exercise:
            self.query_one(Figure).show(self._find_movement(exercise.id))


def name_line(exercise: Exercise) -> Content:
    """The name, and how much of it."""
    return Content.assemble((exercise.name, "bold $primary"), "  ", str(exercise.dose))


def labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}  ", "bold $primary"), text)
