"""What was typed and not saved: kept for the next start, and in nobody's way."""

import os
import stat
from pathlib import Path

import pytest

from kneejournal.drafts import Draft, Drafts

ENDED = "999999999"
"""The number of a process that is not running: no system counts that far."""
STAIRS = Draft(dialog="pain", about="an-entry", typed={"note": "worse on the way down ␛", "symptoms": ["squat"]})
HILLS = Draft(dialog="run", typed={"note": "hilly"})


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "data" / "drafts"


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


def left(folder: Path, draft: Draft, process: str = ENDED) -> Path:
    """A draft of a program that ended before it was saved."""
    Drafts(folder).keep(draft)
    (own,) = folder.glob(f"{os.getpid()}.json")
    return own.rename(own.with_name(f"{process}.json"))


def test_what_a_program_left_comes_back_once_and_as_it_was(folder: Path) -> None:
    left(folder, STAIRS)
    assert Drafts(folder).take_left_over() == STAIRS
    assert kept(folder) == []
    assert Drafts(folder).take_left_over() is None


def test_several_come_back_one_after_the_other(folder: Path) -> None:
    left(folder, STAIRS)
    left(folder, HILLS, "999999998")
    drafts = Drafts(folder)
    assert [drafts.take_left_over() for _ in range(3)] == [HILLS, STAIRS, None]


def test_where_there_was_never_a_draft_there_is_none_and_no_folder(folder: Path) -> None:
    assert Drafts(folder).take_left_over() is None
    assert not folder.exists()


def test_a_draft_is_for_its_writer_only(folder: Path) -> None:
    before = os.umask(0)
    try:
        Drafts(folder).keep(STAIRS)
    finally:
        os.umask(before)
    assert kept(folder) == [f"{os.getpid()}.json"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(next(folder.iterdir()).stat().st_mode) == 0o600


def test_what_is_typed_on_takes_the_place_of_what_was_typed_before(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(STAIRS)
    drafts.keep(HILLS)
    (own,) = folder.iterdir()
    own.rename(folder / f"{ENDED}.json")
    assert Drafts(folder).take_left_over() == HILLS


def test_what_is_kept_already_is_not_written_again(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(STAIRS)
    (own,) = folder.iterdir()
    before = own.stat().st_ino
    drafts.keep(Draft(dialog="pain", about="an-entry", typed=dict(STAIRS.typed)))
    assert own.stat().st_ino == before
    drafts.keep(HILLS)
    assert own.stat().st_ino != before


def test_nobody_waits_for_the_disk_while_typing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    Drafts(folder).keep(STAIRS)
    assert asked == []


def test_a_draft_that_cannot_be_written_stops_nobody_and_is_tried_again(folder: Path) -> None:
    drafts = Drafts(folder)
    folder.parent.mkdir()
    folder.write_bytes(b"in the way")
    drafts.keep(STAIRS)
    assert folder.read_bytes() == b"in the way"
    folder.unlink()
    drafts.keep(STAIRS)
    assert kept(folder) == [f"{os.getpid()}.json"]


def test_a_dropped_draft_is_gone_and_can_be_kept_anew(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(STAIRS)
    drafts.drop()
    assert kept(folder) == []
    drafts.drop()
    drafts.keep(STAIRS)
    assert kept(folder) == [f"{os.getpid()}.json"]


def test_a_dropped_draft_that_somebody_removed_is_gone_all_the_same(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(STAIRS)
    next(folder.iterdir()).unlink()
    drafts.drop()
    assert kept(folder) == []


def test_dropping_leaves_what_this_program_did_not_write(folder: Path) -> None:
    """The numbers of processes come round: the draft may be of one that ended long ago."""
    left(folder, STAIRS, str(os.getpid()))
    Drafts(folder).drop()
    assert kept(folder) == [f"{os.getpid()}.json"]


def test_the_draft_of_a_program_that_is_running_is_not_taken(folder: Path) -> None:
    Drafts(folder).keep(STAIRS)
    assert Drafts(folder).take_left_over() is None
    assert kept(folder) == [f"{os.getpid()}.json"]


def test_the_draft_of_a_program_of_another_user_is_not_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left(folder, STAIRS, "1")

    def refuse(process: int, signal: int) -> None:
        assert (process, signal) == (1, 0)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "kill", refuse)
    assert Drafts(folder).take_left_over() is None
    assert kept(folder) == ["1.json"]


def test_what_a_program_left_is_found_beside_the_drafts_of_others(folder: Path) -> None:
    left(folder, HILLS, "1")
    left(folder, HILLS).rename(folder / "0-notes.json")
    left(folder, STAIRS)
    assert Drafts(folder).take_left_over() == STAIRS
    assert kept(folder) == ["0-notes.json", "1.json"], "process 1 is always running"


@pytest.mark.parametrize("name", ["notes.json", ".999999999.json.abc.tmp", "999999999.txt", "9²9.json", "٣٤.json"])
def test_whatever_else_lies_in_the_folder_is_left_alone(folder: Path, name: str) -> None:
    left(folder, STAIRS).rename(folder / name)
    assert Drafts(folder).take_left_over() is None
    assert kept(folder) == [name]


@pytest.mark.parametrize("content", [b"", b'{"dialog": "pain"', b'{"dialog": "pain"}', b"\xff", b"[]"])
def test_a_draft_that_cannot_be_read_is_passed_over_for_the_next(folder: Path, content: bytes) -> None:
    left(folder, STAIRS)
    (folder / "100000000.json").write_bytes(content)
    assert Drafts(folder).take_left_over() == STAIRS
    assert kept(folder) == ["100000000.json"]


def test_a_number_that_no_program_can_have_is_that_of_one_that_ended(folder: Path) -> None:
    left(folder, STAIRS, "9" * 40)
    assert Drafts(folder).take_left_over() == STAIRS
