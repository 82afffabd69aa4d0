"""Makes a long journal: python data.py FOLDER RECORDS writes FOLDER/journal.json, and says what is in it."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from kneejournal.clock import system_now
from kneejournal.domain.days import journal_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.snapshot import Edit, Snapshot, checked
from kneejournal.library import load_programme
from kneejournal.paths import find_places, packaged
from kneejournal.storage import FileStorage
from kneejournal.store import Store
from kneejournal.wiring import open_file, open_journal
from story import STRENGTH, Story

CHANGES = 20
"""The last entries are written one by one, so that there is something to take back, and there are backups."""


def told(count: int, now: datetime) -> list[AnyRecord]:
    """The last `count` records of the story that ends at `now`, oldest first."""
    story = Story(journal_day(now, Profile().thresholds), now)
    found: list[AnyRecord] = []
    ago = 0
    while len(found) < count:
        found[:0] = story.day(ago)
        ago += 1
    return found[-count:]


def write(records: Sequence[AnyRecord], journal: Path) -> None:
    """Write `records` as a new journal, the last of them one by one."""
    begun = records[0].recorded_at
    profile = Profile(units="mi", began=records[0].day, updated_at=begun)
    checked(Edit(what="", records=tuple(records), profile=profile))
    store = Store(FileStorage(open_file(find_places(str(journal)))))
    store.begin(Snapshot(records={r.id: r for r in records[:-CHANGES]}, profile=profile), begun)
    for record in records[-CHANGES:]:
        edit = Edit(what=f"Entry of {record.day}.", records=(record,))
        store.update(partial(_same, edit), record.recorded_at)


def _same(edit: Edit, _: Snapshot) -> Edit:
    return edit


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    now = system_now()
    records = told(count, now)
    write(records, folder / "journal.json")
    journal = open_journal(find_places(str(folder / "journal.json")), system_now)
    verdict = journal.verdict()
    names = {exercise.id: exercise.name for exercise in load_programme(packaged("content")).exercises}
    said = {
        "records": count,
        "days": (records[-1].day - records[0].day).days + 1,
        "bytes": (folder / "journal.json").stat().st_size,
        "headline": verdict.headline,
        "to_tick": {exercise: names[exercise] for exercise in STRENGTH[1:]},
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
