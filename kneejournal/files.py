"""Writes a file whole or not at all, readable by its owner only."""

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
TEMPORARY = ".tmp"


def replace_file(
    path: Path, content: bytes, *, synced: bool = True, last_look: Callable[[Path], None] = lambda _: None
) -> None:
    """Make `path` hold `content`, on the disk, before returning.

    A temporary file in the same folder is written and synced, put in the place of the file, and the folder synced:
    a kill or a power cut leaves the old file or the new one. A link is followed, so that it stays a link.
    `last_look` is called right before the replacing, and stops it by raising. `synced=False` leaves out the syncing,
    for copies of what is on the disk already. Raises OSError, and leaves no temporary file.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}{TEMPORARY}")
    try:
        _write(temporary, content, synced=synced)
        last_look(target)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if synced:
        sync_folder(target.parent)


def create_file(path: Path, content: bytes, *, synced: bool = True) -> None:
    """Write a new file, whole or not at all. Raises FileExistsError when there is one, and OSError."""
    try:
        _write(path, content, synced=synced)
    except FileExistsError:
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if synced:
        sync_folder(path.parent)


def _write(path: Path, content: bytes, *, synced: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        if synced:
            _sync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the folder's names on the disk, where the system can sync folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def _sync(descriptor: int) -> None:
    """fsync, and on macOS through the drive's own cache too. Its failure is final: never tried again."""
    if full := getattr(fcntl, "F_FULLFSYNC", None):
        try:
            fcntl.fcntl(descriptor, full)
        except OSError:
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)
