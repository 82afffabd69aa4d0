"""Reads what is to be brought in, journals or runs, before anything of it is written."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from kneejournal.domain.found_runs import Found
from kneejournal.domain.merge import newer_profile
from kneejournal.domain.text import clean_line
from kneejournal.domain.units import Units
from kneejournal.errors import Unreadable, WrongUsage
from kneejournal.interop import journal_json
from kneejournal.interop.journal_json import Document, read_document
from kneejournal.interop.run_files import Opened, Watching, find_runs

BIG_BYTES = 5_000_000
"""Files from this size on take so long that it is told how far they were read."""


class Incoming(Struct, frozen=True, kw_only=True):
    """What files hold: runs, or else a journal."""

    source: str
    """The names of the files."""
    content: Found | Document


def read_in(
    files: Sequence[Opened], today: date, units: Units | None = None, watching: Watching = lambda _: None
) -> Incoming:
    """What these files hold; several journals are as one. Nothing is written, and no journal is looked at.

    Raises WrongUsage when some are journals and some are not, UnitUnknown, BadData for what is damaged, Unreadable.
    """
    source = ", ".join(file.name for file in files)
    journals = [file for file in files if file.kind == "journal"]
    if not journals:
        return Incoming(source=source, content=find_runs(files, units, watching))
    if len(journals) < len(files):
        raise WrongUsage("Journals and runs are imported one after the other, each with a command of its own.")
    documents = [read_document(_whole(file), file.name, today) for file in files]
    return Incoming(source=source, content=_together(documents))


def capped(read: Callable[[int], bytes], name: str) -> bytes:
    """All that `read` gives. Raises Unreadable when that is more than a journal may have."""
    shown = clean_line(name)
    try:
        raw = read(journal_json.MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"“{shown}” cannot be read: {error.strerror}. Nothing was changed.") from error
    if len(raw) > journal_json.MAX_BYTES:
        raise Unreadable(f"“{shown}” is bigger than {journal_json.MAX_BYTES // 1_000_000} MB. Nothing was changed.")
    return raw


def progress_line(name: str, read: int, size: int) -> str:
    """How far the file `name` was read, of `size` bytes; empty for a file that is read in a moment."""
    if size < BIG_BYTES:
        return ""
    return f"Reading {clean_line(name)}: {read * 100 // size} % of {size // 1_000_000} MB"


def _whole(file: Opened) -> bytes:
    if file.path is None:
        return file.raw
    try:
        with file.path.open("rb") as stream:
            return capped(stream.read, file.name)
    except OSError as error:
        raise Unreadable(f"“{file.name}” cannot be read: {error.strerror}. Nothing was changed.") from error


def _together(documents: Iterable[Document]) -> Document:
    """Several journals as one: all records, and the profile that was written last."""
    first, *others = documents
    profile = first.profile
    for document in others:
        profile = newer_profile(profile, document.profile)
    return Document(profile=profile, records=tuple(r for document in (first, *others) for r in document.records))
