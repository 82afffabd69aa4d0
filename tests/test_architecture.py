"""The arrows of the house, as far as import-linter does not see them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kneejournal.commands.group import MODULES
from tests.conftest import CommandLine

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kneejournal"


def modules_after(code: str) -> set[str]:
    """The modules loaded by `code` in a new interpreter."""
    program = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize("command", ["status", "ready", "today", "entries", "shoes", "export", "where"])
def test_a_command_never_loads_textual(command: str, tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.json")
    code = f"""
import contextlib, io
from kneejournal.__main__ import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main(["--journal", {journal!r}, "--now", "2026-11-22", {command!r}])
"""
    loaded = modules_after(code)
    assert "kneejournal.journal" in loaded or command == "where"
    assert not {"textual", "rich"} & loaded


@pytest.mark.parametrize("words", [["status"], ["ready"], ["ready", "--json"]], ids=" ".join)
def test_a_prompt_waits_for_nothing_that_its_question_does_not_need(cli: CommandLine, words: list[str]) -> None:
    cli.log_clear_evenings(15, 21)
    argv = ["--journal", str(cli.journal), *words]
    loaded = modules_after(f"from kneejournal.__main__ import main; assert main({argv!r}) in (0, 1)")
    others = {"textual", "rich", "click", "platformdirs", "pendulum", "filelock", "typing_extensions"}
    slow = {"asyncio", "dataclasses", "inspect", "secrets", "shutil", "tempfile"}
    own = {f"kneejournal.{name}" for name in ("commands.group", "journal", "figures", "learn_pages", "interop")}
    assert "kneejournal.reading" in loaded
    assert not (others | slow | own) & loaded - modules_after("")


def test_a_command_loads_no_other_command(cli: CommandLine) -> None:
    code = f"from kneejournal.__main__ import main; main(['--journal', {str(cli.journal)!r}, 'log', '1'])"
    loaded = {name.removeprefix("kneejournal.commands.") for name in modules_after(code)}
    assert {"group", "day"} <= loaded
    assert not set(MODULES.values()) - {"day"} & loaded


def test_the_app_opens_without_the_command_line(cli: CommandLine) -> None:
    code = f"from kneejournal.__main__ import main; main(['--journal', {str(cli.journal)!r}])"
    assert not {"click", "kneejournal.commands.group"} & modules_after(code)


def test_the_rules_load_no_store_no_screen_and_no_command_line() -> None:
    loaded = modules_after("import kneejournal.domain.readiness, kneejournal.domain.advice, kneejournal.domain.merge")
    assert not {"textual", "rich", "tinydb", "click", "platformdirs", "pendulum", "pathlib"} & {
        name for name in loaded if not name.startswith("_")
    } - modules_after("import msgspec, re, unicodedata, datetime, uuid, collections.abc, typing")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_importing_a_module_does_nothing(path: Path) -> None:
    """No calls with effects at module level: only definitions and constants."""
    statements = [line for line in path.read_text(encoding="utf-8").splitlines() if re.match(r"[a-z_.]+\(", line)]
    assert statements == []


@pytest.mark.parametrize("folder", ["content", "styles"])
def test_no_program_hides_in_the_data(folder: str) -> None:
    assert not list((ROOT / folder).rglob("*.py"))


def test_user_text_never_goes_through_markup() -> None:
    """No f-string is handed to a widget that would read markup in it, and nothing uses `escape`."""
    sinks = re.compile(r"(Static|Label|notify|Checkbox|RadioButton|Button|Option)\(\s*f[\"']")
    for path in [*PACKAGE.glob("screens/*.py"), *PACKAGE.glob("widgets/*.py"), PACKAGE / "app.py"]:
        text = path.read_text(encoding="utf-8")
        assert not sinks.search(text), path.name
        assert "import escape" not in text, path.name
        assert "from_markup(f" not in text, path.name


def test_only_domain_text_decides_what_is_harmless() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name != "text.py":
            assert "\\x1b" not in path.read_text(encoding="utf-8"), path.name


def test_the_tested_command_of_the_readme_is_the_one_ci_runs() -> None:
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith(".venv/bin/kneejournal")
    assert commands[1].endswith(".venv/bin/pytest -n 4")
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
