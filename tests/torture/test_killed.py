"""R1: a kill at any moment loses nothing that was acknowledged."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from kneejournal.doctor import Doctor
from kneejournal.domain.records import Pain
from tests.torture.conftest import Scale
from tests.torture.rig import EVENING, Home, note, notes_in
from tests.torture.work import finish, start, write_for_ever

ROUNDS_A_JOURNAL = 25
"""A journal that grows without end would only make the rounds slow."""
WRITE_SECONDS = 0.06


def taken_in(home: Home, number: int) -> set[str]:
    """What a killed program left is taken in by the next program, or by a command, or by the doctor before it acts."""
    if number % 3 == 1:
        home.ok("log", "1", "--note", f"command {number}")
        return {f"command {number}"}
    if number % 3 == 2:
        note(home.open(), f"to be purged {number}")
        entry = next(r.id for r in home.snapshot().live if isinstance(r, Pain) and r.note == f"to be purged {number}")
        Doctor(home.file()).purge(entry, EVENING)
    return set()


@pytest.mark.parametrize("ahead", [False, True], ids=["at once", "ahead"])
@pytest.mark.parametrize(
    ("name", "short", "full"), [("SIGKILL", 24, 1000), ("SIGTERM", 6, 100), ("SIGINT", 6, 100), ("SIGHUP", 6, 100)]
)
def test_a_program_killed_while_it_writes_loses_nothing_it_had_said_was_written(
    home: Home, scale: Scale, figure: Callable[[str], None], name: str, short: int, full: int, ahead: bool
) -> None:
    rounds, moments = scale(short, full), random.Random(name)
    lost = acknowledged = unsaid = left = 0
    known: set[str] = set()
    for number in range(rounds):
        if number % ROUNDS_A_JOURNAL == 0:
            home.begin()
            known = set()
        process, pipe = start(write_for_ever, home.folder, number * 10_000, ahead)
        said = [pipe.recv()]
        process.join(moments.uniform(0, WRITE_SECONDS))
        os.kill(process.pid or 0, getattr(signal, name))
        said += finish(process, pipe)
        left += home.ahead.exists()
        snapshot = home.snapshot()
        found = set(notes_in(snapshot.live))
        assert not snapshot.to_confirm, "nothing is missing"
        expected = known | {str(each) for each in said}
        lost += len(expected - found)
        assert len(found - expected) <= 1, "no more than the entry that was being written"
        unsaid += len(found - expected)
        acknowledged += len(said)
        known = found
        if ahead:
            known = found | taken_in(home, number)
            assert set(home.notes()) == known
    how = f", {left} left ahead of the journal" if ahead else ""
    figure(f"{name}: {rounds} kills, {acknowledged} acknowledged{how}, {unsaid} written but unsaid, {lost} lost")
    assert lost == 0


def test_a_command_killed_at_any_moment_leaves_the_journal_before_or_after(
    home: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    rounds, moments = scale(12, 300), random.Random("commands")
    home.begin()
    began = time.monotonic()
    for _ in range(3):
        home.run("log", "1")
    usual = (time.monotonic() - began) / 3
    killed = written = 0
    known = set(home.notes())
    for number in range(rounds):
        with home.start("log", "1", "--note", str(number)) as process:
            try:
                process.wait(usual * moments.uniform(0.5, 1.1))
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            status = process.wait()
        found = set(home.notes())
        written += str(number) in found
        assert found - {str(number)} == known, "what was written before is there"
        assert status != 0 or str(number) in found, "what was acknowledged is there"
        known = found
    figure(f"commands: {rounds} started, {killed} killed, {written} had written, 0 lost")
