"""What the coming weeks hold: run days only while there is a plan, and never closer than the rules let them be."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from msgspec.structs import replace

from kneejournal.domain.plan_ahead import SPREAD, has_plan, planned_runs, usual_time, written_at
from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, ExerciseMark
from tests.domain.stories import PROGRAMME, TODAY, ago, at, run, story, ticked, verdict
from tests.domain.test_verdict_properties import journals

IN_FOUR_WEEKS = TODAY + timedelta(days=28)


def planned(line: str) -> list[tuple[int, int, int]]:
    """Of each planned run: in how many days, of which stage, and which clean session of it."""
    runs = planned_runs(verdict(line).case, TODAY, IN_FOUR_WEEKS)
    return [((run.day - TODAY).days, run.stage.number, run.session) for run in runs]


def test_an_open_gate_begins_the_plan_today_every_other_day_two_sessions_a_stage() -> None:
    assert planned("ccccccc c")[:5] == [(0, 1, 1), (2, 1, 2), (4, 2, 1), (6, 2, 2), (8, 3, 1)]


def test_a_session_of_today_moves_the_next_one_to_the_day_after_tomorrow() -> None:
    assert planned("ccccccc R")[:2] == [(2, 1, 2), (4, 2, 1)]


@pytest.mark.parametrize("line", ["ccc3cc c", "ccccccc 3", "ccccccc m", "ccccccc.c", "ccccccc!", ""])
def test_before_the_gate_has_opened_no_run_is_planned(line: str) -> None:
    assert planned(line or "-") == []


@pytest.mark.parametrize("line", ["ccccccc RcHc", "ccccccc Rcc!c", "ccccccc Rccc" + "." * 16])
def test_a_setback_a_red_flag_and_a_long_gap_stop_the_planning(line: str) -> None:
    assert planned(line) == []


def test_after_a_restore_nothing_is_planned_until_the_days_were_gone_through() -> None:
    found = judge(story("ccccccc c"), Profile(), PROGRAMME, at(TODAY, 22), to_confirm=True)
    assert not has_plan(found.case)


def test_the_plan_ends_after_the_last_stage() -> None:
    runs = planned_runs(verdict("ccccccc c").case, TODAY, TODAY + timedelta(days=60))
    assert (runs[-1].stage.number, runs[-1].session) == (len(PROGRAMME.stages), 2)
    assert len(runs) == 2 * len(PROGRAMME.stages)


@given(journals())
def test_no_two_planned_runs_are_closer_than_a_day_apart(records: tuple[AnyRecord, ...]) -> None:
    case = judge(records, Profile(), PROGRAMME, at(TODAY, 22)).case
    days = [run.day for run in planned_runs(case, TODAY, IN_FOUR_WEEKS)]
    ran = [day for day, found in case.days.written.items() if found.runs and day <= TODAY]
    assert all((later - earlier).days > 1 for earlier, later in pairwise(days))
    assert not days or not ran or (days[0] - max(ran)).days > 1


def test_exercise_days_lie_apart() -> None:
    assert [len(days) for days in SPREAD] == [1, 2, 3, 4, 5, 6, 7]
    assert SPREAD[2] == (0, 2, 4)


def test_the_usual_time_is_the_one_in_the_middle_on_the_quarter_before() -> None:
    recorded = [datetime(2026, 11, day, 19, 10 + day, tzinfo=UTC) for day in (1, 2, 30)]
    assert usual_time(recorded, time(6)) == time(19, 0)
    assert usual_time(recorded[:2], time(6)) == time(6)


def test_what_was_filled_in_later_and_what_is_long_ago_say_nothing_of_the_usual_time() -> None:
    (timely,) = ticked(ago(1), "plank")
    late = replace(timely, recorded_at=at(TODAY, 9), updated_at=at(TODAY, 9))
    (old,) = ticked(ago(40), "plank")
    assert written_at([timely, late, old, run(TODAY)], ExerciseMark, TODAY) == [timely.recorded_at]


def test_a_day_of_another_year_can_be_planned() -> None:
    new_year = date(2026, 12, 31)
    case = judge(story("ccccccc c", new_year), Profile(), PROGRAMME, at(new_year, 22)).case
    assert [run.day for run in planned_runs(case, new_year, new_year + timedelta(days=2))] == [
        new_year,
        date(2027, 1, 2),
    ]
