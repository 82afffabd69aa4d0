"""`run` and `shoes` write runs, and say how worn the shoes are."""

import pytest

from tests.conftest import CommandLine


def test_a_bare_number_is_in_the_units_of_the_profile(cli: CommandLine) -> None:
    cli.ok("run", "2")
    cli.ok("setup", "--units", "km")
    cli.ok("run", "2")
    cli.ok("run", "1.5mi")
    assert sorted(r["distance_m"] for r in cli.records) == [2000, 2414, 3219]


def test_a_run_holds_what_was_said_of_it(cli: CommandLine) -> None:
    words = ("--day", "yesterday", "--minutes", "31.5", "--pain", "1", "--stage", "3", "--note", "flat")
    assert cli.ok("run", "5km", *words).startswith("Run 3.1 mi, 31 min, stage 3, pain 1, Sat 21 Nov.")
    run = cli.records[0]
    found = [run[field] for field in ("day", "distance_m", "duration_s", "pain", "stage", "note", "shoe_id")]
    assert found == ["2026-11-21", 5000, 1890, 1, 3, "flat", None]


def test_a_run_against_the_verdict_is_written_with_a_warning(cli: CommandLine) -> None:
    assert "This run goes against the verdict." in cli.ok("run", "2")
    assert cli.records[0]["stage"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("0",),
        ("-5km",),
        ("5 parsecs",),
        ("",),
        ("NaN",),
        ("٣",),
        ("99999km",),
        ("5", "--minutes", "0"),
        ("5", "--minutes", "-3"),
        ("5", "--minutes", "1e3"),
        ("5", "--minutes", "99999"),
        ("5", "--pain", "11"),
        ("5", "--stage", "0"),
        ("5", "--stage", "9"),
        ("5", "--stage", "-1"),
        ("5", "--shoe", "Nobody's"),
        ("5", "--day", "tomorrow"),
    ],
)
def test_what_no_run_can_be_changes_nothing(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli("run", *words)
    assert (result.status, result.out, cli.content) == (4, "", None)


def test_the_default_pair_is_counted_unless_another_is_named(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Blue", "--since", "2026-11-01", "--default")
    cli.ok("shoes", "add", "Red", "--since", "2026-11-01", "--km", "10")
    cli.ok("run", "1km")
    cli.ok("run", "2km", "--shoe", "red")
    cli.ok("run", "4km", "--shoe", "none")
    cli.ok("shoes", "wear", "Red")
    cli.ok("run", "8km")
    pairs = {s["name"]: (s["distance_m"], s["default"]) for s in cli("shoes", "--json").json}
    assert pairs == {"Blue": (1000, False), "Red": (20_000, True)}
    assert "Without shoes: 1 run, 2.5 mi." in cli.ok("shoes")


def test_without_shoes_the_list_says_how_to_begin(cli: CommandLine) -> None:
    assert "kneejournal shoes add" in cli.ok("shoes")
    assert cli("shoes", "--json").json == []
    assert cli.content is None


def test_a_pair_is_listed_with_the_limit_that_binds(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Blue ones", "--since", "2026-08-01", "--miles", "120.5", "--default")
    line = "Blue ones: running, ok, 120.5 mi of 500.0 mi, 113 days old, default."
    assert cli.ok("shoes") == f"{line} Limit by age: will be reached Mon 1 Feb 2027.\n"
    found = cli("shoes", "--json").json[0]
    assert list(found) == [
        "id", "name", "kind", "status", "distance_m", "since", "age_days", "limit", "limit_date", "default",
    ]  # fmt: skip
    assert (found["distance_m"], found["limit"], found["limit_date"]) == (193_926, "age", "2027-02-01")


def test_everyday_shoes_go_by_age(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Office", "--kind", "everyday", "--bought", "2026-01-05")
    assert cli.ok("shoes").startswith("Office: everyday, retire now, 321 days old. Limit by age: reached")


def test_a_retired_pair_takes_no_new_runs(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Blue", "--since", "2026-08-01")
    cli.ok("shoes", "fitted", "Blue", "--day", "-3")
    cli.ok("shoes", "retire", "Blue", "--day", "yesterday")
    assert cli("run", "1km", "--shoe", "Blue").status == 4
    assert "Blue: running, retired" in cli.ok("shoes")
    assert cli("shoes", "wear", "Blue").status == 4


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("add",), 2),
        (("add", "X", "--miles", "1", "--km", "1"), 2),
        (("add", "X", "--kind", "flying"), 2),
        (("--json", "add", "X"), 2),
        (("add", ""), 4),
        (("add", "X" * 81), 4),
        (("add", "X", "--miles", "-1"), 4),
        (("add", "X", "--miles", "9999999"), 4),
        (("add", "X", "--since", "tomorrow"), 4),
        (("add", "X", "--since", "2026-01-01", "--bought", "2026-02-01"), 4),
        (("add", "X", "--kind", "everyday", "--default"), 4),
        (("retire", "X"), 4),
        (("fitted", "X"), 4),
        (("wear", "X"), 4),
        (("burn", "X"), 2),
    ],
)
def test_shoes_that_cannot_be_change_nothing(cli: CommandLine, words: tuple[str, ...], status: int) -> None:
    assert (cli("shoes", *words).status, cli.content) == (status, None)


def test_a_name_that_is_taken_is_refused(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Blue")
    assert cli("shoes", "add", "BLUE").status == 4
