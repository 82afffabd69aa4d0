"""Which of two versions wins, whichever way round they are given."""

from datetime import timedelta
from itertools import permutations

from msgspec.structs import replace

from kneejournal.domain.merge import newer, newer_profile
from kneejournal.domain.profile import Profile
from tests.domain.stories import TODAY, at, pain

RECORD = replace(pain(TODAY, 1), device="b", note="b")
LATER = timedelta(seconds=1)


def test_the_version_written_later_wins_whatever_else_it_holds() -> None:
    later = replace(RECORD, device="a", note="a", updated_at=RECORD.updated_at + LATER)
    for one, other in permutations([RECORD, later]):
        assert newer(one, other) is later


def test_of_one_moment_the_greater_device_wins_whatever_it_holds() -> None:
    other_device = replace(RECORD, device="c", note="a")
    for one, other in permutations([RECORD, other_device]):
        assert newer(one, other) is other_device


def test_of_one_moment_and_device_the_greater_content_wins() -> None:
    other_content = replace(RECORD, note="c")
    for one, other in permutations([RECORD, other_content]):
        assert newer(one, other) is other_content


def test_the_profile_written_later_wins_and_else_the_greater_one() -> None:
    profile = Profile(units="mi", updated_at=at(TODAY, 20))
    later = Profile(units="km", updated_at=at(TODAY, 21))
    other = Profile(units="km", updated_at=at(TODAY, 20))
    for one, two in permutations([profile, later]):
        assert newer_profile(one, two) is later
    for one, two in permutations([profile, other]):
        assert newer_profile(one, two) is profile
