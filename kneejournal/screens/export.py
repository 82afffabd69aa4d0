"""The dialog that writes the journal into a file, in the format that is chosen."""

from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.domain.text import clean_line
from kneejournal.errors import BadData
from kneejournal.interop.formats import ENDINGS, FORMS, Form
from kneejournal.journal import Journal
from kneejournal.outgoing import free_path, put, usual_folder
from kneejournal.paths import Places
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import LineInput

NAMES: dict[Form, str] = {"json": "JSON", "csv": "CSV", "fhir": "FHIR", "ics": "calendar", "report": "report"}
WHAT: dict[Form, str] = {
    "json": "Everything you have written, as one JSON file that only you can read.",
    "csv": "Tables for a spreadsheet: a zip with a CSV file for each kind of entry.",
    "fhir": "Pain, symptoms, exercises and runs, for programs that keep health records.",
    "ics": "The next four weeks: exercise days, and run days while there is a plan.",
    "report": "The last eight weeks on one page for a physical therapist, to print.",
}
DONE: dict[Form, str] = {"report": ". Open it in a browser to print it."}
ENTER = "enter writes it; ↑ another format."
WHAT_OF_SAMPLE = "This is a sample, and not your journal: its export goes only where you say, and stays there."


class ExportDialog(Dialog[None]):
    """Asks how and where, and writes it there; never over a file that is there already."""

    CSS_PATH = sheets("dialog", "export")
    TITLE_TEXT = "Export the journal"
    HELP = """
    JSON holds every entry, the profile and the settings of the rules, and can be imported again without loss. The
    other formats are for other programs, and for people. Nothing is written over a file that is there already.
    """
    AUTO_FOCUS = "#export-path"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "save", "Save", show=False, id="export.enter")]

    def __init__(self, journal: Journal, places: Places, form: Form = "json") -> None:
        super().__init__()
        self._journal = journal
        self._places = places
        self._first = form
        self._proposed = self._propose(form)

    def compose_fields(self) -> ComposeResult:
        yield Choice([(form, NAMES[form]) for form in FORMS], self._first, id="export-form")
        yield Static(Content(self._what(self._first)), id="export-what")
        yield LineInput(self._proposed, id="export-path", placeholder="the name of a file to make")

    @on(Choice.Changed)
    def _say_what(self) -> None:
        form = self._form
        self.query_one("#export-what", Static).update(Content(self._what(form)))
        path = self.query_one("#export-path", Input)
        if path.value == self._proposed:
            path.value = self._proposed = self._propose(form)

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        path = typed_path(self.query_one("#export-path", Input).value)
        put(path, self._journal.export(self._form))
        said = f"Exported to {clean_line(str(path))}{DONE.get(self._form, '')}"
        self.app.notify(said, markup=False)
        self.dismiss(None)

    @property
    def _form(self) -> Form:
        return cast(Form, self.query_one("#export-form", Choice).value)

    def _what(self, form: Form) -> str:
        return f"{WHAT[form]} {WHAT_OF_SAMPLE if self._places.is_sample else ENTER}"

    def _propose(self, form: Form) -> str:
        """A name that is not taken; none for a sample, which goes nowhere by itself."""
        if self._places.is_sample:
            return ""
        return clean_line(str(free_path(usual_folder(self._places), self._journal.now().date(), ENDINGS[form])))


def typed_path(text: str) -> Path:
    """The file that somebody typed. Raises BadData."""
    if not text.strip():
        raise BadData("Write the name of the file to make.")
    try:
        return Path(text.strip()).expanduser().absolute()
    except RuntimeError as error:
        raise BadData(f"“{clean_line(text)}” names a home folder that is not there.") from error
