"""What a prompt asks is answered without click, in the words and with the status that click's way gives."""

import gc
import os
import shutil
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from kneejournal.__main__ import COLLECTED_AFTER, main
from kneejournal.commands.short import ShortCall, load_msgspec, short_call
from kneejournal.journal import Journal
from kneejournal.paths import Places
from tests.conftest import EVENING, CommandLine, Result
from tests.support import CONTENT
from tests.test_commands_way_in import process

STATUS, READY, AS_JSON = QUESTIONS = [("status",), ("ready",), ("ready", "--json")]
Ask = Callable[..., Result]


def the_long_way(options: Sequence[str], question: Sequence[str]) -> list[str]:
    """The same question with a sign in it that only click understands."""
    return [*options, "--", *question]


@pytest.fixture
def ask(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks both ways, on the evening on which `cli` writes; gives the answer, which has to be one."""
    for module in ("kneejournal.clock", "kneejournal.commands.group"):
        monkeypatch.setattr(f"{module}.system_now", lambda: datetime.fromisoformat(EVENING))

    def once(argv: list[str]) -> Result:
        status = main(argv)
        caught = capsys.readouterr()
        return Result(status, caught.out, caught.err)

    def both_ways(question: Sequence[str], options: Sequence[str] | None = None) -> Result:
        options = ("--journal", str(cli.journal)) if options is None else options
        short, long = [*options, *question], the_long_way(options, question)
        assert short_call(short)
        assert short_call(long) is None
        answer = once(short)
        assert answer == once(long)
        return answer

    return both_ways


def is_ready(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    cli.ok("done", "short")


def hurts(cli: CommandLine) -> None:
    cli.ok("setup", "--knee", "both", "--recall-days", "3")
    cli.log_clear_evenings(15, 19)
    cli.ok("log", "3", "--symptom", "stairs-down,locking", "--note", "\x1b[31mred", "--medicine")


def fell_back(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    cli.ok("run", "2", now="2026-11-22T08:00:00-05:00")
    cli.ok("log", "4")


def is_an_older_one(cli: CommandLine) -> None:
    is_ready(cli)
    before = cli.journal.read_bytes()
    cli.ok("log", "1")
    cli.journal.write_bytes(before)


def was_changed_outside(cli: CommandLine) -> None:
    is_ready(cli)
    cli.journal.write_bytes(cli.journal.read_bytes().replace(b'"left":0', b'"left":1', 1))


def is_gone(cli: CommandLine) -> None:
    is_ready(cli)
    cli.journal.unlink()


def is_empty(cli: CommandLine) -> None:
    cli.journal.write_bytes(b"")


def is_another_file(cli: CommandLine) -> None:
    cli.journal.write_bytes(b'{"header": {"1": {"format": "other"}}}')


def is_a_folder(cli: CommandLine) -> None:
    cli.journal.mkdir()


def never_was(cli: CommandLine) -> None:
    assert cli.content is None


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize(
    ("journal", "status"),
    [
        (never_was, 1), (is_ready, 0), (hurts, 1), (fell_back, 1), (is_an_older_one, 1), (was_changed_outside, 3),
        (is_gone, 3), (is_empty, 3), (is_another_file, 3), (is_a_folder, 3),
    ],
)  # fmt: skip
def test_a_question_has_one_answer_whichever_way_it_goes(
    cli: CommandLine, ask: Ask, journal: Callable[[CommandLine], None], status: int, question: tuple[str, ...]
) -> None:
    journal(cli)
    answer = ask(question)
    assert answer.status == (0 if question == STATUS and status == 1 else status)
    assert (answer.out == "", answer.err == "") == ((True, False) if status == 3 else (False, True))
    assert all(sign == "\n" or sign.isprintable() for sign in answer.out + answer.err)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_journal_is_found_in_the_same_place(
    cli: CommandLine, ask: Ask, question: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    is_ready(cli)
    named = ask(question)
    assert ask(question, [f"--journal={cli.journal}"]) == named
    assert ask(question, []) != named
    monkeypatch.setenv("KNEEJOURNAL_FILE", str(cli.journal))
    assert ask(question, []) == named
    assert ask(question, ["--journal", "\x1b[31mred/journal.json"]) != named
    for name in ("", " ", "/", "~nobody-of-that-name/journal.json"):
        assert ask(question, ["--journal", name]).status == 3


@pytest.mark.parametrize("file", ["exercises.toml", "stages.toml", "rules.toml", "symptoms.toml"])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_content_that_is_wrong_is_said_the_same(
    ask: Ask, question: tuple[str, ...], file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (content / file).write_text("no table", encoding="utf-8")
    monkeypatch.setattr("kneejournal.wiring.packaged", lambda _: content)
    answer = ask(question)
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.startswith(f"kneejournal: content/{file}: ")


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (ZeroDivisionError("my secret note"), 70)])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_it_ends_the_same_when_it_is_broken_off(
    ask: Ask, question: tuple[str, ...], error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("kneejournal.reading.Reading.verdict", fail)
    answer = ask(question)
    assert (answer.status, answer.out) == (status, "")
    assert "secret" not in answer.err


def test_without_a_terminal_the_app_says_where_things_stand_both_ways(cli: CommandLine, ask: Ask) -> None:
    is_ready(cli)
    answer = ask(())
    assert answer.status == 2
    assert answer.out == ask(STATUS).out


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_where_it_goes_to_makes_no_difference(question: tuple[str, ...], tmp_path: Path) -> None:
    """A closed pipe, a full disk, a poor encoding, in a process of its own."""
    for argv in ([*question], the_long_way((), question)):
        read, write = os.pipe()
        os.close(read)
        found = process(tmp_path, *argv, stdout=write)
        os.close(write)
        assert (found.returncode, found.stderr) == (141, b"")
        full = os.open("/dev/full", os.O_WRONLY)
        found = process(tmp_path, *argv, stdout=full)
        os.close(full)
        assert (found.returncode, found.stderr) == (3, b"kneejournal: Standard output: No space left on device.\n")
    for encoding in ("ascii", "latin-1", "utf-8"):
        short = process(tmp_path, *question, encoding=encoding)
        long = process(tmp_path, *the_long_way((), question), encoding=encoding)
        assert (short.returncode, short.stderr) == (long.returncode, long.stderr)
        if question != AS_JSON:
            # The document names the moment in which it was made.
            assert short.stdout == long.stdout


@pytest.mark.parametrize("name", ["j.json", "a b.json", "ready", "status"])
@pytest.mark.parametrize("question", [(), *QUESTIONS], ids=" ".join)
def test_a_short_call_is_recognised(name: str, question: tuple[str, ...]) -> None:
    assert short_call([*question]) == ShortCall(question, None)
    assert short_call(["--journal", name, *question]) == ShortCall(question, name)
    assert short_call([f"--journal={name}", *question]) == ShortCall(question, name)
    assert short_call(["--journal=", *question]) == ShortCall(question, "")


@pytest.mark.parametrize(
    "words",
    [
        "--journal", "--journal --json", "--journal --journal=a status", "--journal a --journal b status",
        "--now 2026-11-22 status", "--journal a --now 2026-11-22 status", "--help", "status --help", "status --json",
        "ready --json --json", "status ready", "ready -h", "--json ready", "--jour a status", "-- status", "statu",
        "log 1", "today", "--version", "-", "",
    ],
)  # fmt: skip
def test_everything_else_is_left_to_click(words: str) -> None:
    assert short_call(words.split(" ")) is None


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the app is opened with, and how many objects are made before the next collection while it is open."""
    found: list[object] = []

    class FakeApp:
        return_code = 0

        def __init__(self, journal: object, places: object) -> None:
            found.extend([journal, places])

        def run(self) -> None:
            found.append(gc.get_threshold())

    fake = types.ModuleType("kneejournal.app")
    fake.KneejournalApp = FakeApp  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kneejournal.app", fake)
    monkeypatch.setattr("kneejournal.__main__._is_terminal", lambda: True)
    return found


def test_the_app_opens_on_the_journal_that_was_named(ask: Ask, cli: CommandLine, opened: list[object]) -> None:
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER)
    try:
        assert ask(()) == Result(0, "", "")
    finally:
        gc.set_threshold(*usual)
    for journal, places, threshold in (opened[:3], opened[3:]):
        assert isinstance(journal, Journal)
        assert isinstance(places, Places)
        assert places.journal == cli.journal
        assert threshold == usual


def test_a_process_ends_without_collecting(cli: CommandLine) -> None:
    argv = ["kneejournal", "--journal", str(cli.journal), "status"]
    code = f"""
import gc, sys
from kneejournal.__main__ import process
sys.argv = {argv!r}
before = gc.get_stats()
print(process(), gc.get_stats() == before, gc.get_freeze_count() > 10_000)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.splitlines()[1:] == ["0 True True"]


def test_typing_extensions_is_there_for_those_who_ask_for_it_later() -> None:
    before = sys.modules.pop("typing_extensions", None)
    try:
        load_msgspec()
        assert "typing_extensions" not in sys.modules
        load_msgspec()
        import typing_extensions

        load_msgspec()
        assert sys.modules["typing_extensions"] is typing_extensions
    finally:
        if before is not None:
            sys.modules["typing_extensions"] = before
