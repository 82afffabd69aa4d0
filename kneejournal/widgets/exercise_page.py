"""The page of one exercise: how to do it, what to feel, what to avoid."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.programme import Exercise


class ExercisePage(VerticalScroll, can_focus=False):
    """Shows one exercise at a time."""

    def compose(self) -> ComposeResult:
        yield Static(id="exercise-name")
        yield Static(id="exercise-dose")
        yield Static(id="exercise-how")
        yield Static(id="exercise-feel")
        yield Static(id="exercise-avoid")

    def show(self, exercise: Exercise) -> None:
        """Show `exercise` from its beginning."""
        self.query_one("#exercise-name", Static).update(Content(exercise.name))
        self.query_one("#exercise-dose", Static).update(dose_lines(exercise))
        self.query_one("#exercise-how", Static).update(Content("\n".join(exercise.how)))
        self.query_one("#exercise-feel", Static).update(labelled("Feel", exercise.feel))
        self.query_one("#exercise-avoid", Static).update(labelled("Avoid", exercise.avoid))
        self.scroll_home(animate=False)


def dose_lines(exercise: Exercise) -> Content:
    """The dose, and the muscles that work."""
    return Content.assemble(str(exercise.dose), "\n", (", ".join(exercise.muscles), "$text-muted"))


def labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label}  ", "bold $primary"), text)
