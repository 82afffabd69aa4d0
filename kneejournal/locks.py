"""Keeps other programs of this machine from writing at the same time, by a lock on a file that is never deleted."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kneejournal.files import PRIVATE_FILE

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOOK_SECONDS = 0.01
"""How often it is tried again while another program holds the lock."""


class Held(Exception):
    """Another program held the lock for all the time that was to be waited."""


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock on `path`, which is made when there is none; it goes with the process, however that ends.

    Raises Held when another program, or another thread, keeps it for `seconds`, and OSError where the file cannot be
    made or the file system knows no locks: one that is only a file would outlive the program that held it.
    """
    if fcntl is None:
        with _locked_on_windows(path, seconds):
            yield
        return
    descriptor = _taken(path, time.monotonic() + seconds)
    try:
        yield
    finally:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        with suppress(OSError):
            os.close(descriptor)


def _taken(path: Path, until: float) -> int:
    """The descriptor of the file with its lock on it."""
    while True:
        descriptor = _opened(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A file that was deleted while it was waited for guards nothing: the next one makes another.
            if os.fstat(descriptor).st_nlink:
                return descriptor
        except BlockingIOError as error:
            if time.monotonic() >= until:
                os.close(descriptor)
                raise Held from error
            time.sleep(LOOK_SECONDS)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _opened(path: Path) -> int:
    flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW
    try:
        return os.open(path, flags | os.O_CREAT, PRIVATE_FILE)
    except PermissionError:
        # In a folder like /tmp, nobody may make a file that is another user's already; to open it may be allowed.
        return os.open(path, flags)


@contextmanager
def _locked_on_windows(path: Path, seconds: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise Held from error
    try:
        yield
    finally:
        lock.release()
