"""What makes it quick, counted: modules, widgets, writes and bytes. A time would depend on the machine."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from kneejournal import ahead
from kneejournal.app import LOOK_SECONDS, KneejournalApp
from kneejournal.files import replace_file
from kneejournal.journal import Journal
from kneejournal.store import Store
from tests.conftest import CommandLine
from tests.domain.stories import TODAY, at
from tests.support import DEVICE, file_storage, log_clear_evenings, new_journal, places_in, programme
from tests.test_architecture import ROOT, modules_after

MODULES_OF_A_PROMPT = 135
"""What `status` and `ready` load above an interpreter that does nothing; 119 with Python 3.11."""
OWN_MODULES_OF_A_PROMPT = 52
OWN_MODULES_OF_THE_APP = 115
WIDGETS_OF_THE_FIRST_SCREEN = 25
SYNCS_OF_A_SAVE = 2
"""Of the file, and of its name in the folder."""
BESIDE_THE_JOURNAL = 300
"""Bytes that a save may write beside the journal and one copy of it."""
AHEAD_OF_THE_JOURNAL = 8_000
"""Bytes that the app syncs for a tick, however long the journal is: what changed, and how to take it back."""
FOCUS_LOST = b"\x1b[O"
PATIENCE_S = 30.0


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was asked of the disk, in order."""
    asked: list[int] = []
    fsync = os.fsync

    def spied(descriptor: int) -> None:
        asked.append(descriptor)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spied)
    return asked


def loaded_by(code: str) -> set[str]:
    """The modules that `code` loads above those of an interpreter that does nothing."""
    return modules_after(code) - modules_after("")


def own(modules: set[str]) -> set[str]:
    return {name for name in modules if name.startswith("kneejournal")}


def packages(modules: set[str]) -> set[str]:
    """The packages of others among `modules`."""
    names = {name.partition(".")[0] for name in modules - own(modules)}
    return {name for name in names - set(sys.stdlib_module_names) if not name.startswith("_")}


def files(folder: Path) -> dict[int, tuple[int, int]]:
    """When each file below `folder` was written and how long it is, by inode: a second name is nothing written."""
    found = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return {file.st_ino: (file.st_mtime_ns, file.st_size) for file in found}


@pytest.mark.parametrize("command", ["status", "ready"])
def test_a_prompt_loads_few_modules_and_one_package(cli: CommandLine, command: str) -> None:
    cli.log_clear_evenings(15, 21)
    loaded = loaded_by(f"""
import contextlib, io
from kneejournal.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["--journal", {str(cli.journal)!r}, {command!r}]) in (0, 1)
""")
    assert len(loaded) <= MODULES_OF_A_PROMPT
    assert len(own(loaded)) <= OWN_MODULES_OF_A_PROMPT
    assert packages(loaded) == {"msgspec"}


def test_the_app_opens_with_what_todays_screen_needs(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    loaded = loaded_by(f"""
import asyncio
from kneejournal.app import KneejournalApp
from kneejournal.clock import system_now
from kneejournal.paths import find_places
from kneejournal.wiring import open_journal

async def opens():
    places = find_places({str(cli.journal)!r})
    async with KneejournalApp(open_journal(places, system_now), places).run_test():
        pass

asyncio.run(opens())
""")
    assert len(own(loaded)) <= OWN_MODULES_OF_THE_APP
    assert packages(loaded) <= {"textual", "rich", "msgspec", "platformdirs", "typing_extensions"}


async def test_the_first_screen_is_made_of_few_widgets_and_no_other_page_is_made(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test():
        assert len(app._registry) <= WIDGETS_OF_THE_FIRST_SCREEN


def test_a_save_writes_the_journal_and_one_copy_and_syncs_it_once(home: Path, syncs: list[int]) -> None:
    journal, clock = new_journal(at(TODAY, 8), file_storage(home / "journal.json"))
    log_clear_evenings(journal, clock, TODAY, 30)
    before = files(home.parent)
    syncs.clear()
    journal.mark(journal.find_exercises(["clamshell"]))
    written = sum(file[1] for inode, file in files(home.parent).items() if before.get(inode) != file)
    assert written <= 2 * (home / "journal.json").stat().st_size + BESIDE_THE_JOURNAL
    assert len(syncs) <= SYNCS_OF_A_SAVE


def test_what_the_app_waits_for_does_not_grow_with_the_journal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = file_storage(home / "journal.json")
    journal, clock = new_journal(at(TODAY, 8), storage)
    log_clear_evenings(journal, clock, TODAY, 60)
    written: list[int] = []

    def spied(path: Path, content: bytes, *, last_look: Callable[[Path], None]) -> None:
        written.append(len(content))
        replace_file(path, content, last_look=last_look)

    monkeypatch.setattr(ahead, "replace_file", spied)
    store = Store(storage)
    store.write_ahead()
    Journal(store, programme(), clock, lambda: DEVICE).mark(journal.find_exercises(["clamshell"]))
    store.wait()
    assert len(written) == 1
    assert written[0] <= AHEAD_OF_THE_JOURNAL < (home / "journal.json").stat().st_size


def test_what_did_not_change_is_not_read_into_records_again(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 8), file_storage(home / "journal.json"))
    first = journal.snapshot()
    assert journal.snapshot() is first
    journal.mark(journal.find_exercises(["clamshell"]))
    assert journal.snapshot() is not first
    assert journal.snapshot() is journal.snapshot()


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are of POSIX systems")
def test_nothing_is_drawn_while_nothing_happens(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure moves only in a terminal that has the focus. The app looks at the file meanwhile."""
    from tests.torture.terminal import Terminal

    class Watched(Terminal):
        def is_drawn_on(self, seconds: float) -> bool:
            before, until = len(self.drawn), monotonic() + seconds
            while monotonic() < until and len(self.drawn) == before:
                self._read(until)
            return len(self.drawn) > before

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    new_journal(at(TODAY, 19), file_storage(home / "journal.json"))
    with Watched(home, size=(120, 40)) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(FOCUS_LOST)
        deadline = monotonic() + PATIENCE_S
        while terminal.is_drawn_on(1.2 * LOOK_SECONDS):
            assert monotonic() < deadline
