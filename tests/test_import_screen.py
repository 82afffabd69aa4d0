"""Runs and journals come in through the app: asked for, read beside it, seen first, and taken back by one key."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Select, Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Run
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import Unreadable
from kneejournal.incoming import read_in
from kneejournal.interop.run_files import Watching
from kneejournal.journal import Journal
from kneejournal.screens import import_dialog
from kneejournal.screens.import_dialog import ImportDialog
from kneejournal.screens.import_preview import SHOWN, ImportPreview
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.path_input import PathInput, names_beginning, read_path
from tests.domain.stories import TODAY, ago, at
from tests.interop.found import table, zipped
from tests.interop.test_garmin import ENGLISH as GARMIN
from tests.interop.test_garmin import row as garmin_row
from tests.interop.test_strava import ENGLISH as STRAVA
from tests.interop.test_strava import a_week
from tests.interop.test_strava import row as strava_row
from tests.support import new_journal, places_in

pytestmark = pytest.mark.usefixtures("empty_home")


@pytest.fixture
def journal() -> Journal:
    return new_journal(at(TODAY, 20))[0]


@pytest.fixture
def app(journal: Journal, tmp_path: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(tmp_path))


@pytest.fixture
def strava(tmp_path: Path) -> Path:
    return a_week(tmp_path / "activities.csv")


def text_of(app: KneejournalApp, line: str) -> str:
    """What a line of the dialog in front says; nothing when it is hidden."""
    found = app.screen.query_one(line, Static)
    return str(found.content) if found.display else ""


def toasts(app: KneejournalApp) -> list[str]:
    return [notification.message for notification in app._notifications]


def runs(journal: Journal) -> list[Run]:
    return [record for record in journal.snapshot().live if isinstance(record, Run)]


async def open_dialog(pilot: Pilot[None]) -> PathInput:
    """Open the dialog; answers with its field, which has the focus."""
    await pilot.press("o")
    await pilot.pause()
    field = pilot.app.screen.query_one(PathInput)
    while not field.has_focus:
        await pilot.pause()
    return field


async def ask(pilot: Pilot[None], path: Path | str) -> None:
    """Open the dialog, name a file, and let it be read to the end."""
    (await open_dialog(pilot)).value = str(path)
    await pilot.pause()
    await read(pilot)


async def read(pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+s")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_everything_found_is_shown_before_anything_is_written(
    app: KneejournalApp, journal: Journal, strava: Path
) -> None:
    journal.log_run(RunEntry(day=ago(2), distance_m=5000))
    before = journal.snapshot()
    async with app.run_test(size=(120, 40)) as pilot:
        await ask(pilot, strava)
        assert isinstance(app.screen, ImportPreview)
        assert text_of(app, "#import-source") == "activities.csv"
        assert text_of(app, "#import-counts") == "2 new · 1 the same as another · 3 skipped"
        assert text_of(app, "#import-lines").splitlines() == [
            "2 new runs, 6.2 mi, Wed 18 Nov to Sun 22 Nov.",
            "  Run 3.1 mi, 30 min, Sun 22 Nov.",
            "  Run 3.1 mi, 30 min, Wed 18 Nov.",
            "The same as another run here: 1.",
            "  activities.csv row 4: Run 3.1 mi, Fri 20 Nov, written by hand",
            "New shoes: 1.",
            "  Blue, worn since Wed 18 Nov",
            "Skipped: 3.",
            "  not a run (Ride): activities.csv rows 3, 7",
            "  in the future: activities.csv row 6",
        ]
        await pilot.press("enter", "space")
        assert journal.snapshot() == before


async def test_what_comes_in_is_said_and_one_key_takes_it_back(
    app: KneejournalApp, journal: Journal, strava: Path
) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, strava)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert toasts(app) == ["Imported activities.csv: 3 runs, 1 pair of shoes.  u takes it back."]
        assert len(runs(journal)) == 3
        await pilot.press("u")
        assert journal.entries() == ()


async def test_back_leads_to_the_question_with_what_was_typed(
    app: KneejournalApp, journal: Journal, strava: Path
) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, strava)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ImportDialog)
        assert app.screen.query_one(PathInput).value == str(strava)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert journal.entries() == ()
        assert toasts(app) == []


async def test_nothing_new_leaves_nothing_to_bring_in(app: KneejournalApp, journal: Journal, strava: Path) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, strava)
        await pilot.press("ctrl+s")
        await pilot.pause()
        before = journal.snapshot()
        await ask(pilot, strava)
        assert text_of(app, "#import-counts") == "Nothing new · 3 already here · 3 skipped"
        assert "dialog.save" not in {a.binding.id for a in app.screen.active_bindings.values() if a.enabled}
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, ImportPreview)
        assert journal.snapshot() == before


async def test_of_a_long_list_the_first_are_shown_and_the_others_counted(app: KneejournalApp, tmp_path: Path) -> None:
    days = (ago(number).strftime("%b %d, %Y, 3:30:00 PM") for number in range(SHOWN + 7))
    rows = [strava_row(id=str(number), date=day) for number, day in enumerate(days)]
    async with app.run_test() as pilot:
        await ask(pilot, table(tmp_path / "activities.csv", STRAVA, *rows))
        lines = text_of(app, "#import-lines").splitlines()
        assert len(lines) == SHOWN + 2
        assert lines[-1] == "  and 7 more"
        await pilot.press("end")
        await pilot.pause()
        assert "and 7 more" in "".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_deleted_runs_stay_away_unless_they_are_asked_for(
    app: KneejournalApp, journal: Journal, strava: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, strava)
        assert "Deleted" not in footer(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        journal.delete(runs(journal)[0].id)
        await ask(pilot, strava)
        assert text_of(app, "#import-counts") == "Nothing new · 2 already here · 1 deleted here · 3 skipped"
        assert "Deleted ones too" in footer(app)
        await pilot.press("d")
        await pilot.pause()
        assert text_of(app, "#import-counts") == "1 new · 2 already here · 3 skipped"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(runs(journal)) == 3


def footer(app: KneejournalApp) -> str:
    return app.screen._compositor.render_strips()[-1].text


async def test_the_unit_is_asked_for_only_when_nothing_tells_it(
    app: KneejournalApp, journal: Journal, strava: Path, tmp_path: Path
) -> None:
    garmin = table(tmp_path / "Activities.csv", GARMIN, garmin_row())
    async with app.run_test() as pilot:
        await ask(pilot, garmin)
        assert isinstance(app.screen, ImportDialog)
        assert "does not tell whether its distances are miles or kilometres" in text_of(app, "#dialog-error")
        choice = app.screen.query_one("#import-units", Choice)
        assert choice.has_focus
        assert choice.value == "mi"
        await pilot.press("right")
        await read(pilot)
        assert text_of(app, "#import-lines").splitlines()[1] == "  Run 3.1 mi, 30 min, Sun 1 Nov."
        await pilot.press("escape")
        await pilot.pause()
        app.screen.query_one(PathInput).value = str(strava)
        await pilot.pause()
        assert not app.screen.query_one("#import-units-row").display
        assert journal.entries() == ()


async def test_the_pair_for_runs_without_shoes_can_be_chosen(
    app: KneejournalApp, journal: Journal, strava: Path
) -> None:
    journal.add_shoe(ShoeEntry(name="Mine [/x]"))
    journal.add_shoe(ShoeEntry(name="For the office", kind="everyday"))
    mine = next(shoe for shoe in journal.snapshot().shoes if shoe.name == "Mine [/x]")
    async with app.run_test() as pilot:
        await open_dialog(pilot)
        select = app.screen.query_one("#shoes", Select)
        assert [value for _, value in select._options] == ["", mine.id]
        select.value = mine.id
        app.screen.query_one(PathInput).value = str(strava)
        await read(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert [run.day for run in runs(journal) if run.shoe_id == mine.id] == [TODAY]


async def test_without_shoes_in_the_journal_none_are_asked_for(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await open_dialog(pilot)
        assert not app.screen.query("#shoes")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A journal of another machine: two entries, one of them a note that looks like markup."""
    other, _ = new_journal(at(TODAY, 21))
    other.log(PainEntry(scope="moment", day=TODAY, pain={"left": 3}, note="[/x] [@click=app.quit]\x1b[2J"))
    other.care("ice")
    path = tmp_path / "phone.json"
    path.write_bytes(other.export())
    return path


async def test_a_journal_is_merged_with_its_counts(app: KneejournalApp, journal: Journal, exported: Path) -> None:
    async with app.run_test() as pilot:
        await ask(pilot, exported)
        assert text_of(app, "#import-counts") == "2 new"
        lines = text_of(app, "#import-lines").splitlines()
        assert lines[0] == "2 new entries."
        assert any("Knee 3, this moment, Sun 22 Nov" in line for line in lines)
        assert lines[-1] == "The profile and the settings of the rules come from it too."
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert toasts(app) == ["Imported phone.json: 2 new, 0 changed, 0 already here.  u takes it back."]
        assert len(journal.entries()) == 2
        await ask(pilot, exported)
        assert text_of(app, "#import-counts") == "Nothing new · 2 already here"


async def test_what_cannot_be_brought_in_is_said_and_can_be_tried_again(
    app: KneejournalApp, journal: Journal, strava: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("hello", encoding="utf-8")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(zipped(tmp_path / "a.zip", {"activities.csv": strava.read_bytes()}).read_bytes()[:-9])
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps({"format": "kneejournal", "format_version": 99}), encoding="utf-8")
    wrong = {
        "": "Write the name of a file or a folder.",
        "nowhere/at/all.csv": "“all.csv” cannot be read: No such file or directory.",
        "~nobody-of-that-name/x": "names a home folder that is not there",
        "a\x00b": "cannot be read",
        str(letter): "letter.txt is nothing that can be imported",
        str(cut): "cut.zip is damaged or cut short",
        str(newer): "newer.json is of format 99",
    }
    async with app.run_test(size=(120, 40)) as pilot:
        await open_dialog(pilot)
        for typed, said in wrong.items():
            app.screen.query_one(PathInput).value = typed
            await pilot.pause()
            assert text_of(app, "#dialog-error") == ""
            await read(pilot)
            assert isinstance(app.screen, ImportDialog), typed
            assert said in text_of(app, "#dialog-error"), typed
        assert journal.entries() == ()
        app.screen.query_one(PathInput).value = str(strava)
        await read(pilot)
        assert isinstance(app.screen, ImportPreview)


async def test_a_journal_that_cannot_be_written_is_said_and_can_be_tried_again(
    app: KneejournalApp, journal: Journal, strava: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unreadable("The disk is full [/x].")

    async with app.run_test() as pilot:
        await ask(pilot, strava)
        with monkeypatch.context() as patched:
            patched.setattr(journal._store, "update", full)
            await pilot.press("ctrl+s")
            await pilot.pause()
        assert isinstance(app.screen, ImportPreview)
        assert text_of(app, "#dialog-error") == "The disk is full [/x]."
        assert journal.entries() == ()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(runs(journal)) == 3


class SlowReader:
    """Stands for a large file: it is read as far as it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._read = read_in
        self.may_go_on = threading.Event()
        self.has_begun = threading.Event()
        self.was_stopped = threading.Event()
        monkeypatch.setattr(import_dialog, "read_in", self)

    def __call__(self, files: object, today: object, units: object, watching: Watching) -> object:
        watch = watching("export.zip")
        assert watch is not None
        try:
            watch(30_000_000, 100_000_000)
            self.has_begun.set()
            assert self.may_go_on.wait(10)
            watch(60_000_000, 100_000_000)
        except import_dialog.Stopped:
            self.was_stopped.set()
            raise
        read: Callable[..., object] = self._read
        return read(files, today, units)

    async def begin(self, pilot: Pilot[None], path: Path) -> None:
        (await open_dialog(pilot)).value = str(path)
        await pilot.press("ctrl+s")
        while not self.has_begun.is_set():
            await pilot.pause()
        await pilot.pause()


async def test_a_large_file_tells_how_far_it_was_read_and_the_app_goes_on(
    app: KneejournalApp, strava: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowReader(monkeypatch)
    async with app.run_test() as pilot:
        await slow.begin(pilot, strava)
        assert text_of(app, "#import-progress") == "Reading export.zip: 30 % of 100 MB. esc stops it."
        await pilot.press("f1")
        await pilot.pause()
        assert not isinstance(app.screen, ImportDialog)
        await pilot.press("escape")
        await pilot.pause()
        slow.may_go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ImportPreview)


async def test_escape_stops_the_reading_and_nothing_comes_of_it(
    app: KneejournalApp, journal: Journal, strava: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowReader(monkeypatch)
    async with app.run_test() as pilot:
        await slow.begin(pilot, strava)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ImportDialog)
        assert text_of(app, "#import-progress") == ""
        slow.may_go_on.set()
        assert slow.was_stopped.wait(10)
        await pilot.pause()
        assert isinstance(app.screen, ImportDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert journal.entries() == ()


HOSTILE = [
    "[.csv",
    "[bold]x.csv",
    "[@click=app.quit]a.csv",
    "a\x1b[2Jb.csv",
    "a\nb.csv",
    "\u202eexe.csv",
    "{x} %s $note.csv",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_the_name_of_a_file_is_only_text(app: KneejournalApp, strava: Path, name: str) -> None:
    folder = strava.parent / "in"
    folder.mkdir()
    (folder / name).write_bytes(strava.read_bytes())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await ask(pilot, folder)
        assert isinstance(app.screen, ImportPreview)
        await pilot.press("escape", "escape")
        await pilot.pause()
        await ask(pilot, folder / name)
        assert isinstance(app.screen, ImportPreview)
        shown = text_of(app, "#import-source") + text_of(app, "#import-lines")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.is_running
        shown += "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_tab_completes_a_name_and_shows_the_ways_it_goes_on(app: KneejournalApp, tmp_path: Path) -> None:
    for name in ("exports/strava-2025.zip", "exports/strava-2026.zip", "exports/b\x1b.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    async with app.run_test() as pilot:
        field = await open_dialog(pilot)
        field.value = f"{tmp_path}/exp"
        await pilot.press("tab")
        assert field.value == f"{tmp_path}/exports/"
        await pilot.press("tab")
        await pilot.pause()
        assert field.value == f"{tmp_path}/exports/strava-202"
        assert text_of(app, "#import-names") == "strava-2025.zip  strava-2026.zip"
        await pilot.press("6", "tab")
        await pilot.pause()
        assert field.value == f"{tmp_path}/exports/strava-2026.zip"
        assert text_of(app, "#import-names") == ""
        assert field.has_focus


def test_hidden_files_are_named_only_when_they_are_asked_for(tmp_path: Path) -> None:
    for name in (".hidden", "seen"):
        (tmp_path / name).touch()
    assert names_beginning(f"{tmp_path}/") == ["seen"]
    assert names_beginning(f"{tmp_path}/.h") == [".hidden"]
    assert names_beginning(f"{tmp_path}/nowhere/x") == []
    assert names_beginning("~nobody-of-that-name/x") == []


@pytest.mark.parametrize("typed", ["'{}'", '"{}"', " {} ", "'{}' "])
def test_a_name_may_stand_in_quotes(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "my export.zip"
    path.touch()
    assert read_path(typed.format(path)) == path


def test_a_name_with_a_quote_in_it_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "runner's.zip"
    path.touch()
    assert read_path(str(path)) == path
