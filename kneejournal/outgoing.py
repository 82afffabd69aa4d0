"""Puts what goes out of a journal into a file of its own: whole, for its owner only, never over another unasked."""

import os
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

from platformdirs import user_documents_path

from kneejournal.domain.text import clean
from kneejournal.errors import Unreadable
from kneejournal.files import NotSynced, create_file, replace_file
from kneejournal.paths import Places

REPORT_ENDING = "-report.html"


def free_path(folder: Path, day: date, ending: str = ".json") -> Path:
    """A name that is not taken: kneejournal-2026-11-22.json, then -2, -3 and so on."""
    stem = f"kneejournal-{day.isoformat()}"
    numbered = (folder / f"{stem}{'' if number == 1 else f'-{number}'}{ending}" for number in count(1))
    return next(path for path in numbered if not os.path.lexists(path))


def usual_folder(places: Places) -> Path:
    """Where files go that nobody named a place for: the documents, else the home, else beside the journal's data."""
    return writable_folder((user_documents_path(), Path.home(), places.data))


def writable_folder(folders: tuple[Path, ...]) -> Path:
    """The first folder that exists and can be shown as it is; the last one otherwise."""
    return next((f for f in folders if f.is_dir() and clean(str(f)) == str(f)), folders[-1])


def check_target(path: Path, places: Places) -> None:
    """Whether `path` can be a file to write at all, and is not the journal. Raises Unreadable."""
    if os.path.realpath(path) == os.path.realpath(places.journal):
        raise Unreadable(f"{path} is the journal itself. Name another file.")
    if (path.exists() and not path.is_file()) or path.absolute().parts[1:2] in (("dev",), ("proc",)):
        raise Unreadable(f"{path} is not a file. Name a file.", "Or - for standard output.")


def taken(path: Path) -> Unreadable:
    """What is said of a name that is taken."""
    return Unreadable(f"{path} exists already, and nothing is written over it. Choose another name.", "Or add --force.")


def put(path: Path, content: bytes, *, may_replace: bool = False) -> None:
    """Write `content` to `path`, readable by its owner only. Raises Unreadable, and leaves nothing half written."""
    try:
        if may_replace:
            replace_file(path, content)
        else:
            create_file(path, content)
    except FileExistsError as error:
        raise taken(path) from error
    except (OSError, ValueError) as error:
        if isinstance(error, NotSynced) and not may_replace:
            with suppress(OSError):
                path.unlink()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(f"{path} could not be written: {reason}. Choose another place.") from error
