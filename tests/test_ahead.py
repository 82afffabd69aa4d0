"""Changes that are written ahead of the journal: on the disk at once, in its own file a moment later, never lost."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kneejournal import ahead, store
from kneejournal.doctor import Doctor
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Pain, new_id
from kneejournal.domain.snapshot import Edit, Snapshot
from kneejournal.errors import Unreadable
from kneejournal.examination import Examination
from kneejournal.journal_file import ChangedMeanwhile, JournalFile, Missing
from kneejournal.journal_format import encoded
from kneejournal.storage import FileStorage
from kneejournal.store import Store
from tests.domain.stories import TODAY, pain
from tests.kept import EVENING, Kept, told
from tests.support import file_storage, new_journal
from tests.torture.rig import tree


class App:
    """A program that stays open and writes ahead; it is killed before anything is settled unless that is asked for."""

    def __init__(self, path: Path) -> None:
        self.store = Store(file_storage(path))
        self.store.write_ahead()

    def write(self, *records: AnyRecord, settled: bool = False, profile: Profile | None = None) -> Snapshot:
        with pytest.MonkeyPatch.context() as patched:
            if not settled:
                patched.setattr(Store, "_settle_soon", lambda *_: None)
            _, after = self.store.update(
                lambda _: Edit(what="written ahead", records=records, profile=profile), EVENING
            )
        self.store.wait()
        return after


def felt(score: int) -> AnyRecord:
    return replace(pain(TODAY, score), id=new_id(), note=f"note {score}")


@pytest.fixture
def kept(home: Path) -> Kept:
    return Kept(home)


@pytest.fixture
def app(kept: Kept) -> App:
    return App(kept.path)


def scores(found: Snapshot) -> list[int]:
    return sorted(record.pain.worst for record in found.live if isinstance(record, Pain))


def beside(kept: Kept) -> Path:
    return kept.path.with_name("journal.json.ahead")


def test_a_change_is_on_the_disk_when_it_is_done_and_the_journal_itself_is_as_it_was(kept: Kept, app: App) -> None:
    before = kept.path.read_bytes()
    after = app.write(felt(5))
    assert kept.path.read_bytes() == before
    assert beside(kept).stat().st_mode & 0o777 == 0o600
    assert kept.store.load() == app.store.load() == after
    assert app.store.load() is after
    assert kept.scores == [3, 5]


def test_it_is_settled_a_moment_later_and_still_the_same_journal(kept: Kept, app: App) -> None:
    after = app.write(felt(5), settled=True)
    assert not beside(kept).exists()
    assert app.store.load() is after
    assert kept.store.load() == after
    assert (kept.header.revision, kept.file.backups.all()[0].revision) == (3, 3)
    assert not kept.file.is_rolled_back(kept.header)


def test_the_file_and_its_name_are_synced_before_it_is_done(
    kept: Kept, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def spied(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name.split(".json")[-1][:6])
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spied)
    app.write(felt(5))
    assert synced == [".ahead", kept.path.parent.name]


@pytest.mark.parametrize("writes_ahead", [True, False], ids=["the next app", "a command"])
def test_what_a_killed_app_left_is_read_and_taken_in_by_the_next_change(
    kept: Kept, app: App, writes_ahead: bool
) -> None:
    app.write(felt(5))
    app.write(felt(6))
    if writes_ahead:
        App(kept.path).write(felt(7), settled=True)
    else:
        kept.log(7)
    assert not beside(kept).exists()
    assert kept.scores == [3, 5, 6, 7]
    assert kept.store.load().changes[-2].what == "written ahead"


def test_it_can_be_taken_back_by_another_program(kept: Kept, app: App) -> None:
    app.write(felt(5))
    kept.journal.undo()
    assert kept.scores == [3]
    assert not beside(kept).exists()


def test_settings_are_written_ahead_too(kept: Kept, app: App) -> None:
    app.write(profile=Profile(units="km", updated_at=EVENING))
    assert beside(kept).exists()
    assert kept.store.load().profile.units == "km"
    kept.log(4)
    assert kept.store.load().profile.units == "km"


def test_a_later_version_of_an_entry_stands_wherever_it_is_written(kept: Kept, app: App) -> None:
    (first,) = kept.store.load().live
    app.write(replace(pain(TODAY, 8), id=first.id, updated_at=EVENING + timedelta(seconds=1)))
    assert kept.scores == [8]
    stale = beside(kept).read_bytes()
    kept.journal.delete(first.id)
    assert kept.scores == []
    beside(kept).write_bytes(stale)
    assert kept.scores == [], "what is settled says nothing new when it comes back"
    kept.log(4)
    assert kept.scores == [4]


def test_a_version_that_another_program_brings_in_between_is_kept_and_so_is_ours(
    kept: Kept, app: App, home: Path
) -> None:
    theirs = home.parent / "theirs" / "journal.json"
    theirs.parent.mkdir()
    theirs.write_bytes(kept.path.read_bytes())
    Store(file_storage(theirs)).update(lambda _: Edit(what="theirs", records=(felt(9),)), EVENING)
    app.write(felt(5))
    kept.path.write_bytes(theirs.read_bytes())
    assert kept.scores == [3, 5, 9]
    app.write(felt(6), settled=True)
    assert scores(app.store.load()) == kept.scores == [3, 5, 6, 9]


def test_while_it_is_settled_reading_waits_for_nothing_and_writing_for_that(
    kept: Kept, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, settling = threading.Event(), threading.Event()
    replace_file = JournalFile.replace

    def slow(self: JournalFile, *arguments: object, **named: object) -> object:
        settling.set()
        assert go_on.wait(30)
        return replace_file(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(JournalFile, "replace", slow)
    _, after = app.store.update(lambda _: Edit(what="", records=(felt(5),)), EVENING)
    assert settling.wait(30)
    assert app.store.load() is after
    second = threading.Thread(target=app.store.update, args=(lambda _: Edit(what="", records=(felt(6),)), EVENING))
    second.start()
    go_on.set()
    second.join()
    app.store.wait()
    assert kept.scores == [3, 5, 6]
    assert not beside(kept).exists()


def test_what_cannot_be_settled_is_kept_and_the_next_change_says_why(
    kept: Kept, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unreadable("No space left on device. Nothing was changed.")

    monkeypatch.setattr(JournalFile, "replace", full)
    app.write(felt(5), settled=True)
    assert kept.scores == [3, 5]
    with pytest.raises(Unreadable, match="No space left"):
        app.write(felt(6), settled=True)
    assert scores(app.store.load()) == kept.scores == [3, 5]
    monkeypatch.undo()
    kept.log(7)
    assert kept.scores == [3, 5, 7]


def test_a_disturbed_settling_is_tried_again(kept: Kept, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_file, disturbed = JournalFile.replace, list[int]()

    def disturb(self: JournalFile, *arguments: object, **named: object) -> object:
        if len(disturbed) < store.TRIES - 1:
            disturbed.append(1)
            raise ChangedMeanwhile
        return replace_file(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(JournalFile, "replace", disturb)
    app.write(felt(5), settled=True)
    assert not beside(kept).exists()
    assert kept.scores == [3, 5]


@pytest.mark.parametrize("why", ["many", "another machine's", "to be confirmed", "the first"])
def test_what_is_not_small_or_not_certain_goes_into_the_journal_at_once(kept: Kept, app: App, why: str) -> None:
    records = tuple(felt(5) for _ in range(ahead.MOST + 1 if why == "many" else 1))
    if why == "another machine's":
        for state in kept.state.iterdir():
            state.unlink()
    elif why == "to be confirmed":
        older = kept.path.read_bytes()
        kept.log(4)
        kept.path.write_bytes(older)
    elif why == "the first":
        app = App(kept.path.parent / "new.json")
    app.write(*records)
    assert not list(kept.path.parent.glob("*.ahead"))
    assert scores(Store(app.store._storage).load()).count(5) == len(records)


def test_confirming_the_last_days_is_not_undone_by_what_was_written_ahead(kept: Kept) -> None:
    older = kept.path.read_bytes()
    kept.log(4)
    kept.path.write_bytes(older)
    opened = App(kept.path)
    opened.write(felt(5), settled=True)
    opened.store.confirm(opened.store.load(), EVENING)
    opened.write(felt(6))
    assert not kept.store.load().to_confirm
    kept.log(7)
    assert not kept.store.load().to_confirm


def cuts(raw: bytes) -> Iterator[bytes]:
    yield from (raw[:length] for length in range(0, len(raw), 41))
    yield from (raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :] for place in range(0, len(raw), 23))


def test_damage_is_noticed_and_nothing_is_written_over_it(kept: Kept, app: App) -> None:
    app.write(felt(5))
    whole = beside(kept).read_bytes()
    for damaged in cuts(whole):
        beside(kept).write_bytes(damaged)
        for attempt in (kept.store.load, app.store.load, lambda: app.write(felt(6)), lambda: kept.log(6)):
            told(Unreadable, attempt)
        assert beside(kept).read_bytes() == damaged
    beside(kept).write_bytes(whole)
    assert kept.scores == [3, 5]


def test_repair_brings_back_what_can_be_read_of_it_and_keeps_it_aside(kept: Kept, app: App) -> None:
    app.write(felt(5))
    damaged = beside(kept).read_bytes()[:-30]
    beside(kept).write_bytes(damaged)
    assert [finding.name for finding in Examination(kept.file).findings(TODAY) if not finding.is_well] == [
        "latest changes"
    ]
    said = Doctor(kept.file).repair(EVENING)
    assert said.startswith("Brought back from the journal, and 1 newer entries")
    assert [path.read_bytes() for path in kept.path.parent.glob("*.damaged-*")] == [damaged]
    assert not beside(kept).exists()
    assert (kept.scores, kept.store.load().to_confirm) == ([3, 5], True)


def test_repair_of_the_journal_takes_in_what_was_written_ahead_of_it(kept: Kept, app: App) -> None:
    app.write(felt(5))
    kept.path.write_bytes(kept.path.read_bytes()[:-30])
    told(Unreadable, kept.store.load)
    Doctor(kept.file).repair(EVENING)
    assert kept.scores == [3, 5]
    kept.path.unlink()
    App(kept.path)
    told(Missing, kept.store.load)


def test_changes_are_no_journal_of_their_own(kept: Kept, app: App) -> None:
    app.write(felt(5))
    kept.path.unlink()
    for backup in kept.file.backups.all():
        backup.path.unlink()
    told(Missing, kept.store.load)
    told(Missing, lambda: app.write(felt(6)))
    Doctor(kept.file).repair(EVENING)
    assert kept.scores == [5]


def test_changes_of_another_journal_are_not_mixed_in(kept: Kept, app: App) -> None:
    app.write(felt(5))
    raw, _ = encoded({"records": {}}, 9, "another journal", to_confirm=False)
    kept.path.write_bytes(raw)
    before = tree(kept.path.parent)
    for attempt in (kept.store.load, lambda: kept.log(6)):
        assert "of another journal" in told(Unreadable, attempt)[0]
    assert tree(kept.path.parent) == before
    Doctor(kept.file).repair(EVENING)
    assert kept.scores == []
    assert len(list(kept.path.parent.glob("*.damaged-*"))) == 1


def purge(kept: Kept, record_id: str) -> None:
    Doctor(kept.file).purge(record_id, EVENING)


def restore(kept: Kept, _: str) -> None:
    doctor = Doctor(kept.file)
    doctor.restore(doctor.backup_of(1), EVENING)


@pytest.mark.parametrize("work", [purge, restore])
def test_what_doctor_takes_out_does_not_come_back_with_what_was_written_ahead(
    kept: Kept, app: App, work: Callable[[Kept, str], None]
) -> None:
    record = felt(5)
    app.write(record)
    work(kept, record.id)
    assert not beside(kept).exists()
    assert 5 not in kept.scores
    kept.log(6)
    assert 5 not in kept.scores
    everything = b"".join(tree(kept.path.parent).values())
    assert (record.id.encode() in everything) is (work is restore), "a restore keeps the newest version as a backup"


def test_accepting_a_journal_changed_by_hand_takes_in_what_was_written_ahead(kept: Kept, app: App) -> None:
    app.write(felt(5))
    kept.path.write_bytes(kept.path.read_bytes().replace(b"note 3", b"by hand"))
    told(Unreadable, kept.store.load)
    Doctor(kept.file).accept(EVENING)
    assert kept.scores == [3, 5]


def test_doctor_says_that_a_stopped_program_left_something(kept: Kept, app: App) -> None:
    assert "latest changes" not in {finding.name for finding in Examination(kept.file).findings(TODAY)}
    app.write(felt(5))
    (finding,) = [f for f in Examination(kept.file).findings(TODAY) if f.name == "latest changes"]
    assert finding.is_well
    assert "journal.json.ahead" in finding.text


def test_another_program_notices_what_is_written_ahead(kept: Kept, app: App) -> None:
    before = kept.store.signature()
    app.write(felt(5))
    assert kept.store.signature() != before


def test_a_journal_in_memory_writes_nothing_ahead() -> None:
    journal, _ = new_journal(EVENING)
    journal._store.write_ahead()
    journal.care("ice")
    assert len(journal.entries()) == 1


def test_what_is_known_is_not_taken_for_what_settling_found(kept: Kept, app: App) -> None:
    """Another program wrote between the change and its settling: the journal is read anew."""
    settle = FileStorage.settle

    def after_another(self: FileStorage, at: object) -> object:
        kept.log(9)
        return settle(self, at)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FileStorage, "settle", after_another)
        app.write(felt(5), settled=True)
    assert scores(app.store.load()) == kept.scores == [3, 5, 9]
