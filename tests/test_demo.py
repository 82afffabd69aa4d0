"""The demo: a sample journal in the app, which leaves nothing behind and says throughout that it is one."""

import os
import signal
import stat
import sys
import tempfile
import types
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from kneejournal.__main__ import main
from kneejournal.app import KneejournalApp
from kneejournal.demo import throwaway_sample
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import Unreadable
from kneejournal.journal import Journal
from kneejournal.pages import PAGES
from kneejournal.paths import Places
from kneejournal.screens.dialog import Dialog
from kneejournal.screens.export import ExportDialog
from kneejournal.screens.page import Page
from kneejournal.widgets.sample_notice import SAMPLE_NOTICE, SampleNotice
from kneejournal.wiring import open_journal
from tests.conftest import EVENING, CommandLine
from tests.support import new_journal, places_in
from tests.torture.terminal import PATIENCE_S, Terminal

NOW = datetime.fromisoformat(EVENING)


@pytest.fixture
def temporary(tmp_path: Path, empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary folders, beside a home without anything in it."""
    assert not empty_home.exists()
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def in_app(monkeypatch: pytest.MonkeyPatch, run: Callable[[Journal, Places], None]) -> None:
    """Let `run` stand for what somebody does in the app."""

    class FakeApp:
        return_code = 7

        def __init__(self, journal: Journal, places: Places) -> None:
            self._given = (journal, places)

        def run(self) -> None:
            run(*self._given)

    fake = types.ModuleType("kneejournal.app")
    fake.KneejournalApp = FakeApp  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kneejournal.app", fake)
    monkeypatch.setattr("kneejournal.__main__._is_terminal", lambda: True)


def demo_app(places: Places) -> KneejournalApp:
    return KneejournalApp(open_journal(places, lambda: NOW), places)


def lines(app: KneejournalApp) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


def left_behind(tmp_path: Path) -> list[str]:
    """Every file and folder, but for the empty folder of temporary folders."""
    return sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.name != "temporary")


def test_the_folder_is_private_while_it_is_there_and_gone_afterwards(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def look(journal: Journal, places: Places) -> None:
        assert journal.verdict().is_ready
        journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": 4}))
        assert not journal.verdict().is_ready
        assert all(path.is_relative_to(temporary) for path in (places.journal, places.settings, places.data))
        assert all(path.is_relative_to(temporary) for path in tmp_path.rglob("*") if path != temporary)
        seen.extend([places.journal.parent, places.journal])
        assert [stat.S_IMODE(path.stat().st_mode) for path in seen] == [0o700, 0o600]

    in_app(monkeypatch, look)
    assert main(["--now", EVENING, "demo"]) == 7
    assert len(seen) == 2
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 70), (KeyboardInterrupt, 130), (OSError, 3)])
def test_an_error_leaves_nothing_behind(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], status: int
) -> None:
    def fail(*_: object) -> None:
        assert list(temporary.iterdir())
        raise error

    in_app(monkeypatch, fail)
    assert main(["demo"]) == status
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_a_signal_before_the_app_listens_leaves_nothing_behind(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    assert temporary.is_dir()
    before = signal.getsignal(number)
    in_app(monkeypatch, lambda *_: os.kill(os.getpid(), number))
    with pytest.raises(SystemExit) as ended:
        main(["demo"])
    assert ended.value.code == 128 + number
    assert signal.getsignal(number) == before
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("end", "status"),
    [
        (lambda terminal: terminal.press(b"q"), 0),
        (lambda terminal: terminal.process.send_signal(signal.SIGTERM), 143),
        (lambda terminal: terminal.process.send_signal(signal.SIGHUP), 129),
        (lambda terminal: terminal.process.send_signal(signal.SIGINT), 130),
    ],
    ids=["quit", "TERM", "HUP", "INT"],
)
def test_the_real_app_leaves_nothing_behind_however_it_ends(
    tmp_path: Path, temporary: Path, end: Callable[[Terminal], None], status: int
) -> None:
    home = tmp_path / "empty"
    words = [sys.executable, "-m", "kneejournal", "--now", EVENING, "demo"]
    with Terminal(home, environment={"TMPDIR": str(temporary)}, words=words) as terminal:
        terminal.wait_for(b"Clamshell")
        assert len(list(temporary.iterdir())) == 1
        end(terminal)
        assert terminal.ended() == status
    assert left_behind(tmp_path) == []


def test_a_closed_window_leaves_nothing_behind(tmp_path: Path, temporary: Path) -> None:
    words = [sys.executable, "-m", "kneejournal", "--now", EVENING, "demo"]
    with Terminal(tmp_path / "empty", environment={"TMPDIR": str(temporary)}, words=words) as terminal:
        terminal.wait_for(b"Clamshell")
        assert len(list(temporary.iterdir())) == 1
        terminal.close()
        terminal.process.wait(PATIENCE_S)
    assert left_behind(tmp_path) == []


def test_another_journal_is_refused_and_left_alone(cli: CommandLine) -> None:
    cli.ok("log", "1")
    before = cli.content
    result = cli("demo")
    assert (result.status, result.out) == (2, "")
    assert "Leave out --journal" in result.err
    assert cli.content == before


def test_a_journal_named_by_the_variable_is_left_alone(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNEEJOURNAL_FILE", str(tmp_path / "mine.json"))
    in_app(monkeypatch, lambda journal, _: assert_is_sample(journal))
    assert main(["demo"]) == 7
    assert temporary.is_dir()
    assert left_behind(tmp_path) == []


def assert_is_sample(journal: Journal) -> None:
    assert len(journal.entries()) > 250


def test_away_from_a_terminal_it_says_so_and_speaks_for_nobodys_knee(
    tmp_path: Path, temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo"]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "needs a terminal" in caught.err
    assert temporary.is_dir()
    assert left_behind(tmp_path) == []


def test_a_sample_is_never_written_over_a_journal(tmp_path: Path) -> None:
    journal, _ = new_journal(NOW)
    with pytest.raises(Unreadable, match="a journal already"):
        journal._store.begin(journal.snapshot(), NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 24), (80, 16)], ids=str)
async def test_every_page_says_that_it_is_a_sample(temporary: Path, size: tuple[int, int]) -> None:
    assert temporary.is_dir()
    with throwaway_sample(NOW) as places:
        app = demo_app(places)
        async with app.run_test(size=size) as pilot:
            for page in PAGES:
                await pilot.press(page.KEY)
                await pilot.pause()
                assert isinstance(app.screen, page)
                assert SAMPLE_NOTICE in lines(app)[1]


@pytest.mark.parametrize("size", [(80, 24), (40, 24)], ids=str)
@pytest.mark.parametrize("key", ["p", "n", "e", "comma"])
async def test_every_dialog_says_that_it_is_a_sample(temporary: Path, key: str, size: tuple[int, int]) -> None:
    assert temporary.is_dir()
    with throwaway_sample(NOW) as places:
        app = demo_app(places)
        async with app.run_test(size=size) as pilot:
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, Dialog)
            box = app.screen.query_one("#dialog").region
            assert SAMPLE_NOTICE[:30] in lines(app)[box.bottom - 1]


async def test_ones_own_journal_is_never_called_a_sample(home: Path) -> None:
    journal, _ = new_journal(NOW)
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test() as pilot:
        for page in PAGES:
            await pilot.press(page.KEY)
            await pilot.pause()
            assert not app.screen.query_one(SampleNotice).display
        await pilot.press("e")
        await pilot.pause()
        assert "ample" not in "\n".join(lines(app))


async def test_every_page_has_something_to_show(temporary: Path) -> None:
    assert temporary.is_dir()
    expected = {
        "today": ["ready for short intervals", "Stage 3 of 8", "Grey trainers are near their limit"],
        "pain-journal": ["Sat 21 Nov", "clear", "entries"],
        "ready": ["met", "Stage 3 of 8"],
        "shoes": ["New trainers", "to be replaced soon", "in order", "retired", "1 run has no shoes"],
    }
    with throwaway_sample(NOW) as places:
        app = demo_app(places)
        async with app.run_test(size=(120, 50)) as pilot:
            for page in PAGES:
                await pilot.press(page.KEY)
                await pilot.pause()
                shown = "\n".join(lines(app))
                assert [words for words in expected.get(page.NAME, []) if words not in shown] == []


async def test_using_it_writes_nothing_outside_its_folder(tmp_path: Path, temporary: Path) -> None:
    with throwaway_sample(NOW) as places:
        app = demo_app(places)
        async with app.run_test() as pilot:
            await pilot.press("0", "2", "space", "i", "u", "p", "3")
            await pilot.pause()
            await app.on_app_focus()
            assert list((places.data / "drafts").iterdir())
            await pilot.press("ctrl+s")
            await pilot.pause()
        assert all(path.is_relative_to(temporary) for path in tmp_path.rglob("*") if path != temporary)
    assert left_behind(tmp_path) == []


async def test_undo_takes_the_last_change_back_and_not_the_sample(temporary: Path) -> None:
    assert temporary.is_dir()
    with throwaway_sample(NOW) as places:
        journal = open_journal(places, lambda: NOW)
        before = len(journal.entries())
        assert journal.undo().what.startswith("Taken back: 3 exercises done")
        assert len(journal.entries()) == before - 3


async def test_an_export_goes_only_where_somebody_says(tmp_path: Path, temporary: Path) -> None:
    with throwaway_sample(NOW) as places:
        app = demo_app(places)
        async with app.run_test() as pilot:
            await pilot.press("e", "enter")
            await pilot.pause()
            assert isinstance(app.screen, ExportDialog)
            assert "This is a sample" in str(app.screen.query_one("#export-what", Static).content)
            assert "Write the name" in str(app.screen.query_one("#dialog-error", Static).content)
            app.screen.query_one("#export-path", Input).value = str(tmp_path / "sample.json")
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, Page)
    assert temporary.is_dir()
    assert left_behind(tmp_path) == ["sample.json"]


async def test_a_crash_names_no_file_that_is_thrown_away(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), throwaway_sample(NOW) as places:  # noqa: PT012  the app raises when it is left
        app = demo_app(places)
        async with app.run_test() as pilot:
            monkeypatch.setattr(app, "action_undo", fails)
            await pilot.press("u")
            await pilot.pause()
    assert temporary.is_dir()
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "crash.log" not in told
    assert left_behind(tmp_path) == []
