"""What the torture tests share: a throwaway home, commands in it, and a look at what they left."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest import mock

from kneejournal.__main__ import main
from kneejournal.clock import Clock
from kneejournal.doctor import Doctor
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, Pain, Run
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.errors import KneejournalError
from kneejournal.examination import loaded
from kneejournal.journal import Journal
from kneejournal.journal_file import JournalFile
from kneejournal.paths import Places
from kneejournal.storage import FileStorage
from kneejournal.store import Store
from tests.support import DEVICE, programme

REPOSITORY = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)
EVENING = datetime(2026, 11, 22, 20, tzinfo=UTC)
NOW = "2026-11-22T20:00:00+00:00"
HANG = 60
"""Seconds after which a command that has not ended hangs."""
ERRORS = frozenset({0, 1, 2, 3, 4})
"""Every exit status of a command that ends by itself: anything else is a crash."""

_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def is_crash(self) -> bool:
        return self.status not in ERRORS or "Traceback" in self.err


class Home:
    """A throwaway home with one journal, used by commands and in this process alike."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opens_ahead = False
        """Whether it is opened as by the app, which writes ahead."""
        self.journal = folder / "knee" / "journal.json"
        self.data = folder / "home" / "data" / "kneejournal"
        self.journal.parent.mkdir(parents=True, exist_ok=True)

    @property
    def state(self) -> Path:
        return self.data / "seen"

    @property
    def content(self) -> bytes:
        return self.journal.read_bytes()

    @property
    def ahead(self) -> Path:
        """What an app that was killed left beside the journal."""
        return self.journal.with_name(f"{self.journal.name}.ahead")

    @property
    def environment(self) -> dict[str, str]:
        home = self.folder / "home"
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONHASHSEED": "0",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }

    @property
    def places(self) -> Places:
        return Places(journal=self.journal, settings=self.folder / "settings.toml", data=self.data, is_own_folder=False)

    def command(self, *words: str, now: str = NOW) -> list[str]:
        return [sys.executable, "-m", "kneejournal", "--journal", str(self.journal), "--now", now, *words]

    def start(self, *words: str, now: str = NOW, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*before, *self.command(*words, now=now)],
            env=self.environment,
            cwd=self.folder.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
        )

    def run(self, *words: str, now: str = NOW, before: Sequence[str] = ()) -> Done:
        """Call kneejournal in a process of its own; TimeoutExpired when it hangs."""
        with self.start(*words, now=now, before=before) as process:
            try:
                out, err = process.communicate(timeout=HANG)
            except BaseException:
                process.kill()
                raise
        return Done(process.returncode, out, err)

    def call(self, *words: str, now: str = NOW, encoding: str = "utf-8") -> Done:
        """Call kneejournal in this process, which is a lot quicker; `encoding` is that of what it prints to."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="surrogateescape") for _ in range(2))
        nothing = io.TextIOWrapper(io.BytesIO())
        with (
            mock.patch.dict(os.environ, self.environment),
            mock.patch.object(sys, "stdin", nothing),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            status = main(["--journal", str(self.journal), "--now", now, *words])
        return Done(status, _written(out), _written(err))

    def ok(self, *words: str, now: str = NOW) -> str:
        done = self.call(*words, now=now)
        assert (done.status, done.err) == (0, ""), done
        return done.out

    def file(self, path: Path | None = None) -> JournalFile:
        return JournalFile(path or self.journal, self.state)

    def open(
        self, clock: Clock = lambda: EVENING, path: Path | None = None, device: str = DEVICE, *, ahead: bool = False
    ) -> Journal:
        """The journal, opened anew in this process; `ahead`: as by the app, which writes ahead."""
        store = Store(FileStorage(self.file(path)))
        if ahead or self.opens_ahead:
            store.write_ahead()
        return Journal(store, shipped(), clock, lambda: device)

    def snapshot(self) -> Snapshot:
        """The journal as it is, read as a whole; raises when it is not."""
        return self.open().snapshot()

    def notes(self) -> list[str]:
        return notes_in(self.snapshot().live)

    def begin(self) -> Journal:
        """A new journal, set up, in the place of whatever was there."""
        for folder in (self.journal.parent, self.data):
            shutil.rmtree(folder, ignore_errors=True)
        self.journal.parent.mkdir(parents=True)
        journal = self.open()
        journal.set_up(SetupAnswers(knee="left", units="mi"))
        return journal

    def begin_ready(self) -> Journal:
        """A new journal with seven clear evenings, so that the morning of TODAY is ready."""
        self.begin()
        for back in range(7, 0, -1):
            moment = EVENING - timedelta(days=back)
            check(self.open(standing(moment)), moment.date(), 0)
        return self.open(morning)

    def temporary(self) -> list[str]:
        return sorted(path.name for path in self.journal.parent.glob(".*.tmp"))


def _written(stream: io.TextIOWrapper) -> str:
    # The program has changed what happens to bytes that the encoding lacks.
    stream.reconfigure(errors="surrogateescape")
    stream.seek(0)
    return stream.read()


@lru_cache(maxsize=1)
def shipped() -> Programme:
    return programme()


def standing(moment: datetime) -> Clock:
    """A clock that shows one moment."""
    return lambda: moment


def morning() -> datetime:
    """08:00 of TODAY."""
    return EVENING.replace(hour=8)


def note(journal: Journal, text: str, score: int = 0) -> None:
    """Write a pain entry with a note, by which it is found again."""
    journal.log(PainEntry(scope="moment", day=journal.today(), pain={"left": score}, note=text))


def lived_in(home: Home) -> tuple[str, str, Path]:
    """A journal with a note and a run, and an export of it: the ids of both, and the file."""
    journal = home.begin()
    home.ok("run", "3mi")
    note(journal, "an entry")
    entry = next(r.id for r in journal.entries() if not isinstance(r, Run))
    run = next(r.id for r in journal.entries() if isinstance(r, Run))
    export = home.folder / "export.json"
    home.ok("export", str(export))
    return entry, run, export


@contextmanager
def killed_at_once() -> Iterator[None]:
    """Apps end as soon as a change is on the disk, and bring none of it into the journal's own file."""
    with mock.patch.object(Store, "_settle_soon"):
        yield


def leave_ahead(home: Home, *texts: str, score: int = 0, clock: Clock = lambda: EVENING) -> None:
    """Entries written by an app that was killed before they were in the journal's own file."""
    with killed_at_once():
        for text in texts:
            note(home.open(clock, ahead=True), text, score)
    assert home.ahead.exists()


def check(journal: Journal, day: date, score: int, *, correct: bool = False) -> None:
    journal.log(PainEntry(scope="day", day=day, pain={"left": score}, correct=correct))


def notes_in(records: Iterable[AnyRecord]) -> list[str]:
    return [record.note for record in records if isinstance(record, Pain | Run)]


def whole(file: JournalFile) -> Snapshot | None:
    """What the file holds, validated; None when there is no file. Raises when it is damaged."""
    content = file.read()
    return None if content is None else loaded(content.tables)


def tables_of(raw: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(raw)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes, lock files left aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def raw_controls(text: str) -> list[str]:
    """What a terminal would obey: control characters other than newline, and what hides or turns text."""
    return [repr(sign) for sign in _OBEYED.findall(text)]


def go_back_to(home: Home, revision: int, at: datetime) -> None:
    """Restore the backup of that revision."""
    doctor = Doctor(home.file())
    doctor.restore(doctor.backup_of(revision), at)


def said(error: KneejournalError) -> str:
    """All that an error tells: what is wrong, and what to do."""
    return f"{error} {getattr(error, 'hint', '')}"
