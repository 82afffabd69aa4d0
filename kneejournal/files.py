"""Writes a file whole or not at all, readable by its owner only."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
TEMPORARY = ".tmp"


class NotSynced(OSError):
    """The file holds the new content, and the disk does not confirm that it will after a power cut."""


def replace_file(
    path: Path,
    content: bytes,
    *,
    synced: bool = True,
    last_look: Callable[[Path], None] = lambda _: None,
    hidden_by: str = ".",
) -> None:
    """Make `path` hold `content`, on the disk, before returning.

    A temporary file in the same folder is written and synced, put in the place of the file, and the folder synced:
    a kill or a power cut leaves the old file or the new one. A link is followed, so that it stays a link.
    `last_look` is called right before the replacing, and stops it by raising. `synced=False` leaves out the syncing,
    for copies of what is on the disk already; `hidden_by` is what the temporary file's name begins with. Raises
    NotSynced when only the last syncing failed, and OSError when nothing was changed; leaves no temporary file.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{hidden_by}{target.name}.{os.urandom(6).hex()}{TEMPORARY}")
    try:
        with _folder_to_sync(target.parent if synced else None) as sync_it:
            _write(temporary, content, synced=synced, owner_of=target)
            last_look(target)
            temporary.replace(target)
            sync_it()
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def create_file(path: Path, content: bytes, *, synced: bool = True) -> None:
    """Write a new file, whole or not at all. Raises FileExistsError when there is one, NotSynced and OSError."""
    with _folder_to_sync(path.parent if synced else None) as sync_it:
        try:
            _write(path, content, synced=synced, owner_of=path.parent)
        except FileExistsError:
            raise
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
        sync_it()


def make_folder(path: Path, *, parents: bool = False) -> None:
    """Make a folder for its owner only, when there is none. Raises OSError."""
    if not path.is_dir():
        path.mkdir(mode=PRIVATE_FOLDER, parents=parents, exist_ok=True)
        give_to_owner(path, path.parent)


def give_to_owner(path: Path, owner_of: Path) -> None:
    """As root, leave `path` to whom `owner_of` belongs, so that they can use their journal afterwards."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with suppress(OSError):
            owner = (owner_of if owner_of.exists() else owner_of.parent).stat()
            os.chown(path, owner.st_uid, owner.st_gid)


def _write(path: Path, content: bytes, *, synced: bool, owner_of: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE_FILE), "wb") as file:
        give_to_owner(path, owner_of)
        file.write(content)
        file.flush()
        if synced:
            _sync(file.fileno())


@contextmanager
def _folder_to_sync(folder: Path | None) -> Iterator[Callable[[], None]]:
    """Puts the folder's names on the disk when called, where the system can sync folders.

    The folder is opened before anything in it is changed: what cannot be opened stops the change, not its end.
    """
    if folder is None or os.name == "nt":
        yield lambda: None
        return
    descriptor = os.open(folder, os.O_RDONLY)

    def sync_it() -> None:
        try:
            _sync(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise NotSynced(error.errno, error.strerror) from error

    try:
        yield sync_it
    finally:
        with suppress(OSError):
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
