"""The verdict from loaded records, the first time and after one change; run inside kneejournal's environment."""

import json
import sys
import time
from pathlib import Path

from change import moment
from kneejournal.clock import system_now
from kneejournal.domain.snapshot import Edit, applied
from kneejournal.paths import find_places
from kneejournal.wiring import open_journal

WARM_UP = 2


def judge(path: Path, number: int) -> tuple[float, float]:
    """Seconds to the verdict on a journal just read, and on the same with an entry more."""
    # A journal of its own each time, so that nothing is left of the one before.
    journal = open_journal(find_places(str(path)), system_now)
    snapshot = journal.snapshot()
    began = time.perf_counter()
    journal.verdict(snapshot)
    judged = time.perf_counter()
    record = moment(number)
    after = applied(Edit(what="One entry.", records=(record,)), snapshot, record.updated_at)
    applied_at = time.perf_counter()
    journal.verdict(after)
    return judged - began, time.perf_counter() - applied_at


def main() -> None:
    runs, *journals = sys.argv[1:]
    found: list[dict[str, list[float]]] = [{"verdict": [], "verdict after a change": []} for _ in journals]
    for number in range(WARM_UP + int(runs)):
        for journal, samples in zip(journals, found, strict=True):
            fresh, changed = judge(Path(journal), number)
            if number >= WARM_UP:
                samples["verdict"].append(fresh)
                samples["verdict after a change"].append(changed)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
