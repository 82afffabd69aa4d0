"""`log` writes what was said of the knee, and refuses what nobody can have meant."""

import pytest

from kneejournal.domain.records import CODES
from kneejournal.domain.text import NOTE_LIMIT
from tests.conftest import CommandLine


def test_without_all_day_it_is_this_moment(cli: CommandLine) -> None:
    assert cli.ok("log", "3").startswith("Knee 3, at 20:00, Sun 22 Nov. Day 0 of 7.\n")
    assert [(r["scope"], r["time"], r["pain"]) for r in cli.records] == [("moment", "20:00", {"left": 3})]


def test_all_day_is_the_day_check_and_moves_the_count(cli: CommandLine) -> None:
    cli.log_clear_evenings(18, 21)
    assert cli.ok("log", "0", "--all-day").startswith("Knee 0, all day, Sun 22 Nov. Day 5 of 7.\n")


def test_a_past_day_is_meant_as_a_whole(cli: CommandLine) -> None:
    cli.ok("log", "0", "--day", "yesterday")
    assert [(r["day"], r["scope"], r["time"]) for r in cli.records] == [("2026-11-21", "day", None)]


def test_a_past_day_with_a_time_is_a_moment(cli: CommandLine) -> None:
    cli.ok("log", "2", "--day", "-3", "--at", "07:30")
    assert [(r["day"], r["scope"], r["time"]) for r in cli.records] == [("2026-11-19", "moment", "07:30")]


def test_half_past_midnight_belongs_to_the_day_that_is_named(cli: CommandLine) -> None:
    cli.ok("log", "2", "--at", "00:30", now="2026-11-23T00:40:00-05:00")
    assert [(r["day"], r["time"]) for r in cli.records] == [("2026-11-22", "00:30")]


@pytest.mark.parametrize(
    "pain", ["-1", "11", "abc", "3.5", "-3.5", "٣", "NaN", "", " ", "1_0", "+3", "1e1", "\u0660", "3\n"]
)
def test_a_pain_that_is_not_a_whole_number_from_0_to_10_is_bad_data(cli: CommandLine, pain: str) -> None:
    result = cli("log", pain)
    assert (result.status, result.out, cli.content) == (4, "", None)
    assert "from 0 (no pain) to 10" in result.err


def test_a_minus_is_no_option_wherever_it_stands(cli: CommandLine) -> None:
    assert cli("log", "--all-day", "-1").status == 4
    assert cli("log", "-1", "--all-day").status == 4
    assert cli("log", "--", "-1").status == 4
    assert cli("log", "0", "--day", "-1").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("log",),
        ("log", "1", "2"),
        ("log", "1", "--al-day"),
        ("log", "-x"),
        ("log", "1", "--knee", "middle"),
        ("log", "1", "--all-day", "--at", "10:00"),
        ("log", "1", "--correct"),
        ("log", "1", "--at", "10:00", "--correct"),
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli(*words)
    assert (result.status, result.out, cli.content) == (2, "", None)
    assert result.err.startswith("kneejournal: ")


@pytest.mark.parametrize(
    "words",
    [
        ("--at", "7:30"),
        ("--at", "24:00"),
        ("--at", "\u0660\u0667:30"),
        ("--day", "tomorrow"),
        ("--day", "2026-11-23"),
        ("--day", "2026-13-01"),
        ("--day", ""),
        ("--symptom", "sore"),
        ("--symptom", ""),
        ("--symptom", "stairs-down,,squat"),
        ("--knee", "right"),
        ("--knee", "both"),
        ("--note", "x" * (NOTE_LIMIT + 1)),
        ("--note", "half \udcff a sign"),
    ],
)
def test_a_value_that_is_wrong_changes_nothing(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli("log", "1", *words)
    assert (result.status, result.out, cli.content) == (4, "", None)
    assert result.err.startswith("kneejournal: ")
    assert len(result.err.splitlines()) <= 2


def test_an_unknown_symptom_is_answered_with_those_there_are(cli: CommandLine) -> None:
    err = cli("log", "1", "--symptom", "sore").err
    assert all(code in err for code in CODES)


def test_symptoms_are_repeated_or_named_with_commas(cli: CommandLine) -> None:
    cli.ok("log", "1", "--symptom", "squat,stairs-down", "--symptom", "noise", "--medicine")
    assert cli.records[0]["symptoms"] == ["stairs-down", "squat", "noise"]
    assert cli.records[0]["medicine"] is True


def test_a_number_holds_for_all_tracked_knees_unless_one_is_named(cli: CommandLine) -> None:
    cli.ok("setup", "--knee", "both")
    cli.ok("log", "2", "--at", "09:00")
    cli.ok("log", "4", "--at", "10:00", "--knee", "right")
    pains = [r["pain"] for r in sorted(cli.records, key=lambda r: str(r["time"]))]
    assert pains == [{"left": 2, "right": 2}, {"right": 4}]


def test_the_one_tracked_knee_can_be_named(cli: CommandLine) -> None:
    cli.ok("setup", "--knee", "right")
    cli.ok("log", "2", "--knee", "right")
    assert cli.records[0]["pain"] == {"right": 2}


def test_before_the_setup_it_says_which_knee_it_took(cli: CommandLine) -> None:
    assert "left knee" in cli.ok("log", "0")
    cli.ok("setup", "--knee", "left")
    assert "setup" not in cli.ok("log", "0", "--all-day")


def test_a_lower_check_is_refused_until_it_is_asked_for(cli: CommandLine) -> None:
    cli.ok("log", "3", "--all-day")
    result = cli("log", "0", "--all-day")
    assert result.status == 4
    assert "--correct" in result.err
    assert "Knee 0" in cli.ok("log", "0", "--all-day", "--correct")
    assert cli.records[0]["pain"] == {"left": 0}


def test_the_same_check_twice_is_written_once(cli: CommandLine) -> None:
    cli.ok("log", "0", "--all-day")
    before = cli.content
    assert "Written already. Day 1 of 7." in cli.ok("log", "0", "--all-day")
    assert cli.content == before


def test_a_note_comes_from_standard_input(cli: CommandLine) -> None:
    cli.ok("log", "1", "--note", "-", stdin="auf der Straße\nund bergab\n".encode())
    assert cli.records[0]["note"] == "auf der Straße\nund bergab"


@pytest.mark.parametrize("stdin", [b"\xff\xfe", b"x" * (NOTE_LIMIT + 1), "ß".encode() * 1_000_000])
def test_a_note_that_is_no_text_or_too_long_is_bad_data(cli: CommandLine, stdin: bytes) -> None:
    result = cli("log", "1", "--note", "-", stdin=stdin)
    assert (result.status, cli.content) == (4, None)
    assert "UTF-8" in result.err or str(NOTE_LIMIT) in result.err


def test_the_longest_note_is_written(cli: CommandLine) -> None:
    cli.ok("log", "1", "--note", "-", stdin="ß".encode() * NOTE_LIMIT)
    assert cli.records[0]["note"] == "ß" * NOTE_LIMIT


def test_notes_of_one_day_that_are_too_long_together_are_bad_data(cli: CommandLine) -> None:
    cli.ok("log", "1", "--all-day", "--note", "a" * NOTE_LIMIT)
    before = cli.content
    assert cli("log", "1", "--all-day", "--note", "b").status == 4
    assert cli.content == before


def test_a_red_flag_is_what_the_answer_says_first(cli: CommandLine) -> None:
    assert "See a clinician first" in cli.ok("log", "2", "--symptom", "locking")
