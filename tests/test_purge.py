"""A purged entry is in no file any more, and nothing else is gone with it."""

from pathlib import Path

import pytest

from kneejournal.backups import Backup, Backups
from kneejournal.doctor import STILL_THERE, Doctor
from kneejournal.domain.records import Pain
from kneejournal.errors import BadData
from kneejournal.journal_format import encoded
from tests.domain.stories import TODAY, at
from tests.patient import NOW, Patient, refusal
from tests.support import file_storage
from tests.torture.rig import tree


@pytest.fixture
def patient(home: Path) -> Patient:
    return Patient(home)


def test_a_purge_takes_one_entry_and_leaves_the_others_with_what_can_be_undone(patient: Patient) -> None:
    other = patient.id_of(2)
    patient.journal.edit(other, {"note": "corrected"})
    entry = patient.id_of(3)
    assert patient.doctor.purge(entry, NOW) == f"Taken out of the journal and of every backup. {STILL_THERE}"
    assert patient.scores == [1, 2]
    assert entry.encode() not in b"".join(tree(patient.path.parent).values())
    assert len(patient.journal.snapshot().changes) == 4, "the setup, the pain of 1 and 2, and the correction"
    patient.journal.undo()
    assert {r.note for r in patient.journal.entries() if isinstance(r, Pain)} == {"note 1", "note 2"}


def test_a_purge_goes_on_counting_and_asks_nobody_to_confirm_anything(patient: Patient) -> None:
    before = patient.header
    patient.lose_memory()
    patient.doctor.purge(patient.id_of(3), NOW)
    after = patient.header
    assert (after.journal, after.revision, after.to_confirm) == (before.journal, before.revision + 1, False)


def test_a_purge_leaves_a_journal_to_confirm_as_it_was(patient: Patient) -> None:
    doctor = patient.doctor
    doctor.restore(doctor.backup_of(4), NOW)
    doctor.purge(patient.id_of(3), NOW)
    assert patient.header.to_confirm


def test_a_purge_leaves_a_journal_that_went_back_to_confirm(patient: Patient) -> None:
    older = patient.path.read_bytes()
    patient.log(4)
    patient.path.write_bytes(older)
    patient.doctor.purge(patient.id_of(3), NOW)
    assert patient.header.to_confirm


def test_a_purge_takes_damaged_backups_away_since_they_may_have_it(patient: Patient) -> None:
    damaged = patient.doctor.backup_of(2)
    damaged.path.write_bytes(b"{")
    patient.doctor.purge(patient.id_of(3), NOW)
    assert not damaged.path.exists()
    assert [backup.revision for backup in patient.doctor.backups()] == [5, 4, 3, 1]


def test_a_purged_backup_stays_what_it_was_but_for_the_entry(patient: Patient) -> None:
    patient.file.keep_copy(patient.path.read_bytes(), 4, at(TODAY, 20, 30), "import")
    before = [(b.path, b.revision, b.made_at, b.before) for b in patient.doctor.backups()]
    headers = {b.path: patient.file.parse(b.path.read_bytes()).header for b in patient.doctor.backups()}
    patient.doctor.purge(patient.id_of(1), NOW)
    after = {b.path: b for b in patient.doctor.backups()}
    assert [(b.path, b.revision, b.made_at, b.before) for b in list(after.values())[1:]] == before
    for path, header in headers.items():
        content = patient.file.parse(path.read_bytes())
        assert (content.header.revision, content.header.journal) == (header.revision, header.journal)
    newest = patient.file.parse(next(b for b in after.values() if b.before).path.read_bytes())
    assert len(newest.tables["records"]) == 2


def test_a_backup_to_confirm_is_purged_and_still_to_confirm(patient: Patient) -> None:
    doctor = patient.doctor
    doctor.restore(doctor.backup_of(4), NOW)
    patient.journal.confirm(patient.journal.snapshot())
    doctor.purge(patient.id_of(3), NOW)
    to_confirm = {b.revision: patient.file.parse(b.path.read_bytes()).header.to_confirm for b in doctor.backups()}
    assert to_confirm == {7: False, 6: False, 5: True, 4: False, 3: False, 2: False, 1: False}


def test_a_backup_that_somebody_removes_meanwhile_has_no_entry_any_more(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, listed = patient.id_of(3), Backups.all

    def list_and_lose(self: Backups) -> tuple[Backup, ...]:
        found = listed(self)
        found[0].path.unlink(missing_ok=True)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "all", list_and_lose)
        patient.doctor.purge(entry, NOW)
    assert patient.scores == [1, 2]


@pytest.mark.parametrize("entry", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_cannot_be_purged(patient: Patient, entry: str) -> None:
    said = refusal(BadData, lambda: patient.doctor.purge(entry, NOW), patient)
    assert said == "There is no such entry. kneejournal entries shows the ids."


def test_a_journal_without_an_undo_list_is_purged_too(patient: Patient) -> None:
    entry, header = patient.id_of(3), patient.header
    tables = {"records": patient.content.tables["records"]}
    patient.path.write_bytes(encoded(tables, header.revision, header.journal, to_confirm=False)[0])
    patient.doctor.purge(entry, NOW)
    assert patient.scores == [1, 2]


def test_a_journal_without_records_has_no_such_entry(patient: Patient) -> None:
    header = patient.header
    patient.path.write_bytes(encoded({"changes": {}}, header.revision, header.journal, to_confirm=False)[0])
    with pytest.raises(BadData, match="no such entry"):
        patient.doctor.purge("nonsense", NOW)


def test_where_there_is_no_journal_nothing_is_purged(home: Path) -> None:
    with pytest.raises(BadData, match="no such entry"):
        Doctor(file_storage(home / "journal.json").file).purge("nonsense", NOW)
