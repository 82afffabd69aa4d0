"""The dialog that asks for runs or a journal to bring in, and reads them."""

import asyncio
from datetime import date
from pathlib import Path
from threading import Event
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Select, Static

from kneejournal.domain.units import Units
from kneejournal.domain.write_imports import Wish
from kneejournal.errors import KneejournalError, UnitUnknown
from kneejournal.incoming import progress_line, read_in
from kneejournal.interop.run_files import Watching, open_path
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.import_preview import ImportPreview
from kneejournal.screens.settings import read_or_empty
from kneejournal.sheets import sheets
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import FormRow, hint
from kneejournal.widgets.form_choices import NO_SHOES, shoe_select
from kneejournal.widgets.path_input import PathInput

WHAT = (
    "Runs from Strava, Garmin, Apple Health or Runkeeper, from FIT, GPX and TCX files, or a journal that kneejournal "
    "exported. What would come in is shown first."
)
READING = "Reading. esc stops it."
UNITS: tuple[tuple[Units, str], ...] = (("mi", "miles"), ("km", "km"))


class Stopped(Exception):
    """Nobody waits for what is read any more."""


class ImportDialog(Dialog[Written | None]):
    """Asks for a file or a folder. It is read beside the app, and nothing is written before it was seen."""

    CSS_PATH = sheets("dialog", "import")
    TITLE_TEXT = "Bring in runs or a journal"
    AUTO_FOCUS = "#import-path"
    HELP = """
    A zip, a folder or a single file, as the watch or the service gave it. A run that is here already, from whatever
    source, is not written twice. Runs count for shoes, load and history, never as sessions of the plan. Of two versions
    of an entry in journals the later one stands.

    `tab` completes the name of a file. What would come in is shown before anything is written, and one undo takes it
    all back.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Read it", priority=True, id="dialog.save"),
    ]

    class Progressed(Message):
        """More of a large file was read."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        snapshot = read_or_empty(journal)
        self._units = snapshot.profile.units
        self._pairs = [shoe for shoe in snapshot.shoes if shoe.shoe_kind == "running" and shoe.retired_on is None]
        self._is_reading = False

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(WHAT), id="import-what")
        yield FormRow("From", PathInput(id="import-path", placeholder="a file or a folder"))
        yield Static("", id="import-names")
        if self._pairs:
            yield FormRow("Shoes", shoe_select(self._pairs, NO_SHOES), hint("for runs that come without"))
        yield FormRow("Distances", Choice(UNITS, self._units, id="import-units"), id="import-units-row")
        yield Static("", id="import-progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save":
            return not self._is_reading
        return super().check_action(action, parameters)

    @on(PathInput.Completed)
    def _show_names(self, event: PathInput.Completed) -> None:
        self.tell("#import-names", event.line)

    @on(Input.Changed, "#import-path")
    def _begin_anew(self) -> None:
        """What was said of another file, its unit above all, does not hold for this one."""
        self.tell("#import-names", "")
        self.tell("#dialog-error", "")
        self.query_one("#import-units-row").remove_class("-asked")

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        if self._is_reading:
            return
        path, today = self.query_one(PathInput).path, self._journal.today()
        self.tell("#dialog-error", "")
        self._reading(True)
        self._read(path, today, self._asked_units())

    def action_leave(self) -> None:
        if self._is_reading:
            self.workers.cancel_node(self)
            self._reading(False)
        else:
            self.dismiss(None)

    def on_import_dialog_progressed(self, event: Progressed) -> None:
        if self._is_reading:
            self.tell("#import-progress", f"{event.line}. esc stops it.")

    @work(exclusive=True)
    async def _read(self, path: Path, today: date, units: Units | None) -> None:
        """Read it in a thread of its own, which touches no journal, and show what would come in."""
        stop = Event()
        watching = self._watching(stop)
        try:
            incoming = await asyncio.to_thread(lambda: read_in([open_path(path)], today, units, watching))
            preview = ImportPreview(self._journal, incoming, Wish(shoe=self._given_pair()))
        except UnitUnknown as error:
            self._ask_for_units(error)
        except KneejournalError as error:
            self.tell("#dialog-error", str(error))
        else:
            self.app.push_screen(preview, self._seen)
        finally:
            stop.set()
        self._reading(False)

    def _watching(self, stop: Event) -> Watching:
        told = ""

        def tell(name: str, read: int, size: int) -> None:
            nonlocal told
            if stop.is_set():
                raise Stopped
            line = progress_line(name, read, size)
            if line and line != told:
                told = line
                self.post_message(self.Progressed(line))

        return lambda name: lambda read, size: tell(name, read, size)

    def _ask_for_units(self, error: UnitUnknown) -> None:
        self.tell("#dialog-error", f"{error} Choose above, and read it again.")
        self.query_one("#import-units-row").add_class("-asked")
        self.query_one("#import-units").focus()

    def _seen(self, written: Written | None) -> None:
        if written:
            self.dismiss(written)

    def _asked_units(self) -> Units | None:
        if not self.query_one("#import-units-row").has_class("-asked"):
            return None
        return cast(Units, self.query_one("#import-units", Choice).value)

    def _given_pair(self) -> str | None:
        chosen = self.query_one("#shoes", Select).selection if self._pairs else None
        return next((shoe.name for shoe in self._pairs if shoe.id == chosen), None)

    def _reading(self, is_reading: bool) -> None:
        self._is_reading = is_reading
        self.tell("#import-progress", READING if is_reading else "")
        self.refresh_bindings()
