"""The way in: options, then the app or a command; errors become one line and an exit status."""

import io
import os
import sys
from pathlib import Path

import click

from kneejournal.commands import cli
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import complain, say
from kneejournal.commands.ready import status_line
from kneejournal.errors import OWN_FAULT, KneejournalError

COMPLETION = "_KNEEJOURNAL_COMPLETE"
"""What a shell sets when it asks how a command goes on; click answers, and ends the process."""
WRONG_USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program that a closed pipe ended."""


def main(argv: list[str] | None = None) -> int:
    """Run kneejournal with `argv`, else with the arguments of the process; answers with the exit status."""
    if os.environ.get(COMPLETION):
        cli.main(argv, prog_name="kneejournal", complete_var=COMPLETION)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status = _run(sys.argv[1:] if argv is None else argv)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        _abandon_output()
        return PIPE_CLOSED if isinstance(error, BrokenPipeError) else status or UNREADABLE
    return status


def open_app(invocation: Invocation) -> int:
    """Open the terminal app; without a terminal, say where things stand and how to go on."""
    if not _is_terminal():
        if not invocation.places.is_sample:
            say(status_line(invocation.journal))
        hint = "kneejournal today, log, ready and the others work without it: --help"
        complain("the app needs a terminal that shows UTF-8.", hint)
        return WRONG_USAGE
    from kneejournal.app import KneejournalApp

    app = KneejournalApp(invocation.journal, invocation.places)
    app.run()
    return app.return_code or 0


def _run(argv: list[str]) -> int:
    try:
        with cli.make_context("kneejournal", argv, obj=open_app) as context:
            return cli.invoke(context) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except KneejournalError as error:
        complain(f"{error} {error.hint}".strip())
        return error.status
    except click.ClickException as error:
        complain(error.format_message(), _help_hint(error))
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except OSError as error:
        complain(f"{error.filename or 'Standard output'}: {error.strerror or error}.")
        return UNREADABLE
    except Exception as error:
        complain(_own_fault(error), "Please report it; nothing of your journal is in these lines.")
        return OWN_FAULT


def _is_terminal() -> bool:
    if os.environ.get("TERM") == "dumb":
        return False
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams) and _shows_utf8()


def _shows_utf8() -> bool:
    """Textual draws through standard error; without UTF-8 its lines would come out as escape codes."""
    encoding = sys.__stderr__.encoding if sys.__stderr__ else ""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def _help_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"Try: {context.command_path if context else 'kneejournal'} --help"


def _own_fault(error: Exception) -> str:
    """An error of the program's own, without the values it met: they can be what somebody wrote."""
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"an error of its own, {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}."


def _abandon_output() -> None:
    """Send what is left of standard output nowhere, so that the interpreter does not complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
