"""The session player: the exercises of today, to follow along."""

from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType

from kneejournal.domain.exercises import marks_on
from kneejournal.domain.player import Step, finished
from kneejournal.domain.programme import Exercise
from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal
from kneejournal.screens.follow_along import VARIANTS, FollowAlong, Taken
from kneejournal.screens.hurts_dialog import HurtsDialog
from kneejournal.screens.session import SessionScreen
from kneejournal.widgets.session_view import Cue
from kneejournal.widgets.session_words import exercise_cue

AFTER_PAIN = "→ skips it, space goes on."


class PlayerScreen(SessionScreen):
    """Plays exercises one after the other, and ticks each as its last set ends. How long a hold was is kept nowhere."""

    BINDING_GROUP_TITLE = "Session player"
    HELP = """
    Do what the figure does; the bell rings at each change. `space` goes on at once: it starts early, ends a rest, and
    ends a plank when form goes. The last set of an exercise ticks it; `→` skips an exercise without a tick.

    `p` pauses. `h` says that it hurts, and how much. Leave at any time: what is ticked is written, and `enter` on
    today's page goes on where you left.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "variant", "Variant", tooltip="An easier or a harder way", id="player.variant"),
        Binding("w", "tick_again", "Write again", tooltip="The ticks that could not be written", id="player.again"),
    ]

    def __init__(self, journal: Journal, follow: FollowAlong, taken: Taken) -> None:
        super().__init__(follow, taken.playing)
        self._journal = journal
        self._taken = taken
        self._to_tick: dict[str, Exercise] = {}
        """Finished, and not written yet."""
        self._ticked: dict[str, Exercise] = {}

    def cue(self, now: float) -> Cue:
        if self.playing.step is None:
            return self._end()
        variant = self.follow.variant(self.playing.step.exercise)
        return exercise_cue(self.playing, now, self._journal.programme, variant.words if variant else "")

    def _end(self) -> Cue:
        return Cue(
            where="Session player",
            share=1,
            name="That was the session.",
            place=f"Ticked: {_names(self._ticked)}" if self._ticked else "Nothing of it is ticked.",
            hint="space or esc: back to today",
            next=f"Not written yet: {_names(self._to_tick)}. w tries again." if self._to_tick else "",
        )

    def figure_of(self, step: Step) -> tuple[str, str]:
        variant = self.follow.variant(step.exercise)
        return (variant.figure, variant.pose) if variant else (step.exercise, "")

    def steps_ended(self, ended: tuple[Step, ...]) -> None:
        for name in finished(ended, self.playing.steps):
            if exercise := self._journal.programme.exercise(name):
                self._to_tick[name] = exercise
                self._write_ticks()

    def _write_ticks(self) -> None:
        """Write what is finished; what cannot be written is said, kept, and tried again with the next one."""
        try:
            written = self._journal.mark(self._to_tick.values())
        except KneejournalError as error:
            self.notify(clean(str(error)) + "  w tries again.", severity="error", timeout=10, markup=False)
        else:
            self._ticked |= self._to_tick
            self._to_tick = {}
            for note in written.notes:
                self.notify(clean(note), severity="warning", markup=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        step = self.playing.step
        if action == "variant":
            return step is not None and step.exercise in VARIANTS
        if action == "tick_again":
            return bool(self._to_tick)
        return super().check_action(action, parameters)

    def action_variant(self) -> None:
        if self.playing.step:
            self.follow.turn_variant(self.playing.step.exercise)
            self.show_figure()
            self.paint()

    def action_tick_again(self) -> None:
        self._write_ticks()
        self.paint()

    def action_hurts(self) -> None:
        step = self.playing.step
        exercise = self._journal.programme.exercise(step.exercise) if step else None
        if exercise:
            dialog = HurtsDialog(f"{exercise.name}: how much does it hurt?", lambda n: self._write_pain(exercise, n))
            self.app.push_screen(dialog)

    def _write_pain(self, exercise: Exercise, pain: int) -> None:
        """The pain counts at once, whether the exercise is ticked or not. Raises KneejournalError."""
        marks = marks_on(self._journal.snapshot().log, self._journal.today())
        is_done = exercise.id in marks and marks[exercise.id].done
        written = self._journal.mark([exercise], done=is_done, pain=pain)
        self.say(" ".join((f"Written: pain {pain}.", *written.notes, AFTER_PAIN)))

    def action_leave(self) -> None:
        """What has been begun can be gone on with, as long as the app runs."""
        self.pause()
        step = self.playing.step
        self.follow.left = replace(self._taken, playing=self.playing) if step else None
        self.dismiss(step.exercise if step else "")


def _names(exercises: dict[str, Exercise]) -> str:
    return ", ".join(exercise.name for exercise in exercises.values())
