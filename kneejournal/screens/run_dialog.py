"""The dialog that logs a run."""

from collections.abc import Iterator
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Select, Static

from kneejournal.domain.advice import longest_advised, longest_lately
from kneejournal.domain.days import DAY
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import Shoe
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.domain.units import read_distance, show_distance
from kneejournal.domain.write_runs import RunEntry
from kneejournal.errors import BadData
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.entry_fields import FormRow, LineInput, hint
from kneejournal.widgets.form_choices import NO_SHOES, NO_STAGE, shoe_select, stage_select
from kneejournal.widgets.form_values import read_note, read_score, read_seconds, show_seconds


class RunDialog(Dialog[Written | None]):
    """Distance, minutes and pain; what the plan and the shoes are is filled in already."""

    CSS_PATH = sheets("dialog", "run_dialog")
    TITLE_TEXT = "Log a run"
    DRAFT = "run"
    HELP = """
    The stage of the plan and the shoes are filled in already. A run against the verdict is written all the same, and
    is no session of the plan. Pain is the worst of the run; any pain counts as a symptom of that day.
    """
    AUTO_FOCUS = "#distance"

    def __init__(
        self, journal: Journal, snapshot: Snapshot, verdict: Verdict, *, duration_s: int | None = None, pain: int = 0
    ) -> None:
        """`duration_s` and `pain`: what is known of the run already; it is kept like something typed."""
        super().__init__()
        if duration_s or pain:
            self.draft = {"minutes": show_seconds(duration_s or None), "pain": str(pain)}
        self._journal = journal
        self._snapshot = snapshot
        self._verdict = verdict
        self._before = verdict
        """The verdict of the day of the run."""

    def compose_fields(self) -> ComposeResult:
        pairs = [shoe for shoe in self._snapshot.shoes if shoe.shoe_kind == "running" and shoe.retired_on is None]
        yield Static("", id="run-verdict")
        yield FormRow("Distance", LineInput(id="distance"), hint(f"{self._units}, or 5km, 3.1mi, 800m"))
        yield FormRow("Minutes", LineInput(id="minutes"), hint("25 or 25:30; may stay empty"))
        yield FormRow("Pain", LineInput("0", id="pain"), hint("0 to 10, while running"))
        yield FormRow("Stage", stage_select(self._journal.programme, self._stage()))
        yield FormRow("Shoes", shoe_select(pairs, _default(pairs)))
        yield FormRow("Day", LineInput("today", id="day"), hint("yesterday, thursday, -3, 2026-03-31"))
        yield FormRow("Note", LineInput(id="note"))
        yield Static("", id="run-longer")

    def on_mount(self) -> None:
        self._show_verdict()

    @property
    def _units(self) -> str:
        return self._snapshot.profile.units

    def _stage(self) -> int | None:
        """The stage that a run of that day is a session of."""
        return self._before.stage.number if self._before.is_ready and self._before.stage else None

    def _show_verdict(self) -> None:
        line = self.query_one("#run-verdict", Static)
        line.set_class(self._before.is_ready, "-ready")
        line.update(Content("\n").join(_verdict_lines(self._before)))

    @on(Input.Changed, "#distance")
    @on(Input.Changed, "#day")
    def _warn_of_longer_run(self) -> None:
        line = self.query_one("#run-longer", Static)
        warning = self._longer()
        line.set_class(bool(warning), "-shown")
        line.update(Content(warning))

    def _longer(self) -> str:
        """Whether what is typed is much longer than any run lately; empty when it is not, or cannot be read."""
        snapshot, profile = self._snapshot, self._snapshot.profile
        try:
            metres = read_distance(self._text("distance"), profile.units)
            limit = longest_advised(snapshot.log, self._day(), profile.thresholds)
            longest = longest_lately(snapshot.log, self._day())
        except BadData:
            return ""
        if limit is None or longest is None or metres <= limit:
            return ""
        percent, shown = profile.thresholds.longer_run_percent, show_distance(longest, profile.units)
        return f"! Over {percent} % longer than your longest run of the 30 days before, {shown}."

    @on(Input.Changed, "#day")
    def _judge_that_day(self) -> None:
        """The stage and the warning are those of the day of the run."""
        try:
            ahead = self._verdict.day - self._day()
        except BadData:
            return
        now = self._journal.now() - DAY * ahead.days
        self._before = self._journal.judge(self._snapshot, now) if ahead else self._verdict
        self.query_one("#stage", Select).value = self._stage() or NO_STAGE
        self._show_verdict()

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def _day(self) -> date:
        return self._journal.read_day(self._text("day").strip() or "today")

    def save(self) -> None:
        shoe_id = self.query_one("#shoes", Select).selection
        entry = RunEntry(
            day=self._day(),
            distance_m=read_distance(self._text("distance"), self._snapshot.profile.units),
            duration_s=read_seconds(self._text("minutes")),
            pain=read_score(self._text("pain")),
            stage=self.query_one("#stage", Select).selection or None,
            shoe=next((shoe.name for shoe in self._snapshot.shoes if shoe.id == shoe_id), None),
            note=read_note(self._text("note")),
        )
        self.dismiss(self._journal.log_run(entry))


def _default(pairs: list[Shoe]) -> str:
    return next((shoe.id for shoe in pairs if shoe.default), NO_SHOES)


def _verdict_lines(verdict: Verdict) -> Iterator[Content]:
    if verdict.is_ready:
        yield Content(f"✓ {clean(verdict.headline)}")
        return
    yield Content.styled(f"✗ {clean(verdict.headline)}", "bold")
    yield Content("A run goes against that. It is written all the same, and is no session of the plan.")
