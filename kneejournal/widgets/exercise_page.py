"""The page of one exercise: its figure, how to do it, what to feel, what to avoid."""

from textual.app import ComposeResult
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.figure import Movement
from kneejournal.domain.programme import Exercise
from kneejournal.widgets.figure import Figure

STEPS = 3


class ExercisePage(VerticalScroll, can_focus=False):
    """Shows one exercise at a time."""

    def compose(self) -> ComposeResult:
        yield Figure()
        yield Static(id="exercise-name")
        yield Static(id="exercise-muscles")
        for number in range(1, STEPS + 1):
            with HorizontalGroup(classes="exercise-step"):
                yield Static(str(number), classes="exercise-number")
                yield Static(id=f"exercise-how-{number}", classes="exercise-how")
        yield Static(id="exercise-feel")
        yield Static(id="exercise-avoid")

    def show(self, exercise: Exercise, movement: Movement | None) -> None:
        """Show `exercise` from its beginning; `movement`: its figure, where there is room for it."""
        self.query_one(Figure).show(movement)
        self.query_one("#exercise-name", Static).update(name_line(exercise))
        self.query_one("#exercise-muscles", Static).update(Content(", ".join(exercise.muscles)))
        for number, step in enumerate(exercise.how, 1):
            self.query_one(f"#exercise-how-{number}", Static).update(Content(step))
        self.query_one("#exercise-feel", Static).update(labelled("Feel", exercise.feel))
        self.query_one("#exercise-avoid", Static).update(labelled("Avoid", exercise.avoid))
        self.scroll_home(animate=False)


def name_line(exercise: Exercise) -> Content:
    """The name, and how much of it."""
    return Content.assemble((exercise.name, "bold $primary"), "  ", str(exercise.dose))


def labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}  ", "bold $primary"), text)
