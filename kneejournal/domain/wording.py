"""Any record in one line."""

from datetime import date

from kneejournal.domain import write_care, write_pain, write_runs, write_shoes
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.programme import Programme
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run


def described(record: AnyRecord, profile: Profile, programme: Programme, today: date) -> str:
    """`record` in one line, its note left out: Knee 3, at 12:10, Sun 22 Nov."""
    if isinstance(record, Pain):
        return write_pain.described(record, today)
    if isinstance(record, Run):
        return write_runs.described(record, profile.units, today)
    if isinstance(record, Care):
        return write_care.described(record, today)
    if isinstance(record, ExerciseMark):
        exercise = programme.exercise(record.exercise)
        name = exercise.name if exercise else record.exercise
        hurt = f", pain {record.pain}" if record.pain else ""
        return f"{name} {'done' if record.done else 'not done'}{hurt}, {short_day(record.day, today)}."
    return write_shoes.described(record, today)
