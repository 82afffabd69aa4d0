"""What is taken over from other machines, and which bad news survives a newer version."""

import pytest
from msgspec.structs import replace

from kneejournal.domain.gather import Gathered, Others, gather, knowingly_replaced
from kneejournal.domain.profile import Profile, TrackedKnee
from kneejournal.domain.records import AnyRecord, Pain, Scores
from kneejournal.domain.snapshot import Snapshot
from tests.domain.stories import TODAY, at, pain, run, ticked

HERE, THERE = "aaaa1111", "bbbb2222"
EARLY, LATE = at(TODAY, 20), at(TODAY, 21)


def version(record: AnyRecord, device: str = HERE, *, late: bool = False, deleted: bool = False) -> AnyRecord:
    return replace(record, device=device, updated_at=LATE if late else EARLY, deleted=deleted)


def held(*records: AnyRecord, profile: Profile | None = None) -> Snapshot:
    return Snapshot(records={record.id: record for record in records}, profile=profile or Profile())


def gathered(old: AnyRecord, new: AnyRecord) -> Gathered:
    return gather(held(old), Others(records=(new,)), HERE)


def hurting(score: int | None) -> AnyRecord:
    (mark,) = ticked(TODAY, "plank")
    return replace(mark, pain=score)


WORSE: list[tuple[AnyRecord, AnyRecord, bool]] = [
    (pain(TODAY, 3), pain(TODAY, 0), True),
    (pain(TODAY, 0), pain(TODAY, 3), False),
    (pain(TODAY, 3), pain(TODAY, 3), False),
    (pain(TODAY, 3), pain(TODAY, 4), False),
    (pain(TODAY, 1, right=3), pain(TODAY, 5), True),
    (pain(TODAY, 1, right=0), pain(TODAY, 5), False),
    (pain(TODAY, symptoms=("squat",)), pain(TODAY), True),
    (pain(TODAY, symptoms=("squat",)), pain(TODAY, symptoms=("squat", "lunge")), False),
    (pain(TODAY, symptoms=("squat",)), pain(TODAY, symptoms=("lunge",)), True),
    (pain(TODAY, medicine=True), pain(TODAY), True),
    (pain(TODAY, medicine=True), pain(TODAY, medicine=True), False),
    (pain(TODAY), pain(TODAY, medicine=True), False),
    (hurting(2), hurting(None), True),
    (hurting(None), hurting(2), False),
    (hurting(2), hurting(2), False),
    (run(TODAY, score=2), run(TODAY), True),
    (run(TODAY), run(TODAY, score=2), False),
]


@pytest.mark.parametrize(("loser", "winner", "is_worse"), WORSE)
def test_the_version_that_loses_stays_where_it_says_worse_things(
    loser: AnyRecord, winner: AnyRecord, is_worse: bool
) -> None:
    loser, winner = version(loser), version(replace(winner, id=loser.id), THERE, late=True)
    for one, other in ((loser, winner), (winner, loser)):
        assert len(gathered(one, other).kept) == is_worse
    assert gathered(loser, winner).kept == gathered(winner, loser).kept


@pytest.mark.parametrize(
    ("bad", "is_kept"),
    [
        (pain(TODAY, 3), True),
        (pain(TODAY), False),
        (pain(TODAY, medicine=True), True),
        (pain(TODAY, symptoms=("squat",)), True),
        (hurting(1), True),
        (hurting(None), False),
        (run(TODAY, score=1), True),
        (run(TODAY), False),
    ],
)
def test_what_somebody_deleted_who_had_not_seen_it_stays_where_it_is_bad(bad: AnyRecord, is_kept: bool) -> None:
    deleted = version(bad, THERE, late=True, deleted=True)
    assert bool(gathered(version(bad), deleted).kept) == is_kept
    assert gathered(version(bad, deleted=True), version(bad, THERE, late=True)).kept == ()
    assert gathered(version(bad, THERE, late=True), version(bad, deleted=True)).kept == ()


def test_pain_of_a_run_stays_as_pain_of_every_tracked_knee() -> None:
    both = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right")))
    loser, winner = version(run(TODAY, score=4)), version(run(TODAY), THERE, late=True)
    (kept,) = gather(held(loser, profile=both), Others(records=(winner,)), HERE).kept
    assert isinstance(kept, Pain)
    assert (kept.pain, kept.symptoms, kept.day, kept.scope) == (Scores(left=4, right=4), ("running",), TODAY, "moment")


def test_several_versions_that_lose_stay_each_for_itself() -> None:
    check = pain(TODAY)
    losers = [replace(check, pain=Scores(left=n), updated_at=at(TODAY, 10 + n), device=THERE) for n in (3, 5)]
    for order in (losers, losers[::-1]):
        kept = gather(held(version(check, late=True)), Others(records=tuple(order)), HERE).kept
        assert sorted(record.pain.worst for record in kept if isinstance(record, Pain)) == [3, 5]


def test_bad_news_that_was_seen_by_who_replaced_it_does_not_stay() -> None:
    loser, winner = version(pain(TODAY, 3), THERE), version(pain(TODAY))
    winner = replace(winner, updated_at=LATE)
    seen = knowingly_replaced({loser.id: loser}, held(winner), HERE)
    assert len(seen) == 1
    assert gather(held(winner), Others(records=(loser,), replaced=seen), HERE).kept == ()
    other = replace(loser, updated_at=at(TODAY, 19))
    assert gather(held(winner), Others(records=(other,), replaced=seen), HERE).kept != (), "another version"


@pytest.mark.parametrize(
    "now",
    [
        version(pain(TODAY), THERE, late=True),
        replace(version(pain(TODAY)), updated_at=at(TODAY, 8)),
        version(pain(TODAY, 5), late=True),
        version(pain(TODAY, 3), late=True),
    ],
    ids=["replaced by another machine", "an older one, restored", "by something worse", "by the same"],
)
def test_what_was_not_replaced_knowingly_by_something_better_is_not_called_so(now: AnyRecord) -> None:
    told = version(pain(TODAY, 3))
    assert knowingly_replaced({told.id: told}, held(replace(now, id=told.id)), HERE) == frozenset()
    assert knowingly_replaced({told.id: told}, held(), HERE) == frozenset()


def test_what_this_machine_wrote_and_another_says_otherwise_gives_way() -> None:
    old, new = version(pain(TODAY)), version(replace(pain(TODAY), note="x"), THERE, late=True)
    assert gathered(old, new).gave_way == (old,)
    assert gathered(replace(old, device="cccc3333"), new).gave_way == (), "not of this machine"
    assert gathered(old, replace(new, device=HERE)).gave_way == (), "by this machine itself"
    assert gathered(replace(old, deleted=True), new).gave_way == (), "it said nothing any more"
    assert gathered(old, replace(old, device=THERE, updated_at=LATE, deleted=True)).gave_way == (), "only deleted"
    assert gathered(old, replace(old, device=THERE, updated_at=LATE)).gave_way == (), "the same said again"


def test_what_stays_as_an_entry_of_its_own_gives_way_to_nothing() -> None:
    old, new = version(pain(TODAY, 3)), version(pain(TODAY), THERE, late=True)
    found = gathered(old, replace(new, id=old.id))
    assert (len(found.kept), found.gave_way) == (1, ())


def test_the_change_says_how_much_came() -> None:
    here = [pain(TODAY, key=str(number)) for number in range(3)]
    there = (
        version(replace(here[0], note="x"), THERE, late=True),
        version(here[1], THERE, late=True, deleted=True),
        version(pain(TODAY, key="new"), THERE),
        version(pain(TODAY, key="gone"), THERE, deleted=True),
    )
    found = gather(held(*here), Others(records=there, profiles=(Profile(units="km", updated_at=LATE),)), HERE)
    assert found.edit.what == (
        "From other machines: 1 new, 1 changed, 1 deleted, 1 deleted before it came here, the settings."
    )
    assert found.edit.keep_before == "sync"
    assert [len(found.new), len(found.changed), len(found.deleted)] == [1, 1, 1]
    assert not found.replaces_settings, "nobody had made any here"


def test_deleting_what_is_deleted_already_deletes_nothing() -> None:
    deleted = version(pain(TODAY), deleted=True)
    assert gathered(deleted, replace(deleted, device=THERE, updated_at=LATE)).deleted == ()
