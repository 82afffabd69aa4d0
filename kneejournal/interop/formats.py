"""The formats in which a journal goes out, and which of them a file's name asks for."""

from typing import Literal, get_args

from kneejournal.domain.programme import Programme
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.snapshot import Snapshot

Form = Literal["json", "csv", "fhir", "ics", "report"]
FORMS: tuple[Form, ...] = get_args(Form)
ENDINGS: dict[Form, str] = {
    "json": ".json", "csv": "-csv.zip", "fhir": "-fhir.json", "ics": ".ics", "report": "-report.html",
}  # fmt: skip
"""How the name of a file in each format ends."""
Table = Literal["pain", "exercise", "care", "run", "shoe"]
TABLES: tuple[Table, ...] = get_args(Table)
"""The tables of the csv format: one a kind of record."""
REPORT_WEEKS = 8
"""The weeks of a report, unless somebody asks for others."""
MOST_WEEKS = 26
_ASKED_BY: dict[str, Form] = {".zip": "csv", ".csv": "csv", "fhir.json": "fhir", ".ics": "ics"}


def form_of(name: str) -> Form:
    """The format that the ending of a file's name asks for: JSON, unless it is that of another."""
    return next((form for ending, form in _ASKED_BY.items() if name.lower().endswith(ending)), "json")


def write_out(form: Form, snapshot: Snapshot, verdict: Verdict, programme: Programme, weeks: int) -> bytes:
    """The journal in that format, as the content of one file; `verdict` is that of now, `weeks` are of a report."""
    # Each format is read in only when it is asked for: together they take longer than a command.
    if form == "csv":
        from kneejournal.interop.csv_out import write_tables

        return write_tables(snapshot, programme, verdict.day)
    if form == "fhir":
        from kneejournal.interop.fhir import write_bundle

        return write_bundle(snapshot, programme, verdict.now)
    if form == "ics":
        from kneejournal.interop.ics import write_calendar

        return write_calendar(snapshot, verdict, programme)
    if form == "report":
        from kneejournal.interop.report import write_report

        return write_report(snapshot, verdict, programme, weeks)
    from kneejournal.interop.journal_json import write_document

    return write_document(snapshot, verdict.now)
