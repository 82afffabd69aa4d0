"""RULES 2: pain entries, as they are written and answered."""

from datetime import date

import pytest

from kneejournal.domain.records import Pain
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import NEW_YEAR, all_day, refused, the_check, two_machines
from tests.support import new_journal


def test_what_is_logged_is_answered_in_one_line() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.set_up(SetupAnswers(knee="both"))
    for entry, line in (
        (PainEntry(scope="moment", day=TODAY, pain={"left": 3}), "Knee 3, this moment, Sun 22 Nov."),
        (PainEntry(scope="moment", day=TODAY, pain={"right": 3}, time="12:10"), "Knee 3, at 12:10, Sun 22 Nov."),
        (all_day(journal, pain={"left": 0, "right": 2}), "Knees left 0, right 2, all day, Sun 22 Nov."),
    ):
        assert journal.log(entry).what == line
    again = journal.log(all_day(journal, pain={"left": 0, "right": 2}))
    assert again.what == "Knees left 0, right 2, all day, Sun 22 Nov. Written already."
    assert not again.is_new
    clock.set(NEW_YEAR, 20)
    assert journal.log(all_day(journal, 1, day=ago(1))).what == "Knee 1, all day, Sat 21 Nov 2026."


def test_an_evening_check_said_again_after_new_year_is_told_with_its_year() -> None:
    evening = date(2026, 12, 31)
    journal, clock = new_journal(at(evening, 20))
    journal.log(all_day(journal, day=evening))
    clock.set(NEW_YEAR, 9)
    again = journal.log(all_day(journal, day=evening))
    assert again.what == "Knee 0, all day, Thu 31 Dec 2026. Written already."


def test_the_time_of_a_moment_is_kept_and_a_day_has_none() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 0}, time="12:10"))
    journal.log(all_day(journal, time="12:10"))
    times = {r.scope: r.time for r in journal.snapshot().live if isinstance(r, Pain)}
    assert times == {"moment": "12:10", "day": None}


def test_moments_are_written_side_by_side_whatever_the_day_check_says() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 4))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 1}))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 1}))
    assert len(journal.entries()) == 3
    assert the_check(journal).pain.left == 4


def test_a_lower_day_check_is_refused_in_these_words() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 4))
    assert refused(lambda: journal.log(all_day(journal, 1))) == (
        "The day-check of Sun 22 Nov stands at pain 4; 1 is lower, so nothing was written. "
        "To correct it, log it again with --correct."
    )
    clock.set(NEW_YEAR, 20)
    assert "of Sun 22 Nov 2026 stands" in refused(lambda: journal.log(all_day(journal, 1, day=TODAY)))


def test_the_same_number_with_a_new_note_is_written_and_the_same_note_stays_one() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 4))
    journal.log(all_day(journal, 4, note="stairs"))
    assert the_check(journal).note == "stairs"
    assert not journal.log(all_day(journal, 4, note="stairs")).is_new
    assert not journal.log(all_day(journal, 4)).is_new
    assert the_check(journal).note == "stairs"


def test_a_correction_keeps_what_it_says_nothing_of() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.set_up(SetupAnswers(knee="both"))
    journal.log(all_day(journal, pain={"left": 4, "right": 2}, note="one"))
    journal.log(all_day(journal, 1, correct=True))
    assert the_check(journal).pain.by_side() == {"left": 1, "right": 2}
    assert the_check(journal).note == "one"
    journal.log(all_day(journal, 1, correct=True, note="two"))
    assert the_check(journal).note == "two"


def test_a_correction_that_adds_no_red_flag_leaves_the_resolved_one_resolved() -> None:
    for symptoms in (("locking",), ("locking", "squat"), ()):
        journal, _ = new_journal(at(TODAY, 20))
        journal.log(all_day(journal, 2, symptoms=frozenset({"locking"})))
        journal.resolve()
        journal.log(all_day(journal, 1, symptoms=frozenset(symptoms), correct=True))
        assert journal.verdict().status == "not-ready"


def test_a_day_check_that_adds_no_red_flag_leaves_the_resolved_one_resolved() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 2, symptoms=frozenset({"locking"})))
    journal.resolve()
    journal.log(all_day(journal, 3, symptoms=frozenset({"squat"})))
    assert journal.verdict().status == "not-ready"
    journal.log(all_day(journal, 3, symptoms=frozenset({"locking"})))
    assert journal.verdict().status == "see-clinician"


def test_the_day_check_says_which_machine_wrote_it_last() -> None:
    journal, laptop, _ = two_machines()
    journal.log(all_day(journal, 1))
    laptop.log(all_day(journal, 2))
    assert the_check(journal).device == "laptop"


def test_a_deleted_day_check_logged_again_is_later_even_when_the_clock_went_back() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 5))
    journal.delete(the_check(journal).id)
    (deleted,) = journal.snapshot().records.values()
    clock.set(TODAY, 19)
    journal.log(all_day(journal, 1))
    assert the_check(journal).updated_at > deleted.updated_at


def test_a_symptom_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    said = refused(lambda: journal.log(all_day(journal, symptoms=frozenset({"soreness", "tired"}))))
    assert said.startswith("“soreness” is not a symptom the journal knows. It knows: stairs-down, stairs-up, ")
    assert said.endswith("night-pain, numbness.")


def test_symptoms_are_kept_in_the_order_of_the_list() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, symptoms=frozenset({"numbness", "squat", "stairs-down"})))
    assert the_check(journal).symptoms == ("stairs-down", "squat", "numbness")


def test_a_knee_that_was_never_tracked_is_refused_and_one_that_was_is_not() -> None:
    journal, clock = new_journal(at(ago(9), 20))
    assert refused(lambda: journal.log(all_day(journal, pain={"right": 3}))) == (
        "The right knee is not tracked, so nothing was written. Track it first, in the setup. "
        "kneejournal setup --knee both"
    )
    journal.log(all_day(journal))
    clock.set(ago(5), 20)
    journal.set_up(SetupAnswers(knee="right"))
    clock.set(TODAY, 20)
    assert journal.log(all_day(journal, pain={"left": 2})).is_new


def test_before_the_first_tracked_day_only_the_other_knee_is_named() -> None:
    journal, _ = new_journal(at(TODAY, 20), set_up=False)
    journal.log(all_day(journal))
    journal.set_up(SetupAnswers(knee="right"))
    journal.delete(the_check(journal).id)
    assert journal.snapshot().profile.sides_on(TODAY) == ("right",)
    assert "--knee both" in refused(lambda: journal.log(all_day(journal, pain={"left": 2})))


@pytest.mark.parametrize(
    ("entry", "is_noted"),
    [
        ({}, True),
        ({"pain": {"left": 2}}, False),
        ({"symptoms": frozenset({"squat"})}, False),
        ({"scope": "moment"}, False),
        ({"day": ago(1)}, False),
    ],
)
def test_only_a_clear_check_of_a_painful_day_is_told_that_the_day_stays_painful(
    entry: dict[str, object], is_noted: bool
) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 4}))
    assert bool(journal.log(all_day(journal, 0, **entry)).notes) is is_noted


def test_a_clear_check_of_a_clear_day_needs_no_word() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    assert journal.log(all_day(journal)).notes == ()
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 0}))
    assert journal.log(all_day(journal, note="x")).notes == ()
