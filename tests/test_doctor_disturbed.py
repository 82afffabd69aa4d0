"""Doctor beside other programs that write, and on a disk that fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kneejournal.backups import Backups
from kneejournal.doctor import Doctor
from kneejournal.errors import Unreadable
from kneejournal.journal_file import ChangedMeanwhile, JournalFile
from kneejournal.journal_format import Content
from kneejournal.store import TRIES
from tests.patient import NOW, Patient, refusal


@pytest.fixture
def patient(home: Path) -> Patient:
    return Patient(home)


Work = Callable[[Doctor, Patient], str]


def repair(doctor: Doctor, patient: Patient) -> str:
    patient.damage()
    return doctor.repair(NOW)


def accept(doctor: Doctor, patient: Patient) -> str:
    patient.change_outside()
    return doctor.accept(NOW)


def restore(doctor: Doctor, _: Patient) -> str:
    return doctor.restore(doctor.backup_of(3), NOW)


def purge(doctor: Doctor, patient: Patient) -> str:
    return doctor.purge(patient.id_of(3), NOW)


EVERY_WORK = pytest.mark.parametrize("work", [repair, accept, restore, purge])


@EVERY_WORK
def test_what_another_program_disturbs_is_done_again(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    replace, disturbed = JournalFile.replace, list[int]()

    def disturb(self: JournalFile, *arguments: Any, **named: Any) -> Content:
        if len(disturbed) < TRIES - 1:
            disturbed.append(1)
            raise ChangedMeanwhile
        return replace(self, *arguments, **named)

    doctor = patient.doctor
    monkeypatch.setattr(JournalFile, "replace", disturb)
    assert work(doctor, patient)
    assert len(disturbed) == TRIES - 1
    assert patient.file.read() is not None


@EVERY_WORK
def test_what_another_program_disturbs_without_end_is_given_up(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, work: Work
) -> None:
    def disturb(*_: object, **__: object) -> None:
        raise ChangedMeanwhile

    doctor = patient.doctor
    monkeypatch.setattr(JournalFile, "replace", disturb)
    with pytest.raises(Unreadable) as told:
        work(doctor, patient)
    assert str(told.value) == (
        "Another program keeps writing the journal, so nothing was changed. Stop it and try again."
    )


@EVERY_WORK
def test_nobody_else_writes_while_doctor_works(patient: Patient, monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    replace, tried = JournalFile.replace, list[int]()
    monkeypatch.setattr("kneejournal.journal_file.LOCK_SECONDS", 0.0)

    def spied(self: JournalFile, *arguments: Any, **named: Any) -> Content:
        with pytest.raises(Unreadable, match="Another kneejournal"), patient.file.locked():
            pytest.fail("the lock was not held")
        tried.append(1)
        return replace(self, *arguments, **named)

    doctor = patient.doctor
    with monkeypatch.context() as patched:
        patched.setattr(JournalFile, "replace", spied)
        work(doctor, patient)
    assert tried == [1]
    with patient.file.locked():
        pass


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(5, "Input/output error"), "{journal} cannot be read or written: Input/output error. "),
        (OSError(5, "Input/output error", "copy.json"), "copy.json cannot be read or written: Input/output error. "),
        (OSError("odd"), "{journal} cannot be read or written: odd. "),
    ],
)
def test_what_the_disk_refuses_is_said_with_its_name(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    entry = patient.id_of(3)
    monkeypatch.setattr(Backups, "keep", fail)
    told = refusal(Unreadable, lambda: patient.doctor.purge(entry, NOW), patient)
    assert told == said.format(journal=patient.path) + "The journal itself was not changed; try again."
