"""What people write is only text: on every page and in every dialog, never markup, never an order to the terminal."""

from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import OptionList, Select, TextArea

from kneejournal.app import KneejournalApp
from kneejournal.domain.text import clean, clean_line
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from tests.domain.stories import TODAY, at
from tests.domain.test_text import PAYLOADS, is_harmless
from tests.support import new_journal, places_in

MARKUP = [
    "[", "]", "[]", "[/", "[/]", "[/red]", "[red]", "[bold]x[/bold]", "[a=b", "[@click=app.quit]x",
    "[@click=app.wipe('all')]tap[/]", "[link=http://x]y", "[[", "]]", "[[bold]]", "[/[bold]]", "\\[bold]", "[b", "b]",
    "[on red]", "[$primary]x", "[not a tag]", "[1,2]", "[b][i]", "[/b][/i]", "{x} %s $note",
    "[/x] [bold] [@click=app.quit]x",
]  # fmt: skip
ESCAPES = [payload for payload in PAYLOADS if clean(payload).strip()]


def journal_with(texts: list[str]) -> Journal:
    journal, _ = new_journal(at(TODAY, 20))
    for number, text in enumerate(texts):
        entry = PainEntry(scope="moment", day=TODAY, pain={"left": 1}, time=f"10:{number:02}", note=f"<{text}>")
        journal.log(entry)
        journal.add_shoe(ShoeEntry(name=f"{number}<{text}>", since=TODAY, default=not number))
    journal.log_run(RunEntry(day=TODAY, distance_m=1000, note=f"<{texts[0]}>"))
    return journal


def shown(pilot: Pilot[None]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.mark.parametrize("texts", [MARKUP, ESCAPES], ids=["markup", "escapes"])
async def test_every_note_is_shown_as_it_was_typed(texts: list[str], home: Path) -> None:
    journal = journal_with(texts)
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        seen = ""
        for _ in texts:
            await pilot.press("down")
            seen += shown(pilot)
    assert is_harmless(seen)
    for text in texts:
        for line in f"<{clean(text)}>".splitlines():
            assert line.strip() in seen, repr(text)


@pytest.mark.parametrize("texts", [MARKUP, ESCAPES], ids=["markup", "escapes"])
async def test_every_page_and_dialog_shows_names_as_they_were_typed(texts: list[str], home: Path) -> None:
    journal = journal_with(texts)
    app = KneejournalApp(journal, places_in(home))
    seen: dict[str, str] = {}
    async with app.run_test(size=(120, 100), notifications=True) as pilot:
        for keys in ("t", "r", "s", "r n", "escape j x", "escape s x", "u"):
            await pilot.press(*keys.split())
            await pilot.pause()
            seen[keys] = shown(pilot)
            assert app.is_running
        await pilot.press("r", "n")
        await pilot.pause()
        choices = app.screen.query_one("#shoes", Select)
        choices.action_show_overlay()
        await pilot.pause()
        names = [str(option.prompt) for option in choices.query_one(OptionList).options]
    assert all(is_harmless(text) for text in seen.values())
    first = f"0<{clean_line(texts[0])}>"
    assert first in seen["s"]
    assert [clean_line(f"{number}<{text}>") for number, text in enumerate(texts)] == sorted(
        names[1:], key=lambda name: int(name.partition("<")[0])
    )


async def test_what_is_pasted_into_a_dialog_is_only_text(home: Path) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    app = KneejournalApp(journal, places_in(home))
    async with app.run_test(size=(120, 60), notifications=True) as pilot:
        await pilot.press("p", "1")
        await pilot.pause()
        for text in (*MARKUP, *ESCAPES):
            for field in ("#note", "#day"):
                app.screen.query_one(field).focus()
                await pilot.pause()
                app.post_message(Paste(f"<{text}>"))
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert is_harmless(shown(pilot))
        note = app.screen.query_one("#note", TextArea).text
    assert all(f"<{clean(text)}>" in note for text in (*MARKUP, *ESCAPES))
    assert not journal.entries()
