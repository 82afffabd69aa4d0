"""The command that takes a journal out."""

from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.destination import PRIVATE, STANDARD, find_destination
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say
from kneejournal.errors import WrongUsage
from kneejournal.interop.formats import FORMS, TABLES, Form, Table, form_of

if TYPE_CHECKING:
    from kneejournal.journal import Journal

HERE = [form for form in FORMS if form != "report"]
"""The report has a command of its own."""


@click.command(cls=Command)
@click.argument("file", metavar="[FILE|-]", default=STANDARD)
@click.option("--format", "form", type=click.Choice(HERE), help="Else what FILE's ending says, else json.")
@click.option("--kind", type=click.Choice(TABLES), help="csv: this table alone; else all of them, in a zip.")
@click.option("--schema", is_flag=True, help="The JSON Schema of the json format instead of the journal.")
@click.option("--force", is_flag=True, help="Replace FILE when there is one.")
@pass_invocation
def export(invocation: Invocation, file: str, form: Form | None, kind: Table | None, schema: bool, force: bool) -> None:
    """Write the journal to FILE, or to standard output.

    \b
    json  everything, without loss; kneejournal import reads it
    csv   tables for a spreadsheet: a zip with one file a kind, or one of them with --kind
    fhir  pain, symptoms, exercises and runs as a FHIR R4 Bundle, for programs that keep health records
    ics   a calendar of the next four weeks: exercise days, and run days while there is a plan

    \b
    Examples:
      kneejournal export journal.json
      kneejournal export knee.zip
      kneejournal export pain.csv --kind pain
      kneejournal export knee.ics
    """
    chosen = _chosen(file, form, kind, schema)
    to = find_destination(file, invocation, force=force)
    if schema:
        from kneejournal.interop.journal_schema import write_schema

        to.write(write_schema())
    else:
        journal = invocation.journal
        to.write(journal.export(chosen) if kind is None else _table(journal, kind))
    if to.path is not None:
        what = "the schema" if schema else _what(invocation.journal, chosen, kind)
        say(f"Exported {what} to {to.path}.{'' if schema else f' {PRIVATE}'}")


def _chosen(file: str, form: Form | None, kind: Table | None, schema: bool) -> Form:
    """The format that was asked for. Raises WrongUsage for options that do not go together."""
    chosen = form or ("csv" if kind else "json" if schema else form_of(file))
    if kind and chosen != "csv":
        raise WrongUsage("--kind names a table of the csv format. Leave it out.")
    if schema and chosen != "json":
        raise WrongUsage("--schema is for the json format; the others have none of ours.")
    if chosen == "csv" and kind is None and not file.lower().endswith(".zip"):
        tables = ", ".join(TABLES)
        raise WrongUsage(f"csv is a table a kind. Name a .zip for all of them, or add --kind: {tables}.")
    return chosen


def _table(journal: "Journal", kind: Table) -> bytes:
    from kneejournal.interop.csv_out import write_table

    return write_table(kind, journal.snapshot(), journal.programme)


def _what(journal: "Journal", form: Form, kind: Table | None) -> str:
    """What was exported, in a few words."""
    if form == "ics":
        return f"the next four weeks ({'exercises and runs' if _has_plan(journal) else 'exercises; no run days yet'})"
    if kind is not None:
        return f"the table {kind}"
    count = len(journal.snapshot().live)
    return "1 entry" if count == 1 else f"{count} entries"


def _has_plan(journal: "Journal") -> bool:
    from kneejournal.domain.plan_ahead import has_plan

    return has_plan(journal.verdict().case)
