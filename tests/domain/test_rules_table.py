"""Every rule of the verdict twice, at its edge: the smallest journal that just holds, and the one that just breaks it.

To read and to correct without knowing the code. A journal is one line of signs, a sign a day, the last one today;
today is Sunday 22 November 2026, ten in the evening. The signs used here:

c   clear, closed by a day-check    R   a session of the plan, then c    1   pain of 1
.   nothing written                 P   a session, the day not closed    n   painless noise
-   today, nothing written yet      H   a session that hurt (pain 1)     m   medicine taken
r   a run outside the plan, then c                                       !   a red flag (locking)

Some rules only speak up when there is something to say: `is silent` marks the journal in which they do not.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pytest

from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.reasons import RULES, RuleResult
from tests.domain.stories import PROGRAMME, TODAY, ago, at, story

USUAL = Profile()
NOISE_MAY_PASS = Profile(thresholds=Thresholds(noise_blocks=False))

THE_WEEK = (7, 6, 5, 4, 3, 2, 1)
THE_LAST_THREE = (3, 2, 1)


@dataclass(frozen=True)
class Row:
    rule: str
    journal: str
    outcome: Literal["holds", "breaks", "is silent"]
    because: str
    names: tuple[int, ...]
    """The days that make or break it, in days before today."""
    says: str
    """Words of the rule; of the whole verdict where the rule is silent."""
    profile: Profile = USUAL
    is_restored: bool = False


TABLE = [
    Row("red-flag", "-", "holds",
        "Without a red flag nobody has to be seen first.",
        (), "No red flag is waiting"),
    Row("red-flag", "!", "breaks",
        "One red flag comes before everything else, and stays until it is resolved.",
        (0,), "Sun 22 Nov: knee locks or gets stuck"),

    Row("symptom-free-week", "1ccccccc -", "holds",
        "Pain eight days ago is outside the week up to yesterday.",
        THE_WEEK, "No symptoms on any of the 7 days up to yesterday"),
    Row("symptom-free-week", "1cccccc -", "breaks",
        "Pain of 1 seven days ago is inside it: the article asks for a week without any.",
        (7,), "Symptoms on the 7 days up to yesterday: Sun 15 Nov: pain 1"),

    Row("today", "-", "holds",
        "Nothing bad is written for today.",
        (0,), "No symptoms written for today"),
    Row("today", "1", "breaks",
        "Pain today, however little, and today is no day to run.",
        (0,), "Symptoms today: pain 1"),

    Row("medicine", "c", "holds",
        "Nothing was taken that could hide symptoms.",
        THE_WEEK, "No pain medicine"),
    Row("medicine", "m", "breaks",
        "A zero under medicine is not a zero.",
        (0,), "does not count as clear: Sun 22 Nov: medicine taken"),

    Row("day-checks", "ccccccc -", "holds",
        "Seven evenings closed, up to yesterday; today need not be closed yet.",
        THE_WEEK, "Every day that counts was closed by a day-check"),
    Row("day-checks", "cccccc -", "breaks",
        "Six are not seven: a day of which nothing is known is not a good day.",
        (7,), "Sun 15 Nov: nothing written"),

    Row("setback", "1", "is silent",
        "Pain before the first session shuts the gate, but it is not a setback.",
        (), "Not yet: your log does not meet the article's rule"),
    Row("setback", "H", "breaks",
        "Any symptom from the first session on is a setback.",
        (0,), "Pain came back on Sun 22 Nov: a minor setback"),

    Row("setback-clear-days", "H ccr -", "holds",
        "Three clear days in a row after a minor setback (here only the days off are still missing).",
        THE_LAST_THREE, "3 clear days in a row"),
    Row("setback-clear-days", "H cc -", "breaks",
        "Two clear days are not three; the day that hurt is named.",
        (3,), "2 of 3 clear days in a row"),

    Row("setback-days-off", "H ... -", "holds",
        "Three full days without running (here only the day-checks are missing).",
        THE_LAST_THREE, "3 full days without running"),
    Row("setback-days-off", "H .. -", "breaks",
        "Two days off are not three; the day of the run is named.",
        (3,), "2 of 3 full days without running"),

    Row("before-run", "ccccccc R c -", "holds",
        "The day of the last session and every day since are clear.",
        (2, 1), "Every day since the last run is clear"),
    Row("before-run", "ccccccc P c -", "breaks",
        "The day of the last session was never closed, so nobody knows how it ended.",
        (2,), "Fri 20 Nov: no day-check"),


    Row("rest-day", "r . -", "holds",
        "The day between has passed.",
        (), "At least one day without running lies between"),
    Row("rest-day", "r -", "breaks",
        "A run yesterday, and a day without running is owed today.",
        (1,), "You ran on Sat 21 Nov"),

    Row("gate-again", "ccccccc R", "is silent",
        "The first session came after a whole clear week.",
        (), "A rest day"),
    Row("gate-again", "cccccc R", "breaks",
        "The first session came a day too early: the whole week is asked for again.",
        (), "the whole symptom-free week is asked for again"),

    Row("to-confirm", "ccccccc -", "is silent",
        "The journal is as it was written.",
        (), "ready for short intervals"),
    Row("to-confirm", "ccccccc -", "breaks",
        "After a restore a painful entry may be missing, so the last days are gone through first.",
        THE_WEEK, "an entry may be missing", is_restored=True),

    Row("noise", "ncccccc -", "holds",
        "With a clinician's word for it, painless noise may pass; the verdict then says so.",
        (7,), "let pass, as your setting says: Sun 15 Nov", profile=NOISE_MAY_PASS),
    Row("noise", "ncccccc -", "is silent",
        "Without that setting noise is a symptom like any other, as in the article, and breaks the week.",
        (), "Symptoms on the 7 days up to yesterday: Sun 15 Nov: clicking, popping, grinding"),
]  # fmt: skip


def judged(row: Row) -> Verdict:
    return judge(story(row.journal), row.profile, PROGRAMME, at(TODAY, 22), to_confirm=row.is_restored)


def the_rule(row: Row) -> RuleResult | None:
    return next((rule for rule in judged(row).rules if rule.id == row.rule), None)


every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.rule} {row.outcome}: {row.journal}")


def test_every_rule_is_in_the_table_twice_once_broken_and_once_not() -> None:
    assert Counter(row.rule for row in TABLE) == dict.fromkeys(RULES, 2)
    for rule in RULES.keys() - {"noise"}:
        assert {row.outcome == "breaks" for row in TABLE if row.rule == rule} == {True, False}


def test_every_row_says_why_in_one_sentence() -> None:
    for row in TABLE:
        assert row.because.endswith(".")
        assert row.because.count(".") == 1


@every_row
def test_the_rule_holds_breaks_or_is_silent_as_the_table_says(row: Row) -> None:
    rule = the_rule(row)
    found = "is silent" if rule is None else "holds" if rule.holds else "breaks"
    assert found == row.outcome


@every_row
def test_it_names_the_days_that_decide(row: Row) -> None:
    rule = the_rule(row)
    assert (rule.days if rule else ()) == tuple(ago(days) for days in row.names)


@every_row
def test_it_says_so_in_these_words(row: Row) -> None:
    verdict, rule = judged(row), the_rule(row)
    told = rule.text if rule else " ".join([verdict.headline, *(other.text for other in verdict.rules)])
    assert row.says in told


@every_row
def test_a_broken_rule_keeps_the_verdict_from_ready(row: Row) -> None:
    if row.outcome == "breaks":
        assert not judged(row).is_ready
