"""The way in: the app, a prompt's question, or any other command; errors become one line and an exit status."""

import gc
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kneejournal.commands.short import APP, STATUS, ShortCall, load_msgspec, short_call
from kneejournal.errors import INTERRUPTED, OWN_FAULT, PIPE_CLOSED, KneejournalError, Unreadable, WrongUsage

# What a call needs is loaded once it is known which call it is: a prompt waits for the answer.
if TYPE_CHECKING:
    from kneejournal.commands.invocation import Invocation

COLLECTED_AFTER = 100_000
"""A command that makes fewer objects than this ends before anything would be collected in between."""
USUALLY_COLLECTED = gc.get_threshold()
"""What is better for the app, which goes on."""
FRAMES_A_SECOND = "240"
"""How often Textual may draw: what comes just after a frame, such as a tick that is saved, waits a quarter as long."""
COMPLETION = "_KNEEJOURNAL_COMPLETE"
"""What a shell sets when it asks how a command goes on; click answers, and ends the process."""


def process() -> int:
    """kneejournal as a process of its own, whose memory is given back as a whole when it ends."""
    gc.set_threshold(COLLECTED_AFTER)
    try:
        return main()
    finally:
        gc.freeze()


def main(argv: list[str] | None = None) -> int:
    """Run kneejournal with `argv`, else with the arguments of the process; answers with the exit status."""
    if os.environ.get(COMPLETION):
        from kneejournal.commands.group import cli

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
        return PIPE_CLOSED if isinstance(error, BrokenPipeError) else status or Unreadable.status
    return status


def open_app(invocation: "Invocation") -> int:
    """Open the terminal app; without a terminal, say where things stand and how to go on."""
    if not _is_terminal():
        from kneejournal.commands.prompt import say_status

        if not invocation.places.is_sample:
            say_status(invocation.journal)
        hint = "kneejournal today, log, ready and the others work without it: --help"
        _complain("the app needs a terminal that shows UTF-8.", hint)
        return WrongUsage.status
    # Until the first page is seen nothing is thrown away; the app goes on from there by itself.
    gc.disable()
    gc.set_threshold(*USUALLY_COLLECTED)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)
    from kneejournal.app import KneejournalApp

    invocation.journal.write_ahead()
    app = KneejournalApp(invocation.journal, invocation.places)
    try:
        app.run()
    finally:
        gc.enable()
    return app.return_code or 0


def _run(argv: list[str]) -> int:
    try:
        call = short_call(argv)
        if call is None or call.words != APP:
            load_msgspec()
        if call is not None:
            return _answer(call)
        from kneejournal.commands.group import run

        return run(argv, open_app)
    except KneejournalError as error:
        _complain(f"{error} {error.hint}".strip())
        return error.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except OSError as error:
        _complain(f"{error.filename or 'Standard output'}: {error.strerror or error}.")
        return Unreadable.status
    except Exception as error:
        _complain(_own_fault(error), "Please report it; nothing of your journal is in these lines.")
        return OWN_FAULT


def _answer(call: ShortCall) -> int:
    from kneejournal.clock import system_now
    from kneejournal.paths import find_places

    places = find_places(call.journal)
    if call.words == APP:
        from kneejournal.commands.invocation import Invocation

        return open_app(Invocation(places, system_now, open_app))
    from kneejournal.commands.prompt import say_status, say_verdict
    from kneejournal.wiring import open_reading

    journal = open_reading(places, system_now)
    return say_status(journal) if call.words == STATUS else say_verdict(journal, as_json="--json" in call.words)


def _complain(message: str, hint: str = "") -> None:
    from kneejournal.commands.printing import complain

    complain(message, hint)


def _is_terminal() -> bool:
    if os.environ.get("TERM") == "dumb":
        return False
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return all(stream is not None and stream.isatty() for stream in streams) and _shows_utf8()


def _shows_utf8() -> bool:
    """Textual draws through standard error; without UTF-8 its lines would come out as escape codes."""
    encoding = sys.__stderr__.encoding if sys.__stderr__ else ""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def _own_fault(error: Exception) -> str:
    """An error of the program's own, without the values it met: they can be what somebody wrote."""
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"an error of its own, {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}."


def _abandon_output() -> None:
    """Send what is left of standard output nowhere, so that the interpreter does not complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(process())
