"""R4: where there is no room, the journal stays as it was, and that is what is said."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.conftest import Scale
from tests.torture.rig import REPOSITORY, Home, leave_ahead, note, tree
from tests.torture.work import finish, start, write_within

STEPS = 64
ROOM = 64 * 1024


@pytest.mark.parametrize("ahead", [False, True], ids=["at once", "ahead"])
def test_a_file_that_may_not_grow_beyond_any_byte_is_whole_before_or_after(
    home: Home, scale: Scale, figure: Callable[[str], None], ahead: bool
) -> None:
    """Written ahead, a change may find the room that the journal's own file does not; what comes then is refused."""
    note(home.begin(), "one")
    before = tree(home.folder)
    leave_ahead(home, "limited")
    small = len(home.ahead.read_bytes())
    note(home.open(), "limited too")
    needed = len(home.content)
    limits = [*range(0, needed, scale(250 if ahead else 120, 1)), *range(needed - 3, needed + 4)]
    limits += range(small - 3, small + 4) if ahead else ()
    saved = refused = left = 0
    wrong: list[tuple[int, str]] = []
    for limit in limits:
        for folder in (home.journal.parent, home.data):
            shutil.rmtree(folder, ignore_errors=True)
        for name, was in before.items():
            (home.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (home.folder / name).write_bytes(was)
        said = dict(finish(*start(write_within, home.folder, limit, ahead)))
        acknowledged = {text for text, answer in said.items() if answer == "saved"}
        saved += len(acknowledged)
        refused += len(said) - len(acknowledged)
        left += home.ahead.exists()
        wrong += [(limit, a) for a in said.values() if a != "saved" and "Nothing was changed" not in a]
        if set(home.notes()) != acknowledged | {"one"} or home.temporary() or len(said) != 2:
            wrong.append((limit, f"{said}, and there are {home.notes()}"))
    figure(f"{len(limits)} limits: {saved} saved, {refused} refused, {left} left ahead, {len(wrong)} wrong")
    assert wrong == []
    assert saved, "a limit beyond the file is none"
    assert refused
    assert bool(left) == ahead


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
        app = home.open(ahead={ahead})
        note(app, f"step {{step}}")
        said = True
    except KneejournalError as error:
        said = False
        assert "Nothing was changed" in str(error), error
    app._store.wait()
    found = set(home.notes())
    assert found == known | ({{f"step {{step}}"}} if said else set()), (step, said, found ^ known)
    assert home.temporary() == [], step
    filler.unlink()
    print(int(said), end="")
"""


@pytest.mark.parametrize("ahead", [False, True], ids=["at once", "ahead"])
def test_a_small_disk_that_fills_up_in_many_steps_loses_nothing(
    tmp_path: Path, figure: Callable[[str], None], ahead: bool
) -> None:
    if sys.platform != "linux" or os.geteuid() or shutil.which("unshare") is None:
        pytest.skip("needs root and unshare, for a small disk that nobody else sees")
    disk = tmp_path / "disk"
    disk.mkdir()
    script = FILL.format(repository=str(REPOSITORY), folder=str(disk), steps=STEPS, page=4096, ahead=ahead)
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
