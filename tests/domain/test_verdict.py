"""RULES 7: what a verdict carries, beside its status and its reasons."""

from datetime import date, timedelta

import pytest

from kneejournal.domain.case import Status
from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import judge
from tests.domain.stories import PROGRAMME, TODAY, ago, at, story, verdict

WEEK = "ccccccc"
THROUGH = WEEK + "Rc" * 16


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        (WEEK + "!", "see-clinician", "See a clinician first"),
        (WEEK + "R1", "setback", "pain came back"),
        ("1", "not-ready", "does not meet the article's rule"),
        ("-", "unconfirmed", "not complete enough"),
        (WEEK + "R", "rest-day", "A rest day"),
        (WEEK + "-", "ready", "short intervals"),
        (WEEK + "Rc -", "ready", "short intervals"),
        (THROUGH + "-", "ready", "keep up the day-checks"),
        (THROUGH + ".-", "unconfirmed", "not complete enough"),
        (THROUGH + "m", "not-ready", "does not meet the article's rule"),
    ],
)
def test_its_first_sentence_says_how_things_stand(line: str, status: Status, told: str) -> None:
    found = verdict(line)
    assert found.status == status
    assert told in found.headline


def test_it_shows_the_last_14_days_oldest_first_with_their_states() -> None:
    found = verdict("1 c1m.oz s cc f c m c o")
    assert [line.day for line in found.days] == [ago(back) for back in range(13, -1, -1)]
    assert [line.state for line in found.days] == [
        "clear", "symptoms", "masked", "unlogged", "open", "open", "symptoms",
        "clear", "clear", "clear", "clear", "masked", "clear", "open",
    ]  # fmt: skip


def test_it_is_of_the_journal_day_and_keeps_the_moment_it_was_asked_for() -> None:
    after_midnight = at(TODAY + timedelta(days=1), 1)
    found = judge(story(WEEK + "-"), Profile(), PROGRAMME, after_midnight)
    assert (found.now, found.day) == (after_midnight, TODAY)


@pytest.mark.parametrize(
    ("line", "number", "minutes", "clean"),
    [
        (WEEK + "-", 1, (1, 4, 4), 0),
        (WEEK + "Rc -", 1, (1, 4, 4), 1),
        (WEEK + "RcRc -", 2, (2, 3, 4), 0),
        (WEEK + "Rc" * 8 + "-", 5, (9, 1, 2), 0),
        (WEEK + "Rc" * 10 + "-", 6, (20, 0, 1), 0),
    ],
)
def test_it_says_how_to_run_the_next_session(line: str, number: int, minutes: tuple[int, int, int], clean: int) -> None:
    stage = verdict(line).stage
    assert stage is not None
    assert (stage.number, stage.clean_sessions) == (number, clean)
    assert (stage.run_min, stage.walk_min, stage.repeats) == minutes


@pytest.mark.parametrize("line", ["-", "cccccc -", "1", WEEK + "1", WEEK + "r -"])
def test_before_the_gate_has_opened_it_names_no_session(line: str) -> None:
    assert verdict(line).stage is None


@pytest.mark.parametrize(
    ("after_the_week", "pending"),
    [
        ("R -", ago(1)),
        ("R o", None),
        ("R z", None),
        ("R c -", None),
        ("R", None),
        ("Rc Rc R -", ago(1)),
        ("Rc R z", None),
        ("Rc Rc R z", None),
        ("r -", None),
        ("R.-", None),
    ],
)
def test_it_names_the_session_that_waits_for_the_next_zero(after_the_week: str, pending: date | None) -> None:
    assert verdict(WEEK + after_the_week).pending == pending


def test_a_zero_said_again_too_late_does_not_make_a_session_clean() -> None:
    stale = verdict(WEEK + "R l -")
    assert stale.stage is not None
    assert stale.stage.clean_sessions == 0
    assert stale.status == "unconfirmed"


def test_a_clear_day_eight_days_ago_does_not_count_past_a_day_that_is_not_clear() -> None:
    assert verdict("c1c -").symptom_free_days == 1
    assert verdict("ccc.c").symptom_free_days == 1
    assert verdict("ccccccccc").symptom_free_days == 9
