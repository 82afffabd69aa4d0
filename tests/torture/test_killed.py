"""R1: a kill at any moment loses nothing that was acknowledged."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.torture.conftest import Scale
from tests.torture.rig import Home, notes_in
from tests.torture.work import finish, start, write_for_ever

ROUNDS_A_JOURNAL = 25
"""A journal that grows without end would only make the rounds slow."""
WRITE_SECONDS = 0.06


@pytest.mark.parametrize(
    ("name", "short", "full"), [("SIGKILL", 40, 1000), ("SIGTERM", 10, 100), ("SIGINT", 10, 100), ("SIGHUP", 10, 100)]
)
def test_a_program_killed_while_it_writes_loses_nothing_it_had_said_was_written(
    home: Home, scale: Scale, figure: Callable[[str], None], name: str, short: int, full: int
) -> None:
    rounds, moments = scale(short, full), random.Random(name)
    lost = acknowledged = unsaid = 0
    known: set[str] = set()
    for number in range(rounds):
        if number % ROUNDS_A_JOURNAL == 0:
            home.begin()
            known = set()
        process, pipe = start(write_for_ever, home.folder, number * 10_000)
        said = [pipe.recv()]
        process.join(moments.uniform(0, WRITE_SECONDS))
        os.kill(process.pid or 0, getattr(signal, name))
        said += finish(process, pipe)
        found = set(notes_in(home.snapshot().live))
        expected = known | {str(each) for each in said}
        lost += len(expected - found)
        assert len(found - expected) <= 1, "no more than the entry that was being written"
        unsaid += len(found - expected)
        acknowledged += len(said)
        known = found
    figure(f"{name}: {rounds} kills, {acknowledged} entries acknowledged, {unsaid} written but unsaid, {lost} lost")
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
