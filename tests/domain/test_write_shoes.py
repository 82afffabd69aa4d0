"""RULES 9: pairs of shoes, as they are written and answered."""

from kneejournal.domain.write_shoes import ShoeEntry
from tests.domain.stories import TODAY, ago, at
from tests.domain.writing import NEW_YEAR, named, refused, two_machines
from tests.support import new_journal


def test_a_pair_is_answered_in_one_line_and_keeps_what_was_told() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    entry = ShoeEntry(name="Blue", since=ago(3), bought=ago(3), starting_m=1000)
    assert journal.add_shoe(entry).what == "Shoes Blue, running, worn since Thu 19 Nov."
    blue = named(journal, "Blue")
    assert (blue.since, blue.bought, blue.starting_m, blue.default) == (ago(3), ago(3), 1000, False)
    clock.set(NEW_YEAR, 9)
    told = journal.add_shoe(ShoeEntry(name="Red", bought=TODAY)).what
    assert told == "Shoes Red, running, bought Sun 22 Nov 2026."


def test_a_name_may_have_80_signs() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    assert journal.add_shoe(ShoeEntry(name="x" * 80)).is_new
    assert refused(lambda: journal.add_shoe(ShoeEntry(name="x" * 81))) == (
        "A pair of shoes needs a name of 1 to 80 characters."
    )


def test_shoes_are_refused_in_these_words() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue"))
    for entry, told in (
        (ShoeEntry(name="BLUE"), "The journal has shoes called “BLUE” already. Give this pair another name."),
        (
            ShoeEntry(name="New", since=ago(9), bought=ago(3)),
            "New cannot have been worn before they were bought. Check the two days. They are --since and --bought.",
        ),
        (
            ShoeEntry(name="Old", kind="everyday", default=True),
            "Only running shoes can be the default pair for runs.",
        ),
    ):
        assert refused(lambda entry=entry: journal.add_shoe(entry)) == told  # type: ignore[misc]


def test_a_second_pair_leaves_the_default_pair_alone() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue", default=True))
    journal.add_shoe(ShoeEntry(name="Red"))
    assert (named(journal, "Blue").default, named(journal, "Red").default) == (True, False)


def test_a_pair_is_found_by_the_beginning_of_its_name_or_told_what_there_is() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    assert refused(lambda: journal.fit_shoe("Blue")) == (
        "No shoes are called “Blue”. Add them: kneejournal shoes add NAME."
    )
    for name in ("Blue", "Blue old", "Red"):
        journal.add_shoe(ShoeEntry(name=name))
    assert journal.fit_shoe("blue").what == "Shoes Blue fitted, Sun 22 Nov."
    assert journal.fit_shoe("blue o").what == "Shoes Blue old fitted, Sun 22 Nov."
    assert refused(lambda: journal.fit_shoe("bl")) == "“bl” could be any of Blue, Blue old. Write more of it."
    assert refused(lambda: journal.fit_shoe("Green\n")) == (
        "No shoes are called “Green”. The journal knows Blue, Blue old, Red."
    )
    assert refused(lambda: journal.fit_shoe(" ")).startswith("No shoes are called “”.")


def test_retiring_and_fitting_are_told_with_their_days() -> None:
    journal, clock = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue", default=True))
    assert journal.fit_shoe("Blue", ago(2)).what == "Shoes Blue fitted, Fri 20 Nov."
    assert journal.retire_shoe("Blue", ago(1)).what == "Shoes Blue retired, Sat 21 Nov."
    blue = named(journal, "Blue")
    assert (blue.fitted_on, blue.retired_on, blue.default) == (ago(2), ago(1), False)
    assert refused(lambda: journal.retire_shoe("Blue")) == "Blue were retired on Sat 21 Nov already."
    clock.set(NEW_YEAR, 9)
    assert refused(lambda: journal.retire_shoe("Blue")) == "Blue were retired on Sat 21 Nov 2026 already."
    assert journal.fit_shoe("Blue", TODAY).what == "Shoes Blue fitted, Sun 22 Nov 2026."
    journal.add_shoe(ShoeEntry(name="Red"))
    assert journal.retire_shoe("Red", TODAY).what == "Shoes Red retired, Sun 22 Nov 2026."


def test_another_running_pair_can_be_made_the_default() -> None:
    journal, laptop, _ = two_machines()
    for name in ("Blue", "Red"):
        journal.add_shoe(ShoeEntry(name=name, default=True))
    before = named(journal, "Blue")
    assert laptop.wear_shoe("Blue").what == "Shoes Blue are the pair for runs now."
    assert (named(journal, "Blue").default, named(journal, "Red").default) == (True, False)
    assert named(journal, "Blue").updated_at > before.updated_at
    assert {named(journal, name).device for name in ("Blue", "Red")} == {"laptop"}
    laptop.wear_shoe("Blue")
    assert named(journal, "Blue").default


def test_retired_and_everyday_shoes_cannot_be_the_default() -> None:
    journal, _ = new_journal(at(TODAY, 20))
    journal.add_shoe(ShoeEntry(name="Blue"))
    journal.add_shoe(ShoeEntry(name="Sandals", kind="everyday"))
    journal.retire_shoe("Blue")
    assert refused(lambda: journal.wear_shoe("Blue")) == "Blue cannot be the default pair: they are retired shoes."
    assert refused(lambda: journal.wear_shoe("Sandals")) == (
        "Sandals cannot be the default pair: they are everyday shoes."
    )
