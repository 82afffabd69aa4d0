"""The command that brings the journals of one person's machines together."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kneejournal.commands.invocation import Command, Invocation, pass_invocation
from kneejournal.commands.printing import complain, say
from kneejournal.commands.standing import where_it_stands
from kneejournal.domain.days import day_list
from kneejournal.domain.records import AnyRecord
from kneejournal.errors import Unreadable

if TYPE_CHECKING:
    from kneejournal.journal import Journal
    from kneejournal.sync import Synced

LISTED = 10
"""More entries than this are counted only."""
SHORT_ID = 8


@click.command(cls=Command)
@click.argument("folder", metavar="FOLDER")
@click.option("--dry-run", is_flag=True, help="Only say what would come and go.")
@pass_invocation
def sync(invocation: Invocation, folder: str, dry_run: bool) -> int:
    """Merge with your other machines, through a folder.

    Every machine writes one file into FOLDER and reads those of the others. Syncthing, Dropbox, Nextcloud, git or a
    USB stick carry it; nothing is sent by kneejournal itself.

    \b
    Example:
      kneejournal sync ~/Sync/knee
    """
    from kneejournal.sync import synchronise

    journal = invocation.journal
    synced = synchronise(journal, invocation.places, Path(folder).absolute(), dry_run=dry_run)
    say(*_lines(synced, journal, dry_run))
    if not synced.left_out:
        return 0
    complain(
        f"Left out: {' '.join(synced.left_out)}",
        "What has not arrived whole comes with the next sync. The other files were read.",
    )
    return Unreadable.status


def _lines(synced: "Synced", journal: "Journal", dry_run: bool) -> Iterator[str]:
    came = synced.came
    if synced.is_nothing:
        yield "Nothing new on either side."
    elif dry_run:
        yield "This would be exchanged; nothing was changed."
    if not came.edit.is_empty:
        yield came.edit.what
        yield from _listed((*came.new, *came.changed, *came.deleted), journal)
    if synced.sent or synced.sends_settings:
        entries = [f"{len(synced.sent)} new or changed"] if synced.sent else []
        settings = ["the settings"] if synced.sends_settings else []
        yield f"To other machines: {', '.join([*entries, *settings])}."
    yield from _remarks(synced, journal)
    if not (dry_run or came.edit.is_empty) and (standing := where_it_stands(journal.verdict())):
        yield standing


def _listed(records: Sequence[AnyRecord], journal: "Journal") -> Iterator[str]:
    snapshot = journal.snapshot()
    for record in records[:LISTED]:
        yield f"  {'Deleted: ' if record.deleted else ''}{journal.describe(record, snapshot)}"
    if len(records) > LISTED:
        yield f"  and {len(records) - LISTED} more"


def _remarks(synced: "Synced", journal: "Journal") -> Iterator[str]:
    came, snapshot = synced.came, journal.snapshot()
    for record in came.kept:
        yield (
            f"Still counts, beside the newer entry: {journal.describe(record, snapshot)} "
            f"If it is wrong: kneejournal delete {record.id[:SHORT_ID]}"
        )
    if came.gave_way:
        yield f"Written here, and replaced by a newer version (kept in {synced.kept_in}):"
        yield from _listed(came.gave_way, journal)
    if came.replaces_settings:
        yield f"The settings of this machine gave way to newer ones (kept in {synced.kept_in})."
    if synced.to_come:
        days = day_list(synced.to_come)
        yield f"Left for later, as the day is still to come: {days}. If a clock is wrong, set it right."
    if synced.copies:
        yield f"Second versions, merged and no longer needed: {', '.join(synced.copies)}."
