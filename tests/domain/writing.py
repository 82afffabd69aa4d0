"""What the tests of writing share: entries, answers, and two machines with one journal."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kneejournal.domain.records import ExerciseMark, Pain, Run, Shoe
from kneejournal.domain.write_pain import PainEntry
from kneejournal.errors import BadData
from kneejournal.journal import Journal
from kneejournal.storage import MemoryStorage
from kneejournal.store import Store
from tests.domain.stories import TODAY, at
from tests.support import StandingClock, new_journal, programme

NEW_YEAR = date(2027, 1, 2)


def all_day(journal: Journal, score: int = 0, **changes: object) -> PainEntry:
    """The day-check of today for the left knee, with what differs."""
    return PainEntry(**{"scope": "day", "day": journal.today(), "pain": {"left": score}, **changes})  # type: ignore[arg-type]


def the_check(journal: Journal) -> Pain:
    (check,) = [r for r in journal.snapshot().live if isinstance(r, Pain) and r.scope == "day"]
    return check


def the_run(journal: Journal) -> Run:
    (run,) = [r for r in journal.snapshot().live if isinstance(r, Run)]
    return run


def the_mark(journal: Journal) -> ExerciseMark:
    (mark,) = [r for r in journal.snapshot().live if isinstance(r, ExerciseMark)]
    return mark


def named(journal: Journal, name: str) -> Shoe:
    return next(shoe for shoe in journal.snapshot().shoes if shoe.name == name)


def refused(change: Callable[[], object]) -> str:
    """What is said when a change is refused, with what to do about it on the command line."""
    with pytest.raises(BadData) as caught:
        change()
    return f"{caught.value} {caught.value.hint}".strip()


def two_machines() -> tuple[Journal, Journal, StandingClock]:
    """One journal on two machines; the clock of the second, a laptop, is an hour behind."""
    storage = MemoryStorage()
    journal, clock = new_journal(at(TODAY, 20), storage)
    laptop = Journal(Store(storage), programme(), lambda: clock() - timedelta(hours=1), lambda: "laptop")
    return journal, laptop, clock
