"""RULES 7: the sentences of the rules, as a runner reads them."""

from datetime import date

import pytest
from msgspec.structs import replace

from kneejournal.domain.day_reasons import DayReasons
from kneejournal.domain.day_states import read_days
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import Care, Code, Pain, Scores, new_id
from tests.domain.stories import PROGRAMME, TODAY, ago, at, broken, pain, story, verdict

WEEK = "ccccccc"
NEW_YEAR = date(2027, 1, 2)
BOTH = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right")))


def told(found: Verdict, rule_id: str) -> str:
    """The sentence of one rule."""
    (rule,) = [rule for rule in found.rules if rule.id == rule_id]
    return rule.text


def flag(day: date, *flags: Code) -> Pain:
    return pain(day, scope="moment", symptoms=flags, written=at(day, 12))


def why_not_clear(*records: Pain | Care, profile: Profile | None = None) -> str:
    """What is said of yesterday."""
    mine = profile or Profile()
    words = DayReasons(PROGRAMME, mine.thresholds, TODAY)
    return words.why_not_clear(read_days(records, mine, TODAY)[ago(1)])


def test_several_red_flags_are_named_with_their_days_oldest_first() -> None:
    records = (flag(TODAY, "numbness"), flag(ago(3), "locking", "giving-way"))
    found = judge(records, Profile(), PROGRAMME, at(TODAY, 22))
    assert "Thu 19 Nov: knee locks or gets stuck, knee gives way; Sun 22 Nov: " in told(found, "red-flag")
    assert broken(found)["red-flag"] == (ago(3), TODAY)


def test_pain_and_symptoms_of_a_day_stand_side_by_side() -> None:
    records = (pain(ago(1), 3, scope="moment", symptoms=("squat", "stairs-up")),)
    found = judge(records, Profile(), PROGRAMME, at(TODAY, 22))
    assert "Sat 21 Nov: pain 3, squatting, stairs, going up." in told(found, "symptom-free-week")


def test_a_symptom_without_pain_names_no_pain() -> None:
    assert "Sat 21 Nov: stairs, going down." in told(verdict("s-"), "symptom-free-week")


def test_symptoms_of_today_are_named() -> None:
    assert told(verdict("4"), "today").startswith("Symptoms today: pain 4.")


def test_up_to_seven_days_are_named_one_by_one_and_of_more_only_how_many() -> None:
    seven = told(verdict("1234567 -"), "symptom-free-week")
    assert "Sun 15 Nov: pain 1; Mon 16 Nov: pain 2; " in seven
    assert "Sat 21 Nov: pain 7." in seven
    assert "more" not in seven
    long = Profile(thresholds=Thresholds(symptom_free_needed=9))
    nine = told(verdict("123456789 -", long), "symptom-free-week")
    assert "Thu 19 Nov: pain 7; and 2 more." in nine
    assert "pain 8" not in nine


def test_a_day_of_last_year_is_named_with_its_year() -> None:
    records = story("1cc -", NEW_YEAR)
    found = judge(records, Profile(), PROGRAMME, at(NEW_YEAR, 22))
    assert "Wed 30 Dec 2026: pain 1." in told(found, "symptom-free-week")


@pytest.mark.parametrize(
    ("records", "profile", "words"),
    [
        ((), Profile(), "nothing written"),
        ((pain(ago(1), 2),), Profile(), "pain 2"),
        ((pain(ago(1), medicine=True),), Profile(), "medicine taken"),
        ((pain(ago(1), scope="moment"),), Profile(), "no day-check"),
        ((pain(ago(1), written=at(ago(1), 17, 59)),), Profile(), "checked at 17:59, before 18:00"),
        (
            (pain(ago(1), written=at(ago(1), 20)),),
            Profile(thresholds=Thresholds(closes_at=21)),
            "checked at 20:00, before 21:00",
        ),
        (
            (pain(ago(1), written=at(TODAY, 9)),),
            Profile(thresholds=Thresholds(recall_days=0)),
            "checked on Sun 22 Nov, more than 0 days later",
        ),
        ((pain(ago(1)),), BOTH, "the right knee not named"),
        ((replace(pain(ago(1)), pain=Scores(right=0)),), Profile(), "the left knee not named"),
        (
            (replace(pain(ago(1), scope="moment"), id=new_id()), pain(ago(1), written=at(ago(1), 8))),
            Profile(),
            "checked at 08:00, before 18:00",
        ),
    ],
)
def test_it_is_said_why_a_day_is_not_clear(records: tuple[Pain, ...], profile: Profile, words: str) -> None:
    assert why_not_clear(*records, profile=profile) == words


def test_what_is_said_of_a_late_check_names_the_day_it_came_on() -> None:
    words = told(verdict("l........ -", Profile(thresholds=Thresholds(symptom_free_needed=9))), "day-checks")
    assert "Fri 13 Nov: checked on Sun 22 Nov, more than 7 days later" in words


def test_what_can_be_filled_in_is_offered() -> None:
    one = told(verdict("cccc.cc -"), "day-checks")
    assert one.endswith("Fill in Thu 19 Nov (until Thu 26 Nov), and it is day 7 of 7.")
    two = told(verdict("c.c.ccc -"), "day-checks")
    assert two.endswith("Fill in Mon 16 Nov and Wed 18 Nov (the first until Mon 23 Nov), and it is day 7 of 7.")
    with_today = told(verdict("cccc.cc c"), "day-checks")
    assert with_today.endswith("Fill in Thu 19 Nov (until Thu 26 Nov), and the week is complete.")
    with_bad_news = told(verdict("c1cc.cc -"), "day-checks")
    assert with_bad_news.endswith("Fill in Thu 19 Nov (until Thu 26 Nov), and it is day 5 of 7.")


def test_where_nothing_can_be_filled_in_any_more_nothing_is_offered() -> None:
    short = Profile(thresholds=Thresholds(recall_days=1))
    found = told(verdict("ccc.ccc -", short), "day-checks")
    assert "Wed 18 Nov: nothing written. (Your setting:" in found


def test_a_day_before_a_run_can_be_filled_in_and_the_count_of_the_week_is_not_spoken_of() -> None:
    words = told(verdict(WEEK + "R . -"), "before-run")
    assert "since the last run is clear: Sat 21 Nov: nothing written." in words
    assert words.endswith("Fill in Sat 21 Nov (until Sat 28 Nov).")


def test_in_a_setback_a_day_can_be_filled_in_too() -> None:
    words = told(verdict(WEEK + "R 1 . c -"), "setback-clear-days")
    assert words.endswith("1 of 3 clear days in a row since the setback. Fill in Fri 20 Nov (until Fri 27 Nov).")


def test_a_setback_before_the_week_was_complete_does_not_promise_the_week() -> None:
    words = told(verdict("cc R 1 . c -"), "day-checks")
    assert words.endswith("(the first until Sun 22 Nov).")


@pytest.mark.parametrize(
    ("after_the_week", "size"),
    [
        ("R 1", "a minor setback"),
        ("R 3", "a major setback (pain too high for a minor one)"),
        ("R w", "a major setback (swelling)"),
        ("R M", "a major setback (medicine taken)"),
        ("R 11", "a major setback (symptoms on two days in a row)"),
        ("R 1cccRc1", "a major setback (the second within a short time)"),
        ("R 43", "a major setback (pain too high for a minor one, symptoms on two days in a row)"),
    ],
)
def test_a_setback_says_how_large_it_is_and_why(after_the_week: str, size: str) -> None:
    assert f": {size}. Stop running" in told(verdict(WEEK + after_the_week), "setback")


def test_a_setback_holds_what_is_done_already() -> None:
    found = verdict(WEEK + "R 1 cc r -")
    assert told(found, "setback-clear-days").startswith("3 clear days in a row.")
    assert told(found, "setback-days-off").startswith("0 of 3 full days")
    (clear,) = [rule for rule in found.rules if rule.id == "setback-clear-days"]
    assert clear.holds
    assert clear.days == (ago(3), ago(2), ago(1))


def test_beside_a_setback_red_flags_and_the_gate_are_still_told() -> None:
    found = verdict("cc R ! -")
    assert {"red-flag", "setback", "gate-again", "symptom-free-week", "rest-day"} <= {rule.id for rule in found.rules}


def test_before_each_run_today_medicine_and_red_flags_are_told_as_well() -> None:
    found = verdict(WEEK + "Rc -")
    assert [rule.id for rule in found.rules] == ["red-flag", "before-run", "today", "medicine", "rest-day"]


def test_once_running_is_free_no_rest_day_is_spoken_of() -> None:
    found = verdict(WEEK + "Rc" * 16 + "r -")
    assert found.phase == "maintain"
    assert [rule.id for rule in found.rules] == ["red-flag", "before-run", "today", "medicine"]


def test_the_last_of_two_runs_is_the_one_that_asks_for_rest() -> None:
    found = verdict(WEEK + "rr")
    assert "You ran on Sun 22 Nov." in told(found, "rest-day")
    assert broken(found)["rest-day"] == (ago(1), TODAY)


def test_noise_that_passes_is_named_with_its_days_and_the_setting() -> None:
    lenient = Profile(thresholds=Thresholds(noise_blocks=False))
    found = verdict("nccnccc n", lenient)
    words = told(found, "noise")
    assert "Sun 15 Nov, Wed 18 Nov and Sun 22 Nov" in words
    assert words.endswith("counts as a symptom, no; the default is yes.)")
    assert "noise" not in {rule.id for rule in verdict("ccccccc -", lenient).rules}


def test_every_setting_that_a_rule_rests_on_is_named() -> None:
    own = Profile(thresholds=Thresholds(closes_at=20, recall_days=5, day_starts=4))
    (checks,) = [rule for rule in verdict("ccccccc -", own).rules if rule.id == "day-checks"]
    assert checks.source == "setting"
    assert checks.text.count("(Your setting: ") == 3
    for named in ("20; the default is 18.)", "5; the default is 7.)", "4; the default is 3.)"):
        assert named in checks.text
    assert ".) (Your setting" in checks.text
