"""`ready` and `status` say whether the log meets the rules, and nothing more."""

import re

from tests.conftest import CommandLine

KEYS = [
    "ruleset", "now", "day", "status", "headline", "symptom_free_days", "symptom_free_needed", "earliest_date",
    "phase", "stage", "days", "rules", "advice",
]  # fmt: skip
MORNING = "2026-11-22T08:00:00-05:00"


def test_an_empty_log_is_not_ready_and_makes_no_file(cli: CommandLine) -> None:
    result = cli("ready")
    assert (result.status, result.err, cli.content) == (1, "", None)
    assert "Day 0 of 7." in result.out
    assert "Earliest date: Sun 29 Nov 2026" in result.out
    assert not cli.home.exists()


def test_after_the_week_it_is_ready_and_writes_the_stage_out(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    out = cli.ok("ready", now=MORNING)
    assert "Stage 1 of 8: 4 × (run 1 min, walk 4 min), with 5 min of brisk walking before and after." in out
    assert "Earliest" not in out
    assert "NO " not in out


def test_every_rule_has_its_mark_and_its_source(cli: CommandLine) -> None:
    cli.ok("setup", "--recall-days", "3")
    rules = re.findall(r"^(yes|NO )  .*: .* \[(article|default|your setting)\]$", cli("ready").out, re.MULTILINE)
    assert len(rules) == len(cli("ready", "--json").json["rules"])
    assert ("NO ", "your setting") in rules


def test_it_never_clears_anybody(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    for now in (MORNING, "2026-12-24T08:00:00-05:00"):
        out = cli("ready", now=now).out
        assert out.endswith("Information, not medical advice.\n")
        assert not re.search(r"\b(safe|cleared)\b", out, re.IGNORECASE)


def test_the_document_has_the_promised_keys_in_their_order(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    result = cli("ready", "--json", now=MORNING)
    found = result.json
    assert result.status == 0
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["ruleset"], found["now"], found["day"]) == ("article-1", MORNING, "2026-11-22")
    assert found["stage"] == {"number": 1, "run_min": 1, "walk_min": 4, "repeats": 4, "clean_sessions": 0}
    assert [day["day"] for day in found["days"]][0::13] == ["2026-11-09", "2026-11-22"]
    assert all(list(rule)[:5] == ["id", "source", "holds", "text", "days"] for rule in found["rules"])
    assert found["advice"]


def test_the_document_of_a_log_that_is_not_ready_has_the_status_too(cli: CommandLine) -> None:
    result = cli("ready", "--json")
    assert (result.status, result.json["status"], result.json["stage"]) == (1, "unconfirmed", None)


def test_a_red_flag_names_no_date(cli: CommandLine) -> None:
    cli.ok("log", "2", "--symptom", "locking")
    result = cli("ready")
    assert result.status == 1
    assert "Earliest" not in result.out


def test_status_is_one_line(cli: CommandLine) -> None:
    cli.log_clear_evenings(18, 22)
    cli.ok("done", "short")
    assert cli.ok("status") == "Day 5 of 7 · not confirmed · earliest Wed 25 Nov · strength 1/3 · stretch 0/3\n"


def test_status_says_that_today_is_open(cli: CommandLine) -> None:
    cli.log_clear_evenings(18, 21)
    assert " · today open · " in cli.ok("status")


def test_status_of_an_empty_journal_makes_no_file(cli: CommandLine) -> None:
    assert cli.ok("status").count("\n") == 1
    assert cli.content is None


def test_after_the_first_session_the_stage_is_counted(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    out = cli.ok("run", "2", now=MORNING)
    assert out == "Run 2.0 mi, stage 1, Sun 22 Nov. Rest day: earliest Tue 24 Nov. Stage 1, 0 clean sessions.\n"
    cli.log_clear_evenings(22, 23)
    assert "Stage 1, 1 clean session · ready" in cli.ok("status", now="2026-11-24T08:00:00-05:00")


def test_pain_after_the_first_session_is_a_setback(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 21)
    cli.ok("run", "2", now=MORNING)
    assert "Setback: earliest Thu 26 Nov.\n" in cli.ok("log", "1")
