"""The pain journal: everything that was written, newest first, to be searched, corrected and taken back."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalGroup
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.domain.day_states import Days
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.snapshot import Snapshot
from kneejournal.journal import Journal
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.widgets.entry_detail import EntryDetail
from kneejournal.widgets.entry_list import EntryList
from kneejournal.widgets.entry_rows import EntryRow, EntryRows, matching

EMPTY = (
    "Nothing is written yet.\n\n"
    "Every check of the knee, every exercise and every run will stand here, day by day.\n"
    "p  writes how the knee is now."
)
NOTHING_FOUND = "No entry has these words. escape shows all of them again."


class PainJournalScreen(Page):
    """The entries with a live filter; the highlighted one is shown in full beside or below them."""

    NAME = "pain-journal"
    KEY = "j"
    LABEL = "Pain journal"
    AUTO_FOCUS = "EntryList"
    HELP = """
    # Pain journal
    Everything that was written, newest day first. `enter` edits the highlighted entry, or opens a line of
    several exercises; `d` deletes it and `u` takes that back. `/` searches notes, symptoms and kinds of entry
    as you type.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "log_pain", "Log pain", id="journal.pain"),
        Binding("x", "edit", "Edit", id="journal.edit"),
        Binding("d", "delete", "Delete", id="journal.delete"),
        Binding("slash", "filter", "Filter", id="journal.filter"),
        Binding("enter", "edit", "Edit", show=False, id="journal.open"),
        Binding("escape", "clear_filter", "All entries", show=False, id="journal.all"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._snapshot = Snapshot()
        self._seen: object = None
        """What the lines were made from; they are not made again while it stays the same."""
        self._writer = EntryRows(journal.programme, self._snapshot.profile, date.min, Days({}))
        self._rows: list[EntryRow] = []
        self._unfolded: frozenset[date] = frozenset()

    def compose_page(self) -> ComposeResult:
        yield VerticalGroup(id="journal-charts")
        with Horizontal(id="journal-filter"):
            yield Static(Content("/"), id="journal-slash")
            yield Input(placeholder="filter by note, symptom or kind", compact=True, id="journal-words")
            yield Static("", id="journal-count")
        yield Static("", id="journal-empty")
        with Horizontal(id="journal-entries"):
            yield EntryList()
            yield EntryDetail()

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        seen = (snapshot.records, snapshot.profile, verdict.day, self._unfolded)
        if seen == self._seen:
            return
        self._seen, self._snapshot = seen, snapshot
        live = snapshot.live
        self._writer = EntryRows(self.journal.programme, snapshot.profile, verdict.day, verdict.case.days)
        self._rows = self._writer.rows(live, self._unfolded)
        self.refresh_bindings()
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.query_one("#journal-words", Input).value
        rows = matching(self._rows, words)
        self.query_one(EntryList).show(rows)
        self.query_one("#journal-entries").display = bool(rows)
        self.query_one("#journal-filter").display = bool(self._rows)
        empty = self.query_one("#journal-empty", Static)
        empty.display = not rows
        empty.update(Content(NOTHING_FOUND if self._rows else EMPTY))
        entries = sum(len(row.ids) for row in rows if row.fold != "open")
        self.query_one("#journal-count", Static).update(Content(f"{entries} {'entry' if entries == 1 else 'entries'}"))

    def _records(self, row: EntryRow | None) -> list[AnyRecord]:
        return [self._snapshot.records[record_id] for record_id in row.ids] if row else []

    @on(EntryList.Highlighted)
    def _show_detail(self, event: EntryList.Highlighted) -> None:
        shoes = self._snapshot.shoes if event.row and event.row.first == "run" else ()
        self.query_one(EntryDetail).show(self._records(event.row), self._writer, shoes)

    @on(Input.Changed, "#journal-words")
    def _filter_as_typed(self) -> None:
        self._show_rows()

    @on(Input.Submitted, "#journal-words")
    def _back_to_list(self) -> None:
        self.query_one(EntryList).focus()

    @on(EntryList.Chosen)
    def _chosen(self, event: EntryList.Chosen) -> None:
        if event.row.fold:
            self._unfolded ^= {event.row.day}
            self.reread()
        else:
            self.app.push_screen(EditDialog(self.journal, self._records(event.row)[0], self._snapshot), self.said_after)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "delete", "filter"):
            return bool(self._rows)
        return super().check_action(action, parameters)

    def action_edit(self) -> None:
        self.query_one(EntryList).action_choose()

    def action_log_pain(self) -> None:
        self.app.push_screen(PainDialog(self.journal), self.said_after)

    def action_delete(self) -> None:
        row = self.query_one(EntryList).highlighted
        if row is None:
            return
        if row.fold:
            self.notify("These are several exercises. enter opens the line; then d deletes one.", markup=False)
            return
        self.write(lambda: self.journal.delete(row.ids[0]))

    def action_filter(self) -> None:
        self.query_one("#journal-words", Input).focus()

    def action_clear_filter(self) -> None:
        self.query_one("#journal-words", Input).value = ""
        self.query_one(EntryList).focus()
