"""A journal on the disk, to look at, to write and to tamper with."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import KneejournalError
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import END_OF_TABLE, Content, Header, checksum
from kneejournal.store import Store
from tests.domain.stories import TODAY, at
from tests.support import file_storage, new_journal

EVENING = at(TODAY, 20)


class Kept:
    """A journal on the disk with a pain of 3, and what this machine knows of it."""

    first: tuple[int, ...] = (3,)

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.json"
        self.state = folder.parent / "state"
        for score in self.first:
            self.log(score)

    @property
    def journal(self) -> Journal:
        return new_journal(EVENING, file_storage(self.path), set_up=not self.path.exists())[0]

    @property
    def file(self) -> JournalFile:
        return file_storage(self.path).file

    @property
    def store(self) -> Store:
        return Store(file_storage(self.path))

    @property
    def content(self) -> Content:
        content = self.file.read()
        assert content is not None
        return content

    @property
    def header(self) -> Header:
        return self.content.header

    @property
    def scores(self) -> list[int]:
        return sorted(record.pain.worst for record in self.journal.entries() if isinstance(record, Pain))

    def log(self, score: int) -> None:
        self.journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": score}, note=f"note {score}"))

    def with_header(self, *, vouched: bool = True, **fields: object) -> bytes:
        """The file as it is with another header, under a checksum that is right unless it is not `vouched` for."""
        raw = self.path.read_bytes()
        body = raw.partition(END_OF_TABLE)[2]
        before = self.file.parse_unchecked(raw).header
        header = msgspec.convert({**msgspec.to_builtins(before), **fields}, type=Header)
        if vouched:
            header = replace(header, sha256=checksum(header, body))
        changed = b'{\n"header": {\n"1": ' + msgspec.json.encode(header) + END_OF_TABLE + body
        self.path.write_bytes(changed)
        return changed


def told(kind: type[KneejournalError], attempt: Callable[[], object]) -> tuple[str, str]:
    """What an error says, and what it says to do on the command line."""
    with pytest.raises(kind) as error:
        attempt()
    return str(error.value), error.value.hint
