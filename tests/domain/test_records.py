"""What is stored is valid: whatever cannot be is refused, and text is cleaned."""

from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest
from msgspec.structs import replace

from kneejournal.domain.profile import Profile, TrackedKnee
from kneejournal.domain.records import (
    AnyRecord,
    Pain,
    Run,
    Scores,
    Shoe,
    day_check_id,
    exercise_id,
    from_plain,
    grown,
    new_id,
    run_id,
    to_plain,
)
from kneejournal.domain.text import NOTE_LIMIT
from tests.domain.stories import TODAY, ago, at, pain, run

SHOE = Shoe(
    id=new_id(), day=TODAY, recorded_at=at(TODAY, 9), updated_at=at(TODAY, 9), device="t",
    name="Blue", shoe_kind="running",
)  # fmt: skip


def stored(record: AnyRecord, **fields: object) -> AnyRecord:
    """The record as it is read back, with other values in these fields."""
    return from_plain({**to_plain(record), **fields})


@pytest.mark.parametrize(
    ("record", "fields", "told"),
    [
        (pain(TODAY), {"day": "1899-12-31"}, "`day` is outside the years 1900 to 2199"),
        (pain(TODAY), {"day": "2200-01-01"}, "`day` is outside the years 1900 to 2199"),
        (pain(TODAY), {"recorded_at": "1899-12-31T20:00:00Z"}, "`recorded_at` is outside the years 1900 to 2199"),
        (pain(TODAY), {"updated_at": "2200-01-01T20:00:00Z"}, "`updated_at` is outside the years 1900 to 2199"),
        (pain(TODAY), {"resolved_on": "2200-01-01"}, "`resolved_on` is outside the years 1900 to 2199"),
        (pain(TODAY), {"pain": {}}, "pain names no knee: give `left`, `right` or both"),
        (pain(TODAY), {"symptoms": ["squat", "squat"]}, "`symptoms` names one symptom twice"),
        (SHOE, {"name": " "}, "`name` is empty"),
        (SHOE, {"since": "2200-01-01"}, "`since` is outside the years 1900 to 2199"),
        (SHOE, {"fitted_on": "1899-01-01"}, "`fitted_on` is outside the years 1900 to 2199"),
        (
            SHOE,
            {"since": "2026-01-01", "bought": "2026-02-01"},
            "`since` is before `bought`: shoes are not worn before they are bought",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_named(record: AnyRecord, fields: dict[str, object], told: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        stored(record, **fields)
    assert str(caught.value).split(" - at")[0] == told


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_that_can_be_written_can_be(day: str) -> None:
    assert stored(pain(TODAY), day=day).day == date.fromisoformat(day)


def test_shoes_can_be_worn_on_the_day_they_are_bought() -> None:
    shoe = stored(SHOE, since="2026-02-01", bought="2026-02-01")
    assert isinstance(shoe, Shoe)
    assert shoe.since == shoe.bought


def test_a_note_is_cleaned_and_as_long_as_it_may_be() -> None:
    longest = stored(pain(TODAY), note="x" * NOTE_LIMIT)
    assert isinstance(longest, Pain)
    assert len(longest.note) == NOTE_LIMIT
    with pytest.raises(msgspec.ValidationError, match="20000"):
        stored(pain(TODAY), note="x" * (NOTE_LIMIT + 1))
    with pytest.raises(ValueError, match=r"^`note` is longer than 20000 characters$"):
        # A sign can become longer when it is cleaned.
        replace(pain(TODAY), note="\u0958" * NOTE_LIMIT)


def test_text_from_elsewhere_is_made_harmless() -> None:
    imported = replace(run(TODAY), external_id=" 12\x1b3\n4 ", note="a\x1bb", source="garmin")
    assert imported.external_id == "12␛3 4"
    assert imported.note == "a␛b"
    assert replace(SHOE, name=" Blue\nones ").name == "Blue ones"
    assert replace(pain(TODAY), note="a\x1bb").note == "a␛b"
    assert run(TODAY).external_id is None


def test_what_every_machine_names_alike_has_one_id() -> None:
    # Written down in full: another version has to find the same records.
    assert day_check_id(TODAY) == "369b5598-0e3b-57dc-890f-6a5527e60aae"
    assert exercise_id(TODAY, "plank") == "61476d49-67b3-5ad0-9c9e-8a43bef0f45e"
    assert run_id("garmin", "17") == "96b5707d-04eb-5ea5-a6d3-f35fda3e49a5"


def test_what_every_machine_names_differently_has_another_id() -> None:
    ids = {
        day_check_id(TODAY), day_check_id(ago(1)), exercise_id(TODAY, "plank"), exercise_id(ago(1), "plank"),
        exercise_id(TODAY, "clamshell"), run_id("garmin", "17"), run_id("garmin", "18"), run_id("strava", "17"),
        new_id(), new_id(),
    }  # fmt: skip
    assert len(ids) == 10


def test_a_later_version_is_always_later() -> None:
    now = at(TODAY, 20)
    assert grown(now, None) == now
    assert grown(now, now - timedelta(hours=1)) == now
    assert grown(now, now) == now + timedelta(microseconds=1)
    assert grown(now, now + timedelta(hours=1)) == now + timedelta(hours=1, microseconds=1)


def test_a_version_that_follows_one_from_the_future_keeps_the_zone_it_is_written_in() -> None:
    here = datetime(2026, 11, 22, 20, tzinfo=timezone(timedelta(hours=-7)))
    assert grown(here, at(TODAY + timedelta(days=1), 9)).utcoffset() == timedelta(hours=-7)


def test_scores_say_which_knee_is_meant() -> None:
    both = Scores(left=2, right=5)
    assert (both.worst, both.by_side()) == (5, {"left": 2, "right": 5})
    right = Scores(right=1)
    assert (right.of("left"), right.of("right"), right.worst) == (None, 1, 1)


def test_a_knee_is_asked_for_from_its_first_day_to_the_day_before_it_was_dropped() -> None:
    knee = TrackedKnee(side="left", since=ago(5), until=ago(2))
    assert [back for back in range(7) if knee.asked_on(ago(back))] == [3, 4, 5]


def test_a_profile_that_tracks_no_knee_is_refused() -> None:
    dropped = TrackedKnee(side="left", until=TODAY)
    with pytest.raises(ValueError, match=r"^`knees` tracks no knee any more: one needs `until` null$"):
        Profile(knees=(dropped,))
    assert Profile(knees=(dropped, TrackedKnee(side="right"))).sides_on(TODAY) == ("right",)


def test_a_run_without_a_number_for_pain_names_none() -> None:
    silent = stored(run(TODAY), pain=None)
    assert isinstance(silent, Run)
    assert silent.pain is None
