"""Puts a journal together: its file, what it prescribes, and the clock; and finds the figures."""

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from kneejournal.clock import Clock
from kneejournal.errors import Unreadable
from kneejournal.journal_file import JournalFile
from kneejournal.library import open_programme
from kneejournal.paths import Places, packaged
from kneejournal.reading import Reading
from kneejournal.storage import FileStorage
from kneejournal.store import Store

# What writes and what draws is loaded where it is asked for: a prompt asks for neither.
if TYPE_CHECKING:
    from kneejournal.domain.figure import Movement
    from kneejournal.journal import Journal


def open_reading(places: Places, clock: Clock) -> Reading:
    """The journal at `places`, only to be read."""
    return Reading(Store(FileStorage(open_file(places))), open_programme(packaged("content")), clock)


def open_journal(places: Places, clock: Clock) -> "Journal":
    """The journal at `places`. Nothing is read of it, and no file made, before it is used."""
    from kneejournal.device import read_device
    from kneejournal.journal import Journal

    store = Store(FileStorage(open_file(places)))
    device = lru_cache(maxsize=1)(lambda: read_device(places.device))
    return Journal(store, open_programme(packaged("content")), clock, device)


def open_file(places: Places) -> JournalFile:
    """The journal's file, for those who look after it."""
    return JournalFile(places.journal, places.data / "seen", may_make_folder=places.is_own_folder)


@lru_cache(maxsize=32)
def find_movement(name: str) -> "Movement | None":
    """The figure of that name; None when there is none that can be read, since it is only looked at."""
    from kneejournal.figures import load_movement

    with suppress(Unreadable):
        return load_movement(packaged("content"), name)
    return None
