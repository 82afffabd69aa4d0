"""What a shell suggests, asked as shells ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from kneejournal import __main__
from kneejournal.commands import suggestions
from kneejournal.commands.group import cli as commands
from tests.conftest import CommandLine

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


class Shell:
    """A shell at whose prompt words stand, the last one unfinished."""

    def __init__(self, cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._cli = cli
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def suggests(self, *words: str, shell: str = "zsh") -> list[str]:
        """What `shell` is given for the last of `words`."""
        with self._asking(shell):
            asked = SHELLS[shell](commands, {}, "kneejournal", suggestions.COMPLETION)
            return [item.value for item in asked.get_completions(list(words[:-1]), words[-1])]

    def prints(self, line: str, shell: str) -> str:
        """What `shell` reads for the last word of `line`."""
        with self._asking(shell) as asking:
            asking.setenv("COMP_WORDS", line)
            words = line.split(" ")
            asking.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words) - 1))
            with pytest.raises(SystemExit) as end:
                __main__.main([])
        assert end.value.code == 0
        caught = self._capsys.readouterr()
        assert caught.err == ""
        return caught.out

    @contextmanager
    def _asking(self, shell: str) -> Iterator[pytest.MonkeyPatch]:
        with self._monkeypatch.context() as asking:
            asking.setenv(suggestions.COMPLETION, f"{shell}_complete")
            asking.setenv("KNEEJOURNAL_FILE", str(self._cli.journal))
            yield asking


@pytest.fixture
def shell(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(cli, monkeypatch, capsys)


def test_commands_and_options_are_completed(shell: Shell) -> None:
    assert shell.suggests("do") == ["done", "doctor"]
    assert shell.suggests("shoes", "w") == ["wear"]
    assert shell.suggests("log", "--al") == ["--all-day"]
    assert shell.suggests("log", "--knee", "") == ["left", "right", "both"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("done", "cl"), ["clamshell"]),
        (("done", "clamshell", "sh"), ["short"]),
        (("log", "3", "--symptom", "st"), ["stairs-down", "stairs-up"]),
        (("edit", "1234", "--symptom", "lo"), ["locking"]),
        (("log", "0", "--day", "y"), ["yesterday"]),
        (("entries", "--from", "th"), ["thursday"]),
        (("shoes", "add", "Blue", "--since", "to"), ["today"]),
        (("learn", "sh"), ["shoes"]),
        (("completion", "z"), ["zsh"]),
    ],
)
def test_words_that_the_programme_knows_are_completed(shell: Shell, words: tuple[str, ...], found: list[str]) -> None:
    assert shell.suggests(*words) == found


def test_shoes_are_completed_where_a_pair_is_asked_for_but_not_retired_ones(cli: CommandLine, shell: Shell) -> None:
    for name in ("Blue ones", "Black", "Green"):
        cli.ok("shoes", "add", name)
    cli.ok("shoes", "retire", "Black")
    for words in (("run", "3mi", "--shoe"), ("edit", "1234", "--shoe"), ("shoes", "wear"), ("shoes", "fitted")):
        assert shell.suggests(*words, "b") == ["Blue ones"]
    assert shell.suggests("shoes", "add", "B") == []


def test_bash_is_given_a_name_that_stays_one_word(cli: CommandLine, shell: Shell) -> None:
    cli.ok("shoes", "add", "Blue (old) $1")
    assert shell.suggests("shoes", "wear", "Bl", shell="bash") == [r"Blue\\ \\(old\\)\\ \\$1"]
    assert shell.suggests("shoes", "wear", "Bl", shell="fish") == ["Blue (old) $1"]


def test_ids_are_completed_the_newest_first_and_say_which_entry_but_not_its_note(
    cli: CommandLine, shell: Shell
) -> None:
    cli.ok("log", "1", "--at", "08:00", "--note", "private")
    cli.ok("log", "2", "--at", "09:00", now="2026-11-22T20:05:00-05:00")
    newest_first = [record["id"][:8] for record in reversed(cli.records)]
    assert shell.suggests("delete", "") == newest_first
    assert shell.prints("kneejournal edit ", "zsh").splitlines() == [
        "plain", newest_first[0], "Knee 2 at 09:00 Sun 22 Nov.",
        "plain", newest_first[1], "Knee 1 at 08:00 Sun 22 Nov.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "read"),
    [("sync ", "dir,"), ("import x", "file,x"), ("export x", "file,x"), ("--journal x", "file,x")],
)
def test_files_and_folders_are_left_to_the_shell(shell: Shell, line: str, read: str) -> None:
    assert shell.prints(f"kneejournal {line}", "bash") == f"{read}\n"


@pytest.mark.parametrize("content", [b"", b"not a journal", b'{"header": {}}'])
def test_a_journal_that_cannot_be_read_suggests_nothing_and_says_nothing(
    cli: CommandLine, shell: Shell, content: bytes
) -> None:
    cli.journal.write_bytes(content)
    assert shell.prints("kneejournal shoes wear ", "bash") == "\n"
    assert shell.prints("kneejournal --journal /no/where.json shoes wear ", "bash") == "\n"
    assert cli.journal.read_bytes() == content


def test_completing_makes_no_file(cli: CommandLine, shell: Shell) -> None:
    assert shell.suggests("shoes", "wear", "") == []
    assert not cli.home.exists()
    assert cli.content is None


def test_the_journal_named_before_the_command_is_the_one_that_is_asked(
    cli: CommandLine, shell: Shell, tmp_path: Path
) -> None:
    cli.ok("shoes", "add", "Blue")
    other = str(tmp_path / "other.json")
    assert shell.suggests("--journal", other, "shoes", "wear", "") == []


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_the_one_that_click_gives_for_the_shell(cli: CommandLine, name: str) -> None:
    template = SHELLS[name](commands, {}, "kneejournal", suggestions.COMPLETION)
    assert cli.ok("completion", name) == ShellComplete.source(template) + "\n"


def test_an_unknown_shell_is_wrong_usage(cli: CommandLine) -> None:
    assert cli("completion", "tcsh").status == 2


def test_the_program_answers_to_the_variable_that_the_script_sets(cli: CommandLine, shell: Shell) -> None:
    assert f"{__main__.COMPLETION}=bash_complete" in cli.ok("completion", "bash")
    assert shell.prints("kneejournal done cl", "bash") == "plain,clamshell\n"
    assert shell.prints("kneejournal done cl", "fish") == "plain,clamshell\tClamshell\n"
