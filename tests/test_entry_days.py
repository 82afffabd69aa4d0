"""The lines of the pain journal as one list: each is written when it is looked at, and stays while its day does."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from kneejournal.domain.day_states import DayState
from kneejournal.domain.records import AnyRecord
from kneejournal.domain.write_pain import PainEntry
from kneejournal.journal import Journal
from kneejournal.widgets import entry_days as module
from kneejournal.widgets.entry_days import EntryDays, entry_days, longest_day_text, matching, write_ahead
from kneejournal.widgets.entry_rows import EntryRow, EntryRows
from tests.support import StandingClock, new_journal

SUNDAY = date(2026, 11, 22)
FRIDAY = SUNDAY - timedelta(days=2)


@pytest.fixture
def kept() -> tuple[Journal, StandingClock]:
    """Friday: a run of exercises and a pain of 3. Sunday: ice. Nothing between them but an exercise taken back."""
    journal, clock = new_journal(datetime(2026, 11, 20, 9, tzinfo=UTC))
    journal.mark(journal.find_exercises(["short"]))
    clock.set(FRIDAY, 10)
    journal.log(PainEntry(scope="moment", day=FRIDAY, pain={"left": 3}, note="by the river"))
    clock.set(SUNDAY - timedelta(days=1), 9)
    journal.mark(journal.find_exercises(["plank"]))
    journal.mark(journal.find_exercises(["plank"]), done=False)
    clock.set(SUNDAY, 9)
    journal.care("ice")
    return journal, clock


def writer_of(journal: Journal) -> EntryRows:
    return EntryRows(journal.programme, journal.snapshot().profile, journal.today())


def listed(journal: Journal, writer: EntryRows | None = None, unfolded: frozenset[date] = frozenset()) -> EntryDays:
    snapshot = journal.snapshot()
    days = journal.verdict(snapshot).case.days
    return entry_days(snapshot.log, days, writer or writer_of(journal), unfolded)


def test_lines_are_counted_before_any_is_written(
    kept: tuple[Journal, StandingClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[date] = []
    of_day = EntryRows.of_day

    def noted(writer: EntryRows, records: Sequence[AnyRecord], state: DayState) -> tuple[EntryRow, ...]:
        written.append(records[0].day)
        return of_day(writer, records, state)

    monkeypatch.setattr(EntryRows, "of_day", noted)
    rows = listed(kept[0])
    assert (len(rows), rows.entries, list(rows.days), written) == (3, 6, [SUNDAY, FRIDAY], [])
    assert rows[0].text == "15 min"
    assert written == [SUNDAY]


def test_every_place_has_the_line_that_going_through_all_of_them_gives(kept: tuple[Journal, StandingClock]) -> None:
    rows = listed(kept[0], unfolded=frozenset({FRIDAY}))
    assert [rows[place] for place in range(len(rows))] == list(rows)
    assert [row.first for row in rows] == ["iced", "moment", "exercises", *["exercise"] * 4]
    assert [rows.place_of(row) for row in rows] == list(range(len(rows)))
    assert rows.place_of(listed(kept[0])[2]) == 2


def test_days_are_found_and_walked(kept: tuple[Journal, StandingClock]) -> None:
    rows, saturday = listed(kept[0]), SUNDAY - timedelta(days=1)
    assert [rows.place_of_day(day) for day in (SUNDAY, saturday, FRIDAY)] == [0, None, 1]
    assert (rows.next_day(SUNDAY, -1), rows.next_day(FRIDAY, 1)) == (FRIDAY, SUNDAY)
    assert (rows.next_day(saturday, -1), rows.next_day(saturday, 1)) == (FRIDAY, SUNDAY)
    assert (rows.next_day(FRIDAY, -1), rows.next_day(SUNDAY, 1)) == (None, None)


def test_a_change_of_one_day_leaves_the_lines_of_the_others_as_they_are(kept: tuple[Journal, StandingClock]) -> None:
    journal, clock = kept
    writer = writer_of(journal)
    before = listed(journal, writer)
    first, last = before[0], before[2]
    clock.set(SUNDAY, 10)
    journal.care("elevate")
    after = listed(journal, writer)
    assert [row.first for row in after] == ["leg up", "iced", "moment", "exercises"]
    assert after[3] is last
    assert after[1] is not first


def test_another_writer_writes_everything_anew(kept: tuple[Journal, StandingClock]) -> None:
    journal, clock = kept
    before = listed(journal)[0]
    clock.set(date(2027, 1, 2), 9)
    assert (before.day_text, listed(journal)[0].day_text) == ("Sun 22 Nov", "Sun 22 Nov 2026")


def test_a_filter_keeps_the_lines_in_which_every_word_is_found(kept: tuple[Journal, StandingClock]) -> None:
    rows = listed(kept[0])
    found = matching(rows, "River  pain")
    assert ([row.first for row in found], found.entries, list(found.days)) == (["moment"], 1, [FRIDAY])
    assert (len(matching(rows, "nothing")), matching(rows, " ")) == (0, rows)


async def test_lines_are_written_ahead_a_few_days_at_a_time(
    kept: tuple[Journal, StandingClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DAYS_AT_ONCE", 1)
    rows = listed(kept[0])
    await write_ahead(rows)
    monkeypatch.setattr(EntryRows, "of_day", None)
    assert len(list(rows)) == 3


@pytest.mark.parametrize(
    ("days", "longest"),
    [
        ([], 0),
        ([date(2026, 11, 9), date(2026, 11, 8)], "Sun 8 Nov"),
        ([date(2026, 11, 9), date(2025, 11, 8)], "Sat 8 Nov 2025"),
        ([date(2027, 1, 1), date(2026, 11, 28)], "Fri 1 Jan 2027"),
        ([date(2026, 11, day) for day in range(28, 0, -1)], "Sat 28 Nov"),
    ],
)
def test_the_longest_name_of_a_day_gives_the_width(days: list[date], longest: str | int) -> None:
    assert longest_day_text(days, SUNDAY) == (longest if isinstance(longest, int) else len(longest))
