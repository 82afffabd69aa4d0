"""A journal of an older schema: read as ever, written in the newest with the first change, its own bytes kept.

There is one schema so far. The step of these tests is made up: what schema 1 calls a remark is a note in schema 2.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kneejournal import migrations
from kneejournal.backups import Backup
from kneejournal.doctor import Doctor
from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import Unreadable
from kneejournal.examination import Examination
from kneejournal.files import create_file
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import ChangedOutside, Content, NotMigrated, encoded
from kneejournal.migrations import Tables, migrated
from tests.domain.stories import TODAY, at
from tests.support import file_storage, log_clear_evenings, new_journal
from tests.torture.rig import tree

MORNING = at(TODAY, 8)
Step = Callable[[Tables], Tables]


def renamed(tables: Tables, old: str, new: str) -> Tables:
    """`tables` with a field of every record under another name, in the undo list too."""

    def record(plain: dict[str, Any]) -> dict[str, Any]:
        others = {key: value for key, value in plain.items() if key != old}
        return {**others, new: plain[old]} if plain["kind"] in ("pain", "run") else plain

    def change(plain: dict[str, Any]) -> dict[str, Any]:
        return {**plain, "before": [record(before) for before in plain["before"]]}

    records = {key: record(plain) for key, plain in tables.get("records", {}).items()}
    changes = {key: change(plain) for key, plain in tables.get("changes", {}).items()}
    return {**tables, "records": records, "changes": changes}


def notes_for_remarks(tables: Tables) -> Tables:
    return renamed(tables, "remark", "note")


def refused(_: Tables) -> Tables:
    raise KeyError("what somebody wrote")


class Older:
    """A journal on the disk that schema 1 wrote, with seven clear evenings, and a day on which the knee hurt."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.json"
        journal, clock = self.opened()
        log_clear_evenings(journal, clock, TODAY.replace(day=TODAY.day - 7), 7)
        hurts = PainEntry(scope="moment", day=TODAY.replace(day=1), pain={"left": 6}, note="on the stairs")
        journal.log(hurts)
        self.hurts = journal.entries(last=hurts.day)[0].id
        for backup in self.backups():
            backup.path.unlink()
        content = self.content()
        self.file.replace(
            renamed(content.tables, "note", "remark"), content.raw, content.header, MORNING, to_confirm=False
        )
        self.written = self.path.read_bytes()

    @property
    def file(self) -> JournalFile:
        return file_storage(self.path).file

    @property
    def doctor(self) -> Doctor:
        return Doctor(self.file)

    def opened(self) -> tuple[Journal, Any]:
        return new_journal(MORNING, file_storage(self.path), set_up=not self.path.exists())

    @property
    def journal(self) -> Journal:
        return self.opened()[0]

    def content(self) -> Content:
        content = self.file.read()
        assert content is not None
        return content

    def backups(self, before: str = "") -> list[Backup]:
        return [backup for backup in self.file.backups.all() if not before or backup.before == before]

    def kept(self) -> list[bytes]:
        return [backup.path.read_bytes() for backup in self.backups("migration")]

    def rewritten(self, tables: Tables) -> bytes:
        """The same journal with other tables, as the kneejournal of the present schema would write it."""
        header = self.content().header
        raw, _ = encoded(tables, header.revision, header.journal, to_confirm=False)
        self.path.write_bytes(raw)
        return raw


@pytest.fixture
def old(home: Path) -> Older:
    return Older(home)


def now_is(monkeypatch: pytest.MonkeyPatch, steps: dict[int, Step]) -> None:
    """From here on, kneejournal is of the schema to which `steps` lead."""
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "SCHEMA", max(steps, default=0) + 1)


@pytest.fixture
def older(old: Older, monkeypatch: pytest.MonkeyPatch) -> Older:
    """The same, in the hands of a kneejournal of schema 2."""
    now_is(monkeypatch, {1: notes_for_remarks})
    return old


def remarks(journal: Journal) -> list[str]:
    return [record.note for record in journal.entries() if isinstance(record, Pain) and record.note]


def test_without_the_step_the_made_up_schema_could_not_be_read(old: Older) -> None:
    with pytest.raises(Unreadable, match="remark"):
        old.journal.snapshot()


def test_an_older_journal_is_read_in_the_newest_schema_and_nothing_is_written(older: Older) -> None:
    before = tree(older.path.parent)
    assert remarks(older.journal) == ["on the stairs"]
    assert older.journal.verdict().is_ready
    assert older.journal.export()
    findings = {finding.name: finding for finding in Examination(older.file).findings(TODAY)}
    assert all(finding.is_well for finding in findings.values())
    assert "of schema 1, migrated with the next change" in findings["journal"].text
    assert tree(older.path.parent) == before


def test_the_first_change_writes_the_newest_schema_and_keeps_the_bytes_of_the_older(older: Older) -> None:
    older.journal.care("ice")
    content = older.content()
    assert content.header.schema == 2
    assert content.tables["records"][older.hurts]["note"] == "on the stairs"
    assert b'"remark"' not in content.raw
    assert older.kept() == [older.written]
    older.journal.care("ice")
    assert older.kept() == [older.written], "what is of the newest schema is migrated no more"


def test_undo_reaches_back_beyond_the_migration(older: Older) -> None:
    older.journal.care("ice")
    older.journal.undo()
    older.journal.undo()
    assert remarks(older.journal) == []


def test_confirming_writes_the_newest_schema_and_keeps_the_bytes_of_the_older(older: Older) -> None:
    for state in older.path.parent.parent.joinpath("state").iterdir():
        state.write_bytes(state.read_bytes().replace(b'"revision":10', b'"revision":99'))
    shown = older.journal.snapshot()
    assert shown.to_confirm
    older.journal.confirm(shown)
    assert (older.content().header.schema, older.kept()) == (2, [older.written])


def test_the_kneejournal_that_wrote_it_can_go_back_to_what_was_kept(
    older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    older.journal.care("ice")
    now_is(monkeypatch, {})
    (kept,) = older.kept()
    assert older.file.parse(kept).tables["records"][older.hurts]["remark"] == "on the stairs"


def test_where_its_bytes_cannot_be_kept_the_older_journal_stays(older: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kneejournal.backups.create_file", full)
        with pytest.raises(Unreadable, match=r"No space left on device\. Nothing was changed"):
            older.journal.care("ice")
    assert older.path.read_bytes() == older.written


def test_what_is_kept_of_the_older_is_on_the_disk_before_the_journal_is_replaced(
    older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    put = Path.replace

    def spied(self: Path, target: Path) -> Path:
        if Path(target).name == older.path.name:
            assert older.kept() == [older.written]
        return put(self, target)

    def keep(*arguments: Any, **named: Any) -> None:
        synced.append(named["synced"])
        create_file(*arguments, **named)

    monkeypatch.setattr(Path, "replace", spied)
    monkeypatch.setattr("kneejournal.backups.create_file", keep)
    older.journal.care("ice")
    assert synced == [True, False], "the copy of what is on the disk already need not be"


def test_the_checksum_is_looked_at_before_the_migration(old: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Tables] = []

    def spied(tables: Tables) -> Tables:
        seen.append(tables)
        return notes_for_remarks(tables)

    now_is(monkeypatch, {1: spied})
    old.path.write_bytes(old.written.replace(b"stairs", b"chairs"))
    with pytest.raises(ChangedOutside):
        old.file.read()
    assert seen == [], "nothing vouches for these bytes"


def test_one_step_follows_the_other(old: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    def louder(tables: Tables) -> Tables:
        note = {**tables["records"][old.hurts], "note": tables["records"][old.hurts]["note"].upper()}
        return {**tables, "records": {**tables["records"], old.hurts: note}}

    now_is(monkeypatch, {1: notes_for_remarks, 2: louder})
    assert remarks(old.journal) == ["ON THE STAIRS"]
    old.journal.care("ice")
    assert old.content().header.schema == 3


def test_what_is_of_the_newest_schema_or_a_newer_one_is_left_as_it_is() -> None:
    tables: Tables = {"records": {}}
    assert migrated(tables, migrations.SCHEMA) is tables
    assert migrated(tables, migrations.SCHEMA + 1) is tables


def ways_in(journal: Journal) -> tuple[Callable[[], object], ...]:
    return (journal.verdict, journal.export, lambda: journal.care("ice"), journal.undo)


def test_a_step_that_fails_leaves_the_journal_as_it_is(old: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    now_is(monkeypatch, {1: refused})
    before = tree(old.path.parent)
    for attempt in ways_in(old.journal):
        with pytest.raises(
            NotMigrated, match=r"cannot be brought from schema 1 to 2 \(KeyError\)\. It was left"
        ) as told:
            attempt()
        assert "somebody wrote" not in str(told.value)
    assert tree(old.path.parent) == before


@pytest.mark.parametrize("schema", [0, -1])
def test_a_schema_below_the_oldest_leaves_the_journal_as_it_is(
    old: Older, monkeypatch: pytest.MonkeyPatch, schema: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "SCHEMA", schema)
        old.rewritten(old.file.parse_unchecked(old.written).tables)
    before = tree(old.path.parent)
    for attempt in ways_in(old.journal):
        with pytest.raises(NotMigrated, match=f"is of schema {schema}, which this kneejournal does not know"):
            attempt()
    assert tree(old.path.parent) == before


def test_a_step_that_makes_what_is_not_valid_leaves_the_journal_as_it_is(
    old: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_is(monkeypatch, {1: lambda tables: renamed(tables, "remark", "nonsense")})
    before = tree(old.path.parent)
    ways: tuple[Callable[[], object], ...] = (*ways_in(old.journal), lambda: old.doctor.purge(old.hurts, MORNING))
    for attempt in ways:
        with pytest.raises(Unreadable, match="nonsense"):
            attempt()
    assert tree(old.path.parent) == before


def test_going_back_to_a_backup_of_an_older_schema_writes_the_newest(older: Older) -> None:
    older.journal.care("ice")
    older.journal.delete(older.hurts)
    (backup,) = older.backups("migration")
    older.doctor.restore(backup, MORNING)
    assert remarks(older.journal) == ["on the stairs"]
    assert older.content().header.schema == 2


def test_going_back_from_an_older_journal_keeps_its_bytes(older: Older) -> None:
    (backup,) = older.backups()
    older.doctor.restore(backup, MORNING)
    assert older.kept() == [older.written]
    assert older.content().header.schema == 2


def test_a_damaged_older_journal_comes_back_from_a_backup_of_its_schema(older: Older) -> None:
    damaged = older.written[:-20]
    older.path.write_bytes(damaged)
    assert "Brought back from backup" in older.doctor.repair(MORNING)
    assert remarks(older.journal) == ["on the stairs"]
    assert older.content().header.schema == 2
    assert damaged not in [backup.path.read_bytes() for backup in older.backups()], "what is damaged is no backup"


def test_without_a_backup_the_records_of_a_damaged_older_journal_are_migrated_one_by_one(older: Older) -> None:
    for backup in older.backups():
        backup.path.unlink()
    lost = older.written.replace(b'"remark":"on the stairs"', b'"rem', 1)
    older.path.write_bytes(lost[:-20])
    assert "no backup, and 7 newer entries" in older.doctor.repair(MORNING)
    assert len(older.journal.entries()) == 7


def test_a_digit_of_the_schema_that_a_failing_disk_made_loses_no_record(older: Older) -> None:
    older.journal.care("ice")
    for backup in older.backups():
        backup.path.unlink()
    older.path.write_bytes(older.path.read_bytes().replace(b'"schema":2', b'"schema":0'))
    assert "9 newer entries" in older.doctor.repair(MORNING)


def test_an_older_journal_that_another_program_changed_is_accepted_and_kept_aside(older: Older) -> None:
    changed = older.written.replace(b"stairs", b"chairs")
    older.path.write_bytes(changed)
    said = older.doctor.accept(MORNING)
    (aside,) = older.path.parent.glob("journal.json.damaged-*")
    assert aside.read_bytes() == changed
    assert aside.name in said
    assert remarks(older.journal) == ["on the chairs"]
    assert older.content().header.schema == 2
    assert all(older.file.parse(backup.path.read_bytes()) for backup in older.backups())


def test_a_purge_leaves_the_entry_in_no_schema(older: Older) -> None:
    older.journal.care("ice")
    older.doctor.purge(older.hurts, MORNING)
    assert older.backups("migration"), "the copy stays, without the entry"
    for name, raw in tree(older.path.parent).items():
        assert older.hurts.encode() not in raw, name
        assert b"stairs" not in raw, name
    assert [b for b in Examination(older.file).findings(TODAY) if not b.is_well] == []


def test_a_purge_of_an_older_journal_keeps_no_copy_with_the_entry(older: Older) -> None:
    older.doctor.purge(older.hurts, MORNING)
    assert older.content().header.schema == 2
    assert b"stairs" not in b"".join(tree(older.path.parent).values())


def test_a_purge_leaves_copies_alone_that_do_not_have_the_entry(older: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether this kneejournal understands them or not: they may be all that another one has."""
    before = tree(older.path.parent)
    older.journal.care("ice")
    ice = older.journal.entries()[0].id
    older.doctor.purge(ice, MORNING)
    assert before.items() - tree(older.path.parent).items() == {("journal.json", older.written)}
    now_is(monkeypatch, {2: lambda tables: tables})
    older.journal.care("elevate")
    elevated = older.journal.entries()[0].id
    older.doctor.purge(elevated, MORNING)
    assert older.kept()[-1] == older.written


def test_a_purge_takes_copies_away_that_have_the_entry_and_are_not_understood(
    older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    older.journal.care("ice")
    now_is(monkeypatch, {2: lambda tables: tables})
    older.doctor.purge(older.hurts, MORNING)
    assert b"stairs" not in b"".join(tree(older.path.parent).values())


def test_a_purge_writes_no_copy_of_a_newer_schema(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody went back to an older kneejournal: copies that the newer one made still lie there."""
    journal, _ = new_journal(MORNING, file_storage(home / "journal.json"))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 6}, note="on the stairs"))
    older, hurts = (home / "journal.json").read_bytes(), journal.entries()[0].id
    now_is(monkeypatch, {1: lambda tables: tables})
    journal.care("ice")
    newer = (home / "journal.json").read_bytes()
    now_is(monkeypatch, {})
    (home / "journal.json").write_bytes(older)
    journal.care("elevate")
    doctor = Doctor(file_storage(home / "journal.json").file)
    doctor.purge(next(r.id for r in journal.entries() if r.id != hurts), MORNING)
    assert newer in tree(home).values(), "what does not have the entry is not touched"
    doctor.purge(hurts, MORNING)
    assert b"stairs" not in b"".join(tree(home).values())
    assert doctor.backups()
    assert 3 not in [backup.revision for backup in doctor.backups()], (
        "nor is it written in a schema that is not its own"
    )
