"""The walk-run session of the plan's current stage, to follow along."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from kneejournal.domain.player import Step, run_session
from kneejournal.domain.programme import Stage
from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.screens.follow_along import FollowAlong, Taken
from kneejournal.screens.hurts_dialog import HurtsDialog
from kneejournal.screens.run_dialog import RunDialog
from kneejournal.screens.session import PAUSED, SessionScreen
from kneejournal.widgets.session_view import Cue
from kneejournal.widgets.session_words import run_cue


class RunPlayerScreen(SessionScreen):
    """Walking and running by the clock. Pain ends it; at its end, or when it hurt, the run is there to be logged."""

    BINDING_GROUP_TITLE = "Walk-run session"
    HELP = """
    Walk and run as it says; the bell rings at each change. `space` goes on to the next part at once, `p` pauses.

    If it hurts: `h`, and how much. The session stops there, and says what happens next. `n` logs the run, with the
    minutes that you really walked and ran.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "log_run", "Log the run", id="player.log-run"),
    ]

    def __init__(self, journal: Journal, follow: FollowAlong, stage: Stage) -> None:
        self._day = journal.today()
        super().__init__(follow, follow.take_run(self._day, run_session(stage, journal.programme.warm_up_min)))
        self._journal = journal
        self._stage = stage
        self._pain = 0
        self._is_stopped = False
        self._is_logged = False

    @property
    def is_under_way(self) -> bool:
        return not self._is_stopped and super().is_under_way

    def cue(self, now: float) -> Cue:
        if not self.is_under_way:
            return self._end(now)
        return run_cue(self.playing, now, self._journal.programme, self._stage.number)

    def _end(self, now: float) -> Cue:
        advice = self._journal.programme.advice
        return Cue(
            where=f"Walk-run session, stage {self._stage.number} · {self.playing.moved_at(now) / 60:.0f} min",
            share=self.playing.share_at(now),
            name="Stop, and walk home." if self._is_stopped else "That was the session.",
            place=f"Pain {self._pain}" if self._is_stopped else "",
            hint=advice["if-it-hurts"] if self._is_stopped else "",
            next="The run is logged. esc leaves." if self._is_logged else "n logs the run, esc leaves.",
        )

    def figure_of(self, step: Step) -> tuple[str, str]:
        return "running" if step.kind == "run" and not self._is_stopped else "walking", ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "log_run":
            return not self.is_under_way and not self._is_logged
        if action == "skip":
            return False
        return super().check_action(action, parameters)

    def came_to_end(self) -> None:
        """The dialog comes by itself, unless another one is in front."""
        if self.is_active:
            self.call_after_refresh(self.action_log_run)

    def action_step_done(self) -> None:
        if self.is_under_way:
            super().action_step_done()
        elif self._is_logged:
            self.action_leave()
        else:
            self.action_log_run()

    def action_hurts(self) -> None:
        self.app.push_screen(HurtsDialog("How much does it hurt?", self._stop))

    def _stop(self, pain: int) -> None:
        """Any pain ends the session; none lets it go on."""
        self._pain = pain
        self._is_stopped = pain > 0
        self.say("" if pain else PAUSED)
        self.show_figure()
        self.refresh_bindings()
        self.paint()

    def action_log_run(self) -> None:
        try:
            snapshot = self._journal.snapshot()
            verdict = self._journal.verdict(snapshot)
        except KneejournalError as error:
            self.notify(clean(str(error)), severity="error", timeout=10, markup=False)
            return
        moved = round(self.playing.moved_at(self.follow.clock()))
        dialog = RunDialog(self._journal, snapshot, verdict, duration_s=moved, pain=self._pain)
        self.app.push_screen(dialog, self._logged)

    def _logged(self, written: Written | None) -> None:
        if written is None:
            self.say("The run is not written yet, nor its pain." if self._pain else "The run is not written yet.")
            return
        self._is_logged = True
        self.say(" ".join((written.what, *written.notes)))
        self.refresh_bindings()
        self.paint()

    def action_leave(self) -> None:
        """What has been begun can be gone on with, as long as the app runs; pain that is not written is said."""
        self.pause()
        self.follow.run_left = Taken(day=self._day, playing=self.playing) if self.is_under_way else None
        if self._pain and not self._is_logged:
            warning = f"The run and its pain, {self._pain}, are not written yet: n logs them."
            self.app.notify(warning, severity="warning", timeout=10, markup=False)
        self.dismiss("")
