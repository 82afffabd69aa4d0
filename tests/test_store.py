"""The store, in memory and on the disk alike."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kneejournal.domain.records import Pain
from kneejournal.domain.snapshot import CHANGES_KEPT
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData, Unreadable
from kneejournal.files import create_file, replace_file
from kneejournal.journal import Journal
from kneejournal.journal_format import END_OF_TABLE, Header, checksum, encoded
from kneejournal.storage import JournalStorage, MemoryStorage
from kneejournal.store import Store
from tests.domain.stories import TODAY, ago, at
from tests.support import file_storage, log_clear_evenings, new_journal

Fresh = Callable[[], JournalStorage]


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """The folder of the journal, within one that takes what the machine remembers of it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(params=["memory", "disk"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """The same journal, opened anew each time."""
    memory = MemoryStorage()
    return lambda: memory if request.param == "memory" else file_storage(tmp_path / "journal.json")


def log(journal: Journal, score: int, back: int = 0, note: str = "") -> None:
    journal.log(PainEntry(scope="moment", day=ago(back), pain={"left": score}, note=note))


def test_what_was_written_is_there_when_opened_again(reopened: Fresh) -> None:
    journal, _ = new_journal(at(TODAY, 20), reopened())
    log(journal, 3, note="ünïcode ␛ 🦵\nzwei")
    again, _ = new_journal(at(TODAY, 20), reopened(), set_up=False)
    assert again.snapshot() == journal.snapshot()
    assert again.entries()[0].note == "ünïcode ␛ 🦵\nzwei"  # type: ignore[union-attr]


def test_an_empty_journal_is_read_without_being_made(reopened: Fresh, tmp_path: Path) -> None:
    assert Store(reopened()).load().records == {}
    assert list(tmp_path.iterdir()) == []


def test_a_change_that_fails_changes_nothing(reopened: Fresh) -> None:
    journal, _ = new_journal(at(TODAY, 20), reopened())
    log(journal, 3)
    before = journal.export()
    with pytest.raises(BadData):
        log(journal, 3, note="x" * 20_001)
    with pytest.raises(BadData):
        journal.log(PainEntry(scope="moment", day=TODAY, pain={"right": 3}))
    assert journal.export() == before


def test_undo_outlives_the_program_and_has_a_bound(reopened: Fresh) -> None:
    journal, _ = new_journal(at(TODAY, 20), reopened())
    for _ in range(CHANGES_KEPT + 3):
        log(journal, 1)
    again, _ = new_journal(at(TODAY, 20), reopened(), set_up=False)
    for _ in range(CHANGES_KEPT):
        again.undo()
    with pytest.raises(BadData, match="nothing to undo"):
        again.undo()
    assert len(again.entries()) == 3


def test_two_programs_see_each_others_changes(reopened: Fresh) -> None:
    one, _ = new_journal(at(TODAY, 20), reopened())
    other, _ = new_journal(at(TODAY, 20), reopened(), set_up=False)
    log(one, 1)
    log(other, 2)
    log(one, 3)
    assert len(one.entries()) == len(other.entries()) == 3


def test_the_file_is_private_and_holds_a_record_a_line(tmp_path: Path) -> None:
    os.umask(0o000)
    try:
        storage = file_storage(tmp_path / "new" / "journal.json", may_make_folder=True)
        journal, _ = new_journal(at(TODAY, 20), storage)
        log(journal, 3)
        log(journal, 4)
    finally:
        os.umask(0o022)
    path = tmp_path / "new" / "journal.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for made in path.parent.rglob("*"):
        assert stat.S_IMODE(made.stat().st_mode) == (0o700 if made.is_dir() else 0o600), made
    assert sum('"kind":"pain"' in line and line.startswith('"') for line in path.read_text().splitlines()) == 2
    header = json.loads(path.read_text())["header"]["1"]
    assert (header["format"], header["schema"], header["revision"]) == ("kneejournal", 1, 3)


def test_a_folder_that_is_not_there_is_not_made_for_a_journal_that_was_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be written"):
        new_journal(at(TODAY, 20), file_storage(tmp_path / "unmounted" / "journal.json"))
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_the_journal_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    journal, _ = new_journal(at(TODAY, 20), file_storage(link))
    log(journal, 3)
    assert link.is_symlink()
    assert Store(file_storage(tmp_path / "real.json")).load().records


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is damaged"),
        (b"{", "line 1"),
        (b"null", "does not hold a journal"),
        (b"[]", "does not hold a journal"),
        (b'{"records": 1}', "does not hold a journal"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"records": {}, "records": {}}', "stands twice"),
        (b'{"records": {"a": {"pain": NaN}}}', "NaN"),
        (b"[" * 100_000, "nested"),
        (b'{"x": {"1": 1' + b"0" * 5000 + b"}}", "digits"),
        (b"{}", "not one of kneejournal's"),
        (b'{"tasks": {"1": {}}}', "not one of kneejournal's"),
        (b'{"header": {"1": {"format": "kneejournal", "schema": 1, "revision": 1}}}', "its header"),
    ],
)
def test_a_file_that_is_not_a_journal_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(content)
    journal, _ = new_journal(at(TODAY, 20), file_storage(path), set_up=False)
    for attempt in (journal.verdict, journal.export, lambda: log(journal, 1), journal.undo):
        with pytest.raises(Unreadable, match=told):
            attempt()
    assert path.read_bytes() == content
    assert {p.name for p in tmp_path.iterdir()} <= {"journal.json", "journal.json.lock"}


def rewritten(path: Path, old: str, new: str) -> None:
    """Change the journal as a program would that knows its format, checksum and all."""
    text = path.read_text()
    assert old in text
    tables = json.loads(text.replace(old, new, 1))
    header = tables["header"]["1"]
    path.write_bytes(encoded(tables, header["revision"], header["journal"], to_confirm=header["to_confirm"])[0])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"pain":{"left":3}', '"pian":{"left":3}', "pian"),
        ('"left":3', '"left":11', "left"),
        ('"left":3', '"left":true', "left"),
        ('"left":3', '"left":"3"', "left"),
        ('"symptoms":[]', '"symptoms":["nonsense"]', "symptoms"),
        ('"day":"2026-11-22"', '"day":"9999-01-01"', "day"),
        ('"day":"2026-11-22",', "", "day"),
        ('"scope":"moment"', '"scope":"week"', "scope"),
        ('"id":"', '"id":"f', "id"),
    ],
)
def test_one_record_that_is_not_valid_makes_the_whole_journal_unreadable(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    log(journal, 3)
    rewritten(path, old, new)
    with pytest.raises(Unreadable, match=told):
        journal.verdict()


def test_a_journal_changed_by_another_program_is_neither_believed_nor_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    log(journal, 3)
    for old, new in (
        ('"left":3', '"left":0'),
        ('"revision":2', '"revision":3'),
        ('"to_confirm":false', '"to_confirm":true'),
    ):
        before = path.read_text()
        assert old in before
        path.write_text(before.replace(old, new))
        with pytest.raises(Unreadable, match="changed by another program"):
            journal.verdict()
        with pytest.raises(Unreadable, match="changed by another program"):
            log(journal, 1)
        path.write_text(before)


def test_a_missing_journal_beside_backups_is_an_error_and_not_a_new_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    path.unlink()
    for attempt in (journal.verdict, lambda: log(journal, 1)):
        with pytest.raises(Unreadable, match="is gone"):
            attempt()
    assert not path.exists()


def test_an_older_version_of_the_journal_cannot_say_ready_until_the_last_days_were_gone_through(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    journal, clock = new_journal(at(TODAY, 20), file_storage(path))
    log_clear_evenings(journal, clock, TODAY, 7)
    assert journal.verdict().is_ready
    older = path.read_bytes()
    log(journal, 5)
    path.write_bytes(older)
    assert journal.verdict().status == "unconfirmed"
    journal.mark(journal.find_exercises(["plank"]))
    assert journal.verdict().status == "unconfirmed"
    journal.confirm(journal.snapshot())
    assert journal.verdict().is_ready
    again, _ = new_journal(clock.moment, file_storage(path), set_up=False)
    assert again.verdict().is_ready


@pytest.fixture
def rolled_back(tmp_path: Path) -> Journal:
    """A journal of seven clear evenings in an older version than this machine has written."""
    path = tmp_path / "journal.json"
    journal, clock = new_journal(at(TODAY, 20), file_storage(path))
    log_clear_evenings(journal, clock, TODAY, 7)
    older = path.read_bytes()
    journal.care("ice")
    path.write_bytes(older)
    assert journal.verdict().status == "unconfirmed"
    return journal


def test_only_what_was_shown_is_confirmed(rolled_back: Journal, tmp_path: Path) -> None:
    shown = rolled_back.snapshot()
    other, _ = new_journal(rolled_back.now(), file_storage(tmp_path / "journal.json"), set_up=False)
    log(other, 6)
    before = (tmp_path / "journal.json").read_bytes()
    with pytest.raises(BadData, match="was changed after these days were shown"):
        rolled_back.confirm(shown)
    assert (tmp_path / "journal.json").read_bytes() == before
    assert rolled_back.verdict().case.to_confirm
    rolled_back.confirm(rolled_back.snapshot())
    assert not rolled_back.verdict().case.to_confirm


def test_a_version_that_comes_while_confirming_is_not_confirmed(
    rolled_back: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, shown = tmp_path / "journal.json", rolled_back.snapshot()
    ours = path.read_bytes()
    log(rolled_back, 6)
    theirs = path.read_bytes()
    path.write_bytes(ours)
    fsync = os.fsync

    def swap_in(descriptor: int) -> None:
        fsync(descriptor)
        path.write_bytes(theirs)

    monkeypatch.setattr(os, "fsync", swap_in)
    with pytest.raises(BadData, match="was changed after these days were shown"):
        rolled_back.confirm(shown)
    assert path.read_bytes() == theirs


def test_what_is_confirmed_already_is_not_written_again(rolled_back: Journal, tmp_path: Path) -> None:
    shown = rolled_back.snapshot()
    rolled_back.confirm(shown)
    before = (tmp_path / "journal.json").read_bytes()
    rolled_back.confirm(shown)
    assert (tmp_path / "journal.json").read_bytes() == before


def test_a_program_that_writes_in_between_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    log(journal, 1)
    theirs = tmp_path.parent / "copy" / "journal.json"
    theirs.parent.mkdir()
    theirs.write_bytes(path.read_bytes())
    other, _ = new_journal(at(TODAY, 20), file_storage(theirs), set_up=False)
    log(other, 2)
    fsync, swapped = os.fsync, list[bool]()

    def swap_in(descriptor: int) -> None:
        fsync(descriptor)
        if not swapped:
            swapped.append(True)
            path.write_bytes(theirs.read_bytes())

    monkeypatch.setattr(os, "fsync", swap_in)
    log(journal, 3)
    assert sorted(r.pain.worst for r in journal.entries() if isinstance(r, Pain)) == [1, 2, 3]


def test_a_newer_journal_is_read_as_far_as_it_is_understood_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    log(journal, 3)
    tables = json.loads(path.read_bytes())
    body = path.read_bytes().partition(END_OF_TABLE)[2]
    header = msgspec.convert({**tables["header"]["1"], "schema": 2, "revision": 9}, type=Header)
    header = replace(header, sha256=checksum(header, body))
    newer = b'{\n"header": {\n"1": ' + msgspec.json.encode(header) + END_OF_TABLE + body
    path.write_bytes(newer)
    assert len(journal.entries()) == 1
    with pytest.raises(Unreadable, match="a newer kneejournal wrote it"):
        log(journal, 1)
    assert path.read_bytes() == newer


def test_a_folder_or_a_pipe_given_as_a_journal_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(Unreadable, match="not a file"):
            Store(file_storage(tmp_path / name)).load()


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), file_storage(path))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreadable, match=r"No space left on device\. Nothing was changed"):
        log(journal, 3)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_folder_that_cannot_be_synced_is_said_without_claiming_that_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, _ = new_journal(at(TODAY, 20), file_storage(tmp_path / "journal.json"))
    fsync = os.fsync

    def fails_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(5, "Input/output error")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fails_for_folders)
    with pytest.raises(Unreadable, match="was written, but the disk does not confirm it") as told:
        log(journal, 3)
    assert "Nothing was changed" not in str(told.value)
    assert len(journal.entries()) == 1


def test_file_and_folder_are_synced_around_the_replacing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, put = os.fsync, Path.replace

    def spied_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def spied_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return put(self, target)

    monkeypatch.setattr(os, "fsync", spied_fsync)
    monkeypatch.setattr(Path, "replace", spied_replace)
    replace_file(tmp_path / "a", b"x")
    assert steps == ["file", "replace", "folder"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    create_file(tmp_path / "a", b"x")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
