"""Commands of a prompt line against an interpreter that starts and does nothing."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from place import Place
from rows import Samples

COMMANDS: Mapping[str, tuple[Sequence[str], ...]] = {
    "status": (("status",),),
    "ready": (("ready",),),
    "log": (("log", "3"), ("log", "2")),
}
GOOD = (0, 1)
"""`ready` answers with 1 when the rules are not met."""


def measure_once(place: Place, samples: Samples) -> None:
    """Run every command, each after a bare interpreter; what is logged goes into a journal beside the other."""
    for name, ways in COMMANDS.items():
        timed([place.python, "-c", "pass"], place, "python", samples)
        journal = place.second_journal if name == "log" else place.journal
        before = journal.stat().st_ino
        words = ways[len(samples.found[name]) % len(ways)]
        timed([place.command, "--journal", str(journal), *words], place, name, samples)
        if (journal.stat().st_ino != before) != (name == "log"):
            raise AssertionError(f"{words} did not do what it is for")


def timed(words: Sequence[str], place: Place, name: str, samples: Samples) -> None:
    began = time.perf_counter()
    process = subprocess.Popen(words, env=place.environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    samples.add(name, time.perf_counter() - began)
    samples.add(f"{name} cpu", used.ru_utime + used.ru_stime)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in GOOD:
        raise AssertionError(f"{words} ended with {process.returncode}")
