"""The charts on the pain journal's page: chosen, walked through, and making room for the entries."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES

from kneejournal.app import KneejournalApp
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.interop.journal_json import Document
from kneejournal.journal import Journal
from kneejournal.screens.edit_dialog import EditDialog
from kneejournal.widgets.chart_bar import BarItem
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.entry_detail import EntryDetail
from kneejournal.widgets.entry_list import EntryList
from kneejournal.widgets.heat_map import HeatMap
from kneejournal.widgets.journal_charts import JournalCharts
from kneejournal.widgets.pain_chart import PainChart
from kneejournal.widgets.symptom_counts import SymptomList
from tests.domain.stories import story
from tests.support import new_journal, places_in

SUNDAY = date(2026, 11, 22)
CHARTS = (PainChart, HeatMap, SymptomList)


def journal_of(line: str) -> Journal:
    """The journal of a story that ends on Sunday 22 November."""
    journal, _ = new_journal(datetime(2026, 11, 22, 20, tzinfo=UTC))
    journal.merge(Document(profile=journal.snapshot().profile, records=story(line)), "story")
    return journal


def app_of(journal: Journal, folder: Path) -> KneejournalApp:
    return KneejournalApp(journal, places_in(folder))


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def line_with(pilot: Pilot[None], words: str) -> str:
    return next(line for line in shown(pilot).splitlines() if words in line)


def seen(pilot: Pilot[None]) -> list[str]:
    """The charts and parts of the page that can be seen."""
    kinds = (*CHARTS, EntryList, EntryDetail)
    return [kind.__name__ for kind in kinds if pilot.app.screen.query_one(kind).is_on_screen]


def here(pilot: Pilot[None]) -> date | None:
    row = pilot.app.screen.query_one(EntryList).highlighted
    return row.day if row else None


def place_of(picture: DayPicture, day: date) -> tuple[int, int]:
    return next((x, y) for y, line in enumerate(picture.lines) for x, cell in enumerate(line) if cell.day == day)


def item(pilot: Pilot[None], value: str) -> BarItem:
    return next(item for item in pilot.app.screen.query(BarItem) if item.value == value)


async def test_the_chart_stands_above_and_leaves_the_entries_usable(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1cc." * 3), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert seen(pilot) == ["PainChart", "EntryList"]
        assert pilot.app.screen.query_one(EntryList).size.height >= 8
        assert "Worst pain of each day" in shown(pilot)
        assert "q Quit" in shown(pilot)


async def test_one_key_goes_round_the_views_and_the_last_one_stays(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1ccc"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        views = []
        for _ in range(4):
            await pilot.press("c")
            await pilot.pause()
            views.append(seen(pilot)[0])
        assert views == ["HeatMap", "SymptomList", "EntryList", "PainChart"]
        await pilot.press("c", "t", "j")
        await pilot.pause()
        assert seen(pilot) == ["HeatMap", "EntryList"]


async def test_only_entries_are_shown_with_the_highlighted_one_in_full(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1ccc"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "c", "c", "c")
        await pilot.pause()
        assert seen(pilot) == ["EntryList", "EntryDetail"]


@pytest.mark.parametrize(("days", "span"), [(30, 30), (31, 90), (400, 90)])
async def test_a_journal_longer_than_thirty_days_opens_with_ninety(days: int, span: int, tmp_path: Path) -> None:
    async with app_of(journal_of("4" + "c" * (days - 1)), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert pilot.app.screen.query_one(JournalCharts).span == span


async def test_one_key_changes_the_days_looked_at(tmp_path: Path) -> None:
    async with app_of(journal_of("4" + "c" * 59), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert "Worst pain, 2 days a column" in shown(pilot)
        assert "4" in line_with(pilot, "  pain ")
        await pilot.press("w")
        await pilot.pause()
        assert "6 days a column" in shown(pilot)
        await pilot.press("w", "c", "c")
        await pilot.pause()
        assert "No pain was written in the last 30 days." in shown(pilot)
        await pilot.press("w")
        await pilot.pause()
        assert "Written on 1 painful day of 90:" in shown(pilot)


async def test_views_and_days_are_chosen_with_the_mouse_too(tmp_path: Path) -> None:
    async with app_of(journal_of("4" + "c" * 59), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        await pilot.click(item(pilot, "365"))
        assert "6 days a column" in shown(pilot)
        await pilot.click(item(pilot, "calendar"))
        await pilot.pause()
        assert seen(pilot) == ["HeatMap", "EntryList"]
        await pilot.click(item(pilot, "entries"))
        await pilot.pause()
        assert seen(pilot) == ["EntryList", "EntryDetail"]


async def test_in_a_narrow_terminal_a_click_on_the_days_goes_on_to_the_next(tmp_path: Path) -> None:
    async with app_of(journal_of("4" + "c" * 59), tmp_path).run_test(size=(40, 12)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        await pilot.click(item(pilot, "90"))
        await pilot.pause()
        assert pilot.app.screen.query_one(JournalCharts).span == 365


async def test_left_and_right_walk_from_day_to_day_in_chart_and_list(tmp_path: Path) -> None:
    async with app_of(journal_of("4.3c"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        days = []
        for key in ("left", "left", "left", "right"):
            await pilot.press(key)
            await pilot.pause()
            days.append(here(pilot))
        assert days == [date(2026, 11, day) for day in (21, 19, 19, 21)]
        assert "Sat 21 Nov: pain 3" in shown(pilot)
        assert pilot.app.screen.query_one(PainChart).marked == date(2026, 11, 21)


@pytest.mark.parametrize("kind", [PainChart, HeatMap])
async def test_a_click_on_a_day_goes_to_its_entries(kind: type[DayPicture], tmp_path: Path) -> None:
    async with app_of(journal_of("c" * 20 + "4.3c"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", *("c" if kind is HeatMap else ""))
        await pilot.pause()
        picture = pilot.app.screen.query_one(kind)
        await pilot.click(picture, offset=place_of(picture, date(2026, 11, 3)))
        await pilot.pause()
        assert here(pilot) == date(2026, 11, 3)
        assert "▌Tue 3 Nov" in shown(pilot)
        await pilot.click(picture, offset=place_of(picture, date(2026, 11, 20)))
        await pilot.pause()
        assert here(pilot) == date(2026, 11, 3)
        assert [toast.message for toast in pilot.app._notifications] == ["Fri 20 Nov: no entry here."]


async def test_a_click_beside_the_days_does_nothing(tmp_path: Path) -> None:
    async with app_of(journal_of("4.3c"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "left")
        await pilot.pause()
        for offset in ((0, 0), (2, 4), (70, 4), (70, 9)):
            await pilot.click(PainChart, offset=offset)
        await pilot.pause()
        assert here(pilot) == date(2026, 11, 21)
        assert not list(pilot.app._notifications)


async def test_a_wide_terminal_shows_everything_at_once(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1ccc" * 4), tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert seen(pilot) == ["PainChart", "HeatMap", "SymptomList", "EntryList", "EntryDetail"]
        assert pilot.app.screen.query_one(EntryList).size.height >= 8
        await pilot.press("c")
        await pilot.pause()
        assert seen(pilot) == ["EntryList", "EntryDetail"]


async def test_in_a_small_terminal_a_chart_has_the_page_and_nothing_unseen_is_deleted(tmp_path: Path) -> None:
    journal = journal_of("c" * 20 + "4.3c")
    before = journal.entries()
    async with app_of(journal, tmp_path).run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "left", "d")
        await pilot.pause()
        assert seen(pilot) == ["PainChart"]
        assert journal.entries() == before
        assert "Sat 21 Nov: 3" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert seen(pilot) == ["EntryList"]
        assert here(pilot) == date(2026, 11, 21)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, EditDialog)


async def test_the_filter_shows_the_entries_it_finds_in_a_small_terminal_too(tmp_path: Path) -> None:
    async with app_of(journal_of("c4"), tmp_path).run_test(size=(40, 12)) as pilot:
        await pilot.press("j", "slash", *"moment")
        await pilot.pause()
        assert seen(pilot) == ["EntryList"]
        assert here(pilot) == SUNDAY


async def test_a_resized_terminal_shows_what_it_has_room_for(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1ccc" * 4), tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        for size, charts in (((40, 12), 1), ((80, 24), 1), ((80, 8), 0), ((120, 40), 3)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert sum(kind.__name__ in seen(pilot) for kind in CHARTS) == charts


@pytest.mark.parametrize("line", ["", "."])
async def test_an_empty_journal_has_no_empty_charts(line: str, tmp_path: Path) -> None:
    async with app_of(journal_of(line), tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "c", "w", "left", "right")
        await pilot.pause()
        assert seen(pilot) == []
        assert "Calendar" not in shown(pilot)
        assert "Nothing is written yet" in shown(pilot)


async def test_a_journal_without_any_number_has_entries_and_no_charts(tmp_path: Path) -> None:
    journal = journal_of("")
    journal.care("ice")
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert seen(pilot) == ["EntryList", "EntryDetail"]


async def test_what_is_deleted_leaves_the_chart_and_undo_brings_it_back(tmp_path: Path) -> None:
    async with app_of(journal_of("ccccccc7"), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert line_with(pilot, "  pain ").split()[-1] == "7"
        await pilot.press("d")
        await pilot.pause()
        assert line_with(pilot, "  pain ").split()[-1] == "·"
        await pilot.press("u")
        await pilot.pause()
        assert line_with(pilot, "  pain ").split()[-1] == "7"


async def test_two_knees_are_drawn_as_the_worse_one_and_the_title_says_so(tmp_path: Path) -> None:
    journal, _ = new_journal(datetime(2026, 11, 22, 20, tzinfo=UTC))
    journal.set_up(SetupAnswers(knee="both", units="mi"))
    journal.log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 2, "right": 6}))
    async with app_of(journal, tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert "Worst pain of each day, both knees" in shown(pilot)
        assert line_with(pilot, "  pain ").split()[-1] == "6"


async def test_every_theme_paints_every_cell_in_colours_of_its_own(tmp_path: Path) -> None:
    async with app_of(journal_of("4.32c1c8c" * 4), tmp_path).run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        ours = painted(pilot)
        for theme in BUILTIN_THEMES:
            pilot.app.theme = theme
            await pilot.pause()
            assert all(old != new for old, new in zip(ours, painted(pilot), strict=True))


def painted(pilot: Pilot[None]) -> list[list[Strip]]:
    """The lines of both pictures, as wide as they are, on a ground everywhere."""
    pictures = list(pilot.app.screen.query(DayPicture))
    found = [[picture.render_line(y) for y in range(picture.size.height)] for picture in pictures]
    for picture, strips in zip(pictures, found, strict=True):
        assert {strip.cell_length for strip in strips} == {picture.size.width}
        assert all(segment.style and segment.style.bgcolor for strip in strips for segment in strip)
    return found


async def test_without_colours_the_same_signs_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_of(journal_of("4.32c1cc" * 3), tmp_path).run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert line_with(pilot, "  pain ").split()[1:9] == ["4", "·", "3", "2", "0", "1", "0", "0"]
        assert "█" in shown(pilot)
