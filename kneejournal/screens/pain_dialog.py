"""The dialog that asks how the knee is."""

from datetime import date, datetime
from typing import Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static

from kneejournal.domain.days import short_day
from kneejournal.domain.programme import Symptom
from kneejournal.domain.records import Side, day_check_id
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.check_grid import CheckGrid
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import FormRow, LineInput, NoteArea, ScoreInput, hint
from kneejournal.widgets.form_values import read_note, read_score, read_time

Scope = Literal["moment", "day"]
SCOPES: tuple[tuple[str, str], ...] = (("day", "all day"), ("moment", "at"))
SYMPTOMS = "Symptoms"
RED_FLAGS = "Red flags: with one of these, see a clinician first"
MEDICINE = "Pain medicine was taken, which can hide symptoms"
LABEL_WIDTH = 30
CORRECT = "Correct the day-check that stands"


class PainDialog(Dialog[Written]):
    """Pain, symptoms and a note; of a moment, or of a whole day."""

    CSS_PATH = sheets("dialog", "pain_dialog")
    DRAFT = "pain"
    HELP = """
    Pain goes from 0, none, to 10, the worst you can imagine. “At” is one moment; “all day” is the check that closes
    the day. Only the knee counts: sore muscles are not asked for. `space` checks a box.

    A red flag stays until you record that a clinician saw it, or that it went away.
    """

    def __init__(
        self, journal: Journal, day: date | None = None, pain: int | None = None, scope: Scope | None = None
    ) -> None:
        """`pain` is filled in for the first knee, 0 for all. A past `day` is asked for as a whole.

        Raises Unreadable when the journal cannot be read.
        """
        super().__init__()
        self._journal = journal
        snapshot = journal.snapshot()
        self._today = journal.day_of(snapshot)
        self._day = day or self._today
        self._scope: Scope = scope or ("moment" if self._day == self._today else "day")
        self._scope_is_chosen = scope is not None
        profile = snapshot.profile
        self._sides = profile.sides_on(self._day) or profile.sides_on(self._today)
        self._pain = pain

    @property
    def title_text(self) -> str:
        return f"How is the knee? {short_day(self._day, self._today)}"

    def compose_fields(self) -> ComposeResult:
        programme = self._journal.programme
        for number, side in enumerate(self._sides):
            is_filled = self._pain is not None and (number == 0 or self._pain == 0)
            field = ScoreInput(str(self._pain) if is_filled else "", id=f"pain-{side}")
            yield FormRow(f"Pain, {side} knee", field, hint("0 none … 10 the worst you can imagine"))
        yield Static(SYMPTOMS, id="symptoms-heading")
        yield CheckGrid([(s.code, s.label) for s in programme.symptoms], id="symptoms", label_width=LABEL_WIDTH)
        yield Static(RED_FLAGS, id="flags-heading")
        flags = [(s.code, s.label) for s in programme.red_flags]
        yield CheckGrid(flags, id="flags", colour="$text-error", label_width=LABEL_WIDTH)
        yield CheckGrid([("medicine", MEDICINE)], id="medicine", colour="$text-warning")
        yield FormRow("Note", NoteArea(id="note", placeholder="anything to remember: just type it"))
        yield from self._compose_when()
        yield CheckGrid([("correct", CORRECT)], id="correct", colour="$text-warning")

    def _compose_when(self) -> ComposeResult:
        is_today = self._day == self._today
        time = LineInput(clock_time(self._journal.now()) if is_today else "", id="time", placeholder="HH:MM")
        day = LineInput(self._day_word, id="day")
        yield FormRow("When", Choice(SCOPES, self._scope, id="scope"), time, Static("Day", id="day-label"), day)

    def on_mount(self) -> None:
        self._show_scope()

    def on_key(self, event: Key) -> None:
        """What no field takes: letters are the note's, and the rest was typed before the first field had the focus."""
        if not event.is_printable:
            return
        if event.character and event.character.isalpha():
            self.set_focus(self.query_one(NoteArea))
        if isinstance(self.focused, LineInput | NoteArea):
            event.stop()
            self.focused.post_message(Key(event.key, event.character))

    @property
    def _day_word(self) -> str:
        return "today" if self._day == self._today else self._day.isoformat()

    @on(Choice.Changed, "#scope")
    def _choose_scope(self) -> None:
        self._scope_is_chosen = True
        self._show_scope()

    @on(Input.Changed, "#day")
    def _follow_day(self, event: Input.Changed) -> None:
        """A day that is over is asked for as a whole, unless somebody chose otherwise."""
        if self._scope_is_chosen:
            return
        try:
            is_past = self._typed_day(event.value) < self._today
        except BadData:
            return
        self.query_one("#scope", Choice).value = "day" if is_past else "moment"
        self._show_scope()

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    @on(CheckGrid.Pointed)
    def _show_question(self, event: CheckGrid.Pointed) -> None:
        """The heading becomes the question, in full, of the box that the cursor is on."""
        programme = self._journal.programme
        parts: dict[str | None, tuple[str, tuple[Symptom, ...]]] = {
            "symptoms": (SYMPTOMS, programme.symptoms),
            "flags": (RED_FLAGS, programme.red_flags),
        }
        if event.grid.id in parts:
            heading, asked = parts[event.grid.id]
            question = next((s.question for s in asked if s.code == event.code), heading)
            self.query_one(f"#{event.grid.id}-heading", Static).update(Content(question))

    def save(self) -> None:
        entry = self._entry()
        try:
            written = self._journal.log(entry)
        except BadData as error:
            raise self._with_correction(error, entry) from error
        self.dismiss(written)

    def _entry(self) -> PainEntry:
        scope = cast(Scope, self.query_one("#scope", Choice).value)
        return PainEntry(
            scope=scope,
            day=self._typed_day(self.query_one("#day", Input).value),
            pain=self._scores(),
            time=read_time(self.query_one("#time", Input).value) if scope == "moment" else None,
            symptoms=self.query_one("#symptoms", CheckGrid).chosen | self.query_one("#flags", CheckGrid).chosen,
            medicine=bool(self.query_one("#medicine", CheckGrid).chosen),
            note=read_note(self.query_one("#note", NoteArea).text),
            correct=bool(self.query_one("#correct", CheckGrid).chosen),
        )

    def _scores(self) -> dict[Side, int]:
        typed = {side: self.query_one(f"#pain-{side}", Input).value.strip() for side in self._sides}
        scores = {side: read_score(text) for side, text in typed.items() if text}
        if not scores:
            raise BadData("How much does it hurt? Write a number from 0 to 10, 0 when it does not.")
        return scores

    def _typed_day(self, text: str) -> date:
        """The day that was shown on opening stays that day, even after midnight."""
        return self._day if text.strip() == self._day_word else self._journal.read_day(text)

    def _with_correction(self, error: BadData, entry: PainEntry) -> BadData:
        """Where a higher day-check stands, the box that corrects it appears, and the error names it."""
        stands = day_check_id(entry.day) in self._journal.snapshot().records
        if entry.scope != "day" or entry.correct or not stands:
            return error
        box = self.query_one("#correct", CheckGrid)
        box.add_class("-offered")
        box.focus()
        return BadData(f"{error} To correct it, check “{CORRECT}” and save again.")

    def _show_scope(self) -> None:
        self.query_one("#time").display = self.query_one("#scope", Choice).value == "moment"


def clock_time(moment: datetime) -> str:
    """The time of day as it is stored: HH:MM."""
    return f"{moment.hour:02}:{moment.minute:02}"
