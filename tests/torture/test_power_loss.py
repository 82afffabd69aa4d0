"""R3: whatever a power cut leaves of a save reads as the journal before it or after it."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kneejournal.errors import KneejournalError
from kneejournal.examination import loaded
from kneejournal.journal_file import JournalFile
from tests.torture.rig import Home, note, notes_in
from tests.torture.traced import Call, need_strace, trace

CALLS = "?open,openat,?creat,write,?pwrite64,ftruncate,fsync,fdatasync,?rename,renameat,?renameat2,?link,linkat,"
CALLS += "?unlink,unlinkat,?mkdir,mkdirat,close"
BLOCK = 512

_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DESCRIPTOR = re.compile(r"^(\d+)<([^>]*)>")


@dataclass
class Inode:
    """A file by its content: what surely lies on the disk, and what was written since."""

    synced: bytes | None
    """None: not even its being there."""
    written: bytes

    def leftovers(self) -> Iterator[bytes]:
        """What a power cut may leave of it: data that was not synced is arbitrary."""
        yield self.written
        if self.synced == self.written:
            return
        if self.synced is not None:
            yield self.synced
        yield b""
        yield bytes(len(self.written))
        for most in range(BLOCK, len(self.written), BLOCK):
            yield self.written[:most]
            yield self.written[:most] + bytes(len(self.written) - most)
        yield self.written[: len(self.written) // 2]


Names = dict[str, Inode]


@dataclass
class Disk:
    """What a save has done so far: the names after each step, and which of these steps surely are on the disk."""

    steps: list[Names]
    """Names change in order, so that a power cut leaves those after some step."""
    sure: int = 0
    cuts: list[tuple[Names, bool]] = field(default_factory=list)

    def change(self, names: Names) -> None:
        self.steps.append(names)

    @property
    def now(self) -> Names:
        return self.steps[-1]


def states(
    calls: list[Call], home: Home, before: dict[str, bytes], after: dict[str, bytes]
) -> Iterator[dict[str, bytes]]:
    """Every state that a power cut may leave while `calls` are made; names are relative to the home's folder."""
    disk = Disk([{name: Inode(content, content) for name, content in before.items()}])
    for call in calls:
        yield from _cut(disk)
        _apply(call, disk, home, after)
    yield from _cut(disk)


def _cut(disk: Disk) -> Iterator[dict[str, bytes]]:
    for names in disk.steps[disk.sure :]:
        arbitrary = [name for name, inode in names.items() if inode.synced != inode.written]
        yield {name: inode.written for name, inode in names.items()}
        for name in arbitrary:
            others = {other: inode.written for other, inode in names.items() if other != name}
            yield others
            for content in names[name].leftovers():
                yield {**others, name: content}
        if len(arbitrary) > 1:
            yield {name: b"" if name in arbitrary else inode.written for name, inode in names.items()}
            yield {name: inode.written for name, inode in names.items() if name not in arbitrary}


def _apply(call: Call, disk: Disk, home: Home, after: dict[str, bytes]) -> None:
    if call.failed:
        return
    paths = [_relative(path, home) for path in _PATH.findall(call.arguments)]
    match = _DESCRIPTOR.match(call.arguments)
    held = _relative(match[2], home) if match else None
    now = dict(disk.now)
    if call.name in ("open", "openat", "creat") and paths and paths[0]:
        if "O_TRUNC" in call.arguments and paths[0] in now:
            now[paths[0]].written = b""
        elif "O_CREAT" in call.arguments and paths[0] not in now:
            disk.change({**now, paths[0]: Inode(None, b"")})
    elif call.name in ("write", "pwrite64") and held and held in now:
        now[held].written = _finally(held, after, int(call.answer))
    elif call.name in ("fsync", "fdatasync") and match:
        # A journalling file system commits every change of names so far together with what is synced.
        disk.sure = len(disk.steps) - 1
        if held in now:
            now[held].synced = now[held].written
    elif call.name.startswith("rename") and all(paths[:2]) and paths[0] in now:
        moved = now.pop(paths[0])
        disk.change({**now, paths[1]: moved})
    elif call.name.startswith("unlink") and paths and paths[0] in now:
        del now[paths[0]]
        disk.change(now)


def _relative(path: str, home: Home) -> str:
    return path.removeprefix(f"{home.folder}/") if path.startswith(f"{home.folder}/") else ""


def _finally(name: str, after: dict[str, bytes], length: int) -> bytes:
    """The bytes that were written: those of the file of that length which is there in the end."""
    if name in after and len(after[name]) == length:
        return after[name]
    kind = "journal.json" if ".journal.json." in name else "seen"
    found = [content for path, content in after.items() if kind in path and len(content) == length]
    assert found, f"{name}: no file of {length} bytes is there in the end"
    return found[0]


def files_of(home: Home) -> dict[str, bytes]:
    return {str(p.relative_to(home.folder)): p.read_bytes() for p in sorted(home.folder.rglob("*")) if p.is_file()}


def saved(folder: Path, is_first: bool) -> tuple[Home, dict[str, bytes], dict[str, bytes], list[Call]]:
    """A home in which the note "two" was saved: its files before and after, and the calls that touched them."""
    need_strace()
    home = Home(folder)
    if not is_first:
        note(home.begin(), "one")
    before = files_of(home)
    done, calls = trace(home, ("log", "1", "--note", "two"), CALLS)
    assert done.status == 0
    return home, before, files_of(home), [call for call in calls if str(home.folder) in call.arguments]


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `files` all that is in `folder`."""
    shutil.rmtree(folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def reading(folder: Path) -> set[str] | str:
    """The notes that are read, or what is wrong."""
    home = Home(folder)
    try:
        content = JournalFile(home.journal, home.state).read()
        return set() if content is None else set(notes_in(loaded(content.tables).live))
    except KneejournalError as error:
        return str(error)


@pytest.mark.parametrize("is_first", [False, True], ids=["a journal that is there", "the first save"])
def test_every_state_that_a_power_cut_can_leave_is_before_or_after(
    tmp_path: Path, figure: Callable[[str], None], is_first: bool
) -> None:
    home, before, after, calls = saved(tmp_path / "home", is_first)
    assert any(call.name.startswith("rename") for call in calls)
    old = set() if is_first else {"one"}
    wrong, seen = [], set[str]()
    count = 0
    # The real path is part of where the machine remembers versions, so that each state is put in the same place.
    for state in states(calls, home, before, after):
        key = repr(sorted((name, hash(content)) for name, content in state.items()))
        if key in seen:
            continue
        seen.add(key)
        count += 1
        put(home.folder, state)
        found = reading(home.folder)
        if found not in (old, old | {"two"}):
            wrong.append((found, {name: len(content) for name, content in state.items()}))
    figure(f"{count} states: {len(wrong)} neither before nor after")
    assert count > 40
    assert wrong == []


@pytest.mark.parametrize("is_first", [False, True], ids=["a journal that is there", "the first save"])
def test_once_it_was_said_to_be_written_every_state_is_after(tmp_path: Path, is_first: bool) -> None:
    """A power cut after the command has ended: nothing that matters waits to be synced."""
    home, before, after, calls = saved(tmp_path / "home", is_first)
    disk = Disk([{name: Inode(content, content) for name, content in before.items()}])
    for call in calls:
        _apply(call, disk, home, after)
    for state in _cut(disk):
        put(home.folder, state)
        assert "two" in reading(home.folder)
