"""Writing into the journal, and taking it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import SetupAnswers
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import BadData
from kneejournal.journal import Journal
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import all_day, the_check
from tests.support import log_clear_evenings, new_journal


def test_a_day_check_is_one_a_day_and_answers_with_what_it_changes() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    written = journal.log(all_day(journal))
    assert written.what == "Knee 0, all day, Sun 22 Nov."
    assert written.verdict.symptom_free_days == 1
    journal.log(all_day(journal, 2))
    assert the_check(journal).pain.left == 2


def test_a_check_at_breakfast_said_again_in_the_evening_closes_the_day() -> None:
    journal, clock = new_journal(at(TODAY, 8))
    journal.log(all_day(journal))
    assert journal.verdict().symptom_free_days == 0
    clock.set(TODAY, 19)
    assert journal.log(all_day(journal)).is_new
    assert journal.verdict().symptom_free_days == 1


def test_a_closed_day_said_again_later_stays_as_it_is() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.log(all_day(journal))
    before = the_check(journal)
    clock.set(TODAY + timedelta(days=9), 20)
    assert not journal.log(all_day(journal, day=TODAY)).is_new
    assert the_check(journal) == before


def test_a_lower_day_check_is_refused_and_takes_a_correction() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 4, symptoms=frozenset({"squat"}), medicine=True, note="ran for the bus"))
    with pytest.raises(BadData, match="stands at pain 4; 0 is lower"):
        journal.log(all_day(journal))
    assert the_check(journal).pain.left == 4
    journal.log(all_day(journal, correct=True))
    corrected = the_check(journal)
    assert (corrected.pain.left, corrected.symptoms, corrected.medicine) == (0, (), False)
    assert corrected.note == "ran for the bus"


def test_bad_news_in_a_day_check_stays_until_it_is_corrected() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, symptoms=frozenset({"squat"}), note="one"))
    journal.log(all_day(journal, symptoms=frozenset({"noise"}), medicine=True, note="two"))
    check = the_check(journal)
    assert check.symptoms == ("squat", "noise")
    assert check.medicine
    assert check.note == "one\ntwo"


def test_two_knees_share_the_day_check() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.set_up(SetupAnswers(knee="both"))
    journal.log(all_day(journal))
    assert journal.verdict().symptom_free_days == 0
    journal.log(all_day(journal, pain={"right": 0}))
    assert the_check(journal).pain.by_side() == {"left": 0, "right": 0}
    assert journal.verdict().symptom_free_days == 1


def test_a_knee_that_is_not_tracked_is_refused_with_what_to_do() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    with pytest.raises(BadData, match="not tracked") as refused:
        journal.log(all_day(journal, pain={"right": 3}))
    assert refused.value.hint == "kneejournal setup --knee both"
    assert not journal.entries()


def test_an_evening_zero_does_not_hide_the_pain_of_noon_and_says_so() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(PainEntry(scope="moment", day=TODAY, pain={"left": 4}, time="12:10"))
    written = journal.log(all_day(journal))
    assert written.notes == ("Pain 4 is written for that day too, so it stays a day with symptoms.",)
    assert journal.verdict().status == "not-ready"


def test_updated_at_grows_even_when_the_clock_goes_back() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.log(all_day(journal))
    before = the_check(journal).updated_at
    clock.set(TODAY, 19)
    journal.log(all_day(journal, 1))
    assert the_check(journal).updated_at == before + timedelta(microseconds=1)
    assert the_check(journal).recorded_at == before


def test_the_first_choice_of_knees_holds_for_the_whole_journal_and_a_later_one_from_its_day() -> None:
    journal, clock = new_journal(at(ago(9), 20))
    journal.set_up(SetupAnswers(knee="right"))
    assert journal.snapshot().profile.sides_on(ago(100)) == ("right",)
    journal.log(all_day(journal, pain={"right": 0}))
    clock.set(TODAY, 20)
    journal.set_up(SetupAnswers(knee="both"))
    profile = journal.snapshot().profile
    assert profile.sides_on(ago(1)) == ("right",)
    assert profile.sides_on(TODAY) == ("left", "right")
    journal.set_up(SetupAnswers(knee="right"))
    assert journal.snapshot().profile.sides_on(TODAY) == ("right",)


def test_a_run_while_ready_is_a_session_and_one_against_the_verdict_is_written_with_a_warning() -> None:
    journal, clock = new_journal(at(ago(7), 20))
    against = journal.log_run(RunEntry(day=ago(7), distance_m=2000))
    assert "against the verdict" in against.notes[0]
    log_clear_evenings(journal, clock, ago(7), 7)
    journal.log_run(RunEntry(day=TODAY, distance_m=2000, duration_s=1500))
    stages = {r.day: r.stage for r in journal.snapshot().live if isinstance(r, Run)}
    assert stages == {ago(7): None, TODAY: 1}
    assert journal.verdict().phase == "return"


def test_a_run_much_longer_than_the_last_ones_is_flagged() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    for back, metres in ((31, 9000), (30, 3000), (5, 2500)):
        journal.log_run(RunEntry(day=ago(back), distance_m=metres, stage=None))
    fine = journal.log_run(RunEntry(day=ago(2), distance_m=3300, stage=None))
    assert not any("10 %" in note for note in fine.notes)
    long = journal.log_run(RunEntry(day=TODAY, distance_m=3631, stage=None))
    assert any("10 %" in note for note in long.notes)


def test_runs_go_to_the_default_pair_unless_another_is_named() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue", default=True))
    journal.add_shoe(ShoeEntry(name="Red", default=True))
    blue, red = sorted(journal.snapshot().shoes, key=lambda shoe: shoe.name)
    assert (blue.default, red.default) == (False, True)
    for shoe in ("default", "blu", None):
        journal.log_run(RunEntry(day=TODAY, distance_m=1000, shoe=shoe))
    runs = sorted((r for r in journal.snapshot().live if isinstance(r, Run)), key=lambda r: r.shoe_id or "")
    assert {r.shoe_id for r in runs} == {None, blue.id, red.id}
    journal.assign_shoe(runs[0].id, "Blue")
    assert next(w for w in journal.shoes(journal.snapshot()) if w.shoe.name == "Blue").distance_m == 2000


def test_a_retired_pair_takes_no_new_runs_and_keeps_its_history() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue", default=True))
    journal.log_run(RunEntry(day=TODAY, distance_m=1000))
    journal.retire_shoe("Blue")
    with pytest.raises(BadData, match="take no new runs"):
        journal.log_run(RunEntry(day=TODAY, distance_m=1000, shoe="Blue"))
    journal.log_run(RunEntry(day=TODAY, distance_m=1000))
    (wear,) = journal.shoes(journal.snapshot())
    assert (wear.status, wear.distance_m) == ("retired", 1000)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (ShoeEntry(name=" "), "needs a name"),
        (ShoeEntry(name="x" * 81), "needs a name"),
        (ShoeEntry(name="blue"), "already"),
        (ShoeEntry(name="New", since=ago(9), bought=ago(3)), "before they were bought"),
        (ShoeEntry(name="Sandals", kind="everyday", default=True), "Only running shoes"),
    ],
)
def test_shoes_that_cannot_be_are_refused(entry: ShoeEntry, told: str) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue"))
    with pytest.raises(BadData, match=told):
        journal.add_shoe(entry)
    assert len(journal.snapshot().shoes) == 1


def test_undo_takes_back_what_was_added_changed_and_deleted_one_change_at_a_time() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 1))
    journal.log(all_day(journal, 5))
    journal.mark(journal.find_exercises(["short"]))
    assert journal.undo().what.startswith("Taken back: 4 exercises")
    assert not journal.today_page(journal.snapshot(), journal.verdict()).rows[0].done
    journal.undo()
    assert the_check(journal).pain.left == 1
    journal.delete(the_check(journal).id)
    assert not journal.entries()
    journal.undo()
    assert the_check(journal).pain.left == 1
    journal.undo()
    assert not journal.entries()


def test_undo_of_nothing_says_so() -> None:
    journal, _ = new_journal(at(TODAY, 20), set_up=False)
    with pytest.raises(BadData, match="nothing to undo"):
        journal.undo()


def test_a_deleted_day_check_can_be_logged_again() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 5))
    journal.delete(the_check(journal).id)
    journal.log(all_day(journal))
    assert the_check(journal).pain.left == 0
    assert len(journal.snapshot().records) == 1


def test_an_edit_changes_only_what_this_kind_has() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 5))
    check = the_check(journal)
    journal.edit(check.id[:8], {"pain": {"left": 2}, "note": "less"})
    assert (the_check(journal).pain.left, the_check(journal).note) == (2, "less")
    for wrong in ({"pain": {"left": 11}}, {"pain": {"left": True}}, {"day": "2026-11-01"}, {"distance_m": 5}):
        with pytest.raises(BadData, match="Nothing was changed"):
            journal.edit(check.id, wrong)
    with pytest.raises(BadData, match="names no entry"):
        journal.edit("ffffffff", {"note": "x"})


def test_a_red_flag_is_resolved_up_to_a_day_and_undo_brings_it_back() -> None:
    journal, clock = new_journal(at(ago(5), 20))
    journal.log(all_day(journal, symptoms=frozenset({"locking"})))
    clock.set(ago(2), 20)
    journal.log(all_day(journal, symptoms=frozenset({"injury"})))
    clock.set(TODAY, 20)
    journal.resolve(ago(3))
    assert journal.verdict().status == "see-clinician"
    journal.resolve()
    assert journal.verdict().status == "not-ready"
    with pytest.raises(BadData, match="No red flag"):
        journal.resolve()
    journal.undo()
    assert journal.verdict().status == "see-clinician"


def test_a_new_red_flag_in_a_resolved_entry_waits_for_a_clinician_again() -> None:
    for correct in (False, True):
        journal, _ = new_journal(at(TODAY, 20))
        journal.log(all_day(journal, symptoms=frozenset({"locking"})))
        journal.resolve()
        journal.log(all_day(journal, symptoms=frozenset({"locking", "numbness"}), correct=correct))
        assert journal.verdict().status == "see-clinician"
        journal.resolve()
        journal.edit(the_check(journal).id, {"symptoms": ["locking", "injury"]})
        assert journal.verdict().status == "see-clinician"
        journal.resolve()
        journal.edit(the_check(journal).id, {"symptoms": ["locking"], "note": "x"})
        assert journal.verdict().status == "not-ready"


def test_a_choice_of_knees_after_a_first_entry_keeps_what_was_said_of_the_knee_that_stays() -> None:
    journal, _ = new_journal(at(TODAY, 20), set_up=False)
    journal.log(all_day(journal, day=ago(1)))
    journal.set_up(SetupAnswers(knee="both"))
    assert journal.snapshot().profile.sides_on(ago(1)) == ("left",)
    assert journal.snapshot().profile.sides_on(TODAY) == ("left", "right")
    other, _ = new_journal(at(TODAY, 20), set_up=False)
    other.log(all_day(other, day=ago(1)))
    other.set_up(SetupAnswers(knee="right"))
    assert other.snapshot().profile.sides_on(ago(1)) == ("right",)


def test_icing_is_written() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    assert journal.care("ice").what == "Iced 15 min, Sun 22 Nov."
    journal.care("elevate", 20)
    assert len(journal.today_page(journal.snapshot(), journal.verdict()).care) == 2


def test_yesterday_is_asked_for_while_it_can_still_be_closed() -> None:
    journal, clock = new_journal(at(ago(2), 20))
    assert not journal.today_page(journal.snapshot(), journal.verdict()).ask_yesterday
    journal.log(all_day(journal))
    clock.set(TODAY, 8)
    assert journal.today_page(journal.snapshot(), journal.verdict()).ask_yesterday
    journal.log(all_day(journal, day=ago(1)))
    assert not journal.today_page(journal.snapshot(), journal.verdict()).ask_yesterday


def test_names_of_shoes_are_one_line_of_visible_signs() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue\n\x1b[31mones"))
    (shoe,) = journal.snapshot().shoes
    assert isinstance(shoe, Shoe)
    assert shoe.name == "Blue ␛[31mones"


def test_a_run_in_shoes_past_their_limit_is_written_and_says_so() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue", since=ago(10), starting_m=804_000, default=True))
    first = journal.log_run(RunEntry(day=TODAY, distance_m=500, stage=None))
    assert "Shoes: Blue are near their limit: 499.9 mi" in "".join(first.notes)
    second = journal.log_run(RunEntry(day=TODAY, distance_m=500, stage=None))
    assert "Shoes: Blue are past their limit: 500.2 mi" in "".join(second.notes)
    assert len(journal.entries()) == 3


def moment(journal: Journal, *, symptoms: frozenset[str] = frozenset(), medicine: bool = False) -> PainEntry:
    return PainEntry(scope="moment", day=journal.today(), pain={"left": 0}, symptoms=symptoms, medicine=medicine)


WHY_NOT_CLEAR: list[tuple[Callable[[Journal], object], str]] = [
    (lambda journal: journal.mark(journal.find_exercises(["plank"]), pain=2), "Pain 2 is written"),
    (lambda journal: journal.log_run(RunEntry(day=TODAY, distance_m=1000, pain=3)), "Pain 3 is written"),
    (lambda journal: journal.log(moment(journal, symptoms=frozenset({"squat"}))), "Symptoms are written"),
    (lambda journal: journal.log(moment(journal, medicine=True)), "Pain medicine is written"),
    (lambda journal: journal.log(moment(journal)), ""),
]


@pytest.mark.parametrize(("before", "told"), WHY_NOT_CLEAR, ids=[told for _, told in WHY_NOT_CLEAR])
def test_a_zero_says_why_the_day_does_not_become_clear(before: Callable[[Journal], object], told: str) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    before(journal)
    notes = journal.log(all_day(journal)).notes
    assert told in "".join(notes)
    assert bool(notes) is bool(told)
