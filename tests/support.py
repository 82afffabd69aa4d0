"""Journals for tests: in memory, with a clock that stands still until it is moved."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from kneejournal.domain.programme import Programme
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.in_turn import InTurn
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.library import load_programme
from kneejournal.paths import Places
from kneejournal.storage import FileStorage, JournalStorage, MemoryStorage
from kneejournal.store import Store

CONTENT = Path(__file__).parent.parent / "content"
DEVICE = "test"
PATIENCE_SECONDS = 30.0
"""How long a test waits for a change to be saved."""


class StandingClock:
    """A clock that shows the moment it was set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        self.moment = datetime.combine(day, time(hour, minute), tzinfo=UTC)


def programme() -> Programme:
    """The shipped programme."""
    return load_programme(CONTENT)


def new_journal(
    moment: datetime, storage: JournalStorage | None = None, *, set_up: bool = True
) -> tuple[Journal, StandingClock]:
    """An empty journal at `moment`, in memory unless a storage is given; set up for the left knee and miles."""
    clock = StandingClock(moment)
    journal = Journal(Store(storage or MemoryStorage()), programme(), clock, lambda: DEVICE)
    if set_up:
        journal.set_up(SetupAnswers(knee="left", units="mi"))
    return journal, clock


def log_clear_evenings(journal: Journal, clock: StandingClock, first: date, count: int) -> None:
    """`count` evenings from `first` on, each with a day-check of 0 at 20:00; the clock then stands at 08:00 after."""
    for ahead in range(count):
        clock.set(first + timedelta(days=ahead), 20)
        journal.log(PainEntry(scope="day", day=journal.today(), pain={"left": 0}))
    clock.set(first + timedelta(days=count), 8)


def places_in(folder: Path) -> Places:
    """The places of a journal that lives in `folder`."""
    return Places(journal=folder / "journal.json", settings=folder / "settings.toml", data=folder, is_own_folder=False)


def file_storage(path: Path, *, may_make_folder: bool = False) -> FileStorage:
    """A journal on the disk; what this machine has seen of it lies in `state` beside its folder."""
    return FileStorage(JournalFile(path, path.parent.parent / "state", may_make_folder=may_make_folder))


async def saved(pilot: Pilot[Any]) -> None:
    """Wait until everything that was typed is saved, and shown."""
    app = pilot.app
    while isinstance(app, InTurn) and app.is_running and app.saving.is_busy:
        await app.saving.settled(PATIENCE_SECONDS)
        await pilot.pause()
