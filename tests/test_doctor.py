"""What doctor does to a journal on the disk, what it says it did, and what it leaves alone."""

from datetime import timedelta, timezone
from pathlib import Path

import pytest

from kneejournal import migrations
from kneejournal.doctor import Doctor
from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal_file import Missing
from kneejournal.journal_format import Damaged, Newer, encoded
from kneejournal.store import Store
from tests.domain.stories import TODAY, at
from tests.patient import NOW, Patient, refusal
from tests.support import file_storage, new_journal


@pytest.fixture
def patient(home: Path) -> Patient:
    return Patient(home)


def test_a_damaged_journal_is_brought_back_and_kept_aside(patient: Patient) -> None:
    damaged = patient.damage()
    aside = "journal.json.damaged-20261122T210000Z"
    assert patient.doctor.repair(NOW) == (
        "Brought back from backup of revision 4, Sun 22 Nov, and 0 newer entries from the file itself. "
        f"The damaged file is kept as {aside}."
    )
    assert patient.path.with_name(aside).read_bytes() == damaged
    assert patient.scores == [1, 2, 3]
    assert (patient.header.revision, patient.header.to_confirm) == (5, True)


def test_of_a_journal_that_was_gone_nothing_is_kept_aside(patient: Patient) -> None:
    patient.path.unlink()
    assert patient.doctor.repair(NOW) == (
        "Brought back from backup of revision 4, Sun 22 Nov, and 0 newer entries from the file itself."
    )
    assert not list(patient.path.parent.glob("*.damaged-*"))


def test_without_a_backup_what_can_be_read_makes_a_journal(patient: Patient) -> None:
    patient.lose_backups()
    patient.damage()
    assert patient.doctor.repair(NOW).startswith("Brought back from no backup, and 3 newer entries from the file ")
    assert patient.scores == [1, 2, 3]


def test_the_day_of_a_backup_is_told_in_the_zone_of_its_reader(patient: Patient) -> None:
    patient.damage()
    assert "Mon 23 Nov" in patient.doctor.repair(NOW.astimezone(timezone(timedelta(hours=5))))


def test_a_repair_goes_on_with_the_journal_that_it_was_even_where_nothing_is_known_of_it(patient: Patient) -> None:
    before = patient.header
    patient.damage()
    patient.lose_memory()
    patient.doctor.repair(NOW)
    assert (patient.header.journal, patient.header.revision) == (before.journal, before.revision + 1)


def test_what_the_newest_backup_lacks_comes_from_the_damaged_file(patient: Patient) -> None:
    patient.doctor.backups()[0].path.unlink()
    patient.damage()
    assert "backup of revision 3, Sun 22 Nov, and 1 newer entries" in patient.doctor.repair(NOW)
    assert patient.scores == [1, 2, 3]


def test_a_damaged_file_is_not_believed_over_a_backup_of_the_newest_version(patient: Patient) -> None:
    raw = patient.path.read_bytes().replace(b'"left":3', b'"left":0')
    patient.path.write_bytes(raw.replace(b'"updated_at":"2026-11-22T20', b'"updated_at":"2026-11-22T22')[:-30])
    assert "and 0 newer entries" in patient.doctor.repair(NOW)
    assert patient.scores == [1, 2, 3]


def test_nor_is_it_where_that_version_was_the_first(home: Path) -> None:
    journal, _ = new_journal(NOW)
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 3}))
    storage = file_storage(home / "journal.json")
    Store(storage).begin(journal.snapshot(), NOW)
    raw = storage.file.path.read_bytes().replace(b'"left":3', b'"left":0')
    storage.file.path.write_bytes(raw.replace(b'"updated_at":"2026-11-22T21', b'"updated_at":"2026-11-22T22')[:-30])
    assert "revision 1, Sun 22 Nov, and 0 newer entries" in Doctor(storage.file).repair(NOW)


def test_where_nobody_knows_which_version_was_the_newest_the_damaged_file_is_asked(patient: Patient) -> None:
    patient.doctor.backups()[0].path.unlink()
    patient.lose_memory()
    patient.damage()
    assert "and 1 newer entries" in patient.doctor.repair(NOW)


def test_a_whole_journal_is_not_repaired(patient: Patient) -> None:
    said = refusal(BadData, lambda: patient.doctor.repair(NOW), patient)
    assert said == "The journal is whole: there is nothing to repair."


def test_a_journal_with_a_record_that_is_not_valid_is_repaired(patient: Patient) -> None:
    content = patient.content
    content.tables["records"][patient.id_of(3)]["pain"] = {"left": 11}
    raw, _ = encoded(content.tables, content.header.revision, content.header.journal, to_confirm=False)
    patient.path.write_bytes(raw)
    assert "Brought back from backup of revision 4" in patient.doctor.repair(NOW)
    assert patient.scores == [1, 2, 3]


@pytest.mark.usefixtures("empty_home")
def test_what_is_kept_aside_is_named_by_a_time_that_is_the_same_everywhere(patient: Patient) -> None:
    patient.damage()
    assert "journal.json.damaged-20261122T210000Z" in patient.doctor.repair(
        NOW.astimezone(timezone(timedelta(hours=5)))
    )


def test_where_there_is_no_journal_there_is_nothing_to_repair_and_none_is_made(home: Path) -> None:
    doctor = Doctor(file_storage(home / "journal.json").file)
    with pytest.raises(BadData, match="nothing to repair"):
        doctor.repair(NOW)
    assert not (home / "journal.json").exists()


def test_where_nothing_can_be_brought_back_the_file_stays(patient: Patient) -> None:
    patient.lose_backups()
    patient.path.write_bytes(b"\x00" * 50)
    said = refusal(Unreadable, lambda: patient.doctor.repair(NOW), patient)
    assert said == "There is no good backup, and nothing in the file can be read. It was left as it is."


def test_no_damaged_file_takes_the_place_of_another_of_the_same_second(patient: Patient) -> None:
    damaged = []
    for cut in (30, 31, 32):
        damaged.append(patient.path.read_bytes()[:-cut])
        patient.path.write_bytes(damaged[-1])
        patient.doctor.repair(NOW)
    name = "journal.json.damaged-20261122T210000Z"
    kept = [patient.path.with_name(f"{name}{end}").read_bytes() for end in ("", "-2", "-3")]
    assert kept == damaged
    assert len(list(patient.path.parent.glob("*.damaged-*"))) == 3


def test_the_same_damaged_file_is_kept_once(patient: Patient) -> None:
    """A repair that failed half way is done again with the same file."""
    damaged = patient.damage()
    assert "kept as journal.json.damaged-20261122T210000Z." in patient.doctor.repair(NOW)
    patient.path.write_bytes(damaged)
    assert "kept as journal.json.damaged-20261122T210000Z." in patient.doctor.repair(NOW)
    assert len(list(patient.path.parent.glob("*.damaged-*"))) == 1


def test_a_folder_full_of_damaged_journals_is_left_to_its_owner(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient.damage()
    exists, name = Path.exists, "journal.json.damaged-"
    monkeypatch.setattr(Path, "exists", lambda self: self.name.startswith(name) or exists(self))
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"" if self.name.startswith(name) else read(self))
    said = refusal(Unreadable, lambda: patient.doctor.repair(NOW), patient)
    assert said == f"{patient.path.parent} is full of damaged journals. Look after them first."


def test_what_another_program_wrote_is_taken_as_it_is_and_is_to_be_confirmed(patient: Patient) -> None:
    before = patient.header
    patient.change_outside()
    patient.lose_memory()
    assert patient.doctor.accept(NOW) == "The journal was taken as it is."
    assert "by hand" in {record.note for record in patient.journal.entries() if isinstance(record, Pain)}
    after = patient.header
    assert (after.journal, after.revision, after.to_confirm) == (before.journal, before.revision + 1, True)
    assert not list(patient.path.parent.glob("*.damaged-*")), "what was taken is the journal now"


def test_what_no_other_program_wrote_cannot_be_accepted(patient: Patient, home: Path) -> None:
    said = refusal(BadData, lambda: patient.doctor.accept(NOW), patient)
    assert said == "No other program changed the journal: there is nothing to accept."
    (home / "journal.json.backups").rename(home / "elsewhere")
    patient.path.unlink()
    assert "nothing to accept" in refusal(BadData, lambda: patient.doctor.accept(NOW), patient)


def test_a_change_that_is_not_valid_is_not_accepted(patient: Patient) -> None:
    patient.path.write_bytes(patient.path.read_bytes().replace(b'"left":3', b'"left":11'))
    assert "left" in refusal(Unreadable, lambda: patient.doctor.accept(NOW), patient)


def test_a_damaged_journal_is_no_change_to_accept(patient: Patient) -> None:
    patient.damage()
    refusal(Damaged, lambda: patient.doctor.accept(NOW), patient)


@pytest.mark.parametrize("shape", ["whole", "changed", "other header"])
def test_a_newer_journal_is_neither_accepted_nor_repaired_nor_restored_nor_purged(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    entry, journal = patient.id_of(1), patient.header.journal
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
        raw, _ = encoded({"records": {entry: {"mood": "new"}}}, 9, journal, to_confirm=False)
    shapes = {"whole": raw, "changed": raw.replace(b"new", b"old"), "other header": raw.replace(b"to_con", b"to_pon")}
    patient.path.write_bytes(shapes[shape])
    doctor = patient.doctor
    backup = doctor.backup_of(3)
    for attempt in (
        lambda: doctor.accept(NOW),
        lambda: doctor.repair(NOW),
        lambda: doctor.restore(backup, NOW),
        lambda: doctor.purge(entry, NOW),
    ):
        assert "was written by a newer kneejournal" in refusal(Newer, attempt, patient)


def test_a_backup_goes_by_its_revision_and_the_newest_copy_of_it_is_taken(patient: Patient) -> None:
    patient.file.keep_copy(patient.path.read_bytes(), 4, at(TODAY, 23), "import")
    assert patient.doctor.backup_of(4).before == "import"
    assert patient.doctor.backup_of(2).revision == 2


def test_which_revisions_there_are_is_said_when_one_is_missing(patient: Patient) -> None:
    said = refusal(BadData, lambda: patient.doctor.backup_of(99), patient)
    assert said == "There is no backup of revision 99. There are: 4, 3, 2, 1."
    patient.lose_backups()
    said = refusal(BadData, lambda: patient.doctor.backup_of(4), patient)
    assert said == "There is no backup of revision 4. There are: none."


def test_going_back_keeps_what_was_there_and_goes_on_counting(patient: Patient) -> None:
    before, now = patient.header, patient.path.read_bytes()
    patient.lose_memory()
    doctor = patient.doctor
    assert doctor.restore(doctor.backup_of(2), NOW) == "Went back to revision 2, Sun 22 Nov."
    assert patient.scores == [1]
    after = patient.header
    assert (after.journal, after.revision, after.to_confirm) == (before.journal, 5, True)
    (kept,) = [backup for backup in doctor.backups() if backup.before == "restore"]
    assert (kept.path.read_bytes(), kept.revision, kept.made_at) == (now, 4, NOW)


def test_a_backup_that_is_damaged_or_gone_is_not_gone_back_to(patient: Patient) -> None:
    doctor = patient.doctor
    damaged, gone = doctor.backup_of(2), doctor.backup_of(3)
    damaged.path.write_bytes(damaged.path.read_bytes()[:-10])
    gone.path.unlink()
    assert "is damaged" in refusal(Damaged, lambda: doctor.restore(damaged, NOW), patient)
    said = refusal(Unreadable, lambda: doctor.restore(gone, NOW), patient)
    assert said == f"The backup {gone.path} cannot be read: No such file or directory."


def test_a_backup_with_a_record_that_is_not_valid_is_not_gone_back_to(patient: Patient) -> None:
    doctor = patient.doctor
    backup = doctor.backup_of(2)
    content = patient.file.parse(backup.path.read_bytes())
    next(iter(content.tables["records"].values()))["pain"] = {"left": 11}
    backup.path.write_bytes(encoded(content.tables, 2, content.header.journal, to_confirm=False)[0])
    assert "left" in refusal(Unreadable, lambda: doctor.restore(backup, NOW), patient)


def test_a_journal_that_is_gone_is_repaired_before_it_goes_back_anywhere(patient: Patient) -> None:
    patient.path.unlink()
    refusal(Missing, lambda: patient.doctor.restore(patient.doctor.backup_of(2), NOW), patient)
