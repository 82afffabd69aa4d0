"""R5: damage is noticed, never overwritten, and recovered from."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from kneejournal.doctor import Doctor
from kneejournal.domain.records import AnyRecord, Pain
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.errors import KneejournalError, Unreadable
from kneejournal.journal_file import JournalFile
from kneejournal.journal_format import Newer
from tests.torture.conftest import Scale
from tests.torture.rig import EVENING, NOW, Home, killed_at_once, leave_ahead, note, whole

SECTOR = 512

Records = Mapping[str, AnyRecord]


@pytest.fixture
def journal(home: Home) -> Home:
    """A home with a journal of a few entries, each of them in a backup too."""
    writer = home.begin()
    for number in range(6):
        note(writer, f"entry {number}", score=number)
    return home


def is_noticed(home: Home, damaged: bytes) -> bool:
    """Whether reading and writing refuse the file, and leave every byte of it."""
    home.journal.write_bytes(damaged)
    for attempt in (home.open().verdict, lambda: note(home.open(), "over it"), home.open().undo):
        try:
            attempt()
        except Unreadable:
            continue
        return False
    return home.content == damaged


def is_brought_back(home: Home, damaged: bytes, before: Records) -> bool:
    """Whether doctor brings every entry back as it was, keeps the damaged bytes, and leaves the verdict open."""
    try:
        Doctor(home.file()).repair(EVENING)
    except UnicodeError:
        return False
    after = home.snapshot()
    aside = [path for path in home.journal.parent.glob("journal.json.damaged-*") if path.read_bytes() == damaged]
    for path in home.journal.parent.glob("journal.json.damaged-*"):
        path.unlink()
    return bool(aside) and after.records == before and after.to_confirm


def restored(home: Home) -> Callable[[], None]:
    """Puts the journal, its backups and what was seen of it back as they are now."""
    folders = (home.journal.parent, home.data)
    kept = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}

    def restore() -> None:
        for folder in folders:
            for path in folder.rglob("*"):
                if path.is_file() and path not in kept:
                    path.unlink()
        for path, content in kept.items():
            path.write_bytes(content)

    return restore


def test_a_file_cut_off_at_any_byte_is_noticed_kept_and_brought_back(
    journal: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    content, before, restore = journal.content, journal.snapshot().records, restored(journal)
    places = range(0, len(content), scale(40, 1))
    silent = [cut for cut in places if not is_noticed(journal, content[:cut])]
    lost = []
    for cut in range(0, len(content), scale(400, 10)):
        restore()
        journal.journal.write_bytes(content[:cut])
        if not is_brought_back(journal, content[:cut], before):
            lost.append(cut)
    figure(f"cut off at {len(places)} places: {len(silent)} silent, {len(lost)} not brought back")
    assert silent == []
    assert lost == []


def test_a_flipped_bit_is_noticed_kept_and_brought_back(
    journal: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    content, before, restore = journal.content, journal.snapshot().records, restored(journal)
    chance = random.Random(1)
    silent, lost, flips = [], [], scale(300, 5000)
    for number in range(flips):
        bit = chance.randrange(len(content) * 8)
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        if not is_noticed(journal, bytes(damaged)):
            silent.append(bit)
        if number % 10 == 0:
            restore()
            journal.journal.write_bytes(damaged)
            if not is_brought_back(journal, bytes(damaged), before):
                lost.append(bit)
            restore()
    figure(f"{flips} bits flipped: {len(silent)} silent, {len(lost)} not brought back")
    assert silent == []
    assert lost == []


def test_zeroed_sectors_are_noticed_kept_and_brought_back(journal: Home, figure: Callable[[str], None]) -> None:
    content, before, restore = journal.content, journal.snapshot().records, restored(journal)
    starts = range(0, len(content), SECTOR)
    for start in starts:
        length = min(SECTOR, len(content) - start)
        damaged = content[:start] + bytes(length) + content[start + length :]
        assert is_noticed(journal, damaged), start
        assert is_brought_back(journal, damaged, before), start
        restore()
    figure(f"{len(starts)} sectors zeroed: 0 silent, 0 not brought back")


_WRONG_TABLES: tuple[object, ...] = (None, [], 1, "x", {"1": None}, {"1": []}, {"x": {"y": {}}})
_WRONG_VALUES: tuple[object, ...] = (None, -1, 11, 10**15, "", "x", [], {}, True, "2026-13-45")


def wrong_shapes(content: bytes) -> Iterator[bytes]:
    """Files that are JSON, or nearly, and not this journal."""
    yield from (b"", b"\0", b"{", b"null", b"true", b"0", b'""', b"[]", b"{}", b"[{}]", b"\xef\xbb\xbf" + content)
    yield from (content + content, content + b"x", content.replace(b"\n", b"\r\n"), content[:-3] + b",}\n")
    yield content.decode().encode("utf-16")
    tables = json.loads(content)
    for name in list(tables):
        yield json.dumps({key: value for key, value in tables.items() if key != name}).encode()
        for table in _WRONG_TABLES:
            yield json.dumps({**tables, name: table}).encode()
    yield json.dumps(tables).encode()
    first = next(iter(tables["records"]))
    for field in list(tables["records"][first]):
        for value in _WRONG_VALUES:
            record = {**tables["records"][first], field: value}
            yield json.dumps({**tables, "records": {**tables["records"], first: record}}).encode()


def test_a_file_of_a_wrong_shape_is_noticed_and_kept(journal: Home, figure: Callable[[str], None]) -> None:
    content = journal.content
    shapes = [shape for shape in wrong_shapes(content) if shape != content]
    silent = [shape for shape in shapes if not is_noticed(journal, shape)]
    figure(f"{len(shapes)} wrong shapes: {len(silent)} silent")
    assert silent == []


def test_a_damaged_backup_is_passed_over_for_the_newest_good_one(journal: Home) -> None:
    before = journal.snapshot().records
    newest, second, *_ = journal.file().backups.all()
    newest.path.write_bytes(newest.path.read_bytes()[:100])
    journal.journal.write_bytes(b"")
    Doctor(journal.file()).repair(EVENING)
    expected = whole(JournalFile(second.path, journal.state))
    assert expected is not None
    assert journal.snapshot().records == expected.records
    assert len(before) == len(expected.records) + 1
    assert newest.path.exists(), "a damaged backup is not thrown away by a repair"


def test_entries_that_no_backup_has_are_read_from_the_damaged_file(journal: Home) -> None:
    before = journal.snapshot().records
    for backup in journal.file().backups.all()[:3]:
        backup.path.unlink()
    damaged = journal.content[:-40]
    journal.journal.write_bytes(damaged)
    assert is_brought_back(journal, damaged, before)


def test_without_a_backup_and_without_a_readable_entry_the_file_stays_as_it_is(journal: Home) -> None:
    for backup in journal.file().backups.all():
        backup.path.unlink()
    journal.journal.write_bytes(b"nothing of a journal")
    with pytest.raises(KneejournalError):
        Doctor(journal.file()).repair(EVENING)
    assert journal.content == b"nothing of a journal"


def test_a_repair_that_fails_half_way_leaves_the_damaged_file_and_can_be_done_again(
    journal: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for the new file: what could be salvaged before must still be salvaged afterwards."""
    before = set(journal.notes())
    for backup in journal.file().backups.all()[:3]:
        backup.path.unlink()
    damaged = journal.content[:-40]
    journal.journal.write_bytes(damaged)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kneejournal.journal_file.replace_file", full)
        with pytest.raises(Unreadable, match="No space"):
            Doctor(journal.file()).repair(EVENING)
    assert any(path.read_bytes() == damaged for path in files_named_after(journal.journal))
    Doctor(journal.file()).repair(EVENING)
    assert set(journal.notes()) == before


def files_named_after(path: Path) -> list[Path]:
    return [found for found in path.parent.glob(f"{path.name}*") if found.is_file()]


def test_a_record_that_damage_changed_is_not_preferred_to_the_one_in_the_backup(journal: Home) -> None:
    """Of the same moment, what a checksum vouches for stands: a digit that a failing disk made is not news."""
    before = journal.snapshot().records
    text = journal.content.decode()
    assert '"left":2' in text
    journal.journal.write_text(text.replace('"left":2', '"left":9', 1))
    Doctor(journal.file()).repair(EVENING)
    assert journal.snapshot().records == before


@pytest.mark.parametrize("fails", ["the journal", "a backup"])
def test_a_purge_that_fails_half_way_can_be_done_again(
    journal: Home, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """What was promised to be gone for good must not stay in a copy that nothing purges any more."""
    entry = next(r.id for r in journal.snapshot().live if isinstance(r, Pain) and r.note == "entry 1")
    where = "kneejournal.journal_file.replace_file" if fails == "the journal" else "kneejournal.backups.replace_file"

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(where, full)
        with suppress(KneejournalError, OSError):
            Doctor(journal.file()).purge(entry, EVENING)
    Doctor(journal.file()).purge(entry, EVENING)
    assert [path for path in files_named_after(journal.journal) if entry.encode() in path.read_bytes()] == []
    assert [b for b in journal.file().backups.all() if entry.encode() in b.path.read_bytes()] == []


@pytest.fixture
def left(journal: Home) -> Home:
    """The same, with what a killed app left beside it."""
    leave_ahead(journal, "ahead 1", "ahead 2", score=7)
    return journal


def damages(content: bytes, step: int, flips: int) -> Iterator[bytes]:
    """Cut off at every `step` bytes, bits flipped, a sector zeroed."""
    yield from (content[:cut] for cut in range(0, len(content), step))
    chance = random.Random(3)
    for _ in range(flips):
        bit, damaged = chance.randrange(len(content) * 8), bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        yield bytes(damaged)
    yield from (content[:start] + bytes(SECTOR) + content[start + SECTOR :] for start in range(0, len(content), SECTOR))


def test_damage_of_what_was_written_ahead_is_noticed_and_kept(
    left: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    content, journal, silent, count = left.ahead.read_bytes(), left.content, list[bytes](), 0
    app = left.open(ahead=True)
    app.snapshot()
    for damaged in damages(content, scale(60, 1), scale(60, 5000)):
        count += 1
        left.ahead.write_bytes(damaged)
        is_refused = is_noticed(left, journal)
        with suppress(Unreadable):
            note(app, "over it")
            is_refused = False
        if not is_refused or left.ahead.read_bytes() != damaged:
            silent.append(damaged)
    figure(f"damaged ahead of the journal in {count} ways: {len(silent)} silent or written over")
    assert silent == []
    left.ahead.write_bytes(content)
    assert {"ahead 1", "ahead 2"} < set(left.notes())


def test_what_can_be_read_of_what_was_written_ahead_is_brought_back_and_the_rest_kept(
    left: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    content, before, restore = left.ahead.read_bytes(), left.snapshot().records, restored(left)
    lines = {line.strip(b","): line[1:37].decode() for line in content.splitlines() if b'"note":"ahead' in line[:400]}
    stood = set(left.notes()) - {"ahead 1", "ahead 2"}
    lost, count, newer = list[bytes](), 0, 0
    for damaged in damages(content, scale(400, 10), scale(25, 1000)):
        restore()
        left.ahead.write_bytes(damaged)
        try:
            Doctor(left.file()).repair(EVENING)
        except Newer:
            newer += 1
            continue
        count += 1
        after = left.snapshot()
        readable = {lines[line] for line in lines.keys() & {line.strip(b",") for line in damaged.splitlines()}}
        aside = [path.read_bytes() for path in left.journal.parent.glob("journal.json.damaged-*")]
        is_back = all(after.records[each] == before[each] for each in readable)
        if not (is_back and stood <= set(left.notes()) and after.to_confirm and damaged in aside):
            lost.append(damaged)
    figure(f"{count} repairs of what was written ahead: {len(lost)} lost something; {newer} taken for a newer schema")
    assert lost == []


@pytest.mark.parametrize("journal_is", ["damaged", "gone", "gone with its backups"])
def test_what_was_written_ahead_of_a_damaged_or_missing_journal_is_brought_back(left: Home, journal_is: str) -> None:
    before = set(left.notes())
    damaged = left.content[:-100]
    left.journal.unlink()
    if journal_is == "damaged":
        left.journal.write_bytes(damaged)
    elif journal_is == "gone with its backups":
        for backup in left.file().backups.all():
            backup.path.unlink()
        before = {"ahead 1", "ahead 2"}
    for attempt in (left.open().verdict, lambda: note(left.open(), "over it"), lambda: note(left.open(ahead=True), "")):
        with pytest.raises(Unreadable):
            attempt()
    Doctor(left.file()).repair(EVENING)
    assert set(left.notes()) == before
    assert left.snapshot().to_confirm
    assert not left.ahead.exists()


def test_what_was_written_ahead_of_another_journal_is_not_brought_into_a_backup_of_this_one(
    left: Home, tmp_path: Path
) -> None:
    """Neither while the journal is whole, nor once it is damaged."""
    other = Home(tmp_path / "other")
    other.begin()
    leave_ahead(other, "somebody else's")
    theirs = other.ahead.read_bytes()
    before = set(left.notes()) - {"ahead 1", "ahead 2"}
    restore = restored(left)
    for is_damaged in (False, True):
        restore()
        left.ahead.write_bytes(theirs)
        if is_damaged:
            left.journal.write_bytes(left.content[:-100])
        with pytest.raises(Unreadable):
            note(left.open(), "over it")
        assert left.ahead.read_bytes() == theirs
        Doctor(left.file()).repair(EVENING)
        assert set(left.notes()) == before
        assert any(path.read_bytes() == theirs for path in left.journal.parent.glob("journal.json.damaged-*"))


def test_a_repair_of_what_was_written_ahead_that_fails_half_way_can_be_done_again(
    left: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, damaged = set(left.notes()), left.ahead.read_bytes()[:-40]
    left.ahead.write_bytes(damaged)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kneejournal.journal_file.replace_file", full)
        with pytest.raises(Unreadable, match="No space"):
            Doctor(left.file()).repair(EVENING)
    assert left.ahead.read_bytes() == damaged
    Doctor(left.file()).repair(EVENING)
    assert set(left.notes()) == before


@pytest.mark.parametrize("what", ["purge", "restore"])
def test_what_the_doctor_takes_out_does_not_stay_ahead_of_the_journal(
    left: Home, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Where that file cannot be taken away, nothing is taken out, and that is said."""
    entry = next(r.id for r in left.snapshot().live if isinstance(r, Pain) and r.note == "ahead 1")
    doctor, before = Doctor(left.file()), set(left.notes())
    unlink = Path.unlink

    def stuck(path: Path, missing_ok: bool = False) -> None:
        if path == left.ahead:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok=missing_ok)

    def act() -> None:
        if what == "purge":
            doctor.purge(entry, EVENING)
        else:
            doctor.restore(doctor.backup_of(1), EVENING)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stuck)
        with pytest.raises(Unreadable, match="Permission denied"):
            act()
    assert set(left.notes()) == before
    act()
    assert "ahead 1" not in left.notes()
    assert not left.ahead.exists()


def test_the_command_repairs_and_says_what_it_kept(journal: Home) -> None:
    damaged = journal.content[:-100]
    journal.journal.write_bytes(damaged)
    refused = journal.call("log", "1")
    assert refused.status == 3
    assert "doctor --repair" in refused.err
    assert "damaged" in journal.ok("doctor", "--repair", now=NOW)
    assert journal.call("ready").status == 1
    assert any(path.read_bytes() == damaged for path in files_named_after(journal.journal))


def test_settings_that_were_written_ahead_are_brought_back_with_a_backup(left: Home) -> None:
    with killed_at_once():
        left.open(ahead=True).set_up(SetupAnswers(units="km"))
    left.journal.write_bytes(left.content[:-100])
    Doctor(left.file()).repair(EVENING)
    assert left.snapshot().profile.units == "km"
    left.open().undo()
    assert left.snapshot().profile.units == "mi"


def test_a_record_that_is_no_text_any_more_is_passed_over_for_those_that_are(left: Home) -> None:
    left.ahead.write_bytes(left.ahead.read_bytes().replace(b'"note":"ahead 1"', b'"note":"ahead \xad"', 1))
    Doctor(left.file()).repair(EVENING)
    assert "ahead 2" in left.notes()
    assert "ahead 1" not in left.notes()
