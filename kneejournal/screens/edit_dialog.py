"""The dialog that corrects one entry."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from kneejournal.domain.days import in_recall
from kneejournal.domain.records import AnyRecord, Pain, Run
from kneejournal.domain.snapshot import Snapshot
from kneejournal.journal import Journal, Written
from kneejournal.screens.dialog import Dialog
from kneejournal.sheets import sheets
from kneejournal.widgets.edit_forms import Changes, EditForm, form_for

LATE = (
    "This check is of a day longer ago than a knee is remembered: once changed, it counts as written today, "
    "and the day as closed too late."
)


class EditDialog(Dialog[Written]):
    """The fields of an entry that can be corrected; what is not touched stays as it is stored."""

    CSS_PATH = sheets("dialog", "edit_dialog")
    TITLE_TEXT = "Edit"
    DRAFT = "edit"
    HELP = """
    Only what you change is written. Another day is another entry: delete this one and write it there.
    """

    def __init__(self, journal: Journal, record: AnyRecord, snapshot: Snapshot) -> None:
        super().__init__()
        self._journal = journal
        self._record = record
        self._snapshot = snapshot

    @property
    def about(self) -> str:
        return self._record.id

    @property
    def title_text(self) -> str:
        return f"Edit: {self._journal.describe(self._record, self._snapshot).rstrip('.')}"

    def compose_fields(self) -> ComposeResult:
        if self._would_be_late():
            yield Static(Content(LATE), classes="dialog-warning")
        snapshot = self._snapshot
        yield form_for(self._record, self._journal.programme, snapshot.profile, snapshot.shoes)

    @on(Input.Submitted)
    def _save_by_enter(self) -> None:
        self.action_save()

    def save(self) -> None:
        changes = self.query_one(EditForm).changes()
        self.dismiss(self._write(changes) if changes else None)

    def _write(self, changes: Changes) -> Written:
        if isinstance(self._record, Run) and changes.keys() == {"shoe_id"}:
            return self._journal.assign_shoe(self._record.id, self._shoe_name(changes["shoe_id"]))
        return self._journal.edit(self._record.id, changes)

    def _shoe_name(self, shoe_id: str | None) -> str | None:
        return next((shoe.name for shoe in self._snapshot.shoes if shoe.id == shoe_id), None)

    def _would_be_late(self) -> bool:
        record = self._record
        if not isinstance(record, Pain) or record.scope != "day" or record.pain.worst:
            return False
        return not in_recall(self._journal.now(), record.day, self._snapshot.profile.thresholds)
