"""R4: where there is no room, the journal stays as it was, and that is what is said."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.conftest import Scale
from tests.torture.rig import REPOSITORY, Home, note, tree
from tests.torture.work import finish, start, write_within

STEPS = 64
ROOM = 64 * 1024


def test_a_file_that_may_not_grow_beyond_any_byte_is_whole_before_or_after(
    home: Home, scale: Scale, figure: Callable[[str], None]
) -> None:
    note(home.begin(), "one")
    before, content = tree(home.folder), home.content
    note(home.open(), "limited")
    needed = len(home.content)
    limits = [*range(0, needed, scale(50, 1)), *range(needed - 3, needed + 4)]
    saved = refused = 0
    wrong = []
    for limit in limits:
        for folder in (home.journal.parent, home.data):
            shutil.rmtree(folder, ignore_errors=True)
        for name, was in before.items():
            (home.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (home.folder / name).write_bytes(was)
        (said,) = finish(*start(write_within, home.folder, limit))
        notes = home.notes()
        if said == "saved":
            saved += 1
            if "limited" not in notes:
                wrong.append((limit, "silent"))
        else:
            refused += 1
            if home.content != content or "Nothing was changed" not in said or home.temporary():
                wrong.append((limit, said))
    figure(f"{len(limits)} limits: {saved} saved, {refused} refused, {len(wrong)} wrong")
    assert wrong == []
    assert saved, "a limit beyond the file is none"
    assert refused


FILL = """
import os, sys
from pathlib import Path
sys.path.insert(0, {repository!r})
from tests.torture.rig import Home, note
from kneejournal.errors import KneejournalError
home = Home(Path({folder!r}))
journal = home.begin()
note(journal, "one", score=1)
for step in range({steps}):
    filler = home.journal.parent / "filler"
    free = os.statvfs(home.journal.parent)
    room = free.f_bavail * free.f_frsize
    leave = step * {page} // 4
    filler.write_bytes(bytes(max(0, room - leave)))
    known = set(home.notes())
    try:
        note(home.open(), f"step {{step}}")
        said = True
    except KneejournalError as error:
        said = False
        assert "Nothing was changed" in str(error), error
    found = set(home.notes())
    assert found == known | ({{f"step {{step}}"}} if said else set()), (step, said, found ^ known)
    assert home.temporary() == [], step
    filler.unlink()
    print(int(said), end="")
"""


def test_a_small_disk_that_fills_up_in_many_steps_loses_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:
    if sys.platform != "linux" or os.geteuid() or shutil.which("unshare") is None:
        pytest.skip("needs root and unshare, for a small disk that nobody else sees")
    disk = tmp_path / "disk"
    disk.mkdir()
    script = FILL.format(repository=str(REPOSITORY), folder=str(disk), steps=STEPS, page=4096)
    mount = f'mount -t tmpfs -o size={ROOM * 4} tmpfs {disk} && exec {sys.executable} -c "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, "sh", script], capture_output=True, text=True, timeout=300, check=False
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no private disk here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr[-2000:]
    steps = done.stdout.strip()
    figure(f"{len(steps)} steps: {steps.count('1')} saved, {steps.count('0')} refused, 0 lost")
    assert len(steps) == STEPS
    assert set(steps) == {"0", "1"}, "some saves find room and some do not"
