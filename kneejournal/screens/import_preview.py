"""Shows what an import would bring, before anything of it is written."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.import_words import Name, Part, journal_parts, runs_parts
from kneejournal.domain.snapshot import Edit
from kneejournal.domain.text import clean_line
from kneejournal.domain.write_imports import Wish
from kneejournal.errors import KneejournalError
from kneejournal.incoming import Incoming
from kneejournal.interop.journal_json import Document
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets

COUNTS: tuple[tuple[Name, str], ...] = (
    ("new", "new"), ("changed", "changed"), ("known", "already here"), ("same", "the same as another"),
    ("deleted", "deleted here"), ("skipped", "skipped"),
)  # fmt: skip
NOTHING_NEW = "Nothing new"
SHOWN = 300
"""Lines of each part; more take seconds to lay out, and nobody reads them."""


class ImportPreview(Dialog[Written | None]):
    """Everything that was found, with what would become of it. Saving brings in what is new."""

    CSS_PATH = sheets("dialog", "import")
    TITLE_TEXT = "What would come in"
    AUTO_FOCUS = "#import-list"
    HELP = """
    Nothing is written yet. New runs count for shoes, load and history, never as sessions of the plan. What was deleted
    here stays deleted, unless you ask for it. One undo takes everything back that comes in.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Bring them in", priority=True, id="dialog.save"),
        Binding("d", "again", "Deleted ones too", tooltip="Runs that were deleted here", id="import.again"),
        Binding("escape", "leave", "Back", id="dialog.leave"),
    ]

    def __init__(self, journal: Journal, incoming: Incoming, wish: Wish) -> None:
        """Raises KneejournalError when it cannot be said what would come in."""
        super().__init__()
        self._journal = journal
        self._incoming = incoming
        self._wish = wish
        self._parts, self._edit = self._planned()

    def compose_fields(self) -> ComposeResult:
        yield Static(Content(clean_line(self._incoming.source)), id="import-source")
        yield Static(Content(self._counts()), id="import-counts")
        with VerticalScroll(id="import-list"):
            yield Static(self._list(), id="import-lines")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save":
            return not self._edit.is_empty
        if action == "again":
            return any(part.name == "deleted" for part in self._parts)
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        before, self._wish = self._wish, Wish(shoe=self._wish.shoe, again=True)
        try:
            self._parts, self._edit = self._planned()
        except KneejournalError as error:
            self._wish = before
            self.notify(clean_line(str(error)), severity="error", timeout=10, markup=False)
            return
        self.query_one("#import-counts", Static).update(Content(self._counts()))
        self.query_one("#import-lines", Static).update(self._list())
        self.query_one("#import-list").scroll_home(animate=False)
        self.refresh_bindings()

    def save(self) -> None:
        edit = self._bring(dry_run=False)[1]
        written = Written(what=edit.what, notes=(), verdict=self._journal.verdict(), is_new=not edit.is_empty)
        self.dismiss(written)

    def _planned(self) -> tuple[tuple[Part, ...], Edit]:
        return self._bring(dry_run=True)

    def _bring(self, *, dry_run: bool) -> tuple[tuple[Part, ...], Edit]:
        """What comes in, in words, and the change that it is. Raises KneejournalError."""
        journal, content, source = self._journal, self._incoming.content, self._incoming.source
        snapshot = journal.snapshot()
        if isinstance(content, Document):
            merged = journal.merge(content, source, dry_run=dry_run)
            return journal_parts(merged, snapshot.records, lambda r: journal.describe(r, snapshot)), merged.edit
        brought = journal.import_runs(content, source, self._wish, dry_run=dry_run)
        return runs_parts(brought, snapshot.profile.units, journal.day_of(snapshot)), brought.edit

    def _counts(self) -> str:
        count = {part.name: part.count for part in self._parts}
        found = [f"{count[name]} {words}" for name, words in COUNTS if count.get(name)]
        return " · ".join(found) if count.get("new") else " · ".join([NOTHING_NEW, *found])

    def _list(self) -> Content:
        return Content("\n").join(line for part in self._parts for line in _lines(part))


def _lines(part: Part) -> Iterator[Content]:
    yield Content.styled(clean_line(part.heading[:1].upper() + part.heading[1:]), "bold")
    yield from (Content(f"  {clean_line(line)}") for line in part.lines[:SHOWN])
    if len(part.lines) > SHOWN:
        yield Content(f"  and {len(part.lines) - SHOWN} more")
