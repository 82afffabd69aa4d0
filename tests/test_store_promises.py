"""What the store promises: a change is whole, made of what is stored, and kept, or nothing is written."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import Pain
from kneejournal.domain.snapshot import Edit, Snapshot
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData, Unreadable
from kneejournal.journal_file import ChangedMeanwhile
from kneejournal.storage import FileStorage, JournalStorage, MemoryStorage
from kneejournal.store import TRIES, Store
from tests.domain.stories import TODAY, at, pain
from tests.kept import EVENING, Kept, told
from tests.support import file_storage, new_journal
from tests.torture.rig import tree


@pytest.fixture
def kept(home: Path) -> Kept:
    return Kept(home)


@pytest.fixture(params=["memory", "disk"])
def storage(request: pytest.FixtureRequest, home: Path) -> JournalStorage:
    return MemoryStorage() if request.param == "memory" else file_storage(home / "journal.json")


def whole() -> Snapshot:
    """A journal of two entries, with one change that can be undone."""
    journal, _ = new_journal(EVENING)
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 1}))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 2}))
    return journal.snapshot()


def test_a_whole_journal_begins_with_its_profile_and_its_undo_list(storage: JournalStorage) -> None:
    snapshot = whole()
    Store(storage).begin(snapshot, EVENING)
    assert Store(storage).load() == snapshot
    journal, _ = new_journal(EVENING, storage, set_up=False)
    journal.undo()
    assert len(journal.entries()) == 1


def test_a_journal_never_begins_over_another(storage: JournalStorage) -> None:
    journal, _ = new_journal(EVENING, storage)
    before = journal.snapshot()
    said, _ = told(Unreadable, lambda: Store(storage).begin(whole(), EVENING))
    assert said == "There is a journal already, and nothing is written over it."
    assert journal.snapshot() == before


def test_a_journal_that_begins_on_the_disk_is_kept_as_of_that_moment(home: Path) -> None:
    storage = file_storage(home / "journal.json")
    Store(storage).begin(whole(), EVENING)
    (backup,) = storage.file.backups.all()
    assert (backup.revision, backup.made_at) == (1, EVENING)


def test_a_change_of_nothing_writes_nothing(kept: Kept) -> None:
    before = tree(kept.path.parent)
    edit, after = kept.store.update(lambda _: Edit(what="nothing", keep_before="import"), EVENING)
    assert (edit.what, after) == ("nothing", kept.journal.snapshot())
    assert tree(kept.path.parent) == before


def test_a_change_is_made_of_what_is_stored_and_answers_with_what_it_left(storage: JournalStorage) -> None:
    Store(storage).begin(whole(), EVENING)
    befores: list[Snapshot] = []

    def make(before: Snapshot) -> Edit:
        befores.append(before)
        return Edit(what="Knee 5", records=(pain(TODAY, 5),))

    edit, after = Store(storage).update(make, EVENING)
    assert befores == [whole_of(after, without=pain(TODAY, 5).id)]
    assert edit.what == after.changes[-1].what == "Knee 5"
    assert Store(storage).load() == after


def whole_of(after: Snapshot, without: str) -> Snapshot:
    """`after` as it was before its last change, which wrote one record."""
    records = {key: record for key, record in after.records.items() if key != without}
    return replace(after, records=records, changes=after.changes[:-1])


def test_a_record_that_is_written_again_takes_the_place_of_its_older_version(storage: JournalStorage) -> None:
    store = Store(storage)
    for score in (5, 6):
        record = replace(pain(TODAY, score), id=pain(TODAY).id)
        store.update(lambda _, record=record: Edit(what="", records=(record,)), EVENING)  # type: ignore[misc]
    (only,) = store.load().records.values()
    assert isinstance(only, Pain)
    assert only.pain.worst == 6


def test_a_change_of_the_profile_leaves_the_records_and_the_other_way_round(storage: JournalStorage) -> None:
    store = Store(storage)
    store.update(lambda _: Edit(what="", profile=Profile(units="mi")), EVENING)
    store.update(lambda _: Edit(what="", records=(pain(TODAY, 5),)), EVENING)
    assert (store.load().profile.units, len(store.load().records)) == ("mi", 1)
    store.update(lambda _: Edit(what="", profile=Profile(units="km")), EVENING)
    assert (store.load().profile.units, len(store.load().records)) == ("km", 1)


def test_before_a_change_of_much_a_copy_is_kept_that_says_what_for(kept: Kept) -> None:
    before = kept.path.read_bytes()
    later = at(TODAY, 22)
    kept.store.update(lambda _: Edit(what="", records=(pain(TODAY, 5),), keep_before="import"), later)
    (copy,) = [backup for backup in kept.file.backups.all() if backup.before]
    assert (copy.before, copy.revision, copy.made_at) == ("import", 2, later)
    assert copy.path.read_bytes() == before


def test_before_the_first_change_there_is_nothing_to_keep(home: Path) -> None:
    storage = file_storage(home / "journal.json")
    Store(storage).update(lambda _: Edit(what="", records=(pain(TODAY, 5),), keep_before="import"), EVENING)
    assert [backup.before for backup in storage.file.backups.all()] == [None]


class Disturbed(FileStorage):
    """A journal in a file that another program writes just before each of the first `times` saves."""

    times = 0

    def save(self, tables: dict[str, Any], at: Any) -> None:
        if self.times:
            self.times -= 1
            raise ChangedMeanwhile
        super().save(tables, at)


def test_a_change_is_made_anew_as_often_as_it_is_disturbed(kept: Kept) -> None:
    storage = Disturbed(kept.file)
    storage.times = TRIES - 1
    made: list[Snapshot] = []

    def make(before: Snapshot) -> Edit:
        made.append(before)
        return Edit(what="", records=(pain(TODAY, 5),))

    Store(storage).update(make, EVENING)
    assert len(made) == TRIES
    assert kept.scores == [3, 5]


def test_a_change_that_is_disturbed_without_end_is_given_up(kept: Kept) -> None:
    storage = Disturbed(kept.file)
    storage.times = TRIES
    before = kept.path.read_bytes()
    said, _ = told(
        Unreadable, lambda: Store(storage).update(lambda _: Edit(what="", records=(pain(TODAY, 5),)), EVENING)
    )
    assert said == "Another program keeps writing the journal, so nothing was changed. Stop it and try again."
    assert kept.path.read_bytes() == before


def rolled_back(kept: Kept) -> Snapshot:
    """The journal in an older version than this machine has written."""
    older = kept.path.read_bytes()
    kept.log(4)
    kept.path.write_bytes(older)
    return kept.journal.snapshot()


def test_confirming_changes_nothing_but_that(kept: Kept) -> None:
    shown = rolled_back(kept)
    tables = {name: table for name, table in kept.content.tables.items() if name != "header"}
    kept.store.confirm(shown, EVENING)
    assert {name: table for name, table in kept.content.tables.items() if name != "header"} == tables
    assert kept.journal.snapshot() == replace(shown, to_confirm=False)
    assert not kept.header.to_confirm


def test_confirming_is_kept_as_of_its_moment(kept: Kept) -> None:
    kept.store.confirm(rolled_back(kept), at(TODAY, 22))
    assert kept.file.backups.all()[0].made_at == at(TODAY, 22)


def test_what_is_not_as_it_was_shown_is_not_confirmed_and_says_what_to_do(kept: Kept) -> None:
    shown = rolled_back(kept)
    kept.log(5)
    said, hint = told(BadData, lambda: kept.store.confirm(shown, EVENING))
    assert said == (
        "The journal was changed after these days were shown, so they were not confirmed. Go through them again."
    )
    assert hint == "kneejournal confirm shows them as they are now."
    assert kept.journal.snapshot().to_confirm


def test_a_journal_whose_file_went_away_has_nothing_to_confirm(kept: Kept) -> None:
    storage = file_storage(kept.path)
    store = Store(storage)
    rolled_back(kept)
    assert store.load().to_confirm
    kept.path.unlink()
    kept.file.backups.folder.rename(kept.path.with_name("moved away"))
    assert store.load() == Snapshot()


@pytest.mark.parametrize(
    ("table", "document", "said"),
    [
        ("profile", {"knees": []}, "The journal is damaged: the profile: "),
        ("changes", {"what": 1}, "The journal is damaged: the undo list: "),
        ("records", {"kind": "mood"}, "The journal is damaged: record 1: "),
    ],
)
def test_what_is_not_valid_is_named_with_the_table_that_it_is_of(
    table: str, document: dict[str, Any], said: str
) -> None:
    message, _ = told(Unreadable, Store(MemoryStorage({table: {"1": document}})).load)
    assert message.startswith(said)
    assert message.endswith(". It was left as it is.")


def test_what_is_not_valid_in_a_journal_of_this_schema_is_not_laid_to_a_newer_one(kept: Kept) -> None:
    kept.path.write_bytes(kept.path.read_bytes().replace(b'"kind":"pain"', b'"kind":"mood"', 1))
    kept.with_header()
    message, _ = told(Unreadable, kept.store.load)
    assert message.startswith("The journal is damaged: record ")


def test_a_record_under_the_id_of_another_is_said() -> None:
    plain = msgspec.to_builtins(pain(TODAY, 5))
    message, _ = told(Unreadable, Store(MemoryStorage({"records": {"another\x1b": plain}})).load)
    assert message == f"The journal is damaged: record another␛ names itself {plain['id']}. It was left as it is."


def test_the_journal_is_read_only_as_a_whole(storage: JournalStorage) -> None:
    with pytest.raises(RuntimeError, match=r"^the journal is read as a whole, inside reading\(\) or writing\(\)$"):
        storage.read()
    with storage.reading():
        assert storage.read() == {}
    with pytest.raises(RuntimeError):
        storage.read()


def test_what_fails_while_reading_leaves_nothing_held(storage: JournalStorage) -> None:
    with pytest.raises(ZeroDivisionError), storage.reading():
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        storage.read()


def test_what_is_written_while_reading_is_not_saved(storage: JournalStorage) -> None:
    with storage.reading():
        storage.write({"records": {"1": {}}})
    with storage.writing(EVENING):
        assert storage.read() == {}
    assert storage.load() == {}


def test_a_storage_that_keeps_nothing_is_no_storage() -> None:
    for attempt in (JournalStorage().load, lambda: JournalStorage().save({}, EVENING)):
        with pytest.raises(NotImplementedError):
            attempt()
