"""Where the store keeps its tables, read as one state and written as one: a file, or memory."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import msgspec

from kneejournal.errors import Unreadable
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import Content
from kneejournal.migrations import Tables

RECORDS = "records"


class JournalStorage:
    """What the store reads and writes through: one state for all that is read, one write at the end."""

    def __init__(self) -> None:
        self._held: Tables | None = None
        self._is_changed = False
        self.to_confirm = False
        """The last days are to be gone through, as of the latest look."""

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
        self._held, self._is_changed = self.load(), False
        try:
            yield
        finally:
            self._held = None

    @contextmanager
    def writing(self, at: datetime) -> Iterator[None]:
        """One state and one write, with nobody else writing; no write when something fails or nothing changes."""
        with self.locked(), self.reading():
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

    @property
    def version(self) -> object:
        """What was read or written last: the same object while every byte of it is the same."""
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
        self._without_lines: Content | None = None
        """What was found to hold something else than lines of records."""

    def locked(self) -> AbstractContextManager[None]:
        return self.file.locked()

    def load(self) -> Tables:
        content = self._content = self.file.read(self._content)
        if content is None:
            self.to_confirm = False
            return {}
        self.to_confirm = content.header.to_confirm or self.file.is_rolled_back(content.header)
        # A file that is parsed already was written by somebody else, or is of an older schema.
        lines = content.lines() if content.parsed is None and content is not self._without_lines else None
        return dict(content.tables) if lines is None else lines

    def read_one_by_one(self) -> None:
        self._without_lines = self._content
        if self._content is not None:
            self._held = dict(self._content.tables)

    @property
    def version(self) -> object:
        return self._content

    def signature(self) -> object:
        return self.file.signature()

    def understood(self, error: Unreadable) -> Unreadable:
        return self.file.newer() if self._content and self._content.is_newer else error

    def keep_copy(self, at: datetime, before: str) -> None:
        if self._content is not None:
            self.file.keep_copy(self._content.raw, self._content.header.revision, at, before)

    def save(self, tables: Tables, at: datetime) -> None:
        content = self._content
        if content is not None:
            self.file.keep_older(content, at)
        raw, header = (content.raw, content.header) if content else (None, None)
        self._content = self.file.replace(tables, raw, header, at, to_confirm=self.to_confirm)
