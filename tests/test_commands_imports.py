"""Runs come in through the command line: previewed, named, once, and taken back by one undo."""

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from kneejournal.commands.progress import Progress
from tests.conftest import CommandLine
from tests.interop.found import SAMPLES, table, zipped
from tests.interop.test_garmin import ENGLISH as GARMIN
from tests.interop.test_garmin import row as garmin_row
from tests.interop.test_strava import ENGLISH as STRAVA
from tests.interop.test_strava import a_week
from tests.interop.test_strava import row as strava_row

FIT = SAMPLES / "fit" / "garmin-fenix-5-run.fit"


@pytest.fixture
def strava(tmp_path: Path) -> Path:
    return a_week(tmp_path / "activities.csv")


def test_the_answer_says_what_came_in_and_what_did_not(cli: CommandLine, strava: Path) -> None:
    assert cli.ok("import", str(strava)).splitlines() == [
        "Imported activities.csv: 3 new runs, 9.3 mi, Wed 18 Nov to Sun 22 Nov.",
        "New shoes: 1.",
        "  Blue, worn since Wed 18 Nov",
        "Skipped: 3.",
        "  not a run (Ride): activities.csv rows 3, 7",
        "  in the future: activities.csv row 6",
        "To take it back: kneejournal undo",
    ]
    runs = [record for record in cli.records if record["kind"] == "run"]
    assert [(run["day"], run["source"], run["external_id"], run["stage"], run["pain"]) for run in runs] == [
        ("2026-11-18", "strava", "1", None, None),
        ("2026-11-20", "strava", "3", None, None),
        ("2026-11-22", "strava", "4", None, None),
    ]
    assert [(shoe["name"], shoe["distance_m"]) for shoe in cli("shoes", "--json").json] == [("Blue", 10004)]


def test_a_second_import_changes_nothing(cli: CommandLine, strava: Path) -> None:
    cli.ok("import", str(strava))
    before = cli.content
    out = cli.ok("import", str(strava))
    assert out.startswith("Imported activities.csv: nothing new.\nAlready here: 3 runs.\n")
    assert out.endswith("Nothing was changed.\n")
    assert cli.content == before


def test_a_dry_run_names_every_run_and_writes_nothing(cli: CommandLine, strava: Path) -> None:
    out = cli.ok("import", "--dry-run", str(strava))
    assert out.startswith("Would import activities.csv: 3 new runs")
    assert "  Run 3.1 mi, 30 min, Fri 20 Nov." in out.splitlines()
    assert out.endswith("Nothing was changed.\n")
    assert cli.content is None


def test_one_undo_takes_it_back_and_a_deleted_run_stays_away(cli: CommandLine, strava: Path) -> None:
    cli.ok("import", str(strava))
    cli.ok("undo")
    assert cli("entries", "--json").json == []
    cli.ok("import", str(strava))
    cli.ok("delete", cli("entries", "--json").json[0]["id"])
    assert "Deleted here, and left so: 1 run. --again" in cli.ok("import", str(strava))
    assert "1 new run" in cli.ok("import", "--again", str(strava))


def test_a_run_of_another_source_or_by_hand_is_named(cli: CommandLine, strava: Path, tmp_path: Path) -> None:
    cli.ok("run", "3.1", now="2026-11-20T12:00:00-05:00")
    cli.ok("import", str(strava))
    rows = [garmin_row(date="2026-11-18 10:30:30"), garmin_row(date="2026-11-20 10:30:30")]
    garmin = table(tmp_path / "Activities.csv", GARMIN, *rows)
    lines = cli.ok("import", "--units", "km", str(garmin)).splitlines()
    assert lines == [
        "Imported Activities.csv: nothing new.",
        "The same as another run here: 2.",
        "  Activities.csv row 2: Run 3.1 mi, 30 min, Wed 18 Nov, from strava",
        "  Activities.csv row 3: Run 3.1 mi, Fri 20 Nov, written by hand",
        "Nothing was changed.",
    ]


def test_an_unknown_unit_is_asked_for(cli: CommandLine, tmp_path: Path) -> None:
    file = table(tmp_path / "Activities.csv", GARMIN, garmin_row())
    result = cli("import", str(file))
    assert (result.status, result.out, cli.content) == (4, "", None)
    assert "Say it: --units mi or --units km." in result.err
    assert cli("import", str(file), "--units", "furlongs").status == 2
    cli.ok("import", str(file), "--units", "km")


def test_a_pair_can_be_given_to_runs_without_one(cli: CommandLine, strava: Path) -> None:
    cli.ok("shoes", "add", "Mine")
    assert cli("import", str(strava), "--shoe", "Nope").status == 4
    cli.ok("import", str(strava), "--shoe", "mine")
    worn = {shoe["name"]: shoe["distance_m"] for shoe in cli("shoes", "--json").json}
    assert worn == {"Mine": 5002, "Blue": 10004}


def test_several_files_and_a_folder_are_one_change(cli: CommandLine, strava: Path) -> None:
    cli.ok("import", str(strava), str(SAMPLES / "fit"), str(SAMPLES / "tcx" / "no_hr.tcx"))
    assert len([r for r in cli.records if r["kind"] == "run"]) == 12
    cli.ok("undo")
    assert cli("entries", "--json").json == []


def test_a_recording_comes_through_a_pipe(cli: CommandLine) -> None:
    out = cli.ok("import", "-", stdin=gzip.compress(FIT.read_bytes()))
    assert out.startswith("Imported standard input: 1 new run, 0.1 mi, Sun 11 Jun 2017.")


def test_one_broken_file_keeps_all_of_them_out(cli: CommandLine, strava: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(zipped(tmp_path / "a.zip", {"run.fit": FIT.read_bytes()}).read_bytes()[:-9])
    result = cli("import", str(strava), str(tmp_path / "cut.zip"))
    assert (result.status, result.out, cli.content) == (4, "", None)
    assert result.err.startswith("kneejournal: cut.zip is damaged or cut short")


def test_journals_and_runs_are_imported_one_after_the_other(cli: CommandLine, strava: Path, tmp_path: Path) -> None:
    cli.ok("log", "0")
    cli.ok("export", str(tmp_path / "out.json"))
    before = cli.content
    assert cli("import", str(strava), str(tmp_path / "out.json")).status == 2
    assert cli("import", "--units", "km", str(tmp_path / "out.json")).status == 2
    assert cli.content == before


def test_an_empty_folder_and_a_stranger_are_bad_data(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    for name in ("nothing", "letter.txt"):
        result = cli("import", str(tmp_path / name))
        assert (result.status, result.out, cli.content) == (4, "", None)
        assert name in result.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not stop this account")
def test_a_file_that_may_not_be_read_is_said_to_be_one(cli: CommandLine, strava: Path) -> None:
    strava.chmod(0)
    assert cli("import", str(strava)).status == 3


def test_long_lists_are_cut_unless_it_is_a_dry_run(cli: CommandLine, tmp_path: Path) -> None:
    rows = [strava_row(id=str(n), type=f"Sport {n}" if n % 2 else "Ride") for n in range(1, 60)]
    file = str(table(tmp_path / "activities.csv", STRAVA, *rows))
    out = cli.ok("import", file)
    assert "rows 3, 5, 7, 9, 11, 13, 15, 17 and 21 more" in out
    assert "  and 21 more; --dry-run names them all" in out
    assert "more" not in cli.ok("import", "--dry-run", file)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_big_file_shows_how_far_it_was_read_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress() as progress:
        watch = progress.watching("export.zip\x1b[2J")
        assert watch is not None
        watch(1, 4_000_000)
        assert terminal.getvalue() == ""
        for read in (0, 10, 5_000_000):
            watch(read, 10_000_000)
    shown = terminal.getvalue()
    assert "Reading export.zip␛[2J: 0 % of 10 MB" in shown
    assert shown.count("0 % of") == 2
    assert shown.endswith(" \r")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert Progress().watching("export.zip") is None
