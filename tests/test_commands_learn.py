"""`learn` prints the pages for people who read in the terminal, or have it read to them."""

from pathlib import Path

from tests.conftest import CommandLine
from tests.support import programme
from tests.test_architecture import modules_after


def test_without_a_page_it_lists_them_and_makes_no_journal(cli: CommandLine) -> None:
    lines = cli.ok("learn").splitlines()
    pages = programme().learn
    assert [line.split()[0] for line in lines[: len(pages)]] == [page.id for page in pages]
    assert lines[0] == "knee           Your knee"
    assert lines[-2:] == ["To read one: kneejournal learn PAGE", "Information, not medical advice."]
    assert cli.content is None


def test_a_page_is_plain_text_with_what_to_read_next(cli: CommandLine) -> None:
    out = cli.ok("learn", "causes")
    assert out.startswith("What brings it on\n\nThese are the causes that the article names.")
    assert "- Footwear. Worn-out shoes" in out
    assert '\n\nIn this journal\nIt cannot tell you the cause. It can show what you wrote, and when: "j" has' in out
    assert out.endswith("\n\nSee also: shoes, kneecap\n")


def test_no_line_is_wider_than_a_terminal_and_nothing_of_markdown_is_left(cli: CommandLine) -> None:
    for page in programme().learn:
        out = cli.ok("learn", page.id)
        assert max(map(len, out.splitlines())) < 80
        assert not {"*", "`", "#", "[", "]"} & set(out)


def test_the_further_lines_of_an_item_are_indented(cli: CommandLine) -> None:
    lines = cli.ok("learn", "shoes").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("- Fitting:"))
    assert lines[place + 1].startswith("  ")


def test_a_unique_beginning_names_a_page(cli: CommandLine) -> None:
    assert cli.ok("learn", "sho") == cli.ok("learn", "shoes")
    result = cli("learn", "sym")
    assert (result.status, result.out) == (4, "")
    assert result.err == "kneejournal: “sym” could be any of symptoms, symptom-free. Write more of it.\n"
    assert "“boots” is not a page. The pages are: knee, causes" in cli("learn", "boots").err


def test_it_never_loads_textual(tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.json")
    code = f"""
import contextlib, io
from kneejournal.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["--journal", {journal!r}, "learn", "shoes"])
"""
    assert not {"textual", "rich"} & modules_after(code)
