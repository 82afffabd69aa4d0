"""Writes pain entries: the pain of a moment, and the check of a whole day (RULES 2)."""

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.day_states import read_days
from kneejournal.domain.days import closes, in_recall, short_day
from kneejournal.domain.profile import Profile, Thresholds
from kneejournal.domain.records import CODES, RED_FLAGS, Code, Pain, Scores, Side, day_check_id, grown, new_id
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.errors import BadData


class PainEntry(Struct, frozen=True, kw_only=True):
    """What somebody says of the knee. `pain` per knee, 0-10; `time` HH:MM of a moment."""

    scope: Literal["moment", "day"]
    day: date
    pain: dict[Side, int]
    time: str | None = None
    symptoms: frozenset[str] = frozenset()
    medicine: bool = False
    note: str = ""
    correct: bool = False
    """The user asks for the standing day-check to be replaced, even by a lower number."""


def log_pain(snapshot: Snapshot, entry: PainEntry, moment: Moment) -> Edit:
    """The change that writes `entry`.

    Raises BadData for a knee that is not tracked, and for a day-check that is lower than the one that stands.
    """
    _check_knees(entry, snapshot.profile)
    standing = snapshot.records.get(day_check_id(entry.day)) if entry.scope == "day" else None
    if isinstance(standing, Pain) and not standing.deleted:
        record = _corrected(standing, entry) if entry.correct else _added_to(standing, entry, moment.today)
        if record == standing and _speaks_for_the_day(standing, snapshot.profile.thresholds):
            return Edit(what=f"{described(standing, moment.today)} Written already.")
        record = replace(record, updated_at=grown(moment.now, standing.updated_at), device=moment.device)
    else:
        record = _new(entry, moment, standing)
    return Edit(what=described(record, moment.today), records=(record,), notes=_notes(record, snapshot))


def described(record: Pain, today: date) -> str:
    """A pain entry in one line: Knee 0, all day, Sun 22 Nov."""
    scores = record.pain.by_side()
    if len(scores) == 1:
        knee = f"Knee {record.pain.worst}"
    else:
        knee = "Knees " + ", ".join(f"{side} {score}" for side, score in scores.items())
    when = "all day" if record.scope == "day" else f"at {record.time}" if record.time else "this moment"
    return ", ".join([knee, when, short_day(record.day, today)]) + "."


def _speaks_for_the_day(check: Pain, thresholds: Thresholds) -> bool:
    """Whether saying the same again would add nothing: a check made at breakfast closes the day in the evening."""
    return closes(check.updated_at, check.day, thresholds) and in_recall(check.updated_at, check.day, thresholds)


def _check_knees(entry: PainEntry, profile: Profile) -> None:
    tracked = profile.sides_on(entry.day)
    for side in entry.pain:
        if side not in tracked and not any(knee.side == side for knee in profile.knees):
            raise BadData(
                f"The {side} knee is not tracked, so nothing was written. Track it first, in the setup.",
                hint="kneejournal setup --knee both",
            )


def _new(entry: PainEntry, moment: Moment, deleted: object) -> Pain:
    replaced = deleted.updated_at if isinstance(deleted, Pain) else None
    written = grown(moment.now, replaced)
    return Pain(
        id=day_check_id(entry.day) if entry.scope == "day" else new_id(),
        day=entry.day,
        recorded_at=written,
        updated_at=written,
        device=moment.device,
        scope=entry.scope,
        time=entry.time if entry.scope == "moment" else None,
        pain=Scores(**entry.pain),
        symptoms=_ordered(entry.symptoms),
        medicine=entry.medicine,
        note=entry.note,
    )


def _added_to(standing: Pain, entry: PainEntry, today: date) -> Pain:
    """The standing day-check with what the new one adds; bad news stays until it is corrected."""
    for side, score in entry.pain.items():
        stands = standing.pain.of(side)
        if stands is not None and score < stands:
            raise BadData(
                f"The day-check of {short_day(standing.day, today)} stands at pain {stands}; {score} is lower, so "
                "nothing was written.",
                hint="To correct it, log it again with --correct.",
            )
    notes = [standing.note] if standing.note else []
    if entry.note and entry.note not in standing.note:
        notes.append(entry.note)
    return replace(
        standing,
        pain=Scores(**{**standing.pain.by_side(), **entry.pain}),
        symptoms=_ordered(entry.symptoms | set(standing.symptoms)),
        medicine=standing.medicine or entry.medicine,
        note="\n".join(notes),
        resolved_on=None if entry.symptoms & set(RED_FLAGS) else standing.resolved_on,
    )


def _corrected(standing: Pain, entry: PainEntry) -> Pain:
    """The day-check as it is said now; knees and note stay where nothing new is said of them."""
    return replace(
        standing,
        pain=Scores(**{**standing.pain.by_side(), **entry.pain}),
        symptoms=_ordered(entry.symptoms),
        medicine=entry.medicine,
        note=entry.note or standing.note,
        resolved_on=None if entry.symptoms & set(RED_FLAGS) - set(standing.red_flags) else standing.resolved_on,
    )


def _ordered(symptoms: frozenset[str] | set[str]) -> tuple[Code, ...]:
    strangers = sorted(symptoms.difference(CODES))
    if strangers:
        raise BadData(f"“{strangers[0]}” is not a symptom the journal knows. It knows: {', '.join(CODES)}.")
    return tuple(code for code in CODES if code in symptoms)


def _notes(record: Pain, snapshot: Snapshot) -> tuple[str, ...]:
    """Why a day does not become clear although its check says 0."""
    if record.scope != "day" or record.pain.worst or record.symptoms or record.medicine:
        return ()
    others = [r for r in snapshot.log.on(record.day) if r.id != record.id]
    day = read_days((*others, record), snapshot.profile, record.day)[record.day]
    if day.state == "masked":
        return ("Pain medicine is written for that day too, so it does not count as clear.",)
    if day.state != "symptoms":
        return ()
    what = f"Pain {day.worst} is" if day.worst else "Symptoms are"
    return (f"{what} written for that day too, so it stays a day with symptoms.",)
