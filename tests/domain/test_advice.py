"""RULES 10, and the advice beside the verdict."""

from datetime import date

import pytest
from msgspec.structs import replace

from kneejournal.domain.advice import advise
from kneejournal.domain.exercises import exercise_week, target_in
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, ExerciseMark, Profile, Shoe, exercise_id, new_id
from tests.domain.stories import PROGRAMME, TODAY, ago, at, run, story

EVERY_EXERCISE = [exercise.id for exercise in PROGRAMME.exercises]
USUAL = Profile()


def done_on(day: date) -> list[AnyRecord]:
    return [
        ExerciseMark(
            id=exercise_id(day, name),
            day=day,
            recorded_at=at(day, 19),
            updated_at=at(day, 19),
            device="test",
            exercise=name,
            done=True,
            pain=None,
        )
        for name in EVERY_EXERCISE
    ]


def every_other_day(count: int) -> list[AnyRecord]:
    return [record for back in range(0, count, 2) for record in done_on(ago(back))]


def advice(records: tuple[AnyRecord, ...] | list[AnyRecord], profile: Profile = USUAL) -> str:
    found = judge(records, profile, PROGRAMME, at(TODAY, 22))
    week = exercise_week(records, PROGRAMME, TODAY, target_in(found.phase, profile.thresholds))
    return "\n".join(line.text for line in advise(found, week, records, profile, PROGRAMME))


SIX_WEEKS = 42


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("4" * 43, True),
        ("4" * 36 + "3" * 7, True),
        ("4" * 36 + "2" * 7, False),
        ("4" * 42, False),
        ("1" * 36 + "c" * 7, False),
    ],
)
def test_six_weeks_without_getting_better_name_a_physical_therapist(line: str, named: bool) -> None:
    said = advice([*story(line), *every_other_day(43)])
    assert ("Consider a physical therapist: after 6 weeks" in said) is named


def test_where_the_exercises_were_not_done_that_is_said_first() -> None:
    said = advice([*story("4" * 43), *every_other_day(14)])
    assert "after 6 weeks" not in said
    assert "39 % are done" in said
    assert "% are done" not in advice([*story("4" * 43), *every_other_day(43)])


def test_pain_that_rises_by_two_within_two_weeks_names_one() -> None:
    rising = advice(story("2222222 ....... 4444444"))
    assert "rose from 2.0 to 4.0" in rising
    assert "rose" not in advice(story("2222222 ....... 3333333"))


@pytest.mark.parametrize(
    ("line", "named"), [("7c", True), ("6c", False), ("7" + "c" * 13, True), ("7" + "c" * 14, False)]
)
def test_a_day_of_seven_or_more_within_two_weeks_names_one(line: str, named: bool) -> None:
    assert ("pain 7 on" in advice(story(line))) is named


def test_three_setbacks_in_eight_weeks_name_one() -> None:
    two = "ccccccc" + "R1ccc" + "R1ccccccc"
    assert "setbacks" not in advice(story(two + "-"))
    assert "3 setbacks in eight weeks" in advice(story(two + "R1ccccccc" + "-"))
    assert "setbacks" not in advice(story(two + "R1" + "c" * 54))


def test_it_is_put_off_for_two_weeks() -> None:
    for back, told in ((0, False), (13, False), (14, True)):
        profile = replace(USUAL, therapist_read_on=ago(back))
        assert ("physical therapist" in advice(story("7c"), profile)) is told


def test_beside_ready_stands_how_to_run() -> None:
    said = advice(story("ccccccc -"))
    for words in (
        "30-minute brisk walk",
        "5 minutes of brisk walking",
        "flat, even ground",
        "at which you can talk",
        "normal",
    ):
        assert words in said
    assert "brisk" not in advice(story("cccccc -"))


def test_a_long_run_is_flagged_before_it_is_run() -> None:
    records = [*story("ccccccc c Rc cc -"), run(ago(4), stage=1, metres=5000, hour=10)]
    assert "3.4 mi" in advice(records)


def test_shoes_past_their_limit_and_missing_exercises_are_said() -> None:
    shoe = Shoe(
        id=new_id(), day=ago(9), recorded_at=at(ago(9), 9), updated_at=at(ago(9), 9), device="t", name="Blue",
        shoe_kind="running", since=date(2026, 5, 1),
    )  # fmt: skip
    said = advice([*story("c"), shoe])
    assert "Blue are past their limit: 205 days (Sun 1 Nov 2026)" in said
    assert "0 of 3 strength days and 0 of 3 stretch days" in said
    assert "strength days" not in advice([*story("c"), *every_other_day(6)])
