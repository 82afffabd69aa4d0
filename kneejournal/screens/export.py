"""The dialog that writes the whole journal into a file."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import ClassVar

from platformdirs import user_documents_path
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from kneejournal.domain.text import clean, clean_line
from kneejournal.errors import BadData, Unreadable
from kneejournal.files import create_file
from kneejournal.journal import Journal
from kneejournal.paths import Places
from kneejournal.screens.dialog import Dialog
from kneejournal.widgets.entry_fields import LineInput

WHAT = "Everything you have written, as one JSON file that only you can read. enter writes it."
WHAT_OF_SAMPLE = "This is a sample, and not your journal. Its export goes only where you say, and stays there."


class ExportDialog(Dialog[None]):
    """Asks where, and writes it there; never over a file that is there already."""

    TITLE_TEXT = "Export the journal"
    HELP = """
    The file holds every entry, the profile and the settings of the rules, and can be imported again without loss.
    Nothing is written over a file that is there already.
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "save", "Save", show=False, id="export.enter")]

    def __init__(self, journal: Journal, places: Places) -> None:
        super().__init__()
        self._journal = journal
        self._places = places

    def compose_fields(self) -> ComposeResult:
        if self._places.is_sample:
            yield Static(WHAT_OF_SAMPLE, id="export-what")
            yield LineInput(id="export-path", placeholder="the name of a file to make")
            return
        folders = (user_documents_path(), Path.home(), self._places.data)
        yield Static(WHAT, id="export-what")
        yield LineInput(str(free_path(writable_folder(folders), self._journal.now().date())), id="export-path")

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        path = typed_path(self.query_one("#export-path", Input).value)
        content = self._journal.export()
        try:
            create_file(path, content)
        except FileExistsError as error:
            raise BadData(f"{path} exists already, and nothing is written over it. Choose another name.") from error
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise Unreadable(f"{path} could not be written: {reason}. Choose another place.") from error
        self.app.notify("Exported to " + clean_line(str(path)), markup=False)
        self.dismiss(None)


def writable_folder(folders: tuple[Path, ...]) -> Path:
    """The first folder that exists and can be shown as it is; the last one otherwise."""
    return next((f for f in folders if f.is_dir() and clean(str(f)) == str(f)), folders[-1])


def free_path(folder: Path, day: date) -> Path:
    """A name that is not taken: kneejournal-2026-11-22.json, then -2, -3 and so on."""
    stem = f"kneejournal-{day.isoformat()}"
    numbered = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.json" for number in count(1))
    return next(path for path in numbered if not path.exists())


def typed_path(text: str) -> Path:
    """The file that somebody typed. Raises BadData."""
    if not text.strip():
        raise BadData("Write the name of the file to make.")
    try:
        return Path(text.strip()).expanduser().absolute()
    except RuntimeError as error:
        raise BadData(f"“{clean_line(text)}” names a home folder that is not there.") from error
