"""Found runs become records once, in the right shoes, whatever is imported how often and in which order."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from kneejournal.domain.found_runs import Found, FoundRun, FoundShoe, Place, natural_key
from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.write_imports import RunsIn, Wish
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.interop.journal_json import read_document
from kneejournal.journal import Journal
from tests.domain.stories import TODAY, at
from tests.domain.writing import named, refused, two_machines
from tests.support import log_clear_evenings, new_journal

EAST = timezone(timedelta(hours=8))
BLUE = FoundShoe(name="Blue", key="strava:7")


def a_run(day: date = TODAY, hour: int = 7, metres: float = 5000, **changes: object) -> FoundRun:
    """A run of 30 minutes from Strava."""
    start = at(day, hour)
    values = {
        "source": "strava", "external_id": f"{day}-{hour}", "start": start, "distance_m": metres, "duration_s": 1800.0,
        "place": Place("a.csv", 2),
    }  # fmt: skip
    return FoundRun(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def journal() -> Journal:
    return new_journal(at(TODAY, 20))[0]


def bring(journal: Journal, *runs: FoundRun, wish: Wish | None = None, **more: object) -> RunsIn:
    """Import these runs."""
    return journal.import_runs(Found(runs=runs, **more), "a.csv", wish or Wish())  # type: ignore[arg-type]


def live_runs(journal: Journal) -> list[Run]:
    return sorted((r for r in journal.snapshot().live if isinstance(r, Run)), key=lambda run: run.recorded_at)


def test_a_run_comes_in_as_what_it_is(journal: Journal) -> None:
    bring(journal, a_run(title="Park\n[red]"))
    (run,) = live_runs(journal)
    assert (run.day, run.distance_m, run.duration_s, run.source) == (TODAY, 5000, 1800, "strava")
    assert (run.pain, run.stage, run.shoe_id, run.note) == (None, None, None, "Park\n[red]")
    assert run.recorded_at == at(TODAY, 7)


def test_a_run_after_midnight_belongs_to_the_evening_before(journal: Journal) -> None:
    bring(journal, a_run(hour=1))
    assert live_runs(journal)[0].day == TODAY - timedelta(days=1)


def test_an_imported_run_is_never_a_session_of_the_plan() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    log_clear_evenings(journal, clock, TODAY - timedelta(days=8), 8)
    assert journal.verdict().is_ready
    bring(journal, a_run(hour=6))
    verdict = journal.verdict()
    assert (verdict.phase, live_runs(journal)[0].stage) == ("rehab", None)


def test_importing_twice_changes_nothing(journal: Journal) -> None:
    runs = [a_run(TODAY - timedelta(days=ago)) for ago in range(5)]
    assert len(bring(journal, *runs).new) == 5
    before = journal.export()
    again = bring(journal, *reversed(runs))
    assert (len(again.known), again.new, again.edit.is_empty) == (5, (), True)
    assert journal.export() == before


def test_one_undo_takes_a_whole_import_back_and_it_can_be_done_again(journal: Journal) -> None:
    runs = [a_run(TODAY - timedelta(days=ago), shoe=BLUE) for ago in range(5)]
    bring(journal, *runs)
    journal.undo()
    assert journal.snapshot().live == ()
    assert len(bring(journal, *runs).new) == 5
    assert {run.shoe_id for run in live_runs(journal)} == {named(journal, "Blue").id}


def test_a_deleted_run_stays_deleted_until_it_is_asked_for(journal: Journal) -> None:
    runs = [a_run(), a_run(TODAY - timedelta(days=1))]
    bring(journal, *runs)
    journal.delete(live_runs(journal)[0].id)
    later = bring(journal, *runs)
    assert (len(later.deleted), len(live_runs(journal))) == (1, 1)
    assert len(bring(journal, *runs, wish=Wish(again=True)).new) == 1
    assert len(live_runs(journal)) == 2


def test_a_dry_run_says_what_would_be_and_writes_nothing(journal: Journal) -> None:
    would = journal.import_runs(Found(runs=(a_run(),)), "a.csv", Wish(), dry_run=True)
    assert ([run.distance_m for run in would.new], live_runs(journal)) == ([5000], [])


@pytest.mark.parametrize(
    ("apart", "metres", "is_same"), [(0, 5000, True), (120, 5100, True), (121, 5000, False), (0, 5103, False)]
)
def test_a_run_of_two_sources_is_one(journal: Journal, apart: int, metres: float, is_same: bool) -> None:
    first = a_run()
    bring(journal, first)
    other = replace(
        first, source="garmin", external_id="x", start=first.start + timedelta(seconds=apart), distance_m=metres
    )
    assert [len(bring(journal, other).same), len(live_runs(journal))] == ([1, 1] if is_same else [0, 2])


@pytest.mark.parametrize("start", [at(TODAY, 7).astimezone(EAST), at(TODAY, 7).replace(tzinfo=EAST)])
def test_two_sources_are_one_run_by_the_instant_or_by_the_wall_clock(journal: Journal, start: datetime) -> None:
    """A table without zones was read on the clock of another place than that of the run."""
    brought = bring(journal, a_run(), a_run(source="garmin", external_id="x", start=start))
    assert (len(brought.new), len(brought.same)) == (1, 1)


def test_a_run_written_by_hand_is_not_written_again_from_any_source(journal: Journal) -> None:
    journal.log_run(RunEntry(day=TODAY, distance_m=4828, pain=1))
    first = a_run(metres=4990)
    brought = bring(journal, first, replace(first, source="garmin", external_id="x"), a_run(hour=17, metres=4990))
    assert (len(brought.same), len(brought.new)) == (2, 1)
    assert [run.pain for run in live_runs(journal)] == [None, 1]
    assert {same.of.source for same in brought.same} == {"journal"}


def test_a_run_that_began_after_another_was_written_is_another() -> None:
    journal, clock = new_journal(at(TODAY, 9))
    journal.log_run(RunEntry(day=TODAY, distance_m=5000))
    clock.set(TODAY, 20)
    assert len(bring(journal, a_run(hour=17)).new) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"start": at(TODAY + timedelta(days=1), 7)}, "in the future"),
        ({"distance_m": 0.4}, "no distance"),
        ({"distance_m": -5.0}, "a distance or a duration below 0"),
        ({"distance_m": float("nan")}, "a distance or a duration below 0"),
        ({"duration_s": -1.0}, "a distance or a duration below 0"),
        ({"distance_m": 1_000_001.0, "duration_s": None}, "longer than 1000 km"),
        ({"duration_s": 1_000_001.0}, "longer than eleven days"),
        ({"distance_m": 50_000.0}, "faster than anybody runs"),
    ],
)
def test_what_the_rules_refuse_is_left_out_with_its_reason(
    journal: Journal, changes: dict[str, object], reason: str
) -> None:
    brought = bring(journal, replace(a_run(), **changes), a_run(hour=9))
    assert [(skipped.place.row, skipped.reason) for skipped in brought.skipped] == [(2, reason)]
    assert len(brought.new) == 1


def test_one_id_twice_is_one_run(journal: Journal) -> None:
    brought = bring(journal, a_run(), a_run(metres=9000))
    assert ([s.reason for s in brought.skipped], len(brought.new)) == (["the same run stands there twice"], 1)


def test_what_was_written_into_a_run_outlives_its_import_on_another_machine() -> None:
    one, _ = new_journal(at(TODAY, 20))
    other, _ = new_journal(at(TODAY, 22))
    bring(one, a_run(shoe=BLUE))
    one.edit(live_runs(one)[0].id, {"pain": 3})
    bring(other, a_run(shoe=BLUE))
    for mine, theirs in ((one, other), (other, one)):
        mine.merge(read_document(theirs.export(), "x", TODAY), "x")
    assert [run.pain for journal in (one, other) for run in live_runs(journal)] == [3, 3]
    assert len([r for r in one.snapshot().live if isinstance(r, Shoe)]) == 1


def test_two_machines_write_the_same_record() -> None:
    journal, laptop, _ = two_machines()
    bring(journal, a_run(shoe=BLUE))
    assert len(bring(laptop, a_run(shoe=BLUE)).known) == 1


def test_a_new_pair_is_worn_since_its_first_run(journal: Journal) -> None:
    days = [TODAY - timedelta(days=ago) for ago in (30, 20, 0)]
    brought = bring(journal, *(a_run(day, shoe=BLUE) for day in days))
    (pair,) = brought.pairs
    assert (pair.name, pair.since, pair.retired_on, pair.default) == ("Blue", days[0], None, False)
    assert journal.shoes(journal.snapshot())[0].distance_m == 15_000


def test_a_pair_of_long_ago_comes_as_retired_the_last_one_does_not(journal: Journal) -> None:
    old, last = TODAY - timedelta(days=900), TODAY - timedelta(days=300)
    bring(journal, a_run(old, shoe=FoundShoe(name="Old", key="strava:1")), a_run(last, shoe=BLUE))
    assert (named(journal, "Old").retired_on, named(journal, "Blue").retired_on) == (old + timedelta(days=1), None)


def test_a_pair_that_the_service_retired_is_retired(journal: Journal) -> None:
    bring(journal, a_run(shoe=replace(BLUE, is_retired=True)))
    assert named(journal, "Blue").retired_on == TODAY + timedelta(days=1)


def test_a_pair_is_known_by_its_name_and_then_by_what_its_runs_wear(journal: Journal) -> None:
    journal.add_shoe(ShoeEntry(name="BLUE"))
    journal.add_shoe(ShoeEntry(name="Mine"))
    yesterday = a_run(TODAY - timedelta(days=1), shoe=BLUE)
    assert bring(journal, yesterday).pairs == ()
    assert live_runs(journal)[0].shoe_id == named(journal, "BLUE").id
    journal.assign_shoe(live_runs(journal)[0].id, "Mine")
    bring(journal, yesterday, a_run(shoe=replace(BLUE, name="Renamed")))
    assert {run.shoe_id for run in live_runs(journal)} == {named(journal, "Mine").id}


def test_a_renamed_pair_is_known_by_its_number(journal: Journal) -> None:
    bring(journal, a_run(shoe=BLUE))
    pair = named(journal, "Blue")
    journal.edit(pair.id, {"name": "Sky"})
    brought = bring(journal, a_run(hour=17, shoe=BLUE))
    assert (brought.pairs, brought.new[0].shoe_id) == ((), pair.id)


def test_a_retired_pair_keeps_its_history_and_takes_no_new_runs(journal: Journal) -> None:
    journal.add_shoe(ShoeEntry(name="Blue"))
    journal.retire_shoe("Blue", TODAY - timedelta(days=1))
    brought = bring(journal, a_run(TODAY - timedelta(days=2), shoe=BLUE), a_run(shoe=BLUE))
    assert [bool(run.shoe_id) for run in brought.new] == [True, False]
    assert brought.without_pair == 1


def test_miles_that_a_pair_came_with_are_not_counted_twice() -> None:
    journal, clock = new_journal(at(TODAY - timedelta(days=5), 20))
    journal.add_shoe(ShoeEntry(name="Blue", starting_m=100_000))
    clock.set(TODAY, 20)
    bring(journal, a_run(TODAY - timedelta(days=9), shoe=BLUE), a_run(shoe=BLUE))
    assert journal.shoes(journal.snapshot())[0].distance_m == 105_000


def test_a_given_pair_is_for_runs_without_one_since_it_was_worn(journal: Journal) -> None:
    journal.add_shoe(ShoeEntry(name="Mine", since=TODAY - timedelta(days=1)))
    runs = [a_run(TODAY - timedelta(days=3)), a_run(), a_run(hour=17, shoe=BLUE)]
    brought = bring(journal, *runs, wish=Wish(shoe="Mine"))
    assert [run.shoe_id for run in brought.new] == [None, named(journal, "Mine").id, named(journal, "Blue").id]


def test_a_given_pair_has_to_be_one_for_runs(journal: Journal) -> None:
    journal.add_shoe(ShoeEntry(name="Desk", kind="everyday"))
    assert "everyday shoes" in refused(lambda: bring(journal, a_run(), wish=Wish(shoe="Desk")))
    assert "No shoes are called" in refused(lambda: bring(journal, a_run(), wish=Wish(shoe="Nope")))
    assert live_runs(journal) == []


def test_pairs_that_come_alone_are_added_once(journal: Journal) -> None:
    for count in (1, 0):
        assert len(bring(journal, shoes=(FoundShoe(name="Blue"),)).pairs) == count
    assert named(journal, "Blue").since is None


def test_the_key_of_a_run_without_an_id_is_the_same_on_every_machine() -> None:
    start = datetime.fromisoformat("2026-11-22T07:00:00.9-05:00")
    assert natural_key(start, 1800.4) == natural_key(start.astimezone(UTC), 1800) == "2026-11-22T12:00:00Z/1800"
    assert natural_key(start.replace(tzinfo=None), None) == "2026-11-22T07:00:00"
