"""R2: killed at any system call, or any of them failing, a change is made or not made, and that is what is said."""

import random
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from kneejournal.domain.records import Pain
from kneejournal.errors import KneejournalError
from kneejournal.interop.shared_folder import SharedFolder
from tests.torture.ahead import SAVED, AppHome
from tests.torture.conftest import Scale
from tests.torture.rig import Done, Home, note
from tests.torture.traced import Call, known_calls, mentions, need_strace, trace

ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT")
LANES = 2
ENTRY = "the entry"
ADDED = "the new one"
SECOND = "the one after it"
SHARED = "shared"
"""The folder of the machines."""


@dataclass
class Lane:
    """A home whose state before the change can be brought back as often as needed."""

    home: Home
    seed: Path
    words: tuple[str, ...]

    def reset(self) -> None:
        shutil.rmtree(self.home.folder)
        shutil.copytree(self.seed, self.home.folder)

    def state(self) -> str:
        """`before`, `after`, or what is wrong."""
        try:
            records = self.home.snapshot().records.values()
        except KneejournalError as error:
            return f"unreadable: {error}"
        found = {r.note: r.deleted for r in records if isinstance(r, Pain)}
        change = self.words[0]
        if torn := self.torn():
            return f"{torn} is torn"
        if change in ("log", "import", "sync", f"add:{ADDED}"):
            kept, made = found.get(ENTRY) is False or self.is_first, ADDED in found
        elif change == "edit":
            kept, made = (ENTRY in found) != (ADDED in found), ADDED in found
        else:
            kept, made = ENTRY in found, found.get(ENTRY) is True
        return ("after" if made else "before") if kept else f"lost: {found}"

    def torn(self) -> str:
        """The files of machines that are not whole journals."""
        shared = SharedFolder(self.home.folder / SHARED, "nobody").read()
        return " ".join(shared.left_out)

    @property
    def is_first(self) -> bool:
        return not (self.seed / "knee" / "journal.json").exists()


def lane(folder: Path, change: str) -> Lane:
    home = Home(folder)
    export = folder / "export.json"
    other = Home(folder / "other")
    note(other.begin(), ADDED)
    other.ok("export", str(export))
    shared = folder / SHARED
    shared.mkdir()
    words = {
        "add": ("log", "1", "--note", ADDED),
        "first": ("log", "1", "--note", ADDED),
        "import": ("import", str(export)),
        "sync": ("sync", str(shared)),
    }
    if change != "first":
        journal = home.begin()
        note(journal, ENTRY)
        home.ok("log", "2", "--note", "another")
        entry = next(r.id for r in journal.entries() if isinstance(r, Pain) and r.note == ENTRY)
        if change == "sync":
            home.ok("sync", str(shared))
            shutil.copy(export, shared / "kneejournal-other.json")
        words |= {"edit": ("edit", entry, "--note", ADDED), "delete": ("delete", entry)}
    seed = folder.with_name(f"{folder.name}.seed")
    shutil.copytree(folder, seed)
    return Lane(home, seed, words[change])


def made(folder: Path, change: str) -> Lane:
    """A lane for `change`; `ahead`: an app makes two, each of which comes into the journal's own file afterwards."""
    if change != "ahead":
        return lane(folder, change)
    home = AppHome(folder)
    note(home.begin(), ENTRY)
    (folder / SHARED).mkdir()
    seed = folder.with_name(f"{folder.name}.seed")
    shutil.copytree(folder, seed)
    return Lane(home, seed, (f"add:{ADDED}", f"add:{SECOND}"))


def app_complaints(home: Home, fault: str, done: Done) -> Iterator[str]:
    """What is wrong with how an app that writes ahead took it that a call went wrong."""
    said = done.out.splitlines()
    try:
        snapshot = home.snapshot()
    except KneejournalError as error:
        yield f"the journal is unreadable: {error}"
        return
    found = {r.note for r in snapshot.live if isinstance(r, Pain)}
    saved = {ENTRY} | {name for name, text in zip((ADDED, SECOND), said, strict=False) if text == SAVED}
    unsure = {name for name, text in zip((ADDED, SECOND), said, strict=False) if "Nothing was changed" not in text}
    if fault == "signal=KILL":
        unsure |= {*(ADDED, SECOND)[len(said) :][:1]}
    elif len(said) != 2:
        yield f"silent: {said}"
    if not saved <= found <= saved | unsure:
        yield f"{said}, and there are {found}"
    if "Traceback" in done.err or done.status not in (0, -9):
        yield f"crash: status {done.status}, {done.err.strip()[-300:]}"
    if snapshot.to_confirm:
        yield "to be confirmed, and nothing is missing"


def injections(calls: list[Call], folder: Path, change: str) -> Iterator[tuple[Call, str]]:
    """A kill at every call; every error at every call of `add`, one after the other at those of its kin."""
    for number, call in enumerate(call for call in calls if mentions(call, folder)):
        yield call, "signal=KILL"
        errors = ERRORS if change in ("add", "ahead") else ERRORS[number % len(ERRORS) :][:1]
        yield from ((call, f"error={error}") for error in errors)


def complaints(call: Call, fault: str, done: Done, state: str) -> Iterator[str]:
    """What is wrong with how a command took it that `call` went wrong."""
    if state not in ("before", "after"):
        yield f"the journal is {state}"
    if done.status == 0 and state != "after":
        yield "silent: said to be done, and is not"
    if "Traceback" in done.err or done.status not in (0, 3, 4, -9):
        yield f"crash: status {done.status}, {done.err.strip()[:300]}"
    if state == "after" and "Nothing was changed" in done.err:
        yield f"said to have changed nothing, and has: {done.err.strip()}"
    is_copy = ".backups" in call.arguments or "/seen" in call.arguments
    if is_copy and fault != "signal=KILL" and (done.status, state) != (0, "after"):
        yield f"a copy or a memory that failed failed the save: {done.err.strip()}"


@pytest.mark.parametrize("change", ["add", "edit", "delete", "import", "sync", "first", "ahead"])
def test_a_change_is_made_or_not_made_and_said_so_whichever_call_fails(
    tmp_path: Path, scale: Scale, figure: Callable[[str], None], change: str
) -> None:
    need_strace()
    lanes = [made(tmp_path / f"lane{number}", change) for number in range(LANES)]
    wanted: list[list[tuple[Call, str]]] = []
    for each in lanes:
        # The first call may compile what it imports, which takes calls that the later ones do not make.
        assert each.home.run(*each.words).status == 0
        each.reset()
        done, calls = trace(each.home, each.words, known_calls())
        assert (done.status, each.state()) == (0, "after"), done
        wanted.append(list(injections(calls, each.home.folder, change)))
    assert len(wanted[0]) == len(wanted[1]), "the same calls in the same order"
    places = range(len(wanted[0]))
    count = scale(8, len(places))
    chosen = sorted(random.Random(change).sample(places, min(count, len(places))))
    found = list[str]()
    missed = 0

    def run(number: int) -> None:
        nonlocal missed
        here = lanes[number]
        for place in chosen[number::LANES]:
            call, fault = wanted[number][place]
            here.reset()
            done, calls = trace(
                here.home, here.words, call.name, "-e", f"inject={call.name}:{fault}:when={call.number}"
            )
            hit = next((c for c in calls if c.number == call.number), None)
            if fault != "signal=KILL" and (hit is None or not mentions(hit, here.home.folder)):
                missed += 1
                continue
            struck = hit or call
            where = f"{fault} at {struck.name} {struck.arguments[:160]}"
            if change == "ahead":
                found.extend(f"{where}: {what}" for what in app_complaints(here.home, fault, done))
            else:
                found.extend(f"{where}: {what}" for what in complaints(struck, fault, done, here.state()))

    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(run, range(LANES)))
    figure(f"{change}: {len(chosen)} of {len(places)} faults, {missed} missed their call, {len(found)} complaints")
    assert not found, "\n".join(found)
    assert missed <= max(1, len(chosen) // 10)
