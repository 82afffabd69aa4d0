"""What sessions to follow along share: steps by the clock, pause, back, the bell and the figure."""

from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from kneejournal.domain.figure import Movement
from kneejournal.domain.player import Playing, Step
from kneejournal.screens.fitted import fit
from kneejournal.screens.follow_along import FollowAlong, held_at
from kneejournal.sheets import sheets
from kneejournal.widgets.key_footer import KeyFooter
from kneejournal.widgets.sample_notice import SampleNotice
from kneejournal.widgets.session_view import Cue, SessionView

TICK_S = 0.1
AWAY_S = 60.0
"""When the app itself stood still for longer, as on a machine that slept, nobody followed: the session waits."""
PAUSED = "Paused. space goes on."
RESUMED = "Going on where you left. space goes on."


class SessionScreen(ModalScreen[str]):
    """One session, over the whole screen. Dismisses with the exercise in which it was left; empty at its end."""

    CSS_PATH = sheets("player")
    BINDING_GROUP_TITLE = "Sessions to follow along"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-short"), (18, "-tall"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "step_done", "Done", tooltip="On to what comes next, or on after a pause", id="player.done"),
        Binding("p", "pause", "Pause", id="player.pause"),
        Binding("left", "back", "Back", tooltip="To the beginning of this step, or the one before", id="player.back"),
        Binding("right", "skip", "Skip", tooltip="This exercise, without a tick", id="player.skip"),
        Binding("h", "hurts", "It hurts", id="player.hurts"),
        Binding("m", "mute", "Bell", tooltip="On, or off", id="player.mute"),
        Binding("escape,q", "leave", "Leave", key_display="esc", id="player.leave"),
        Binding("question_mark", "app.help", "Help", show=False, id="player.help"),
    ]

    def __init__(self, follow: FollowAlong, playing: Playing) -> None:
        super().__init__()
        self.follow = follow
        self.playing = playing
        self._movement: Movement | None = None
        self._held_at = 0.0
        self._looked = 0.0
        """When the clock was looked at last."""

    def compose(self) -> ComposeResult:
        fit(self)
        yield SampleNotice()
        yield SessionView(self._figure_time)
        yield KeyFooter()

    def on_mount(self) -> None:
        self._looked = self.follow.clock()
        if self.playing.has_begun:
            self.say(RESUMED)
        else:
            self.playing = self.playing.going(self._looked)
        self.set_interval(TICK_S, self.tick)
        self.app.app_suspend_signal.subscribe(self, lambda _: self.pause(), immediate=True)
        self.show_figure()
        self.paint()

    def on_screen_suspend(self) -> None:
        """Something is laid above: the session waits for it."""
        self.pause()

    def cue(self, now: float) -> Cue:
        """What to show when the clock shows `now`."""
        raise NotImplementedError

    def figure_of(self, step: Step) -> tuple[str, str]:
        """The name of a step's figure, and of the pose that a hold stays in: the most telling one when empty."""
        raise NotImplementedError

    def steps_ended(self, ended: tuple[Step, ...]) -> None:
        """Steps have ended, oldest first."""

    def came_to_end(self) -> None:
        """The last step has ended."""

    def tick(self) -> bool:
        """Come to where the clock is; whether a step ended meanwhile."""
        now, before = self.follow.clock(), self._looked
        self._looked = now
        if self.playing.since is None:
            return False
        if now - before > AWAY_S:
            self.playing = self.playing.paused(before)
            self.say(f"Nobody was here for a while. {PAUSED}")
        playing, ended = self.playing.at(now)
        self.come_to(playing, ended)
        return bool(ended)

    def come_to(self, playing: Playing, ended: tuple[Step, ...] = ()) -> None:
        """Be at another place of the session."""
        is_elsewhere = playing.index != self.playing.index
        self.playing = playing
        if ended:
            self.steps_ended(ended)
        if is_elsewhere:
            self.show_figure()
            self.refresh_bindings()
            if not self.follow.is_muted:
                self.app.bell()
            if playing.is_over:
                self.came_to_end()
        self.paint()

    def paint(self) -> None:
        cue = self.cue(self.follow.clock())
        if self.is_under_way and self.playing.since is None:
            cue = replace(cue, what="Paused")
        if self.is_under_way and self.follow.is_muted:
            cue = replace(cue, where=f"{cue.where} · bell off")
        self.query_one(SessionView).show(cue)

    @property
    def is_under_way(self) -> bool:
        """Whether something is left to do."""
        return not self.playing.is_over

    def say(self, text: str) -> None:
        self.query_one(SessionView).say(text)

    def show_figure(self) -> None:
        """The figure of this step, from its beginning."""
        step = self.playing.step
        name, pose = self.figure_of(step) if step else ("", "")
        self._movement = self.follow.movement(name) if name else None
        if self._movement:
            self._held_at = held_at(self._movement, pose)
        self.query_one(SessionView).show_figure(self._movement, step.side if step else None)

    def _figure_time(self) -> float:
        """A repetition is one loop of the figure; in a hold it comes into position, and stays."""
        step, movement = self.playing.step, self._movement
        if step is None or movement is None:
            return 0.0
        spent = self.playing.spent_at(self.follow.clock())
        if step.kind == "reps":
            return spent * movement.seconds * step.reps / step.seconds
        return min(spent, self._held_at) if step.kind == "hold" else spent

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the end there is only the way out."""
        if action in ("pause", "back", "skip", "hurts", "mute"):
            return self.is_under_way
        return super().check_action(action, parameters)

    def pause(self) -> None:
        """Stand still from now on."""
        if not self.is_under_way or self.playing.since is None:
            return
        self.tick()
        self.playing = self.playing.paused(self.follow.clock())
        self.say(PAUSED)
        self.paint()

    def go_on(self) -> None:
        now = self._looked = self.follow.clock()
        self.say("")
        self.come_to(self.playing.going(now))

    def action_pause(self) -> None:
        (self.go_on if self.playing.since is None else self.pause)()

    def action_step_done(self) -> None:
        """End this step. A key that comes just after a step ended by itself was meant for that one."""
        if not self.is_under_way:
            self.action_leave()
        elif self.playing.since is None:
            self.go_on()
        elif not self.tick():
            self.come_to(*self.playing.step_done(self.follow.clock()))

    def action_back(self) -> None:
        self.tick()
        self.come_to(self.playing.back(self.follow.clock()))
        self.show_figure()

    def action_skip(self) -> None:
        self.tick()
        self.come_to(self.playing.exercise_skipped(self.follow.clock()))

    def action_mute(self) -> None:
        self.follow.is_muted = not self.follow.is_muted
        self.paint()

    def action_hurts(self) -> None:
        """Ask how much."""
        raise NotImplementedError

    def action_leave(self) -> None:
        self.dismiss("")
