"""Writes the profile: tracked knees, units, thresholds (RULES 2)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.profile import Profile, TrackedKnee
from kneejournal.domain.records import SIDES, Pain, Side, grown
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.domain.thresholds import Value, changed, value_of, with_changes
from kneejournal.domain.units import Units

KneeChoice = Literal["left", "right", "both"]


class SetupAnswers(Struct, frozen=True, kw_only=True):
    """What somebody answered; None leaves things as they are."""

    knee: KneeChoice | None = None
    units: Units | None = None
    began: date | None = None
    thresholds: Mapping[str, Value] = {}
    """The thresholds to change, by name."""
    put_off_therapist: bool = False
    """The advice to consider a physical therapist was read, and shall stay away for a while."""


def sides_of(choice: KneeChoice) -> tuple[Side, ...]:
    """The knees of a choice, left first."""
    return SIDES if choice == "both" else (choice,)


def choice_of(profile: Profile, day: date) -> KneeChoice:
    """The choice that tracks the knees of `day`."""
    sides = profile.sides_on(day) or tuple(knee.side for knee in profile.knees if knee.until is None)
    return "both" if len(sides) == len(SIDES) else sides[0]


def set_up(snapshot: Snapshot, answers: SetupAnswers, moment: Moment, names: Mapping[str, str] | None = None) -> Edit:
    """The change that writes the profile; `names`: what the thresholds are called.

    The first choice of knees holds for the whole journal; a knee added later is asked for from today on, and one
    that is dropped is not asked for from today on. Raises BadData for a threshold outside its range.
    """
    profile = snapshot.profile
    knees = profile.knees if answers.knee is None else _knees(snapshot, sides_of(answers.knee), moment.today)
    written = replace(
        profile,
        knees=knees,
        units=answers.units or profile.units,
        began=answers.began or profile.began,
        thresholds=with_changes(profile.thresholds, answers.thresholds),
        therapist_read_on=moment.today if answers.put_off_therapist else profile.therapist_read_on,
        updated_at=grown(moment.now, profile.updated_at),
    )
    only_thresholds = profile.is_set_up and answers == SetupAnswers(thresholds=answers.thresholds)
    told = _changes(profile, written, names or {}) if only_thresholds else ""
    return Edit(what=told or f"{described(written, moment.today)} Saved.", profile=written)


def described(profile: Profile, today: date) -> str:
    """The profile in one line."""
    choice = choice_of(profile, today)
    knees = "both knees" if choice == "both" else f"the {choice} knee"
    return f"Tracking {knees}, distances in {profile.units}."


def _changes(before: Profile, after: Profile, names: Mapping[str, str]) -> str:
    """The thresholds that differ: Clean sessions a stage: 3 sessions, it was 2."""
    lines = []
    for setting in changed(before.thresholds, after.thresholds):
        name = names.get(setting.name, setting.name)
        mine, was = (value_of(profile.thresholds, setting.name) for profile in (after, before))
        shown, bare = setting.shown(mine, after.units), setting.bare(was, after.units)
        lines.append(f"{name[:1].upper()}{name[1:]}: {shown}, it was {bare}.")
    return " ".join(lines)


def _knees(snapshot: Snapshot, sides: tuple[Side, ...], today: date) -> tuple[TrackedKnee, ...]:
    has_entries = any(isinstance(record, Pain) for record in snapshot.log)
    was_asked = snapshot.profile.is_set_up or snapshot.profile.knees[0].side in sides
    if not has_entries or not was_asked:
        return tuple(TrackedKnee(side=side) for side in sides)
    kept = tuple(
        knee if knee.side in sides or knee.until is not None else replace(knee, until=today)
        for knee in snapshot.profile.knees
    )
    tracked = {knee.side for knee in kept if knee.until is None}
    added = tuple(TrackedKnee(side=side, since=today) for side in sides if side not in tracked)
    return tuple(knee for knee in (*kept, *added) if knee.since is None or knee.until != knee.since)
