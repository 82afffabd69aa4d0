"""Sessions to follow along, by a clock that is only a number."""

import pytest

from kneejournal.domain.player import (
    BACK_S,
    POSITION_S,
    REP_S,
    SET_REST_S,
    SIDES_S,
    Playing,
    exercise_session,
    exercise_steps,
    finished,
    run_session,
)
from kneejournal.domain.programme import Dose, Exercise
from tests.support import programme

EXERCISES = {exercise.id: exercise for exercise in programme().exercises}
STAGES = programme().stages


def dosed(dose: Dose, name: str = "clamshell") -> Exercise:
    original = EXERCISES[name]
    return Exercise(**{field: getattr(original, field) for field in Exercise.__struct_fields__} | {"dose": dose})


def short() -> Playing:
    return exercise_session([dosed(Dose(sets=2, reps=2, each_side=True))])


def kinds(playing: Playing) -> list[str]:
    return [step.kind for step in playing.steps]


def test_left_and_right_are_one_set_with_a_rest_between_sets_and_a_change_between_sides() -> None:
    steps = list(exercise_steps(dosed(Dose(sets=2, reps=10, each_side=True))))
    assert [(s.kind, s.number, s.side, s.seconds) for s in steps] == [
        ("ready", 1, "left", POSITION_S), ("reps", 1, "left", 10 * REP_S),
        ("ready", 1, "right", SIDES_S), ("reps", 1, "right", 10 * REP_S),
        ("rest", 2, "left", SET_REST_S), ("reps", 2, "left", 10 * REP_S),
        ("ready", 2, "right", SIDES_S), ("reps", 2, "right", 10 * REP_S),
    ]  # fmt: skip


def test_repetitions_that_are_held_take_the_hold_each() -> None:
    step = list(exercise_steps(dosed(Dose(sets=1, reps=10, hold_s=5))))[1]
    assert (step.kind, step.seconds, step.side) == ("reps", 10 * (REP_S + 5), None)


def test_a_plank_is_a_hold_that_may_end_earlier() -> None:
    step = list(exercise_steps(EXERCISES["plank"]))[1]
    assert (step.kind, step.at_most) == ("hold", True)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
def test_every_shipped_exercise_has_all_its_sets_on_all_its_sides(exercise: Exercise) -> None:
    work = [step for step in exercise_steps(exercise) if step.is_work]
    assert len(work) == exercise.dose.sets * (2 if exercise.dose.each_side else 1)
    assert all(step.seconds > 0 and step.of == exercise.dose.sets for step in work)


def test_a_session_stands_still_until_it_is_told_to_go() -> None:
    playing = short()
    assert playing.at(1000.0) == (playing, ())
    assert playing.left_at(1000.0) == POSITION_S


def test_the_clock_leads_from_step_to_step() -> None:
    playing, ended = short().going(100.0).at(100.0 + POSITION_S + 3)
    assert [step.kind for step in ended] == ["ready"]
    assert playing.step is not None
    assert (playing.step.kind, playing.spent_at(100.0 + POSITION_S + 3)) == ("reps", 3)


def test_time_over_belongs_to_the_steps_that_follow() -> None:
    """A terminal that stood still for a while does not stretch a hold."""
    begun = short().going(0.0)
    smooth = begun
    for tenth in range(1, 300):
        smooth, _ = smooth.at(tenth / 10)
    jumped, ended = begun.at(29.9)
    assert jumped.index == smooth.index
    assert jumped.left_at(29.9) == pytest.approx(smooth.left_at(29.9))
    assert len(ended) == jumped.index


def test_the_last_step_ends_the_session() -> None:
    playing, ended = short().going(0.0).at(10_000.0)
    assert playing.is_over
    assert playing.step is None
    assert len(ended) == len(playing.steps)
    assert (playing.left_at(10_000.0), playing.total_left_at(10_000.0)) == (0.0, 0.0)


def test_a_pause_keeps_what_is_left() -> None:
    paused = short().going(0.0).paused(4.0)
    assert paused.left_at(500.0) == POSITION_S - 4
    assert paused.at(500.0)[1] == ()
    assert paused.going(500.0).left_at(501.0) == POSITION_S - 5


def test_going_on_twice_loses_no_time() -> None:
    playing = short().going(0.0)
    assert playing.going(3.0).left_at(4.0) == POSITION_S - 4


def test_a_step_that_is_ended_gives_way_to_the_next_and_counts_as_done() -> None:
    playing, ended = short().going(0.0).step_done(2.0)
    assert [step.kind for step in ended] == ["ready"]
    assert playing.left_at(2.0) == 2 * REP_S
    assert playing.since == 2.0


def test_a_paused_session_stays_paused_when_steps_are_passed() -> None:
    playing, _ = short().step_done(2.0)
    assert playing.since is None


def test_skipping_leaves_the_exercise_without_finishing_it() -> None:
    playing = exercise_session([EXERCISES["clamshell"], EXERCISES["plank"]]).going(0.0)
    there = playing.exercise_skipped(5.0)
    assert there.step is not None
    assert (there.step.exercise, there.step.kind, there.spent_at(5.0)) == ("plank", "ready", 0.0)
    assert there.exercise_skipped(6.0).is_over


def test_back_is_the_beginning_of_this_step_and_at_its_beginning_the_step_before() -> None:
    playing = short().going(0.0).at(POSITION_S + BACK_S + 1)[0]
    again = playing.back(POSITION_S + BACK_S + 1)
    assert (again.index, again.spent_at(POSITION_S + BACK_S + 1)) == (1, 0.0)
    assert again.back(POSITION_S + BACK_S + 2).index == 0
    assert again.back(POSITION_S + BACK_S + 2).back(POSITION_S + BACK_S + 2).index == 0


def test_an_exercise_is_finished_with_its_last_set_only() -> None:
    playing = exercise_session([EXERCISES["clamshell"], EXERCISES["plank"]]).going(0.0)
    done: list[str] = []
    while not playing.is_over:
        playing, ended = playing.step_done(0.0)
        done += finished(ended, playing.steps)
        if not done:
            assert playing.step is not None
            assert playing.step.exercise == "clamshell"
    assert done == ["clamshell", "plank"]


def test_the_next_exercise_is_named_and_the_last_has_none() -> None:
    playing = exercise_session([EXERCISES["clamshell"], EXERCISES["plank"]])
    assert playing.next_exercise == "plank"
    assert playing.exercise_skipped(0.0).next_exercise == ""


@pytest.mark.parametrize(("spent", "rep"), [(0.0, 1), (3.9, 1), (4.0, 2), (39.9, 10), (40.0, 10)])
def test_repetitions_are_counted_by_the_clock(spent: float, rep: int) -> None:
    step = list(exercise_steps(dosed(Dose(sets=1, reps=10))))[1]
    assert step.rep_at(spent) == rep


def test_a_hold_has_no_repetitions() -> None:
    assert list(exercise_steps(EXERCISES["plank"]))[1].rep_at(3.0) == 0


def test_the_first_stage_is_four_short_runs_between_walks() -> None:
    playing = run_session(STAGES[0], 5)
    assert kinds(playing) == ["warm-up", *["run", "walk"] * 4, "cool-down"]
    assert playing.total_left_at(0.0) == 30 * 60
    assert [step.number for step in playing.steps if step.kind == "run"] == [1, 2, 3, 4]


def test_exercises_done_meanwhile_are_left_out_but_not_the_one_that_is_begun() -> None:
    begun = exercise_session([EXERCISES["clamshell"], EXERCISES["plank"], EXERCISES["side-plank"]]).step_done(0.0)[0]
    left = begun.without({"clamshell", "plank"})
    assert left.exercises == ("clamshell", "side-plank")
    assert left.step == begun.step


def test_the_change_of_sides_is_told_from_getting_ready_and_from_a_rest() -> None:
    playing = exercise_session([EXERCISES["clamshell"]])
    changes = []
    while not playing.is_over:
        changes.append(playing.is_change_of_sides)
        playing, _ = playing.step_done(0.0)
    assert changes == [False, False, True, False] * 3


def test_the_time_that_one_really_moved_has_no_pauses_and_nothing_that_was_passed_over() -> None:
    playing = run_session(STAGES[0], 5).going(0.0)
    playing, _ = playing.at(330.0)
    playing, _ = playing.step_done(330.0)
    playing = playing.paused(340.0)
    assert playing.moved_at(9_999.0) == 340
    assert playing.back(9_999.0).moved_at(9_999.0) == 340


def test_the_share_behind_goes_from_none_to_all() -> None:
    playing = run_session(STAGES[0], 5).going(0.0)
    assert playing.share_at(0.0) == 0
    assert playing.at(900.0)[0].share_at(900.0) == pytest.approx(0.5)
    assert playing.at(1800.0)[0].share_at(1800.0) == 1


def test_a_stage_without_walking_has_none_between() -> None:
    assert kinds(run_session(STAGES[7], 5)) == ["warm-up", "run", "cool-down"]
    assert kinds(run_session(STAGES[7], 0)) == ["run"]


def test_skipping_in_a_walk_run_session_is_the_next_part() -> None:
    there = run_session(STAGES[0], 5).exercise_skipped(0.0)
    assert there.step is not None
    assert there.step.kind == "run"
