"""When a file need not be read again: only when nothing can have happened to it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kneejournal import glance
from kneejournal.glance import Glance
from kneejournal.journal_file import JournalFile

LONG_AGO = 10**18


class Looks:
    """A file as the system shows it, and the clocks beside it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: tuple[int, ...] | None = (7, 100, LONG_AGO, LONG_AGO)
        self.seconds = 0.0
        monkeypatch.setattr(time, "time_ns", lambda: LONG_AGO + glance.QUIET_NS + 1)
        monkeypatch.setattr(time, "monotonic", lambda: self.seconds)
        self.glance = Glance(lambda: self.found)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(monkeypatch)


def test_what_was_just_read_and_looks_the_same_is_the_same_for_a_moment(looks: Looks) -> None:
    assert (looks.glance.is_same, looks.glance.is_recent) == (False, False)
    looks.glance.take()
    looks.seconds = glance.RECENT_SECONDS - 0.1
    assert (looks.glance.is_same, looks.glance.is_recent) == (True, True)
    looks.seconds = glance.RECENT_SECONDS
    assert (looks.glance.is_same, looks.glance.is_recent) == (True, False)


@pytest.mark.parametrize("place", range(4))
def test_whatever_looks_different_is_different(looks: Looks, place: int) -> None:
    looks.glance.take()
    assert looks.found is not None
    looks.found = tuple(value + (number == place) for number, value in enumerate(looks.found))
    assert (looks.glance.is_same, looks.glance.is_recent) == (False, False)


@pytest.mark.parametrize("files", [1, 2])
def test_what_was_written_shortly_before_is_read_again(looks: Looks, files: int) -> None:
    """It may be written once more within one tick of the clock that files are stamped by."""
    looks.found = (7, 100, LONG_AGO, LONG_AGO) * (files - 1) + (8, 100, LONG_AGO, LONG_AGO + 1)
    looks.glance.take()
    assert (looks.glance.is_same, looks.glance.is_recent) == (True, False)


@pytest.mark.parametrize("happening", [Glance.take_after_writing, Glance.forget])
def test_what_was_written_or_failed_is_read_again(looks: Looks, happening: Callable[[Glance], None]) -> None:
    looks.glance.take()
    happening(looks.glance)
    assert not looks.glance.is_recent
    assert looks.glance.is_same is (happening is Glance.take_after_writing)


def test_where_there_is_no_file_nothing_is_the_same(looks: Looks) -> None:
    looks.found = None
    looks.glance.take()
    assert (looks.glance.is_same, looks.glance.is_recent) == (False, False)


def test_a_file_is_looked_at_with_all_that_a_change_leaves(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(b"x")
    found = path.stat()
    seen = JournalFile(path, tmp_path).signature()
    assert seen == (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
