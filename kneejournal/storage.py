"""Where the store keeps its tables, read as one state and written as one: a file, or memory."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import msgspec

from kneejournal.ahead import MOST
from kneejournal.errors import Unreadable
from kneejournal.glance import Glance
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import Content, Header
from kneejournal.journal_lines import RecordLines
from kneejournal.migrations import Tables
from kneejournal.seen import Seen

RECORDS = "records"


class JournalStorage:
    """What the store reads and writes through: one state for all that is read, one write at the end."""

    def __init__(self) -> None:
        self._held: Tables | None = None
        self._is_changed = False
        self.to_confirm = False
        """The last days are to be gone through, as of the latest look."""
        self.writes_ahead = False
        """Whether small changes are written ahead of the journal's own file, to be settled in it later."""

    def read(self) -> Tables | None:
        if self._held is None:
            raise RuntimeError("the journal is read as a whole, inside reading() or writing()")
        return self._held

    def write(self, data: Tables) -> None:
        self._held, self._is_changed = data, True

    def read_one_by_one(self) -> None:
        """From here on, `read` answers with every record as a document of its own."""

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read inside is of one and the same state."""
        with self._holding(self.load()):
            yield

    @contextmanager
    def _holding(self, tables: Tables) -> Iterator[None]:
        self._held, self._is_changed = tables, False
        try:
            yield
        finally:
            self._held = None

    @contextmanager
    def writing(self, at: datetime) -> Iterator[None]:
        """One state and one write, with nobody else writing; no write when something fails or nothing changes."""
        with self.locked(), self._holding(self.load_to_write()):
            yield
            if self._is_changed and self._held is not None:
                self.save(self._held, at)

    def locked(self) -> AbstractContextManager[None]:
        """Keeps others from writing."""
        return nullcontext()

    def signature(self) -> object:
        """Something that differs when what is stored may have changed."""
        return None

    def understood(self, error: Unreadable) -> Unreadable:
        """`error` of what is stored, or what it comes from."""
        return error

    def keep_copy(self, at: datetime, before: str) -> None:
        """Keep a copy of the journal as it was before something that changes much of it."""

    def load(self) -> Tables:
        """The tables as they are stored now; none when there is no journal yet."""
        raise NotImplementedError

    def load_to_write(self) -> Tables:
        """The same, where it is looked at again before it is replaced."""
        return self.load()

    @property
    def version(self) -> object:
        """What was read or written last: the same object while every byte of it is the same."""
        raise NotImplementedError

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was written ahead waits to come into the journal's own file."""
        return True

    def settle(self, at: datetime) -> "tuple[JournalStorage, bool]":
        """Bring what was written ahead into the journal's own file. See FileStorage."""
        raise NotImplementedError

    def adopt(self, settled: "JournalStorage") -> None:
        """Know that what is stored is what `settled` wrote, and the same as before."""
        raise NotImplementedError

    def save(self, tables: Tables, at: datetime) -> None:
        """Store the tables, whole or not at all."""
        raise NotImplementedError


class MemoryStorage(JournalStorage):
    """A journal that ends with the program, for samples and tests."""

    def __init__(self, tables: Tables | None = None) -> None:
        super().__init__()
        self._bytes = msgspec.json.encode(tables or {})

    def load(self) -> Tables:
        return msgspec.json.decode(self._bytes, type=dict[str, dict[str, Any]])

    @property
    def version(self) -> object:
        return self._bytes

    def save(self, tables: Tables, at: datetime) -> None:  # noqa: ARG002
        self._bytes = msgspec.json.encode(tables)


class FileStorage(JournalStorage):
    """A journal in a file."""

    def __init__(self, file: JournalFile) -> None:
        super().__init__()
        self.file = file
        self._content: Content | None = None
        self._ahead: Content | None = None
        self._version: tuple[Content | None, Content | None] = (None, None)
        self._glance = Glance(file.signature)
        self._seen = Seen()
        self._without_lines: Content | None = None
        """What was found to hold something else than lines of records."""

    def locked(self) -> AbstractContextManager[None]:
        return self.file.locked()

    def load(self) -> Tables:
        # In this order: what is written or settled in between is read twice then, and never missed.
        self._seen = self.file.seen()
        if self._glance.is_recent:
            return self._loaded()
        try:
            self._glance.take()
            ahead = self.file.ahead.read(self._ahead)
            self._know(self.file.read(self._content), ahead)
        except BaseException:
            self._glance.forget()
            raise
        return self._loaded()

    def load_to_write(self) -> Tables:
        """Without reading it again when it looks the same: the look before the replacing is at every byte."""
        self._seen = self.file.seen()
        return self._loaded() if self._glance.is_same else self.load()

    def _loaded(self) -> Tables:
        content = self._content
        if content is None:
            self.to_confirm = False
            return {}
        self.to_confirm = self._seen.is_to_confirm(content.header, self._ahead.header if self._ahead else None)
        # A file that is parsed already was written by somebody else, or is of an older schema.
        lines = content.lines() if content.parsed is None and content is not self._without_lines else None
        tables = dict(content.tables) if lines is None else lines
        self._bring_in(tables)
        return tables

    def _know(self, content: Content | None, ahead: Content | None) -> None:
        self._content, self._ahead = content, ahead
        if self._version[0] is not content or self._version[1] is not ahead:
            self._version = (content, ahead)

    def _bring_in(self, tables: Tables) -> None:
        if self._content and self._ahead:
            self.file.ahead.put_into(tables, self._content.header, self._ahead)

    def read_one_by_one(self) -> None:
        self._without_lines = self._content
        if self._content is not None:
            self._held = dict(self._content.tables)
            self._bring_in(self._held)

    @property
    def version(self) -> object:
        return self._version

    @property
    def is_settled(self) -> bool:
        return self._ahead is None

    def signature(self) -> object:
        return self.file.signature()

    def understood(self, error: Unreadable) -> Unreadable:
        return self.file.newer() if self._content and self._content.is_newer else error

    def keep_copy(self, at: datetime, before: str) -> None:
        if self._content is not None:
            self.file.keep_copy(self._content.raw, self._content.header.revision, at, before)

    def save(self, tables: Tables, at: datetime) -> None:
        content, known = self._content, self._ahead.raw if self._ahead else None
        self._glance.forget()
        if self._ahead and self._ahead.is_newer:
            raise self.file.newer()
        if content is not None and self._may_write_ahead(tables, content.header):
            changed = {**tables, RECORDS: tables[RECORDS].new}
            self._know(content, self.file.write_ahead(changed, content.header, known, to_confirm=self.to_confirm))
        else:
            if content is not None:
                self.file.keep_older(content, at)
            raw, header = (content.raw, content.header) if content else (None, None)
            self._know(self.file.replace(tables, raw, header, at, to_confirm=self.to_confirm, taken_in=known), None)
        self._glance.take_after_writing()

    def _may_write_ahead(self, tables: Tables, header: Header) -> bool:
        """Whether it can be counted on that the journal follows: this machine has replaced this very file before."""
        records = tables.get(RECORDS)
        is_small = isinstance(records, RecordLines) and len(records.new) <= MOST
        return self.writes_ahead and is_small and self.to_confirm == header.to_confirm and self._seen.is_of(header)

    def settle(self, at: datetime) -> "tuple[FileStorage, bool]":
        """Bring what was written ahead into the journal, without touching this storage, in a thread of its own.

        Answers with the storage that did it, and whether it found just what this one knows. Raises Unreadable, and
        ChangedMeanwhile when another program wrote the file in between: nothing is lost, and it can be tried again.
        """
        other = FileStorage(self.file)
        other._know(*self._version)
        other._without_lines = self._without_lines
        with other.writing(at):
            is_same = other._content is self._content and other._ahead is self._ahead
            if other._held is not None and not other.is_settled:
                other.write(other._held)
        return other, is_same

    def adopt(self, settled: JournalStorage) -> None:
        if isinstance(settled, FileStorage):
            self._know(settled._content, settled._ahead)
            self._glance = settled._glance
