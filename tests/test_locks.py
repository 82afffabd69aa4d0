"""One at a time: the lock is waited for, given up, let go, and never left behind."""

import fcntl
import os
import stat
import time
from pathlib import Path

import pytest

from kneejournal import locks
from kneejournal.locks import Held, locked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.json.lock"


def test_who_comes_second_gives_up_after_a_while_and_may_try_again(path: Path) -> None:
    with locked(path, 5), pytest.raises(Held), locked(path, 0):
        pytest.fail("both hold it")
    with locked(path, 0):
        assert path.exists()


def test_the_lock_is_taken_as_soon_as_it_is_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = locked(path, 0)
    first.__enter__()
    waited: list[float] = []

    def let_go(seconds: float) -> None:
        waited.append(seconds)
        first.__exit__(None, None, None)

    monkeypatch.setattr(time, "sleep", let_go)
    with locked(path, 60):
        assert waited == [locks.LOOK_SECONDS]


def test_the_file_stays_and_is_private(path: Path) -> None:
    before = os.umask(0)
    try:
        with locked(path, 0):
            inode = path.stat().st_ino
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with locked(path, 0):
        assert path.stat().st_ino == inode


def test_a_file_that_was_deleted_while_it_was_waited_for_guards_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock, deleted = fcntl.flock, list[int]()

    def delete_first(descriptor: int, operation: int) -> None:
        if not deleted:
            path.unlink()
            deleted.append(descriptor)
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", delete_first)
    with locked(path, 0):
        monkeypatch.undo()
        with pytest.raises(Held), locked(path, 0):
            pytest.fail("both hold it")


def test_what_fails_inside_lets_the_lock_go(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(path, 0):
        raise ZeroDivisionError
    with locked(path, 0):
        pass


def test_no_descriptor_stays_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, closed = list[int](), list[int]()
    really_open, really_close = os.open, os.close

    def open_(*arguments: object) -> int:
        opened.append(really_open(*arguments))  # type: ignore[arg-type]
        return opened[-1]

    def close(descriptor: int) -> None:
        closed.append(descriptor)
        really_close(descriptor)

    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "close", close)
    with locked(path, 0), pytest.raises(Held), locked(path, 0):
        pass
    monkeypatch.setattr(fcntl, "flock", _no_locks)
    with pytest.raises(OSError, match="No locks"), locked(path, 0):
        pytest.fail("the lock was taken")
    assert sorted(opened) == sorted(closed)


def _no_locks(*_: object) -> None:
    raise OSError(37, "No locks available")


def test_a_link_in_its_place_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match=r"."), locked(path, 0):
        pytest.fail("the lock was taken")
    assert not (tmp_path / "precious").exists()
