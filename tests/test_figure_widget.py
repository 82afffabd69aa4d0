"""The figure moves while it can be seen, and costs nothing while it cannot."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Static

from kneejournal.domain.figure import Movement
from kneejournal.figures import load_movement
from kneejournal.theme import DARK, LIGHT
from kneejournal.widgets.figure import FRAMES_A_SECOND, Figure
from tests.support import CONTENT

SIZE = (60, 24)
CLAMSHELL = load_movement(CONTENT, "clamshell")
"""Closed for 0.6 seconds, opening for 1.4, open for 1, closing for 1.8."""
IN_THE_HOLD, ON_THE_WAY = 0.2, 1.3


class HandTimer:
    """A timer that is moved by hand."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self._callback = callback
        self.is_running = False

    def resume(self) -> None:
        self.is_running = True

    def pause(self) -> None:
        self.is_running = False

    def tick(self) -> None:
        if self.is_running:
            self._callback()


class WatchedFigure(Figure):
    """A figure whose time, timer and painting are in the hands of the test."""

    def __init__(self) -> None:
        super().__init__(id="figure", clock=lambda: self.now)
        self.now = 100.0
        self.interval = 0.0
        self.painted: list[tuple[Region, ...]] = []

    def set_interval(self, interval: float, callback: Any = None, **_: Any) -> Any:
        self.interval = interval
        self.timer = HandTimer(callback)
        return self.timer

    def refresh(self, *regions: Region, **how: Any) -> "WatchedFigure":
        self.painted.append(regions)
        return super().refresh(*regions, **how)

    def at(self, seconds: float) -> list[str]:
        """The lines `seconds` after it began."""
        self.now = 100.0 + seconds
        self.painted = []
        self.timer.tick()
        return self.lines

    @property
    def lines(self) -> list[str]:
        return [self.render_line(y).text for y in range(self.size.height)]


class FigureApp(App[None]):
    CSS = "#figure { width: 40; height: 14; } #below { height: 100; }"

    def __init__(self, movement: Movement | None = CLAMSHELL) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self._movement = movement
        self.figure = WatchedFigure()

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield self.figure
            yield Static(id="below")

    def on_mount(self) -> None:
        self.figure.show(self._movement)


def is_drawn(lines: list[str]) -> bool:
    return any("\u2801" <= sign <= "\u28ff" for line in lines for sign in line)


async def test_it_moves_at_twelve_frames_a_second() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        assert app.figure.timer.is_running
        assert app.figure.interval == 1 / FRAMES_A_SECOND
        assert 10 <= FRAMES_A_SECOND <= 15
        seen = {tuple(app.figure.at(0.6 + tenth / 10)) for tenth in range(14)}
        assert len(seen) > 10
        assert all(is_drawn(list(lines)) for lines in seen)


async def test_after_a_loop_it_looks_as_in_the_beginning() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        beginning = app.figure.at(0)
        assert app.figure.at(ON_THE_WAY) != beginning
        assert app.figure.at(CLAMSHELL.seconds * 3 + 0.01) == beginning


async def test_nothing_is_painted_while_a_pose_is_held() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        app.figure.at(0)
        app.figure.at(IN_THE_HOLD)
        assert app.figure.painted == []


async def test_only_what_has_changed_is_painted() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        before = app.figure.at(ON_THE_WAY)
        after = app.figure.at(ON_THE_WAY + 1 / FRAMES_A_SECOND)
        (regions,) = app.figure.painted
        changed = {(x, y) for y, line in enumerate(after) for x, sign in enumerate(line) if before[y][x] != sign}
        assert changed
        assert all(any(region.contains(x, y) for region in regions) for x, y in changed)
        assert sum(region.area for region in regions) < 0.5 * app.figure.size.area
        assert all(region.height == 1 for region in regions)


async def test_hidden_it_stops_and_shown_it_goes_on() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.display = False
        await pilot.pause()
        assert not app.figure.timer.is_running
        app.figure.display = True
        await pilot.pause()
        assert app.figure.timer.is_running


async def test_a_tick_that_comes_too_late_does_nothing() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.display = False
        await pilot.pause()
        app.figure.painted = []
        app.figure.step()
        assert app.figure.painted == []


async def test_in_a_hidden_parent_it_stops() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.query_one(VerticalScroll).display = False
        await pilot.pause()
        assert not app.figure.timer.is_running


async def test_behind_another_screen_it_stops_and_goes_on_afterwards() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(ModalScreen())
        await pilot.pause()
        assert not app.figure.timer.is_running
        app.pop_screen()
        await pilot.pause()
        assert app.figure.timer.is_running


async def test_in_a_terminal_without_focus_it_stops() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.app_focus = False
        await pilot.pause()
        assert not app.figure.timer.is_running
        app.app_focus = True
        await pilot.pause()
        assert app.figure.timer.is_running


async def test_scrolled_out_of_view_it_paints_nothing() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.query_one(VerticalScroll).scroll_to(y=60, animate=False)
        await pilot.pause()
        app.figure.at(ON_THE_WAY)
        assert app.figure.painted == []
        app.query_one(VerticalScroll).scroll_to(y=0, animate=False)
        await pilot.pause()
        app.figure.at(ON_THE_WAY)
        assert app.figure.painted


async def test_without_room_it_stops() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.styles.height = 0
        await pilot.pause()
        assert not app.figure.timer.is_running


async def test_without_animations_it_is_a_still_of_its_most_telling_pose() -> None:
    app = FigureApp()
    app.animation_level = "none"
    async with app.run_test(size=SIZE):
        assert not app.figure.timer.is_running
        still = app.figure.lines
    app = FigureApp()
    async with app.run_test(size=SIZE):
        assert app.figure.at(CLAMSHELL.still_at + 0.1) == still
        assert app.figure.at(0) != still


async def test_it_can_be_told_to_stand_still() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        moving = app.figure.at(0)
        app.figure.is_still = True
        assert not app.figure.timer.is_running
        assert is_drawn(app.figure.lines)
        assert app.figure.lines != moving
        app.figure.is_still = False
        assert app.figure.timer.is_running


async def test_in_a_plain_setting_it_is_told_in_words() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        app.figure.plain = True
        assert not is_drawn(app.figure.lines)
        assert " ".join(" ".join(app.figure.lines).split()) == CLAMSHELL.text
        assert not app.figure.timer.is_running
        app.figure.plain = False
        assert is_drawn(app.figure.lines)
        assert app.figure.timer.is_running


@pytest.mark.parametrize(("width", "height"), [(20, 14), (40, 5), (12, 3), (1, 1)])
async def test_where_it_could_not_be_made_out_it_is_told_in_words_that_fit(width: int, height: int) -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.styles.width, app.figure.styles.height = width, height
        await pilot.pause()
        assert not is_drawn(app.figure.lines)
        assert [len(line) for line in app.figure.lines] == [width] * height


@pytest.mark.parametrize(("width", "height"), [(22, 6), (24, 8), (40, 14), (56, 16), (60, 20)])
async def test_it_is_as_large_as_its_room(width: int, height: int) -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.figure.styles.width, app.figure.styles.height = width, height
        await pilot.pause()
        lines = app.figure.lines
        assert [len(line) for line in lines] == [width] * height
        drawn = [x for line in lines for x, sign in enumerate(line) if sign != " "]
        assert max(drawn) - min(drawn) > 0.8 * width or sum(bool(line.strip()) for line in lines) > 0.8 * height


async def test_the_other_side_is_drawn_the_other_way_round() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        written = app.figure.lines
        app.figure.show(CLAMSHELL, "left")
        assert app.figure.lines == written
        app.figure.show(CLAMSHELL, "right")
        assert app.figure.lines != written


async def test_another_figure_begins_at_its_beginning() -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE):
        beginning = app.figure.at(0)
        assert app.figure.at(ON_THE_WAY) != beginning
        app.figure.show(CLAMSHELL)
        assert app.figure.lines == beginning


async def test_without_a_movement_there_is_nothing() -> None:
    app = FigureApp(None)
    async with app.run_test(size=SIZE):
        assert not "".join(app.figure.lines).strip()
        assert not app.figure.timer.is_running


@pytest.mark.parametrize("theme", [DARK, LIGHT, "textual-light", "nord"])
async def test_every_cell_has_the_background_and_the_working_limb_the_accent(theme: Any) -> None:
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        app.theme = getattr(theme, "name", theme)
        await pilot.pause()
        _, background = app.figure.background_colors
        accent = app.get_css_variables()["primary"].lower()
        colours = set()
        for y in range(app.figure.size.height):
            for segment in app.figure.render_line(y):
                assert segment.style is not None
                assert segment.style.bgcolor is not None
                assert segment.style.bgcolor.get_truecolor() == background.rich_color.get_truecolor()
                if segment.text.strip() and segment.style.color:
                    colours.add(segment.style.color.get_truecolor().hex)
        assert accent in colours
        assert len(colours) >= 3


async def test_what_is_painted_is_what_is_shown() -> None:
    """The lines on the screen after painting parts are those of painting all."""
    app = FigureApp()
    async with app.run_test(size=SIZE) as pilot:
        for tenth in range(6, 20, 3):
            lines = app.figure.at(tenth / 10)
            await pilot.pause()
            shown = [
                "".join(segment.text for segment in strip)[:40] for strip in app.screen._compositor.render_strips()
            ]
            assert shown[: len(lines)] == lines
