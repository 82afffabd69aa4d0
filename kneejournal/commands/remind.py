"""The command that reminds: for cron, timers and status bars."""

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say
from kneejournal.domain.due import due

DUE = 1


@click.command(cls=Command)
@click.option("--quiet", is_flag=True, help="Print nothing; the exit status says it.")
@pass_invocation
def remind(invocation: Invocation, quiet: bool) -> int:
    """Say what today still asks for, in one line.

    Nothing is printed when nothing is due. The evening's check counts as due from the hour on from which it closes
    the day. The exit status is 1 when something is due, and 0 when nothing is.

    \b
    Example, every evening at eight, for cron:
      0 20 * * *  kneejournal remind
    """
    journal = invocation.journal
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    found = due(journal.today_page(snapshot, verdict), verdict, snapshot.profile.thresholds, journal.programme)
    if found and not quiet:
        say(" ".join(found))
    return DUE if found else 0
