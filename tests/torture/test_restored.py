"""R17: a journal that may lack something cannot say ready until the last days were gone through."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from kneejournal.doctor import Doctor
from kneejournal.domain.records import Pain
from kneejournal.journal import Journal
from kneejournal.journal_format import encoded
from tests.torture.rig import (
    EVENING,
    TODAY,
    Home,
    check,
    go_back_to,
    killed_at_once,
    leave_ahead,
    morning,
    note,
    tables_of,
)

MORNING = "2026-11-22T08:00:00+00:00"


def roll_back(home: Home) -> None:
    older = home.content
    note(home.open(morning), "hurts", score=8)
    put_back(home, older)


def lose_the_file(home: Home) -> None:
    home.journal.unlink()
    Doctor(home.file()).repair(EVENING)


def repair(home: Home) -> None:
    home.journal.write_bytes(home.content[:-50])
    Doctor(home.file()).repair(EVENING)


def restore(home: Home) -> None:
    revision = home.file().backups.all()[0].revision
    note(home.open(morning), "hurts", score=8)
    go_back_to(home, revision, EVENING)


def accept(home: Home) -> None:
    home.journal.write_bytes(home.content.replace(b'"note":""', b'"note":"by hand"', 1))
    Doctor(home.file()).accept(EVENING)


def copy_a_backup(home: Home) -> None:
    """Somebody brings a backup back by hand, as any program would copy a file."""
    newest, *_ = home.file().backups.all()
    note(home.open(morning), "hurts", score=8)
    put_back(home, newest.path.read_bytes())


def put_back(home: Home, content: bytes) -> None:
    """The folder as it was: what was written ahead since is gone, even where the journal's own file is the same."""
    home.journal.write_bytes(content)
    home.ahead.unlink(missing_ok=True)


def another_of_the_same_revision(home: Home) -> None:
    older = home.content
    note(home.open(morning), "hurts", score=8)
    (home.journal.parent / "aside").write_bytes(home.content)
    put_back(home, older)
    state = {path: path.read_bytes() for path in home.state.iterdir()}
    note(home.open(morning), "does not hurt")
    put_back(home, _with_revision(home.content, _revision(home) - 1))
    for path, content in state.items():
        path.write_bytes(content)


def confirm(home: Home) -> None:
    journal = home.open(morning)
    journal.confirm(journal.snapshot())


def _revision(home: Home) -> int:
    found: int = tables_of(home.content)["header"]["1"]["revision"]
    return found


def _with_revision(content: bytes, revision: int) -> bytes:
    tables = tables_of(content)
    return encoded(tables, revision, tables["header"]["1"]["journal"], to_confirm=False)[0]


WAYS = (roll_back, lose_the_file, repair, restore, accept, copy_a_backup, another_of_the_same_revision)


class AppsHome(Home):
    """A home in which a journal, once it was begun, is written by apps that are killed before anything is settled."""

    def begin_ready(self) -> Journal:
        self.opens_ahead = False
        super().begin_ready()
        self.opens_ahead = True
        return self.open(morning)


@pytest.fixture(params=["at once", "ahead"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A home whose journal is written by programs that end in order, or by apps that write ahead and are killed."""
    with killed_at_once() if request.param == "ahead" else nullcontext():
        yield AppsHome(tmp_path) if request.param == "ahead" else Home(tmp_path)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_unconfirmed_until_confirmed_whatever_is_done_in_between(home: Home, way: Callable[[Home], None]) -> None:
    assert home.begin_ready().verdict().status == "ready"
    way(home)
    assert home.open(morning).verdict().status == "unconfirmed"
    journal = home.open(morning)
    journal.mark(journal.find_exercises(["plank"]))
    journal.undo()
    check(home.open(morning), TODAY, 0)
    assert home.open(morning).verdict().status == "unconfirmed", "writing is not confirming"
    assert home.call("confirm", now=MORNING).status == 4, "nobody was there to be asked"
    assert home.call("ready", now=MORNING).status == 1
    home.ok("confirm", "--yes", now=MORNING)
    assert home.call("ready", now=MORNING).status == 0
    assert home.open(morning).verdict().status == "ready"


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_neither_purge_nor_a_lost_memory_confirms_it(home: Home, way: Callable[[Home], None]) -> None:
    home.begin_ready()
    home.ok("done", "plank", now=MORNING)
    way(home)
    assert home.open(morning).verdict().status == "unconfirmed"
    harmless = next(r for r in home.snapshot().live if not isinstance(r, Pain))
    home.ok("purge", harmless.id, "--yes", now=MORNING)
    assert home.open(morning).verdict().status == "unconfirmed", "purging is not confirming"


def test_a_missing_day_is_unconfirmed_and_never_ready(home: Home) -> None:
    journal = home.begin_ready()
    gone = next(r for r in journal.entries() if r.day == TODAY - timedelta(days=4))
    journal.delete(gone.id)
    assert home.open(morning).verdict().status == "unconfirmed"


def test_a_restored_backup_that_lacks_the_last_painful_entry_is_not_believed(home: Home) -> None:
    """The copy says seven clear days; the truth was pain 8 this morning."""
    home.begin_ready()
    restore(home)
    document = json.loads(home.call("ready", "--json", now=MORNING).out)
    assert document["status"] == "unconfirmed"
    assert all(day["state"] == "clear" for day in document["days"][-8:-1])


def test_confirming_writes_the_journal_so_that_it_lasts(home: Home) -> None:
    home.begin_ready()
    roll_back(home)
    confirm(home)
    note(home.open(morning), "later")
    assert home.open(morning).verdict().status == "ready"
    assert not home.snapshot().to_confirm


def test_what_was_written_ahead_before_it_was_confirmed_does_not_take_that_back(home: Home) -> None:
    """The file is taken away once the journal has it, and a power cut may bring it back."""
    home.begin_ready()
    roll_back(home)
    note(home.open(morning), "over the older version")
    leave_ahead(home, "unconfirmed still", clock=morning)
    left = home.ahead.read_bytes()
    home.ok("confirm", "--yes", now=MORNING)
    home.ahead.write_bytes(left)
    assert home.open(morning).verdict().status == "ready"
    note(home.open(morning), "later")
    assert home.open(morning).verdict().status == "ready"


def test_a_restored_backup_that_was_itself_to_confirm_still_is(home: Home) -> None:
    home.begin_ready()
    roll_back(home)
    note(home.open(morning), "over the older version")
    revision = _revision(home)
    confirm(home)
    go_back_to(home, revision, EVENING)
    assert home.open(morning).verdict().status == "unconfirmed"
