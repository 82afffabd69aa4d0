"""Looks at a journal's file, its records and its backups, and changes nothing."""

from datetime import date

from msgspec import Struct

from kneejournal.backups import Backup
from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.snapshot import Snapshot
from kneejournal.errors import KneejournalError
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import Content, Header
from kneejournal.migrations import Tables
from kneejournal.storage import MemoryStorage
from kneejournal.store import Store


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at: whether it is well, and what to do when it is not."""

    name: str
    is_well: bool
    text: str


class Examination(Struct, frozen=True):
    """What can be said of one journal's file."""

    file: JournalFile

    def findings(self, today: date) -> tuple[Finding, ...]:
        """Everything that can be checked without changing anything."""
        found: list[Finding] = []
        content, ahead = None, self._ahead()
        try:
            content = self.file.read()
            text = _described(content) if content else "there is none yet"
            found.append(Finding(name="journal", is_well=True, text=text))
        except KneejournalError as error:
            found.append(Finding(name="journal", is_well=False, text=str(error)))
        if content is not None:
            found += self._latest(content, ahead)
            found += self._records(content, today)
            if not isinstance(ahead, KneejournalError):
                found.append(self._age(content, ahead.header if ahead else None))
            found.append(self._mode())
        return (*found, self._leftovers(), *self._backups(content))

    def _records(self, content: Content, today: date) -> list[Finding]:
        try:
            snapshot = loaded(content.tables)
        except KneejournalError as error:
            return [Finding(name="records", is_well=False, text=str(error))]
        ahead = sorted({r.day for r in snapshot.live if r.day > today})
        lost = lost_shoes(snapshot)
        are = "1 day is" if len(ahead) == 1 else f"{len(ahead)} days are"
        days = f"{are} still to come, the last {ahead[-1]}" if ahead else "none is of a day to come"
        runs = "1 run names" if len(lost) == 1 else f"{len(lost)} runs name"
        shoes = f"{runs} shoes that are not there" if lost else "every run's shoes are there"
        return [
            Finding(name="records", is_well=True, text=f"{len(snapshot.records)}, every one valid"),
            Finding(name="days", is_well=not ahead, text=days),
            Finding(name="shoes", is_well=not lost, text=shoes),
        ]

    def _age(self, content: Content, ahead: Header | None) -> Finding:
        if self.file.is_to_confirm(content.header, ahead):
            text = "the journal was restored or is an older version; go through the last days: kneejournal confirm"
            return Finding(name="version", is_well=False, text=text)
        return Finding(name="version", is_well=True, text="the newest this machine knows")

    def _mode(self) -> Finding:
        found = self.file.real_path.stat()
        mode, links = found.st_mode & 0o777, found.st_nlink
        if mode & 0o077:
            return Finding(name="privacy", is_well=False, text=f"others may read it (mode {mode:o}); chmod 600 it")
        if links > 1:
            return Finding(name="privacy", is_well=False, text="it has another name (a hard link), which a save leaves")
        return Finding(name="privacy", is_well=True, text="readable by you only")

    def _leftovers(self) -> Finding:
        left = self.file.leftovers()
        names = ", ".join(path.name for path in left)
        text = f"left by a write that was stopped, gone with the next: {names}" if left else "none"
        return Finding(name="temporary files", is_well=not left, text=text)

    def _ahead(self) -> Content | KneejournalError | None:
        """Changes beside the journal, or why they cannot be read. To be looked at first: they may be settled now."""
        try:
            return self.file.ahead.read()
        except KneejournalError as error:
            return error

    def _latest(self, content: Content, ahead: Content | KneejournalError | None) -> list[Finding]:
        """What is to be said of changes that a program which was stopped has left beside the journal."""
        if ahead is None:
            return []
        try:
            if isinstance(ahead, KneejournalError):
                raise ahead
            self.file.ahead.put_into(dict(content.tables), content.header, ahead)
        except KneejournalError as error:
            return [Finding(name="latest changes", is_well=False, text=str(error))]
        text = f"in {self.file.ahead.path.name}, left by a program that was stopped; the next change takes them in"
        return [Finding(name="latest changes", is_well=True, text=text)]

    def _backups(self, content: Content | None) -> list[Finding]:
        copies = self.file.backups.all()
        bad = [(backup.path.name, why) for backup in copies if (why := why_bad(self.file, backup)) is not None]
        found = [Finding(name="backups", is_well=False, text=f"{name}: {why}") for name, why in bad]
        behind = content is not None and (not copies or copies[0].revision < content.header.revision)
        if behind:
            found.append(Finding(name="backups", is_well=False, text="the newest is older than the journal"))
        if not found:
            found.append(Finding(name="backups", is_well=True, text=f"{len(copies)}, every one read and whole"))
        return found


def _described(content: Content) -> str:
    older = f"; of schema {content.header.schema}, migrated with the next change" if content.is_older else ""
    return f"revision {content.header.revision}, checksum right{older}"


def why_bad(file: JournalFile, backup: Backup) -> str | None:
    """Why a backup cannot be used; None when it is read and whole."""
    try:
        loaded(file.parse(backup.path.read_bytes()).tables)
    except (KneejournalError, OSError) as error:
        return str(error)
    return None


def loaded(tables: Tables) -> Snapshot:
    """The journal in `tables`, validated. Raises Unreadable."""
    return Store(MemoryStorage(tables)).load()


def lost_shoes(snapshot: Snapshot) -> tuple[Run, ...]:
    """The runs that name shoes which the journal does not have."""
    known = {record.id for record in snapshot.records.values() if isinstance(record, Shoe)}
    return tuple(r for r in snapshot.live if isinstance(r, Run) and r.shoe_id and r.shoe_id not in known)
