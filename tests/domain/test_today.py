"""What today's page shows: the session, the week, the knee, the day-check, what was done for it."""

from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Scores, exercise_id, new_id
from kneejournal.domain.today import Today, read_today
from tests.domain.stories import PROGRAMME, TODAY, ago, at, pain, story


def page(*records: AnyRecord, profile: Profile | None = None) -> Today:
    mine = profile or Profile()
    return read_today(records, mine, PROGRAMME, judge(records, mine, PROGRAMME, at(TODAY, 22)))


def plank(back: int = 0, *, done: bool = True, hurt: int | None = None, hour: int = 19) -> ExerciseMark:
    day = ago(back)
    return ExerciseMark(
        id=exercise_id(day, "plank"), day=day, recorded_at=at(day, hour), updated_at=at(day, hour), device="test",
        exercise="plank", done=done, pain=hurt,
    )  # fmt: skip


def iced(back: int) -> Care:
    day = ago(back)
    return Care(id=new_id(), day=day, recorded_at=at(day, 9), updated_at=at(day, 9), device="t", what="ice", minutes=15)


def ticked(found: Today) -> dict[str, tuple[bool, int | None]]:
    """The exercises of which something is marked."""
    return {row.exercise.id: (row.done, row.pain) for row in found.rows if row.done or row.pain is not None}


def test_an_empty_day_has_every_exercise_and_nothing_else() -> None:
    found = page()
    assert found.day == TODAY
    assert [row.exercise for row in found.rows] == list(PROGRAMME.exercises)
    assert ticked(found) == {}
    assert (found.knee, found.check, found.is_closed, found.care) == (None, None, False, ())
    assert (found.week.strength_days, found.week.target.least) == ((), 3)


def test_exercises_of_today_are_ticked_with_what_they_hurt() -> None:
    assert ticked(page(plank(hurt=2))) == {"plank": (True, 2)}
    assert ticked(page(plank(done=False, hurt=2))) == {"plank": (False, 2)}
    assert ticked(page(plank(1))) == {}
    assert ticked(page(replace(plank(), deleted=True))) == {}


def test_of_two_marks_of_one_exercise_the_later_one_stands() -> None:
    early, late = plank(hour=9), replace(plank(done=False, hurt=4, hour=20), id=new_id())
    for records in ((early, late), (late, early)):
        assert ticked(page(*records)) == {"plank": (False, 4)}


def test_the_knee_of_the_day_is_the_worst_that_is_written_per_knee() -> None:
    morning = pain(TODAY, 4, scope="moment", written=at(TODAY, 8))
    evening = pain(TODAY, 1, right=2)
    yesterday = pain(ago(1), 9)
    assert page(morning, evening, yesterday).knee == {"left": 4, "right": 2}
    assert page(replace(evening, pain=Scores(right=0))).knee == {"right": 0}
    assert page(yesterday).knee is None


def test_the_check_of_the_day_is_shown_and_whether_it_closes_the_day() -> None:
    closing, at_breakfast = pain(TODAY), pain(TODAY, written=at(TODAY, 8))
    assert (page(closing).check, page(closing).is_closed) == (closing, True)
    assert (page(at_breakfast).check, page(at_breakfast).is_closed) == (at_breakfast, False)
    assert page(pain(TODAY, scope="moment"), pain(ago(1)), plank()).check is None
    assert page(replace(closing, deleted=True)).check is None


def test_icing_of_today_is_shown() -> None:
    now = iced(0)
    assert page(now, iced(1), plank(), pain(TODAY)).care == (now,)


def test_yesterday_is_asked_for_when_it_can_still_be_closed_and_the_journal_had_begun() -> None:
    for line, asked in (("c.-", True), ("co-", True), ("cz-", True), ("cc-", False), ("c1-", False), ("cm-", False)):
        assert page(*story(line)).ask_yesterday is asked
    assert not page(*story("c")).ask_yesterday
    assert not page().ask_yesterday


def test_the_week_asks_for_less_once_running_is_free() -> None:
    assert page(*story("ccccccc" + "Rc" * 16 + "-")).week.target.least == 2
    assert page(*story("ccccccc Rc -")).week.target.suggested == 3
    assert page(*story("c")).week.target.suggested == 5
