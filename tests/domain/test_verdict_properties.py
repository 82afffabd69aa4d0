"""RULES 7: what holds for every journal, whatever is in it."""

from datetime import date, timedelta, timezone
from random import Random
from uuid import UUID

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.case import STATUSES, read_case
from kneejournal.domain.day_states import read_days
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.progress import next_morning
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import CODES, AnyRecord, ExerciseMark, Pain, Run, Scores, day_check_id, exercise_id
from kneejournal.domain.replay import replay
from tests.domain.stories import LAST_STAGE, PROGRAMME, TODAY, ago, at, pain, run, story

SPAN = 45
"""Days of a generated journal: longer than a break and two setbacks."""
NOW = at(TODAY, 22)
USUAL_RECALL = Thresholds().recall_days
SIGNS = "c" * 12 + "f" * 3 + "o.zl123sm!wnMRRRPHr"
"""Mostly clear days, so that the gate opens and stages are reached."""

ONE_KNEE = Profile()
TWO_KNEES = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right", since=ago(20))))
profiles = st.sampled_from([ONE_KNEE, ONE_KNEE, TWO_KNEES])
days = st.integers(0, SPAN).map(ago)
places = st.integers(0, SPAN + 10)
"""Which record of a journal, where it has as many."""


@st.composite
def journals(draw: st.DrawFn) -> tuple[AnyRecord, ...]:
    """Journals that often get as far as running: a clear stretch, then days of every kind."""
    clear = "c" * draw(st.integers(0, 12))
    rest = draw(st.lists(st.sampled_from(SIGNS), max_size=SPAN - len(clear)))
    pattern = draw(st.sampled_from(["", "Rc" * 4, "RcRc1ccc", "RcRcRcRc3ccccccc"]))
    line = (clear + pattern + "".join(rest))[: SPAN + 1]
    records = [*story(line or "-"), *draw(st.lists(strays(), max_size=4))]
    if draw(st.booleans()):
        records = [_both_knees(record) for record in records]
    kept = list({record.id: record for record in records}.values())
    for place, hours in draw(st.dictionaries(places, st.integers(1, 300), max_size=4)).items():
        if place < len(kept):
            kept[place] = _edited(kept[place], timedelta(hours=hours))
    deleted = draw(st.sets(places, max_size=3))
    return tuple(replace(r, deleted=True) if place in deleted else r for place, r in enumerate(kept))


def _edited(record: AnyRecord, later: timedelta) -> AnyRecord:
    """The record as an edit leaves it: of the same day and first writing, and no fresher than its last change."""
    return replace(record, updated_at=max(record.updated_at, min(record.updated_at + later, NOW)))


def _both_knees(record: AnyRecord) -> AnyRecord:
    if isinstance(record, Pain):
        return replace(record, pain=Scores(left=record.pain.worst, right=0))
    return record


@st.composite
def strays(draw: st.DrawFn) -> AnyRecord:
    """Records out of any pattern: late ones, exercises, runs twice a day, two day-checks for one day."""
    day = draw(days)
    late = timedelta(days=draw(st.integers(0, 12)), hours=draw(st.integers(0, 23)))
    kind = draw(st.sampled_from(["check", "second", "moment", "exercise", "run"]))
    written = min(at(day, 0) + late, NOW)
    if kind == "exercise":
        hurt = draw(st.none() | st.integers(0, 4))
        return ExerciseMark(
            id=exercise_id(day, "plank"), day=day, recorded_at=written, updated_at=written, device="test",
            exercise="plank", done=True, pain=hurt,
        )  # fmt: skip
    if kind == "run":
        return run(day, stage=draw(st.none() | st.integers(1, LAST_STAGE)), hour=draw(st.integers(6, 21)))
    scope = "moment" if kind == "moment" else "day"
    key = "another" if kind == "second" else ""
    return pain(day, draw(st.sampled_from([0, 0, 0, 2])), written=written, scope=scope, key=key)


@st.composite
def painful_entries(draw: st.DrawFn) -> AnyRecord:
    """One entry with bad news, of any day, written at any time since."""
    day = draw(days)
    written = at(day, draw(st.integers(3, 23))) + timedelta(days=draw(st.integers(0, 20)))
    symptoms = tuple(draw(st.sets(st.sampled_from(CODES), max_size=2)))
    score = draw(st.integers(0 if symptoms else 1, 10))
    entry = pain(day, score, scope="moment", written=written, symptoms=symptoms, medicine=draw(st.booleans()))
    return replace(entry, id=str(draw(st.uuids(version=4))))


def has_everything(records: tuple[AnyRecord, ...]) -> bool:
    """Runs, both knees, late entries, edits and deletes, all in one journal."""
    return all((
        any(isinstance(r, Run) and r.stage for r in records),
        any(isinstance(r, Pain) and len(r.pain.by_side()) == 2 for r in records),
        any((r.recorded_at.date() - r.day).days > USUAL_RECALL for r in records),
        any(r.updated_at > r.recorded_at for r in records),
        any(r.deleted for r in records),
    ))  # fmt: skip


def verdict(records: tuple[AnyRecord, ...], profile: Profile) -> Verdict:
    return judge(records, profile, PROGRAMME, NOW)


def rank(found: Verdict) -> int:
    """How good a verdict is: 0 is the worst."""
    return STATUSES.index(found.status)


def test_the_journals_below_have_runs_two_knees_late_entries_edits_and_deletes() -> None:
    unshrunk = settings(max_examples=2000, deadline=None, phases=[Phase.generate])
    assert has_everything(find(journals(), has_everything, settings=unshrunk))


@settings(max_examples=400, deadline=None)
@given(journals(), profiles, painful_entries())
def test_a_painful_entry_never_improves_the_verdict(
    records: tuple[AnyRecord, ...], profile: Profile, entry: AnyRecord
) -> None:
    before, after = verdict(records, profile), verdict((*records, entry), profile)
    assert rank(after) <= rank(before)
    assert after.symptom_free_days <= before.symptom_free_days
    assert before.earliest_date is not None
    assert after.earliest_date is not None
    assert after.earliest_date >= before.earliest_date


@settings(max_examples=300, deadline=None)
@given(journals(), profiles, places, st.integers(1, 10), st.integers(1, 300))
def test_an_edit_for_the_worse_never_improves_the_verdict(
    records: tuple[AnyRecord, ...], profile: Profile, place: int, score: int, hours: int
) -> None:
    worse = tuple(
        replace(_edited(r, timedelta(hours=hours)), pain=Scores(left=max(score, r.pain.worst), right=r.pain.right))
        if isinstance(r, Pain) and number == place
        else r
        for number, r in enumerate(records)
    )
    before, after = verdict(records, profile), verdict(worse, profile)
    assert rank(after) <= rank(before)
    assert after.symptom_free_days <= before.symptom_free_days


@settings(max_examples=400, deadline=None)
@given(journals(), profiles, days)
def test_an_unlogged_day_is_never_better_than_the_same_day_logged_clear(
    records: tuple[AnyRecord, ...], profile: Profile, day: date
) -> None:
    others = tuple(r for r in records if r.day != day or not isinstance(r, Pain | ExerciseMark))
    check = replace(pain(day, right=0), id=day_check_id(day))
    unlogged, clear = verdict(others, profile), verdict((*others, check), profile)
    assert rank(unlogged) <= rank(clear)
    assert unlogged.symptom_free_days <= clear.symptom_free_days


@settings(max_examples=400, deadline=None)
@given(journals(), profiles, days, st.integers(8, 30), st.sampled_from(["day", "moment"]), st.uuids(version=4))
def test_good_news_written_too_late_changes_no_verdict(
    records: tuple[AnyRecord, ...], profile: Profile, day: date, late: int, scope: str, entry_id: UUID
) -> None:
    written = at(day, 20) + timedelta(days=late)
    news = replace(pain(day, right=0, scope=scope, written=written), id=str(entry_id))
    before, after = verdict(records, profile), verdict((*records, news), profile)
    assert _decided(after) == _decided(before)


def _decided(found: Verdict) -> tuple[object, ...]:
    return (found.status, found.phase, found.stage, found.symptom_free_days, found.earliest_date)


@settings(max_examples=200, deadline=None)
@given(journals(), profiles, st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(
    records: tuple[AnyRecord, ...], profile: Profile, random: Random
) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert verdict(tuple(shuffled), profile) == verdict(records, profile)


@settings(max_examples=200, deadline=None)
@given(journals(), st.integers(0, 6), st.integers(-12, 14))
def test_another_start_of_day_or_zone_moves_no_stored_day(
    records: tuple[AnyRecord, ...], starts: int, hours: int
) -> None:
    moved = Profile(thresholds=Thresholds(day_starts=starts))
    assert set(read_days(records, moved, TODAY).written) == set(read_days(records, ONE_KNEE, TODAY).written)
    noon_elsewhere = at(TODAY, 12).replace(tzinfo=timezone(timedelta(hours=hours)))
    here = judge(records, ONE_KNEE, PROGRAMME, at(TODAY, 12))
    assert _decided(judge(records, ONE_KNEE, PROGRAMME, noon_elsewhere)) == _decided(here)


@settings(max_examples=300, deadline=None)
@given(journals(), profiles)
def test_all_rules_hold_exactly_when_the_verdict_is_ready(records: tuple[AnyRecord, ...], profile: Profile) -> None:
    found = verdict(records, profile)
    assert all(rule.holds for rule in found.rules) is found.is_ready
    assert all(rule.text and "{" not in rule.text for rule in found.rules)


@settings(max_examples=150, deadline=None)
@given(journals(), profiles)
def test_clear_days_without_running_lead_to_ready_on_the_earliest_date_and_not_before(
    records: tuple[AnyRecord, ...], profile: Profile
) -> None:
    kept = tuple(replace(r, resolved_on=r.day) if isinstance(r, Pain) and r.red_flags else r for r in records)
    earliest = verdict(kept, profile).earliest_date
    assert earliest is not None
    for ahead in range((earliest - TODAY).days + 1):
        day = TODAY + timedelta(days=ahead)
        assert judge(kept, profile, PROGRAMME, at(day, 12)).is_ready is (day == earliest)
        kept = (*kept, pain(day, right=0, key="evening"))


@settings(max_examples=200, deadline=None)
@given(journals(), profiles)
def test_a_day_on_the_plan_stepped_by_a_day_is_the_plan_replayed(
    records: tuple[AnyRecord, ...], profile: Profile
) -> None:
    for back in range(SPAN, 0, -1):
        today, tomorrow = ago(back), ago(back - 1)
        case = read_case(records, profile, PROGRAMME.stages, today)
        whole = replay(read_days(records, profile, tomorrow), tomorrow, case.plan)
        if case.morning is not None:
            assert next_morning(case.morning, case.days, case.plan) == whole
