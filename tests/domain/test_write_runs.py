"""RULES 5 and 9: runs and their shoes, as they are written and answered."""

import pytest

from kneejournal.domain.records import Run
from kneejournal.domain.write_runs import RunEntry
from kneejournal.domain.write_shoes import ShoeEntry
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import NEW_YEAR, named, refused, the_run, two_machines
from tests.support import log_clear_evenings, new_journal


def test_a_run_is_answered_in_one_line_and_keeps_what_was_told() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    entry = RunEntry(day=TODAY, distance_m=3219, duration_s=1859, pain=2, stage=3, note="hilly")
    written = journal.log_run(entry)
    assert written.what == "Run 2.0 mi, 30 min, stage 3, pain 2, Sun 22 Nov."
    run = the_run(journal)
    assert (run.distance_m, run.duration_s, run.pain, run.stage, run.note) == (3219, 1859, 2, 3, "hilly")
    clock.set(NEW_YEAR, 20)
    assert journal.log_run(RunEntry(day=TODAY, distance_m=1609)).what == "Run 1.0 mi, Sun 22 Nov 2026."


def test_a_run_that_hurt_is_answered_with_what_to_do() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    notes = journal.log_run(RunEntry(day=TODAY, distance_m=2000, pain=1)).notes
    assert notes == ("It hurt: stop running, take days off, keep up the exercises.",)


def test_a_run_against_the_verdict_is_no_session_unless_it_is_said_to_be_one() -> None:
    journal, clock = new_journal(at(ago(8), 20))
    log_clear_evenings(journal, clock, ago(8), 7)
    clock.set(ago(1), 9)
    journal.log_run(RunEntry(day=ago(1), distance_m=2000))
    clock.set(TODAY, 9)
    against = journal.log_run(RunEntry(day=TODAY, distance_m=2000))
    assert against.notes[0].startswith("This run goes against the verdict. ")
    stages = {r.day: r.stage for r in journal.snapshot().live if isinstance(r, Run)}
    assert stages == {ago(1): 1, TODAY: None}
    journal.log_run(RunEntry(day=TODAY, distance_m=2000, stage=2))
    assert {r.stage for r in journal.snapshot().live if isinstance(r, Run)} == {1, None, 2}


def test_while_ready_a_run_can_still_be_no_session() -> None:
    journal, clock = new_journal(at(ago(7), 20))
    log_clear_evenings(journal, clock, ago(7), 7)
    journal.log_run(RunEntry(day=TODAY, distance_m=2000, stage=None))
    assert the_run(journal).stage is None


@pytest.mark.parametrize(("metres", "is_flagged"), [(3300, False), (3301, True)])
def test_a_run_is_flagged_from_the_first_metre_beyond_a_tenth_more(metres: int, is_flagged: bool) -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log_run(RunEntry(day=ago(3), distance_m=3000, stage=None))
    notes = journal.log_run(RunEntry(day=TODAY, distance_m=metres, stage=None)).notes
    assert ("That is over 10 % longer than your longest run of the 30 days before." in notes) is is_flagged


def test_shoes_of_a_run_are_changed_and_the_change_is_told() -> None:
    journal, laptop, clock = two_machines()
    journal.add_shoe(ShoeEntry(name="Blue"))
    journal.log_run(RunEntry(day=TODAY, distance_m=1609))
    first = the_run(journal)
    assert first.shoe_id is None
    assert laptop.assign_shoe(first.id, "Blue").what == "Run 1.0 mi, Sun 22 Nov. Shoes: Blue."
    assert the_run(journal).shoe_id == named(journal, "Blue").id
    assert the_run(journal).updated_at > first.updated_at
    assert the_run(journal).device == "laptop"
    clock.set(NEW_YEAR, 9)
    assert laptop.assign_shoe(first.id, None).what == "Run 1.0 mi, Sun 22 Nov 2026. Shoes: none."
    assert the_run(journal).shoe_id is None


def test_a_pair_can_be_given_to_a_run_from_before_it_was_retired() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue"))
    journal.log_run(RunEntry(day=ago(3), distance_m=1609))
    journal.retire_shoe("Blue", ago(1))
    assert journal.assign_shoe(the_run(journal).id, "Blue").is_new


def test_everyday_and_retired_shoes_take_no_runs() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Sandals", kind="everyday"))
    journal.add_shoe(ShoeEntry(name="Blue", default=True))
    journal.retire_shoe("Blue")

    def run_in(name: str) -> str:
        return refused(lambda: journal.log_run(RunEntry(day=TODAY, distance_m=1000, shoe=name)))

    assert run_in("Sandals") == "Sandals are everyday shoes. Name a running pair. Or none: --shoe none."
    assert run_in("Blue") == "Blue are retired and take no new runs. Name another pair. Or none: --shoe none."


def test_without_a_default_pair_a_run_has_none() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue"))
    journal.log_run(RunEntry(day=TODAY, distance_m=1000))
    assert the_run(journal).shoe_id is None


def test_a_run_in_a_pair_past_its_limit_is_written_and_says_so() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    for name, starting_m, told in (
        ("Old", 804_000, ("Shoes: Old are past their limit: 500.2 mi (Sun 22 Nov 2026).",)),
        ("New", 0, ()),
    ):
        journal.add_shoe(ShoeEntry(name=name, since=ago(9), starting_m=starting_m))
        written = journal.log_run(RunEntry(day=TODAY, distance_m=1000, stage=None, shoe=name))
        assert tuple(note for note in written.notes if note.startswith("Shoes")) == told
    journal.add_shoe(ShoeEntry(name="Of unknown age"))
    unknown = journal.log_run(RunEntry(day=TODAY, distance_m=1000, stage=None, shoe="Of"))
    assert not any(note.startswith("Shoes") for note in unknown.notes)
