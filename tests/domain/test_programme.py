"""RULES 5 and 8: doses and stages, as they are read."""

import pytest
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Dose, Stage
from kneejournal.domain.readiness import judge
from tests.domain.stories import PROGRAMME, TODAY, at, story


@pytest.mark.parametrize(
    ("dose", "read"),
    [
        (Dose(sets=3, reps=10), "3 × 10"),
        (Dose(sets=3, reps=10, each_side=True), "3 × 10 a side"),
        (Dose(sets=3, reps=10, hold_s=5), "3 × 10, held 5 s"),
        (Dose(sets=2, reps=8, hold_s=5, each_side=True), "2 × 8 a side, held 5 s"),
        (Dose(sets=3, hold_s=30), "3 × 30 s"),
        (Dose(sets=3, hold_s=30, at_most=True), "3 × up to 30 s"),
        (Dose(sets=3, hold_s=30, each_side=True), "3 × 30 s a side"),
    ],
)
def test_a_dose_is_read_as_a_therapist_writes_it(dose: Dose, read: str) -> None:
    assert str(dose) == read


def test_a_dose_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a dose needs `reps` or `hold_s`$"):
        Dose(sets=3)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (1, "4 × (run 1 min, walk 4 min)"),
        (5, "2 × (run 9 min, walk 1 min)"),
        (6, "run 20 min"),
        (8, "run 30 min"),
    ],
)
def test_the_stages_are_read_as_a_runner_runs_them(number: int, read: str) -> None:
    assert str(PROGRAMME.stages[number - 1]) == read


def test_bouts_without_a_walk_between_are_read_too() -> None:
    assert str(Stage(number=1, run_min=5, walk_min=0, repeats=2)) == "2 × run 5 min"


def test_what_the_wording_does_not_know_is_named_by_its_code() -> None:
    assert PROGRAMME.label("stairs-down") == "Stairs, going down"
    assert PROGRAMME.label("swelling") != "swelling"
    assert PROGRAMME.label("hiccups") == "hiccups"
    assert PROGRAMME.exercise("hiccups") is None
    with pytest.raises(KeyError, match="hiccups"):
        PROGRAMME.rule("hiccups")


def test_a_plan_of_one_stage_is_through_after_two_clean_sessions() -> None:
    short = replace(PROGRAMME, stages=PROGRAMME.stages[:1])
    found = judge(story("ccccccc RcRc -"), Profile(), short, at(TODAY, 22))
    assert found.phase == "maintain"
