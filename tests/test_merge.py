"""Export, import and merge."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.merge import merge
from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Scores, Shoe, to_plain
from kneejournal.domain.snapshot import Edit, Snapshot, applied, checked
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import BadData
from kneejournal.interop.journal_json import read_document
from kneejournal.journal import Journal
from tests.domain.stories import TODAY, ago, at, pain
from tests.support import new_journal


def full_journal() -> Journal:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(
        PainEntry(scope="day", day=ago(1), pain={"left": 2}, symptoms=frozenset({"squat", "locking"}), note="[/x] ␛")
    )
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 0}, time="20:00"))
    journal.mark(journal.find_exercises(["all"]), pain=1)
    journal.add_shoe(ShoeEntry(name="Blue", since=ago(30), default=True, starting_m=1000))
    journal.log_run(RunEntry(day=TODAY, distance_m=5000, duration_s=1800, pain=1, note="hilly"))
    journal.care("ice")
    journal.delete(journal.entries(last=ago(1))[0].id)
    return journal


def without_time(raw: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(raw)
    del document["exported_at"]
    return document


def test_an_export_imported_into_an_empty_journal_exports_the_same() -> None:
    journal = full_journal()
    empty, clock = new_journal(at(TODAY, 20), set_up=False)
    merged = empty.merge(read_document(journal.export(), "x.json", TODAY), "x.json")
    assert (merged.new, merged.changed, merged.same) == (15, 0, 0)
    clock.set(TODAY, 23)
    assert without_time(empty.export()) == without_time(journal.export())


def test_an_export_holds_everything_the_deleted_too() -> None:
    document = json.loads(full_journal().export())
    assert (document["format"], document["format_version"]) == ("kneejournal", 1)
    assert document["exported_at"] == "2026-11-22T20:00:00+00:00"
    kinds = [record["kind"] for record in document["records"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"pain": 2, "exercise": 10, "run": 1, "shoe": 1, "care": 1}
    assert sum(record["deleted"] for record in document["records"]) == 1
    assert document["profile"]["units"] == "mi"


def test_importing_twice_changes_nothing_and_undo_takes_a_whole_import_back() -> None:
    document = read_document(full_journal().export(), "x", TODAY)
    other, _ = new_journal(at(TODAY, 20), set_up=False)
    other.merge(document, "x")
    again = other.merge(document, "x")
    assert (again.new, again.changed, again.edit.is_empty) == (0, 0, True)
    other.undo()
    assert not other.entries()


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    document = read_document(full_journal().export(), "x", TODAY)
    other, _ = new_journal(at(TODAY, 20), set_up=False)
    assert other.merge(document, "x", dry_run=True).new == 15
    assert not other.snapshot().records


def changed(document: dict[str, Any], record: int, **fields: object) -> dict[str, Any]:
    document["records"][record].update(fields)
    return document


PAIN_FIELDS: list[tuple[str, object]] = [
    ("pain", {"left": 11}), ("pain", {"left": -1}), ("pain", {"left": 3.5}), ("pain", {"left": True}), ("pain", {}),
    ("pain", {"middle": 1}), ("pain", None), ("day", "2026-11-23"), ("day", "0001-01-01"), ("day", "9999-12-31"),
    ("day", "2026-02-30"), ("day", "2026-W01-1"), ("symptoms", ["soreness"]), ("symptoms", ["squat", "squat"]),
    ("note", "x" * 20_001), ("note", None), ("medicine", "no"), ("kind", "mood"), ("id", "1"), ("scope", "week"),
    ("updated_at", "2026-11-22T20:00:00"), ("time", "25:00"), ("time", "9:00"), ("deleted", None),
    ("pian", {"left": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), PAIN_FIELDS, ids=lambda value: repr(value)[:30])
def test_a_record_that_is_not_valid_stops_the_import_naming_record_and_field(field: str, value: object) -> None:
    document = json.loads(full_journal().export())
    number = next(n for n, record in enumerate(document["records"]) if record["kind"] == "pain")
    raw = json.dumps(changed(document, number, **{field: value})).encode()
    with pytest.raises(BadData, match=rf"x\.json, record {number + 1} .*{'kind' if field == 'kind' else field}"):
        read_document(raw, "x.json", TODAY)


@pytest.mark.parametrize(
    "field", ["id", "day", "recorded_at", "updated_at", "device", "scope", "pain", "symptoms", "medicine"]
)
def test_a_missing_field_is_named(field: str) -> None:
    document = json.loads(full_journal().export())
    del document["records"][0][field]
    with pytest.raises(BadData, match=field):
        read_document(json.dumps(document).encode(), "x.json", TODAY)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "not JSON"),
        (b"[]", "not a kneejournal export"),
        (b'{"format": "kneejournal"}', "format_version"),
        (b'{"format": "kneejournal", "format_version": 2}', "Update kneejournal"),
        (b'{"format": "kneejournal", "format_version": 1}', "profile"),
        (b'{"format": "kneejournal", "format_version": true}', "format_version"),
        (b'{"format": "kneejournal", "format_version": 1, "profile": {}, "records": {}}', "not a list"),
        (b'{"format": "kneejournal", "format_version": 1, "profile": {"knees": []}, "records": []}', "knees"),
        (b'{"format": "kneejournal", "format_version": 1, "profile": {}, "records": [], "x": 1}', "`x`"),
        (b'{"format": "kneejournal", "format": "kneejournal"}', "stands twice"),
        (b'{"format": NaN}', "NaN"),
        (b'{"format": "\\ud800"}', "surrogate"),
        (b"[" * 100_000, "nested"),
        (b"\xff", "UTF-8"),
        (b"9" * 5000, "digits"),
    ],
)
def test_what_is_not_an_export_is_refused(raw: bytes, told: str) -> None:
    with pytest.raises(BadData, match=told):
        read_document(raw, "x.json", TODAY)


def test_text_in_an_import_is_cleaned() -> None:
    document = json.loads(full_journal().export())
    number = next(n for n, record in enumerate(document["records"]) if record["kind"] == "pain")
    raw = json.dumps(changed(document, number, note="a\x1b[31mb\u202ec")).encode()
    (record,) = [r for r in read_document(raw, "x", TODAY).records if to_plain(r).get("note") == "a␛[31mbc"]
    assert record.deleted in (True, False)


SHARED_IDS = [pain(ago(back), key=str(back)) for back in range(3)]


@st.composite
def versions(draw: st.DrawFn) -> AnyRecord:
    base = draw(st.sampled_from(SHARED_IDS))
    return replace(
        base,
        updated_at=at(TODAY, draw(st.integers(0, 2))),
        device=draw(st.sampled_from(["a", "b"])),
        deleted=draw(st.booleans()),
        note=draw(st.sampled_from(["", "x"])),
    )


machines = st.lists(versions(), max_size=4)


def joined(*parts: list[AnyRecord]) -> dict[str, AnyRecord]:
    snapshot = Snapshot()
    for part in parts:
        snapshot = applied(merge(snapshot, part, Profile(), "x").edit, snapshot, at(TODAY, 12))
    return dict(snapshot.records)


@settings(max_examples=300, deadline=None)
@given(machines, machines, machines)
def test_merging_is_commutative_associative_and_idempotent(
    one: list[AnyRecord], two: list[AnyRecord], three: list[AnyRecord]
) -> None:
    assert joined(one, two) == joined(two, one)
    assert joined(list(joined(one, two).values()), three) == joined(one, list(joined(two, three).values()))
    assert joined(one, one) == joined(one)


def test_the_later_version_wins_and_what_was_deleted_last_stays_deleted() -> None:
    standing = pain(ago(1))
    deleted = replace(standing, deleted=True, updated_at=at(TODAY, 9))
    assert joined([standing], [deleted])[standing.id].deleted
    assert joined([deleted], [standing])[standing.id].deleted


def test_the_later_profile_wins() -> None:
    later = Profile(units="km", updated_at=at(TODAY, 9))
    assert merge(Snapshot(), (), later, "x").edit.profile == later
    assert merge(Snapshot(profile=later), (), Profile(), "x").edit == Edit(
        what="Imported x: 0 new, 0 changed, 0 already here.", keep_before="import"
    )


def test_shoes_of_an_import_keep_their_runs() -> None:
    journal = full_journal()
    other, _ = new_journal(at(TODAY, 20), set_up=False)
    other.merge(read_document(journal.export(), "x", TODAY), "x")
    (wear,) = other.shoes(other.snapshot())
    assert isinstance(wear.shoe, Shoe)
    assert wear.distance_m == 6000


def test_an_import_says_what_it_brings_and_what_was_here() -> None:
    here = [pain(ago(back)) for back in range(5)]
    snapshot = applied(Edit(what="x", records=tuple(here)), Snapshot(), at(TODAY, 12))
    later = replace(here[0], note="x", updated_at=at(TODAY, 23))
    merged = merge(snapshot, [later, *here[1:4], pain(ago(8)), pain(ago(9))], Profile(), "y.json")
    assert (merged.new, merged.changed, merged.same) == (2, 1, 3)
    assert merged.edit.what == "Imported y.json: 2 new, 1 changed, 3 already here."


def test_of_two_versions_in_one_import_the_later_one_is_taken() -> None:
    old, new = pain(ago(1)), replace(pain(ago(1)), note="x", updated_at=at(TODAY, 9))
    for versions_of_it in ([old, new], [new, old]):
        assert merge(Snapshot(), versions_of_it, Profile(), "x").edit.records == (new,)


def test_of_two_profiles_of_one_moment_both_machines_keep_the_same() -> None:
    one = Profile(units="km", updated_at=at(TODAY, 9))
    other = Profile(units="mi", updated_at=at(TODAY, 9))
    kept = {
        (merge(Snapshot(profile=mine), (), theirs, "x").edit.profile or mine).units
        for mine, theirs in ((one, other), (other, one))
    }
    assert len(kept) == 1


def test_a_change_leaves_the_profile_and_what_is_to_be_confirmed_alone() -> None:
    before = Snapshot(profile=Profile(units="km"), to_confirm=True)
    after = applied(Edit(what="x", records=(pain(TODAY),)), before, at(TODAY, 12))
    assert after.profile == before.profile
    assert after.to_confirm
    assert not applied(Edit(what="x"), Snapshot(), at(TODAY, 12)).to_confirm


def test_what_is_not_valid_is_not_written_and_the_field_is_named() -> None:
    with pytest.raises(BadData, match=r"`\$\.pain.*\. Nothing was changed\.$"):
        checked(Edit(what="x", records=(replace(pain(TODAY), pain=Scores(left=11)),)))
    with pytest.raises(BadData, match=r"units.*\. Nothing was changed\.$"):
        checked(Edit(what="x", profile=Profile(units="ft")))  # type: ignore[arg-type]
