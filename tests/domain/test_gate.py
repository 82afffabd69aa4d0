"""RULES 4: may the first intervals start?"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from msgspec.structs import replace

from kneejournal.domain.case import Status
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.readiness import judge
from tests.domain.stories import PROGRAMME, TODAY, ago, at, broken, pain, story, verdict


@dataclass(frozen=True)
class Row:
    line: str
    status: Status
    count: int
    earliest: int
    """Days from today."""
    broken: str = ""
    because: str = ""


TABLE = [
    # the smallest journal that holds, and the ones that just do not
    Row("ccccccc -", "ready", 7, 0),
    Row("ccccccc c", "ready", 8, 0),
    Row("ccccccc o", "ready", 7, 0, because="today need not be closed yet"),
    Row("cccccc -", "unconfirmed", 6, 1, "day-checks"),
    Row(".cccccc c", "unconfirmed", 7, 1, "day-checks", "the seventh clear day is today: tomorrow it opens"),
    Row("c", "unconfirmed", 1, 7, "day-checks"),
    Row("-", "unconfirmed", 0, 7, "day-checks", "an empty week is not a week of good news"),
    # bad news
    Row("1cccccc -", "not-ready", 6, 1, "symptom-free-week"),
    Row("1ccccccc -", "ready", 7, 0, because="eight days ago is outside the week"),
    Row("scccccc -", "not-ready", 6, 1, "symptom-free-week"),
    Row("mcccccc -", "not-ready", 6, 1, "medicine"),
    Row("ncccccc -", "not-ready", 6, 1, "symptom-free-week"),
    Row("ccccccc 1", "not-ready", 0, 8, "today"),
    Row("ccccccc s", "not-ready", 0, 8, "today"),
    Row("ccccccc m", "not-ready", 0, 8, "medicine"),
    Row("ccccc1c c", "not-ready", 2, 6, "symptom-free-week"),
    # no news
    Row(".cccccc -", "unconfirmed", 6, 1, "day-checks"),
    Row("occcccc -", "unconfirmed", 6, 1, "day-checks", "checked at breakfast only"),
    Row("zcccccc -", "unconfirmed", 6, 1, "day-checks", "a zero of a moment is not all day"),
    Row("cccccc. -", "unconfirmed", 0, 7, "day-checks"),
    Row("fffffff -", "ready", 7, 0, because="filled in the next morning"),
    Row("ccccccc !", "see-clinician", 0, 8, "red-flag today"),
    Row("!ccccccc -", "see-clinician", 7, 0, "red-flag", "a red flag stays until it is resolved"),
    # against the verdict
    Row("cccccc r -", "rest-day", 7, 1, "rest-day"),
    Row("ccccccc r", "rest-day", 8, 2, "rest-day"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.line)
def test_the_gate_opens_after_seven_clear_days_and_not_before(row: Row) -> None:
    found = verdict(row.line)
    assert found.status == row.status
    assert found.symptom_free_days == row.count
    assert found.earliest_date == TODAY + timedelta(days=row.earliest)
    assert set(broken(found)) == set(row.broken.split())


@pytest.mark.parametrize("sign", list("1.osmzl!"))
@pytest.mark.parametrize("back", range(1, 8))
def test_any_one_day_of_the_week_keeps_it_shut_and_is_named(sign: str, back: int) -> None:
    line = list("ccccccc-")
    line[-1 - back] = sign
    records = story("".join(line))
    if sign == "l":
        records = tuple(r for r in records if r.day != ago(back))
        records += (pain(ago(back), written=at(TODAY, 9)),)
        profile = Profile(thresholds=Thresholds(recall_days=0))
    else:
        profile = Profile()
    found = judge(records, profile, PROGRAMME, at(TODAY, 22))
    assert not found.is_ready
    assert any(ago(back) in days for days in broken(found).values())


def test_the_reason_is_told_in_words() -> None:
    told = {rule.id: rule.text for rule in verdict("3omc.cs -").rules}
    assert "Sun 15 Nov: pain 3" in told["symptom-free-week"]
    assert "stairs, going down" in told["symptom-free-week"].lower()
    assert "Mon 16 Nov: checked at 08:00, before 18:00" in told["day-checks"]
    assert "Thu 19 Nov: nothing written" in told["day-checks"]
    assert "Tue 17 Nov: medicine taken" in told["medicine"]


def test_what_can_be_filled_in_is_said_with_its_last_day_and_what_it_would_make() -> None:
    found = verdict("cc.cccc -")
    (rule,) = [rule for rule in found.rules if rule.id == "day-checks"]
    assert "Fill in Tue 17 Nov (until Tue 24 Nov), and it is day 7 of 7." in rule.text
    assert [(fill.day, fill.until) for fill in found.fillable] == [(ago(5), ago(-2))]


def test_a_late_day_cannot_be_filled_in() -> None:
    profile = Profile(thresholds=Thresholds(recall_days=1))
    found = verdict("ccc.ccc -", profile)
    assert found.status == "unconfirmed"
    assert found.fillable == ()


def test_a_first_pain_of_one_counts_however_late_it_is_written() -> None:
    records = (*story("ccccccc -"), pain(ago(7), 1, scope="moment", written=at(TODAY, 21)))
    assert judge(records, Profile(), PROGRAMME, at(TODAY, 22)).status == "not-ready"


def test_both_knees_are_asked_for_when_both_are_tracked() -> None:
    both = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right")))
    assert verdict("ccccccc -", both).status == "unconfirmed"
    named = tuple(pain(ago(back), right=0) for back in range(1, 8))
    assert judge(named, both, PROGRAMME, at(TODAY, 22)).status == "ready"


def test_a_knee_added_later_is_asked_for_from_that_day_on() -> None:
    added = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right", since=ago(1))))
    named = (*(pain(ago(back)) for back in range(2, 8)), pain(ago(1), right=0))
    assert judge(named, added, PROGRAMME, at(TODAY, 22)).status == "ready"
    assert verdict("ccccccc -", added).status == "unconfirmed"


def test_pain_in_the_knee_that_is_not_tracked_counts_all_the_same() -> None:
    records = (*story("cccccc. -"), pain(ago(1), 0, right=2))
    assert judge(records, Profile(), PROGRAMME, at(TODAY, 22)).status == "not-ready"


def test_a_changed_threshold_is_named_with_its_default() -> None:
    found = verdict("ccccccc -", Profile(thresholds=Thresholds(symptom_free_needed=10)))
    (week,) = [rule for rule in found.rules if rule.id == "symptom-free-week"]
    assert found.status == "unconfirmed"
    assert found.symptom_free_needed == 10
    assert week.source == "setting"
    assert "10; the default is 7" in week.text
    assert all(rule.source != "setting" for rule in verdict("ccccccc -").rules)


def test_painless_noise_passes_by_setting_and_the_verdict_says_so() -> None:
    lenient = Profile(thresholds=Thresholds(noise_blocks=False))
    found = verdict("ncccccc -", lenient)
    (noise,) = [rule for rule in found.rules if rule.id == "noise"]
    assert found.status == "ready"
    assert noise.source == "setting"
    assert noise.days == (ago(7),)
    records = (*story("ccccccc -"), pain(ago(3), 1, scope="moment", symptoms=("noise",)))
    assert judge(records, lenient, PROGRAMME, at(TODAY, 22)).status == "not-ready"


def test_a_resolved_red_flag_lets_the_gate_open_again_but_not_before_its_day() -> None:
    flag, *rest = story("!ccccccc -")
    resolved = (replace(flag, resolved_on=ago(1)), *rest)
    assert judge(resolved, Profile(), PROGRAMME, at(TODAY, 22)).status == "ready"
    assert judge(resolved, Profile(), PROGRAMME, at(ago(2), 22)).status == "see-clinician"


def test_days_that_are_not_reached_yet_do_not_count() -> None:
    records = (*story("ccccccc -"), pain(TODAY + timedelta(days=1), 5, scope="moment"))
    assert judge(records, Profile(), PROGRAMME, at(TODAY, 22)).status == "ready"


def test_after_a_restore_the_last_days_are_to_be_gone_through_first() -> None:
    records = story("ccccccc -")
    restored = judge(records, Profile(), PROGRAMME, at(TODAY, 22), to_confirm=True)
    assert restored.status == "unconfirmed"
    assert broken(restored) == {"to-confirm": tuple(ago(back) for back in range(7, 0, -1))}
    hurt = judge(story("cccccc1 -"), Profile(), PROGRAMME, at(TODAY, 22), to_confirm=True)
    assert hurt.status == "not-ready"


def test_what_is_deleted_does_not_count() -> None:
    hurt = replace(pain(ago(2), 5, scope="moment"), deleted=True)
    assert judge((*story("ccccccc -"), hurt), Profile(), PROGRAMME, at(TODAY, 22)).status == "ready"


def test_the_verdict_never_says_safe_or_cleared() -> None:
    for row in TABLE:
        found = verdict(row.line)
        said = " ".join([found.headline, *(rule.text + rule.title for rule in found.rules)]).lower()
        assert "safe" not in said
        assert "cleared" not in said
