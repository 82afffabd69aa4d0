"""Ticks exercises, and unticks them (RULES 8)."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from kneejournal.domain.days import short_day
from kneejournal.domain.exercises import marks_on, short_session
from kneejournal.domain.programme import Exercise, Programme
from kneejournal.domain.records import ExerciseMark, exercise_id, grown
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.errors import BadData


def find_exercises(words: Iterable[str], programme: Programme) -> tuple[Exercise, ...]:
    """The exercises that ids, unique beginnings of ids, "all" or "short" name, in the programme's order.

    Raises BadData for a word that names none, or more than one.
    """
    named: set[str] = set()
    for word in words:
        named.update(exercise.id for exercise in _named(word.strip().lower(), programme))
    return tuple(exercise for exercise in programme.exercises if exercise.id in named)


def _named(word: str, programme: Programme) -> tuple[Exercise, ...]:
    if word == "all":
        return programme.exercises
    if word == "short":
        return short_session(programme)
    if exact := programme.exercise(word):
        return (exact,)
    found = tuple(exercise for exercise in programme.exercises if word and exercise.id.startswith(word))
    if len(found) == 1:
        return found
    ids = ", ".join(exercise.id for exercise in found or programme.exercises)
    if found:
        raise BadData(f"“{word}” could be any of {ids}. Write more of it.")
    raise BadData(f"“{word}” is not an exercise. The exercises are: {ids}; or all, or short.")


def mark(
    snapshot: Snapshot, exercises: tuple[Exercise, ...], moment: Moment, day: date, *, done: bool, pain: int | None
) -> Edit:
    """The change that makes `exercises` done, or not done, on `day`; never a toggle.

    Pain that is written stays when nothing is said of it. Raises BadData for pain lower than what is written.
    """
    marks = marks_on(snapshot.log, day)
    said = [e for e in exercises if done or pain is not None or e.id in marks]
    written = [_marked(snapshot, marks.get(e.id), e, moment, day, done=done, pain=pain) for e in said]
    changed = tuple(record for record in written if snapshot.records.get(record.id) != record)
    names = exercises[0].name if len(exercises) == 1 else f"{len(exercises)} exercises"
    what = f"{names}{'' if done else ' not'} done{f', pain {pain}' if pain else ''}, {short_day(day, moment.today)}."
    if not changed:
        return Edit(what=f"{what} Written already.")
    hurts = any(record.pain for record in written)
    return Edit(what=what, records=changed, notes=("That one hurts: ease off, or leave it out.",) if hurts else ())


def _marked(
    snapshot: Snapshot,
    standing: ExerciseMark | None,
    exercise: Exercise,
    moment: Moment,
    day: date,
    *,
    done: bool,
    pain: int | None,
) -> ExerciseMark:
    if standing is not None:
        if pain is not None and standing.pain is not None and pain < standing.pain:
            stands = f"{exercise.name} stands at pain {standing.pain} on {short_day(day, moment.today)}"
            raise BadData(
                f"{stands}; {pain} is lower, so nothing was written.", hint="To correct it: kneejournal edit."
            )
        said = replace(standing, done=done, pain=standing.pain if pain is None else pain)
        if said == standing:
            return standing
        return replace(said, updated_at=grown(moment.now, standing.updated_at), device=moment.device)
    deleted = snapshot.records.get(exercise_id(day, exercise.id))
    written = grown(moment.now, deleted.updated_at if deleted else None)
    return ExerciseMark(
        id=exercise_id(day, exercise.id),
        day=day,
        recorded_at=written,
        updated_at=written,
        device=moment.device,
        exercise=exercise.id,
        done=done,
        pain=pain,
    )
