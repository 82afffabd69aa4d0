"""The commands that look after the journal's file."""

from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import is_terminal, say, say_json
from kneejournal.domain.days import days_back, journal_day, short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.reasons import DAYS_TO_CONFIRM
from kneejournal.errors import BadData, WrongUsage

if TYPE_CHECKING:
    from kneejournal.journal_file import JournalFile

ILL = 3
"""The exit status when something is not well."""
CONFIRM_HINT = "An entry may be missing all the same. Go through the last days once: kneejournal confirm"


@click.command(cls=Command)
@click.option("--repair", is_flag=True, help="Bring a damaged or missing journal back from its backups.")
@click.option("--accept", is_flag=True, help="Take a journal that another program changed as it is.")
@click.option("--restore", type=int, metavar="REVISION", help="Go back to the backup of that revision.")
@click.option("--backups", "list_backups", is_flag=True, help="List the backups, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@pass_invocation
def doctor(
    invocation: Invocation, repair: bool, accept: bool, restore: int | None, list_backups: bool, as_json: bool
) -> int:
    """Check the journal's file, and bring it back when it is damaged.

    Without options nothing is changed. A file that cannot be read is set aside, never overwritten.
    """
    from kneejournal.wiring import open_file

    if sum((repair, accept, restore is not None, list_backups)) > 1:
        raise WrongUsage("--repair, --accept, --restore and --backups are each for themselves.")
    file = open_file(invocation.places)
    if list_backups:
        say(*(f"{b.revision}  {b.made_at:%Y-%m-%d %H:%M} UTC  {b.before or ''}".rstrip() for b in file.backups.all()))
        return 0
    from kneejournal.doctor import Doctor

    physician = Doctor(file)
    now = invocation.clock()
    if repair or accept or restore is not None:
        done = physician.repair(now) if repair else physician.accept(now) if accept else ""
        say(done or physician.restore(physician.backup_of(restore or 0), now), CONFIRM_HINT)
        return 0
    return _report(file, invocation, as_json=as_json)


@click.command(cls=Command)
@click.option("--yes", is_flag=True, help="The last days are right as they stand.")
@pass_invocation
def confirm(invocation: Invocation, yes: bool) -> None:
    """Go through the last seven days after a restore, so that a verdict can be given again."""
    journal = invocation.journal
    snapshot = journal.snapshot()
    if not snapshot.to_confirm:
        say("There is nothing to confirm: the journal is as it was written.")
        return
    verdict = journal.verdict(snapshot)
    last_days = verdict.case.days.of(days_back(verdict.day, DAYS_TO_CONFIRM + 1))
    say(*(f"{short_day(day.day, verdict.day)}: {day.state}, worst pain {_shown(day.worst)}" for day in last_days))
    if not yes:
        if not is_terminal():
            raise BadData("Nothing was confirmed. If these days are right: kneejournal confirm --yes")
        click.confirm("Is every pain of these days written down?", abort=True)
    journal.confirm(snapshot)
    say("Confirmed. The verdict rests on the journal again.")


@click.command(cls=Command)
@click.argument("entry_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_invocation
def purge(invocation: Invocation, entry_id: str, yes: bool) -> None:
    """Take an entry out of the journal and out of every backup, for good; it cannot be undone."""
    from kneejournal.doctor import Doctor
    from kneejournal.domain.corrections import find_record
    from kneejournal.wiring import open_file

    journal = invocation.journal
    snapshot = journal.snapshot()
    record = find_record(snapshot, entry_id, deleted_too=True)
    say(journal.describe(record, snapshot))
    if not yes:
        if not is_terminal():
            raise WrongUsage("This cannot be undone. Say so with --yes.")
        click.confirm("Take it out for good?", abort=True)
    say(Doctor(open_file(invocation.places)).purge(record.id, invocation.clock()))


def _report(file: "JournalFile", invocation: Invocation, *, as_json: bool) -> int:
    from kneejournal.examination import Examination

    findings = Examination(file).findings(journal_day(invocation.clock(), Profile().thresholds))
    if as_json:
        say_json([{"name": f.name, "well": f.is_well, "text": f.text} for f in findings])
    else:
        say(*(f"{'well' if finding.is_well else 'ILL '}  {finding.name}: {finding.text}" for finding in findings))
    return 0 if all(finding.is_well for finding in findings) else ILL


def _shown(worst: int | None) -> str:
    return "not written" if worst is None else str(worst)
