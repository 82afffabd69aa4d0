"""RULES 5 and 6: stages, clean sessions, rest days, breaks, setbacks."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from kneejournal.domain.case import Status
from kneejournal.domain.profile import Profile
from kneejournal.domain.progress import Phase
from kneejournal.domain.readiness import judge
from tests.domain.stories import PROGRAMME, TODAY, ago, at, broken, pain, run, story, verdict

WEEK = "ccccccc"


@dataclass(frozen=True)
class Row:
    after_the_week: str
    status: Status
    stage: int | None
    clean: int
    earliest: int
    because: str = ""
    phase: Phase = "return"


TABLE = [
    # sessions, rest days and clean sessions
    Row("-", "ready", 1, 0, 0, "the first session", "rehab"),
    Row("R", "rest-day", 1, 0, 2, "the session of today"),
    Row("R -", "rest-day", 1, 0, 1, "pending: no zero yet"),
    Row("R z", "rest-day", 1, 1, 1, "a first zero in the morning makes it clean"),
    Row("R c -", "ready", 1, 1, 0),
    Row("Rc R", "rest-day", 1, 1, 2, "the second one is pending"),
    Row("Rc R z", "rest-day", 2, 0, 1, "two clean sessions: stage 2"),
    Row("Rc Rc -", "ready", 2, 0, 0),
    Row("Rc Rc Rc Rc -", "ready", 3, 0, 0),
    Row("Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc Rc -", "ready", 8, 1, 0),
    Row("RR -", "rest-day", 1, 1, 1, "two days running: the second does not count, the first has its zero"),
    # a clear record before each run
    Row("P -", "unconfirmed", 1, 0, 3, "the session's own day was never closed"),
    Row("P c -", "unconfirmed", 1, 0, 2, "three clear days in a row, or the day filled in"),
    Row("P ccc -", "ready", 1, 0, 0, "three clear days are always enough"),
    Row("R . -", "unconfirmed", 1, 0, 3),
    Row("Rc . -", "unconfirmed", 1, 1, 3),
    Row("Rc .ccc -", "ready", 1, 1, 0),
    Row("R c m", "not-ready", 1, 1, 4, "medicine hides symptoms"),
    Row("R m -", "unconfirmed", 1, 0, 3, "a masked day is not a clear one"),
    # setbacks
    Row("H", "setback", 1, 0, 4, "the run hurt: minor, three clear days off"),
    Row("R 1", "setback", 1, 0, 4),
    Row("R 1 -", "setback", 1, 0, 3),
    Row("R 1 cc -", "setback", 1, 0, 1),
    Row("R 1 ccc -", "ready", 1, 0, 0),
    Row("Rc Rc Rc 1 ccc -", "ready", 1, 0, 0, "one stage lower after a minor setback"),
    Row("Rc Rc Rc Rc R 1 ccc -", "ready", 2, 0, 0),
    Row("Rc Rc Rc Rc R 3 ccc -", "setback", 1, 0, 4, "pain of 3: a major one, seven days"),
    Row("Rc Rc Rc Rc R 3 ccccccc -", "ready", 1, 0, 0, "stage 1 after a major setback"),
    Row("Rc Rc Rc Rc R 11 ccc -", "setback", 1, 0, 4, "two days in a row"),
    Row("Rc Rc Rc Rc R w ccc -", "setback", 1, 0, 4, "swelling"),
    Row("Rc Rc Rc Rc R M ccc -", "setback", 1, 0, 4, "medicine"),
    Row("Rc Rc Rc Rc R 1 ccc Rc 1 ccc -", "setback", 1, 0, 4, "the second within 14 days"),
    Row("Rc Rc Rc Rc R 1 ccc Rc Rc Rc Rc Rc Rc 1 ccc -", "ready", 4, 0, 0, "the second after more than 14 days"),
    Row("R 1 c1 ccc -", "setback", 1, 0, 4, "pain again before it was over"),
    Row("R 1 cmccc -", "ready", 1, 0, 0, "a masked day pauses, it is not another setback"),
    Row("R 1 ccr -", "setback", 1, 0, 3, "three full days without running as well"),
    Row("R 1 .ccc -", "ready", 1, 0, 0, "what is not written delays, and no more"),
    Row("R 1 c.c -", "setback", 1, 0, 2),
    # after a break
    Row("Rc Rc Rc Rc " + "c" * 12 + " -", "ready", 2, 0, 0, "14 days since the last run: one stage lower"),
    Row("Rc Rc Rc Rc " + "c" * 11 + " -", "ready", 3, 0, 0, "13 days are not 14"),
    Row("Rc Rc Rc Rc " + "c" * 26 + " -", "ready", 1, 0, 0, "28 days: two stages"),
    Row("Rc Rc " + "." * 14 + " ccc -", "unconfirmed", 1, 0, 4, "14 days without a clear one: the whole week again"),
    Row("Rc Rc " + "." * 13 + " ccc -", "ready", 1, 0, 0, "13 days are not 14"),
    Row("Rc Rc " + "." * 14 + " ccccccc -", "ready", 1, 0, 0),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.after_the_week)
def test_the_plan_goes_on_only_while_nothing_hurts(row: Row) -> None:
    found = verdict(WEEK + row.after_the_week)
    assert found.status == row.status
    assert found.phase == row.phase
    assert found.stage is not None
    assert (found.stage.number, found.stage.clean_sessions) == (row.stage, row.clean)
    assert found.earliest_date == TODAY + timedelta(days=row.earliest)
    assert found.is_ready is not bool(broken(found))


def test_after_the_last_stage_running_is_free() -> None:
    through = WEEK + "Rc" * 16
    assert verdict(through + "-").phase == "maintain"
    assert verdict(through + "-").stage is None
    assert verdict(through + "r r -").status == "ready"
    assert verdict(through + "r . -").status == "unconfirmed"


def test_pain_in_maintenance_is_a_setback_and_leads_back_into_the_plan() -> None:
    through = WEEK + "Rc" * 16
    hurt = verdict(through + "r1")
    assert (hurt.status, hurt.phase) == ("setback", "return")
    back = verdict(through + "r1ccc -")
    assert back.status == "ready"
    assert back.stage is not None
    assert back.stage.number == 8
    assert verdict(through + "r3ccccccc -").stage == verdict(WEEK + "R3ccccccc -").stage


def test_a_break_from_maintenance_leads_back_into_the_plan() -> None:
    found = verdict(WEEK + "Rc" * 16 + "c" * 13 + "-")
    assert found.phase == "return"
    assert found.stage is not None
    assert found.stage.number == 8


def test_a_run_of_a_lower_stage_does_not_move_the_plan() -> None:
    records = tuple(r for r in story(WEEK + "Rc Rc Rc -") if r.day != ago(2))
    for stage, clean in ((1, 0), (2, 1), (5, 1)):
        found = judge((*records, pain(ago(2)), run(ago(2), stage=stage)), Profile(), PROGRAMME, at(TODAY, 22))
        assert found.stage is not None
        assert (found.stage.number, found.stage.clean_sessions) == (2, clean)


def test_a_first_session_before_the_gate_had_opened_leaves_the_week_to_be_passed() -> None:
    found = verdict("cccc R c -")
    assert found.phase == "return"
    assert found.status == "unconfirmed"
    assert "gate-again" in broken(found)
    assert verdict("cccc R cc -").status == "ready"


def test_late_news_of_pain_before_the_first_session_shuts_the_gate_again() -> None:
    records = story(WEEK + "R c -")
    assert judge(records, Profile(), PROGRAMME, at(TODAY, 22)).status == "ready"
    late = (*records, pain(ago(5), 1, scope="moment", written=at(TODAY, 21)))
    assert judge(late, Profile(), PROGRAMME, at(TODAY, 22)).status == "not-ready"


def test_a_setback_says_what_it_is_and_what_is_needed() -> None:
    told = {rule.id: rule.text for rule in verdict(WEEK + "Rc Rc R 3 c -").rules}
    assert "major" in told["setback"]
    assert "Fri 20 Nov" in told["setback"]
    assert told["setback-clear-days"].startswith("1 of 7 clear days")
    assert told["setback-days-off"].startswith("2 of 7 full days")


def test_imported_runs_are_no_sessions_but_rest_is_owed_after_them() -> None:
    found = verdict(WEEK + "r -")
    assert found.phase == "rehab"
    assert found.status == "rest-day"


@pytest.mark.parametrize(
    ("after_the_week", "is_pending"),
    [("R -", True), ("R z", False), ("R 1", False), ("R m", False), ("P -", False), ("Rc -", False)],
)
def test_a_session_is_pending_only_while_a_zero_of_today_would_make_it_clean(
    after_the_week: str, is_pending: bool
) -> None:
    assert verdict(WEEK + after_the_week).pending == (ago(1) if is_pending else None)
