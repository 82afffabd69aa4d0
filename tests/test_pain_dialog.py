import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.widgets import Input, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Pain
from kneejournal.domain.text import NOTE_LIMIT
from kneejournal.domain.write_pain import PainEntry
from kneejournal.journal import Journal
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.check_grid import CheckGrid
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.entry_fields import NoteArea
from tests.support import new_journal, places_in

SUNDAY = date(2026, 11, 22)
SATURDAY = date(2026, 11, 21)
EVENING = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
MARKUP = "[/x] [bold] [@click=app.quit]x"
ESCAPES = "\x1b]52;c;AAAA\x07\x1b[31m"


@pytest.fixture
def journal() -> Journal:
    return new_journal(EVENING)[0]


@pytest.fixture
def app(journal: Journal, tmp_path: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(tmp_path))


def pains(journal: Journal) -> list[Pain]:
    return [record for record in journal.snapshot().live if isinstance(record, Pain)]


def error_of(app: KneejournalApp) -> str:
    return str(app.screen.query_one("#dialog-error", Static).content)


async def test_pain_on_the_stairs_with_a_note_takes_only_what_is_typed_and_chosen(
    app: KneejournalApp, journal: Journal
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3", "tab", "space", "tab", "tab", "tab", *"sore", "ctrl+s")
        (entry,) = pains(journal)
        assert entry.pain.by_side() == {"left": 3}
        assert (entry.scope, entry.time, entry.symptoms, entry.note) == ("moment", "20:15", ("stairs-down",), "sore")
        assert isinstance(app.screen, TodayScreen)
        assert [n.message for n in app._notifications] == ["Knee 3, at 20:15, Sun 22 Nov.  u takes it back."]


async def test_ten_can_be_typed(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "1", "0", "enter")
        assert pains(journal)[0].pain.worst == 10


async def test_escape_writes_nothing(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3", "escape")
        assert pains(journal) == []


@pytest.mark.parametrize("typed", ["11", "?", "3.5", "-1", "٣"])
async def test_what_is_no_score_is_refused_and_stays_in_its_field(
    app: KneejournalApp, journal: Journal, typed: str
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", *typed, "ctrl+s")
        assert "not a pain score" in error_of(app)
        assert app.screen.query_one("#pain-left", Input).value == typed
        assert pains(journal) == []


async def test_symptoms_without_a_number_ask_for_one(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "tab", "space", "ctrl+s")
        assert "How much does it hurt?" in error_of(app)
        assert app.screen.query_one("#symptoms", CheckGrid).chosen == {"stairs-down"}
        assert pains(journal) == []


async def test_the_arrows_walk_the_boxes_and_the_heading_asks_in_full(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "down", "down", "right", "space")
        assert app.screen.query_one("#symptoms", CheckGrid).chosen == {"running"}
        assert "while you ran" in str(app.screen.query_one("#symptoms-heading", Static).content)
        await pilot.press("tab")
        assert str(app.screen.query_one("#symptoms-heading", Static).content) == "Symptoms"
        assert "locks" not in str(app.screen.query_one("#symptoms-heading", Static).content)


async def test_a_red_flag_and_medicine_are_written(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "2", "tab", "tab", "down", "space", "tab", "space", "ctrl+s")
        (entry,) = pains(journal)
        assert entry.red_flags == ("giving-way",)
        assert entry.medicine
        assert journal.verdict().status == "see-clinician"


async def test_a_past_day_is_asked_for_as_a_whole(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "2")
        app.screen.query_one("#day", Input).value = "yesterday"
        await pilot.pause()
        assert app.screen.query_one("#scope", Choice).value == "day"
        await pilot.press("ctrl+s")
        assert [(entry.scope, entry.day) for entry in pains(journal)] == [("day", SATURDAY)]


async def test_a_moment_of_a_past_day_stays_one_when_it_was_chosen(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "2")
        app.screen.query_one("#scope", Choice).focus()
        await pilot.press("left", "right")
        app.screen.query_one("#day", Input).value = "-1"
        app.screen.query_one("#time", Input).value = "9:05"
        await pilot.press("ctrl+s")
        assert [(e.scope, e.day, e.time) for e in pains(journal)] == [("moment", SATURDAY, "09:05")]


@pytest.mark.parametrize("day", ["tomorrow", "2026-11-23", "[/x]", ""])
async def test_a_day_that_is_none_is_refused(app: KneejournalApp, journal: Journal, day: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "2")
        app.screen.query_one("#day", Input).value = day
        await pilot.press("ctrl+s")
        assert error_of(app)
        assert app.screen.query_one("#day", Input).value == day
        assert pains(journal) == []


async def test_today_stays_the_day_on_which_the_dialog_was_opened(tmp_path: Path) -> None:
    journal, clock = new_journal(EVENING)
    app = KneejournalApp(journal, places_in(tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("p", "2")
        clock.set(date(2026, 11, 23), 4)
        await pilot.press("ctrl+s")
        assert pains(journal)[0].day == SUNDAY


async def test_a_lower_day_check_is_refused_until_the_correction_is_asked_for(
    app: KneejournalApp, journal: Journal
) -> None:
    journal.log(PainEntry(scope="day", day=SUNDAY, pain={"left": 3}, note="stairs"))
    async with app.run_test() as pilot:
        await pilot.press("0", "ctrl+s")
        assert isinstance(app.screen, PainDialog)
        assert "stands at pain 3" in error_of(app)
        assert "--correct" not in error_of(app)
        assert pains(journal)[0].pain.worst == 3
        await pilot.press("space", "ctrl+s")
        (check,) = pains(journal)
        assert (check.pain.worst, check.note) == (0, "stairs")


async def test_typed_markup_is_only_text(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3", "tab", "tab", "tab", "tab", *MARKUP, "ctrl+s")
        assert pains(journal)[0].note == MARKUP
        await pilot.press("j")
        assert app.is_running


async def test_pasted_escapes_become_visible_signs_in_the_field_already(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        note = app.screen.query_one(NoteArea)
        note.focus()
        await pilot.pause()
        note.post_message(Paste(f"{ESCAPES}\r\nsecond line"))
        await pilot.pause()
        assert note.text == "␛]52;c;AAAA␇␛[31m\nsecond line"
        await pilot.press("ctrl+s")
        assert pains(journal)[0].note == note.text


async def test_escapes_that_got_into_the_field_are_stored_as_visible_signs(
    app: KneejournalApp, journal: Journal
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        app.screen.query_one(NoteArea).load_text(ESCAPES)
        await pilot.press("ctrl+s")
        assert pains(journal)[0].note == "␛]52;c;AAAA␇␛[31m"


async def test_a_paste_into_a_line_loses_no_text_and_replaces_what_is_selected(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        line = app.screen.query_one("#day", Input)
        line.focus()
        await pilot.pause()
        line.post_message(Paste("one\x1b[31m\ntwo"))
        await pilot.pause()
        assert line.value == "one␛[31m two"


@pytest.mark.parametrize("standing", ["", "before"])
async def test_a_note_beyond_the_bound_is_refused_and_stays(
    app: KneejournalApp, journal: Journal, standing: str
) -> None:
    if standing:
        journal.log(PainEntry(scope="day", day=SUNDAY, pain={"left": 3}, note=standing))
    note = "x" * (NOTE_LIMIT if standing else NOTE_LIMIT + 1)
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        app.screen.query_one("#scope", Choice).value = "day"
        app.screen.query_one(NoteArea).load_text(note)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, PainDialog)
        assert error_of(app)
        assert app.screen.query_one(NoteArea).text == note
        assert [entry.note for entry in pains(journal)] == ([standing] if standing else [])


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (80, 24)])
async def test_every_size_can_write_an_entry(app: KneejournalApp, journal: Journal, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("p", "3", *["down"] * 25, "ctrl+s")
        assert pains(journal)[0].pain.worst == 3


@pytest.mark.parametrize("gap_s", [0, 0.02])
async def test_a_digit_typed_while_the_dialog_opens_is_not_lost(app: KneejournalApp, gap_s: float) -> None:
    async with app.run_test() as pilot:
        for key in ("p", "1", "0"):
            app.post_message(Key(key, key))
            await asyncio.sleep(gap_s)
        await pilot.pause(0.5)
        assert app.screen.query_one("#pain-left", Input).value == "10"


async def test_words_typed_anywhere_but_in_a_text_field_are_the_note(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await pilot.press("p", "2", *"sore", "space", *"knee", "ctrl+s")
        (entry,) = pains(journal)
    assert (entry.pain.by_side(), entry.note) == ({"left": 2}, "sore knee")
