"""The pain journal: how the pain went, and everything that was written, to be searched, corrected and taken back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input, Static

from kneejournal.domain.day_states import Days
from kneejournal.domain.days import short_day
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.snapshot import Snapshot
from kneejournal.journal import Journal
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.screens.page import Page
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.sheets import sheets
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.entry_days import EntryDays, entry_days, matching, write_ahead
from kneejournal.widgets.entry_detail import EntryDetail
from kneejournal.widgets.entry_list import EntryList
from kneejournal.widgets.entry_rows import EntryRow, EntryRows
from kneejournal.widgets.journal_charts import HIGH, JournalCharts
from kneejournal.widgets.words import show_words

EMPTY = (
    "Nothing is written yet.\n\n"
    "Every check of the knee, every exercise and every run will stand here, day by day.\n"
    "p  writes how the knee is now."
)
NOTHING_FOUND = "No entry has these words. escape shows all of them again."


class PainJournalScreen(Page):
    """The charts, and the entries with a live filter; the highlighted one is shown in full where there is room."""

    CSS_PATH = sheets("pain_journal")
    NAME = "pain-journal"
    KEY = "j"
    LABEL = "Pain journal"
    AUTO_FOCUS = "EntryList"
    HELP = """
    # Pain journal
    Everything that was written, newest day first. `enter` edits the highlighted entry, or opens a line of several
    exercises; `d` deletes it and `u` takes that back; `D` takes it out of the backups too, for good. `/` searches
    notes, symptoms and kinds of entry as you type.

    `c` shows the chart, the calendar, the symptoms of painful days, or only the entries; `w` changes the days
    looked at. `←` and `→` go from day to day, and a click on a day of a chart goes to it.

    The chart shows the worst pain of each day, 0 to 10. `0` is a day without pain; `·` is a day of which no pain was
    written, which is not the same. The dotted line is the mean of the numbers of seven days, where at least four
    have one. Dotted bars were written too late to be remembered well.
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall"), (HIGH, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "log_pain", "Pain", id="journal.pain"),
        Binding("x", "edit", "Edit", id="journal.edit"),
        Binding("d", "delete", "Delete", id="journal.delete"),
        Binding("D", "purge", "Take out for good", show=False, tooltip="Of the backups too", id="journal.purge"),
        Binding("slash", "filter", "Filter", id="journal.filter"),
        Binding("c", "go_on('view')", "Charts", tooltip="Chart, calendar, symptoms, entries", id="journal.view"),
        Binding("w", "go_on('span')", "Days", tooltip="30, 90 or 365 days", id="journal.span"),
        Binding("left", "day(-1)", "Day before", show=False, id="journal.day-before"),
        Binding("right", "day(1)", "Day after", show=False, id="journal.day-after"),
        Binding("enter", "edit", "Edit", show=False, id="journal.open"),
        Binding("escape", "clear_filter", "All entries", show=False, id="journal.all"),
    ]

    @dataclass
    class PurgeWanted(Message):
        """Somebody wants an entry to go for good."""

        record: AnyRecord

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._snapshot = Snapshot()
        self._days = Days.none()
        self._writer = EntryRows(journal.programme, self._snapshot.profile, date.min)
        self._rows = EntryDays.none()
        self._unfolded: frozenset[date] = frozenset()

    def compose_page(self) -> ComposeResult:
        # As nearly every journal shows it: a class that comes later means that every style is worked out twice.
        self.add_class("-charts")
        yield JournalCharts()
        with Horizontal(id="journal-filter"):
            yield Static(Content("/"), id="journal-slash")
            yield Input(placeholder="filter by note, symptom or kind", compact=True, id="journal-words")
            yield Static("", id="journal-count")
        yield Static("", id="journal-empty")
        with Horizontal(id="journal-entries"):
            yield EntryList()
            yield EntryDetail()

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        self._snapshot, self._days = snapshot, verdict.case.days
        writer = EntryRows(self.journal.programme, snapshot.profile, verdict.day)
        # What one writer wrote of a day holds as long as the day, and the writer.
        self._writer = self._writer if self._writer == writer else writer
        self.query_one(JournalCharts).fit(self.app.size)
        self.query_one(JournalCharts).show(snapshot, verdict.case, self.journal.programme)
        self._read_rows()

    def _read_rows(self) -> None:
        self._rows = entry_days(self._snapshot.log, self._days, self._writer, self._unfolded)
        self._show_rows()

    @on(Input.Changed, "#journal-words")
    def _show_rows(self) -> None:
        """The entries that the filter finds."""
        rows = matching(self._rows, self.query_one("#journal-words", Input).value)
        self.query_one(EntryList).show(rows, self._writer.today)
        show_words(self.query_one("#journal-empty", Static), Content(NOTHING_FOUND if self._rows else EMPTY))
        self._make_room()
        counted = f"{rows.entries} {'entry' if rows.entries == 1 else 'entries'}"
        show_words(self.query_one("#journal-count", Static), Content(counted))

    @on(JournalCharts.Arranged)
    def _make_room(self) -> None:
        """Show the entries, or what stands in their place."""
        charts, found = self.query_one(JournalCharts), self.query_one(EntryList).highlighted is not None
        shown = not charts.hides_entries
        self.query_one("#journal-entries").display = found and shown
        self.query_one("#journal-filter").display = bool(self._rows) and shown
        self.query_one("#journal-empty").display = not found and shown
        if not shown:
            self.set_focus(None)
        elif found and self.focused is None:
            self.query_one(EntryList).focus()
        self.set_class(charts.offers and charts.view != "entries", "-charts")
        self.refresh_bindings()

    def on_resize(self, event: Resize) -> None:
        self.query_one(JournalCharts).fit(event.size)

    @on(DayPicture.Picked)
    def _go_to_day(self, event: DayPicture.Picked) -> None:
        if self.query_one(EntryList).go_to(event.day):
            self.query_one(JournalCharts).make_way()
        else:
            self.notify(short_day(event.day) + ": no entry here.", markup=False)

    def _records(self, row: EntryRow | None) -> list[AnyRecord]:
        return [self._snapshot.records[found] for found in row.ids] if row else []

    @on(EntryList.Highlighted)
    def _show_detail(self, event: EntryList.Highlighted) -> None:
        shoes = self._snapshot.shoes if event.row and event.row.first == "run" else ()
        self.query_one(EntryDetail).show(self._records(event.row), self._writer, shoes)
        self.query_one(JournalCharts).mark(event.row.day if event.row else None)

    @on(Input.Submitted, "#journal-words")
    def _back_to_list(self) -> None:
        self.query_one(EntryList).focus()

    @on(EntryList.Chosen)
    def _chosen(self, event: EntryList.Chosen) -> None:
        if event.row.fold:
            self._unfolded ^= {event.row.day}
            self._read_rows()
        else:
            self.app.push_screen(EditDialog(self.journal, self._records(event.row)[0], self._snapshot), self.said_after)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "delete", "filter", "go_on") and not self._rows:
            return False
        if action == "go_on":
            return self.query_one(JournalCharts).offers
        if action in ("delete", "purge"):
            return bool(self._rows) and not self.query_one(JournalCharts).hides_entries
        return super().check_action(action, parameters)

    def action_go_on(self, what: Literal["view", "span"]) -> None:
        self.query_one(JournalCharts).go_on(what)

    def action_day(self, step: int) -> None:
        self.query_one(EntryList).go_days(step)

    def action_edit(self) -> None:
        """Edit the highlighted entry, once it is to be seen."""
        if self.query_one(JournalCharts).hides_entries:
            self.query_one(JournalCharts).make_way()
        else:
            self.query_one(EntryList).action_choose()

    def action_log_pain(self) -> None:
        self.app.push_screen(PainDialog(self.journal), self.said_after)

    def action_delete(self) -> None:
        if record := self._one_record():
            self.write(lambda: self.journal.delete(record.id))

    def action_purge(self) -> None:
        if record := self._one_record():
            self.post_message(self.PurgeWanted(record))

    def _one_record(self) -> AnyRecord | None:
        row = self.query_one(EntryList).highlighted
        if row and row.fold:
            self.notify("These are several exercises. enter opens the line; then choose one.", markup=False)
            return None
        return self._records(row)[0] if row else None

    def action_filter(self) -> None:
        self.query_one(JournalCharts).make_way()
        self.query_one("#journal-words", Input).focus()
        self.run_worker(write_ahead(self._rows), group="rows", exclusive=True)

    def action_clear_filter(self) -> None:
        self.query_one("#journal-words", Input).value = ""
        self.query_one(EntryList).focus()
