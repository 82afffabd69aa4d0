"""The command that takes a journal out."""

import os
from pathlib import Path

import click

from kneejournal.commands.invocation import Command, Invocation, pass_invocation
from kneejournal.commands.printing import is_terminal, say, say_bytes
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

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
