"""The command that brings journals and runs in."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kneejournal.commands.invocation import Command, Invocation, pass_invocation
from kneejournal.commands.printing import say
from kneejournal.commands.values import input_bytes, quoted
from kneejournal.domain.units import Units
from kneejournal.domain.write_imports import Wish
from kneejournal.errors import Unreadable, WrongUsage

if TYPE_CHECKING:
    from kneejournal.domain.merge import Merged
    from kneejournal.interop.journal_json import Document
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
    opened = [_open(name) for name in files]
    journals = [file for file in opened if file.kind == "journal"]
    if not journals:
        _import_runs(invocation.journal, opened, units, Wish(shoe=shoe, again=again), dry_run)
    elif len(journals) < len(opened):
        raise WrongUsage("Journals and runs are imported one after the other, each with a command of its own.")
    elif units or shoe or again:
        raise WrongUsage("--units, --shoe and --again are for runs; these files are journals.")
    else:
        _merge(invocation.journal, opened, dry_run)


def _open(name: str) -> "Opened":
    from kneejournal.interop.journal_json import MAX_BYTES
    from kneejournal.interop.run_files import open_bytes, open_path

    if name == STANDARD:
        return open_bytes(_capped(input_bytes().read, MAX_BYTES, "standard input"), "standard input")
    return open_path(Path(name))


def _import_runs(journal: "Journal", opened: list["Opened"], units: Units | None, wish: Wish, dry_run: bool) -> None:
    from kneejournal.commands.import_answer import runs_lines
    from kneejournal.commands.progress import Progress
    from kneejournal.interop.run_files import find_runs

    source = _names(opened)
    with Progress() as progress:
        found = find_runs(opened, units, progress.watching)
    brought = journal.import_runs(found, source, wish, dry_run=dry_run)
    say(*runs_lines(brought, source, journal.snapshot().profile.units, journal.today(), dry_run))


def _merge(journal: "Journal", opened: list["Opened"], dry_run: bool) -> None:
    from kneejournal.interop.journal_json import read_document

    today = journal.today()
    found = [read_document(_whole(file), file.name, today) for file in opened]
    source = _names(opened)
    merged = journal.merge(_together(found), source, dry_run=dry_run)
    say(*_merged_lines(merged, source, dry_run))


def _names(opened: Iterable["Opened"]) -> str:
    return ", ".join(file.name for file in opened)


def _whole(file: "Opened") -> bytes:
    from kneejournal.interop.journal_json import MAX_BYTES

    if file.path is None:
        return file.raw
    with file.path.open("rb") as stream:
        return _capped(stream.read, MAX_BYTES, file.name)


def _capped(read: Callable[[int], bytes], most: int, name: str) -> bytes:
    """All that `read` gives. Raises Unreadable when that is more than `most` bytes."""
    try:
        raw = read(most + 1)
    except OSError as error:
        raise Unreadable(f"{quoted(name)} cannot be read: {error.strerror}. Nothing was changed.") from error
    if len(raw) > most:
        raise Unreadable(f"{quoted(name)} is bigger than {most // 1_000_000} MB. Nothing was changed.")
    return raw


def _together(documents: Iterable["Document"]) -> "Document":
    """Several journals as one: all records, and the profile that was written last."""
    from kneejournal.interop.journal_json import Document

    found = tuple(documents)
    profiles = (document.profile for document in found)
    latest = max(profiles, key=lambda profile: (profile.updated_at, msgspec.json.encode(profile, order="sorted")))
    return Document(profile=latest, records=tuple(record for document in found for record in document.records))


def _merged_lines(merged: "Merged", source: str, dry_run: bool) -> list[str]:
    counts = f"{merged.new} new, {merged.changed} changed, {merged.same} already here."
    lines = [f"{'Would import' if dry_run else 'Imported'} {source}: {counts}"]
    if merged.edit.profile is not None:
        lines.append("The profile and the settings of the rules come from it too.")
    return [*lines, "Nothing was changed."] if dry_run else lines
