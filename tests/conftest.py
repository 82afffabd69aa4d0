"""The command line in this process, on a journal and a home that nobody lives in."""

import io
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from textual.pilot import Pilot

from kneejournal.__main__ import main
from tests.support import saved

settings.register_profile("kneejournal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kneejournal")
"""A busy machine is no failure: how long an example takes is not what is tested."""

EVENING = "2026-11-22T20:00:00-05:00"
"""A Sunday, late enough for a day-check to close its day."""


@dataclass(frozen=True)
class Result:
    """What one call gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class CommandLine:
    """Calls kneejournal at a moment that stands still."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.journal = folder / "journal.json"
        self.home = folder / "home"
        self.now = EVENING
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, now: str | None = None, stdin: bytes = b"") -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(["--journal", str(self.journal), "--now", now or self.now, *words])
        caught = self._capsys.readouterr()
        return Result(status, caught.out, caught.err)

    def ok(self, *words: str, now: str | None = None, stdin: bytes = b"") -> str:
        """What a call prints that has to succeed."""
        result = self(*words, now=now, stdin=stdin)
        assert (result.status, result.err) == (0, "")
        return result.out

    def log_clear_evenings(self, first: int, last: int) -> None:
        """A day-check of 0 at 20:00 on every day of November 2026 from `first` through `last`."""
        for day in range(first, last + 1):
            self.ok("log", "0", "--all-day", now=f"2026-11-{day:02}T20:00:00-05:00")

    def begin_another(self) -> None:
        """From here on, another journal, which is not there yet."""
        self.journal = self.journal.with_name(f"another-{self.journal.name}")

    @property
    def records(self) -> list[dict[str, Any]]:
        """Every record of the journal, deleted ones too, oldest first."""
        found: list[dict[str, Any]] = json.loads(self.ok("export"))["records"]
        return found

    @property
    def content(self) -> bytes | None:
        """The journal file as it is on the disk."""
        return self.journal.read_bytes() if self.journal.exists() else None


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home without anything in it, in New York."""
    home = tmp_path / "home"
    for name, folder in (("HOME", ""), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("KNEEJOURNAL_FILE", raising=False)
    monkeypatch.setenv("TZ", "America/New_York")
    if hasattr(time, "tzset"):
        time.tzset()
    yield home
    os.environ.pop("TZ", None)
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def cli(
    tmp_path: Path, empty_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on a new journal, on the evening of Sunday 22 November 2026."""
    assert not empty_home.exists()
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture(autouse=True)
def saved_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app saves in a thread of its own: a test looks once what it typed is on the disk, and shown."""
    for name in ("press", "click", "pause"):
        monkeypatch.setattr(Pilot, name, _then_saved(getattr(Pilot, name)))


def _then_saved(act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def acted(pilot: Pilot[Any], *what: Any, **how: Any) -> Any:
        result = await act(pilot, *what, **how)
        await saved(pilot)
        return result

    return acted


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for a journal, with nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
