"""The command that brings the journals of one person's machines together."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import complain, say
from kneejournal.commands.standing import where_it_stands
from kneejournal.errors import Unreadable

if TYPE_CHECKING:
    from kneejournal.journal import Journal
    from kneejournal.sync import Synced

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
    from kneejournal.sync_words import exchange_lines, remark_lines

    yield from exchange_lines(synced, journal, dry_run=dry_run)
    yield from remark_lines(synced, journal, lambda r: f"If it is wrong: kneejournal delete {r.id[:SHORT_ID]}")
    if not (dry_run or synced.came.edit.is_empty) and (standing := where_it_stands(journal.verdict())):
        yield standing
