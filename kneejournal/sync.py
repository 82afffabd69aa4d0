"""Brings the journals of one person's machines together, through a folder that they share."""

import glob
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from kneejournal.device import NAMELESS, read_device
from kneejournal.domain.gather import Gathered, Others, gather, knowingly_replaced
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.snapshot import Edit, Snapshot, applied
from kneejournal.errors import KneejournalError, Unreadable
from kneejournal.examination import loaded
from kneejournal.files import create_file, make_folder
from kneejournal.interop.journal_json import Document, write_document
from kneejournal.interop.shared_folder import NOTHING_CHANGED, Exchanged, SharedFolder, read_regular
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.locks import Held, locked
from kneejournal.paths import Places

LOCK_SECONDS = 10.0
NOTHING = Exchanged(document=Document(profile=Profile(), records=()))


class Synced(Struct, frozen=True, kw_only=True):
    """What came, what went out, and what was noticed on the way."""

    came: Gathered
    sent: tuple[AnyRecord, ...]
    sends_settings: bool
    to_come: tuple[date, ...]
    """Days after today of which entries were left for later: a clock is ahead somewhere."""
    left_out: tuple[str, ...]
    """Why files could not be read, a sentence each."""
    copies: tuple[str, ...]
    """Second versions that a sync program left; they are taken over, and no longer needed."""
    own_file: Path
    kept_in: Path
    """Where versions of this machine are kept that newer ones replaced."""

    @property
    def is_nothing(self) -> bool:
        return self.came.edit.is_empty and not (self.sent or self.sends_settings)


def synchronise(journal: Journal, places: Places, folder: Path, *, dry_run: bool = False) -> Synced:
    """Take over what other machines wrote, and write this machine's file in `folder` for them; both or neither.

    What comes is written at once or not at all, with a backup before it. Nothing is written where nothing is new.
    `dry_run` only says what would happen. Raises Unreadable; the journal is as it was then, unless it says otherwise.
    """
    if dry_run:
        return _Exchange(journal, places, folder).synced
    with _alone(places):
        exchange = _Exchange(journal, places, folder)
        exchange.carry_out()
        return exchange.synced


class _Exchange:
    """One sync of one journal with one folder, planned on what both hold when it begins."""

    def __init__(self, journal: Journal, places: Places, folder: Path) -> None:
        self._journal = journal
        self._now = journal.now()
        self._device = _device(places)
        file = JournalFile(places.journal, places.data / "seen")
        _check_folder(folder, file)
        self._kept_in = places.journal.with_name(f"{places.journal.name}.superseded")
        self._folder = SharedFolder(folder, self._device)
        self._shared = self._folder.read()
        self._before = journal.snapshot()
        self._today = journal.day_of(self._before)
        own = self._shared.files.get(self._folder.own.name, NOTHING)
        self._told = {record.id: record for record in own.document.records}
        self._replaced = own.replaced | knowingly_replaced(self._told, self._before, self._device)
        beside = _copies_beside(file)
        self._files = (*self._shared.files.values(), *beside.values())
        came = self._gathered(self._before)
        self._after = applied(came.edit, self._before, self._now)
        is_told = self._told == self._after.records and own.document.profile == self._after.profile
        self._is_told = is_told and not self._shared.own_is_damaged
        self.synced = self._described(came, tuple(beside))

    def carry_out(self) -> None:
        """Change the journal and this machine's file, as far as anything is new."""
        if self._is_told:
            self._take_over()
            return
        if self._shared.own_is_damaged:
            self._folder.set_aside(self._now)
        self._folder.write(self._after, self._replaced, self._now, self._take_over)

    def _take_over(self) -> None:
        if not self.synced.came.edit.is_empty:
            self._journal.sync(self._edit)

    def _edit(self, snapshot: Snapshot) -> Edit:
        came = self._gathered(snapshot)
        if came.gave_way or came.replaces_settings:
            lost = Snapshot(records={r.id: r for r in came.gave_way}, profile=snapshot.profile)
            _keep(lost, self._kept_in, self._now)
        return came.edit

    def _gathered(self, snapshot: Snapshot) -> Gathered:
        others = Others(
            records=tuple(r for file in self._files for r in file.document.records if not self._is_to_come(r)),
            profiles=tuple(file.document.profile for file in self._files),
            replaced=self._replaced.union(*(file.replaced for file in self._files)),
        )
        return gather(snapshot, others, self._device)

    def _is_to_come(self, record: AnyRecord) -> bool:
        """Whether it is new, and a clock is wrong. Where it is tomorrow already, it was lived through before now."""
        is_later = record.day > self._today and record.recorded_at > self._now
        return is_later and record.id not in self._before.records

    def _described(self, came: Gathered, beside: tuple[str, ...]) -> Synced:
        known = {record for file in self._files for record in file.document.records}
        profile = self._after.profile
        return Synced(
            came=came,
            sent=tuple(record for record in self._after.records.values() if record not in known),
            sends_settings=profile.is_set_up and all(file.document.profile != profile for file in self._files),
            to_come=tuple(sorted({record.day for record in known if self._is_to_come(record)})),
            left_out=self._shared.left_out,
            copies=(*self._shared.copies, *beside),
            own_file=self._folder.own,
            kept_in=self._kept_in,
        )


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Keeps another sync of this machine from writing the same file. Raises Unreadable."""
    _device(places)
    path = places.data / "sync.lock"
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path, LOCK_SECONDS))
        except Held as error:
            raise Unreadable(f"Another sync is at work.{NOTHING_CHANGED} Try again.") from error
        except OSError as error:
            raise Unreadable(f"{path} cannot be written: {error.strerror}.{NOTHING_CHANGED}") from error
        yield


def _device(places: Places) -> str:
    name = read_device(places.device)
    if name == NAMELESS:
        raise Unreadable(f"{places.device} cannot be written, so this machine has no name.{NOTHING_CHANGED}")
    return name


def _check_folder(folder: Path, file: JournalFile) -> None:
    if folder.resolve() == file.real_path.parent:
        raise Unreadable(f"{folder} holds the journal itself. Name a folder for the copies that machines exchange.")


def _copies_beside(file: JournalFile) -> Mapping[str, Exchanged]:
    """Second versions of the journal that a sync program left beside it, by name.

    They bear the mark of the same journal; whatever else is there, another person's journal above all, is left alone.
    """
    found: dict[str, Exchanged] = {}
    stem, suffix = glob.escape(file.real_path.stem), glob.escape(file.real_path.suffix)
    paths = sorted(file.real_path.parent.glob(f"{stem}?*{suffix}"))
    content = file.read() if paths else None
    for path in paths if content else ():
        try:
            other = file.parse(read_regular(path))
            if content and other.header.journal == content.header.journal:
                snapshot = loaded(other.tables)
                document = Document(profile=snapshot.profile, records=tuple(snapshot.records.values()))
                found[path.name] = Exchanged(document=document)
        except (KneejournalError, OSError):
            continue
    return found


def _keep(lost: Snapshot, folder: Path, at: datetime) -> None:
    """Keep versions that newer ones replace, as an export that can be read and imported. Raises Unreadable."""
    content = write_document(lost, at)
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%S}Z-{hashlib.sha256(content).hexdigest()[:8]}.json"
    try:
        make_folder(folder)
        create_file(folder / name, content)
    except FileExistsError:
        return
    except OSError as error:
        raise Unreadable(f"{folder} cannot be written: {error.strerror}.{NOTHING_CHANGED}") from error
