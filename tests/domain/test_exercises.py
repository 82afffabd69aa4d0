"""RULES 8: strength days, stretch days, and ticking."""

import pytest

from kneejournal.domain.exercises import exercise_days, exercise_week, short_session, target_in
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.records import ExerciseMark
from kneejournal.domain.snapshot import Edit, Moment, Snapshot, applied
from kneejournal.domain.write_exercises import find_exercises, mark
from kneejournal.errors import BadData
from tests.domain.stories import PROGRAMME, TODAY, ago, at, ticked

MOMENT = Moment(now=at(TODAY, 20), device="test", today=TODAY)
FOUR = "clamshell straight-leg-lift bridge-squeeze plank"
THREE = "hamstring-step quad-standing itb-strap"


def tick(snapshot: Snapshot, words: str, *, done: bool = True, pain: int | None = None) -> tuple[Snapshot, Edit]:
    edit = mark(snapshot, find_exercises(words.split(), PROGRAMME), MOMENT, TODAY, done=done, pain=pain)
    return applied(edit, snapshot, MOMENT.now), edit


@pytest.mark.parametrize(
    ("ids", "strength", "stretch"),
    [
        (FOUR, True, False),
        (THREE, False, True),
        (f"{FOUR} {THREE}", True, True),
        ("side-leg-lift straight-leg-lift-out bridge-squeeze side-plank", True, False),
        ("clamshell side-leg-lift straight-leg-lift bridge-squeeze", False, False),
        ("quad-standing straight-leg-lift bridge-squeeze plank", False, False),
        ("hamstring-step quad-standing", False, False),
        ("", False, False),
    ],
)
def test_a_strength_day_has_one_of_each_group_and_a_stretch_day_all_three(
    ids: str, strength: bool, stretch: bool
) -> None:
    records = ticked(TODAY, ids)
    assert (TODAY in exercise_days(records, PROGRAMME, "strength")) is strength
    assert (TODAY in exercise_days(records, PROGRAMME, "stretch")) is stretch


def test_the_week_is_the_last_seven_days() -> None:
    records = [record for back in (0, 3, 6, 7) for record in ticked(ago(back), FOUR)]
    week = exercise_week(records, PROGRAMME, TODAY, target_in("rehab", Thresholds()))
    assert week.strength_days == (ago(6), ago(3), TODAY)
    assert week.stretch_days == ()
    assert week.is_behind


def test_unticked_exercises_do_not_count() -> None:
    assert not exercise_days(ticked(TODAY, FOUR, done=False), PROGRAMME, "strength")


def test_the_targets_are_three_five_while_not_running_and_two_for_good() -> None:
    usual = Thresholds()
    assert (target_in("rehab", usual).least, target_in("rehab", usual).suggested) == (3, 5)
    assert (target_in("return", usual).least, target_in("return", usual).suggested) == (3, 3)
    assert (target_in("maintain", usual).least, target_in("maintain", usual).suggested) == (2, 3)


def test_the_short_session_makes_a_strength_day() -> None:
    ids = " ".join(exercise.id for exercise in short_session(PROGRAMME))
    assert TODAY in exercise_days(ticked(TODAY, ids), PROGRAMME, "strength")
    assert len(ids.split()) == 4


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("plank", "plank"),
        ("cl", "clamshell"),
        ("straight-leg-lift", "straight-leg-lift"),
        ("straight-leg-lift-", "straight-leg-lift-out"),
        ("PLANK clam", "clamshell plank"),
        ("short", FOUR),
        ("short plank side-p", f"{FOUR} side-plank"),
    ],
)
def test_exercises_are_found_by_the_beginning_of_their_ids(words: str, ids: str) -> None:
    assert [exercise.id for exercise in find_exercises(words.split(), PROGRAMME)] == ids.split()


@pytest.mark.parametrize(
    ("word", "told"), [("s", "side-leg-lift, straight"), ("squat", "is not an exercise"), ("", "not an")]
)
def test_a_word_that_names_none_or_several_is_refused_and_says_which_there_are(word: str, told: str) -> None:
    with pytest.raises(BadData, match=told):
        find_exercises([word], PROGRAMME)


def test_ticking_twice_is_ticking_once() -> None:
    once, _ = tick(Snapshot(), "plank")
    twice, edit = tick(once, "plank")
    assert edit.is_empty
    assert twice.records == once.records


def test_unticking_what_was_never_ticked_writes_nothing() -> None:
    _, edit = tick(Snapshot(), "plank", done=False)
    assert edit.is_empty


def test_pain_stays_when_nothing_is_said_of_it_and_is_not_lowered() -> None:
    hurt, edit = tick(Snapshot(), "plank", pain=3)
    assert edit.notes
    again, _ = tick(hurt, "plank")
    (record,) = again.live
    assert isinstance(record, ExerciseMark)
    assert record.pain == 3
    with pytest.raises(BadData, match="stands at pain 3"):
        tick(hurt, "plank", pain=1)
