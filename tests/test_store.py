"""The store, in memory and on the disk alike."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kneejournal.domain.snapshot import CHANGES_KEPT
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData, Unreadable
from kneejournal.files import create_file, replace_file
from kneejournal.journal import Journal
from kneejournal.store import FileStorage, JournalStorage, MemoryStorage, Store
from tests.domain.stories import TODAY, ago, at
from tests.support import new_journal

Fresh = Callable[[], JournalStorage]


@pytest.fixture(params=["memory", "disk"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """The same journal, opened anew each time."""
    memory = MemoryStorage()
    return lambda: memory if request.param == "memory" else FileStorage(tmp_path / "journal.json")


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
        storage = FileStorage(tmp_path / "new" / "journal.json", may_make_folder=True)
        journal, _ = new_journal(at(TODAY, 20), storage)
        log(journal, 3)
        log(journal, 4)
    finally:
        os.umask(0o022)
    path = tmp_path / "new" / "journal.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["journal.json"]
    assert sum('"kind":"pain"' in line and line.startswith('"') for line in path.read_text().splitlines()) == 2
    assert json.loads(path.read_text())["header"]["1"]["revision"] == 3


def test_a_folder_that_is_not_there_is_not_made_for_a_journal_that_was_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be written"):
        new_journal(at(TODAY, 20), FileStorage(tmp_path / "unmounted" / "journal.json"))
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_the_journal_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    journal, _ = new_journal(at(TODAY, 20), FileStorage(link))
    log(journal, 3)
    assert link.is_symlink()
    assert Store(FileStorage(tmp_path / "real.json")).load().records


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is damaged"),
        (b"{", "line 1"),
        (b"{}", "not one of kneejournal's"),
        (b"null", "does not hold a journal"),
        (b"[]", "does not hold a journal"),
        (b'{"records": 1}', "does not hold a journal"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"records": {}, "records": {}}', "stands twice"),
        (b'{"records": {"a": {"pain": NaN}}}', "NaN"),
        (b"[" * 100_000, "nested"),
        (b'{"x": {"1": 1' + b"0" * 5000 + b"}}", "digits"),
        (b'{"tasks": {"1": {}}}', "not one of kneejournal's"),
        (b'{"header": {"1": {"format": "kneejournal", "schema": 2, "revision": 1}}}', "newer kneejournal"),
        (b'{"header": {"1": {"format": "kneejournal", "schema": 1, "revision": 1}}, "records": {"a": {}}}', "record a"),
    ],
)
def test_a_file_that_is_not_a_journal_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "journal.json"
    path.write_bytes(content)
    journal, _ = new_journal(at(TODAY, 20), FileStorage(path), set_up=False)
    for attempt in (journal.verdict, journal.export, lambda: log(journal, 1), journal.undo):
        with pytest.raises(Unreadable, match=told):
            attempt()
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["journal.json"]


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
    journal, _ = new_journal(at(TODAY, 20), FileStorage(path))
    log(journal, 3)
    text = path.read_text().replace(old, new, 1)
    assert text != path.read_text()
    path.write_text(text)
    with pytest.raises(Unreadable, match=told):
        journal.verdict()


def test_a_folder_or_a_pipe_given_as_a_journal_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(Unreadable, match="not a file"):
            Store(FileStorage(tmp_path / name)).load()


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.json"
    journal, _ = new_journal(at(TODAY, 20), FileStorage(path))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreadable, match=r"No space left on device\. Nothing was changed"):
        log(journal, 3)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["journal.json"]


def test_file_and_folder_are_synced_around_the_replacing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def spied_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def spied_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(self, target)

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
