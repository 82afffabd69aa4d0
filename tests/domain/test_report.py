"""The figures of the report: whole weeks, what was written late or not at all, and setbacks as they were in the end."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, Pain, Shoe
from kneejournal.domain.report import Facts, read_facts
from kneejournal.domain.snapshot import Snapshot
from tests.domain.stories import PROGRAMME, TODAY, ago, at, pain, story, ticked
from tests.generated import NOW, of, snapshots


def facts(*records: AnyRecord, weeks: int = 8) -> Facts:
    snapshot = of(*records)
    return read_facts(snapshot, judge(records, Profile(), PROGRAMME, at(TODAY, 22)), PROGRAMME, weeks)


def test_it_covers_whole_weeks_from_the_one_in_which_the_journal_began() -> None:
    found = facts(*story("c" * 10))
    assert len(found.weeks) == 2
    assert (found.first, found.last) == (ago(13), TODAY)
    assert [week.with_number for week in found.weeks] == [3, 7]


def test_it_covers_no_more_weeks_than_were_asked_for() -> None:
    assert facts(*story("c" * 100), weeks=3).first == ago(20)


def test_an_empty_journal_has_one_week_without_a_number() -> None:
    found = facts()
    assert len(found.weeks) == 1
    assert (found.weeks[0].with_number, found.weeks[0].worst, found.weeks[0].mean) == (0, None, None)


def test_a_day_without_a_number_is_no_zero() -> None:
    (week,) = facts(*story("4.2.c.c")).weeks
    assert (week.with_number, week.worst, week.mean, week.clear) == (4, 4, 1.5, 2)


def test_each_knee_has_its_worst() -> None:
    (week,) = facts(pain(TODAY, 2, right=6), pain(ago(1), 3)).weeks
    assert week.worst_of == {"left": 3, "right": 6}


def test_adherence_is_counted_in_days_that_have_every_group() -> None:
    full = ticked(TODAY, "clamshell straight-leg-lift bridge-squeeze plank")
    part = ticked(ago(1), "clamshell plank")
    stretch = ticked(ago(2), "hamstring-step quad-standing itb-strap")
    (week,) = facts(*full, *part, *stretch).weeks
    assert (week.strength, week.stretch) == (1, 1)


def test_symptoms_are_counted_by_days_and_red_flags_apart() -> None:
    found = facts(
        pain(TODAY, 1, symptoms=("squat", "locking")),
        pain(TODAY, 2, scope="moment", symptoms=("squat",)),
        pain(ago(1), 0, symptoms=("squat", "stairs-down")),
    )
    assert found.symptoms == (("squat", 2), ("stairs-down", 1))
    assert [entry.day for entry in found.flags] == [TODAY]


def test_a_red_flag_that_waits_is_there_however_old_it_is() -> None:
    old = pain(ago(200), 1, symptoms=("locking",))
    assert [entry.day for entry in facts(old, *story("c" * 20)).flags] == [ago(200)]
    resolved = replace(old, resolved_on=ago(100))
    assert facts(resolved, *story("c" * 20)).flags == ()


def test_a_setback_is_told_as_it_was_in_the_end() -> None:
    minor, major = facts(*story("ccccccc RcHcccccccccccccccccc R33 ccc")).setbacks
    assert (minor.first, minor.major) == (ago(24), ())
    assert major.first == ago(4)
    assert set(major.major) == {"pain", "two-days"}


def test_pain_before_the_first_session_is_no_setback() -> None:
    assert facts(*story("5432ccccccc")).setbacks == ()


def test_retired_shoes_are_left_out_and_the_default_pair_comes_first() -> None:
    written = {"day": ago(9), "recorded_at": at(ago(9), 9), "updated_at": at(ago(9), 9), "device": "test"}

    def pair(number: int, name: str, *, default: bool = False, retired: bool = False) -> Shoe:
        return Shoe(
            **written,  # type: ignore[arg-type]
            id=f"00000000-0000-4000-8000-00000000000{number}",
            name=name,
            shoe_kind="running",
            default=default,
            retired_on=ago(1) if retired else None,
        )

    found = facts(pair(1, "Old", retired=True), pair(2, "Office"), pair(3, "New", default=True))
    assert [wear.shoe.name for wear in found.shoes] == ["New", "Office"]


def test_notes_come_newest_first_and_only_of_these_weeks() -> None:
    today, before, old = (replace(pain(day, 1), note=f"{day}") for day in (TODAY, ago(3), ago(80)))
    blank = replace(pain(ago(4), 1), note="  \n ")
    assert facts(old, before, blank, today, weeks=2).notes == (today, before)


@given(snapshots(), st.integers(1, 26))
def test_every_journal_has_its_figures(snapshot: Snapshot, weeks: int) -> None:
    verdict = judge(snapshot.live, snapshot.profile, PROGRAMME, NOW)
    found = read_facts(snapshot, verdict, PROGRAMME, weeks)
    assert 1 <= len(found.weeks) <= weeks
    assert len(found.series.days) == 7 * len(found.weeks)
    assert sum(week.runs for week in found.weeks) == len(found.runs)
    assert all(isinstance(entry, Pain) and entry.red_flags for entry in found.flags)
