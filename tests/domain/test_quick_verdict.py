"""The quick way to a verdict, by day and from the last fresh start, gives what the plain way gives, in every field."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import AnyRecord, Code, Pain, Scores
from kneejournal.domain.snapshot import Edit, Snapshot, applied
from tests.domain.plain_rules import plain_verdict
from tests.domain.stories import LAST_STAGE, PROGRAMME, ago, at, pain, run, story, ticked

SPAN = 150
"""Days of a generated journal: room for the whole plan, or for several setbacks that are over."""
ZONES = [UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))]
THROUGH = "c" * 7 + "Rc" * 2 * LAST_STAGE
STRETCHES = (
    "ccc", "c" * 7, "c" * 12, "c" * 16, "Rc", "RcRc", "Rc" * 4, "Rc" * 8, "R.", "...", "." * 15, "r", "rc" * 4, "P",
    "1", "11", "3", "5", "s", "w", "m", "M", "H", "R1", "R3", "n", "l", "f", "o", "z", "!",
    "1ccc", "Rc1ccc", "1cccRcRcRc", "3ccccccc", "R3ccccccc", "5cccccccRcRc", "3cccccccccRcRcRcRc", "1c1c1ccccccc",
)  # fmt: skip


@st.composite
def long_lines(draw: st.DrawFn) -> str:
    """A line as in `stories`: it often ends well, so that more than setbacks is compared."""
    begun = draw(st.sampled_from(["", "c" * 7 + "Rc" * 4, THROUGH]))
    middle = "".join(draw(st.lists(st.sampled_from(STRETCHES), max_size=12)))
    return (begun + middle)[: SPAN - 20] + draw(
        st.sampled_from(["-", "ccc-", "c" * 8, "Rc" * 4 + "-", "c" * 7 + "Rc" * 5])
    )


days = (st.integers(-3, 12) | st.integers(0, SPAN)).map(ago)


@st.composite
def strays(draw: st.DrawFn) -> AnyRecord:
    """A record of any day, of days to come too, written at any time of it, or late."""
    day = draw(days)
    written = at(day, draw(st.integers(0, 23))) + timedelta(days=draw(st.sampled_from([-2, 0, 0, 0, 1, 5, 12])))
    kind = draw(st.sampled_from(["run", "moment", "check", "mark"]))
    if kind == "run":
        stage = draw(st.none() | st.integers(1, LAST_STAGE + 3))
        return run(day, stage=stage, score=draw(st.sampled_from([0, 0, 1, 4])), hour=draw(st.integers(5, 21)))
    if kind == "mark":
        (mark,) = ticked(day, draw(st.sampled_from(["plank", "clamshell"])), done=draw(st.booleans()))
        return replace(mark, pain=draw(st.none() | st.integers(0, 3)))
    if kind == "check":
        return pain(day, draw(st.sampled_from([0, 0, 1])), written=written, right=draw(st.none() | st.integers(0, 1)))
    symptoms: tuple[Code, ...] = draw(
        st.sampled_from([(), (), ("noise",), ("swelling",), ("locking",), ("noise", "squat")])
    )
    entry = pain(day, draw(st.sampled_from([0, 0, 2, 5])), scope="moment", written=written, symptoms=symptoms)
    return replace(entry, medicine=draw(st.booleans()), resolved_on=draw(st.none() | days))


@st.composite
def journals(draw: st.DrawFn) -> tuple[AnyRecord, ...]:
    """Years in small: flares, sessions, setbacks, gaps, and records that were edited or deleted, in any order."""
    records = [*story(draw(long_lines())), *draw(st.lists(strays(), max_size=4))]
    if draw(st.booleans()):
        records = [replace(r, pain=Scores(left=r.pain.worst, right=0)) if isinstance(r, Pain) else r for r in records]
    kept = list({record.id: record for record in records}.values())
    places = st.integers(0, max(0, len(kept) - 1))
    for place in draw(st.sets(places, max_size=3)) if kept else ():
        kept[place] = draw(versions(kept[place]))
    draw(st.randoms(use_true_random=False)).shuffle(kept)
    return tuple(kept)


def versions(record: AnyRecord) -> st.SearchStrategy[AnyRecord]:
    """A record as a change leaves it: deleted, brought back, or changed some hours later."""
    later = st.integers(1, 300).map(lambda hours: record.updated_at + timedelta(hours=hours))
    return later.map(lambda moment: replace(record, updated_at=moment)) | st.just(
        replace(record, deleted=not record.deleted)
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    left, right = TrackedKnee(side="left"), TrackedKnee(side="right", since=ago(20))
    thresholds = draw(
        st.just(Thresholds())
        | st.builds(
            Thresholds,
            day_starts=st.integers(0, 6),
            closes_at=st.integers(12, 23),
            recall_days=st.integers(0, 14),
            symptom_free_needed=st.integers(7, 12),
            noise_blocks=st.booleans(),
            sessions_a_stage=st.integers(1, 3),
            break_days=st.integers(7, 20),
            minor_days=st.integers(3, 8),
            major_days=st.integers(3, 12),
            major_pain=st.integers(1, 5),
            second_setback_days=st.integers(0, 40),
        )
    )
    return Profile(knees=draw(st.sampled_from([(left,), (left,), (left, right)])), thresholds=thresholds)


moments = st.builds(
    lambda back, hour, zone: at(ago(back), hour).replace(tzinfo=zone),
    st.integers(-3, 20),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)


def told(found: Verdict) -> dict[str, object]:
    """All of a verdict, and what the plan and the days behind it are."""
    case = found.case
    facts = (case.morning, case.settled, case.with_today, case.flags, case.days.written)
    return {**{name: getattr(found, name) for name in found.__struct_fields__ if name != "case"}, "facts": facts}


BEFORE_THE_PLAN = story("3ccccccc R1ccc RcRcRcRc ccccccc -")
"""Pain of the days before the first session makes no setback a second one."""


@settings(max_examples=250, deadline=None)
@example(BEFORE_THE_PLAN, Profile(), at(ago(0), 22), False)
@given(journals(), profiles(), moments, st.booleans())
def test_the_quick_verdict_is_the_plain_one_in_every_field(
    records: tuple[AnyRecord, ...], profile: Profile, now: datetime, to_confirm: bool
) -> None:
    quick = judge(records, profile, PROGRAMME, now, to_confirm=to_confirm)
    assert told(quick) == told(plain_verdict(records, profile, now, to_confirm=to_confirm))


@settings(max_examples=150, deadline=None)
@given(journals(), st.lists(st.lists(strays(), max_size=2), min_size=1, max_size=3), profiles(), moments, st.data())
def test_what_is_kept_from_one_verdict_to_the_next_makes_none_of_them_stale(
    records: tuple[AnyRecord, ...], news: list[list[AnyRecord]], profile: Profile, now: datetime, data: st.DataObject
) -> None:
    snapshot = Snapshot(records={record.id: record for record in records}, profile=profile)
    for added in news:
        assert told(judged(snapshot, now)) == told(plain_verdict(snapshot.live, snapshot.profile, now))
        written = list(added)
        if snapshot.records:
            written.append(data.draw(st.sampled_from(list(snapshot.records.values())).flatmap(versions)))
        changed = data.draw(st.none() | st.none() | profiles())
        snapshot = applied(Edit(what="", records=tuple(written), profile=changed), snapshot, now)
        assert told(judged(snapshot, now)) == told(plain_verdict(snapshot.live, snapshot.profile, now))
        earlier = now - timedelta(days=2)
        assert told(judged(snapshot, earlier)) == told(plain_verdict(snapshot.live, snapshot.profile, earlier))


def judged(snapshot: Snapshot, now: datetime) -> Verdict:
    return judge(snapshot.log, snapshot.profile, PROGRAMME, now)


def is_back(found: Verdict) -> bool:
    """Whether a setback is over, so that the plan goes on."""
    morning = found.case.morning
    return morning is not None and morning.setback is None and morning.last_symptoms is not None


def seen_in(found: Verdict) -> set[str]:
    """What there is in a journal that the quick way goes its own way with."""
    morning = found.case.morning
    is_there = {
        "a setback that is over": is_back(found),
        "a stage that was reached again": is_back(found) and found.stage is not None and found.stage.number > 1,
        "the whole plan": found.phase == "maintain",
        "a gap": morning is not None and morning.gate_again,
        "bad news of a day to come": bool(found.case.days.arrivals),
    }
    return {what for what, is_so in is_there.items() if is_so}


def test_the_journals_above_have_everything() -> None:
    seen: set[str] = set()

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(journals(), moments)
    def look(records: tuple[AnyRecord, ...], now: datetime) -> None:
        seen.update(seen_in(judge(records, Profile(), PROGRAMME, now)))

    look()
    assert len(seen) == 5, seen
