"""`today` shows the day, `done` ticks exercises."""

import pytest

from tests.conftest import CommandLine


def test_an_empty_day_shows_every_exercise_and_makes_no_file(cli: CommandLine) -> None:
    out = cli.ok("today")
    assert out.count("[ ]") == 10
    assert out.startswith("Sun 22 Nov. Day 0 of 7.\n")
    assert "strength 0 of 3, stretch 0 of 3 (5 suggested)" in out
    assert cli.content is None
    assert not cli.home.exists()


def test_a_tick_is_shown_with_its_pain(cli: CommandLine) -> None:
    assert cli.ok("done", "clam", "--pain", "2").startswith("Clamshell done, pain 2, Sun 22 Nov. Day 0 of 7.\n")
    assert "[x] clamshell: Clamshell, 3 × 10 a side, pain 2" in cli.ok("today")


def test_the_short_session_makes_a_strength_day(cli: CommandLine) -> None:
    out = cli.ok("done", "short")
    assert out.startswith("4 exercises done, Sun 22 Nov.")
    assert "strength 1 of 3" in out


def test_undo_unticks(cli: CommandLine) -> None:
    cli.ok("done", "all")
    cli.ok("done", "all", "--undo")
    assert all(row["done"] is False for row in cli("today", "--json").json["exercises"])


def test_ticks_of_another_day_stand_there(cli: CommandLine) -> None:
    cli.ok("done", "itb", "--day", "-2")
    assert [r["day"] for r in cli.records] == ["2026-11-20"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("done",), 2),
        (("done", "squats"), 4),
        (("done", "straight"), 4),
        (("done", ""), 4),
        (("done", "-1"), 4),
        (("done", "clam", "--pain", "11"), 4),
        (("done", "clam", "--day", "2027-01-01"), 4),
        (("done", "clam", "--all"), 2),
    ],
)
def test_what_is_no_exercise_changes_nothing(cli: CommandLine, words: tuple[str, ...], status: int) -> None:
    assert (cli(*words).status, cli.content) == (status, None)


def test_the_document_of_the_day_has_the_promised_keys(cli: CommandLine) -> None:
    cli.ok("done", "short")
    cli.ok("log", "2", "--at", "08:00")
    found = cli("today", "--json").json
    promised = ["day", "phase", "exercises", "strength_days_7", "stretch_days_7", "target", "knee"]
    assert list(found)[: len(promised)] == promised
    assert list(found["exercises"][0]) == ["id", "name", "group", "kind", "dose", "done", "pain"]
    assert (found["day"], found["phase"], found["knee"]) == ("2026-11-22", "rehab", {"left": 2})
    assert (found["strength_days_7"], found["stretch_days_7"], found["target"]) == (1, 0, 3)


def test_a_day_without_pain_entries_has_no_knee(cli: CommandLine) -> None:
    assert cli("today", "--json").json["knee"] is None


def test_yesterday_is_asked_for_while_it_can_be_closed(cli: CommandLine) -> None:
    cli.log_clear_evenings(20, 20)
    assert "And yesterday?" in cli.ok("today")
    cli.ok("log", "0", "--day", "yesterday")
    assert "And yesterday?" not in cli.ok("today")


def test_a_worn_pair_is_warned_of(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Old", "--since", "2026-01-02")
    assert "Shoes: Old are past their limit" in cli.ok("today")
