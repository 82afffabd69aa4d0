"""R3: whatever a power cut leaves of a save reads as the journal before it or after it."""

import ast
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kneejournal.domain.records import Pain
from kneejournal.errors import KneejournalError
from tests.torture.ahead import SAVED, AppHome
from tests.torture.conftest import Scale
from tests.torture.rig import Home, leave_ahead, note
from tests.torture.traced import Call, need_strace, trace

CALLS = "?open,openat,?creat,write,?pwrite64,ftruncate,fsync,fdatasync,?rename,renameat,?renameat2,?link,linkat,"
CALLS += "?unlink,unlinkat,?mkdir,mkdirat,close"
BLOCK = 512

_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DESCRIPTOR = re.compile(r"^(\d+)<([^>]*)>")
_BYTES = re.compile(r'"(?:[^"\\]|\\.)*"')


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


def states(calls: list[Call], home: Home, before: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
    """Every state that a power cut may leave while `calls` are made; names are relative to the home's folder."""
    disk = Disk([{name: Inode(content, content) for name, content in before.items()}])
    for call in calls:
        yield from _cut(disk)
        _apply(call, disk, home)
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


def _apply(call: Call, disk: Disk, home: Home) -> None:
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
        now[held].written += _written(call)
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


def _written(call: Call) -> bytes:
    """The bytes that a call wrote, which strace shows as C would."""
    match = _BYTES.search(call.arguments)
    assert match, call.arguments[:200]
    content: bytes = ast.literal_eval(f"b{match[0]}")
    assert len(content) == int(call.answer)
    return content


def files_of(home: Home) -> dict[str, bytes]:
    return {str(p.relative_to(home.folder)): p.read_bytes() for p in sorted(home.folder.rglob("*")) if p.is_file()}


def saved(folder: Path, is_first: bool) -> tuple[Home, dict[str, bytes], list[Call]]:
    """A home in which the note "two" was saved: its files before, and the calls that touched them."""
    home = Home(folder)
    if not is_first:
        note(home.begin(), "one")
    return home, files_of(home), traced(home, "log", "1", "--note", "two")


def traced(home: Home, *words: str) -> list[Call]:
    """The calls of a program that touched the home's files, or told that something was saved."""
    need_strace()
    done, calls = trace(home, words, CALLS, "-s", "1000000")
    assert done.status == 0, done
    return [call for call in calls if str(home.folder) in call.arguments or _is_said(call)]


def _is_said(call: Call) -> bool:
    return call.name == "write" and f'"{SAVED}' in call.arguments


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `files` all that is in `folder`."""
    shutil.rmtree(folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def reading(folder: Path) -> set[str] | str:
    """The notes that are read, or what is wrong."""
    try:
        return set(Home(folder).notes())
    except KneejournalError as error:
        return str(error)


@pytest.mark.parametrize("is_first", [False, True], ids=["a journal that is there", "the first save"])
def test_every_state_that_a_power_cut_can_leave_is_before_or_after(
    tmp_path: Path, figure: Callable[[str], None], is_first: bool
) -> None:
    home, before, calls = saved(tmp_path / "home", is_first)
    assert any(call.name.startswith("rename") for call in calls)
    old = set[str]() if is_first else {"one"}
    count, wrong = tried(home, states(calls, home, before), old, old | {"two"})
    figure(f"{count} states: {len(wrong)} neither before nor after")
    assert count > 40
    assert wrong == []


def tried(home: Home, found: Iterable[dict[str, bytes]], *right: set[str]) -> tuple[int, list[object]]:
    """How many states there are, and those in which other notes are read than those in one of `right`."""
    wrong, seen = list[object](), set[str]()
    # The real path is part of where the machine remembers versions, so that each state is put in the same place.
    for state in found:
        key = repr(sorted((name, hash(content)) for name, content in state.items()))
        if key in seen:
            continue
        seen.add(key)
        put(home.folder, state)
        if (notes := reading(home.folder)) not in right:
            wrong.append((notes, {name: len(content) for name, content in state.items()}))
    return len(seen), wrong


@pytest.mark.parametrize("is_first", [False, True], ids=["a journal that is there", "the first save"])
def test_once_it_was_said_to_be_written_every_state_is_after(tmp_path: Path, is_first: bool) -> None:
    """A power cut after the command has ended: nothing that matters waits to be synced."""
    home, before, calls = saved(tmp_path / "home", is_first)
    for state in at_the_end(calls, home, before):
        put(home.folder, state)
        assert "two" in reading(home.folder)


def at_the_end(calls: list[Call], home: Home, before: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
    """Every state that a power cut may leave once all the calls were made."""
    disk = Disk([{name: Inode(content, content) for name, content in before.items()}])
    for call in calls:
        _apply(call, disk, home)
    yield from _cut(disk)


STEPS = {"add:two": {"one", "two"}, "edit:two": {"one", "two, changed"}, "undo": {"one", "two"}, "delete:two": {"one"}}
"""Changes of an app, one after the other, and the notes after each."""


def test_what_an_app_said_was_saved_is_there_in_every_state_after_that(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Written ahead, settled, and the file taken away again, which comes back where that was not synced."""
    home = AppHome(tmp_path / "home")
    note(home.begin(), "one")
    before = files_of(home)
    # No entry is read from a copy as long as the journal is there, and there are many copies to be cut off anywhere.
    calls = [call for call in traced(home, *STEPS) if ".backups" not in call.arguments]
    assert reading(home.folder) == {"one"}
    disk = Disk([{name: Inode(content, content) for name, content in before.items()}])
    after, found = [{"one"}, *STEPS.values()], [list[dict[str, bytes]]() for _ in range(len(STEPS) + 1)]
    said = 0
    for call in calls:
        _apply(call, disk, home)
        said += _is_said(call)
        found[said] += _cut(disk)
    assert said == len(STEPS)
    done = [tried(home, states, *after[number : number + 2]) for number, states in enumerate(found)]
    count, wrong = sum(count for count, _ in done), [each for _, bad in done for each in bad]
    figure(f"{count} states of {said} changes: {len(wrong)} without what was acknowledged")
    assert wrong == []


WORK = {
    "log": {"one", "ahead", "last", "new"},
    "edit": {"one", "changed", "last"},
    "delete": {"one", "last"},
    "undo": {"one", "ahead"},
    "purge": {"one", "last"},
    "restore": {"one"},
}
"""What commands make of a journal with what a killed app left, in which "one" stood before."""


@pytest.mark.parametrize("what", WORK)
def test_what_was_written_ahead_neither_goes_nor_comes_back_with_the_power(
    tmp_path: Path, scale: Scale, figure: Callable[[str], None], what: str
) -> None:
    home = Home(tmp_path / "home")
    note(home.begin(), "one")
    revision = home.file().backups.all()[0].revision
    leave_ahead(home, "ahead", "last")
    before = files_of(home)
    entry = next(r.id for r in home.snapshot().live if isinstance(r, Pain) and r.note == "ahead")
    words = {
        "log": ("log", "1", "--note", "new"),
        "edit": ("edit", entry, "--note", "changed"),
        "delete": ("delete", entry),
        "undo": ("undo",),
        "purge": ("purge", entry, "--yes"),
        "restore": ("doctor", "--restore", str(revision)),
    }
    calls = traced(home, *words[what])
    ends = list(at_the_end(calls, home, before))
    on_the_way = list(states(calls, home, before))[:: scale(5, 1)]
    count, wrong = tried(home, on_the_way, {"one", "ahead", "last"}, WORK[what])
    more, gone_back = tried(home, ends[:: scale(2, 1)], WORK[what])
    kept = [state for state in ends if what == "purge" and entry.encode() in b"".join(state.values())]
    figure(f"{what}: {count} states, {len(wrong)} wrong; {more} after its end, {len(gone_back)} gone back")
    assert (wrong, gone_back, kept) == ([], [], [])
    assert what != "restore" or home.snapshot().to_confirm
