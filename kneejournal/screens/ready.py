"""Ready to run: the verdict with all its reasons, what can still be filled in, and the plan."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.days import short_day
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.domain.write_pain import PainEntry
from kneejournal.journal import Journal
from kneejournal.screens.confirm_days import ConfirmDaysDialog
from kneejournal.screens.follow_along import FollowAlong
from kneejournal.screens.learn import LearnScreen
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.run_dialog import RunDialog
from kneejournal.screens.run_player import RunPlayerScreen
from kneejournal.sheets import sheets
from kneejournal.widgets.fill_strip import FillStrip
from kneejournal.widgets.rule_list import RuleList
from kneejournal.widgets.stage_table import SessionPlan, StageTable, session_minutes

SESSION_ADVICE = ("ground", "talk")
"""Said with the session, so not again in the list of advice."""
RULES_TITLE = Content.assemble("Why", ("   tab, enter or a click: what is behind a rule", "$foreground-muted not bold"))


class ReadyScreen(Page):
    """The verdict, every rule behind it, and the next session."""

    CSS_PATH = sheets("ready")
    NAME = "ready"
    KEY = "r"
    LABEL = "Ready to run"
    AUTO_FOCUS = "#ready-page"
    HELP = """
    # Ready to run
    Whether your log meets the rules today, and why. When it does, `g` goes along with the next session, minute by
    minute. `n` logs a run. Days that were never closed can be filled
    in: `f` says that the highlighted one was fine, `F` opens it, `←` and `→` choose another.
    `tab` goes to the rules; `enter` on one, or a click, opens the page that explains it.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go_along", "Go along", tooltip="Follow the next session minute by minute", id="ready.go-along"),
        Binding("n", "log_run", "Log a run", id="ready.run"),
        Binding("f", "fill", "Was fine", tooltip="The day chosen above was fine, all day", id="ready.fill"),
        Binding("F", "fill_more", "Say more", tooltip="Of the day chosen above", id="ready.fill-more"),
        Binding("left", "choose_day(-1)", "Day before", show=False, id="ready.before"),
        Binding("right", "choose_day(1)", "Day after", show=False, id="ready.after"),
        Binding("c", "resolve", "Seen", tooltip="A clinician saw it, or it is gone", id="ready.resolve"),
        Binding("v", "confirm_days", "Go through", tooltip="Go through the last days", id="ready.confirm-days"),
        Binding("z", "put_off", "Put off", tooltip="Put off the advice to see a therapist", id="ready.put-off"),
    ]

    def __init__(self, journal: Journal, follow: FollowAlong) -> None:
        super().__init__(journal)
        self._follow = follow
        self._read: tuple[Snapshot, Verdict] | None = None
        self._names_therapist = False

    def compose_page(self) -> ComposeResult:
        with VerticalScroll(id="ready-page"):
            yield Static("", id="ready-verdict")
            yield FillStrip()
            with Vertical(id="ready-columns"):
                with Vertical(id="ready-rules"):
                    yield Static(RULES_TITLE, classes="ready-title")
                    yield RuleList()
                with Vertical(id="ready-plan"):
                    yield Static(Content("The plan"), classes="ready-title")
                    yield StageTable()
                    yield Static("", id="ready-session", classes="ready-title")
                    yield SessionPlan()
                    yield Static("", id="ready-hints")
            yield Static("", id="ready-advice")
            yield Static(Content(clean(self.journal.programme.advice["disclaimer"])), id="ready-disclaimer")

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        self._read = (snapshot, verdict)
        programme = self.journal.programme
        banner = self.query_one("#ready-verdict", Static)
        banner.set_class(verdict.is_ready, "-ready")
        banner.set_class(verdict.status == "see-clinician", "-clinician")
        banner.update(Content("\n").join(self._verdict_lines(verdict)))
        fills = self.query_one(FillStrip)
        fills.show(verdict.fillable)
        fills.display = bool(verdict.fillable)
        self.query_one(RuleList).show(verdict.rules)
        sessions = snapshot.profile.thresholds.sessions_a_stage
        self.query_one(StageTable).show(programme.stages, verdict.stage, verdict.phase, sessions)
        self._show_session(verdict)
        said = [line for line in self.journal.advice(snapshot, verdict) if line.id not in SESSION_ADVICE]
        self._names_therapist = any(line.id == "physical-therapist" for line in said)
        advice = self.query_one("#ready-advice", Static)
        advice.display = bool(said)
        advice.update(Content("\n").join(Content(f"· {clean(line.text)}") for line in said))
        self.refresh_bindings()

    def _verdict_lines(self, verdict: Verdict) -> Iterator[Content]:
        yield Content.styled(clean(verdict.headline), "bold")
        if setback := verdict.case.setback:
            size = "A major" if setback.major else "A minor"
            days = dict.fromkeys((setback.first, setback.last))
            yield Content(f"{size} setback: {' to '.join(short_day(day, verdict.day) for day in days)}.")
        elif any(rule.id == "symptom-free-week" for rule in verdict.rules):
            needed = verdict.symptom_free_needed
            yield Content(f"Day {min(verdict.symptom_free_days, needed)} of {needed} symptom free.")
        if verdict.stage and verdict.phase != "rehab":
            yield Content(f"Stage {verdict.stage.number} of {len(self.journal.programme.stages)} comes next.")
        if verdict.pending:
            yield Content(f"The session of {short_day(verdict.pending)} counts as clean once today has a 0.")
        if verdict.earliest_date and not verdict.is_ready:
            day = short_day(verdict.earliest_date, verdict.day)
            yield Content.assemble("The earliest date is ", (day, "bold"), ", if every day from today on is clear.")

    def _show_session(self, verdict: Verdict) -> None:
        programme = self.journal.programme
        is_through = verdict.phase == "maintain"
        stage = verdict.stage or programme.stages[-1 if is_through else 0]
        minutes = session_minutes(stage, programme.warm_up_min)
        name = (
            "The last session of the plan"
            if is_through
            else "The next session"
            if verdict.stage
            else "The first session"
        )
        self.query_one("#ready-session", Static).update(Content(f"{name}: stage {stage.number}, {minutes} min"))
        self.query_one(SessionPlan).show(stage, programme.warm_up_min)
        said = [programme.advice[key] for key in (*SESSION_ADVICE, "if-it-hurts")]
        hints = [Content(clean(" ".join(said[:-1]))), Content(clean(said[-1]))]
        self.query_one("#ready-hints", Static).update(Content("\n").join(hints))

    def on_rule_list_asked(self, event: RuleList.Asked) -> None:
        self.post_message(LearnScreen.Wanted(self.journal.programme.rule(event.rule.id).learn))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        verdict = self._read[1] if self._read else None
        if action == "go_along":
            return verdict is not None and verdict.is_ready and verdict.stage is not None
        if action == "resolve":
            return verdict is not None and verdict.status == "see-clinician"
        if action in ("fill", "fill_more", "choose_day"):
            return verdict is not None and bool(verdict.fillable)
        if action == "confirm_days":
            return verdict is not None and verdict.case.to_confirm
        if action == "put_off":
            return self._names_therapist
        return super().check_action(action, parameters)

    def action_go_along(self) -> None:
        """Follow the session of the current stage; the verdict is asked once more before it."""
        self.reread()
        stage = self._read[1].stage if self._read and self._read[1].is_ready else None
        for found in self.journal.programme.stages:
            if stage and found.number == stage.number:
                self.app.push_screen(RunPlayerScreen(self.journal, self._follow, found), self.reread_after)

    def action_log_run(self) -> None:
        if self._read:
            self.app.push_screen(RunDialog(self.journal, *self._read), self.said_after)

    def action_fill(self) -> None:
        fill = self.query_one(FillStrip).chosen
        if fill and self._read:
            zeros = dict.fromkeys(self._read[0].profile.sides_on(fill.day), 0)
            self.write(lambda: self.journal.log(PainEntry(scope="day", day=fill.day, pain=zeros)))

    def action_fill_more(self) -> None:
        if fill := self.query_one(FillStrip).chosen:
            self.app.push_screen(PainDialog(self.journal, day=fill.day), self.said_after)

    def action_choose_day(self, step: int) -> None:
        self.query_one(FillStrip).move(step)

    def action_resolve(self) -> None:
        self.write(self.journal.resolve)

    def action_confirm_days(self) -> None:
        self.app.push_screen(ConfirmDaysDialog(self.journal), self.reread_after)

    def action_put_off(self) -> None:
        self.write(self.journal.put_off_therapist)
