"""Looks after a journal: brings it back, goes back to a backup, takes an entry out for good."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kneejournal.backups import Backup
from kneejournal.domain.days import short_day
from kneejournal.errors import BadData, KneejournalError, Unreadable
from kneejournal.examination import loaded, why_bad
from kneejournal.files import create_file
from kneejournal.journal_file import ChangedMeanwhile, JournalFile
from kneejournal.journal_format import ChangedOutside, Content, Newer, NotMigrated, encoded
from kneejournal.migrations import Tables
from kneejournal.salvage import salvage, with_ahead, with_records
from kneejournal.store import TRIES

STILL_THERE = "Exports, other machines and files set aside as damaged may still have it."


class Doctor:
    """Looks after one journal's file. Nothing is ever overwritten that was not read and found whole."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def repair(self, at: datetime) -> str:
        """Bring a damaged or missing journal back; says what was done.

        A copy of the file that cannot be read is kept under another name. What comes back is the newest good backup,
        with the records that only the damaged file has. The last days are to be confirmed then.
        Raises BadData when nothing is wrong, Unreadable when there is no good backup and nothing to salvage.
        """
        return self._undisturbed(lambda: self._repair(at))

    def _repair(self, at: datetime) -> str:
        raw, ahead = self._file.read_bytes(), self._file.ahead.read_bytes()
        self._refuse_newer()
        if self._is_whole():
            raise BadData("The journal is whole: there is nothing to repair.")
        content = self._file.read() if raw is not None and self._is_whole(alone=True) else None
        backup = None if content else self._newest_good()
        is_up_to_date = backup is not None and backup.revision >= self._file.seen().revision > 0
        salvaged = () if is_up_to_date else salvage(raw or b"")
        base = self._content_of(backup) if backup else content
        tables, newest = with_records(base.tables if base else {}, salvaged)
        tables, latest = with_ahead(tables, base.header if base else None, self._file.ahead, ahead or b"")
        if base is None and not newest + latest:
            raise Unreadable("There is no good backup, and nothing in the file can be read. It was left as it is.")
        damaged = [found for found in (None if content else raw, ahead) if found is not None]
        aside = [self._keep_aside(found, at).name for found in damaged]
        self._file.replace(tables, raw, base.header if base else None, at, to_confirm=True, taken_in=ahead)
        came = "no backup" if content is None else "the journal"
        if backup:
            came = f"backup of revision {backup.revision}, {_local_day(backup, at)}"
        kept = f" The damaged file is kept as {' and '.join(aside)}." if aside else ""
        return f"Brought back from {came}, and {newest + latest} newer entries from the file itself.{kept}"

    def accept(self, at: datetime) -> str:
        """Take a journal that another program changed as it is. Raises BadData when nobody changed it."""
        return self._undisturbed(lambda: self._accept(at))

    def _accept(self, at: datetime) -> str:
        raw = self._file.read_bytes()
        self._refuse_newer()
        try:
            self._file.read()
        except ChangedOutside:
            content = self._file.parse_unchecked(raw or b"")
        else:
            raise BadData("No other program changed the journal: there is nothing to accept.")
        loaded(content.tables)
        ahead = self._file.ahead.read()
        tables = content.tables
        if ahead is not None:
            self._file.ahead.put_into(tables, content.header, ahead)
        # Its checksum is not right, so that it can be none of the backups, where an older schema is kept otherwise.
        aside = self._keep_aside(content.raw, at) if content.is_older else None
        taken_in = ahead.raw if ahead else None
        self._file.replace(tables, raw, content.header, at, to_confirm=True, taken_in=taken_in)
        return "The journal was taken as it is." + (f" The file as it was is kept as {aside.name}." if aside else "")

    def backups(self) -> tuple[Backup, ...]:
        """Every copy of the journal, the newest first."""
        return self._file.backups.all()

    def backup_of(self, revision: int) -> Backup:
        """The newest copy of that revision. Raises BadData when there is none."""
        for backup in self.backups():
            if backup.revision == revision:
                return backup
        known = ", ".join(str(backup.revision) for backup in self.backups()) or "none"
        raise BadData(f"There is no backup of revision {revision}. There are: {known}.")

    def restore(self, wanted: Backup, at: datetime) -> str:
        """Go back to a backup; the journal as it is now is kept as one more. Raises Unreadable when it is not good."""
        return self._undisturbed(lambda: self._restore(wanted, at))

    def _restore(self, wanted: Backup, at: datetime) -> str:
        self._refuse_newer()
        old = self._content_of(wanted)
        content = self._settled(at)
        if content is not None:
            self._file.keep_copy(content.raw, content.header.revision, at, "restore")
            self._file.keep_older(content, at)
        header = content.header if content else old.header
        self._file.replace(old.tables, content.raw if content else None, header, at, to_confirm=True)
        return f"Went back to revision {wanted.revision}, {_local_day(wanted, at)}."

    def purge(self, record_id: str, at: datetime) -> str:
        """Take a record out of every backup, the journal and its undo list, for good. Raises BadData.

        The journal comes last: a purge that was stopped half way can be done again. A copy of an older schema that has
        the record is written in the newest, and so is the journal: what is to be gone stays in no older version.
        """
        return self._undisturbed(lambda: self._purge(record_id, at))

    def _purge(self, record_id: str, at: datetime) -> str:
        self._refuse_newer()
        content = self._settled(at)
        if content is not None:
            loaded(content.tables)
        if content is None or record_id not in content.tables.get("records", {}):
            raise BadData("There is no such entry. kneejournal entries shows the ids.")
        for backup in self._file.backups.all():
            self._purge_backup(backup, record_id)
        kept, to_confirm = without(content.tables, record_id), self._file.is_to_confirm(content.header)
        self._file.replace(kept, content.raw, content.header, at, to_confirm=to_confirm)
        return f"Taken out of the journal and of every backup. {STILL_THERE}"

    def _undisturbed(self, work: Callable[[], str]) -> str:
        """Do `work` under the lock, and anew when another program wrote the file in between."""
        for _ in range(TRIES):
            with self._file.locked():
                try:
                    return work()
                except ChangedMeanwhile:
                    continue
                except OSError as error:
                    where = error.filename or self._file.path
                    raise Unreadable(
                        f"{where} cannot be read or written: {error.strerror or error}. "
                        "The journal itself was not changed; try again."
                    ) from error
        raise Unreadable("Another program keeps writing the journal, so nothing was changed. Stop it and try again.")

    def _settled(self, at: datetime) -> Content | None:
        """The journal with all that was written ahead of it, which is gone then; None when there is no journal.

        What is taken out of the journal afterwards must not come back from there. Raises Unreadable and OSError.
        """
        ahead, content = self._file.ahead.read(), self._file.read()
        if ahead is None or content is None:
            return content
        tables = dict(content.tables)
        self._file.ahead.put_into(tables, content.header, ahead)
        to_confirm = self._file.is_to_confirm(content.header, ahead.header)
        settled = self._file.replace(tables, content.raw, content.header, at, to_confirm=to_confirm, taken_in=ahead.raw)
        self._file.ahead.path.unlink(missing_ok=True)
        return settled

    def _refuse_newer(self) -> None:
        """A file of a newer kneejournal is left alone, whatever is wrong with it."""
        for raw in (self._file.read_bytes(), self._file.ahead.read_bytes()):
            try:
                is_newer = self._file.parse_unchecked(raw or b"").is_newer
            except Newer:
                raise
            except Unreadable:
                continue
            if is_newer:
                raise self._file.newer()

    def _purge_backup(self, backup: Backup, record_id: str) -> None:
        """A copy that cannot be written without the record goes; a damaged one goes since it may have it."""
        content: Content | None = None
        try:
            raw = backup.path.read_bytes()
            content = self._file.parse(raw)
        except NotMigrated:
            pass
        except (Unreadable, OSError):
            backup.path.unlink(missing_ok=True)
            return
        if record_id.encode() not in raw:
            return
        if content is None or content.is_newer:
            backup.path.unlink(missing_ok=True)
            return
        header, tables = content.header, without(content.tables, record_id)
        raw, _ = encoded(tables, backup.revision, header.journal, to_confirm=header.to_confirm)
        self._file.backups.keep(raw, backup.revision, backup.made_at, backup.before)

    def _is_whole(self, *, alone: bool = False) -> bool:
        """Whether the journal can be read, with what was written ahead of it unless it is looked at `alone`."""
        try:
            content, ahead = self._file.read(), None if alone else self._file.ahead.read()
            if content is not None:
                loaded(content.tables)
                if ahead is not None:
                    self._file.ahead.put_into(dict(content.tables), content.header, ahead)
        except KneejournalError:
            return False
        return True

    def _newest_good(self) -> Backup | None:
        return next((backup for backup in self._file.backups.all() if why_bad(self._file, backup) is None), None)

    def _content_of(self, backup: Backup) -> Content:
        """What a backup holds, validated. Raises Unreadable."""
        try:
            content = self._file.parse(backup.path.read_bytes())
        except OSError as error:
            raise Unreadable(f"The backup {backup.path} cannot be read: {error.strerror}.") from error
        loaded(content.tables)
        return content

    def _keep_aside(self, raw: bytes, at: datetime) -> Path:
        """Keep a copy of the damaged file under a name that nothing has yet."""
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        path = self._file.real_path
        for number in range(1, 1000):
            aside = path.with_name(f"{path.name}.damaged-{stamp}{f'-{number}' if number > 1 else ''}")
            if aside.exists() and aside.read_bytes() == raw:
                return aside
            if not aside.exists():
                create_file(aside, raw)
                return aside
        raise Unreadable(f"{path.parent} is full of damaged journals. Look after them first.")


def without(tables: Tables, record_id: str) -> Tables:
    """`tables` without a record, in the undo list too."""
    records = {key: value for key, value in tables.get("records", {}).items() if key != record_id}
    changes = {
        key: change
        for key, change in tables.get("changes", {}).items()
        if record_id not in change["wrote"] and all(before["id"] != record_id for before in change["before"])
    }
    return {**tables, "records": records, "changes": changes}


def _local_day(backup: Backup, at: datetime) -> str:
    return short_day(backup.made_at.astimezone(at.tzinfo).date())
