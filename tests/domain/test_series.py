"""The days of the charts: gaps and zeros, the worst of a day, its mean, what came late, and symptoms beside pain."""

from datetime import timedelta

from msgspec.structs import replace

from kneejournal.domain.day_states import read_days
from kneejournal.domain.days import DAY
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.records import AnyRecord, ExerciseMark, exercise_id
from kneejournal.domain.series import Series, SymptomCounts, count_symptoms, read_series
from tests.domain.stories import TODAY, ago, at, pain, run, story, ticked


def series_of(*records: AnyRecord, length: int = 30) -> Series:
    profile = Profile()
    return read_series(read_days(records, profile, TODAY), records, profile.thresholds, TODAY, length)


def worst_of(*records: AnyRecord, length: int) -> list[int | None]:
    return [day.worst for day in series_of(*records, length=length).days]


def counts_of(*records: AnyRecord, length: int = 30, profile: Profile | None = None) -> SymptomCounts:
    return count_symptoms(read_days(records, profile or Profile(), TODAY), TODAY, length)


def hurting_exercise(days_ago: int, score: int) -> ExerciseMark:
    day = ago(days_ago)
    return ExerciseMark(
        id=exercise_id(day, "plank"),
        day=day,
        recorded_at=at(day, 19),
        updated_at=at(day, 19),
        device="test",
        exercise="plank",
        done=True,
        pain=score,
    )


def test_a_day_without_a_number_is_a_gap_and_not_a_zero() -> None:
    assert worst_of(*story("c.4o"), length=5) == [None, 0, None, 4, 0]


def test_a_day_of_which_only_exercises_are_ticked_is_a_gap() -> None:
    assert worst_of(*ticked(TODAY, "plank clamshell"), length=1) == [None]


def test_a_day_shows_the_worst_of_its_moments_exercises_and_runs() -> None:
    records = (
        *story("2c", ago(1)),
        pain(ago(1), 6, scope="moment", key="evening"),
        pain(ago(2), 3, scope="moment", key="evening"),
        hurting_exercise(3, 5),
        run(ago(4), score=7),
    )
    assert worst_of(*records, length=6) == [None, 7, 5, 3, 6, None]


def test_the_worse_knee_counts() -> None:
    assert worst_of(pain(TODAY, 1, right=4), length=1) == [4]


def test_what_was_deleted_and_what_is_still_to_come_is_not_drawn() -> None:
    records = (replace(pain(ago(1), 8), deleted=True), pain(TODAY + DAY, 9))
    series = series_of(*records)
    assert series.is_empty
    assert series.today == TODAY
    assert series.began is None


def test_every_date_stands_once_across_both_changes_of_the_clock() -> None:
    days = [found.day for found in series_of(length=371).days]
    assert days == [TODAY - timedelta(days=back) for back in range(370, -1, -1)]


def test_the_mean_is_of_the_days_that_have_a_number_once_four_of_seven_have() -> None:
    means = [day.mean for day in series_of(*story("4.2.2.0."), length=8).days]
    assert means == [None, None, None, None, None, None, 2.0, None]


def test_zeros_count_in_the_mean_and_gaps_do_not() -> None:
    assert series_of(*story("8c8c"), length=1).days[-1].mean == 4.0
    assert series_of(*story("8.8.8.8"), length=1).days[-1].mean == 8.0


def test_the_mean_of_the_first_day_shown_knows_the_days_before_it() -> None:
    assert [day.mean for day in series_of(*story("7cccccc"), length=1).days] == [1.0]
    assert [day.mean for day in series_of(*story("7ccccccc"), length=1).days] == [0.0]


def test_a_worst_that_was_written_too_late_is_marked_and_a_timely_one_is_not() -> None:
    late = at(TODAY, 9)
    records = (
        pain(ago(20), 3, written=late),
        pain(ago(19), 2),
        pain(ago(19), 5, scope="moment", written=late),
        pain(ago(18), 4),
        pain(ago(18), 4, scope="moment", written=late),
        pain(ago(17), 4),
        pain(ago(17), 1, scope="moment", written=late),
        pain(ago(7), 6, written=late),
        pain(ago(8), 6, written=late),
    )
    assert [day.day for day in series_of(*records).days if day.is_late] == [ago(20), ago(19), ago(8)]


def test_how_late_is_too_late_is_a_setting() -> None:
    records = [pain(ago(3), 3, written=at(TODAY, 9))]
    days = read_days(records, Profile(), TODAY)
    patient = read_series(days, records, Thresholds(recall_days=3), TODAY, 7)
    strict = read_series(days, records, Thresholds(recall_days=2), TODAY, 7)
    assert not any(day.is_late for day in patient.days)
    assert [day.day for day in strict.days if day.is_late] == [ago(3)]


def test_the_days_of_runs_are_marked() -> None:
    assert [day.ran for day in series_of(*story("Rcr.P"), length=5).days] == [True, False, True, False, True]


def test_the_journal_began_on_the_first_day_of_which_something_is_written() -> None:
    assert series_of(*story("c..2"), length=2).began == ago(3)
    unticked = ticked(ago(9), "plank", done=False)
    assert series_of(*unticked, *story("4")).began == TODAY


def test_symptoms_are_counted_by_painful_days_the_most_frequent_first() -> None:
    records = (
        pain(ago(1), 2, scope="moment", symptoms=("squat", "lunge")),
        pain(ago(1), 1, scope="moment", symptoms=("squat",)),
        pain(ago(2), 3, scope="moment", symptoms=("squat", "stairs-down", "locking"), medicine=True),
        pain(ago(3), 3),
        pain(ago(4), 0),
    )
    counts = counts_of(*records)
    assert (counts.length, counts.with_number, counts.painful, counts.medicine) == (30, 4, 3, 1)
    assert counts.symptoms == (("squat", 2), ("stairs-down", 1), ("lunge", 1), ("locking", 1))


def test_symptoms_of_days_without_pain_of_other_days_and_of_deleted_entries_are_not_counted() -> None:
    records = (
        *story("s."),
        pain(ago(30), 3, symptoms=("squat",)),
        replace(pain(ago(2), 3, symptoms=("squat",)), deleted=True),
        pain(TODAY + DAY, 3, symptoms=("squat",)),
    )
    assert counts_of(*records).symptoms == ()
    assert counts_of(*records).painful == 0
    assert counts_of(*records, length=31).symptoms == (("squat", 1),)


def test_noise_that_the_setting_lets_pass_is_counted_on_a_painful_day() -> None:
    profile = Profile(thresholds=Thresholds(noise_blocks=False))
    records = (pain(TODAY, 0, scope="moment", symptoms=("noise",)), hurting_exercise(0, 2))
    assert counts_of(*records, profile=profile).symptoms == (("noise", 1),)
