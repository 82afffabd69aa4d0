"""What runs in processes of its own, so that it can be killed, stopped, limited or raced."""

import multiprocessing
import resource
import signal
from collections.abc import Callable
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kneejournal.errors import KneejournalError
from tests.torture.rig import Home, note, notes_in

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.torture.work"])


def start(work: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start `work(*arguments, pipe)` in a process; answers with it and this end of the pipe."""
    here, there = _context.Pipe()
    process = _context.Process(target=_obedient, args=(work, *arguments, there))
    process.start()
    there.close()
    return process, here


def finish(process: BaseProcess, pipe: Connection, timeout: float = 60) -> list[Any]:
    """Wait for the end of a process; answers with everything it said and nobody has read yet."""
    process.join(timeout)
    if process.is_alive():
        process.kill()
        process.join()
        raise AssertionError("a process hangs")
    said = []
    try:
        while pipe.poll():
            said.append(pipe.recv())
    except (EOFError, OSError):
        pass
    pipe.close()
    process.close()
    return said


def _obedient(work: Callable[..., None], *arguments: Any) -> None:
    """The fork server passes its own signal handlers on; a program has the usual ones."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        work(*arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def write_for_ever(folder: Path, first: int, ahead: bool, pipe: Connection) -> None:
    """Write numbered entries, saying each number once it was written."""
    journal = Home(folder).open(ahead=ahead)
    for number in count(first):
        note(journal, str(number))
        pipe.send(number)


def write_some(folder: Path, name: str, times: int, ahead: bool, pipe: Connection) -> None:
    """Write entries called after their writer, saying each once it was written; `error` tells of one that was not."""
    journal = Home(folder).open(device=name, ahead=ahead)
    for number in range(times):
        try:
            note(journal, f"{name} {number}")
        except KneejournalError as error:
            pipe.send(("error", str(error)))
        else:
            pipe.send(("wrote", f"{name} {number}"))


def read_till_told(folder: Path, pipe: Connection) -> None:
    """Read all the time: says how often, and what was wrong with what was read."""
    journal = Home(folder).open()
    times, before, wrong = 0, set[str](), list[str]()
    while not pipe.poll():
        try:
            snapshot = journal.snapshot()
        except KneejournalError as error:
            wrong.append(str(error))
            continue
        found = set(notes_in(snapshot.live))
        if not before <= found:
            wrong.append(f"lost {before - found}")
        if snapshot.to_confirm:
            wrong.append("to be confirmed, and nothing is missing")
        before = found
        times += 1
    pipe.send((times, wrong))


def write_within(folder: Path, most: int, ahead: bool, pipe: Connection) -> None:
    """Write two entries where no file may grow beyond `most` bytes, and say how each went."""
    journal = Home(folder).open(ahead=ahead)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    for text in ("limited", "limited too"):
        pipe.send((text, _outcome(partial(note, journal, text))))


def write_when_told(folder: Path, ahead: bool, pipe: Connection) -> None:
    """Write what is asked for, one entry at a time, and say how it went; None ends it."""
    journal = Home(folder).open(ahead=ahead)
    while (text := pipe.recv()) is not None:
        pipe.send(_outcome(partial(note, journal, text)))


def hold_the_lock(folder: Path, pipe: Connection) -> None:
    """Hold the journal's lock until told."""
    with Home(folder).file().locked():
        pipe.send("held")
        pipe.recv()


def _outcome(act: Callable[[], None]) -> str:
    try:
        act()
    except KneejournalError as error:
        return str(error)
    except BaseException as error:
        return f"crash: {error!r}"
    return "saved"
