"""The session player, by a clock that stands still until it is moved."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.player import POSITION_S, REP_S, SIDES_S, Step
from kneejournal.domain.records import ExerciseMark
from kneejournal.errors import Unreadable
from kneejournal.journal import Journal, Written
from kneejournal.screens.hurts_dialog import HurtsDialog
from kneejournal.screens.player import PlayerScreen
from kneejournal.screens.session import AWAY_S, PAUSED, RESUMED
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.exercise_list import ExerciseList
from kneejournal.widgets.figure import Figure
from kneejournal.widgets.large_count import LargeCount
from kneejournal.widgets.sample_notice import SampleNotice
from tests.support import StandingClock, new_journal, places_in

EVENING = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
SHORT = ("clamshell", "straight-leg-lift", "bridge-squeeze", "plank")


class Stopwatch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def kept() -> tuple[Journal, StandingClock]:
    return new_journal(EVENING)


@pytest.fixture
def journal(kept: tuple[Journal, StandingClock]) -> Journal:
    return kept[0]


@pytest.fixture
def app(journal: Journal, watch: Stopwatch, home: Path) -> KneejournalApp:
    app = KneejournalApp(journal, places_in(home))
    app.follow_along.clock = watch
    return app


def marks(journal: Journal) -> dict[str, ExerciseMark]:
    return {record.exercise: record for record in journal.snapshot().live if isinstance(record, ExerciseMark)}


def ticked(journal: Journal) -> set[str]:
    return {name for name, mark in marks(journal).items() if mark.done}


def player(pilot: Pilot[None]) -> PlayerScreen:
    assert isinstance(pilot.app.screen, PlayerScreen)
    return pilot.app.screen


def step(pilot: Pilot[None]) -> Step:
    found = player(pilot).playing.step
    assert found is not None
    return found


def line(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#session-{name}", Static).content)


def count(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(LargeCount).value


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def wait(pilot: Pilot[None], watch: Stopwatch, seconds: float) -> None:
    """Let so many seconds pass, in steps that a session takes for a slow terminal."""
    while seconds > 0:
        watch.now += min(seconds, AWAY_S / 2)
        seconds -= AWAY_S / 2
        player(pilot).tick()
    await pilot.pause()


async def play(pilot: Pilot[None], exercise: str) -> None:
    """Play from `exercise` on, with enter on today's page."""
    await pilot.pause()
    pilot.app.screen.query_one(ExerciseList).look_at(exercise)
    await press(pilot, "enter")


async def pass_steps(pilot: Pilot[None], count: int) -> None:
    await press(pilot, *["space"] * count)


async def test_enter_plays_the_highlighted_exercise_and_those_below_without_a_tick(
    app: KneejournalApp, journal: Journal
) -> None:
    journal.mark(journal.find_exercises(["side-leg-lift", "bridge"]))
    async with app.run_test() as pilot:
        await play(pilot, "straight-leg-lift")
        assert player(pilot).playing.exercises == (
            "straight-leg-lift", "straight-leg-lift-out", "plank", "side-plank", "hamstring-step", "quad-standing",
            "itb-strap",
        )  # fmt: skip
        assert line(pilot, "name") == "Straight leg lift"
        assert line(pilot, "where").startswith("Exercise 1 of 7 · ")
        assert line(pilot, "next") == "Next: Straight leg lift, toes out"


async def test_an_exercise_that_is_ticked_is_played_again_when_it_is_the_highlighted_one(
    app: KneejournalApp, journal: Journal
) -> None:
    journal.mark(journal.find_exercises(["itb"]))
    async with app.run_test() as pilot:
        await play(pilot, "itb-strap")
        assert player(pilot).playing.exercises == ("itb-strap",)


async def test_capital_s_plays_what_has_no_tick_of_the_short_session(app: KneejournalApp, journal: Journal) -> None:
    journal.mark(journal.find_exercises(["straight-leg-lift"]))
    async with app.run_test() as pilot:
        await press(pilot, "S")
        assert player(pilot).playing.exercises == ("clamshell", "bridge-squeeze", "plank")


async def test_the_clock_leads_from_getting_ready_over_repetitions_to_the_other_side(
    app: KneejournalApp, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        assert (line(pilot, "what"), count(pilot)) == ("Get ready", str(POSITION_S))
        await wait(pilot, watch, POSITION_S - 2.5)
        assert count(pilot) == "3"
        await wait(pilot, watch, 2.5 + REP_S + 1)
        assert (line(pilot, "what"), count(pilot), line(pilot, "unit")) == ("Repetition", "2", "of 10")
        assert line(pilot, "place") == "Set 1 of 3 · left side"
        await wait(pilot, watch, 9 * REP_S)
        assert (line(pilot, "what"), count(pilot)) == ("Change sides", str(SIDES_S - 1))
        assert line(pilot, "place") == "Set 1 of 3 · right side"


async def test_a_slow_terminal_stretches_no_hold(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        await wait(pilot, watch, POSITION_S)
        watch.now += 29.5
        player(pilot).tick()
        assert count(pilot) == "1"


async def test_a_repetition_is_one_loop_of_the_figure_and_a_hold_stays_in_its_pose(
    app: KneejournalApp, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        movement = app.follow_along.movement("clamshell")
        assert movement is not None
        await wait(pilot, watch, POSITION_S + 2 * REP_S)
        assert player(pilot)._figure_time() == pytest.approx(2 * movement.seconds)
        await press(pilot, "escape")
        await play(pilot, "hamstring-step")
        stretch = app.follow_along.movement("hamstring-step")
        assert stretch is not None
        await wait(pilot, watch, POSITION_S + 20)
        assert player(pilot)._figure_time() == stretch.still_at


async def test_the_last_set_ticks_the_exercise_at_once_and_no_set_before_it(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "bridge-squeeze")
        await pass_steps(pilot, 5)
        assert ticked(journal) == set()
        await wait(pilot, watch, 90)
        assert ticked(journal) == {"bridge-squeeze"}
        assert line(pilot, "name") == "Plank"


async def test_space_ends_a_plank_and_nothing_says_how_long_it_was(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        await pass_steps(pilot, 1)
        await wait(pilot, watch, 12)
        assert line(pilot, "hint") == "space when form goes"
        await pass_steps(pilot, 1)
        assert step(pilot).kind == "rest"
        await pass_steps(pilot, 4)
        mark = marks(journal)["plank"]
        assert (mark.done, mark.pain) == (True, None)
        assert not hasattr(mark, "duration_s")


async def test_a_space_that_comes_just_after_a_step_ended_is_not_taken_for_the_next(
    app: KneejournalApp, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        watch.now += POSITION_S + 0.05
        await press(pilot, "space")
        assert step(pilot).kind == "hold"


async def test_skipping_ticks_nothing(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await pass_steps(pilot, 11)
        await press(pilot, "right")
        assert line(pilot, "name") == "Side-lying leg lift"
        assert ticked(journal) == set()


async def test_back_is_the_beginning_of_the_step_and_then_the_step_before(
    app: KneejournalApp, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        await wait(pilot, watch, POSITION_S + 10)
        await press(pilot, "left")
        assert (step(pilot).kind, count(pilot)) == ("hold", "30")
        await press(pilot, "left")
        assert step(pilot).kind == "ready"


async def test_a_pause_stands_still_and_space_goes_on(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        await wait(pilot, watch, 4)
        await press(pilot, "p")
        assert (line(pilot, "what"), line(pilot, "say")) == ("Paused", PAUSED)
        watch.now += 5000
        player(pilot).tick()
        assert count(pilot) == "6"
        await press(pilot, "space")
        await wait(pilot, watch, 1)
        assert (line(pilot, "what"), line(pilot, "say"), count(pilot)) == ("Get ready", "", "5")


async def test_it_pauses_when_the_app_is_suspended_or_something_is_laid_above(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        app.app_suspend_signal.publish(app)
        assert player(pilot).playing.since is None
        await press(pilot, "space", "question_mark")
        assert not isinstance(app.screen, PlayerScreen)
        await press(pilot, "escape")
        assert line(pilot, "say") == PAUSED
        assert player(pilot).playing.since is None


async def test_when_the_machine_slept_nothing_counts_as_done(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        await wait(pilot, watch, 3)
        watch.now += 4000
        player(pilot).tick()
        assert (line(pilot, "what"), count(pilot)) == ("Paused", "7")
        assert ticked(journal) == set()


async def test_it_hurts_writes_the_pain_at_once_and_says_to_ease_off(
    app: KneejournalApp, journal: Journal, watch: Stopwatch
) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await wait(pilot, watch, POSITION_S + 5)
        await press(pilot, "h")
        assert isinstance(app.screen, HurtsDialog)
        watch.now += 40
        await press(pilot, "3", "enter")
        assert "ease off, or leave it out" in line(pilot, "say")
        assert count(pilot) == "2"
        mark = marks(journal)["clamshell"]
        assert (mark.done, mark.pain) == (False, 3)
        assert journal.verdict().days[-1].state == "symptoms"


async def test_pain_of_an_exercise_that_is_ticked_leaves_the_tick(app: KneejournalApp, journal: Journal) -> None:
    journal.mark(journal.find_exercises(["clamshell"]))
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await press(pilot, "h", "4", "enter")
        mark = marks(journal)["clamshell"]
        assert (mark.done, mark.pain) == (True, 4)


@pytest.mark.parametrize(("typed", "said"), [("2", "2 is lower"), ("", "is not a pain score")])
async def test_pain_that_is_not_taken_is_said_and_the_dialog_stays(
    app: KneejournalApp, journal: Journal, typed: str, said: str
) -> None:
    journal.mark(journal.find_exercises(["clamshell"]), pain=5)
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await press(pilot, "h", *typed, "enter")
        assert isinstance(app.screen, HurtsDialog)
        assert said in str(app.screen.query_one("#dialog-error", Static).content)
        await press(pilot, "escape")
        assert marks(journal)["clamshell"].pain == 5
        assert line(pilot, "say") == PAUSED


async def test_one_goes_on_where_one_left_paused_and_told_so(app: KneejournalApp, watch: Stopwatch) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await press(pilot, "right")
        await wait(pilot, watch, POSITION_S + 9)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
        row = app.screen.query_one(ExerciseList).row
        assert row is not None
        assert row.exercise.id == "side-leg-lift"
        watch.now += 500
        await press(pilot, "enter")
        assert line(pilot, "say") == RESUMED
        assert (line(pilot, "what"), count(pilot)) == ("Paused", "3")
        await press(pilot, "space")
        assert line(pilot, "say") == ""


async def test_what_was_ticked_by_hand_meanwhile_is_not_played(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await press(pilot, "S")
        await pass_steps(pilot, 2)
        await press(pilot, "escape")
        journal.mark(journal.find_exercises(["straight-leg-lift"]))
        assert isinstance(app.screen, TodayScreen)
        app.screen.reread()
        await press(pilot, "S")
        assert player(pilot).playing.exercises == ("clamshell", "bridge-squeeze", "plank")
        assert step(pilot).side == "right"


async def test_another_exercise_than_the_one_that_was_left_begins_at_its_beginning(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await pass_steps(pilot, 3)
        await press(pilot, "escape")
        await play(pilot, "plank")
        assert (player(pilot).playing.index, line(pilot, "what")) == (0, "Get ready")


async def test_the_next_day_begins_at_the_beginning(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await pass_steps(pilot, 3)
        await press(pilot, "escape")
        kept[1].set(date(2026, 11, 23), 9)
        assert isinstance(app.screen, TodayScreen)
        app.screen.reread()
        await play(pilot, "clamshell")
        assert player(pilot).playing.index == 0


async def test_after_a_restart_what_is_ticked_is_not_played_again(journal: Journal, home: Path) -> None:
    async with KneejournalApp(journal, places_in(home)).run_test() as pilot:
        await press(pilot, "S")
        await pass_steps(pilot, 12)
        assert ticked(journal) == {"clamshell"}
    async with KneejournalApp(journal, places_in(home)).run_test() as pilot:
        await press(pilot, "S")
        assert player(pilot).playing.exercises == SHORT[1:]


async def test_the_bell_rings_at_each_change_until_it_is_muted(
    app: KneejournalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(True))
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        await pass_steps(pilot, 2)
        assert len(rung) == 2
        await press(pilot, "m")
        assert line(pilot, "where").endswith("bell off")
        await pass_steps(pilot, 2)
        assert len(rung) == 2
        await press(pilot, "escape", "S")
        assert line(pilot, "where").endswith("bell off")


async def test_planks_have_an_easier_and_a_harder_way_and_the_choice_stays(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "plank")
        assert line(pilot, "place").endswith("on the knees")
        await press(pilot, "v")
        assert line(pilot, "place").endswith("on the toes")
        assert player(pilot).figure_of(step(pilot))[0] == "plank-full"
        await press(pilot, "escape")
        await play(pilot, "plank")
        assert line(pilot, "place").endswith("on the toes")


async def test_only_planks_have_variants(app: KneejournalApp) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        assert not player(pilot).check_action("variant", ())


async def test_the_end_names_what_was_ticked_and_leads_back(app: KneejournalApp, journal: Journal) -> None:
    async with app.run_test() as pilot:
        await play(pilot, "itb-strap")
        await pass_steps(pilot, 12)
        assert player(pilot).playing.is_over
        assert line(pilot, "place") == "Ticked: ITB stretch with a strap"
        assert count(pilot) == ""
        assert ticked(journal) == {"itb-strap"}
        await press(pilot, "space")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "enter")
        assert player(pilot).playing.index == 0


async def test_a_tick_that_cannot_be_written_is_said_and_can_be_tried_again(
    app: KneejournalApp, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Written:
        raise Unreadable("The disk is full [/x].")

    async with app.run_test() as pilot:
        await play(pilot, "itb-strap")
        with monkeypatch.context() as broken:
            broken.setattr(journal, "mark", full)
            await pass_steps(pilot, 12)
        assert [toast.message for toast in app._notifications] == ["The disk is full [/x].  w tries again."]
        assert "Not written yet: ITB stretch" in line(pilot, "next")
        await press(pilot, "w")
        assert ticked(journal) == {"itb-strap"}
        assert line(pilot, "next") == ""


async def test_an_exercise_without_a_figure_is_played_all_the_same(app: KneejournalApp) -> None:
    app.follow_along.movement = lambda _: None
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        assert line(pilot, "name") == "Clamshell"
        await pass_steps(pilot, 2)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_everything_is_in_view(app: KneejournalApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await play(pilot, "plank")
        await pass_steps(pilot, 1)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        for words in ("Plank", "Set 1 of 3", "Hold", "█", "seconds", "space when form goes", "Next: Side plank"):
            assert words in shown
        assert all(key in shown for key in ("space", "Pause", "Back", "Skip", "It hurts", "Bell", "Leave", "Variant"))
        assert app.screen.query_one(Figure).size.width <= 64


async def test_on_a_small_terminal_the_count_the_name_and_the_side_remain(app: KneejournalApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await play(pilot, "clamshell")
        await pass_steps(pilot, 1)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Clamshell" in shown
        assert "left side" in shown
        assert "▄█ " in shown


@pytest.mark.parametrize("size", [(20, 5), (10, 3), (60, 12), (40, 24), (200, 60)], ids=str)
async def test_every_size_runs(app: KneejournalApp, size: tuple[int, int], watch: Stopwatch) -> None:
    async with app.run_test(size=size) as pilot:
        await play(pilot, "clamshell")
        await wait(pilot, watch, 700)
        await press(pilot, "p", "space", "left", "right", "h", "1", "enter", "escape")


async def test_a_sample_says_so_here_too(app: KneejournalApp) -> None:
    app.add_class("-sample")
    async with app.run_test() as pilot:
        await play(pilot, "clamshell")
        assert app.screen.query_one(SampleNotice).region.height == 1
