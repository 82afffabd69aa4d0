import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from kneejournal.app import KneejournalApp
from kneejournal.journal import Journal
from kneejournal.outgoing import free_path, writable_folder
from kneejournal.screens.export import ExportDialog
from kneejournal.screens.today import TodayScreen
from tests.support import new_journal, places_in


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


@pytest.fixture
def journal() -> Journal:
    return new_journal(datetime(2026, 11, 22, 20, tzinfo=UTC))[0]


@pytest.fixture
def app(journal: Journal, home: Path, tmp_path: Path) -> KneejournalApp:
    assert home.is_dir()
    return KneejournalApp(journal, places_in(tmp_path))


def error_of(app: KneejournalApp) -> str:
    return str(app.screen.query_one("#dialog-error", Static).content)


async def test_two_keys_write_a_file_that_only_its_owner_can_read(app: KneejournalApp, home: Path) -> None:
    async with app.run_test() as pilot:
        await pilot.press("0", "e", "enter")
        path = home / "kneejournal-2026-11-22.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(json.loads(path.read_text(encoding="utf-8"))["records"]) == 1
        assert isinstance(app.screen, TodayScreen)
        assert f"Exported to {path}" in [notification.message for notification in app._notifications]


async def test_the_documents_folder_comes_first_when_there_is_one(app: KneejournalApp, home: Path) -> None:
    (home / "Documents").mkdir()
    async with app.run_test() as pilot:
        await pilot.press("e", "enter")
        assert (home / "Documents" / "kneejournal-2026-11-22.json").is_file()


async def test_a_name_that_is_taken_gets_a_number(app: KneejournalApp, home: Path) -> None:
    async with app.run_test() as pilot:
        await pilot.press("e", "enter", "e", "enter")
        assert (home / "kneejournal-2026-11-22-2.json").is_file()


async def test_nothing_is_ever_overwritten(app: KneejournalApp, home: Path) -> None:
    mine = home / "mine.json"
    mine.write_text("mine", encoding="utf-8")
    async with app.run_test() as pilot:
        await pilot.press("e")
        app.screen.query_one("#export-path", Input).value = str(mine)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, ExportDialog)
        assert "exists already" in error_of(app)
        assert app.screen.query_one("#export-path", Input).value == str(mine)
        assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("typed", ["", "nowhere/x.json", "~nobody-of-that-name/x.json", "a\x00b", "[/x]/y"])
async def test_what_cannot_be_written_is_said(app: KneejournalApp, home: Path, typed: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press("e")
        app.screen.query_one("#export-path", Input).value = typed
        await pilot.press("enter")
        assert isinstance(app.screen, ExportDialog)
        assert error_of(app)
        assert list(home.iterdir()) == []


NAMES = {
    "csv": "kneejournal-2026-11-22-csv.zip",
    "fhir": "kneejournal-2026-11-22-fhir.json",
    "ics": "kneejournal-2026-11-22.ics",
    "report": "kneejournal-2026-11-22-report.html",
}
BEGINS = {
    "csv": b"PK",
    "fhir": b'{\n "resourceType": "Bundle"',
    "ics": b"BEGIN:VCALENDAR",
    "report": b"<!DOCTYPE html>",
}


@pytest.mark.parametrize("form", NAMES)
async def test_another_format_has_a_name_of_its_own_and_is_written(app: KneejournalApp, home: Path, form: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press("0", "e", "up", *["right"] * (list(NAMES).index(form) + 1))
        assert app.screen.query_one("#export-path", Input).value == str(home / NAMES[form])
        await pilot.press("enter")
        path = home / NAMES[form]
        assert path.read_bytes().startswith(BEGINS[form])
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert isinstance(app.screen, TodayScreen)


async def test_a_name_that_was_typed_stays_when_the_format_changes(app: KneejournalApp, home: Path) -> None:
    async with app.run_test() as pilot:
        await pilot.press("e")
        app.screen.query_one("#export-path", Input).value = str(home / "mine")
        await pilot.press("up", "right", "right")
        assert app.screen.query_one("#export-path", Input).value == str(home / "mine")
        assert "health records" in str(app.screen.query_one("#export-what", Static).content)


async def test_the_dialog_can_begin_with_the_report(app: KneejournalApp, journal: Journal, tmp_path: Path) -> None:
    async with app.run_test() as pilot:
        await app.push_screen(ExportDialog(journal, places_in(tmp_path), "report"))
        await pilot.press("enter")
        assert any("Open it in a browser to print it." in found.message for found in app._notifications)


def test_numbers_go_on_until_one_is_free(tmp_path: Path) -> None:
    day = date(2026, 11, 22)
    for name in ("kneejournal-2026-11-22.json", "kneejournal-2026-11-22-2.json"):
        (tmp_path / name).touch()
    assert free_path(tmp_path, day).name == "kneejournal-2026-11-22-3.json"


def test_a_folder_that_cannot_be_shown_as_it_is_is_not_proposed(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1bb"
    odd.mkdir()
    assert writable_folder((odd, tmp_path / "missing", tmp_path)) == tmp_path
