"""Learn: the pages in their list, their text and their links, and the way to them from a rule."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from kneejournal.app import KneejournalApp
from kneejournal.domain.write_pain import PainEntry
from kneejournal.screens.learn import LearnScreen
from kneejournal.screens.ready import ReadyScreen
from kneejournal.widgets.learn_text import LearnText, PageText
from kneejournal.widgets.rule_list import RuleRow
from tests.support import log_clear_evenings, new_journal, places_in, programme
from tests.test_architecture import modules_after

MONDAY = date(2026, 11, 16)
PAGES = programme().learn


def app_in(folder: Path, clear_days: int = 3) -> KneejournalApp:
    journal, clock = new_journal(datetime(2026, 11, 16, 9, tzinfo=UTC))
    log_clear_evenings(journal, clock, MONDAY, clear_days)
    return KneejournalApp(journal, places_in(folder))


async def settled(pilot: Pilot[None], *keys: str) -> None:
    """Press `keys`; then wait for the messages and for the refresh after which the focus moves."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def title(pilot: Pilot[None]) -> str:
    """The first line of the page that is shown."""
    return str(pilot.app.screen.query_one(PageText).render()).splitlines()[0]


def is_in_text(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.focused, LearnText)


def footer_keys(pilot: Pilot[None]) -> set[str]:
    return {key for key, binding in pilot.app.screen.active_bindings.items() if binding.enabled}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_list_stands_beside_the_page_and_the_arrows_show_each_at_once(
    size: tuple[int, int], home: Path
) -> None:
    async with app_in(home).run_test(size=size) as pilot:
        await settled(pilot, "l")
        assert isinstance(pilot.app.screen, LearnScreen)
        for page in PAGES:
            assert title(pilot) == page.title
            assert shown(pilot).count(page.title) >= 2
            await settled(pilot, "down")


async def test_the_line_on_top_has_every_page_and_the_day_at_80_columns(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l")
        on_top = shown(pilot).splitlines()[0]
        assert " ".join(on_top.split()) == "t Today j Pain journal r Ready to run s Shoes l Learn Thu 19 Nov"
        await settled(pilot, "t")
        await pilot.click("NavBar", offset=(56, 0))
        await settled(pilot)
        assert isinstance(pilot.app.screen, LearnScreen)


@pytest.mark.parametrize("width", [40, 59, 60, 79])
async def test_the_line_on_top_reaches_every_page_by_mouse_at_any_width(width: int, home: Path) -> None:
    async with app_in(home).run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        assert "l Learn" in shown(pilot).splitlines()[0]


@pytest.mark.parametrize("key", ["tab", "enter", "shift+tab"])
async def test_tab_or_enter_goes_into_the_text_which_scrolls_and_escape_comes_back(key: str, home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l", "down", key)
        assert is_in_text(pilot)
        assert "escape" in footer_keys(pilot)
        text = pilot.app.screen.query_one(LearnText)
        await settled(pilot, "down", "down", "down")
        assert text.scroll_y == 3
        assert title(pilot) == PAGES[1].title
        await settled(pilot, "escape")
        assert pilot.app.focused is pilot.app.screen.query_one("#learn-list")
        assert "escape" not in footer_keys(pilot)


async def test_space_reads_on_without_leaving_the_list(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l", "space")
        text = pilot.app.screen.query_one(LearnText)
        assert text.scroll_y > 0
        assert not is_in_text(pilot)
        await settled(pilot, "down")
        assert text.scroll_y == 0


async def test_the_page_last_read_is_still_there_after_another_screen(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l", "down", "down", "enter", "down", "down")
        await settled(pilot, "t", "l")
        assert title(pilot) == PAGES[2].title
        assert pilot.app.screen.query_one(LearnText).scroll_y == 2


async def test_a_link_is_walked_to_and_followed_by_keyboard(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l", "down", "enter")
        assert "enter" not in {key for key in footer_keys(pilot) if is_in_text(pilot)}
        await settled(pilot, "right", "right", "left", "enter")
        assert title(pilot) == "Shoes"
        assert is_in_text(pilot)
        assert pilot.app.screen.query_one("#learn-list", OptionList).highlighted == 5


async def test_the_links_go_round_and_each_comes_into_view(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 12)) as pilot:
        await settled(pilot, "l", "enter", "left", "right", "left")
        assert "What brings it" in shown(pilot)
        await settled(pilot, "enter")
        assert title(pilot) == "What brings it on"


async def test_a_page_without_links_has_no_key_for_them(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        place = next(number for number, page in enumerate(PAGES) if not page.leads_to)
        await settled(pilot, "l", *["down"] * place, "enter")
        assert "right" not in footer_keys(pilot)
        await settled(pilot, "right", "enter")
        assert title(pilot) == PAGES[place].title


async def test_a_link_is_followed_by_a_click(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "l", "down")
        lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
        y = next(number for number, line in enumerate(lines) if "See Shoes" in line)
        x = lines[y].index("See Shoes")
        await pilot.click(offset=(x, y))
        await settled(pilot)
        assert title(pilot) == "What brings it on"
        await pilot.click(offset=(x + 5, y))
        await settled(pilot)
        assert title(pilot) == "Shoes"


async def test_below_60_columns_there_is_the_list_or_the_page(home: Path) -> None:
    async with app_in(home).run_test(size=(40, 12)) as pilot:
        await settled(pilot, "l")
        assert "How it shows" in shown(pilot)
        assert "patellofemoral" not in shown(pilot)
        await settled(pilot, "enter")
        assert "patellofemoral" in shown(pilot)
        assert "How it shows" not in shown(pilot)
        assert is_in_text(pilot)
        await settled(pilot, "escape")
        assert "How it shows" in shown(pilot)
        await settled(pilot, "space")
        assert "patellofemoral" in shown(pilot)
        await settled(pilot, "right", "enter")
        assert "These are the causes" in shown(pilot)


@pytest.mark.parametrize("size", [(20, 5), (10, 3), (59, 24), (200, 60)])
async def test_any_size_of_terminal_works(size: tuple[int, int], home: Path) -> None:
    async with app_in(home).run_test(size=size) as pilot:
        await settled(pilot, "l", "down", "enter", "right", "right", "space", "enter", "escape", "end", "tab")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert title(pilot) == PAGES[-1].title
        assert "About these pages" in shown(pilot)


async def test_enter_on_a_rule_opens_the_page_that_explains_it_and_r_goes_back(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "r", "tab", "down")
        row = pilot.app.focused
        assert isinstance(row, RuleRow)
        await settled(pilot, "enter")
        assert isinstance(pilot.app.screen, LearnScreen)
        page = programme().page(programme().rule(row.rule.id).learn)
        assert page is not None
        assert title(pilot) == page.title
        assert is_in_text(pilot)
        await settled(pilot, "r")
        assert pilot.app.focused is row


async def test_a_click_on_a_rule_opens_its_page_each_time(home: Path) -> None:
    async with app_in(home).run_test(size=(120, 40)) as pilot:
        for rule_id in ("symptom-free-week", "day-checks", "symptom-free-week"):
            await settled(pilot, "r")
            row = next(row for row in pilot.app.screen.query(RuleRow) if row.rule.id == rule_id)
            await pilot.click(row)
            await settled(pilot)
            page = programme().page(programme().rule(rule_id).learn)
            assert page is not None
            assert title(pilot) == page.title


async def test_the_rules_are_walked_through_and_come_into_view(home: Path) -> None:
    async with app_in(home).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "r", "tab")
        rows = list(pilot.app.screen.query(RuleRow))
        for row in rows:
            assert pilot.app.focused is row
            assert pilot.app.screen.query_one("#ready-page").region.overlaps(row.region)
            await settled(pilot, "down")
        assert pilot.app.focused is pilot.app.screen.query_one("#ready-page")
        await settled(pilot, "tab", "up")
        assert pilot.app.focused is pilot.app.screen.query_one("#ready-page")


async def test_the_focus_stays_on_its_rule_when_the_verdict_changes(home: Path) -> None:
    journal, clock = new_journal(datetime(2026, 11, 16, 9, tzinfo=UTC))
    log_clear_evenings(journal, clock, MONDAY, 3)
    async with KneejournalApp(journal, places_in(home)).run_test(size=(80, 24)) as pilot:
        await settled(pilot, "r", "tab", "down")
        before = pilot.app.focused
        assert isinstance(before, RuleRow)
        journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": 3}))
        screen = pilot.app.screen
        assert isinstance(screen, ReadyScreen)
        screen.reread()
        await settled(pilot)
        now = pilot.app.focused
        assert isinstance(now, RuleRow)
        assert now is not before
        assert now.rule.id == before.rule.id


def test_the_app_starts_without_a_markdown_reader() -> None:
    code = """
import asyncio, tempfile
from datetime import UTC, datetime
from pathlib import Path
from kneejournal.app import KneejournalApp
from tests.support import new_journal, places_in
async def open_and_read():
    journal, _ = new_journal(datetime(2026, 11, 22, 20, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        async with KneejournalApp(journal, places_in(Path(folder))).run_test() as pilot:
            await pilot.press("l", "enter")
            await pilot.pause()
asyncio.run(open_and_read())
"""
    loaded = modules_after(code)
    assert "kneejournal.widgets.learn_text" in loaded
    assert not [name for name in loaded if "markdown" in name]
