"""The forms in which entries are corrected: one a kind, each naming only what was changed."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.widgets import Input, Select, Static

from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import CODES, AnyRecord, Care, ExerciseMark, Pain, Run, Shoe
from kneejournal.domain.units import read_distance
from kneejournal.errors import BadData
from kneejournal.widgets.check_grid import CheckGrid
from kneejournal.widgets.entry_fields import FormRow, LineInput, NoteArea, hint
from kneejournal.widgets.form_choices import NO_SHOES, boxes, shoe_select, stage_select
from kneejournal.widgets.form_values import (
    read_care_minutes,
    read_note,
    read_score,
    read_seconds,
    read_time,
    show_seconds,
    show_typed_distance,
)

TAKEN, DONE = "taken", "done"
MEDICINE = "Pain medicine was taken, which can hide symptoms"
Changes = dict[str, Any]


class EditForm(VerticalGroup):
    """The fields of one record."""

    def changes(self) -> Changes:
        """The fields that were changed, in stored form. Raises BadData for what cannot be read."""
        raise NotImplementedError

    def text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def checked(self, name: str) -> frozenset[str]:
        return self.query_one(f"#{name}", CheckGrid).chosen

    def note_change(self, before: str) -> Changes:
        note = read_note(self.query_one("#note", NoteArea).text)
        return {} if note == before.strip() else {"note": note}


class PainForm(EditForm):
    """Pain per knee, symptoms, medicine, time and note of a pain entry."""

    def __init__(self, record: Pain, programme: Programme) -> None:
        super().__init__()
        self._record = record
        self._programme = programme

    def compose(self) -> ComposeResult:
        record, programme = self._record, self._programme
        for side, score in record.pain.by_side().items():
            yield FormRow(f"Pain, {side}", LineInput(str(score), id=f"pain-{side}"), hint("0 to 10"))
        if record.scope == "moment":
            yield FormRow("Time", LineInput(record.time or "", id="time"), hint("such as 12:10, or empty"))
        yield FormRow("Note", NoteArea(record.note, id="note"))
        yield Static("Symptoms", classes="edit-heading")
        yield boxes([(s.code, s.label) for s in programme.symptoms], record.symptoms, "symptoms")
        yield Static("Red flags", classes="edit-heading")
        yield boxes([(s.code, s.label) for s in programme.red_flags], record.symptoms, "flags")
        yield boxes([(TAKEN, MEDICINE)], [TAKEN] if record.medicine else [], "medicine")

    def changes(self) -> Changes:
        record = self._record
        scores = {side: read_score(self.text(f"pain-{side}")) for side in record.pain.by_side()}
        symptoms, medicine = self.checked("symptoms") | self.checked("flags"), bool(self.checked("medicine"))
        said: Changes = {}
        if scores != record.pain.by_side():
            said["pain"] = scores
        if symptoms != set(record.symptoms):
            said["symptoms"] = [code for code in CODES if code in symptoms]
        if medicine != record.medicine:
            said["medicine"] = medicine
        if record.scope == "moment" and (time := read_time(self.text("time"))) != record.time:
            said["time"] = time
        return {**said, **self.note_change(record.note)}


class RunForm(EditForm):
    """Distance, minutes, pain, stage, shoes and note of a run."""

    def __init__(self, record: Run, programme: Programme, profile: Profile, shoes: Sequence[Shoe]) -> None:
        super().__init__()
        self._record = record
        self._programme = programme
        self._units = profile.units
        self._shoes = [s for s in shoes if s.id == record.shoe_id or (s.shoe_kind == "running" and not s.retired_on)]
        self._distance = show_typed_distance(record.distance_m, profile.units)

    def compose(self) -> ComposeResult:
        run = self._record
        yield FormRow("Distance", LineInput(self._distance, id="distance"), hint(self._units))
        yield FormRow("Minutes", LineInput(show_seconds(run.duration_s), id="minutes"), hint("25 or 25:30"))
        yield FormRow("Pain", LineInput(_shown(run.pain), id="pain"), hint("0 to 10, while running"))
        yield FormRow("Stage", stage_select(self._programme, run.stage))
        yield FormRow("Shoes", shoe_select(self._shoes, self._worn))
        yield FormRow("Note", NoteArea(run.note, id="note"))

    @property
    def _worn(self) -> str:
        return next((shoe.id for shoe in self._shoes if shoe.id == self._record.shoe_id), NO_SHOES)

    def changes(self) -> Changes:
        run = self._record
        said: Changes = {}
        if self.text("distance").strip() != self._distance:
            said["distance_m"] = read_distance(self.text("distance"), self._units)
        if (seconds := read_seconds(self.text("minutes"))) != run.duration_s:
            said["duration_s"] = seconds
        if (pain := _pain_or_none(self.text("pain"), run.pain)) != run.pain:
            said["pain"] = pain
        if (stage := self.query_one("#stage", Select).selection or None) != run.stage:
            said["stage"] = stage
        if (shoe := self.query_one("#shoes", Select).selection) != self._worn:
            said["shoe_id"] = shoe or None
        return {**said, **self.note_change(run.note)}


class MarkForm(EditForm):
    """Done or not, and the pain, of an exercise."""

    def __init__(self, record: ExerciseMark) -> None:
        super().__init__()
        self._record = record

    def compose(self) -> ComposeResult:
        yield FormRow("Done", boxes([(DONE, "it was done")], [DONE] if self._record.done else [], "done"))
        yield FormRow("Pain", LineInput(_shown(self._record.pain), id="pain"), hint("0 to 10, or empty"))

    def changes(self) -> Changes:
        pain = _pain_or_none(self.text("pain"), None)
        said: Changes = {"done": bool(self.checked("done")), "pain": pain}
        return {name: value for name, value in said.items() if value != getattr(self._record, name)}


class CareForm(EditForm):
    """The minutes of icing or elevation."""

    def __init__(self, record: Care) -> None:
        super().__init__()
        self._record = record

    def compose(self) -> ComposeResult:
        yield FormRow("Minutes", LineInput(str(self._record.minutes), id="minutes"), hint("1 to 600"))

    def changes(self) -> Changes:
        minutes = read_care_minutes(self.text("minutes"))
        return {} if minutes == self._record.minutes else {"minutes": minutes}


def form_for(record: AnyRecord, programme: Programme, profile: Profile, shoes: Sequence[Shoe]) -> EditForm:
    """The form in which `record` is corrected. Raises BadData for shoes, which have none."""
    if isinstance(record, Pain):
        return PainForm(record, programme)
    if isinstance(record, Run):
        return RunForm(record, programme, profile, shoes)
    if isinstance(record, ExerciseMark):
        return MarkForm(record)
    if isinstance(record, Care):
        return CareForm(record)
    raise BadData("Shoes are changed on their own page.")


def _pain_or_none(text: str, before: int | None) -> int | None:
    """An empty field is no pain score, where there was none before."""
    if not text.strip() and before is None:
        return None
    return read_score(text)


def _shown(pain: int | None) -> str:
    return "" if pain is None else str(pain)
