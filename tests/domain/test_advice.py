"""RULES 10, and the advice beside the verdict."""

from datetime import date

import pytest
from msgspec.structs import replace

from kneejournal.domain.advice import advise, longest_advised, longest_lately, shoe_warning
from kneejournal.domain.exercises import exercise_week, target_in
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, Shoe, new_id
from kneejournal.domain.shoes import shoe_wear
from tests.domain.stories import PROGRAMME, TODAY, ago, at, run, story, ticked

EVERY_EXERCISE = " ".join(exercise.id for exercise in PROGRAMME.exercises)
USUAL = Profile()


def every_other_day(count: int) -> list[AnyRecord]:
    return [record for back in range(0, count, 2) for record in ticked(ago(back), EVERY_EXERCISE)]


def advice(records: tuple[AnyRecord, ...] | list[AnyRecord], profile: Profile = USUAL, today: date = TODAY) -> str:
    found = judge(records, profile, PROGRAMME, at(today, 22))
    week = exercise_week(records, PROGRAMME, today, target_in(found.phase, profile.thresholds))
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


def pair(name: str = "Blue", **about: object) -> Shoe:
    added = at(ago(200), 9)
    shoe = Shoe(
        id=new_id(), day=ago(200), recorded_at=added, updated_at=added, device="t", name=name, shoe_kind="running"
    )
    return replace(shoe, **about)


def warned(shoe: Shoe, *runs: AnyRecord, profile: Profile = USUAL) -> str | None:
    worn = [replace(found, shoe_id=shoe.id) for found in runs]
    return shoe_warning(shoe_wear(shoe, worn, TODAY, profile.thresholds), profile)


def days_of_exercises(count: int) -> list[AnyRecord]:
    """Strength and stretching on `count` days: two of the sessions asked for on each."""
    return [record for back in range(count) for record in ticked(ago(back), EVERY_EXERCISE)]


def test_two_thirds_of_the_exercises_are_enough_to_speak_of_the_weeks() -> None:
    enough = advice([*story("4" * 43), *days_of_exercises(12)])
    assert "% are done" not in enough
    assert "after 6 weeks" in enough
    too_few = advice([*story("4" * 43), *days_of_exercises(11)])
    assert "61 % are done" in too_few
    assert "after 6 weeks" not in too_few


def test_the_first_week_is_the_seven_days_from_the_first_number_on() -> None:
    said = advice([*story("8111111" + "." * 29 + "1111111"), *every_other_day(43)])
    assert "after 6 weeks the week's mean pain is 1.0, and it was 2.0 in the first week" in said


def test_two_points_less_than_in_the_first_week_are_better() -> None:
    for last, named in (("2222222", False), ("3222222", True)):
        said = advice([*story("4" * 7 + "." * 30 + last), *every_other_day(44)])
        assert ("after 6 weeks" in said) is named


def test_a_knee_without_pain_for_a_week_needs_nobody_however_it_began() -> None:
    assert "weeks" not in advice([*story("1" + "c" * 43), *every_other_day(43)])


def test_several_reasons_stand_in_one_sentence_with_how_long_it_can_be_put_off() -> None:
    said = advice(story("2222222 ....... 7777777"))
    assert "rose from 2.0 to 7.0 within two weeks; pain 7 on Mon 16 Nov." in said
    assert "14 days" in said
    assert "20 days" in advice(story("7c"), Profile(thresholds=Thresholds(snooze_days=20)))


def test_a_severe_day_of_last_year_is_named_with_its_year() -> None:
    today = date(2027, 1, 3)
    assert "pain 8 on Thu 31 Dec 2026" in advice(story("8cc-", today), today=today)


def test_the_worst_of_the_severe_days_is_named() -> None:
    assert "pain 9 on Fri 20 Nov" in advice(story("797c"))


def test_a_severity_of_one_names_a_day_of_one_and_no_day_without_a_number() -> None:
    lowest = Profile(thresholds=Thresholds(therapist_pain=1))
    assert "pain 1 on Sat 21 Nov" in advice(story(".1c"), lowest)
    assert "pain" not in advice(story("c.c"), lowest)
    assert "pain" not in advice((), lowest)


def test_a_setback_counts_for_eight_weeks() -> None:
    two_more = "ccccccc R1ccccccc R1ccccccc"
    for days_ago, named in ((55, True), (56, False)):
        first = "ccccccc R1"
        gap = days_ago - len(two_more.replace(" ", ""))
        assert ("3 setbacks in eight weeks" in advice(story(first + "c" * (gap - 1) + two_more + "c"))) is named


def test_beside_a_session_of_the_plan_the_ground_and_the_pace_are_named_and_the_walk_no_longer() -> None:
    said = advice(story("ccccccc Rc -"))
    for words in ("5 minutes of brisk walking", "flat, even ground", "at which you can talk"):
        assert words in said
    assert "30-minute" not in said
    assert "normal" not in said


def test_once_running_is_free_only_the_warm_up_is_left() -> None:
    said = advice(story("ccccccc" + "Rc" * 16 + "-"))
    assert "5 minutes of brisk walking" in said
    assert "ground" not in said
    assert "talk" not in said


def test_a_long_run_is_measured_against_the_longest_of_the_30_days_before() -> None:
    for back, counts in ((0, False), (1, True), (30, True), (31, False)):
        assert longest_lately([run(ago(back), metres=3333)], TODAY) == (3333 if counts else None)
    assert longest_lately([run(ago(9), metres=2000), run(ago(5), metres=4000), run(ago(2), metres=3000)], TODAY) == 4000
    assert longest_lately([replace(run(ago(9)), deleted=True)], TODAY) is None


def test_a_tenth_more_is_advised_at_most_in_whole_metres() -> None:
    runs = [run(ago(3), metres=3333)]
    assert longest_advised(runs, TODAY, Thresholds()) == 3666
    assert longest_advised(runs, TODAY, Thresholds(longer_run_percent=20)) == 3999
    assert longest_advised([], TODAY, Thresholds()) is None


def test_a_long_run_is_flagged_with_the_percentage_that_is_set() -> None:
    own = Profile(thresholds=Thresholds(longer_run_percent=20), units="km")
    assert "more than 3.6 km would be over 20 % longer" in advice(story("ccccccc Rc -"), own)


def test_a_pair_in_its_prime_and_a_retired_one_need_no_word() -> None:
    assert warned(pair(since=ago(30))) is None
    assert warned(pair(since=ago(400), retired_on=ago(1))) is None


def test_a_pair_of_unknown_age_is_named() -> None:
    assert warned(pair()) == "the age of Blue is unknown"


def test_a_pair_near_or_past_its_limit_is_named_with_what_binds_and_when() -> None:
    assert warned(pair(since=date(2026, 6, 1))) == "Blue are near their limit: 174 days (Tue 1 Dec 2026)"
    assert warned(pair(since=date(2026, 5, 1))) == "Blue are past their limit: 205 days (Sun 1 Nov 2026)"
    far = pair(since=ago(30), starting_m=804_000)
    assert warned(far, run(ago(3), metres=6000)) == "Blue are past their limit: 503.3 mi (Thu 19 Nov 2026)"
    nearly = pair(since=ago(30), starting_m=790_000)
    assert warned(nearly, run(ago(3), metres=14_000)) == "Blue are near their limit: 499.6 mi (Tue 24 Nov 2026)"


def test_distances_of_a_warning_are_in_the_units_of_the_profile() -> None:
    far = pair(since=ago(30), starting_m=810_000)
    warning = warned(far, profile=Profile(units="km"))
    assert warning is not None
    assert "810.0 km" in warning


def test_exercises_behind_are_said_with_what_is_asked_for_now() -> None:
    free = "ccccccc" + "Rc" * 16 + "-"
    assert "0 of 2 strength days and 0 of 2 stretch days" in advice(story(free))
    assert "strength days" not in advice([*story(free), *days_of_exercises(2)])
    assert "2 of 3 strength days" in advice([*story("c"), *days_of_exercises(2)])


def test_deleted_shoes_need_no_word() -> None:
    assert "Blue" not in advice([*story("c"), pair(deleted=True)])
    assert "Shoes: the age of Blue is unknown." in advice([*story("c"), pair()])


def test_every_advice_says_which_one_it_is_the_most_pressing_first() -> None:
    records = [*story("ccccccc -"), pair()]
    found = judge(records, USUAL, PROGRAMME, at(TODAY, 22))
    week = exercise_week(records, PROGRAMME, TODAY, target_in(found.phase, USUAL.thresholds))
    said = [line.id for line in advise(found, week, records, USUAL, PROGRAMME)]
    assert said == ["normal-days", "brisk-walk", "warm-up", "ground", "talk", "shoe", "exercises"]
