"""The commands that take a journal out, and bring others in."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kneejournal.commands.invocation import Command, Invocation, pass_invocation
from kneejournal.commands.printing import is_terminal, say, say_bytes
from kneejournal.commands.values import input_bytes, quoted
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

if TYPE_CHECKING:
    from kneejournal.domain.merge import Merged
    from kneejournal.interop.journal_json import Document

STANDARD = "-"


@click.command(cls=Command)
@click.argument("file", metavar="[FILE|-]", default=STANDARD)
@click.option("--format", "form", type=click.Choice(["json"]), default="json", help="json: everything, without loss.")
@click.option("--force", is_flag=True, help="Replace FILE when there is one.")
@pass_invocation
def export(invocation: Invocation, file: str, form: str, force: bool) -> None:  # noqa: ARG001
    """Write the whole journal to FILE, or to standard output."""
    journal = invocation.journal
    if file == STANDARD:
        say_bytes(journal.export())
        return
    path = Path(file)
    _check_target(path, invocation)
    may_replace = _may_replace(path, force)
    count = len(journal.snapshot().live)
    _write(path, journal.export(), may_replace)
    entries = "1 entry" if count == 1 else f"{count} entries"
    say(f"Exported {entries} to {path}. It holds health data; only you can read it.")


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@pass_invocation
def import_(invocation: Invocation, files: tuple[str, ...], dry_run: bool) -> None:
    """Merge journals that kneejournal exported; - reads standard input.

    Of two versions of an entry the later one stands, and what was deleted stays deleted.

    \b
    Examples:
      kneejournal import laptop.json phone.json --dry-run
      ssh laptop kneejournal export | kneejournal import -
    """
    from kneejournal.interop.journal_json import read_document

    journal = invocation.journal
    today = journal.today()
    found = [read_document(_read(name), _called(name), today) for name in files]
    source = ", ".join(map(_called, files))
    merged = journal.merge(_together(found), source, dry_run=dry_run)
    say(*_merged_lines(merged, source, dry_run))


def _check_target(path: Path, invocation: Invocation) -> None:
    places = invocation.places
    if os.path.realpath(path) == os.path.realpath(places.journal):
        raise Unreadable(f"{path} is the journal itself. Export to another file.")
    if (path.exists() and not path.is_file()) or path.absolute().parts[1:2] in (("dev",), ("proc",)):
        raise Unreadable(f"{path} is not a file. Name a file, or - for standard output.")


def _may_replace(path: Path, force: bool) -> bool:
    """Whether FILE, which may be there already, can be replaced; asked for on a terminal. Raises Unreadable."""
    if force or not os.path.lexists(path):
        return force
    if is_terminal():
        if click.confirm(f"{clean_line(str(path))} exists. Replace it?"):
            return True
        raise Unreadable(f"{path} was left as it is.")
    raise _exists(path)


def _exists(path: Path) -> Unreadable:
    return Unreadable(f"{path} exists already and was left as it is. Name another file, or add --force.")


def _write(path: Path, content: bytes, may_replace: bool) -> None:
    from kneejournal.files import create_file, replace_file

    try:
        if may_replace:
            replace_file(path, content)
        else:
            create_file(path, content)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        if not may_replace:
            _drop_half_written(path)
        raise Unreadable(f"{path} cannot be written: {error.strerror}.") from error


def _drop_half_written(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _called(name: str) -> str:
    return "standard input" if name == STANDARD else clean_line(Path(name).name)[:80]


def _read(name: str) -> bytes:
    """The bytes of a file or of standard input. Raises Unreadable."""
    from kneejournal.interop.journal_json import MAX_BYTES

    try:
        raw = input_bytes().read(MAX_BYTES + 1) if name == STANDARD else _read_file(Path(name), MAX_BYTES)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its name is not one of a file"
        raise Unreadable(f"{quoted(name)} cannot be read: {why}. Nothing was changed.") from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"{quoted(name)} is bigger than {MAX_BYTES // 1_000_000} MB. Nothing was changed.")
    return raw


def _read_file(path: Path, most: int) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(None, "it is not a file")
    with path.open("rb") as file:
        return file.read(most + 1)


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
