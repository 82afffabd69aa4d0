"""RULES 8: ticking, as it is written and answered; and icing."""

from kneejournal.domain.snapshot import Moment
from kneejournal.domain.write_care import log_care
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import NEW_YEAR, refused, the_mark, two_machines
from tests.support import new_journal


def test_ticking_is_answered_in_one_line() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    plank, several = journal.find_exercises(["plank"]), journal.find_exercises(["clam", "plank"])
    assert journal.mark(plank).what == "Plank done, Sun 22 Nov."
    again = journal.mark(plank)
    assert (again.what, again.is_new) == ("Plank done, Sun 22 Nov. Written already.", False)
    hurts = journal.mark(plank, pain=2)
    assert hurts.what == "Plank done, pain 2, Sun 22 Nov."
    assert hurts.notes == ("That one hurts: ease off, or leave it out.",)
    assert journal.mark(plank, done=False).what == "Plank not done, Sun 22 Nov."
    fine = journal.mark(several, day=ago(1), pain=0)
    assert (fine.what, fine.notes) == ("2 exercises done, Sat 21 Nov.", ())
    clock.set(NEW_YEAR, 20)
    assert journal.mark(plank, day=TODAY).what == "Plank done, Sun 22 Nov 2026."


def test_pain_in_an_exercise_can_rise_stay_and_be_written_without_doing_it() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    plank = journal.find_exercises(["plank"])
    journal.mark(plank, done=False, pain=2)
    assert (the_mark(journal).done, the_mark(journal).pain) == (False, 2)
    for score, done in ((2, True), (4, False)):
        journal.mark(plank, pain=score, done=done)
        assert (the_mark(journal).done, the_mark(journal).pain) == (done, score)
    assert refused(lambda: journal.mark(plank, pain=3)) == (
        "Plank stands at pain 4 on Sun 22 Nov; 3 is lower, so nothing was written. To correct it: kneejournal edit."
    )
    clock.set(NEW_YEAR, 20)
    assert "pain 4 on Sun 22 Nov 2026;" in refused(lambda: journal.mark(plank, pain=3, day=TODAY))


def test_a_mark_changed_later_is_a_later_version_of_this_machine() -> None:
    journal, laptop, _ = two_machines()
    plank = journal.find_exercises(["plank"])
    journal.mark(plank)
    first = the_mark(journal)
    laptop.mark(plank, done=False)
    assert the_mark(journal).updated_at > first.updated_at
    assert (the_mark(journal).device, the_mark(journal).recorded_at) == ("laptop", first.recorded_at)


def test_a_deleted_mark_can_be_ticked_again_and_is_later() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    plank = journal.find_exercises(["plank"])
    journal.mark(plank, pain=3)
    journal.delete(the_mark(journal).id)
    (deleted,) = journal.snapshot().records.values()
    clock.set(TODAY, 19)
    journal.mark(plank)
    assert the_mark(journal).pain is None
    assert the_mark(journal).updated_at > deleted.updated_at


def test_a_word_that_is_no_exercise_is_answered_with_those_there_are() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    said = refused(lambda: journal.find_exercises(["squat"]))
    assert said.startswith("“squat” is not an exercise. The exercises are: clamshell, side-leg-lift, ")
    assert said.endswith("itb-strap; or all, or short.")
    assert refused(lambda: journal.find_exercises(["side-"])) == (
        "“side-” could be any of side-leg-lift, side-plank. Write more of it."
    )


def test_icing_of_an_earlier_year_is_told_with_its_year() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.care("elevate", 20)
    clock.set(NEW_YEAR, 9)
    assert [journal.describe(r, journal.snapshot()) for r in journal.entries()] == ["Leg up 20 min, Sun 22 Nov 2026."]


def test_icing_of_last_year_is_written_with_its_year() -> None:
    moment = Moment(now=at(NEW_YEAR, 9), device="t", today=NEW_YEAR)
    assert log_care("ice", 15, TODAY, moment).what == "Iced 15 min, Sun 22 Nov 2026."
