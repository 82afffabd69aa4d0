"""Today's page: the readiness ribbon, the knee of the day and the exercises."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.widgets import Static

from kneejournal.domain.advice import shoe_warning
from kneejournal.domain.days import DAY
from kneejournal.domain.programme import Exercise
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import Side
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.today import ExerciseRow, Today
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.screens.follow_along import FollowAlong, Taken
from kneejournal.screens.page import Page
from kneejournal.widgets.day_lines import day_lines, week_line
from kneejournal.widgets.exercise_list import ExerciseList
from kneejournal.widgets.exercise_page import ExercisePage
from kneejournal.widgets.ribbon import ReadinessRibbon
from kneejournal.widgets.words import show_words

# Each dialog is loaded when it is opened: what is shown first waits for none of them.
if TYPE_CHECKING:
    from kneejournal.screens.pain_dialog import PainDialog, Scope
    from kneejournal.screens.run_dialog import RunDialog

PAIN_KEYS = "123456789"


class TodayScreen(Page):
    """The day, as it stands."""

    NAME = "today"
    KEY = "t"
    LABEL = "Today"
    HELP = """
    The ribbon shows the last seven days, and today behind the bar:
    ● clear, ○ only zeros so far, ◌ closed too late to count, ✗ symptoms, ◇ masked by medicine, · nothing written.

    It lights up when your log meets the rule for a run today. `r` says why it does, or does not.

    `enter` plays the highlighted exercise and those below it that have no tick; `S` plays the short session.
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-medium"), (76, "-beside"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall"), (30, "-high"), (38, "-full")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "fine", "All fine", tooltip="The day-check: the knee was fine, all day", id="today.fine"),
        *(
            Binding(key, f"pain_now({key})", f"Pain {key}, now", show=False, system=True, id=f"today.pain-{key}")
            for key in PAIN_KEYS
        ),
        Binding(
            "p",
            "pain",
            "Pain",
            key_display="1-9 p",
            tooltip="1-9: of this moment, at once; p: with symptoms and a note",
            id="today.pain",
        ),
        Binding("y", "yesterday_fine", "Yesterday: fine, all day", show=False, id="today.yesterday-fine"),
        Binding("Y", "yesterday", "Yesterday, with details", show=False, id="today.yesterday"),
        Binding("space", "tick", "Tick", tooltip="The exercise is done, or is not", id="today.tick"),
        Binding("enter", "play", "Play", tooltip="This exercise, and those below without a tick", id="today.play"),
        Binding("S", "play_short", "Play the short session", show=False, id="today.play-short"),
        Binding(
            "a", "short", "Short", tooltip="The short session: four exercises are done", show=False, id="today.short"
        ),
        Binding("n", "log_run", "Run", tooltip="Log a run", id="today.run"),
        Binding("i", "care('ice')", "Ice, 15 minutes", show=False, id="today.ice"),
        Binding("v", "care('elevate')", "Leg up, 15 minutes", show=False, id="today.elevate"),
    ]

    def __init__(self, journal: Journal, follow: FollowAlong) -> None:
        super().__init__(journal)
        self._follow = follow
        self._today: Today | None = None

    def compose_page(self) -> ComposeResult:
        yield ReadinessRibbon()
        yield Static(id="day-lines")
        yield Static(id="week")
        with Horizontal(id="exercises"):
            yield ExerciseList()
            yield ExercisePage(self._follow.movement)

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        before = self._today
        self._today = today = self.journal.today_page(snapshot, verdict)
        profile = snapshot.profile
        worn = (shoe_warning(wear, profile) for wear in self.journal.shoes(snapshot))
        lines = day_lines(
            today, profile.sides_on(today.day), profile.thresholds.closes_at, [warning for warning in worn if warning]
        )
        self.query_one(ReadinessRibbon).show(verdict, self.journal.programme)
        show_words(self.query_one("#day-lines", Static), lines)
        show_words(self.query_one("#week", Static), week_line(today.week))
        exercises = self.query_one(ExerciseList)
        exercises.show(today.rows)
        if exercises.row:
            self.query_one(ExercisePage).show(exercises.row.exercise)
        if before is None or before.ask_yesterday != today.ask_yesterday:
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Yesterday is asked for only while it can still be closed."""
        if action in ("yesterday", "yesterday_fine"):
            return self._today is not None and self._today.ask_yesterday
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """A digit typed in one go with the key that opens the dialog belongs to the dialog."""
        if not event.is_printable or self.app.screen is self:
            return
        from kneejournal.screens.pain_dialog import PainDialog

        if isinstance(self.app.screen, PainDialog):
            event.stop()
            self.app.screen.post_message(Key(event.key, event.character))

    def on_exercise_list_looked(self, event: ExerciseList.Looked) -> None:
        self.query_one(ExercisePage).show(event.row.exercise)

    def on_exercise_list_asked(self, event: ExerciseList.Asked) -> None:
        self._turn(event.row)

    def action_tick(self) -> None:
        if row := self.query_one(ExerciseList).row:
            self._turn(row)

    def action_short(self) -> None:
        self._mark(self.journal.find_exercises(["short"]), done=True)

    def action_play(self) -> None:
        if self._today and (exercises := self.query_one(ExerciseList).to_play):
            self._follow_along(self._follow.take(self._today, exercises))

    def action_play_short(self) -> None:
        if self._today:
            self._follow_along(self._follow.take_short(self._today, self.journal.find_exercises(["short"])))

    def _follow_along(self, taken: Taken) -> None:
        from kneejournal.screens.player import PlayerScreen

        self.app.push_screen(PlayerScreen(self.journal, self._follow, taken), self._look_where_left)

    def _look_where_left(self, left_at: str | None) -> None:
        """Look at the exercise in which the session was left, so that `enter` goes on there."""
        self.reread()
        self.query_one(ExerciseList).look_at(left_at or "")

    def action_log_run(self) -> None:
        from kneejournal.screens.run_dialog import RunDialog

        self._ask(lambda: RunDialog(self.journal, snapshot := self.journal.snapshot(), self.journal.verdict(snapshot)))

    def action_care(self, what: Literal["ice", "elevate"]) -> None:
        self.write(lambda: self.journal.care(what))

    def action_fine(self) -> None:
        """The day-check with 0; where one stands that is higher, the dialog asks whether to correct it."""
        if self._today and self._today.check and self._today.check.pain.worst:
            self._ask_pain(pain=0, scope="day")
        else:
            self.write(lambda: self._log_fine(self.journal.today()))

    def action_yesterday_fine(self) -> None:
        self.write(lambda: self._log_fine(self.journal.today() - DAY))

    def action_yesterday(self) -> None:
        self._ask_pain(days_ago=1)

    def action_pain(self) -> None:
        self._ask_pain()

    def action_pain_now(self, pain: int) -> None:
        """Pain of this moment, at once; with two knees the dialog asks which."""
        try:
            sides = self._sides(self.journal.today())
        except KneejournalError as error:
            self.say_error(error)
            return
        if len(sides) == 1:
            self.write(lambda: self._log_moment(sides[0], pain))
        else:
            self._ask_pain(pain=pain)

    def _turn(self, row: ExerciseRow) -> None:
        """Make the exercise what it is not on the screen; if it is that already, nothing changes."""
        self._mark([row.exercise], done=not row.done)

    def _mark(self, exercises: Sequence[Exercise], *, done: bool) -> None:
        tell = self.query_one(ExerciseList).begin_saving(exercises, done=done)
        self.write(lambda: self.journal.mark(exercises, done=done), tell)

    def _log_fine(self, day: date) -> Written:
        return self.journal.log(PainEntry(scope="day", day=day, pain=dict.fromkeys(self._sides(day), 0)))

    def _log_moment(self, side: Side, pain: int) -> Written:
        time = f"{self.journal.now():%H:%M}"
        return self.journal.log(PainEntry(scope="moment", day=self.journal.today(), pain={side: pain}, time=time))

    def _sides(self, day: date) -> tuple[Side, ...]:
        return self.journal.snapshot().profile.sides_on(day)

    def _ask_pain(self, *, days_ago: int = 0, pain: int | None = None, scope: "Scope | None" = None) -> None:
        from kneejournal.screens.pain_dialog import PainDialog

        def make() -> PainDialog:
            day = self.journal.today() - DAY * days_ago if days_ago else None
            return PainDialog(self.journal, day, pain, scope)

        self._ask(make)

    def _ask(self, make: "Callable[[], PainDialog | RunDialog]") -> None:
        try:
            dialog = make()
        except KneejournalError as error:
            self.say_error(error)
            return
        self.app.push_screen(dialog, self.said_after)
