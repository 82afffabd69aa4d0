from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.journal import Journal
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.exercise_list import ExerciseList
from kneejournal.widgets.exercise_page import ExercisePage
from kneejournal.widgets.figure import Figure
from kneejournal.widgets.ribbon import ReadinessRibbon
from tests.support import StandingClock, log_clear_evenings, new_journal, places_in

SUNDAY = date(2026, 11, 22)
EVENING = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
SHORT = {"clamshell", "straight-leg-lift", "bridge-squeeze", "plank"}


@pytest.fixture
def kept() -> tuple[Journal, StandingClock]:
    return new_journal(EVENING)


@pytest.fixture
def app(kept: tuple[Journal, StandingClock], tmp_path: Path) -> KneejournalApp:
    return KneejournalApp(kept[0], places_in(tmp_path))


def live(journal: Journal) -> tuple[AnyRecord, ...]:
    return journal.snapshot().live


def pains(journal: Journal) -> list[Pain]:
    return [record for record in live(journal) if isinstance(record, Pain)]


def done(journal: Journal) -> set[str]:
    return {record.exercise for record in live(journal) if isinstance(record, ExerciseMark) and record.done}


def shown(app: KneejournalApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def toasts(app: KneejournalApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def test_zero_logs_the_day_check_in_one_key_and_says_that_u_takes_it_back(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("0")
        (check,) = pains(kept[0])
        assert (check.scope, check.day, check.pain.by_side()) == ("day", SUNDAY, {"left": 0})
        assert toasts(app) == ["Knee 0, all day, Sun 22 Nov.  u takes it back."]
        assert "0, all day" in shown(app, "#day-lines")
        await pilot.press("u")
        assert pains(kept[0]) == []


async def test_a_digit_logs_the_pain_of_this_moment_with_its_time(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("3")
        (entry,) = pains(kept[0])
        assert (entry.scope, entry.time, entry.pain.by_side()) == ("moment", "20:15", {"left": 3})


async def test_a_zero_in_the_evening_does_not_hide_the_pain_of_noon(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("4", "0")
        assert sorted(entry.pain.worst for entry in pains(kept[0])) == [0, 4]
        assert kept[0].verdict().days[-1].state == "symptoms"


async def test_zero_over_a_higher_day_check_asks_instead_of_writing(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    kept[0].log(PainEntry(scope="day", day=SUNDAY, pain={"left": 3}))
    async with app.run_test() as pilot:
        await pilot.press("0")
        assert isinstance(app.screen, PainDialog)
        assert pains(kept[0])[0].pain.worst == 3


async def test_with_two_knees_a_digit_asks_which_one(tmp_path: Path) -> None:
    journal, _ = new_journal(EVENING, set_up=False)
    journal.set_up(SetupAnswers(knee="both"))
    app = KneejournalApp(journal, places_in(tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("4")
        assert isinstance(app.screen, PainDialog)
        await pilot.press("delete", "down", "4", "enter")
        assert [entry.pain.by_side() for entry in pains(journal)] == [{"right": 4}]


async def test_y_closes_yesterday_while_yesterday_is_open(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    journal, clock = kept
    log_clear_evenings(journal, clock, date(2026, 11, 19), 2)
    clock.set(SUNDAY, 8)
    async with app.run_test() as pilot:
        assert "Yesterday" in shown(app, "#day-lines")
        await pilot.press("y")
        assert journal.verdict().days[-2].state == "clear"
        assert "Yesterday" not in shown(app, "#day-lines")
        before = len(pains(journal))
        await pilot.press("y")
        assert len(pains(journal)) == before


async def test_a_first_day_asks_for_no_yesterday(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await pilot.press("y", "Y")
        assert isinstance(app.screen, TodayScreen)
        assert pains(kept[0]) == []


async def test_capital_y_asks_for_the_whole_of_yesterday(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    journal, clock = kept
    log_clear_evenings(journal, clock, date(2026, 11, 19), 2)
    clock.set(SUNDAY, 8)
    async with app.run_test() as pilot:
        await pilot.press("Y", "2", "ctrl+s")
        assert [(p.scope, p.pain.worst) for p in pains(journal) if p.day == date(2026, 11, 21)] == [("day", 2)]


async def test_space_ticks_the_highlighted_exercise_and_unticks_it(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("space")
        assert done(kept[0]) == {"clamshell"}
        await pilot.press("down", "space")
        assert done(kept[0]) == {"clamshell", "side-leg-lift"}
        await pilot.press("space")
        assert done(kept[0]) == {"clamshell"}


async def test_a_stale_screen_cannot_invert_a_tick(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        kept[0].mark(kept[0].find_exercises(["clamshell"]))
        await pilot.press("space")
        assert done(kept[0]) == {"clamshell"}


async def test_the_short_session_takes_one_key(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert done(kept[0]) == SHORT


async def test_ticking_the_short_session_one_by_one_takes_nine_keys(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    keys = ["space", "down", "down", "space", "down", "down", "space", "down", "space"]
    assert len(keys) <= 9
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        assert done(kept[0]) == SHORT


async def click_row(pilot: Pilot[None], x: int, y: int, times: int = 1) -> None:
    await pilot.click(ExerciseList, offset=(x, y), times=times)
    await pilot.pause()


async def test_a_click_highlights_and_a_click_on_the_box_ticks(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    async with app.run_test() as pilot:
        await click_row(pilot, 12, 2)
        row = app.screen.query_one(ExerciseList).row
        assert row is not None
        assert row.exercise.id == "side-leg-lift"
        assert done(kept[0]) == set()
        await click_row(pilot, 2, 1)
        assert done(kept[0]) == {"clamshell"}


async def test_a_double_click_ticks(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await click_row(pilot, 12, 2, times=2)
        assert done(kept[0]) == {"side-leg-lift"}


async def test_a_click_on_a_heading_does_nothing(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await click_row(pilot, 2, 0, times=2)
        assert done(kept[0]) == set()


async def test_the_highlighted_exercise_is_explained_beside_the_list(app: KneejournalApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down")
        assert "Side-lying leg lift" in shown(app, "#exercise-name")
        assert "heel first" in shown(app, "#exercise-how-2")
        assert app.screen.query_one(ExercisePage).display


async def test_below_sixty_columns_there_is_no_page_beside_the_list(app: KneejournalApp) -> None:
    async with app.run_test(size=(50, 24)):
        assert not app.screen.query_one(ExercisePage).display


async def test_icing_and_elevation_are_one_key_each(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    async with app.run_test() as pilot:
        await pilot.press("i", "v")
        assert sorted(record.what for record in live(kept[0]) if isinstance(record, Care)) == ["elevate", "ice"]
        assert "iced 15 min, leg up 15 min" in shown(app, "#day-lines")


async def test_the_ribbon_counts_the_days_and_names_the_earliest_date(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    log_clear_evenings(*kept, date(2026, 11, 17), 5)
    async with app.run_test():
        ribbon = app.screen.query_one(ReadinessRibbon)
        assert not ribbon.has_class("-ready")
        assert shown(app, "#ribbon-where").startswith("Day 5 of 7 · earliest Tue 24 Nov")


async def test_the_ribbon_lights_up_with_the_stage_written_out_once_the_log_meets_the_rule(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    log_clear_evenings(*kept, date(2026, 11, 15), 7)
    async with app.run_test():
        assert app.screen.query_one(ReadinessRibbon).has_class("-ready")
        assert "ready for short intervals at conversational pace" in shown(app, "#ribbon-headline")
        assert shown(app, "#ribbon-where").splitlines() == [
            "Stage 1 of 8: 4 × (run 1 min, walk 4 min)",
            "5 min of brisk walking before and after",
        ]


async def test_pain_puts_the_ribbon_out_at_once(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    log_clear_evenings(*kept, date(2026, 11, 15), 7)
    async with app.run_test() as pilot:
        await pilot.press("1")
        assert not app.screen.query_one(ReadinessRibbon).has_class("-ready")


async def test_a_red_flag_names_no_earliest_date(app: KneejournalApp, kept: tuple[Journal, StandingClock]) -> None:
    kept[0].log(PainEntry(scope="moment", day=SUNDAY, pain={"left": 0}, symptoms=frozenset({"locking"})))
    async with app.run_test():
        assert "earliest" not in shown(app, "#ribbon-where")
        assert "clinician" in shown(app, "#ribbon-headline")


async def test_worn_shoes_are_named_and_their_markup_is_only_text(
    app: KneejournalApp, kept: tuple[Journal, StandingClock]
) -> None:
    kept[0].add_shoe(ShoeEntry(name="[/x] [bold]", since=date(2026, 1, 1)))
    async with app.run_test():
        assert "[/x] [bold] are past their limit" in shown(app, "#day-lines")


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (60, 20), (80, 24), (120, 40)])
async def test_every_size_runs_and_shows_the_verdict(
    app: KneejournalApp, kept: tuple[Journal, StandingClock], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        headline = app.screen.query_one("#ribbon-headline")
        assert headline.region.y == (2 if size[1] >= 30 else 1)
        await pilot.press("0")
        assert len(pains(kept[0])) == 1


async def test_the_highlighted_exercise_moves_where_there_is_room(app: KneejournalApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        figure = app.screen.query_one(Figure)
        assert figure.is_moving
        assert figure.size.height >= 8
        last = app.screen.query_one("#exercise-avoid").region
        assert last.bottom <= app.screen.query_one(ExercisePage).region.bottom
        await pilot.press("down")
        await pilot.pause()
        assert figure._movement == app.follow_along.movement("side-leg-lift")


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (80, 50)], ids=str)
async def test_where_there_is_no_room_for_both_the_words_stay(app: KneejournalApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert not app.screen.query_one(Figure).is_moving
        assert "Clamshell" in shown(app, "#exercise-name")


@pytest.mark.parametrize("key", ["j", "p", "enter"])
async def test_nothing_moves_behind_another_page_or_dialog(app: KneejournalApp, key: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        figure = app.screen.query_one(Figure)
        await pilot.press(key)
        await pilot.pause()
        assert not figure.is_moving
        await pilot.press("escape" if key != "j" else "t")
        await pilot.pause()
        assert figure.is_moving


@pytest.mark.parametrize("width", [80, 120])
async def test_the_footer_fits_and_names_the_player(app: KneejournalApp, width: int) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        footer = list(app.screen._compositor.render_strips())[-1].text
        assert "Play" in footer
        assert footer.rstrip().endswith("Quit")
