"""The command that brings journals and runs in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say
from kneejournal.commands.values import input_bytes
from kneejournal.domain.import_words import SETTINGS_TOO
from kneejournal.domain.units import Units
from kneejournal.domain.write_imports import Wish
from kneejournal.errors import WrongUsage

if TYPE_CHECKING:
    from kneejournal.domain.found_runs import Found
    from kneejournal.domain.merge import Merged
    from kneejournal.interop.run_files import Opened
    from kneejournal.journal import Journal

STANDARD = "-"


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--units", type=click.Choice(["mi", "km"]), help="Of distances whose file does not tell.")
@click.option("--shoe", metavar="NAME", help="The pair for runs whose file names none.")
@click.option("--again", is_flag=True, help="Bring back runs that were deleted here.")
@pass_invocation
def import_(
    invocation: Invocation, files: tuple[str, ...], dry_run: bool, units: Units | None, shoe: str | None, again: bool
) -> None:
    """Bring in runs, or journals that kneejournal exported; - reads standard input.

    Runs come from an archive of Strava (the zip, its folder, or activities.csv), Activities.csv or the account's zip
    of Garmin, an export of Apple Health (zip or XML), cardioActivities.csv of Runkeeper, and from FIT, GPX and TCX
    files, one by one or in a zip or folder. A run that is here already, from whatever source, is not written twice.
    They count for shoes, load and history, never as sessions of the plan. One undo takes a whole import back.

    Journals are merged: of two versions of an entry the later one stands, and what was deleted stays deleted.

    \b
    Examples:
      kneejournal import export_12345678.zip --dry-run
      kneejournal import Activities.csv --units km --shoe "Blue ones"
      kneejournal import laptop.json phone.json
      ssh laptop kneejournal export | kneejournal import -
    """
    from kneejournal.commands.progress import Progress
    from kneejournal.incoming import read_in
    from kneejournal.interop.journal_json import Document

    journal = invocation.journal
    opened = [_open(name) for name in files]
    if (units or shoe or again) and all(file.kind == "journal" for file in opened):
        raise WrongUsage("--units, --shoe and --again are for runs; these files are journals.")
    with Progress() as progress:
        read = read_in(opened, journal.today(), units, progress.watching)
    if isinstance(read.content, Document):
        merged = journal.merge(read.content, read.source, dry_run=dry_run)
        say(*_merged_lines(merged, read.source, dry_run))
    else:
        _import_runs(journal, read.content, read.source, Wish(shoe=shoe, again=again), dry_run)


def _open(name: str) -> "Opened":
    from kneejournal.incoming import capped
    from kneejournal.interop.run_files import open_bytes, open_path

    if name == STANDARD:
        return open_bytes(capped(input_bytes().read, "standard input"), "standard input")
    return open_path(Path(name))


def _import_runs(journal: "Journal", found: "Found", source: str, wish: Wish, dry_run: bool) -> None:
    from kneejournal.commands.import_answer import runs_lines

    brought = journal.import_runs(found, source, wish, dry_run=dry_run)
    say(*runs_lines(brought, source, journal.snapshot().profile.units, journal.today(), dry_run))


def _merged_lines(merged: "Merged", source: str, dry_run: bool) -> list[str]:
    counts = f"{merged.new} new, {merged.changed} changed, {merged.same} already here."
    lines = [f"{'Would import' if dry_run else 'Imported'} {source}: {counts}"]
    if merged.edit.profile is not None:
        lines.append(SETTINGS_TOO)
    return [*lines, "Nothing was changed."] if dry_run else lines
