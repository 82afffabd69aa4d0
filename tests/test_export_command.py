"""The formats of `export`: which one a name asks for, what is said of it, and what does not go together."""

import csv
import io
import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kneejournal.interop.formats import ENDINGS, FORMS, form_of
from tests.conftest import CommandLine


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("knee.json", "json"), ("knee", "json"), ("knee.txt", "json"), ("Knee.ICS", "ics"), ("knee.zip", "csv"),
        ("pain.csv", "csv"), ("knee-fhir.json", "fhir"), ("fhir.json", "fhir"), ("-", "json"),
    ],
)  # fmt: skip
def test_the_ending_of_a_name_asks_for_its_format(name: str, form: str) -> None:
    assert form_of(name) == form


def test_the_names_that_are_proposed_ask_for_their_own_format() -> None:
    for form in FORMS:
        if form != "report":
            assert form_of(f"kneejournal-2026-11-22{ENDINGS[form]}") == form


def test_each_format_is_written_into_a_private_file(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "3", "--symptom", "squat")
    cli.ok("run", "2mi")
    for name, said in (
        ("knee.json", "2 entries"), ("knee.zip", "2 entries"), ("knee-fhir.json", "2 entries"),
        ("knee.ics", "the next four weeks (exercises; no run days yet)"), ("pain.csv", "the table pain"),
    ):  # fmt: skip
        path = tmp_path / name
        more = ("--kind", "pain") if name == "pain.csv" else ()
        out = cli.ok("export", str(path), *more)
        assert out == f"Exported {said} to {path}. It holds health data; only you can read it.\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert cli("export", str(path), *more).status == 3, "nothing is written over it"
    assert json.loads((tmp_path / "knee-fhir.json").read_bytes())["resourceType"] == "Bundle"
    assert (tmp_path / "knee.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert len(zipfile.ZipFile(tmp_path / "knee.zip").namelist()) == 5


def test_one_table_goes_to_standard_output(cli: CommandLine) -> None:
    cli.ok("log", "3", "--note", "=1+1")
    header, row = csv.reader(io.StringIO(cli.ok("export", "--kind", "pain").lstrip("\ufeff")))
    assert dict(zip(header, row, strict=True))["note"] == "'=1+1"
    assert cli.ok("export", "-", "--format", "csv", "--kind", "run").startswith("\ufeffday,distance_m,")


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "csv"), ("-", "--format", "csv"), ("out.csv",), ("out.json", "--format", "csv"),
        ("out.json", "--format", "json", "--kind", "pain"), ("--schema", "--format", "fhir"),
        ("--schema", "--kind", "pain"), ("--format", "report"), ("--kind", "mood"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_wrong_usage_and_writes_nothing(
    words: tuple[str, ...], cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("log", "1")
    monkeypatch.chdir(tmp_path)
    result = cli("export", *words)
    assert (result.status, result.out) == (2, "")
    assert len(result.err.splitlines()) <= 2
    assert not list(tmp_path.glob("out*"))


def test_the_calendar_names_run_days_once_there_is_a_plan(cli: CommandLine, tmp_path: Path) -> None:
    cli.log_clear_evenings(15, 22)
    out = cli.ok("export", str(tmp_path / "knee.ics"))
    assert "the next four weeks (exercises and runs)" in out
    assert b"Walk-run\\, stage 1 of 8" in (tmp_path / "knee.ics").read_bytes()


def test_no_format_loads_what_another_one_needs(cli: CommandLine) -> None:
    """What takes long to load is loaded only by the command that needs it."""
    cli.ok("log", "1")
    program = (
        "import sys; from kneejournal.__main__ import main; "
        f"main(['--journal', {str(cli.journal)!r}, 'export', '-']); "
        "print(sorted({'jinja2', 'icalendar', 'zipfile', 'webbrowser'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
