"""The shoes: how far each pair has come, and the runs that have none."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.shoes import ShoeWear
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.domain.write_runs import described
from kneejournal.journal import Journal
from kneejournal.screens.page import Page
from kneejournal.screens.shoe_dialog import ShoeDialog
from kneejournal.sheets import sheets
from kneejournal.widgets.shoe_bars import ShoeBars

NARROW, WIDE = 60, 100
AROUND, RUNS_COLUMN = 7, 46
"""Cells that the edges of the page take, and the runs that stand beside the pairs on a wide screen."""
EMPTY = (
    "No shoes are written yet.\n\n"
    "Each pair will stand here with its miles, its age, and the day on which it has done its work.\n"
    "n  adds the pair you wear."
)


class ShoesScreen(Page):
    """Every pair with its bars; below, the runs without shoes."""

    CSS_PATH = sheets("shoes")
    NAME = "shoes"
    KEY = "s"
    LABEL = "Shoes"
    AUTO_FOCUS = "#shoe-pairs"
    HELP = """
    Each pair with its distance and its age against the limits, and which of them comes first. The keys are about the
    highlighted pair. Runs without shoes stand below; `tab` goes to them.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "Add", id="shoes.add"),
        Binding("w", "wear", "For runs", tooltip="The pair that a new run begins with", id="shoes.wear"),
        Binding("x", "retire", "Retire", tooltip="It takes no new runs and keeps its history", id="shoes.retire"),
        Binding("f", "fitted", "Fitted", tooltip="Remember that it was fitted, today", id="shoes.fitted"),
        Binding("g", "assign", "Give to run", tooltip="To the highlighted run without shoes", id="shoes.assign"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._snapshot: Snapshot | None = None
        self._today = date.min
        self._wears: list[ShoeWear] = []
        self._runs: list[Run] = []

    def compose_page(self) -> ComposeResult:
        with Vertical(id="shoes-page"):
            yield Static(Content(EMPTY), id="shoes-empty")
            yield OptionList(id="shoe-pairs", markup=False, compact=True)
            with Vertical(id="shoeless"):
                yield Static("", id="shoeless-title")
                yield OptionList(id="shoeless-runs", markup=False, compact=True)

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        self._snapshot = snapshot
        self._wears = sorted(self.journal.shoes(snapshot), key=_place)
        self._today = verdict.day
        runs = [run for run in snapshot.log.runs if run.shoe_id is None]
        self._runs = sorted(runs, key=lambda run: (run.day, run.recorded_at, run.id), reverse=True)
        self._show_runs(snapshot, verdict)
        self._show_pairs()
        self.query_one("#shoes-empty").display = not self._wears
        self.query_one("#shoe-pairs").display = bool(self._wears)
        self.refresh_bindings()

    def on_resize(self) -> None:
        self._show_pairs()

    def _show_pairs(self) -> None:
        if self._snapshot is None:
            return
        profile = self._snapshot.profile
        beside = RUNS_COLUMN if self._shoeless_shown and self.size.width >= WIDE else 0
        bars = ShoeBars(profile.thresholds, profile.units, self._today, self.size.width - AROUND - beside)
        names = max((Content(clean(wear.shoe.name)).cell_length for wear in self._wears), default=0)
        width = min(names, 12 if self.size.width < NARROW else 30)
        _fill(self._pairs, [(w.shoe.id, Content.assemble(bars.block(w, width), "\n")) for w in self._wears])

    def _show_runs(self, snapshot: Snapshot, verdict: Verdict) -> None:
        units, today = snapshot.profile.units, verdict.day
        lines = [(run.id, Content(described(run, units, today).rstrip("."))) for run in self._runs]
        _fill(self._shoeless, lines)
        self.query_one("#shoeless").display = self._shoeless_shown
        count = "1 run has" if len(lines) == 1 else f"{len(lines)} runs have"
        said = Content.assemble(f"{count} no shoes. ", ("g", "bold $primary"), " gives the chosen run the chosen pair.")
        self.query_one("#shoeless-title", Static).update(said)

    @property
    def _shoeless_shown(self) -> bool:
        return bool(self._runs and self._wears)

    @property
    def _pairs(self) -> OptionList:
        return self.query_one("#shoe-pairs", OptionList)

    @property
    def _shoeless(self) -> OptionList:
        return self.query_one("#shoeless-runs", OptionList)

    @property
    def _pair(self) -> Shoe | None:
        """The pair that is highlighted."""
        option = self._pairs.highlighted_option
        shoes = self._snapshot.shoes if self._snapshot else ()
        return next((shoe for shoe in shoes if option and shoe.id == option.id), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("wear", "retire", "fitted"):
            return bool(self._snapshot and self._snapshot.shoes)
        if action == "assign":
            return bool(self._runs and self._snapshot and self._snapshot.shoes)
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        if self._snapshot:
            self.app.push_screen(ShoeDialog(self.journal, self._snapshot), self.said_after)

    def action_wear(self) -> None:
        if pair := self._pair:
            self.write(lambda: self.journal.wear_shoe(pair.name))

    def action_retire(self) -> None:
        if pair := self._pair:
            self.write(lambda: self.journal.retire_shoe(pair.name))

    def action_fitted(self) -> None:
        if pair := self._pair:
            self.write(lambda: self.journal.fit_shoe(pair.name))

    def action_assign(self) -> None:
        pair, option = self._pair, self._shoeless.highlighted_option
        if pair and option and option.id:
            run_id = option.id
            self.write(lambda: self.journal.assign_shoe(run_id, pair.name))


def _place(wear: ShoeWear) -> tuple[bool, bool, bool]:
    """Running pairs first, the one for runs on top; retired ones last."""
    shoe = wear.shoe
    return (wear.status == "retired", shoe.shoe_kind == "everyday", not shoe.default)


def _fill(options: OptionList, lines: list[tuple[str, Content]]) -> None:
    """Show `lines`, by id; what was highlighted stays so, or what took its place."""
    before, place = options.highlighted_option, options.highlighted or 0
    options.set_options(Option(text, id=name) for name, text in lines)
    ids = [name for name, _ in lines]
    if ids:
        kept = before is not None and before.id in ids
        options.highlighted = ids.index(str(before.id)) if before and kept else min(place, len(ids) - 1)
