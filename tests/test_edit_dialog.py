"""The dialog that corrects an entry: only what is touched changes."""

from datetime import UTC, date, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Select, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.widgets.entry_fields import NoteArea
from tests.support import new_journal, places_in

SUNDAY = date(2026, 11, 22)
ESCAPES = "\x1b]52;c;AAAA\x07\x1b[31m"


def new_day() -> Journal:
    return new_journal(datetime(2026, 11, 22, 12, 30, tzinfo=UTC))[0]


def only(journal: Journal) -> AnyRecord:
    """The one entry that is not a pair of shoes."""
    (record,) = (r for r in journal.entries() if isinstance(r, Pain | Run | Care | ExerciseMark))
    return record


async def open_dialog(pilot: Pilot[None]) -> None:
    await pilot.press("j", "enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, EditDialog)


def field(pilot: Pilot[None], name: str) -> Input:
    return pilot.app.screen.query_one(f"#{name}", Input)


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


async def test_a_pain_entry_can_be_corrected_in_every_field(tmp_path: Path) -> None:
    journal = new_day()
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 4}, time="12:10", symptoms=frozenset({"squat"})))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        field(pilot, "pain-left").value = "2"
        field(pilot, "time").value = "7:05"
        pilot.app.screen.query_one("#note", NoteArea).text = "less than I thought"
        pilot.app.screen.query_one("#symptoms").focus()
        await pilot.press("space")
        pilot.app.screen.query_one("#medicine").focus()
        await pilot.press("space", "ctrl+s")
        await pilot.pause()
    pain = only(journal)
    assert isinstance(pain, Pain)
    assert (pain.pain.left, pain.time, pain.note, pain.medicine) == (2, "07:05", "less than I thought", True)
    assert pain.symptoms == ("stairs-down", "squat")


async def test_saving_without_a_change_writes_nothing(tmp_path: Path) -> None:
    journal = new_day()
    journal.log(PainEntry(scope="day", day=SUNDAY, pain={"left": 1}, note="a\nb"))
    journal.log_run(RunEntry(day=SUNDAY, distance_m=5001, duration_s=1815))
    before = journal.entries()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        for _ in before:
            await pilot.press("enter", "ctrl+s", "down")
            await pilot.pause()
    assert journal.entries() == before


async def test_an_error_keeps_what_was_typed(tmp_path: Path) -> None:
    journal = new_day()
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 4}))
    before = journal.entries()
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        field(pilot, "pain-left").value = "11"
        pilot.app.screen.query_one("#note", NoteArea).text = "still here"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "“11” is not a pain score" in str(pilot.app.screen.query_one("#dialog-error", Static).content)
        assert pilot.app.screen.query_one("#note", NoteArea).text == "still here"
        assert field(pilot, "pain-left").value == "11"
    assert journal.entries() == before


async def test_a_run_can_be_corrected_in_every_field(tmp_path: Path) -> None:
    journal = new_day()
    journal.add_shoe(ShoeEntry(name="Blue", since=SUNDAY))
    journal.log_run(RunEntry(day=SUNDAY, distance_m=5000, stage=None))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        field(pilot, "distance").value = "3km"
        field(pilot, "minutes").value = "25:30"
        field(pilot, "pain").value = "1"
        pilot.app.screen.query_one("#stage", Select).value = 2
        pilot.app.screen.query_one("#shoes", Select).value = journal.snapshot().shoes[0].id
        pilot.app.screen.query_one("#note", NoteArea).text = "it hurt"
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("j")
    run = only(journal)
    assert isinstance(run, Run)
    assert (run.distance_m, run.duration_s, run.pain, run.stage, run.note) == (3000, 1530, 1, 2, "it hurt")
    assert run.shoe_id == journal.snapshot().shoes[0].id
    assert journal.undo().what.startswith("Taken back: Changed")


async def test_the_shoes_alone_are_changed_by_giving_the_run_a_pair(tmp_path: Path) -> None:
    journal = new_day()
    journal.add_shoe(ShoeEntry(name="Blue", since=SUNDAY, default=True))
    journal.log_run(RunEntry(day=SUNDAY, distance_m=5000, stage=None))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        pilot.app.screen.query_one("#shoes", Select).value = ""
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert any("Shoes: none." in toast.message for toast in pilot.app._notifications)
    run = only(journal)
    assert isinstance(run, Run)
    assert run.shoe_id is None


async def test_an_exercise_can_be_unticked_and_marked_as_painful(tmp_path: Path) -> None:
    journal = new_day()
    journal.mark(journal.find_exercises(["clamshell"]))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        await pilot.press("space", "tab", "3", "enter")
        await pilot.pause()
    mark = only(journal)
    assert isinstance(mark, ExerciseMark)
    assert (mark.done, mark.pain) == (False, 3)


async def test_the_minutes_of_icing_can_be_corrected(tmp_path: Path) -> None:
    journal = new_day()
    journal.care("ice")
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        await pilot.press(*"20", "enter")
        await pilot.pause()
    care = only(journal)
    assert isinstance(care, Care)
    assert care.minutes == 20


async def test_a_check_from_long_ago_is_corrected_with_a_warning(tmp_path: Path) -> None:
    journal, clock = new_journal(datetime(2026, 11, 1, 20, tzinfo=UTC))
    journal.log(PainEntry(scope="day", day=date(2026, 11, 1), pain={"left": 0}))
    clock.set(SUNDAY, 12)
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        assert "closed too late" in str(pilot.app.screen.query_one(".dialog-warning", Static).content)


async def test_what_a_terminal_obeys_is_harmless_in_the_fields_too(tmp_path: Path) -> None:
    journal = new_day()
    journal.add_shoe(ShoeEntry(name=f"[/x] {ESCAPES}", since=SUNDAY, default=True))
    journal.log_run(RunEntry(day=SUNDAY, distance_m=5000, note=f"[@click=app.quit]x {ESCAPES}"))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await open_dialog(pilot)
        shown = "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert "[/x] ␛]52;c;AAAA␇␛[31m" in shown
        assert "\x1b" not in shown


async def test_the_dialog_fits_a_tiny_terminal(tmp_path: Path) -> None:
    journal = new_day()
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 4}))
    for size in ((20, 5), (40, 12)):
        async with app_of(journal, tmp_path).run_test(size=size) as pilot:
            await pilot.press("j", "slash", "escape")
            await open_dialog(pilot)
            await pilot.press("tab", "tab", "tab", "tab", "ctrl+s")
