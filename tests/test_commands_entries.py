"""The journal is listed, changed, deleted and taken back."""

import pytest

from tests.conftest import CommandLine


def only_id(cli: CommandLine) -> str:
    return str(cli("entries", "--json").json[0]["id"])


def test_an_empty_journal_says_what_will_be_here(cli: CommandLine) -> None:
    assert "kneejournal log 0 --all-day" in cli.ok("entries")
    assert cli("entries", "--json").json == []
    assert cli.content is None


def test_entries_are_listed_newest_first_with_all_that_was_said(cli: CommandLine) -> None:
    cli.ok("log", "0", "--day", "yesterday")
    cli.ok("log", "3", "--symptom", "stairs-down,swelling", "--medicine", "--note", "first\nsecond")
    lines = cli.ok("entries").splitlines()
    newest = only_id(cli)[:8]
    symptoms = "Symptoms: Stairs, going down; Swelling. Medicine taken."
    assert lines[0] == f"{newest}  Knee 3, at 20:00, Sun 22 Nov. {symptoms}"
    assert lines[1:3] == ["          first", "          second"]
    assert lines[3].endswith("  Knee 0, all day, Sat 21 Nov.")


def test_the_document_of_the_entries_holds_the_records_as_exported(cli: CommandLine) -> None:
    cli.log_clear_evenings(20, 22)
    assert cli("entries", "--json").json == cli.records[::-1]


def test_days_bound_the_list(cli: CommandLine) -> None:
    cli.log_clear_evenings(18, 22)
    assert len(cli.ok("entries", "--from", "-3", "--to", "yesterday").splitlines()) == 3
    assert "Nothing is written on these days" in cli.ok("entries", "--to", "2026-11-01")


def test_days_the_wrong_way_round_are_bad_data(cli: CommandLine) -> None:
    assert cli("entries", "--from", "today", "--to", "yesterday").status == 4


def test_an_entry_is_deleted_and_brought_back(cli: CommandLine) -> None:
    cli.ok("log", "3")
    assert cli.ok("delete", only_id(cli)[:8]).startswith("Deleted: Knee 3, at 20:00")
    assert cli("entries", "--json").json == []
    assert cli.ok("undo").startswith("Taken back: Deleted: Knee 3")
    assert len(cli("entries", "--json").json) == 1


def test_with_nothing_written_there_is_nothing_to_undo(cli: CommandLine) -> None:
    assert (cli("undo").status, cli.content) == (4, None)


@pytest.mark.parametrize("record_id", ["abcd1234", "ab", "", "%", "-1"])
def test_an_id_that_names_nothing_is_bad_data(cli: CommandLine, record_id: str) -> None:
    assert cli("delete", record_id).status == 4
    assert cli("edit", record_id, "--pain", "2").status == 4


def test_fields_of_an_entry_are_changed_in_place(cli: CommandLine) -> None:
    cli.ok("log", "3", "--symptom", "squat", "--medicine", "--note", "as it was")
    changes = ("--pain", "2", "--symptom", "swelling,noise", "--no-medicine", "--note", "", "--at", "19:00")
    assert cli.ok("edit", only_id(cli), *changes).startswith("Changed: Knee 2, at 19:00, Sun 22 Nov.")
    record = cli.records[0]
    found = [record[field] for field in ("pain", "symptoms", "medicine", "note", "time")]
    assert found == [{"left": 2}, ["swelling", "noise"], False, "", "19:00"]
    cli.ok("edit", only_id(cli), "--no-symptoms")
    assert cli.records[0]["symptoms"] == []


def test_the_other_knee_stays_as_it_is(cli: CommandLine) -> None:
    cli.ok("setup", "--knee", "both")
    cli.ok("log", "3")
    cli.ok("edit", only_id(cli), "--pain", "1", "--knee", "right")
    assert cli.records[0]["pain"] == {"left": 3, "right": 1}
    cli.ok("edit", only_id(cli), "--pain", "0")
    assert cli.records[0]["pain"] == {"left": 0, "right": 0}


def test_exercises_runs_and_shoes_are_changed_too(cli: CommandLine) -> None:
    cli.ok("done", "clam")
    cli.ok("edit", only_id(cli), "--not-done", "--pain", "4")
    assert (cli.records[0]["done"], cli.records[0]["pain"]) == (False, 4)
    cli.ok("undo")
    cli.ok("delete", only_id(cli))
    cli.ok("run", "3mi")
    cli.ok("edit", only_id(cli), "--distance", "5km", "--minutes", "30.5", "--stage", "2")
    run = cli("entries", "--json").json[0]
    assert (run["distance_m"], run["duration_s"], run["stage"]) == (5000, 1830, 2)
    cli.ok("edit", only_id(cli), "--stage", "none")
    assert cli("entries", "--json").json[0]["stage"] is None


def test_a_run_is_given_shoes_and_loses_them(cli: CommandLine) -> None:
    cli.ok("run", "3mi")
    run = only_id(cli)
    cli.ok("shoes", "add", "Blue ones")
    cli.ok("edit", run, "--shoe", "blue")
    assert cli("shoes", "--json").json[0]["distance_m"] == 4828
    cli.ok("edit", run, "--shoe", "none")
    assert cli("shoes", "--json").json[0]["distance_m"] == 0


def test_shoes_are_renamed_but_never_to_a_name_that_is_taken(cli: CommandLine) -> None:
    cli.ok("shoes", "add", "Blue ones")
    blue = only_id(cli)
    cli.ok("shoes", "add", "Red ones")
    assert cli("edit", blue, "--name", "red ONES").status == 4
    cli.ok("edit", blue, "--name", "Sky", "--since", "2026-08-01", "--miles", "10")
    sky = next(s for s in cli("shoes", "--json").json if s["name"] == "Sky")
    assert (sky["since"], sky["distance_m"]) == ("2026-08-01", 16093)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 2),
        (("--knee", "left"), 2),
        (("--symptom", "squat", "--no-symptoms"), 2),
        (("--shoe", "none", "--note", "x"), 2),
        (("--pain", "11"), 4),
        (("--pain", "-1"), 4),
        (("--pain", "1", "--knee", "right"), 4),
        (("--symptom", "sore"), 4),
        (("--distance", "3mi"), 4),
        (("--stage", "9"), 4),
        (("--name", "x"), 4),
        (("--shoe", "none"), 4),
        (("--done",), 4),
        (("--since", "2027-01-01"), 4),
    ],
)
def test_a_change_that_cannot_be_leaves_the_entry(cli: CommandLine, words: tuple[str, ...], status: int) -> None:
    cli.ok("log", "3")
    record, before = only_id(cli), cli.content
    assert (cli("edit", record, *words).status, cli.content) == (status, before)


def test_the_check_of_a_day_has_no_time(cli: CommandLine) -> None:
    cli.ok("log", "3", "--all-day")
    assert cli("edit", only_id(cli), "--at", "10:00").status == 4


def test_a_red_flag_stays_until_it_is_resolved(cli: CommandLine) -> None:
    assert cli("resolve").status == 4
    cli.ok("log", "2", "--symptom", "locking", "--day", "-2")
    assert cli("resolve", "--day", "-5").status == 4
    assert cli.ok("resolve").startswith("Red flag resolved, Sun 22 Nov.")
    assert cli.records[0]["resolved_on"] == "2026-11-22"
