"""The dialog that adds a pair of shoes."""

from typing import Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from kneejournal.domain.records import MAX_STARTING_M
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.units import read_distance
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.check_grid import CheckGrid
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import FormRow, LineInput, hint
from kneejournal.widgets.form_choices import boxes
from kneejournal.widgets.form_values import read_past_day

KINDS = (("running", "running"), ("everyday", "everyday"))
MINE = "mine"
A_DAY = "2026-03-31, thursday, or empty"


class ShoeDialog(Dialog[Written]):
    """Name, kind, age and distance so far."""

    CSS_PATH = sheets("dialog", "shoe_dialog")
    TITLE_TEXT = "Add a pair of shoes"
    AUTO_FOCUS = "#name"
    HELP = """
    Age counts from the day the pair was first worn, else from the day it was bought. The distance so far is what it
    had run before this journal. Everyday shoes go by age.
    """

    def __init__(self, journal: Journal, snapshot: Snapshot) -> None:
        super().__init__()
        self._journal = journal
        self._units = snapshot.profile.units
        self._has_default = any(shoe.default for shoe in snapshot.shoes)

    def compose_fields(self) -> ComposeResult:
        so_far = "Miles so far" if self._units == "mi" else "km so far"
        yield FormRow("Name", LineInput(id="name"))
        yield FormRow("Kind", Choice(KINDS, "running", id="kind"))
        yield FormRow("Worn since", LineInput(id="since"), hint(A_DAY))
        yield FormRow("Bought", LineInput(id="bought"), hint(A_DAY))
        yield FormRow(so_far, LineInput(id="so-far"), hint("before this journal; empty for none"))
        yield boxes([(MINE, "use them for my runs")], [] if self._has_default else [MINE], "mine")

    @on(Choice.Changed, "#kind")
    def _offer_for_runs(self) -> None:
        """Only running shoes are for runs."""
        self.query_one("#mine").display = self._kind == "running"

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    @property
    def _kind(self) -> Literal["running", "everyday"]:
        return cast(Literal["running", "everyday"], self.query_one("#kind", Choice).value)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def save(self) -> None:
        today = self._journal.today()
        so_far = self._text("so-far").strip()
        entry = ShoeEntry(
            name=self._text("name"),
            kind=self._kind,
            since=read_past_day(self._text("since"), today),
            bought=read_past_day(self._text("bought"), today),
            starting_m=0 if so_far in ("", "0") else read_distance(so_far, self._units, MAX_STARTING_M),
            default=self._kind == "running" and bool(self.query_one("#mine", CheckGrid).chosen),
        )
        self.dismiss(self._journal.add_shoe(entry))
