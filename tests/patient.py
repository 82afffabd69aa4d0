"""A journal on the disk for doctor to look after."""

from collections.abc import Callable

import pytest

from kneejournal.doctor import Doctor
from kneejournal.domain.records import Pain
from tests.domain.stories import TODAY, at
from tests.kept import Kept
from tests.torture.rig import tree

NOW = at(TODAY, 21)


class Patient(Kept):
    """A journal on the disk of four revisions: the setup, and a pain of 1, 2 and 3, each with a note of its number."""

    first = (1, 2, 3)

    @property
    def doctor(self) -> Doctor:
        return Doctor(self.file)

    def id_of(self, score: int) -> str:
        """The id of the entry with that pain."""
        return next(r.id for r in self.journal.entries() if isinstance(r, Pain) and r.pain.worst == score)

    def damage(self) -> bytes:
        """Cut the file off within its undo list."""
        self.path.write_bytes(self.path.read_bytes()[:-30])
        return self.path.read_bytes()

    def change_outside(self) -> None:
        self.path.write_bytes(self.path.read_bytes().replace(b"note 3", b"by hand"))

    def lose_backups(self) -> None:
        for backup in self.doctor.backups():
            backup.path.unlink()

    def lose_memory(self) -> None:
        """What this machine knows of the journal is gone, as on a new one."""
        for path in self.state.iterdir():
            path.unlink()


def refusal(kind: type[Exception], attempt: Callable[[], object], patient: Patient) -> str:
    """What is said by an attempt that has to change nothing."""
    before = tree(patient.path.parent)
    with pytest.raises(kind) as told:
        attempt()
    assert tree(patient.path.parent) == before
    return str(told.value)
