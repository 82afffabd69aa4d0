"""RULES 5 and 6 at their edges: sessions that do not count, breaks, and setbacks that last or come again."""

import pytest
from msgspec.structs import replace

from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import Code
from kneejournal.domain.replay import setbacks_since
from tests.domain.stories import PROGRAMME, TODAY, ago, at, broken, pain, run, story, verdict

WEEK = "ccccccc"
STAGE_3 = WEEK + "Rc" * 4


def standing(line: str, profile: Profile | None = None) -> tuple[int, int]:
    """The stage of the next session, and the clean sessions it has."""
    return where(verdict(line, profile))


def where(found: Verdict) -> tuple[int, int]:
    assert found.stage is not None
    return found.stage.number, found.stage.clean_sessions


@pytest.mark.parametrize(
    ("line", "expected", "because"),
    [
        (WEEK + "Rc Rc -", (2, 0), "two that count"),
        (WEEK + "Rc .Rc -", (1, 1), "the day before was not logged: unconfirmed"),
        (WEEK + "Rc oRc -", (1, 1), "the day before was not closed: unconfirmed"),
        (WEEK + "Rc .ccc Rc -", (2, 0), "three clear days were enough again"),
        (WEEK + "RR c -", (1, 1), "the second fell on the rest day that was owed"),
        (WEEK + "RR c Rc -", (2, 0), "a session after the rest day counts"),
        ("cccccc r Rc -", (1, 0), "a run the day before the first session asks for rest too"),
        ("ccccc r c Rc -", (1, 1), "a day lies between"),
        ("cccccc Rc -", (1, 0), "six clear days: before the gate had opened"),
        ("ccccccc Rc -", (1, 1), "seven"),
        ("cccc Rc Rc -", (1, 0), "two of them before the gate had opened"),
        (STAGE_3 + "R 1 c Rc cc -", (2, 0), "during a setback"),
        (STAGE_3 + "R 1 ccc Rc -", (2, 1), "after it"),
        (WEEK + "R m ccc -", (1, 0), "medicine the day after: no zero to be believed"),
        (WEEK + "R . ccc -", (1, 0), "nothing written the day after"),
        (WEEK + "P z ccc -", (1, 0), "the day of the session was never closed"),
        (WEEK + "R 1", (1, 0), "it hurt the day after"),
    ],
)
def test_a_session_counts_only_when_it_was_allowed_and_ended_well(
    line: str, expected: tuple[int, int], because: str
) -> None:
    assert standing(line) == expected, because


def test_a_session_counts_when_any_of_the_runs_of_its_day_is_one() -> None:
    free = run(ago(1), stage=None, hour=18)
    assert where(judge((*story(WEEK + "R z"), free), Profile(), PROGRAMME, at(TODAY, 22))) == (1, 1)


@pytest.mark.parametrize(
    ("days_off", "expected"),
    [(11, (3, 1)), (12, (2, 0)), (26, (1, 0)), (40, (1, 0))],
)
def test_a_break_of_14_days_costs_a_stage_and_the_clean_session(days_off: int, expected: tuple[int, int]) -> None:
    assert standing(STAGE_3 + "Rc" + "c" * days_off + "-") == expected


def test_after_a_break_the_lower_stage_is_begun_anew() -> None:
    after_break = STAGE_3 + "Rc" + "c" * 12
    assert standing(after_break + "R-") == (2, 0)
    assert standing(after_break + "Rc-") == (2, 1)
    assert standing(after_break + "RcRc-") == (3, 0)


def test_how_long_a_break_is_can_be_set() -> None:
    longer = Profile(thresholds=Thresholds(break_days=15))
    assert standing(STAGE_3 + "Rc" + "c" * 12 + "-", longer) == (3, 1)


def test_14_days_without_a_clear_one_bring_the_week_back_and_a_session_in_it_does_not_count() -> None:
    gap = WEEK + "RcRc" + "." * 14
    assert "gate-again" in broken(verdict(gap + "ccc -"))
    assert standing(gap + "ccc Rc ccccccc -") == (1, 0)
    assert standing(gap + "ccccccc Rc -") == (1, 1)


def test_a_setback_lasts_from_its_first_to_its_last_day() -> None:
    for line, days in (
        ("R 1 -", (ago(1),)),
        ("R 11 -", (ago(2), ago(1))),
        ("R 112 -", (ago(3), ago(1))),
        ("R 11", (ago(1), TODAY)),
    ):
        assert broken(verdict(WEEK + line))["setback"] == days
    (rule,) = [rule for rule in verdict(WEEK + "R 112 -").rules if rule.id == "setback"]
    assert "Pain came back on Thu 19 Nov" in rule.text


def test_pain_again_after_a_day_without_begins_the_setback_anew() -> None:
    found = verdict(WEEK + "R 1 c1 -")
    assert broken(found)["setback"] == (ago(1),)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Rc -", 0),
        ("R 1 -", 1),
        ("R 1", 1),
        ("R 1111 -", 1),
        ("R 1 c1 -", 2),
        ("R 1 m1 -", 2),
        ("R 11 cc 11 -", 2),
        ("R 1 ccc Rc R 1 ccccccc -", 2),
    ],
)
def test_painful_days_in_a_row_are_one_setback(line: str, count: int) -> None:
    assert len(setbacks_since(verdict(WEEK + line).case.days, ago(60), TODAY)) == count


def test_what_made_a_setback_a_major_one_stays_with_it() -> None:
    (rule,) = [rule for rule in verdict(WEEK + "R 3 c 1 cc -").rules if rule.id == "setback"]
    assert "(pain too high for a minor one, the second within a short time)" in rule.text
    (rule,) = [rule for rule in verdict(WEEK + "R 3 1 cc -").rules if rule.id == "setback"]
    assert "(pain too high for a minor one, symptoms on two days in a row)" in rule.text


@pytest.mark.parametrize(("clear_days", "days_to_go"), [(12, 7), (13, 7), (14, 3), (20, 3)])
def test_a_second_setback_within_14_days_is_a_major_one(clear_days: int, days_to_go: int) -> None:
    found = verdict(STAGE_3 + "R1" + "c" * clear_days + "1 -")
    assert found.earliest_date == ago(-days_to_go)
    assert where(found)[0] == 1


def test_how_soon_a_second_setback_is_a_major_one_can_be_set() -> None:
    line = STAGE_3 + "R1" + "c" * 13 + "1 -"
    shorter = Profile(thresholds=Thresholds(second_setback_days=13))
    assert verdict(line, shorter).earliest_date == ago(-3)


def test_pain_from_three_on_is_a_major_setback_and_the_number_can_be_set() -> None:
    for score, mine, days_to_go in ((2, 3, 3), (3, 3, 7), (3, 4, 3), (1, 1, 7)):
        own = Profile(thresholds=Thresholds(major_pain=mine))
        assert verdict(WEEK + f"R {score} -", own).earliest_date == ago(-days_to_go)


def test_a_symptom_without_pain_is_a_minor_setback_whatever_number_is_set() -> None:
    lowest = Profile(thresholds=Thresholds(major_pain=1))
    assert verdict(WEEK + "R s -", lowest).earliest_date == ago(-3)


@pytest.mark.parametrize(
    ("symptom", "days_to_go"), [("swelling", 7), ("large-swelling", 7), ("locking", 3), ("squat", 3)]
)
def test_swelling_large_or_not_makes_a_setback_a_major_one(symptom: Code, days_to_go: int) -> None:
    swollen = replace(pain(ago(1), scope="moment", symptoms=(symptom,)), resolved_on=ago(1))
    found = judge((*story(WEEK + "R -"), pain(ago(2)), run(ago(2)), swollen), Profile(), PROGRAMME, at(TODAY, 22))
    assert found.status == "setback"
    assert found.earliest_date == ago(-days_to_go)


def test_late_news_of_pain_takes_back_a_session_that_was_clean() -> None:
    records = story(WEEK + "Rc Rc -")
    late = (*records, pain(ago(3), 1, scope="moment", written=at(TODAY, 21)))
    found = judge(late, Profile(), PROGRAMME, at(TODAY, 22))
    assert found.status == "setback"
    assert where(found) == (1, 0)


def test_running_for_free_needs_no_rest_day_and_a_day_without_a_check_still_stops_it() -> None:
    through = WEEK + "Rc" * 16
    for line, status in (("rr", "ready"), ("rrrr -", "ready"), ("rR", "ready"), ("r o -", "unconfirmed")):
        assert verdict(through + line).status == status


def test_stages_go_no_further_than_the_last() -> None:
    assert verdict(WEEK + "Rc" * 15 + "-").phase == "return"
    assert standing(WEEK + "Rc" * 15 + "-") == (8, 1)
    for more in (16, 17, 20):
        assert verdict(WEEK + "Rc" * more + "-").phase == "maintain"
