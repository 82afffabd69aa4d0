"""What the pages share: the line on top, reading the journal when shown, and writing into it."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from kneejournal.domain.days import journal_day, short_day
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.keys import key_shown
from kneejournal.widgets.key_footer import KeyFooter
from kneejournal.widgets.nav_bar import NavBar
from kneejournal.widgets.sample_notice import SampleNotice

PAGE_KEYS = (
    ("today", "t", "Today"),
    ("pain-journal", "j", "Pain journal"),
    ("ready", "r", "Ready to run"),
    ("shoes", "s", "Shoes"),
    ("learn", "l", "Learn"),
)


class Page(Screen[None]):
    """One of the pages. It rereads the journal whenever it is shown."""

    NAME: ClassVar[str]
    KEY: ClassVar[str]
    LABEL: ClassVar[str]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._shown: tuple[object, date, Thresholds] | None = None
        """What was shown last: the state of the file, the day, and what says when a day begins."""

    def compose(self) -> ComposeResult:
        keys = self.keys_now()
        yield NavBar([(name, keys.get(f"app.{name}", key), label) for name, key, label in PAGE_KEYS], self.NAME)
        yield SampleNotice()
        yield from self.compose_page()
        yield KeyFooter()

    def keys_now(self) -> dict[str, str]:
        """The keys of the actions that can be used now, by id: the user's own where there are some."""
        bindings = (active.binding for active in self.active_bindings.values())
        return {binding.id: key_shown(binding.key) for binding in bindings if binding.id}

    def compose_page(self) -> ComposeResult:
        """The widgets between the line on top and the footer."""
        raise NotImplementedError

    def show_journal(self, snapshot: Snapshot, verdict: Verdict) -> None:
        """Show what is in the journal now."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        self.reread()

    def reread(self) -> None:
        """Read the journal and show it; what cannot be read is said, and the page stays as it is."""
        try:
            signature = self.journal.signature()
            snapshot = self.journal.snapshot()
            verdict = self.journal.verdict(snapshot)
        except KneejournalError as error:
            self.say_error(error)
            return
        self._shown = (signature, verdict.day, snapshot.profile.thresholds)
        self.query_one(NavBar).show_day(short_day(verdict.day))
        self.show_journal(snapshot, verdict)

    def look_again(self) -> None:
        """Reread when another program wrote the journal, or another day began. Cheap when nothing happened."""
        if self._shown is None:
            return
        signature, day, thresholds = self._shown
        if self.journal.signature() != signature or journal_day(self.journal.now(), thresholds) != day:
            self.reread()

    def reread_after(self, _: object) -> None:
        """For dialogs: whatever they answered, show what is in the journal now."""
        self.reread()

    def said_after(self, written: Written | None) -> None:
        """For dialogs that write: say what they wrote, and show it."""
        if written:
            self.say(written)
        self.reread()

    def write(self, change: Callable[[], Written]) -> bool:
        """Make a change, say what was written or why not, and show it; whether it worked."""
        try:
            written = change()
        except KneejournalError as error:
            self.say_error(error)
            return False
        self.say(written)
        self.reread()
        return True

    def say(self, written: Written) -> None:
        """The toast that names what was written, and its undo."""
        self.app.clear_notifications()
        key = self.keys_now().get("app.undo", "u")
        hint = f"  {key} takes it back." if written.is_new and not written.what.startswith("Taken back") else ""
        self.notify(clean(written.what) + hint, markup=False)
        for note in written.notes:
            self.notify(clean(note), severity="warning", markup=False)

    def say_error(self, error: KneejournalError) -> None:
        self.notify(clean(str(error)), severity="error", timeout=10, markup=False)
