"""The commands on what is written: the list, deleting, taking back, resolved red flags."""

from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import answer, say, say_json
from kneejournal.commands.values import day_option
from kneejournal.domain.records import AnyRecord, Pain, Run, to_plain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.errors import BadData

if TYPE_CHECKING:
    from kneejournal.journal import Journal

SHORT_ID = 8
INDENT = " " * (SHORT_ID + 2)


@click.command(cls=Command)
@click.option("--from", "first", metavar="DAY", help="The first day to show.")
@click.option("--to", "last", metavar="DAY", help="The last day to show.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@pass_invocation
def entries(invocation: Invocation, first: str | None, last: str | None, as_json: bool) -> None:
    """List what is written, newest first.

    \b
    Examples:
      kneejournal entries --from -7
      kneejournal entries --from 2026-11-01 --to 2026-11-14
    """
    journal = invocation.journal
    since = journal.read_day(first) if first is not None else None
    until = journal.read_day(last) if last is not None else None
    if since and until and since > until:
        raise BadData(f"--from {since.isoformat()} is after --to {until.isoformat()}. Turn them round.")
    found = journal.entries(since, until)
    if as_json:
        say_json([to_plain(record) for record in found])
        return
    snapshot = journal.snapshot()
    lines = [line for record in found for line in _entry_lines(record, journal, snapshot)]
    say(*(lines or [_nothing(snapshot)]))


@click.command(cls=Command)
@click.argument("record_id", metavar="ID")
@pass_invocation
def delete(invocation: Invocation, record_id: str) -> None:
    """Delete an entry; ID is what `kneejournal entries` shows."""
    answer(invocation.journal.delete(record_id), "kneejournal undo brings it back.")


@click.command(cls=Command)
@pass_invocation
def undo(invocation: Invocation) -> None:
    """Take the last change back."""
    answer(invocation.journal.undo())


@click.command(cls=Command)
@day_option
@pass_invocation
def resolve(invocation: Invocation, day: str | None) -> None:
    """Record that a clinician saw the red flag, or that it is gone."""
    journal = invocation.journal
    answer(journal.resolve(journal.read_day(day) if day is not None else None))


def _entry_lines(record: AnyRecord, journal: "Journal", snapshot: Snapshot) -> list[str]:
    line = journal.describe(record, snapshot)
    if isinstance(record, Pain):
        if record.symptoms:
            labels = "; ".join(journal.programme.label(code) for code in record.symptoms)
            line += f" Symptoms: {labels}."
        line += " Medicine taken." if record.medicine else ""
    note = record.note if isinstance(record, Pain | Run) else ""
    return [f"{record.id[:SHORT_ID]}  {line}", *(INDENT + part for part in note.splitlines())]


def _nothing(snapshot: Snapshot) -> str:
    if snapshot.live:
        return "Nothing is written on these days."
    return (
        "Nothing is written yet. Pain, exercises, runs and shoes will stand here, newest first; "
        "begin with: kneejournal log 0 --all-day"
    )
