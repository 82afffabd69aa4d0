"""The command that changes an entry."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import answer
from kneejournal.commands.values import (
    quoted,
    read_miles,
    read_minutes,
    read_note,
    read_pain,
    read_stage,
    read_symptoms,
    read_time,
)
from kneejournal.domain.corrections import find_record
from kneejournal.domain.records import CODES, AnyRecord, Care, Pain
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.text import clean_line
from kneejournal.domain.units import read_distance
from kneejournal.domain.write_profile import KneeChoice, sides_of
from kneejournal.errors import BadData, WrongUsage

if TYPE_CHECKING:
    from kneejournal.journal import Journal


class Wishes(TypedDict):
    """What the options of `edit` ask for; None leaves a field as it is."""

    pain: int | None
    knee: KneeChoice | None
    symptoms: tuple[str, ...]
    no_symptoms: bool | None
    medicine: bool | None
    note: str | None
    at: str | None
    done: bool | None
    distance: str | None
    minutes: int | None
    stage: str | None
    shoe: str | None
    name: str | None
    since: str | None
    bought: str | None
    miles: int | None


SAME_FIELD = ("medicine", "note", "done")
OTHER_NAME = {"at": "time", "miles": "starting_m"}


@click.command(cls=Command)
@click.argument("record_id", metavar="ID")
@click.option("--pain", type=read_pain, metavar="0-10", help="Of a knee, an exercise or a run.")
@click.option("--knee", type=click.Choice(["left", "right", "both"]), help="With --pain: only this knee changes.")
@click.option("--symptom", "symptoms", multiple=True, metavar="CODE", help="These, in place of those written.")
@click.option("--no-symptoms", is_flag=True, default=None, help="None, in place of those written.")
@click.option("--medicine/--no-medicine", default=None, help="Whether pain medicine was taken.")
@click.option("--note", type=read_note, metavar="TEXT", help="Another note; - reads standard input.")
@click.option("--at", type=read_time, metavar="HH:MM", help="Another time of day.")
@click.option("--done/--not-done", default=None, help="Whether the exercise was done.")
@click.option("--distance", metavar="DISTANCE", help="Of a run: 3.1mi, 5km, or a number in your units.")
@click.option("--minutes", type=read_minutes, metavar="N", help="Of a run, icing or elevation.")
@click.option("--stage", metavar="N", help="Of a run: a stage of the plan, or none.")
@click.option("--shoe", metavar="NAME", help="Of a run: a pair, or none. Not together with other changes.")
@click.option("--name", metavar="NAME", help="Of shoes.")
@click.option("--since", metavar="DAY", help="Of shoes: first worn.")
@click.option("--bought", metavar="DAY", help="Of shoes: bought.")
@click.option("--miles", type=read_miles, metavar="N", help="Of shoes: run before the journal knew them.")
@pass_invocation
def edit(invocation: Invocation, /, record_id: str, **wishes: object) -> None:
    """Change an entry; ID is what `kneejournal entries` shows.

    \b
    Examples:
      kneejournal edit 3f2a9c1b --pain 2 --note "only on the stairs"
      kneejournal edit 77aa01c2 --shoe "Blue ones"
    """
    wanted = Wishes(**wishes)  # type: ignore[typeddict-item]
    _check({name for name, value in wanted.items() if value not in (None, ())})
    journal, shoe = invocation.journal, wanted["shoe"]
    if shoe is not None:
        answer(journal.assign_shoe(record_id, None if shoe.strip().lower() == "none" else shoe))
        return
    snapshot = journal.snapshot()
    record = find_record(snapshot, record_id)
    answer(journal.edit(record.id, _changes(wanted, record, snapshot, journal)))


def _check(asked: set[str]) -> None:
    if not asked:
        raise WrongUsage("Nothing to change was given. kneejournal edit --help lists what can be.")
    if "knee" in asked and "pain" not in asked:
        raise WrongUsage("--knee says whose --pain changes. Give both.")
    if {"symptoms", "no_symptoms"} <= asked:
        raise WrongUsage("--symptom and --no-symptoms exclude each other. Leave one out.")
    if "shoe" in asked and len(asked) > 1:
        raise WrongUsage("--shoe cannot go together with other changes. Give it on its own.")


def _changes(wanted: Wishes, record: AnyRecord, snapshot: Snapshot, journal: "Journal") -> dict[str, object]:
    """The fields to change, in the form in which they are stored."""
    given: Mapping[str, object] = {name: value for name, value in wanted.items() if value is not None}
    changes = {name: given[name] for name in SAME_FIELD if name in given}
    changes |= {field: given[name] for name, field in OTHER_NAME.items() if name in given}
    for name in ("since", "bought"):
        if (day := given.get(name)) is not None:
            changes[name] = journal.read_day(str(day)).isoformat()
    if wanted["pain"] is not None:
        changes["pain"] = _scores(record, wanted["pain"], wanted["knee"], snapshot)
    if wanted["symptoms"] or wanted["no_symptoms"]:
        codes = read_symptoms(wanted["symptoms"])
        changes["symptoms"] = [code for code in CODES if code in codes]
    if wanted["distance"] is not None:
        changes["distance_m"] = read_distance(wanted["distance"], snapshot.profile.units)
    if wanted["stage"] is not None:
        changes["stage"] = read_stage(wanted["stage"], len(journal.programme.stages))
    if wanted["minutes"] is not None:
        changes |= _duration(record, wanted["minutes"])
    if wanted["name"] is not None:
        changes["name"] = _name(record, wanted["name"], snapshot)
    if "time" in changes and isinstance(record, Pain) and record.scope == "day":
        raise BadData("The check of a whole day has no time to change. Nothing was changed.")
    return changes


def _scores(record: AnyRecord, pain: int, knee: KneeChoice | None, snapshot: Snapshot) -> object:
    """The pain as the record stores it: a number, or one a knee, where the other knee stays as it is."""
    if not isinstance(record, Pain):
        if knee:
            raise BadData("That entry is not of one knee. Leave --knee out; nothing was changed.")
        return pain
    standing = record.pain.by_side()
    changed = sides_of(knee) if knee else tuple(standing)
    for side in changed:
        if side not in standing and all(tracked.side != side for tracked in snapshot.profile.knees):
            raise BadData(f"The {side} knee is not tracked. Track it first: kneejournal setup --knee both.")
    return {**standing, **dict.fromkeys(changed, pain)}


def _duration(record: AnyRecord, seconds: int) -> dict[str, object]:
    if not isinstance(record, Care):
        return {"duration_s": seconds}
    if seconds % 60:
        raise BadData("Icing and elevation are counted in whole minutes. Nothing was changed.")
    return {"minutes": seconds // 60}


def _name(record: AnyRecord, text: str, snapshot: Snapshot) -> str:
    name = clean_line(text)
    if any(shoe.name.casefold() == name.casefold() and shoe.id != record.id for shoe in snapshot.shoes):
        raise BadData(f"The journal has shoes called {quoted(name)} already. Give this pair another name.")
    return name
