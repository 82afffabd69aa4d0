"""The folder of backups: how copies are named, found again, and let go."""

import os
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kneejournal.backups import DAYS, GENERATIONS, Backup, Backups, kept_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "journal.json.backups"


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the disk, in order."""
    asked: list[str] = []
    fsync = os.fsync

    def spied(descriptor: int) -> None:
        asked.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spied)
    return asked


def revisions(folder: Path) -> list[int]:
    return [backup.revision for backup in Backups(folder).all()]


def test_a_copy_is_named_by_its_revision_its_moment_and_what_came_next(folder: Path) -> None:
    backups = Backups(folder)
    plain = backups.keep(b"x", 7, NOON)
    on_purpose = backups.keep(b"y", 8, NOON + timedelta(hours=1), "import")
    assert plain == Backup(folder / "00000007-20261122T120000Z.json", 7, NOON, None)
    assert on_purpose == Backup(
        folder / "00000008-20261122T130000Z-before-import.json", 8, NOON + timedelta(hours=1), "import"
    )
    assert (plain.path.read_bytes(), on_purpose.path.read_bytes()) == (b"x", b"y")
    assert backups.all() == (on_purpose, plain)


def test_a_copy_is_named_by_a_time_that_is_the_same_everywhere(folder: Path) -> None:
    kept = Backups(folder).keep(b"x", 7, NOON.astimezone(timezone(timedelta(hours=-5))))
    assert kept.path.name == "00000007-20261122T120000Z.json"
    assert Backups(folder).all() == (kept,)
    assert kept.made_at.tzinfo is UTC


def test_copies_and_their_folder_are_private(folder: Path) -> None:
    before = os.umask(0)
    try:
        kept = Backups(folder).keep(b"x", 7, NOON)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_where_there_is_no_folder_there_are_no_copies_and_looking_makes_none(folder: Path) -> None:
    assert Backups(folder).all() == ()
    assert not folder.exists()


def test_a_folder_whose_own_folder_is_missing_is_not_made(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Backups(folder / "unmounted" / "b").keep(b"x", 7, NOON)
    assert not folder.exists()


@pytest.mark.parametrize(
    "name",
    [
        "7-20261122T120000Z.json",
        "00000007-20261122T120000.json",
        "00000007-20261332T120000Z.json",
        "00000007-20261122T120000Z.json.tmp",
        ".00000007-20261122T120000Z.json.abc.tmp",
        "x00000007-20261122T120000Z.json",
        "00000007-20261122T120000Z-before-3.json",
    ],
)
def test_what_is_not_named_as_a_copy_is_none(folder: Path, name: str) -> None:
    folder.mkdir()
    (folder / name).write_bytes(b"x")
    assert Backups(folder).all() == ()
    Backups(folder).keep(b"y", 8, NOON)
    assert revisions(folder) == [8]
    assert (folder / name).exists()


def test_one_that_is_not_named_as_a_copy_hides_none_of_the_others(folder: Path) -> None:
    Backups(folder).keep(b"x", 2, NOON)
    (folder / "00000001-99999999T999999Z.json").write_bytes(b"x")
    Backups(folder).keep(b"x", 0, NOON)
    assert revisions(folder) == [2, 0]


def test_copies_come_by_revision_whatever_the_clock_said_and_then_by_moment(folder: Path) -> None:
    backups = Backups(folder)
    later, earlier = NOON + timedelta(days=1), NOON - timedelta(days=1)
    for revision, moment in ((9, earlier), (10, NOON), (8, later), (9, later)):
        backups.keep(b"x", revision, moment)
    assert [(copy.revision, copy.made_at) for copy in backups.all()] == [
        (10, NOON),
        (9, later),
        (9, earlier),
        (8, later),
    ]


def test_a_copy_of_the_same_name_takes_the_place_of_the_other_on_the_disk(folder: Path, synced: list[str]) -> None:
    backups = Backups(folder)
    backups.keep(b"x", 7, NOON)
    assert synced == []
    backups.keep(b"y", 7, NOON)
    assert synced == ["file", "folder"]
    (copy,) = backups.all()
    assert copy.path.read_bytes() == b"y"


def test_a_copy_is_on_the_disk_when_that_is_asked_for(folder: Path, synced: list[str]) -> None:
    Backups(folder).keep(b"x", 7, NOON, synced=True)
    assert synced == ["file", "folder"]


def test_with_the_eleventh_copy_of_a_day_the_oldest_goes(folder: Path) -> None:
    backups = Backups(folder)
    for revision in range(1, GENERATIONS + 2):
        backups.keep(b"x", revision, NOON + timedelta(minutes=revision))
    assert revisions(folder) == list(range(GENERATIONS + 1, 1, -1))


def test_the_thirty_days_are_counted_from_that_of_the_new_copy(folder: Path) -> None:
    backups = Backups(folder)
    for ahead in range(3):
        backups.keep(b"x", ahead + 1, NOON + timedelta(days=ahead))
    for revision in range(4, GENERATIONS + 4):
        backups.keep(b"x", revision, NOON + timedelta(days=DAYS, minutes=revision))
    assert revisions(folder)[-3:] == [4, 3, 2], "only the first is of a day before them, and not the last of its month"


def test_a_copy_of_each_of_thirty_days_is_kept_and_of_no_more() -> None:
    copies = [
        Backup(Path(str(back)), 1000 - back, datetime(2026, 11, 30, tzinfo=UTC) - timedelta(days=back))
        for back in range(60)
    ]
    kept = kept_of(copies, copies[0].made_at.date())
    backs = sorted(1000 - copy.revision for copy in kept)
    assert backs == [*range(DAYS), 30], "31 October is the last of its month"


def test_a_copy_that_somebody_removes_meanwhile_is_gone_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = Backups(folder)
    for revision in range(1, GENERATIONS + 1):
        backups.keep(b"x", revision, NOON + timedelta(minutes=revision))
    listed = Backups.all

    def list_and_lose(self: Backups) -> tuple[Backup, ...]:
        found = listed(self)
        found[-1].path.unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "all", list_and_lose)
        backups.keep(b"x", GENERATIONS + 1, NOON + timedelta(minutes=30))
    assert revisions(folder) == list(range(GENERATIONS + 1, 1, -1))
