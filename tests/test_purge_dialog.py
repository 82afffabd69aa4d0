"""The dialog that takes an entry out for good: only when that is chosen, and nothing of it is left."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.doctor import STILL_THERE, Doctor
from kneejournal.domain.records import AnyRecord, Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.purge_dialog import PurgeDialog
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.choice import Choice
from tests.domain.stories import TODAY, at
from tests.support import file_storage, new_journal, places_in
from tests.torture.rig import tree


@pytest.fixture
def journal(home: Path) -> Journal:
    journal, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 3}, note="not for anybody"))
    journal.care("ice")
    return journal


@pytest.fixture
def entry(journal: Journal) -> AnyRecord:
    return next(record for record in journal.entries() if isinstance(record, Pain))


class Asked:
    """An app with the dialog open, and what the dialog answered."""

    def __init__(self, journal: Journal, home: Path, entry: AnyRecord) -> None:
        self.app = KneejournalApp(journal, places_in(home))
        self.answers: list[str | None] = []
        self._dialog = PurgeDialog(journal, Doctor(file_storage(home / "journal.json").file), entry)

    async def open(self, pilot: Pilot[None]) -> None:
        await pilot.pause()
        self.app.push_screen(self._dialog, self.answers.append)
        await pilot.pause()

    def said(self) -> str:
        return "\n".join(str(line.content) for line in self.app.screen.query(Static))

    def error(self) -> str:
        line = self.app.screen.query_one("#dialog-error", Static)
        return str(line.content) if line.has_class("-shown") else ""


@pytest.fixture
def asked(journal: Journal, home: Path, entry: AnyRecord) -> Asked:
    return Asked(journal, home, entry)


async def test_it_says_what_goes_from_where_and_what_it_does_not_reach(asked: Asked) -> None:
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        assert "Knee 3, this moment, Sun 22 Nov." in asked.said()
        for place in ("the journal", "undo list", "every backup", "Nothing brings it back", STILL_THERE):
            assert place in asked.said()


@pytest.mark.parametrize("keys", [["ctrl+s"], ["enter"], ["enter", "ctrl+s"], ["right", "left", "ctrl+s"]], ids=str)
async def test_unless_it_is_chosen_nothing_goes(asked: Asked, home: Path, keys: list[str]) -> None:
    before = tree(home)
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert asked.answers in ([], [None])
        assert tree(home) == before


async def test_leaving_keeps_the_entry_whatever_is_chosen(asked: Asked, home: Path) -> None:
    before = tree(home)
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        await pilot.press("right", "escape")
        await pilot.pause()
        assert asked.answers == [None]
        assert tree(home) == before


async def by_keys(pilot: Pilot[None]) -> None:
    await pilot.press("right")


async def by_mouse(pilot: Pilot[None]) -> None:
    choice = pilot.app.screen.query_one("#purge-choice", Choice)
    await pilot.click(choice, offset=Offset(18, 0))


@pytest.mark.parametrize("choose", [by_keys, by_mouse], ids=lambda way: way.__name__)
async def test_what_is_chosen_goes_from_the_journal_its_undo_list_and_every_backup(
    asked: Asked, journal: Journal, home: Path, entry: AnyRecord, choose: Callable[[Pilot[None]], Awaitable[None]]
) -> None:
    assert sum(entry.id.encode() in raw for raw in tree(home).values()) > 1
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        await choose(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert asked.answers == [f"Taken out of the journal and of every backup. {STILL_THERE}"]
        assert isinstance(asked.app.screen, TodayScreen)
    assert [name for name, raw in tree(home).items() if entry.id.encode() in raw or b"not for anybody" in raw] == []
    assert len(journal.entries()) == 1


async def test_an_entry_that_was_deleted_is_named_so(journal: Journal, home: Path, entry: AnyRecord) -> None:
    journal.delete(entry.id)
    asked = Asked(journal, home, journal.snapshot().records[entry.id])
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        assert "Deleted: Knee 3, this moment, Sun 22 Nov." in asked.said()
        await pilot.press("right", "ctrl+s")
        await pilot.pause()
        assert asked.answers[0]
    assert entry.id not in journal.snapshot().records


async def test_what_goes_wrong_is_said_in_the_dialog_and_can_be_tried_again(
    asked: Asked, journal: Journal, entry: AnyRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        with monkeypatch.context() as patched:
            patched.setattr("kneejournal.backups.replace_file", full)
            await pilot.press("right", "ctrl+s")
            await pilot.pause()
        assert "No space left on device. The journal itself was not changed" in asked.error()
        assert isinstance(asked.app.screen, PurgeDialog)
        assert entry.id in journal.snapshot().records
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert asked.answers[0]
    assert entry.id not in journal.snapshot().records


async def test_a_journal_that_cannot_be_read_is_said_and_left_as_it_is(asked: Asked, home: Path) -> None:
    path = home / "journal.json"
    async with asked.app.run_test() as pilot:
        await pilot.pause()
        path.write_bytes(path.read_bytes()[:-30])
        damaged = tree(home)
        await asked.open(pilot)
        await pilot.press("right", "ctrl+s")
        await pilot.pause()
        assert "is damaged" in asked.error()
        assert isinstance(asked.app.screen, PurgeDialog)
        assert tree(home) == damaged


@pytest.mark.parametrize("note", ["[/", "[@click=app.quit]x[/]", "\x1b]52;c;AAAA\x07"])
async def test_a_name_is_only_text(home: Path, note: str) -> None:
    journal, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    journal.add_shoe(ShoeEntry(name=note))
    asked = Asked(journal, home, journal.snapshot().shoes[0])
    async with asked.app.run_test() as pilot:
        await asked.open(pilot)
        assert journal.snapshot().shoes[0].name in asked.said()
        assert "\x1b" not in asked.said()


async def test_the_pain_journal_opens_it_for_the_highlighted_entry(
    journal: Journal, entry: AnyRecord, home: Path
) -> None:
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.press("j", "slash", *"not", "enter", "D")
        await pilot.pause()
        assert isinstance(app.screen, PurgeDialog)
        await pilot.press("right", "ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, PainJournalScreen)
    assert entry.id not in journal.snapshot().records
    assert b"not for anybody" not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
