"""The app as a whole: opening, other programs beside it, crashes, recovery."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Static, TextArea

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import OWN_FAULT
from kneejournal.screens.confirm_days import ConfirmDaysDialog
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.recovery import RecoveryScreen
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.check_grid import CheckGrid
from tests.domain.stories import TODAY, at
from tests.support import file_storage, log_clear_evenings, new_journal, places_in


def shown(app: KneejournalApp) -> str:
    return "\n".join(str(widget.render()) for widget in app.screen.query("*") if isinstance(widget, Static))


async def test_what_another_program_wrote_is_seen(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        other, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"), set_up=False)
        other.log(PainEntry(scope="moment", day=TODAY, pain={"left": 7}))
        await app.on_app_focus()
        await pilot.pause()
        page = app.screen
        assert isinstance(page, TodayScreen)
        assert page.journal.verdict().status == "not-ready"
        await pilot.press("0")
        assert len(journal.entries()) == 2


async def test_nothing_is_reread_while_nothing_happens(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        page = app.screen
        assert isinstance(page, TodayScreen)
        reread: list[bool] = []
        monkeypatch.setattr(page, "reread", lambda: reread.append(True))
        page.look_again()
        assert not reread


async def test_an_app_left_open_over_night_shows_the_new_day(home: Path) -> None:
    journal, clock = new_journal(at(TODAY, 23))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Sun 22 Nov" in shown_lines(app)
        clock.set(TODAY + timedelta(days=1), 3)
        await app.on_app_focus()
        await pilot.pause()
        assert "Mon 23 Nov" in shown_lines(app)


async def test_a_damaged_journal_is_said_and_brought_back(home: Path) -> None:
    journal, clock = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    log_clear_evenings(journal, clock, TODAY, 7)
    path = home / "journal.json"
    path.write_bytes(path.read_bytes()[:-30])
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, RecoveryScreen)
        assert "is damaged" in shown(app)
        await pilot.press("a")
        assert isinstance(app.screen, RecoveryScreen)
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDaysDialog)
        assert journal.verdict().status == "unconfirmed"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert journal.verdict().is_ready
    assert len(list(home.glob("journal.json.damaged-*"))) == 1


async def test_leaving_the_days_unconfirmed_keeps_the_verdict_shut(home: Path) -> None:
    journal, clock = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    log_clear_evenings(journal, clock, TODAY, 7)
    older = (home / "journal.json").read_bytes()
    journal.care("ice")
    (home / "journal.json").write_bytes(older)
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDaysDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert journal.verdict().status == "unconfirmed"


async def test_a_crash_tells_where_and_nothing_that_was_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, _ = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    app = KneejournalApp(journal, places_in(home))

    def fails() -> None:
        secret = "what I never told anybody"
        raise RuntimeError(secret)

    with pytest.raises(RuntimeError):  # noqa: PT012  the app raises when it is left
        async with app.run_test() as pilot:
            monkeypatch.setattr(app, "action_undo", fails)
            await pilot.press("u")
            await pilot.pause()
    assert app.return_code == OWN_FAULT
    log = home / "crash.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError" in log.read_text()
    assert "never told" not in log.read_text()


async def test_the_palette_has_every_action_and_no_screenshot(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.pause()
        titles = {command.title for command in app.get_system_commands(app.screen)}
    assert {"Today", "Pain journal", "Ready to run", "Shoes", "Export the journal", "Undo", "Setup"} <= titles
    assert "Screenshot" not in titles


async def test_what_was_typed_and_not_saved_is_offered_at_the_next_start(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.press("p", "3")
        await pilot.pause()
        note = app.screen.query_one("#note", TextArea)
        note.text = "worse on the way down"
        app.screen.query_one("#symptoms", CheckGrid).chosen = frozenset({"stairs-down"})
        await app.on_app_focus()
        (kept,) = (home / "drafts").iterdir()
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        kept.rename(kept.with_name("999999999.json"))
        await pilot.press("escape")
    again = KneejournalApp(journal, places_in(home))
    async with again.run_test() as pilot:
        await pilot.pause()
        assert isinstance(again.screen, PainDialog)
        await pilot.press("ctrl+s")
        await pilot.pause()
    (entry,) = journal.entries()
    assert isinstance(entry, Pain)
    assert (entry.pain.worst, entry.note, entry.symptoms) == (3, "worse on the way down", ("stairs-down",))
    assert not list((home / "drafts").iterdir())


async def test_a_look_while_the_app_ends_is_no_crash_and_keeps_the_draft(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.press("p", "3", *"sore")
        await app.action_quit()
    await app.on_app_focus()
    assert b"sore" in next((home / "drafts").iterdir()).read_bytes()


async def test_a_dialog_that_was_left_or_saved_keeps_no_draft(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        for end in ("escape", "ctrl+s"):
            await pilot.press("p", "3")
            await pilot.pause()
            await app.on_app_focus()
            assert list((home / "drafts").iterdir())
            await pilot.press(end)
            await pilot.pause()
            await app.on_app_focus()
            assert not list((home / "drafts").iterdir())
        await pilot.press("p")
        await pilot.pause()
        await app.on_app_focus()
        assert not list((home / "drafts").iterdir())


async def test_saving_waits_for_the_keys_that_were_typed_before(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        await pilot.press("p", "1")
        await pilot.pause()
        app.post_message(Key("0", "0"))
        app.post_message(Key("ctrl+s", None))
        await pilot.pause()
        await pilot.pause()
    (entry,) = journal.entries()
    assert isinstance(entry, Pain)
    assert entry.pain.worst == 10


async def test_going_back_to_a_backup_is_a_command_of_the_palette_and_is_confirmed(home: Path) -> None:
    journal, clock = new_journal(at(TODAY, 20), file_storage(home / "journal.json"))
    log_clear_evenings(journal, clock, TODAY, 7)
    journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": 5}))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        app.action_backups()
        await pilot.pause()
        assert "revision     9" in shown_lines(app)
        await pilot.press("down", "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDaysDialog)
        assert journal.verdict().status == "unconfirmed"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert journal.verdict().is_ready


def shown_lines(app: KneejournalApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
