"""R9 and R12: "saved" means saved, and the terminal is put right, in a real pseudo-terminal."""

import os
import select
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kneejournal.domain.records import ExerciseMark
from tests.domain.stories import TODAY, at
from tests.support import file_storage, log_clear_evenings, new_journal
from tests.torture.conftest import Scale
from tests.torture.terminal import PATIENCE_S, Shell, Terminal, app_words

CTRL_S, CTRL_Z = b"\x13", b"\x1a"
BOXES = ("[ ]", "[x]")
BEING_SAVED = "[…]".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    new_journal(at(TODAY, 19), file_storage(folder / "journal.json"))
    return folder


def entries(folder: Path) -> int:
    journal, _ = new_journal(at(TODAY, 21), file_storage(folder / "journal.json"), set_up=False)
    return len(journal.entries())


def is_ticked(folder: Path) -> bool:
    journal, _ = new_journal(at(TODAY, 21), file_storage(folder / "journal.json"), set_up=False)
    return any(record.done for record in journal.entries() if isinstance(record, ExerciseMark))


def type_pain(terminal: Terminal) -> None:
    """Type a number into the dialog and see it there."""
    terminal.forget()
    terminal.press(b"7")
    terminal.wait_for(b" 7 ")


def check_the_first_symptom(terminal: Terminal) -> None:
    """Open the dialog, type a number and check the first box."""
    terminal.press(b"p")
    terminal.wait_for(b"Red flags")
    type_pain(terminal)
    terminal.press(b"\t")
    terminal.wait_for(b"going down stairs?")
    terminal.press(b" ")
    terminal.wait_for(b"[x]")


def is_shown(terminal: Terminal, words: str) -> bool:
    return any(words in line for line in terminal.picture())


def drafts(folder: Path) -> list[Path]:
    return list((folder / "data" / "kneejournal" / "drafts").glob("*.json"))


def test_what_is_shown_as_written_is_written(folder: Path, scale: Scale, figure: Callable[[str], None]) -> None:
    times = scale(3, 100)
    for number in range(1, times + 1):
        with Terminal(folder) as terminal:
            terminal.wait_for(b"Clamshell")
            terminal.press(b"4")
            terminal.wait_for(b"takes it back")
            terminal.process.send_signal(signal.SIGKILL)
            terminal.process.wait()
            assert entries(folder) == number
    figure(f"{times} times killed as soon as it said written: 0 lost")


def test_a_box_that_is_ticked_is_ticked_on_the_disk(folder: Path, scale: Scale, figure: Callable[[str], None]) -> None:
    times = scale(4, 100)
    for number in range(1, times + 1):
        with Terminal(folder) as terminal:
            terminal.wait_for(b"Clamshell")
            terminal.press(b" ")
            line = f"{BOXES[number % 2]} Clamshell"
            terminal.wait_till(lambda: is_shown(terminal, line))  # noqa: B023
            terminal.process.send_signal(signal.SIGKILL)
            terminal.process.wait()
            assert is_ticked(folder) is (number % 2 == 1)
    figure(f"{times} times killed as soon as a box was ticked, or not any more: 0 lost")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_what_is_being_saved_is_saved_before_a_signal_ends_the_app(folder: Path, sent: int) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(b" ")
        terminal.wait_for(BEING_SAVED)
        terminal.process.send_signal(sent)
        assert terminal.ended() == 128 + sent
        assert terminal.is_put_right
    assert is_ticked(folder)


def test_what_was_typed_is_saved_before_q_ends_the_app(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(b" 4q")
        assert terminal.ended() == 0
    assert is_ticked(folder)
    assert entries(folder) == 2


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)], ids=["TERM", "INT", "HUP"]
)
def test_a_signal_keeps_the_draft_and_leaves_the_terminal_as_it_was(folder: Path, sent: int, status: int) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(b"p")
        terminal.wait_for(b"Red flags")
        type_pain(terminal)
        terminal.process.send_signal(sent)
        assert terminal.ended() == status
        assert terminal.is_put_right
        assert len(drafts(folder)) == 1
        assert entries(folder) == 0


def test_a_closed_window_ends_the_app_and_keeps_the_draft(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(b"p")
        terminal.wait_for(b"Red flags")
        type_pain(terminal)
        terminal.close()
        assert terminal.process.wait(PATIENCE_S) == 129
        assert len(drafts(folder)) == 1


def test_ctrl_z_goes_to_the_shell_and_fg_comes_back_to_what_was_written_since(folder: Path) -> None:
    with Shell(folder) as shell:
        shell.open_app()
        shell.stop_app()
        assert shell.is_put_right
        subprocess.run(app_words(folder, "log", "3"), check=True, capture_output=True, timeout=PATIENCE_S)
        shell.enter("fg")
        shell.wait_for(b"pain 3")
        shell.press(b"4")
        shell.wait_for(b"takes it back")
        shell.press(b"q")
        shell.wait_for_prompt()
        assert shell.is_put_right
        shell.enter("echo status $?")
        shell.wait_for(b"status 0\r\n")
        assert entries(folder) == 2


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (60, 20)], ids=str)
def test_fg_draws_the_whole_screen_again_in_the_size_that_the_window_has_by_then(
    folder: Path, size: tuple[int, int]
) -> None:
    with Shell(folder) as shell:
        shell.open_app()
        shell.stop_app()
        shell.resize(*size)
        shell.enter("fg")
        shell.wait_for_bytes(b"\x1b[?1049h")
        shell.wait_till(lambda: "t Today" in shell.picture()[0] and "0 All fine" in shell.picture()[-1])
        assert is_shown(shell, "Clamshell")
        shell.press(b"j")
        shell.wait_for(b"Nothing is written yet")
        shell.forget()
        shell.press(b"t")
        shell.wait_till(lambda: shell.reach == size)


def test_what_was_filled_in_is_on_the_disk_while_the_app_is_stopped_and_in_its_place_after_fg(folder: Path) -> None:
    with Shell(folder) as shell:
        shell.open_app()
        check_the_first_symptom(shell)
        shell.stop_app()
        assert b"stairs-down" in drafts(folder)[0].read_bytes()
        shell.enter("fg")
        shell.wait_for(b"Red flags")
        shell.press(CTRL_S)
        shell.wait_for(b"takes it back")
        assert entries(folder) == 1
        shell.press(b"q")
        shell.wait_for_prompt()
        assert drafts(folder) == []


def test_in_a_text_field_ctrl_z_is_undo(folder: Path) -> None:
    with Shell(folder) as shell:
        shell.open_app()
        shell.press(b"p")
        shell.wait_for(b"Red flags")
        shell.press(b"sore")
        shell.wait_till(lambda: is_shown(shell, "sore"))
        shell.press(CTRL_Z)
        shell.wait_till(lambda: not is_shown(shell, "sore"))
        assert b"Stopped" not in shell.drawn
        assert is_shown(shell, "Red flags")


def test_closing_the_window_ends_a_stopped_app_too_and_keeps_its_draft(folder: Path) -> None:
    with Shell(folder) as shell:
        shell.open_app()
        check_the_first_symptom(shell)
        shell.stop_app()
        (draft,) = drafts(folder)
        ends = os.pidfd_open(int(draft.stem))
        shell.close()
        assert select.select([ends], [], [], PATIENCE_S)[0]
        os.close(ends)
        assert drafts(folder) == [draft]


def test_quitting_leaves_the_terminal_as_it_was(folder: Path) -> None:
    with Terminal(folder) as terminal:
        terminal.wait_for(b"Clamshell")
        terminal.press(b"q")
        assert terminal.ended() == 0
        assert terminal.is_put_right


@pytest.mark.parametrize("size", [(20, 5), (10, 3), (1, 1), (400, 120)], ids=str)
def test_any_size_of_terminal_opens_and_quits(folder: Path, size: tuple[int, int]) -> None:
    with Terminal(folder, size) as terminal:
        terminal.wait_for_bytes(b"\x1b[?1049h")
        terminal.press(b"0")
        for columns, lines in ((80, 24), (20, 5), (3, 2), (120, 40), size):
            terminal.resize(columns, lines)
        terminal.press(b"q")
        assert terminal.ended() == 0


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "xterm"}, {"TERM": "linux"}, {"COLUMNS": "2", "LINES": "2"}], ids=str
)
def test_plain_terminals_open_and_save(folder: Path, environment: dict[str, str]) -> None:
    with Terminal(folder, environment=environment) as terminal:
        terminal.wait_for_bytes(b"\x1b[?1049h")
        if "COLUMNS" not in environment:
            terminal.wait_for(b"Clamshell")
            terminal.press(b"4")
            terminal.wait_for(b"takes it back")
            assert entries(folder) == 1
        terminal.press(b"q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1"}], ids=str)
def test_a_terminal_that_cannot_show_the_app_gets_plain_words(folder: Path, environment: dict[str, str]) -> None:
    with Terminal(folder, environment=environment) as terminal:
        assert terminal.ended() == 2
        assert b"\x1b" not in terminal.drawn
        assert b"needs a terminal" in terminal.drawn


def test_away_from_a_terminal_the_app_does_not_start(folder: Path) -> None:
    journal, clock = new_journal(at(TODAY, 19), file_storage(folder / "journal.json"), set_up=False)
    log_clear_evenings(journal, clock, TODAY, 1)
    done = subprocess.run(
        app_words(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
        env={**os.environ, "HOME": str(folder)},
    )
    assert done.returncode == 2
    assert b"\x1b" not in done.stdout + done.stderr
