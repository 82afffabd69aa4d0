"""Two machines and more, one journal: a folder that any program carries from one to the other."""

import errno
import json
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.day_states import read_days
from kneejournal.domain.gather import Others, gather, knowingly_replaced
from kneejournal.domain.merge import merge
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Pain, Scores, day_check_id, exercise_id, grown
from kneejournal.domain.said import score_of
from kneejournal.domain.snapshot import Edit, Moment, Snapshot, applied
from kneejournal.domain.write_exercises import mark
from kneejournal.domain.write_pain import PainEntry, log_pain
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal import Journal
from kneejournal.store import Store
from kneejournal.sync import Synced, synchronise
from tests.conftest import CommandLine
from tests.domain.stories import PROGRAMME, TODAY, ago, at
from tests.support import StandingClock, file_storage, places_in

LAPTOP, DESKTOP, PHONE = "aaaa1111", "bbbb2222", "cccc3333"


class Machine:
    """One machine of the runner's: a home with a journal in it, and a clock."""

    def __init__(self, folder: Path, device: str) -> None:
        self.home = folder / device / "knee"
        self.home.mkdir(parents=True)
        self.places = places_in(self.home)
        self.places.device.write_text(device)
        self.file = f"kneejournal-{device}.json"
        self.clock = StandingClock(at(TODAY, 20))
        storage = file_storage(self.places.journal)
        # The machine remembers what it has seen where the program does.
        storage.file._state = self.home / "seen" / storage.file._state.name
        self.journal = Journal(Store(storage), PROGRAMME, self.clock, lambda: device)

    def sync(self, folder: Path, *, dry_run: bool = False) -> Synced:
        return synchronise(self.journal, self.places, folder, dry_run=dry_run)

    def check(self, score: int, back: int = 0, *, correct: bool = False, note: str = "") -> None:
        """Write how the knee was, all day, `back` days ago."""
        day = ago(back)
        self.journal.log(PainEntry(scope="day", day=day, pain={"left": score}, correct=correct, note=note))

    def note(self, text: str, score: int = 0) -> None:
        self.journal.log(PainEntry(scope="moment", day=self.journal.today(), pain={"left": score}, note=text))

    @property
    def notes(self) -> set[str]:
        return {record.note for record in self.journal.snapshot().live if isinstance(record, Pain)}

    @property
    def held(self) -> tuple[dict[str, AnyRecord], Profile]:
        snapshot = self.journal.snapshot()
        return dict(snapshot.records), snapshot.profile

    @property
    def content(self) -> bytes:
        return self.places.journal.read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the machines share."""
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def laptop(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path, LAPTOP)
    machine.journal.set_up(SetupAnswers(knee="left", units="mi"))
    return machine


@pytest.fixture
def desktop(tmp_path: Path) -> Machine:
    return Machine(tmp_path, DESKTOP)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below `folder`: its bytes, and the number that a replaced file has another of."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_ino) for path in paths}


def edited(path: Path, **fields: object) -> None:
    """Change a file of the folder as another machine, or a mishap, would."""
    document: dict[str, Any] = json.loads(path.read_bytes())
    path.write_text(json.dumps({**document, **fields}))


def entry_of(machine: Machine, text: str) -> AnyRecord:
    found = machine.journal.snapshot().live
    return next(record for record in found if isinstance(record, Pain) and record.note == text)


def test_what_one_machine_writes_the_other_has_after_both_have_synced(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.note("on the laptop")
    laptop.journal.add_shoe(ShoeEntry(name="Blue", since=ago(30), default=True))
    desktop.note("on the desktop")
    assert laptop.sync(folder).came.edit.is_empty
    synced = desktop.sync(folder)
    assert (len(synced.came.new), len(synced.sent)) == (2, 1)
    laptop.sync(folder)
    assert laptop.held == desktop.held
    assert laptop.notes == {"on the laptop", "on the desktop"}


def test_every_machine_writes_its_own_file_only_and_for_its_owner_only(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.sync(folder)
    before = tree(folder)
    assert list(before) == [laptop.file]
    desktop.note("x")
    desktop.sync(folder)
    after = tree(folder)
    assert list(after) == [laptop.file, desktop.file]
    assert after[laptop.file] == before[laptop.file]
    assert stat.S_IMODE((folder / desktop.file).stat().st_mode) == 0o600


def test_its_file_is_an_export_that_can_be_imported(laptop: Machine, folder: Path) -> None:
    laptop.note("x")
    laptop.sync(folder)
    assert (folder / laptop.file).read_bytes() == laptop.journal.export()


def test_where_nothing_is_new_no_file_is_written_on_either_side(
    laptop: Machine, desktop: Machine, folder: Path, tmp_path: Path
) -> None:
    laptop.check(2, 1)
    desktop.check(0, 1)
    for machine in (laptop, desktop, laptop, desktop):
        machine.sync(folder)
    before = tree(tmp_path)
    for machine in (laptop, desktop):
        machine.clock.set(TODAY, 23)
        assert machine.sync(folder).is_nothing
    assert tree(tmp_path) == before


def test_a_machine_without_a_journal_writes_no_file(desktop: Machine, folder: Path) -> None:
    assert desktop.sync(folder).is_nothing
    assert not list(folder.iterdir())
    assert not desktop.places.journal.exists()


def test_a_dry_run_says_what_would_come_and_go_and_writes_nothing(
    laptop: Machine, desktop: Machine, folder: Path, tmp_path: Path
) -> None:
    laptop.note("x")
    laptop.sync(folder)
    desktop.note("y")
    before = tree(tmp_path)
    synced = desktop.sync(folder, dry_run=True)
    assert (len(synced.came.new), len(synced.sent)) == (1, 1)
    assert tree(tmp_path) == before


def test_what_comes_has_a_backup_before_it_and_is_not_for_this_machine_to_undo(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    for text in ("a", "b", "c"):
        laptop.note(text)
    laptop.sync(folder)
    desktop.note("mine")
    desktop.sync(folder)
    assert desktop.notes == {"a", "b", "c", "mine"}
    assert any("before-sync" in path.name for path in desktop.places.backups.iterdir())
    desktop.journal.undo()
    assert desktop.notes == {"a", "b", "c"}


def test_pain_that_comes_from_another_machine_counts_at_once(laptop: Machine, desktop: Machine, folder: Path) -> None:
    for back in range(7, 0, -1):
        desktop.clock.moment = at(ago(back), 20)
        desktop.check(0, back)
    desktop.clock.set(TODAY, 20)
    assert desktop.journal.verdict().is_ready
    laptop.clock.moment = at(ago(3), 12)
    laptop.note("stairs", score=4)
    laptop.sync(folder)
    desktop.sync(folder)
    assert desktop.journal.verdict().status == "not-ready"


def test_pain_in_the_check_that_loses_still_counts_on_both_machines(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.check(3, 1)
    desktop.clock.set(TODAY, 21)
    desktop.check(0, 1)
    laptop.sync(folder)
    (kept,) = desktop.sync(folder).came.kept
    laptop.sync(folder)
    assert laptop.held == desktop.held
    for machine in (laptop, desktop):
        found = machine.journal.snapshot()
        check = found.records[day_check_id(ago(1))]
        assert isinstance(check, Pain)
        assert check.pain.worst == 0, "by id, the later version wins"
        assert read_days(found.live, found.profile, TODAY)[ago(1)].state == "symptoms"
    assert isinstance(kept, Pain)
    assert (kept.pain.worst, kept.scope, kept.day) == (3, "day", ago(1))


def test_it_counts_till_it_is_deleted_and_then_on_no_machine(laptop: Machine, desktop: Machine, folder: Path) -> None:
    laptop.check(3, 1)
    desktop.clock.set(TODAY, 21)
    desktop.check(0, 1)
    laptop.sync(folder)
    (kept,) = desktop.sync(folder).came.kept
    desktop.journal.delete(kept.id)
    for machine in (desktop, laptop, desktop, laptop):
        machine.sync(folder)
    for machine in (laptop, desktop):
        found = machine.journal.snapshot()
        assert read_days(found.live, found.profile, TODAY)[ago(1)].state == "clear"


def test_two_checks_that_say_the_same_stay_one(laptop: Machine, desktop: Machine, folder: Path) -> None:
    laptop.check(3, 1)
    desktop.clock.set(TODAY, 21)
    desktop.check(3, 1)
    laptop.sync(folder)
    desktop.sync(folder)
    assert len(desktop.journal.entries()) == 1


def test_a_correction_made_on_the_other_machine_is_a_correction(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.check(3, 1)
    laptop.sync(folder)
    desktop.sync(folder)
    desktop.clock.set(TODAY, 21)
    desktop.check(0, 1, correct=True)
    desktop.sync(folder)
    synced = laptop.sync(folder)
    assert synced.came.kept == ()
    (entry,) = laptop.journal.entries()
    assert isinstance(entry, Pain)
    assert entry.pain.worst == 0


def test_a_better_check_by_somebody_who_had_not_seen_the_worse_one_is_no_correction(
    laptop: Machine, desktop: Machine, folder: Path, tmp_path: Path
) -> None:
    laptop.check(0)
    laptop.sync(folder)
    desktop.sync(folder)
    replica = tmp_path / "the desktop's replica, offline"
    shutil.copytree(folder, replica)
    laptop.clock.set(TODAY, 21)
    laptop.check(5)
    laptop.sync(folder)
    desktop.clock.set(TODAY, 22)
    desktop.check(0, note="not known of the 5")
    desktop.sync(replica)
    shutil.copy(replica / desktop.file, folder)
    for machine in (laptop, desktop):
        machine.sync(folder)
        assert machine.journal.verdict().days[-1].state == "symptoms"
    assert laptop.held == desktop.held


def test_pain_of_a_run_that_loses_counts_without_a_second_run(laptop: Machine, desktop: Machine, folder: Path) -> None:
    laptop.journal.log_run(RunEntry(day=TODAY, distance_m=3000))
    laptop.sync(folder)
    desktop.sync(folder)
    (run,) = laptop.journal.entries()
    laptop.journal.edit(run.id, {"pain": 2})
    desktop.clock.set(TODAY, 21)
    desktop.journal.edit(run.id, {"note": "hilly"})
    for machine in (desktop, laptop, desktop):
        machine.sync(folder)
    assert laptop.held == desktop.held
    entries = desktop.journal.entries()
    assert sorted(type(entry).__name__ for entry in entries) == ["Pain", "Run"]
    assert desktop.journal.verdict().days[-1].state == "symptoms"


def test_what_this_machine_wrote_and_another_replaced_is_kept_and_told(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.note("as it was")
    laptop.sync(folder)
    desktop.sync(folder)
    entry = entry_of(laptop, "as it was")
    laptop.journal.edit(entry.id, {"note": "from the laptop"})
    desktop.clock.set(TODAY, 21)
    desktop.journal.edit(entry.id, {"note": "from the desktop"})
    desktop.sync(folder)
    synced = laptop.sync(folder)
    assert laptop.notes == {"from the desktop"}
    assert [record.note for record in synced.came.gave_way if isinstance(record, Pain)] == ["from the laptop"]
    (file,) = synced.kept_in.iterdir()
    (kept,) = json.loads(file.read_bytes())["records"]
    assert kept["note"] == "from the laptop"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert laptop.sync(folder).is_nothing


def test_a_deleted_entry_is_deleted_everywhere_and_an_edit_after_it_was_seen_wins_whatever_the_clock_says(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    laptop.note("one")
    laptop.note("two")
    laptop.sync(folder)
    desktop.sync(folder)
    laptop.journal.delete(entry_of(laptop, "one").id)
    desktop.clock.moment = at(ago(400), 12)
    desktop.journal.edit(entry_of(desktop, "two").id, {"note": "two, seen and changed"})
    for machine in (laptop, desktop, laptop):
        machine.sync(folder)
    assert laptop.notes == desktop.notes == {"two, seen and changed"}


def test_settings_come_too_and_those_of_this_machine_are_kept(laptop: Machine, desktop: Machine, folder: Path) -> None:
    laptop.sync(folder)
    desktop.clock.set(TODAY, 21)
    desktop.journal.set_up(SetupAnswers(knee="both", units="km"))
    desktop.sync(folder)
    synced = laptop.sync(folder)
    assert laptop.journal.snapshot().profile.units == "km"
    assert synced.came.replaces_settings
    (file,) = synced.kept_in.iterdir()
    assert json.loads(file.read_bytes())["profile"]["units"] == "mi"


def test_a_restored_journal_gets_back_what_its_own_file_in_the_folder_has(laptop: Machine, folder: Path) -> None:
    laptop.note("before")
    old = laptop.content
    laptop.note("pain", score=5)
    laptop.sync(folder)
    laptop.places.journal.write_bytes(old)
    assert laptop.notes == {"before"}
    laptop.sync(folder)
    assert laptop.notes == {"before", "pain"}
    assert laptop.journal.snapshot().to_confirm, "something may be lost all the same"


CONFLICT_NAMES = [
    "{stem}.sync-conflict-20261122-201500-ABCDEF7.json",
    "{stem}.sync-conflict-20261122-201500.json",
    "{stem} (conflicted copy 2026-11-22 201500).json",
    "{stem} (conflicted copy runner 2026-11-22 201500).json",
    "{stem}_conflict-20261122-201500.json",
    "{stem} (Runner's conflicted copy 2026-11-22).json",
    "{stem} (Runner's conflicted copy).json",
    "{stem} (Copie en conflit de Runner 2026-11-22).json",
    "{stem}-DESKTOP.json",
    "{stem} 2.json",
    "{stem} (1).json",
    "{stem}.Conflict.json",
    "{stem}.json.conflict1",
]


@pytest.mark.parametrize("name", CONFLICT_NAMES)
def test_a_second_version_that_a_sync_program_left_is_merged_named_and_never_touched(
    laptop: Machine, desktop: Machine, folder: Path, name: str
) -> None:
    desktop.note("in the first")
    desktop.sync(folder)
    first = (folder / desktop.file).read_bytes()
    desktop.note("in the second")
    desktop.sync(folder)
    copy = folder / name.format(stem=f"kneejournal-{DESKTOP}")
    (folder / desktop.file).replace(copy)
    (folder / desktop.file).write_bytes(first)
    second = copy.read_bytes()
    synced = laptop.sync(folder)
    assert laptop.notes == {"in the first", "in the second"}
    assert synced.copies == (copy.name,)
    assert synced.left_out == ()
    assert (copy.read_bytes(), (folder / desktop.file).read_bytes()) == (second, first)


@pytest.mark.parametrize("name", CONFLICT_NAMES[:-1])
def test_a_second_version_of_the_journal_itself_is_merged_too(laptop: Machine, folder: Path, name: str) -> None:
    laptop.note("before")
    old = laptop.content
    laptop.note("on one machine")
    laptop.places.journal.with_name(name.format(stem="journal")).write_bytes(laptop.content)
    laptop.places.journal.write_bytes(old)
    laptop.journal.confirm(laptop.journal.snapshot())
    laptop.note("on another")
    synced = laptop.sync(folder)
    assert laptop.notes == {"before", "on one machine", "on another"}
    assert synced.copies == (name.format(stem="journal"),)


def test_another_persons_journal_beside_this_one_is_left_alone(laptop: Machine, desktop: Machine, folder: Path) -> None:
    laptop.note("mine")
    desktop.note("hers")
    shutil.copy(desktop.places.journal, laptop.home / "journal-anna.json")
    assert laptop.sync(folder).copies == ()
    assert laptop.notes == {"mine"}


@pytest.mark.parametrize(
    "name",
    [
        ".syncthing.kneejournal-bbbb2222.json.tmp", "~syncthing~kneejournal-bbbb2222.json.tmp", "notes.json",
        ".kneejournal-bbbb2222.json.0123456789ab.tmp", "kneejournal-bbbb2222.json.part", "journal.json",
    ],
)  # fmt: skip
def test_what_is_no_journal_of_a_machine_is_not_looked_at(
    laptop: Machine, desktop: Machine, folder: Path, name: str
) -> None:
    desktop.note("x")
    (folder / name).write_bytes(desktop.journal.export())
    synced = laptop.sync(folder)
    assert (laptop.notes, synced.left_out) == (set(), ())


def damages(raw: bytes) -> dict[str, bytes]:
    document: dict[str, Any] = json.loads(raw)
    record = document["records"][0]
    return {
        "empty": b"",
        "half transferred": raw[: len(raw) // 2],
        "zeros": bytes(len(raw)),
        "zeros at the end": raw[:-200] + bytes(200),
        "git's marks": raw.replace(b'"records"', b'<<<<<<< HEAD\n"records"'),
        "another program's": b'{"format": "other"}',
        "a wrong value": json.dumps({**document, "records": [{**record, "pain": {"left": 11}}]}).encode(),
        "a newer format": json.dumps({**document, "format_version": 2}).encode(),
        "not text": b"\xff\xfe" + raw,
    }


@pytest.mark.parametrize("damage", damages(b'{"records": [{"pain": 0}]}'))
def test_a_file_that_cannot_be_read_is_named_and_left_alone_and_the_others_are_merged(
    laptop: Machine, desktop: Machine, folder: Path, tmp_path: Path, damage: str
) -> None:
    phone = Machine(tmp_path, PHONE)
    phone.note("from the phone")
    phone.sync(folder)
    desktop.note("lost on the way", score=3)
    desktop.sync(folder)
    whole = (folder / desktop.file).read_bytes()
    broken = damages(whole)[damage]
    (folder / desktop.file).write_bytes(broken)
    synced = laptop.sync(folder)
    assert laptop.notes == {"from the phone"}
    (why,) = synced.left_out
    assert desktop.file in why
    assert "Nothing was changed" not in why
    assert ("Update kneejournal" in why) == (damage == "a newer format")
    assert (folder / desktop.file).read_bytes() == broken
    (folder / desktop.file).write_bytes(whole)
    laptop.sync(folder)
    assert "lost on the way" in laptop.notes


@pytest.mark.parametrize("cut", range(0, 100, 9))
def test_a_file_cut_anywhere_brings_nothing_of_it(laptop: Machine, desktop: Machine, folder: Path, cut: int) -> None:
    desktop.note("x")
    desktop.sync(folder)
    path = folder / desktop.file
    path.write_bytes(path.read_bytes()[: path.stat().st_size * cut // 100])
    assert len(laptop.sync(folder).left_out) == 1
    assert laptop.notes == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_not_a_file_is_left_out(laptop: Machine, folder: Path) -> None:
    (folder / "kneejournal-dddd4444.json").mkdir()
    os.mkfifo(folder / "kneejournal-eeee5555.json")
    assert len(laptop.sync(folder).left_out) == 2


def test_this_machines_own_file_is_set_aside_when_damaged_and_written_anew(laptop: Machine, folder: Path) -> None:
    laptop.note("x")
    laptop.sync(folder)
    whole = (folder / laptop.file).read_bytes()
    (folder / laptop.file).write_bytes(whole[:-30])
    assert laptop.sync(folder).left_out == ()
    assert (folder / laptop.file).read_bytes() == whole
    (aside,) = folder.glob(f"{laptop.file}.damaged-*")
    assert aside.read_bytes() == whole[:-30]
    assert laptop.sync(folder).is_nothing


def test_this_machines_own_file_of_a_newer_kneejournal_is_never_written(laptop: Machine, folder: Path) -> None:
    laptop.sync(folder)
    edited(folder / laptop.file, format_version=2)
    before = (folder / laptop.file).read_bytes()
    laptop.note("x")
    with pytest.raises(Unreadable, match="newer kneejournal"):
        laptop.sync(folder)
    assert (folder / laptop.file).read_bytes() == before


def test_a_folder_that_is_not_there_is_said_so_and_not_made(laptop: Machine, tmp_path: Path) -> None:
    before = laptop.content
    with pytest.raises(Unreadable, match=r"^The folder .*/usb is not there\. Nothing was changed\.$"):
        laptop.sync(tmp_path / "usb")
    assert (laptop.content, (tmp_path / "usb").exists()) == (before, False)


def test_the_folder_of_the_journal_itself_is_refused(laptop: Machine) -> None:
    with pytest.raises(Unreadable, match="Name a folder"):
        laptop.sync(laptop.home)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_where_the_folder_cannot_be_written_the_journal_stays_as_it_was(
    laptop: Machine, desktop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    laptop.note("x")
    laptop.sync(folder)
    desktop.note("y")
    before = tree(desktop.home)
    real_open = os.open

    def fails(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if str(path).startswith(str(folder)) and flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return real_open(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", fails)
    with pytest.raises(Unreadable, match="Nothing was changed"):
        desktop.sync(folder)
    monkeypatch.undo()
    assert tree(desktop.home) == before
    assert [path.name for path in folder.iterdir()] == [laptop.file]
    desktop.sync(folder)
    assert desktop.notes == {"x", "y"}


def test_where_the_journal_cannot_be_written_the_folder_stays_as_it_was(
    laptop: Machine, desktop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.note("x")
    laptop.sync(folder)
    desktop.note("y")
    before = tree(folder)

    def fails(*_: object) -> None:
        raise Unreadable("The disk is full.")

    monkeypatch.setattr(desktop.journal, "sync", fails)
    with pytest.raises(Unreadable):
        desktop.sync(folder)
    assert tree(folder) == before


def test_what_a_killed_sync_left_in_the_folder_goes_with_the_next(laptop: Machine, folder: Path) -> None:
    (folder / f"~syncthing~{laptop.file}.0123456789ab.tmp").write_bytes(b"half")
    laptop.sync(folder)
    assert [path.name for path in folder.iterdir()] == [laptop.file]


def test_a_second_sync_of_this_machine_waits_and_then_says_so(
    laptop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr("kneejournal.sync.LOCK_SECONDS", 0.0)
    with FileLock(laptop.places.data / "sync.lock"), pytest.raises(Unreadable, match="Another sync is at work"):
        laptop.sync(folder)
    laptop.sync(folder)


def test_an_entry_of_tomorrow_waits_while_a_clock_is_ahead_and_comes_where_it_is_tomorrow_already(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    desktop.clock.moment = at(TODAY, 20) + timedelta(days=7)
    desktop.note("a clock that is ahead")
    desktop.clock.moment = datetime.fromisoformat("2026-11-23T08:00:00+13:00")
    desktop.note("in Auckland", score=4)
    desktop.sync(folder)
    synced = laptop.sync(folder)
    assert laptop.notes == {"in Auckland"}
    assert synced.to_come == (TODAY + timedelta(days=7),)
    assert laptop.journal.verdict().days[-1].state == "symptoms", "it was lived through already"


def test_a_clock_that_is_a_little_ahead_holds_nothing_up(laptop: Machine, desktop: Machine, folder: Path) -> None:
    desktop.clock.set(TODAY, 20, 30)
    desktop.note("half an hour ahead", score=2)
    desktop.sync(folder)
    assert laptop.sync(folder).to_come == ()
    assert laptop.notes == {"half an hour ahead"}


def test_that_bad_news_was_seen_is_still_known_when_a_third_machine_comes_late(
    laptop: Machine, folder: Path, tmp_path: Path
) -> None:
    phone = Machine(tmp_path, PHONE)
    laptop.check(3, 1)
    for machine in (laptop, phone):
        machine.sync(folder)
    laptop.check(0, 1, correct=True)
    for text in ("a", "b"):
        laptop.sync(folder)
        laptop.note(text)
    for machine in (laptop, phone):
        machine.sync(folder)
    assert len([entry for entry in phone.journal.entries() if entry.day == ago(1)]) == 1


def test_while_it_is_written_a_file_has_a_name_that_sync_programs_do_not_carry(
    laptop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    real_open = os.open

    def seen(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT and Path(path).parent == folder:
            opened.append(Path(path).name)
        return real_open(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", seen)
    laptop.sync(folder)
    (name,) = opened
    assert name.startswith("~syncthing~"), "Syncthing's own mark"
    assert re.fullmatch(r"~.*\.tmp", name), "Dropbox's and Nextcloud's"


def test_a_machine_without_a_name_writes_no_file(laptop: Machine, folder: Path) -> None:
    laptop.places.device.unlink()
    laptop.places.device.mkdir()
    with pytest.raises(Unreadable, match="no name"):
        laptop.sync(folder)
    assert not list(folder.iterdir())


def test_two_machines_of_one_name_lose_nothing(laptop: Machine, tmp_path: Path, folder: Path) -> None:
    twin = Machine(tmp_path / "other", LAPTOP)
    laptop.note("one")
    twin.note("two")
    for machine in (laptop, twin, laptop):
        machine.sync(folder)
    assert laptop.notes == twin.notes == {"one", "two"}


class Site:
    """A machine as the rules see it: what it holds, what it told, and the files of the others that have reached it."""

    def __init__(self, device: str, skew: int) -> None:
        self.device = device
        self.skew = timedelta(seconds=skew)
        self.holds = Snapshot()
        self.told: dict[str, AnyRecord] = {}
        self.replaced: frozenset[str] = frozenset()
        self.reached: dict[str, Others] = {}

    def write(self, make: Callable[[Snapshot, Moment], Edit], step: int) -> None:
        moment = Moment(now=at(TODAY, 12) + timedelta(seconds=step) + self.skew, device=self.device, today=TODAY)
        try:
            edit = make(self.holds, moment)
        except BadData:
            return
        self.holds = applied(edit, self.holds, moment.now)

    def sync(self) -> None:
        self.replaced |= knowingly_replaced(self.told, self.holds, self.device)
        files = self.reached.values()
        others = Others(
            records=tuple(record for file in files for record in file.records),
            profiles=tuple(profile for file in files for profile in file.profiles),
            replaced=self.replaced.union(*(file.replaced for file in files)),
        )
        edit = gather(self.holds, others, self.device).edit
        self.holds = self.holds if edit.is_empty else applied(edit, self.holds, at(TODAY, 12))
        self.told = dict(self.holds.records)
        own = Others(records=tuple(self.told.values()), profiles=(self.holds.profile,), replaced=self.replaced)
        self.reached[self.device] = own


Step = tuple[str, int, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["check", "correct", "hurts", "edit", "delete", "sync", "sync", "carry", "carry"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sampled_from([0, 0, 1, 4]),
    ),
    max_size=24,
)
skews = st.lists(st.integers(-1000, 1000), min_size=3, max_size=3)


def take(sites: list[Site], number: int, step: Step) -> None:
    what, who, other, score = step
    site, day = sites[who], ago(other)
    if what == "carry":
        if site.device in site.reached:
            sites[other].reached[site.device] = site.reached[site.device]
    elif what == "sync":
        site.sync()
    elif what in ("check", "correct"):
        entry = PainEntry(scope="day", day=day, pain={"left": score}, correct=what == "correct")
        site.write(lambda snapshot, moment: log_pain(snapshot, entry, moment), number)
    elif what == "hurts":
        plank = PROGRAMME.exercises[:1]
        site.write(lambda snapshot, moment: mark(snapshot, plank, moment, day, done=True, pain=score), number)
    elif records := sorted(site.holds.live, key=lambda record: record.id):
        record = records[other % len(records)]
        changed = replace(record, pain=Scores(left=score) if isinstance(record, Pain) else score)
        changed = changed if what == "edit" else replace(record, deleted=True)

        def change(_: Snapshot, moment: Moment) -> Edit:
            stamp = grown(moment.now, record.updated_at)
            return Edit(what="x", records=(replace(changed, updated_at=stamp, device=site.device),))

        site.write(change, number)


def meet(sites: list[Site]) -> None:
    """Everything reaches everybody, and everybody syncs, till nothing is new any more."""
    for _ in range(len(sites) + 1):
        for site in sites:
            site.sync()
            for other in sites:
                other.reached[site.device] = site.reached[site.device]


def all_sites(skewed: list[int]) -> list[Site]:
    return [Site(device, skew) for device, skew in zip((LAPTOP, DESKTOP, PHONE), skewed, strict=True)]


@settings(max_examples=300, deadline=None)
@given(steps, skews)
def test_three_machines_agree_in_the_end_whatever_the_order_and_whatever_their_clocks(
    history: list[Step], skewed: list[int]
) -> None:
    sites = all_sites(skewed)
    for number, step in enumerate(history):
        take(sites, number, step)
    meet(sites)
    assert sites[0].holds.records == sites[1].holds.records == sites[2].holds.records
    before = [site.holds for site in sites]
    meet(sites)
    assert [site.holds for site in sites] == before


@settings(max_examples=300, deadline=None)
@given(steps, skews)
def test_no_pain_is_lost_but_what_somebody_took_back_who_saw_it(history: list[Step], skewed: list[int]) -> None:
    """Nobody takes anything back here, so every pain ever written is there in the end."""
    sites = all_sites(skewed)
    worst = dict.fromkeys(map(ago, range(3)), 0)
    for number, step in enumerate(history):
        if step[0] in ("correct", "edit", "delete"):
            continue
        take(sites, number, step)
        for site in sites:
            for record in site.holds.live:
                worst[record.day] = max(worst[record.day], score_of(record) or 0)
    meet(sites)
    for site in sites:
        days = read_days(site.holds.live, Profile(), TODAY)
        assert {day: days[day].worst or 0 for day in worst} == worst


@settings(max_examples=300, deadline=None)
@given(steps, skews)
def test_what_was_taken_back_by_somebody_who_saw_it_stays_so(history: list[Step], skewed: list[int]) -> None:
    """One machine corrects what all have seen and the others write nothing: its word stands, and nothing is beside."""
    sites = all_sites(skewed)
    for number, step in enumerate(history):
        take(sites, number, (step[0], 0, *step[2:]) if step[0] not in ("sync", "carry") else step)
    meet(sites)
    everything = sites[0].holds.records
    assert set(everything) <= {
        *(day_check_id(ago(back)) for back in range(3)),
        *(exercise_id(ago(back), PROGRAMME.exercises[0].id) for back in range(3)),
    }


@settings(max_examples=300, deadline=None)
@given(steps, skews, st.permutations([0, 1, 2]))
def test_the_order_in_which_files_are_read_makes_no_difference(
    history: list[Step], skewed: list[int], order: list[int]
) -> None:
    sites = all_sites(skewed)
    for number, step in enumerate(history):
        take(sites, number, step)
    for site in sites:
        site.sync()
    files = [site.reached[site.device] for site in sites]

    def joined(chosen: Iterable[Others]) -> Mapping[str, AnyRecord]:
        records = tuple(record for file in chosen for record in file.records)
        return applied(merge(Snapshot(), records, Profile(), "x").edit, Snapshot(), at(TODAY, 12)).records

    assert joined(files) == joined(files[number] for number in order) == joined([*files, *files])


def home_of(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From here on, the command line is that of another machine."""
    cli.journal = cli.home.parent / name / "journal.json"
    cli.journal.parent.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(cli.home / name))


def test_the_command_says_what_came_what_went_and_where_it_leaves_the_count(
    cli: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_of(cli, monkeypatch, "laptop")
    cli.log_clear_evenings(20, 21)
    cli.ok("log", "2", "--at", "12:10")
    assert cli.ok("sync", str(folder)) == "To other machines: 3 new or changed.\n"
    assert cli.ok("sync", str(folder)) == "Nothing new on either side.\n"
    home_of(cli, monkeypatch, "desktop")
    cli.log_clear_evenings(19, 19)
    assert cli.ok("sync", str(folder), "--dry-run").startswith("This would be exchanged; nothing was changed.\n")
    assert cli.ok("sync", str(folder)).splitlines() == [
        "From other machines: 3 new.",
        "  Knee 2, at 12:10, Sun 22 Nov.",
        "  Knee 0, all day, Sat 21 Nov.",
        "  Knee 0, all day, Fri 20 Nov.",
        "To other machines: 1 new or changed.",
        "Day 0 of 7.",
    ]
    assert cli.ok("undo").startswith("Taken back: Knee 0, all day, Thu 19 Nov.")


def test_the_command_says_which_bad_news_still_counts_and_what_gave_way(
    cli: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_of(cli, monkeypatch, "laptop")
    cli.ok("log", "3", "--all-day", now="2026-11-21T20:00:00-05:00")
    cli.ok("log", "0", "--at", "08:00", "--note", "as it was")
    cli.ok("sync", str(folder))
    entry = next(record["id"] for record in cli.records if record["note"])
    home_of(cli, monkeypatch, "desktop")
    cli.ok("log", "0", "--all-day", now="2026-11-21T21:00:00-05:00")
    out = cli.ok("sync", str(folder))
    still = re.compile(r"^Still counts, beside the newer entry: (.*) If it is wrong: kneejournal delete (\w+)$", re.M)
    (said,) = still.findall(out)
    assert said[0] == "Knee 3, all day, Sat 21 Nov."
    cli.ok("edit", entry, "--note", "changed on the desktop", now="2026-11-22T21:00:00-05:00")
    cli.ok("sync", str(folder))
    home_of(cli, monkeypatch, "laptop")
    out = cli.ok("sync", str(folder))
    assert "Written here, and replaced by a newer version (kept in " in out
    assert "\n  Knee 0, at 08:00, Sun 22 Nov.\n" in out
    cli.ok("delete", said[1])


def test_a_file_left_out_is_an_error_of_two_lines_and_the_rest_is_merged(
    cli: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_of(cli, monkeypatch, "laptop")
    cli.ok("log", "2")
    cli.ok("sync", str(folder))
    (folder / "kneejournal-dddd4444.json").write_bytes(b'{"format": "kneejournal", "form')
    home_of(cli, monkeypatch, "desktop")
    result = cli("sync", str(folder))
    assert (result.status, len(result.err.splitlines())) == (3, 2)
    assert "Left out: kneejournal-dddd4444.json" in result.err
    assert result.out.startswith("From other machines: 1 new.")


def test_hostile_names_and_texts_reach_no_terminal(cli: CommandLine, folder: Path) -> None:
    cli.ok("log", "0")
    cli.ok("sync", str(folder))
    (own,) = folder.glob("kneejournal-*.json")
    (folder / f"{own.stem}\x1b]0;x\x07.json").write_bytes(own.read_bytes())
    (folder / "kneejournal-\x1b[2J.json").write_bytes(b"{")
    result = cli("sync", str(folder))
    assert "\x1b" not in result.out + result.err
    assert "\x07" not in result.out + result.err


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root writes everywhere")
def test_a_read_only_folder_is_one_line(cli: CommandLine, folder: Path) -> None:
    cli.ok("log", "0")
    folder.chmod(0o500)
    result = cli("sync", str(folder))
    folder.chmod(0o700)
    assert (result.status, len(result.err.splitlines())) == (3, 1)


def test_a_folder_that_is_not_there_is_one_line(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "0")
    result = cli("sync", str(tmp_path / "usb"))
    assert result.status == 3
    assert result.err == f"kneejournal: The folder {tmp_path / 'usb'} is not there. Nothing was changed.\n"
