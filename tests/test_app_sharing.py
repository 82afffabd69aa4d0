"""What the palette offers for going out: a report for a therapist, and the folder that machines share."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static
from textual.worker import WorkerFailed

from kneejournal.app import KneejournalApp
from kneejournal.demo import throwaway_sample
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import OWN_FAULT
from kneejournal.screens import sync_dialog
from kneejournal.screens.export import ExportDialog
from kneejournal.screens.import_dialog import ImportDialog
from kneejournal.screens.sync_dialog import STAYS, SyncDialog
from kneejournal.screens.today import TodayScreen
from kneejournal.settings import Settings, read_settings
from kneejournal.sync import synchronise
from kneejournal.widgets.choice import Choice
from kneejournal.widgets.path_input import PathInput
from kneejournal.wiring import open_journal
from tests.domain.stories import TODAY, at
from tests.test_sync import DESKTOP, LAPTOP, Machine

NOW = at(TODAY, 20)


@pytest.fixture
def laptop(tmp_path: Path) -> Machine:
    return Machine(tmp_path, LAPTOP)


@pytest.fixture
def desktop(tmp_path: Path) -> Machine:
    return Machine(tmp_path, DESKTOP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "[shared]"
    path.mkdir()
    return path


def app_on(machine: Machine) -> KneejournalApp:
    return KneejournalApp(machine.journal, machine.places)


async def choose(pilot: Pilot[None], title: str) -> None:
    await pilot.press("ctrl+p")
    await pilot.press(*("space" if letter == " " else letter for letter in title))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()


async def exchange(pilot: Pilot[None], folder: Path | str) -> None:
    """Name the folder in the dialog in front, and let the exchange come to its end."""
    pilot.app.screen.query_one(PathInput).value = str(folder)
    await pilot.pause()
    await pilot.press("ctrl+s")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def said(app: KneejournalApp, line: str) -> str:
    found = app.screen.query_one(line, Static)
    return str(found.content) if found.display else ""


async def leave_setup(pilot: Pilot[None]) -> None:
    """A new machine is asked for its knee first."""
    await pilot.pause()
    if not isinstance(pilot.app.screen, TodayScreen):
        await pilot.press("escape")
        await pilot.pause()


async def test_the_report_begins_with_its_format_and_its_name(laptop: Machine) -> None:
    app = app_on(laptop)
    async with app.run_test() as pilot:
        await leave_setup(pilot)
        await choose(pilot, "Report for a physical")
        assert isinstance(app.screen, ExportDialog)
        assert app.screen.query_one("#export-form", Choice).value == "report"
        assert app.screen.query_one("#export-path", Input).value.endswith("-report.html")


async def test_what_another_machine_wrote_comes_and_ours_goes(laptop: Machine, desktop: Machine, folder: Path) -> None:
    desktop.note("of the desktop [/x]\x1b[2J", 3)
    desktop.sync(folder)
    laptop.check(1)
    app = app_on(laptop)
    async with app.run_test(size=(120, 40)) as pilot:
        await leave_setup(pilot)
        await choose(pilot, "Share with another")
        assert isinstance(app.screen, SyncDialog)
        await exchange(pilot, folder)
        lines = said(app, "#sync-lines").splitlines()
        assert lines[0] == "From other machines: 1 new."
        assert lines[1].strip().startswith("Knee 3, this moment")
        assert lines[2:] == ["To other machines: 1 new or changed.", STAYS]
        assert "\x1b" not in "\n".join(lines)
        assert (folder / laptop.file).is_file()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert len(laptop.journal.entries()) == 2
        await pilot.press("u")
        assert laptop.notes == {"of the desktop [/x]␛[2J"}
        assert len(laptop.journal.entries()) == 1


async def test_the_folder_is_remembered(laptop: Machine, folder: Path) -> None:
    laptop.check(0)
    laptop.places.settings.write_text('# mine\ntheme = "nord"\n\n[keys]\n"today.pain" = "f5"\n', encoding="utf-8")
    app = app_on(laptop)
    async with app.run_test() as pilot:
        await leave_setup(pilot)
        app.action_sync()
        await pilot.pause()
        assert app.screen.query_one(PathInput).value == ""
        await exchange(pilot, folder)
        await pilot.press("escape")
        await pilot.pause()
        app.action_sync()
        await pilot.pause()
        assert app.screen.query_one(PathInput).value == str(folder)
        await exchange(pilot, folder)
        assert said(app, "#sync-lines") == "Nothing new on either side."
    assert read_settings(laptop.places.settings) == Settings(
        theme="nord", keys={"today.pain": "f5"}, sync_folder=str(folder)
    )
    assert laptop.places.settings.read_text(encoding="utf-8").count("# mine") == 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "Write the name of a file or a folder."),
        ("nowhere/[/x]", "is not there. Nothing was changed."),
        ("~nobody-of-that-name", "names a home folder that is not there"),
    ],
)
async def test_what_goes_wrong_is_said_and_can_be_tried_again(
    laptop: Machine, folder: Path, typed: str, wrong: str
) -> None:
    laptop.check(0)
    before = laptop.content
    app = app_on(laptop)
    async with app.run_test() as pilot:
        await leave_setup(pilot)
        app.action_sync()
        await pilot.pause()
        await exchange(pilot, typed)
        assert wrong in said(app, "#dialog-error")
        assert said(app, "#sync-lines") == ""
        assert laptop.content == before
        assert read_settings(laptop.places.settings).sync_folder == ""
        await exchange(pilot, folder)
        assert said(app, "#dialog-error") == ""
        assert said(app, "#sync-lines").startswith("To other machines: 1 new or changed")


async def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    laptop: Machine, desktop: Machine, folder: Path
) -> None:
    desktop.check(2)
    desktop.sync(folder)
    (folder / "kneejournal-cccc3333.json").write_text('{"half": ', encoding="utf-8")
    app = app_on(laptop)
    async with app.run_test(size=(120, 40)) as pilot:
        await leave_setup(pilot)
        app.action_sync()
        await pilot.pause()
        await exchange(pilot, folder)
        assert "From other machines: 1 new" in said(app, "#sync-lines")
        assert "Left out: kneejournal-cccc3333.json" in said(app, "#dialog-error")


async def test_the_dialog_stays_and_the_app_goes_on_while_it_is_at_work(
    laptop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()

    def slow(*given: Any) -> object:
        assert may_go_on.wait(10)
        return synchronise(*given)

    monkeypatch.setattr(sync_dialog, "synchronise", slow)
    laptop.check(0)
    app = app_on(laptop)
    async with app.run_test() as pilot:
        await leave_setup(pilot)
        app.action_sync()
        await pilot.pause()
        app.screen.query_one(PathInput).value = str(folder)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("escape", "ctrl+s", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SyncDialog)
        assert said(app, "#sync-lines") == sync_dialog.AT_WORK
        may_go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert said(app, "#sync-lines").startswith("To other machines")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_sample_is_shared_with_nobody_but_runs_may_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with throwaway_sample(NOW) as places:
        app = KneejournalApp(open_journal(places, lambda: NOW), places)
        async with app.run_test() as pilot:
            await pilot.pause()
            titles = [command.title for command in app.get_system_commands(app.screen)]
            assert "Share with another machine" not in titles
            assert "Bring in runs or a journal" in titles
            assert "Report for a physical therapist" in titles
            await pilot.press("o")
            await pilot.pause()
            assert isinstance(app.screen, ImportDialog)


async def test_an_error_of_its_own_in_a_thread_tells_where_and_keeps_no_value(
    laptop: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("somebody's note")

    monkeypatch.setattr(sync_dialog, "synchronise", broken)
    laptop.journal.log(PainEntry(scope="day", day=TODAY, pain={"left": 0}))
    app = app_on(laptop)

    async def use() -> None:
        async with app.run_test() as pilot:
            await leave_setup(pilot)
            app.action_sync()
            await pilot.pause()
            await exchange(pilot, folder)

    with pytest.raises(WorkerFailed):
        await use()
    assert app.return_code == OWN_FAULT
    kept = (laptop.places.data / "crash.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in kept
    assert "broken" in kept
    assert "note" not in kept
