"""What the pages share: the line on top, reading the journal when shown, and writing into it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import ScreenResume
from textual.screen import Screen

from kneejournal.domain.days import journal_day, short_day
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal, Written
from kneejournal.keys import key_shown
from kneejournal.screens.fitted import fit
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
        self._looked: tuple[object, date, Thresholds] | None = None
        """What was found last: the state of the file, the day, and what says when a day begins."""
        self._shown: tuple[Snapshot, Verdict] | None = None
        """What was drawn last."""
        self._styled_for: tuple[object, ...] | None = None
        """All that its styles depend on and that may change while it is not in front, as it was when it came there."""

    def compose(self) -> ComposeResult:
        fit(self)
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

    def on_screen_resume(self, event: ScreenResume) -> None:
        now = (self.app.theme, self.app.app_focus, self.app.size)
        # Its styles are those that it was made with, or that it had when it was left.
        event.refresh_styles = self._styled_for not in (None, now)
        self._styled_for = now
        self.reread()

    def reread(self) -> None:
        """Read the journal and show it; what cannot be read is said, and the page stays as it is.

        While something is being saved the page stays too: it is reread at the end of that.
        """
        if self.journal.saving.is_busy:
            return
        try:
            signature = self.journal.signature()
            snapshot = self.journal.snapshot()
            verdict = self.journal.verdict(snapshot)
        except KneejournalError as error:
            self.say_error(error)
            return
        self._looked = (signature, verdict.day, snapshot.profile.thresholds)
        if self._shown is None or not _draws_the_same(self._shown, (snapshot, verdict)):
            self._shown = (snapshot, verdict)
            self.query_one(NavBar).show_day(short_day(verdict.day))
            self.show_journal(snapshot, verdict)

    def look_again(self) -> None:
        """Reread when another program wrote the journal, or another day began. Cheap when nothing happened."""
        if self._looked is None:
            return
        signature, day, thresholds = self._looked
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

    def write(self, change: Callable[[], Written], tell: Callable[[bool], None] | None = None) -> None:
        """Make a change in the thread that saves, after those before it; then say what was written, or why not.

        `tell` is told first whether it was written.
        """
        self.run_worker(self._saved(self.journal.saving.begin(change), tell))

    async def _saved(self, making: Future[Written], tell: Callable[[bool], None] | None) -> None:
        await self._made(making)
        error = making.exception()
        if error is not None and not isinstance(error, KneejournalError):
            self.journal.saving.end(making)
            raise error
        if tell:
            tell(error is None)
            await self._painted()
        self.journal.saving.end(making)
        if error is not None:
            self.say_error(error)
        else:
            self.say(making.result())
        self._reread_in_front()

    @staticmethod
    async def _made(making: Future[Written]) -> None:
        """Wait for a change, no more: a page that goes away takes back nothing that was asked for on it."""
        made = asyncio.wrap_future(making)
        made.add_done_callback(asyncio.Future.exception)
        await asyncio.wait([made])

    async def _painted(self) -> None:
        """Let what changed be seen before anything else is drawn."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()

    def _reread_in_front(self) -> None:
        """Show what is in the journal now on the page in front, a dialog above it or not."""
        pages = [screen for screen in self.app.screen_stack if isinstance(screen, Page)]
        if pages:
            pages[-1].reread()

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


def _draws_the_same(one: tuple[Snapshot, Verdict], other: tuple[Snapshot, Verdict]) -> bool:
    """Whether nothing can look different: the same journal, and the same said of it, apart from the time of day."""
    (before, was), (after, verdict) = one, other
    if before is not after or was.case.days.arrivals != verdict.case.days.arrivals:
        return False
    said = (field for field in Verdict.__struct_fields__ if field not in ("now", "case"))
    return all(getattr(was, field) == getattr(verdict, field) for field in said)
