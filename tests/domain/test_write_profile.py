"""RULES 2: the setup, and which knee is asked for on which day."""

import pytest

from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.write_profile import KneeChoice, SetupAnswers, choice_of
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import all_day
from tests.support import new_journal


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("left", "Tracking the left knee, distances in km. Saved."),
        ("right", "Tracking the right knee, distances in km. Saved."),
        ("both", "Tracking both knees, distances in km. Saved."),
    ],
)
def test_a_setup_is_answered_in_one_line(choice: KneeChoice, told: str) -> None:
    journal, _ = new_journal(at(TODAY, 20), set_up=False)
    assert journal.set_up(SetupAnswers(knee=choice, units="km")).what == told
    assert choice_of(journal.snapshot().profile, TODAY) == choice


def test_what_a_setup_says_nothing_of_stays() -> None:
    journal, clock = new_journal(at(ago(1), 20), set_up=False)
    changed = {"closes_at": 20}
    journal.set_up(SetupAnswers(knee="both", units="km", began=ago(90), thresholds=changed, put_off_therapist=True))
    clock.set(TODAY, 20)
    journal.set_up(SetupAnswers())
    profile = journal.snapshot().profile
    assert (profile.units, profile.began, profile.thresholds) == ("km", ago(90), Thresholds(closes_at=20))
    assert profile.sides_on(TODAY) == ("left", "right")
    assert profile.therapist_read_on == ago(1)
    journal.set_up(SetupAnswers(put_off_therapist=True, began=ago(80)))
    profile = journal.snapshot().profile
    assert (profile.therapist_read_on, profile.began) == (TODAY, ago(80))


def test_a_setup_is_later_than_the_one_before_even_when_the_clock_went_back() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    before = journal.snapshot().profile.updated_at
    clock.set(TODAY, 19)
    journal.set_up(SetupAnswers(units="km"))
    assert journal.snapshot().profile.updated_at > before


def test_undo_brings_the_profile_back_as_a_later_version() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.set_up(SetupAnswers(knee="both", units="km"))
    changed = journal.snapshot().profile
    clock.set(TODAY, 19)
    assert journal.undo().what == "Taken back: Tracking both knees, distances in km. Saved."
    profile = journal.snapshot().profile
    assert (profile.units, profile.sides_on(TODAY)) == ("mi", ("left",))
    assert profile.updated_at > changed.updated_at


def test_undo_of_an_entry_leaves_the_profile_alone() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal))
    profile = journal.snapshot().profile
    journal.undo()
    assert journal.snapshot().profile == profile


def test_a_knee_that_is_dropped_and_taken_up_again_is_asked_for_on_the_days_it_was_tracked() -> None:
    journal, clock = new_journal(at(ago(9), 20))
    journal.log(all_day(journal))
    for back, choice in ((8, "both"), (6, "right"), (3, "both")):
        clock.set(ago(back), 20)
        journal.set_up(SetupAnswers(knee=choice))  # type: ignore[arg-type]
    profile = journal.snapshot().profile
    assert [back for back in range(10) if "left" in profile.sides_on(ago(back))] == [0, 1, 2, 3, 7, 8, 9]
    assert [back for back in range(10) if "right" in profile.sides_on(ago(back))] == list(range(9))


def test_a_knee_dropped_long_ago_stays_dropped_on_that_day() -> None:
    journal, clock = new_journal(at(ago(9), 20))
    journal.log(all_day(journal))
    for back in (6, 3):
        clock.set(ago(back), 20)
        journal.set_up(SetupAnswers(knee="right"))
    profile = journal.snapshot().profile
    assert [back for back in range(10) if "left" in profile.sides_on(ago(back))] == [7, 8, 9]


def test_the_choice_of_a_day_is_the_knees_it_asks_for_and_before_the_first_the_ones_that_are_tracked() -> None:
    profile = Profile(
        knees=(
            TrackedKnee(side="left", since=ago(9), until=ago(3)),
            TrackedKnee(side="right", since=ago(5)),
        )
    )
    assert [choice_of(profile, ago(back)) for back in (20, 9, 5, 3)] == ["right", "left", "both", "right"]
