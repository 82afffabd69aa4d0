"""The journal's file on the disk: what is read, who may write, and what is remembered and kept of it."""

import errno
import fcntl
import json
import os
import re
import stat
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kneejournal import journal_file, migrations
from kneejournal.backups import Backups
from kneejournal.errors import Unreadable
from kneejournal.journal_file import ChangedMeanwhile, JournalFile, Missing
from kneejournal.locks import locked
from kneejournal.storage import FileStorage, MemoryStorage
from kneejournal.store import Store
from tests.kept import EVENING, Kept, told
from tests.support import file_storage, new_journal
from tests.torture.rig import tree


@pytest.fixture
def kept(home: Path) -> Kept:
    return Kept(home)


def test_a_journal_that_is_gone_says_where_it_may_come_back_from(kept: Kept) -> None:
    kept.path.unlink()
    assert told(Missing, kept.file.read) == (
        f"The journal {kept.path} is gone, and its backups are there. To begin anew, move them away.",
        "kneejournal doctor --repair brings the newest back.",
    )
    kept.file.backups.folder.rename(kept.path.with_name("moved away"))
    assert kept.file.read() is None


def test_a_file_larger_than_any_journal_is_not_read(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.log(4)
    size = kept.path.stat().st_size
    monkeypatch.setattr(journal_file, "MAX_BYTES", size)
    assert kept.scores == [3, 4]
    monkeypatch.setattr(journal_file, "MAX_BYTES", size - 1)
    said, _ = told(Unreadable, kept.file.read)
    assert said == f"The journal {kept.path} cannot be read: it is larger than 0 MB."


def test_how_large_a_journal_may_be_is_said(home: Path) -> None:
    path = home / "journal.json"
    with path.open("wb") as opened:
        opened.truncate(journal_file.MAX_BYTES + 1)
    said, _ = told(Unreadable, file_storage(path).file.read)
    assert said == f"The journal {path} cannot be read: it is larger than 200 MB."


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_not_a_file_is_not_read(home: Path, kind: str) -> None:
    path = home / "journal.json"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    said, _ = told(Unreadable, file_storage(path).file.read)
    assert said == f"The journal {path} cannot be read: it is not a file."


def test_a_file_that_the_disk_does_not_give_is_told_with_the_reason(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    said, _ = told(Unreadable, kept.file.read)
    assert said == f"The journal {kept.path} cannot be read: Input/output error."


def test_one_writes_at_a_time_and_the_other_is_told_after_a_while(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_file, "LOCK_SECONDS", 0.01)
    before = tree(kept.path.parent)
    with kept.file.locked():
        said, _ = told(Unreadable, lambda: kept.log(4))
        assert said == (
            "Another kneejournal has been writing for 0 seconds, so nothing was changed. Close it, or try again."
        )
        assert kept.scores == [3], "reading waits for nobody"
    assert tree(kept.path.parent) == before
    kept.log(4)
    assert kept.scores == [3, 4]


def test_the_lock_is_waited_for_as_long_as_is_said(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, float]] = []

    def spied(path: Path, seconds: float) -> AbstractContextManager[None]:
        asked.append((path, seconds))
        return locked(path, seconds)

    monkeypatch.setattr(journal_file, "locked", spied)
    with kept.file.locked():
        pass
    assert asked == [(kept.path.with_name("journal.json.lock"), journal_file.LOCK_SECONDS)]


def test_the_lock_lies_beside_the_file_that_a_link_leads_to_and_is_private(kept: Kept) -> None:
    lock = kept.path.with_name("journal.json.lock")
    lock.unlink()
    link = kept.path.parent.parent / "link.json"
    link.symlink_to(kept.path)
    before = os.umask(0)
    try:
        with file_storage(link).file.locked():
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    assert not link.with_name("link.json.lock").exists()


def test_a_work_that_fails_lets_the_next_one_write(kept: Kept) -> None:
    with pytest.raises(ZeroDivisionError), kept.file.locked():
        raise ZeroDivisionError
    kept.log(4)
    assert kept.scores == [3, 4]


def test_a_lock_that_cannot_be_let_go_spoils_nothing(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock

    def fail(descriptor: int, operation: int) -> None:
        flock(descriptor, operation)
        if operation == fcntl.LOCK_UN:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", fail)
        kept.log(4)
    assert kept.scores == [3, 4]


def test_where_locks_do_not_work_nothing_is_written(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", fail)
    before = tree(kept.path.parent)
    said, _ = told(Unreadable, lambda: kept.log(4))
    assert said == f"The journal {kept.path} cannot be written: No locks available. Nothing was changed."
    assert tree(kept.path.parent) == before


def test_a_file_system_without_locks_is_not_trusted_with_another_kind_of_lock(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that is only a file outlives the program that held it, and nobody could write any more."""

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    before = tree(kept.path.parent)
    with monkeypatch.context() as patched:
        patched.setattr("fcntl.flock", fail)
        said, _ = told(Unreadable, lambda: kept.log(4))
    assert said.endswith("cannot be written: Function not implemented. Nothing was changed.")
    assert tree(kept.path.parent) == before


def test_the_journals_own_folder_is_made_for_its_owner_and_a_named_one_is_not(home: Path) -> None:
    named = home / "unmounted" / "journal.json"
    said, _ = told(Unreadable, lambda: new_journal(EVENING, file_storage(named)))
    assert said == (
        f"The journal {named} cannot be written: the folder {named.parent} is not there. Nothing was changed."
    )
    own = home / "deep" / "own" / "journal.json"
    new_journal(EVENING, file_storage(own, may_make_folder=True))
    assert own.is_file()
    assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700


def test_unless_it_is_said_no_folder_is_made(home: Path) -> None:
    """It may be on a disk that is not there just now."""
    file = JournalFile(home / "unmounted" / "journal.json", home / "state")
    with pytest.raises(Unreadable, match="is not there"), file.locked():
        pytest.fail("the lock was taken")
    assert list(home.iterdir()) == []


def test_every_save_goes_on_counting_in_the_same_journal(kept: Kept) -> None:
    before = kept.header
    assert re.fullmatch("[0-9a-f]{16}", before.journal)
    kept.log(4)
    assert (kept.header.journal, kept.header.revision) == (before.journal, before.revision + 1)


def test_no_two_journals_are_the_same(home: Path) -> None:
    journals = set()
    for name in ("a.json", "b.json"):
        new_journal(EVENING, file_storage(home / name))
        content = file_storage(home / name).file.read()
        assert content is not None
        journals.add(content.header.journal)
    assert len(journals) == 2


def test_after_an_older_version_came_back_the_count_goes_on_from_the_newest(kept: Kept) -> None:
    older = kept.path.read_bytes()
    kept.log(4)
    newest = kept.header.revision
    kept.path.write_bytes(older)
    kept.log(5)
    assert kept.header.revision == newest + 1
    assert kept.header.to_confirm


def test_a_version_that_another_machine_wrote_is_gone_on_from(kept: Kept) -> None:
    kept.with_header(revision=70)
    assert not kept.journal.snapshot().to_confirm
    kept.log(4)
    assert kept.header.revision == 71


def test_another_journal_in_its_place_stays_that_other_one(kept: Kept) -> None:
    kept.with_header(journal="another")
    assert kept.journal.snapshot().to_confirm
    kept.log(4)
    assert (kept.header.journal, kept.header.to_confirm) == ("another", True)


def test_a_journal_begun_anew_where_this_machine_remembers_one_is_still_that_one(kept: Kept) -> None:
    before = kept.header
    kept.path.unlink()
    kept.file.backups.folder.rename(kept.path.with_name("moved away"))
    new_journal(EVENING, file_storage(kept.path))
    assert (kept.header.journal, kept.header.revision) == (before.journal, before.revision + 1)


def seen(kept: Kept) -> dict[str, Any]:
    (state,) = kept.state.iterdir()
    found: dict[str, Any] = json.loads(state.read_bytes())
    return found


def test_what_this_machine_wrote_last_is_remembered_privately_outside_the_journals_folder(kept: Kept) -> None:
    header = kept.header
    assert seen(kept) == {"revision": header.revision, "journal": header.journal, "sha256": header.sha256}
    (state,) = kept.state.iterdir()
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.state.stat().st_mode) == 0o700


def test_each_journal_is_remembered_for_itself_whatever_name_it_is_called_by(kept: Kept, home: Path) -> None:
    new_journal(EVENING, file_storage(home / "another.json"))
    assert len(list(kept.state.iterdir())) == 2
    (home / "link.json").symlink_to(kept.path)
    linked, _ = new_journal(EVENING, file_storage(home / "link.json"), set_up=False)
    linked.care("ice")
    assert len(list(kept.state.iterdir())) == 2
    assert not kept.journal.snapshot().to_confirm


def test_remembering_makes_nobody_wait_for_the_disk(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def spied(descriptor: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spied)
    kept.log(4)
    assert synced == ["file", "folder"], "the journal itself, and neither its copy nor what is remembered of it"


def test_what_cannot_be_remembered_does_not_undo_the_save(kept: Kept) -> None:
    for state in kept.state.iterdir():
        state.unlink()
    kept.state.rmdir()
    kept.state.write_bytes(b"in the way")
    kept.log(4)
    assert kept.scores == [3, 4]


def test_the_folder_of_what_is_remembered_is_made_with_those_above_it(home: Path) -> None:
    state = home / "data" / "deep" / "seen"
    new_journal(EVENING, FileStorage(JournalFile(home / "journal.json", state)))
    assert len(list(state.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"[]", b'{"revision": "x"}', b"\xff"])
def test_a_memory_that_cannot_be_read_is_none(kept: Kept, content: bytes) -> None:
    (state,) = kept.state.iterdir()
    state.write_bytes(content)
    assert kept.scores == [3]
    kept.log(4)
    assert seen(kept)["revision"] == kept.header.revision == 3


@pytest.mark.parametrize(
    ("fields", "is_rolled_back"),
    [
        ({}, False),
        ({"revision": 1}, True),
        ({"revision": 3}, False),
        ({"sha256": "0" * 64}, True),
        ({"journal": "another"}, True),
        ({"journal": "another", "revision": 3}, True),
    ],
)
def test_which_version_is_not_the_one_this_machine_wrote_last(
    kept: Kept, fields: dict[str, Any], is_rolled_back: bool
) -> None:
    assert kept.header.revision == 2
    assert kept.file.is_rolled_back(replace(kept.header, **fields)) is is_rolled_back


def test_a_machine_that_knows_nothing_of_a_journal_believes_it(kept: Kept) -> None:
    for state in kept.state.iterdir():
        state.unlink()
    assert not kept.file.is_rolled_back(kept.header)
    assert not kept.journal.snapshot().to_confirm


def test_what_differs_when_the_file_may_have_changed(kept: Kept, home: Path) -> None:
    file = kept.file
    before = file.signature()
    assert before == file.signature() is not None
    kept.log(4)
    assert file.signature() != before
    longer = file.signature()
    with kept.path.open("ab") as opened:
        opened.write(b" ")
    assert file.signature() != longer
    touched = file.signature()
    os.utime(kept.path, (1, 1))
    assert file.signature() != touched
    assert kept.store.signature() == kept.journal.signature() == file.signature()
    assert file_storage(home / "nothing.json").file.signature() is None
    assert Store(MemoryStorage()).signature() is None


def test_what_a_write_left_that_was_killed_is_gone_with_the_next_and_nothing_else(kept: Kept) -> None:
    left = kept.path.with_name(".journal.json.123.tmp")
    others = [kept.path.with_name(name) for name in (".journal.json.swp", ".other.json.123.tmp", "journal.json.tmp")]
    for path in (left, *others):
        path.write_bytes(b"x")
    kept.file.read()
    assert left.exists()
    kept.log(4)
    assert not left.exists()
    assert all(path.exists() for path in others)


def test_what_somebody_else_cleared_away_first_is_no_hindrance(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = kept.path.with_name(".journal.json.123.tmp")
    monkeypatch.setattr(JournalFile, "leftovers", lambda _: (gone,))
    kept.log(4)
    assert kept.scores == [3, 4]


def test_where_there_is_no_folder_nothing_is_left_over(home: Path) -> None:
    assert file_storage(home / "not" / "there.json").file.leftovers() == ()


def test_a_file_that_may_not_be_written_is_not_replaced(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int]] = []

    def refuse(path: Path, mode: int) -> bool:
        asked.append((Path(path), mode))
        return False

    before = kept.path.read_bytes()
    monkeypatch.setattr(os, "access", refuse)
    said, _ = told(Unreadable, lambda: kept.log(4))
    assert said == f"The journal {kept.path} cannot be written: it is read-only. Nothing was changed."
    assert asked == [(kept.path, os.W_OK)]
    assert kept.path.read_bytes() == before


def test_a_file_of_a_newer_kneejournal_is_not_replaced(kept: Kept) -> None:
    newer = kept.with_header(schema=migrations.SCHEMA + 1)
    said, _ = told(Unreadable, lambda: kept.log(4))
    assert said == (
        f"The journal {kept.path} cannot be written: a newer kneejournal wrote it; update this one. "
        "Nothing was changed."
    )
    assert kept.path.read_bytes() == newer


def test_of_what_only_a_newer_kneejournal_understands_it_is_said_that_it_is_newer(kept: Kept) -> None:
    kept.path.write_bytes(kept.path.read_bytes().replace(b'"kind":"pain"', b'"kind":"mood"', 1))
    kept.with_header(schema=migrations.SCHEMA + 1)
    said, _ = told(Unreadable, kept.journal.snapshot)
    assert said.startswith(f"The journal {kept.path} was written by a newer kneejournal, ")


def test_what_another_program_put_in_place_of_nothing_is_not_replaced(home: Path) -> None:
    """A file that comes between the look and the first save is somebody's, and is neither lost nor believed."""
    file = file_storage(home / "journal.json").file
    (home / "journal.json").write_bytes(b"theirs")
    with file.locked(), pytest.raises(ChangedMeanwhile):
        file.replace({"records": {}}, None, None, EVENING, to_confirm=False)
    assert (home / "journal.json").read_bytes() == b"theirs"


def test_what_another_program_took_away_meanwhile_does_not_come_back_by_itself(kept: Kept) -> None:
    content = kept.content
    kept.path.unlink()
    with kept.file.locked(), pytest.raises(Unreadable):
        kept.file.replace(content.tables, content.raw, content.header, EVENING, to_confirm=False)
    assert not kept.path.exists()


def test_what_the_disk_does_not_confirm_is_said_with_the_reason(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail_for_folders)
        said, _ = told(Unreadable, lambda: kept.log(4))
    assert said == (
        f"The journal {kept.path} was written, but the disk does not confirm it: Input/output error. "
        "Look at what it holds before you write it again."
    )


def test_every_save_is_kept_as_a_backup_of_its_own(kept: Kept) -> None:
    kept.log(4)
    newest, *_ = kept.file.backups.all()
    assert newest.path.read_bytes() == kept.path.read_bytes()
    assert (newest.revision, newest.made_at, newest.before) == (3, EVENING, None)
    assert newest.path.stat().st_ino != kept.path.stat().st_ino
    assert newest.path.parent == kept.path.with_name("journal.json.backups")


def test_a_backup_that_cannot_be_kept_does_not_undo_the_save(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Backups, "keep", full)
        kept.log(4)
    assert kept.scores == [3, 4]
