"""One durable change of the journal against a row of the same size in SQLite; run inside kneejournal's environment."""

import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kneejournal.clock import system_now
from kneejournal.domain.days import journal_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Pain, Scores, new_id, to_plain
from kneejournal.domain.snapshot import Edit
from kneejournal.paths import find_places
from kneejournal.storage import FileStorage
from kneejournal.store import Store
from kneejournal.wiring import open_file

WARM_UP = 3


def moment(number: int) -> Pain:
    """An entry as somebody writes it in the evening."""
    now = system_now() + timedelta(microseconds=number)
    day = journal_day(now, Profile().thresholds)
    return Pain(
        id=new_id(),
        day=day,
        recorded_at=now,
        updated_at=now,
        device="3fa81c02",
        scope="moment",
        time="20:05",
        pain=Scores(left=number % 3),
        symptoms=(),
        medicine=False,
        note="Stairs fine.",
    )


def plain(record: AnyRecord) -> str:
    return json.dumps(to_plain(record), default=str)


def table(path: Path, records: list[AnyRecord]) -> sqlite3.Connection:
    """A database that holds the same records, and keeps the same promise: on the disk when it says so."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE records (id TEXT PRIMARY KEY, record TEXT NOT NULL)")
    base.executemany("INSERT INTO records VALUES (?, ?)", [(record.id, plain(record)) for record in records])
    base.commit()
    return base


def copied(journal: Path) -> Path:
    """A copy of a journal, in a folder of its own."""
    folder = journal.with_name("ahead")
    folder.mkdir()
    return Path(shutil.copy(journal, folder))


def opened(journal: Path) -> Store:
    return Store(FileStorage(open_file(find_places(str(journal)))))


class Triple:
    """A journal as a command writes it, another as the app does, and a database that holds the same."""

    def __init__(self, journal: Path) -> None:
        self.app = opened(copied(journal))
        self.app.write_ahead()
        self.command = opened(journal)
        self.base = table(journal.with_name("same.sqlite"), list(self.command.load().records.values()))
        self.found: dict[str, list[float]] = {"change": [], "change of a command": [], "sqlite": []}

    def write(self, number: int) -> None:
        """Write an entry into each."""
        record = moment(number)
        ways: dict[str, Callable[[], object]] = {
            "sqlite": lambda: self._insert(record),
            "change": lambda: self._update(self.app, record),
            "change of a command": lambda: self._update(self.command, record),
        }
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number >= WARM_UP:
                self.found[name].append(time.perf_counter() - began)
            self.app.wait()

    def _update(self, store: Store, record: Pain) -> None:
        store.update(lambda _: Edit(what="One entry.", records=(record,)), record.updated_at)

    def _insert(self, record: Pain) -> None:
        self.base.execute("INSERT INTO records VALUES (?, ?)", (record.id, plain(record)))
        self.base.commit()


def main() -> None:
    runs, *journals = sys.argv[1:]
    triples = [Triple(Path(journal)) for journal in journals]
    for number in range(WARM_UP + int(runs)):
        for triple in triples:
            triple.write(number)
    print(json.dumps([triple.found for triple in triples]))


if __name__ == "__main__":
    main()
