"""RULES 3: the state of a day."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kneejournal.domain.day_states import DayState, read_days
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.records import Care, ExerciseMark, Shoe, exercise_id, new_id
from tests.domain.stories import TODAY, ago, at, pain, run, story

YESTERDAY = ago(1)


def state(*records: object, profile: Profile | None = None) -> DayState:
    return read_days(records, profile or Profile(), TODAY)[YESTERDAY].state  # type: ignore[arg-type]


def marked(*, done: bool = True, hurt: int | None = None) -> ExerciseMark:
    evening = at(YESTERDAY, 20)
    return ExerciseMark(
        id=exercise_id(YESTERDAY, "plank"),
        day=YESTERDAY,
        recorded_at=evening,
        updated_at=evening,
        device="test",
        exercise="plank",
        done=done,
        pain=hurt,
    )


ICED = Care(
    id=new_id(),
    day=YESTERDAY,
    recorded_at=at(YESTERDAY, 9),
    updated_at=at(YESTERDAY, 9),
    device="t",
    what="ice",
    minutes=15,
)
SHOE = Shoe(
    id=new_id(), day=YESTERDAY, recorded_at=at(YESTERDAY, 9), updated_at=at(YESTERDAY, 9), device="t",
    name="Blue", shoe_kind="running",
)  # fmt: skip


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("c", "clear"), ("f", "clear"), ("o", "open"), ("z", "open"), (".", "unlogged"), ("l", "late"),
        ("1", "symptoms"), ("s", "symptoms"), ("w", "symptoms"), ("n", "symptoms"), ("!", "symptoms"),
        ("m", "masked"), ("M", "symptoms"), ("R", "clear"), ("P", "open"), ("H", "symptoms"),
    ],
)  # fmt: skip
def test_each_kind_of_day_has_its_state(sign: str, expected: DayState) -> None:
    assert state(*story(f"{sign}-")) == expected


def test_pain_in_an_exercise_counts() -> None:
    assert state(pain(YESTERDAY), marked(hurt=1)) == "symptoms"
    assert state(pain(YESTERDAY), marked(hurt=0)) == "clear"


def test_pain_in_a_run_counts() -> None:
    assert state(pain(YESTERDAY), run(YESTERDAY, stage=None, score=1)) == "symptoms"
    assert state(pain(YESTERDAY), replace(run(YESTERDAY), pain=None)) == "clear"


def test_a_tick_or_ice_is_something_written_but_closes_nothing() -> None:
    assert state(marked()) == "open"
    assert state(ICED) == "open"


def test_an_exercise_unticked_again_is_nothing_written() -> None:
    assert state(marked(done=False)) == "unlogged"


def test_shoes_say_nothing_of_the_knee() -> None:
    assert state(SHOE) == "unlogged"


def test_one_of_two_day_checks_closes_the_day_by_itself() -> None:
    assert state(pain(YESTERDAY, written=at(YESTERDAY, 8)), pain(YESTERDAY, key="another")) == "clear"


def test_two_day_checks_of_one_knee_each_do_not_close_it_together() -> None:
    both = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right")))
    left, right = pain(YESTERDAY), pain(YESTERDAY, key="right")
    right = replace(right, pain=type(right.pain)(right=0))
    assert state(left, right, profile=both) == "open"
    assert state(pain(YESTERDAY, right=0), profile=both) == "clear"


def test_the_freshness_of_a_check_is_that_of_its_last_change() -> None:
    check = pain(YESTERDAY, written=at(YESTERDAY, 8))
    assert state(replace(check, updated_at=at(YESTERDAY, 21))) == "clear"
    old = pain(ago(9))
    days = read_days([replace(old, updated_at=at(TODAY, 9))], Profile(), TODAY)
    assert days[ago(9)].state == "late"


def test_the_hour_and_the_recall_are_settings() -> None:
    early = Profile(thresholds=Thresholds(closes_at=22))
    assert state(pain(YESTERDAY), profile=early) == "open"
    none = Profile(thresholds=Thresholds(recall_days=0))
    assert state(pain(YESTERDAY, written=at(TODAY, 4)), profile=none) == "late"


def test_no_knee_to_ask_for_is_never_a_clear_day() -> None:
    from_tomorrow = Profile(knees=(TrackedKnee(side="left", since=TODAY + timedelta(days=1)),))
    assert state(pain(YESTERDAY), profile=from_tomorrow) == "open"
