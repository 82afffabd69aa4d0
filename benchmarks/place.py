"""Where a journal of one length is measured: a folder of its own, and an environment that nobody lives in."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
EVENING = 20
"""The hour that the programs are shown, so that every run measures the same time of the day."""


@dataclass(frozen=True)
class Place:
    """A folder with a journal, and the interpreter of the environment in which kneejournal is installed."""

    folder: Path
    python: str
    to_tick: dict[str, str]
    """The exercises of today that are not done, by id, with their names."""

    @classmethod
    def made(cls, folder: Path, python: str, records: int) -> Self:
        """A new journal of `records` records in a new folder."""
        folder.mkdir()
        made = subprocess.run(
            [python, str(HERE / "data.py"), str(folder), str(records)],
            env=environment(folder),
            stdout=subprocess.PIPE,
            check=True,
        )
        said: dict[str, Any] = json.loads(made.stdout)
        return cls(folder, python, said["to_tick"])

    @property
    def journal(self) -> Path:
        return self.folder / "journal.json"

    @property
    def second_journal(self) -> Path:
        """A copy of the journal as it was made, to write into."""
        copy = self.folder / "second" / self.journal.name
        if not copy.parent.exists():
            copy.parent.mkdir()
            shutil.copy(self.journal, copy)
            backups = f"{self.journal.name}.backups"
            shutil.copytree(self.folder / backups, copy.with_name(backups))
        return copy

    def kept(self) -> Path:
        """A copy of what is on the disk at this moment: what a power cut would leave."""
        copy = self.folder / "kept" / self.journal.name
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        # The journal itself last: what lies beside it only for a while is in it afterwards.
        for path in sorted(self.folder.glob(f"{self.journal.name}*"), reverse=True):
            if path.is_file():
                with suppress(FileNotFoundError):
                    shutil.copy(path, copy.with_name(path.name))
        return copy

    def done_in(self, journal: Path) -> set[str]:
        """The names of the exercises that are done today, as a program that is started anew reads them."""
        asked = [self.command, "--journal", str(journal), "today", "--json"]
        said = json.loads(subprocess.run(asked, env=self.environment, stdout=subprocess.PIPE, check=True).stdout)
        return {exercise["name"] for exercise in said["exercises"] if exercise["done"]}

    @property
    def command(self) -> str:
        """The installed `kneejournal`."""
        return str(Path(self.python).parent / "kneejournal")

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.folder)


def asked(script: str, places: Sequence[Place], runs: int) -> list[dict[str, list[float]]]:
    """What a script of this folder measures of each journal, in the environment of kneejournal."""
    command = [places[0].python, str(HERE / script), str(runs), *(str(place.journal) for place in places)]
    done = subprocess.run(command, env=places[0].environment, stdout=subprocess.PIPE, check=True)
    found: list[dict[str, list[float]]] = json.loads(done.stdout)
    return found


def environment(folder: Path) -> dict[str, str]:
    """What the measured programs are told of the world; the same for all of them."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": evening_zone(datetime.now(UTC)),
    }


def evening_zone(now: datetime) -> str:
    """A zone in which it is evening now, as POSIX writes it: with the sign turned round."""
    ahead = EVENING - now.hour
    if ahead > 14:
        ahead -= 24
    return f"EVE{-ahead:+d}"
