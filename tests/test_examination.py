"""What doctor finds when it only looks: every part by its name, whether it is well, and what is wrong with it."""

import os
from pathlib import Path

import pytest

from kneejournal.doctor import Doctor
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.examination import Examination
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import encoded
from tests.domain.stories import TODAY, ago, at
from tests.support import file_storage, new_journal

WELL = {
    "journal": "revision 5, checksum right",
    "records": "4, every one valid",
    "days": "none is of a day to come",
    "shoes": "every run's shoes are there",
    "version": "the newest this machine knows",
    "privacy": "readable by you only",
    "temporary files": "none",
    "backups": "5, every one read and whole",
}
"""What is said of the journal of these tests while nothing is wrong with it."""
Report = dict[str, str]


class Examined:
    """A journal on the disk, of today and the two days before, with a run in its shoes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.json"
        journal = self.journal
        self.shoe = journal.add_shoe(ShoeEntry(name="Blue", since=ago(2), default=True))
        for back in (2, 1):
            journal.log(PainEntry(scope="day", day=ago(back), pain={"left": 0}))
        journal.log_run(RunEntry(day=TODAY, distance_m=3000, pain=0))

    @property
    def journal(self) -> Journal:
        return new_journal(at(TODAY, 20), file_storage(self.path), set_up=not self.path.exists())[0]

    @property
    def file(self) -> JournalFile:
        return file_storage(self.path).file

    @property
    def copies(self) -> list[Path]:
        """The files of the backups, the newest first."""
        return [backup.path for backup in self.file.backups.all()]

    def findings(self, back: int = 0) -> tuple[Report, Report]:
        """What is said of what is well, and of what is ill, on the day that is so many days ago."""
        found = Examination(self.file).findings(ago(back))
        assert {finding.is_well for finding in found} <= {True, False}
        well = {finding.name: finding.text for finding in found if finding.is_well}
        return well, {finding.name: finding.text for finding in found if not finding.is_well}

    def ill(self, back: int = 0) -> Report:
        """What is ill; whatever else was said before is said again, and is well."""
        well, ill = self.findings(back)
        assert well == {name: text for name, text in WELL.items() if name not in ill}
        return ill


@pytest.fixture
def examined(home: Path) -> Examined:
    return Examined(home)


def test_nothing_is_wrong_with_a_journal_as_it_was_written(examined: Examined) -> None:
    assert examined.findings() == (WELL, {})


def test_where_there_is_no_journal_yet_nothing_is_wrong_either(home: Path) -> None:
    found = Examination(file_storage(home / "journal.json").file).findings(TODAY)
    assert [(finding.name, finding.is_well, finding.text) for finding in found] == [
        ("journal", True, "there is none yet"),
        ("temporary files", True, "none"),
        ("backups", True, "0, every one read and whole"),
    ]


def test_of_a_damaged_journal_it_is_said_what_is_wrong_and_its_backups_are_looked_at(examined: Examined) -> None:
    examined.path.write_bytes(examined.path.read_bytes()[:-10])
    well, ill = examined.findings()
    assert list(ill) == ["journal"]
    assert "is damaged: it is not JSON" in ill["journal"]
    assert well == {name: WELL[name] for name in ("temporary files", "backups")}


def test_a_record_that_is_not_valid_is_said_and_the_file_itself_is_well(examined: Examined) -> None:
    content = examined.file.read()
    assert content is not None
    run = next(key for key, plain in content.tables["records"].items() if plain["kind"] == "run")
    content.tables["records"][run]["pain"] = 11
    raw, header = encoded(content.tables, content.header.revision, content.header.journal, to_confirm=False)
    examined.path.write_bytes(raw)
    well, ill = examined.findings()
    assert list(ill) == ["records", "version"], "another version of this revision than was written"
    assert "record " + run in ill["records"]
    assert "pain" in ill["records"]
    assert well == {name: WELL[name] for name in ("journal", "privacy", "temporary files", "backups")}
    assert header.revision == 5


def test_days_still_to_come_are_counted_and_the_last_is_named(examined: Examined) -> None:
    assert examined.ill(back=2) == {"days": f"2 days are still to come, the last {TODAY}"}
    assert examined.ill(back=3) == {"days": f"3 days are still to come, the last {TODAY}"}


def test_what_was_deleted_is_of_no_day_to_come(examined: Examined) -> None:
    for entry in examined.journal.entries():
        examined.journal.delete(entry.id)
    assert examined.findings(back=30)[0]["days"] == WELL["days"]


def test_runs_in_shoes_that_were_purged_are_counted(examined: Examined) -> None:
    (shoe,) = examined.journal.snapshot().shoes
    Doctor(examined.file).purge(shoe.id, at(TODAY, 21))
    assert examined.findings()[1] == {"shoes": "1 run names shoes that are not there"}


def test_shoes_that_were_deleted_are_still_there_and_can_come_back(examined: Examined) -> None:
    (shoe,) = examined.journal.snapshot().shoes
    examined.journal.delete(shoe.id)
    assert examined.findings()[0]["shoes"] == WELL["shoes"]


def test_a_run_without_shoes_misses_none(examined: Examined) -> None:
    examined.journal.log_run(RunEntry(day=TODAY, distance_m=1000, pain=0, shoe=None))
    assert examined.findings()[0]["shoes"] == WELL["shoes"]


GO_THROUGH = "the journal was restored or is an older version; go through the last days: kneejournal confirm"


def test_an_older_version_than_this_machine_has_written_is_to_be_gone_through(examined: Examined) -> None:
    older = examined.path.read_bytes()
    examined.journal.care("ice")
    examined.path.write_bytes(older)
    well, ill = examined.findings()
    assert ill == {"version": GO_THROUGH}
    assert well["journal"] == WELL["journal"]


def test_a_restored_journal_is_to_be_gone_through_until_that_was_done(examined: Examined) -> None:
    doctor = Doctor(examined.file)
    doctor.restore(doctor.backup_of(4), at(TODAY, 21))
    assert examined.findings()[1] == {"version": GO_THROUGH}
    examined.journal.confirm(examined.journal.snapshot())
    assert examined.findings()[1] == {}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o601, 0o620, 0o602])
def test_others_who_may_do_anything_with_it_are_named_with_what_helps(examined: Examined, mode: int) -> None:
    examined.path.chmod(mode)
    assert examined.ill() == {"privacy": f"others may read it (mode {mode:o}); chmod 600 it"}


@pytest.mark.parametrize("mode", [0o400, 0o700])
def test_what_its_owner_may_do_is_nobody_elses_business(examined: Examined, mode: int) -> None:
    examined.path.chmod(mode)
    assert examined.ill() == {}


def test_a_second_name_of_the_file_is_said(examined: Examined) -> None:
    os.link(examined.path, examined.path.with_name("other"))
    assert examined.ill() == {"privacy": "it has another name (a hard link), which a save leaves"}


def test_what_writes_left_that_were_stopped_is_listed(examined: Examined) -> None:
    for name in (".journal.json.b.tmp", ".journal.json.a.tmp", ".another.json.a.tmp", ".journal.json.a"):
        examined.path.with_name(name).write_bytes(b"x")
    left = "left by a write that was stopped, gone with the next: .journal.json.a.tmp, .journal.json.b.tmp"
    assert examined.ill() == {"temporary files": left}


def test_every_backup_that_cannot_be_used_is_named_with_the_reason(examined: Examined) -> None:
    newest, *_, oldest = examined.copies
    newest.write_bytes(newest.read_bytes()[:-10])
    oldest.unlink()
    oldest.mkdir()
    said = [f for f in Examination(examined.file).findings(TODAY) if f.name == "backups"]
    assert [finding.is_well for finding in said] == [False, False]
    assert said[0].text.startswith(f"{newest.name}: The journal {examined.path} is damaged")
    assert said[1].text.startswith(f"{oldest.name}: ")
    assert "Is a directory" in said[1].text


def test_backups_that_are_behind_the_journal_are_said(examined: Examined) -> None:
    examined.copies[0].unlink()
    assert examined.ill() == {"backups": "the newest is older than the journal"}


def test_a_journal_without_any_backup_is_said_to_have_none_of_its_own_age(examined: Examined) -> None:
    for copy in examined.copies:
        copy.unlink()
    assert examined.ill() == {"backups": "the newest is older than the journal"}
