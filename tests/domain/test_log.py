"""The records by day: nothing deleted, and after a change the same as if it were read anew."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.log import Log
from kneejournal.domain.records import AnyRecord, Shoe, new_id
from kneejournal.domain.snapshot import Edit, Snapshot, applied
from tests.domain.stories import TODAY, ago, at, pain, run, story, ticked
from tests.generated import NOW, of, records, snapshots


def test_the_records_of_a_day_are_found_by_it() -> None:
    log = Log(story("1c R"))
    assert [list(log.on(ago(back))) for back in (2, 1)] == [list(story("1", ago(2))), list(story("c", ago(1)))]
    assert (log.first, log.last, log.days) == (ago(2), TODAY, (ago(2), ago(1), TODAY))
    assert log.on(ago(3)) == ()
    assert log.of_days([ago(3), ago(2)]) == list(story("1", ago(2)))


def test_what_is_deleted_is_not_there() -> None:
    gone = replace(run(TODAY), deleted=True)
    log = Log([gone, pain(TODAY, 1)])
    assert (list(log), list(log.runs)) == ([pain(TODAY, 1)], [])


def test_pairs_of_shoes_are_of_no_day_and_come_in_the_order_in_which_they_were_written() -> None:
    later, earlier = (_pair(name, hour) for name, hour in (("Blue", 9), ("Grey", 8)))
    log = Log([later, run(ago(1)), earlier])
    assert list(log.shoes) == [earlier, later]
    assert log.days == (ago(1),)
    assert set(log) == {later, earlier, run(ago(1))}


def test_red_flags_are_found_whether_resolved_or_not() -> None:
    flagged = pain(ago(5), scope="moment", symptoms=("stairs-down", "locking"))
    resolved = replace(pain(ago(9), scope="moment", symptoms=("injury",)), resolved_on=ago(8))
    assert list(Log([*story("s1c"), flagged, resolved]).flags) == [flagged, resolved]


def test_a_log_of_a_log_is_that_log() -> None:
    log = Log(story("c"))
    assert Log.of(log) is log


def test_what_was_worked_out_of_a_day_is_kept_until_the_day_changes_or_what_it_was_worked_out_with() -> None:
    log, programme = Log(story("ccc")), object()
    log.worked_out("colours", programme).update({ago(2): "red", ago(1): "green", TODAY: "blue"})
    moved = replace(pain(ago(2)), day=ago(1))
    after = log.changed([moved], [pain(ago(2))])
    assert after.worked_out("colours", programme) == {TODAY: "blue"}
    assert log.worked_out("colours", programme) == {ago(2): "red", ago(1): "green", TODAY: "blue"}
    assert log.worked_out("colours", object()) == {}


@settings(deadline=None)
@given(snapshots(), st.lists(records(), max_size=4), st.data())
def test_a_changed_log_is_that_of_the_changed_journal(
    before: Snapshot, added: list[AnyRecord], data: st.DataObject
) -> None:
    assert _told(before.log) == _told(Log(before.records.values()))
    written = list(added)
    for record in list(before.records.values())[:3]:
        days = st.sampled_from([record.day, ago(3)])
        written.append(replace(record, deleted=data.draw(st.booleans()), day=data.draw(days)))
    after = applied(Edit(what="", records=tuple(written)), before, NOW)
    assert "log" in after.__dict__, "it was made from the one before"
    assert _told(after.log) == _told(Log(after.records.values()))


def test_a_change_of_settings_alone_leaves_the_log_as_it_is() -> None:
    before = of(*story("cR"), *ticked(TODAY, "plank"))
    after = applied(Edit(what="", profile=replace(before.profile, units="km")), before, NOW)
    assert before.log is applied(Edit(what="", profile=after.profile), before, NOW).log


def _pair(name: str, hour: int) -> Shoe:
    moment = at(TODAY, hour)
    return Shoe(
        id=new_id(), day=TODAY, recorded_at=moment, updated_at=moment, device="test", name=name, shoe_kind="running"
    )


def _told(log: Log) -> tuple[object, ...]:
    """All that a log says, in an order of its own."""
    by_day = {day: _sorted(log.on(day)) for day in log.days}
    by_shoe = {shoe: [run.id for run in runs] for shoe, runs in log.runs_by_shoe.items()}
    kinds = (_sorted(log), _sorted(log.runs), _sorted(log.flags), list(log.shoes))
    return (by_day, by_shoe, log.first, log.last, *kinds)


def _sorted(found: Iterable[AnyRecord]) -> list[AnyRecord]:
    return sorted(found, key=lambda record: record.id)
