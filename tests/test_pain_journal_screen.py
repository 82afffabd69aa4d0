"""The pain journal: everything that was written, found, corrected and taken back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Pain, Scores, day_check_id
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.interop.journal_json import Document
from kneejournal.journal import Journal
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.widgets.entry_days import EntryDays, entry_days, matching
from kneejournal.widgets.entry_list import EntryList
from kneejournal.widgets.entry_rows import EntryRows
from tests.support import StandingClock, new_journal, places_in

SUNDAY = date(2026, 11, 22)
SATURDAY = ("Sat", "21", "Nov", "✗", "symptoms")
MARKUP = "[/x] [bold] [@click=app.quit]x"
ESCAPES = "\x1b]52;c;AAAA\x07\x1b[31mred"


def journal_of_two_days() -> tuple[Journal, StandingClock]:
    """Saturday: a bad moment and a run. Sunday: five exercises, one of which hurt, and ice."""
    journal, clock = new_journal(datetime(2026, 11, 21, 12, 30, tzinfo=UTC))
    journal.log(
        PainEntry(
            scope="moment",
            day=journal.today(),
            pain={"left": 4},
            time="12:10",
            symptoms=frozenset({"stairs-down", "squat"}),
            medicine=True,
            note="after the tram\nsecond line",
        )
    )
    clock.set(date(2026, 11, 21), 14)
    journal.log_run(RunEntry(day=journal.today(), distance_m=5000, duration_s=1800, note="by the river"))
    clock.set(SUNDAY, 9)
    journal.mark(journal.find_exercises(["short"]))
    clock.set(SUNDAY, 10)
    journal.mark(journal.find_exercises(["side-plank"]), pain=2)
    clock.set(SUNDAY, 11)
    journal.care("ice")
    return journal, clock


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


def entries(pilot: Pilot[None]) -> EntryList:
    return pilot.app.screen.query_one(EntryList)


def lines(pilot: Pilot[None]) -> list[str]:
    """What the screen shows, line by line."""
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(lines(pilot))


def line_with(pilot: Pilot[None], words: str) -> str:
    return next(line for line in lines(pilot) if words in line)


def toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


def pains(journal: Journal) -> list[Pain]:
    return [record for record in journal.entries() if isinstance(record, Pain)]


async def test_an_empty_journal_says_what_will_be_here_and_the_key_that_starts_it(tmp_path: Path) -> None:
    journal, _ = new_journal(datetime(2026, 11, 22, 9, tzinfo=UTC))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        assert "Nothing is written yet" in shown(pilot)
        assert "p  writes how the knee is now" in shown(pilot)
        await pilot.press("d", "x", "enter", "slash", "end")
        await pilot.press("p")
        assert isinstance(pilot.app.screen, PainDialog)


async def test_every_kind_of_entry_stands_beside_its_day_newest_first(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        top = lines(pilot).index(line_with(pilot, "▌Sun 22 Nov"))
        rows = [line[:76].split() for line in lines(pilot)[top : top + 5]]
        assert rows[0][:7] == ["▌Sun", "22", "Nov", "✗", "symptoms", "iced", "15"]
        assert rows[1] == ["exercise", "2", "Side", "plank", "done"]
        assert rows[2] == ["exercises", "▸", "4", "exercises", "done"]
        assert rows[3] == [*SATURDAY, "run", "0", "3.1", "mi,", "30", "min", "by", "the", "river"]
        assert rows[4][:4] == ["12:10", "4", "Stairs,", "going"]


async def test_the_highlighted_entry_is_shown_in_full(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "c", "c", "c", "end")
        await pilot.pause()
        for words in ("Left knee: pain 4 of 10.", "• Squatting", "◇ Pain medicine taken.", "second line"):
            assert words in shown(pilot)


async def test_a_line_of_exercises_opens_into_each_of_them(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "down", "down", "enter")
        await pilot.pause()
        assert "▾ 4 exercises done" in shown(pilot)
        assert "Clamshell done" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "▸ 4 exercises done" in shown(pilot)


async def test_the_filter_narrows_the_list_as_one_types_and_escape_shows_all_again(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        assert "8 entries" in shown(pilot)
        await pilot.press("slash", *"SQUAT")
        await pilot.pause()
        assert "1 entry" in shown(pilot)
        assert "12:10" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "8 entries" in shown(pilot)
        assert pilot.app.focused is entries(pilot)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("second line", "12:10"),
        ("river", "run"),
        ("run", "run"),
        ("clamshell", "exercises"),
        ("ice", "iced"),
        ("stairs going down", "12:10"),
        ("stairs-down", "12:10"),
        ("medicine", "12:10"),
        ("moment", "12:10"),
    ],
)
def test_the_filter_looks_at_notes_symptoms_kinds_and_exercises(words: str, found: str) -> None:
    assert [row.first for row in matching(rows_of(journal_of_two_days()[0]), words)] == [found]


def test_the_filter_finds_red_flags_by_their_kind_and_by_their_wording() -> None:
    journal, _ = new_journal(datetime(2026, 11, 22, 9, tzinfo=UTC))
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 0}, symptoms=frozenset({"locking"})))
    journal.care("ice")
    for words in ("red flag", "locking", "locks", "symptoms 22 nov moment"):
        assert [row.first for row in matching(rows_of(journal), words)] == ["moment"]


def rows_of(journal: Journal) -> EntryDays:
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    writer = EntryRows(journal.programme, snapshot.profile, verdict.day)
    return entry_days(snapshot.log, verdict.case.days, writer, frozenset())


async def test_a_filter_that_finds_nothing_says_so(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "slash", *"[/nothing")
        await pilot.pause()
        assert "No entry has these words" in shown(pilot)
        assert pilot.app.screen.query_one("#journal-words", Input).value == "[/nothing"


async def test_deleting_asks_nothing_and_one_key_brings_it_back(tmp_path: Path) -> None:
    journal = journal_of_two_days()[0]
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "end", "d")
        await pilot.pause()
        assert pains(journal) == []
        assert toasts(pilot)[-1].endswith("u takes it back.")
        assert entries(pilot).highlighted is not None
        await pilot.press("u")
        await pilot.pause()
        assert [pain.pain.worst for pain in pains(journal)] == [4]
        assert "12:10" in shown(pilot)


async def test_several_exercises_are_not_deleted_with_one_key(tmp_path: Path) -> None:
    journal = journal_of_two_days()[0]
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        before = journal.entries()
        await pilot.press("j", "down", "down", "d")
        await pilot.pause()
        assert journal.entries() == before
        assert "opens the line" in toasts(pilot)[-1]


async def test_the_edit_dialog_opens_for_the_highlighted_entry_in_two_keys(tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "x")
        assert isinstance(pilot.app.screen, EditDialog)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PainJournalScreen)


@pytest.mark.parametrize("note", [MARKUP, ESCAPES])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_hostile_note_is_only_text(note: str, size: tuple[int, int], tmp_path: Path) -> None:
    journal, _ = new_journal(datetime(2026, 11, 22, 9, tzinfo=UTC))
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 1}, note=note))
    async with app_of(journal, tmp_path).run_test(size=size) as pilot:
        await pilot.press("j", *["c"] * (3 if size == (80, 24) else 0))
        await pilot.pause()
        assert line_with(pilot, "[bold] [@click" if note == MARKUP else "␛]52;c;AAAA␇␛[31mred")
        assert "\x1b" not in shown(pilot)
        await pilot.click("#entry-text", offset=(20, 3))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, EditDialog)
        assert "\x1b" not in shown(pilot)


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (10, 3), (200, 60)])
async def test_any_size_of_terminal_works(size: tuple[int, int], tmp_path: Path) -> None:
    async with app_of(journal_of_two_days()[0], tmp_path).run_test(size=size) as pilot:
        await pilot.press("j", "end", "home", "pagedown", "slash", "a", "escape", "enter", "escape")
        await pilot.press("c", "w", "left", "c", "c", "right", "w", "enter", "escape", "d", "u")
        await pilot.resize_terminal(80, 24)
        assert isinstance(pilot.app.screen, PainJournalScreen)


def ten_years() -> Journal:
    """An entry a day, merged in as one change."""
    journal, _ = new_journal(datetime(2026, 11, 22, 9, tzinfo=UTC))
    records = []
    for ago in range(1, 3651):
        written = datetime(2026, 11, 22, 20, tzinfo=UTC) - timedelta(days=ago)
        records.append(
            Pain(
                id=day_check_id(written.date()),
                day=written.date(),
                recorded_at=written,
                updated_at=written,
                device="test",
                scope="day",
                pain=Scores(left=0),
                symptoms=(),
                medicine=False,
                note=f"day {ago}",
            )
        )
    journal.merge(Document(profile=journal.snapshot().profile, records=tuple(records)), "test")
    return journal


async def test_ten_years_of_entries_are_walked_and_filtered_without_a_widget_for_each(tmp_path: Path) -> None:
    async with app_of(ten_years(), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "end")
        await pilot.pause()
        row = entries(pilot).highlighted
        assert row is not None
        assert row.day == SUNDAY - timedelta(days=3650)
        assert "day 3650" in shown(pilot)
        await pilot.press("slash", *"365")
        await pilot.pause()
        assert "5 entries" in shown(pilot)
        assert len(pilot.app.screen.query("*")) < 40
