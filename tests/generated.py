"""Journals made by hypothesis: every kind of record, with any text, zone and combination of fields."""

from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.records import CODES, AnyRecord, Care, ExerciseMark, Pain, Run, Scores, Shoe
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean_line
from tests.domain.stories import PROGRAMME, TODAY

SPAN = 60
HOSTILE = (
    "", "=1+1", "-3", "@SUM(A1)", "+1;=cmd()", "- one\n- two", 'a"b;"=c', "<script>alert(1)</script>", "{{ 7*7 }}",
    "[bold]x[/]", "膝が痛い", "🏃‍♀️ done", "a\r\nb\tc", "\u202ebackwards", "'=2", "\uff1d1", "007", "12:30", ",",
)  # fmt: skip

scores = st.integers(0, 10)
texts = st.sampled_from(HOSTILE) | st.text(max_size=60)
zones = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
days = st.integers(0, SPAN).map(lambda back: TODAY - timedelta(days=back))
instants = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 22), timezones=zones)  # noqa: DTZ001


@st.composite
def _head(draw: st.DrawFn) -> dict[str, Any]:
    recorded = draw(instants)
    later = timedelta(microseconds=draw(st.integers(0, 10**9)))
    return {
        "id": str(draw(st.uuids())),
        "day": draw(days),
        "recorded_at": recorded,
        "updated_at": recorded + later,
        "device": draw(st.sampled_from(["laptop", "phone.2"])),
        "deleted": draw(st.sampled_from([False, False, False, True])),
    }


@st.composite
def pains(draw: st.DrawFn) -> Pain:
    knees = draw(st.sampled_from([("left",), ("right",), ("left", "right")]))
    time = draw(st.none() | st.times().map(lambda at: f"{at:%H:%M}"))
    return Pain(
        **draw(_head()),
        scope="day" if time is None else "moment",
        time=time,
        pain=Scores(**{knee: draw(scores) for knee in knees}),
        symptoms=tuple(draw(st.lists(st.sampled_from(CODES), max_size=3, unique=True))),
        medicine=draw(st.booleans()),
        note=draw(texts),
        resolved_on=draw(st.none() | days),
    )


@st.composite
def marks(draw: st.DrawFn) -> ExerciseMark:
    exercise = draw(st.sampled_from([*(e.id for e in PROGRAMME.exercises), "no-longer-there"]))
    return ExerciseMark(**draw(_head()), exercise=exercise, done=draw(st.booleans()), pain=draw(st.none() | scores))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    return Run(
        **draw(_head()),
        distance_m=draw(st.integers(1, 1_000_000)),
        duration_s=draw(st.none() | st.integers(1, 1_000_000)),
        pain=draw(st.none() | scores),
        stage=draw(st.none() | st.integers(1, 8)),
        shoe_id=draw(st.none() | st.uuids().map(str)),
        source=draw(st.sampled_from(["journal", "strava"])),
        external_id=draw(st.none() | st.text(max_size=20)),
        note=draw(texts),
    )


@st.composite
def shoes(draw: st.DrawFn) -> Shoe:
    return Shoe(
        **draw(_head()),
        name=draw(texts.map(lambda text: clean_line(text)[:80]).filter(bool)),
        shoe_kind=draw(st.sampled_from(["running", "everyday"])),
        since=draw(st.none() | days),
        starting_m=draw(st.integers(0, 10_000_000)),
        default=draw(st.booleans()),
        retired_on=draw(st.none() | days),
    )


@st.composite
def cares(draw: st.DrawFn) -> Care:
    return Care(**draw(_head()), what=draw(st.sampled_from(["ice", "elevate"])), minutes=draw(st.integers(1, 600)))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    knees = draw(st.sampled_from([("left",), ("right",), ("left", "right")]))
    thresholds = draw(st.sampled_from([Thresholds(), Thresholds(symptom_free_needed=10, noise_blocks=False)]))
    return Profile(
        knees=tuple(TrackedKnee(side=knee) for knee in knees),  # type: ignore[arg-type]
        units=draw(st.sampled_from(["mi", "km"])),
        began=draw(st.none() | days),
        thresholds=thresholds,
        updated_at=draw(instants),
    )


def records() -> st.SearchStrategy[AnyRecord]:
    return pains() | marks() | runs() | shoes() | cares()


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A journal as it can stand on the disk."""
    found = draw(st.lists(records(), max_size=12, unique_by=lambda record: record.id))
    return Snapshot(records={record.id: record for record in found}, profile=draw(profiles()))


NOW = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=-5)))
"""A moment after everything that is generated."""


def of(*found: AnyRecord, profile: Profile | None = None) -> Snapshot:
    """A journal with these records."""
    return Snapshot(records={record.id: record for record in found}, profile=profile or Profile())
