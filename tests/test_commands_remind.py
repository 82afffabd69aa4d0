"""`remind` says what today still asks for, and is silent when that is nothing."""

import pytest

from tests.conftest import CommandLine

MORNING = "2026-11-22T08:00:00-05:00"
EXERCISED = ("2026-11-18", "2026-11-20", "2026-11-22")


def exercise(cli: CommandLine, *days: str) -> None:
    for day in days:
        cli.ok("done", "all", "--day", day)


def test_on_an_empty_evening_the_check_and_the_exercises_are_due(cli: CommandLine) -> None:
    result = cli("remind")
    assert (result.status, result.err) == (1, "")
    assert result.out == "Knee not checked today. Strength 0 of 3 days. Stretching 0 of 3 days.\n"
    assert cli.content is None
    assert not cli.home.exists()


def test_when_nothing_is_due_it_prints_nothing(cli: CommandLine) -> None:
    exercise(cli, *EXERCISED)
    cli.log_clear_evenings(21, 22)
    result = cli("remind")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_quiet_says_it_by_the_exit_status_alone(cli: CommandLine) -> None:
    due = cli("remind", "--quiet")
    assert (due.status, due.out, due.err) == (1, "", "")
    exercise(cli, *EXERCISED)
    cli.log_clear_evenings(21, 22)
    assert cli("remind", "--quiet").status == 0


@pytest.mark.parametrize(
    ("hour", "is_due"),
    [("22T08:00", False), ("22T17:59", False), ("22T18:00", True), ("22T23:59", True), ("23T02:59", True)],
)
def test_the_check_is_due_from_the_hour_on_from_which_it_closes_the_day(
    cli: CommandLine, hour: str, is_due: bool
) -> None:
    exercise(cli, *EXERCISED)
    out = cli("remind", now=f"2026-11-{hour}:00-05:00").out
    assert ("Knee not checked today" in out) == is_due


def test_a_later_closing_hour_is_waited_for(cli: CommandLine) -> None:
    cli.ok("setup", "--set", "closes_at=21")
    assert "Knee" not in cli("remind").out
    assert "Knee not checked today." in cli("remind", now="2026-11-22T21:00:00-05:00").out


def test_a_check_at_breakfast_does_not_close_the_day(cli: CommandLine) -> None:
    cli.ok("log", "0", "--all-day", now=MORNING)
    assert "Knee not checked today." in cli("remind").out


@pytest.mark.parametrize("words", [("3",), ("0", "--symptom", "squat"), ("0", "--medicine")])
def test_a_day_that_cannot_become_clear_any_more_asks_for_no_check(cli: CommandLine, words: tuple[str, ...]) -> None:
    cli.ok("log", *words)
    assert "Knee" not in cli("remind").out


def test_a_missing_check_of_yesterday_is_due_from_the_morning_on(cli: CommandLine) -> None:
    cli.log_clear_evenings(19, 20)
    assert cli("remind", now=MORNING).out.startswith("Knee not checked yesterday.")
    cli.ok("log", "0", "--all-day", "--day", "yesterday", now=MORNING)
    assert "Knee" not in cli("remind", now=MORNING).out


def test_exercises_are_due_till_they_are_done_today_or_often_enough(cli: CommandLine) -> None:
    exercise(cli, "2026-11-18")
    assert "Strength 1 of 3 days. Stretching 1 of 3 days." in cli("remind").out
    cli.ok("done", "short")
    assert cli("remind").out == "Knee not checked today and yesterday. Stretching 1 of 3 days.\n"


def test_a_run_is_due_on_the_days_on_which_the_log_meets_the_rule(cli: CommandLine) -> None:
    exercise(cli, *EXERCISED)
    cli.log_clear_evenings(15, 21)
    assert cli("remind", now=MORNING).out == "Run day, by your log: stage 1, 4 × (run 1 min, walk 4 min).\n"
    cli.ok("run", "2mi", "--minutes", "25", now=MORNING)
    result = cli("remind", now=MORNING)
    assert (result.status, result.out) == (0, "")
    cli.log_clear_evenings(22, 22)
    assert "Run day" not in cli("remind", now="2026-11-23T08:00:00-05:00").out


def test_no_run_is_due_while_the_log_does_not_meet_the_rule(cli: CommandLine) -> None:
    cli.log_clear_evenings(15, 20)
    assert "Run day" not in cli("remind", now=MORNING).out


def test_a_journal_that_cannot_be_read_is_an_error_and_no_reminder(cli: CommandLine) -> None:
    cli.journal.write_bytes(b"broken")
    result = cli("remind")
    assert (result.status, result.out) == (3, "")
    assert 1 <= len(result.err.splitlines()) <= 2
