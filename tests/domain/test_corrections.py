"""Edits, deletes, resolved red flags and undo, as they are written and answered."""

from msgspec.structs import replace

from kneejournal.domain.corrections import find_record, undo
from kneejournal.domain.snapshot import Edit, Moment, Snapshot, applied
from tests.domain.stories import TODAY, ago, at, pain
from tests.domain.writing import NEW_YEAR, all_day, refused, the_check, two_machines
from tests.support import new_journal


def test_an_entry_is_found_by_the_first_four_signs_of_its_id() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal))
    whole = the_check(journal).id
    assert journal.edit(f" {whole[:4].upper()} ", {"note": "x"}).is_new
    hint = "kneejournal entries shows the ids; write 4 signs or more."
    assert refused(lambda: journal.edit(whole[:3], {"note": "y"})) == f"“{whole[:3]}” names no entry. {hint}"
    assert refused(lambda: journal.edit("zzzz", {"note": "y"})) == f"“zzzz” names no entry. {hint}"


def test_a_beginning_that_two_ids_share_is_refused() -> None:
    one = replace(pain(TODAY), id="abcd0000-0000-4000-8000-000000000001")
    other = replace(pain(ago(1)), id="abcd0000-0000-4000-8000-000000000002")
    gone = replace(pain(ago(2)), id="ffff0000-0000-4000-8000-000000000003", deleted=True)
    snapshot = Snapshot(records={record.id: record for record in (one, other, gone)})
    assert "“abcd” names more than one entry." in refused(lambda: find_record(snapshot, "abcd"))
    assert find_record(snapshot, other.id) == other
    assert "“ffff” names no entry." in refused(lambda: find_record(snapshot, "ffff"))


def test_an_edit_is_answered_with_what_stands_there_now() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 5))
    check = the_check(journal)
    assert journal.edit(check.id, {"pain": {"left": 2}}).what == "Changed: Knee 2, all day, Sun 22 Nov."
    again = journal.edit(check.id, {"pain": {"left": 2}})
    assert (again.what, again.is_new) == ("Knee 2, all day, Sun 22 Nov. Written already.", False)
    assert refused(lambda: journal.edit(check.id, {"distance_m": 5})) == (
        "A pain entry has no distance_m to change. Nothing was changed."
    )


def test_an_edit_is_a_later_version_of_this_machine() -> None:
    journal, laptop, _ = two_machines()
    journal.log(all_day(journal, 5))
    before = the_check(journal)
    laptop.edit(before.id, {"note": "x"})
    assert the_check(journal).updated_at > before.updated_at
    assert the_check(journal).device == "laptop"
    assert the_check(journal).recorded_at == before.recorded_at


def test_deleting_says_what_went() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, 5))
    assert journal.delete(the_check(journal).id).what == "Deleted: Knee 5, all day, Sun 22 Nov."


def test_a_red_flag_of_the_very_day_is_resolved_and_told_with_its_day() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.log(all_day(journal, symptoms=frozenset({"locking"})))
    assert refused(lambda: journal.resolve(ago(1))) == ("No red flag up to Sat 21 Nov is waiting. Nothing was changed.")
    assert journal.resolve(TODAY).what == "Red flag resolved, Sun 22 Nov."
    clock.set(NEW_YEAR, 9)
    assert "up to Sun 22 Nov 2026 is waiting" in refused(lambda: journal.resolve(TODAY))
    journal.edit(the_check(journal).id, {"symptoms": ["locking", "numbness"]})
    assert journal.resolve(TODAY).what == "Red flag resolved, Sun 22 Nov 2026."


def test_undo_of_nothing_and_of_what_was_changed_since_say_so() -> None:
    journal, _ = new_journal(at(TODAY, 20), set_up=False)
    assert refused(journal.undo) == "There is nothing to undo."
    mine = pain(TODAY)
    logged = applied(Edit(what="Knee 0.", records=(mine,)), Snapshot(), at(TODAY, 20))
    theirs = replace(mine, updated_at=at(TODAY, 21), device="laptop")
    later = replace(logged, records={mine.id: theirs})
    assert refused(lambda: undo(later, Moment(now=at(TODAY, 22), device="t", today=TODAY))) == (
        "“Knee 0.” was changed again since, on another machine or by an import. Edit it instead."
    )
