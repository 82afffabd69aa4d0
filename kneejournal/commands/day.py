"""The commands of a day: what is to do, what was done, how the knee was."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import answer, say, say_json
from kneejournal.commands.standing import where_it_stands
from kneejournal.commands.values import day_option, read_note, read_pain, read_symptoms, read_time
from kneejournal.domain.advice import shoe_warning
from kneejournal.domain.days import read_day, short_day
from kneejournal.domain.exercises import ExerciseWeek
from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import SIDES, Side
from kneejournal.domain.today import ExerciseRow, Today
from kneejournal.domain.write_pain import PainEntry
from kneejournal.domain.write_profile import KneeChoice, sides_of
from kneejournal.errors import BadData, WrongUsage

if TYPE_CHECKING:
    from kneejournal.journal import Journal


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_invocation
def today(invocation: Invocation, as_json: bool) -> None:
    """Show today's exercises, what is ticked, and the week so far."""
    journal = invocation.journal
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    page = journal.today_page(snapshot, verdict)
    if as_json:
        say_json(_today_document(page, verdict))
        return
    wears = journal.shoes(snapshot)
    care = (journal.describe(record, snapshot) for record in page.care)
    warnings = (f"Shoes: {said}." for wear in wears if (said := shoe_warning(wear, snapshot.profile)))
    say(*_today_lines(page, verdict), *care, *warnings)


@click.command(cls=Command)
@click.argument("exercises", metavar="EXERCISE...", nargs=-1, required=True)
@day_option
@click.option("--undo", is_flag=True, help="Make them not done.")
@click.option("--pain", type=read_pain, metavar="0-10", help="How much it hurt.")
@pass_invocation
def done(invocation: Invocation, exercises: tuple[str, ...], day: str | None, undo: bool, pain: int | None) -> None:
    """Tick exercises, named by their id or its beginning.

    "all" names every one of them, "short" the short session.

    \b
    Examples:
      kneejournal done clam bridge
      kneejournal done short --day yesterday
      kneejournal done plank --pain 2
    """
    journal = invocation.journal
    found = journal.find_exercises(exercises)
    on = journal.read_day(day) if day is not None else None
    written = journal.mark(found, done=not undo, day=on, pain=pain)
    snapshot = journal.snapshot()
    week = journal.today_page(snapshot, written.verdict).week
    answer(written, *_week_lines(week))


@click.command(cls=Command)
@click.argument("pain", type=read_pain, metavar="PAIN")
@day_option
@click.option("--at", type=read_time, metavar="HH:MM", help="The time of day; else it is this moment.")
@click.option("--all-day", is_flag=True, help="The day-check: how the knee was, all day.")
@click.option("--correct", is_flag=True, help="Replace the day-check that stands, even by a lower number.")
@click.option("--knee", type=click.Choice(["left", "right", "both"]), help="Else all knees that are tracked.")
@click.option("--symptom", "symptoms", multiple=True, metavar="CODE", help="One or several, with commas between.")
@click.option("--medicine", is_flag=True, help="Pain medicine was taken that could hide symptoms.")
@click.option("--note", type=read_note, default="", metavar="TEXT", help="A note; - reads standard input.")
@pass_invocation
def log(
    invocation: Invocation,
    pain: int,
    day: str | None,
    at: str | None,
    all_day: bool,
    correct: bool,
    knee: KneeChoice | None,
    symptoms: tuple[str, ...],
    medicine: bool,
    note: str,
) -> None:
    """Write pain from 0 to 10: of this moment, or of a whole day.

    A past day is meant as a whole, unless a time is given.

    \b
    Examples:
      kneejournal log 0 --all-day
      kneejournal log 3 --symptom stairs-down --note "after work"
      kneejournal log 1 --day yesterday --at 07:30
    """
    journal = invocation.journal
    snapshot = journal.snapshot()
    on, time = _when(journal, journal.day_of(snapshot), day, at, all_day)
    if correct and time is not None:
        raise WrongUsage("--correct replaces the check of a whole day. Add --all-day, or use kneejournal edit.")
    profile = snapshot.profile
    sides = sides_of(knee) if knee else _tracked(profile, on)
    entry = PainEntry(
        scope="day" if time is None else "moment",
        day=on,
        pain=dict.fromkeys(sides, pain),
        time=time,
        symptoms=read_symptoms(symptoms),
        medicine=medicine,
        note=note,
        correct=correct,
    )
    _log(journal, entry, () if profile.is_set_up else _which_knee(sides))


def _log(journal: "Journal", entry: PainEntry, more: tuple[str, ...]) -> None:
    try:
        written = journal.log(entry)
    except ValueError as error:
        # A note that is added to the standing one can make both too long.
        raise BadData(f"{error}. Nothing was written.") from error
    answer(written, *more)


def _when(journal: "Journal", here: date, day: str | None, at: str | None, all_day: bool) -> tuple[date, str | None]:
    """The day of an entry written on the day `here`, and its time when it is of a moment."""
    if all_day and at is not None:
        raise WrongUsage("--all-day and --at exclude each other. Leave one out.")
    on = read_day(day, here) if day is not None else here
    if at is not None:
        return on, at
    return on, None if all_day or on != here else f"{journal.now():%H:%M}"


def _tracked(profile: Profile, day: date) -> tuple[Side, ...]:
    """The knees an entry of `day` is taken for; a day before any was tracked goes to those tracked now."""
    now = {knee.side for knee in profile.knees if knee.until is None}
    return profile.sides_on(day) or tuple(side for side in SIDES if side in now)


def _which_knee(sides: tuple[Side, ...]) -> tuple[str, ...]:
    named = " and ".join(sides)
    return (f"Taken for the {named} knee. If it is another: kneejournal setup --knee left, right or both.",)


def _today_document(page: Today, verdict: Verdict) -> dict[str, object]:
    return {
        "day": page.day,
        "phase": verdict.phase,
        "exercises": [
            {
                "id": row.exercise.id,
                "name": row.exercise.name,
                "group": row.exercise.group,
                "kind": row.exercise.kind,
                "dose": str(row.exercise.dose),
                "done": row.done,
                "pain": row.pain,
            }
            for row in page.rows
        ],
        "strength_days_7": len(page.week.strength_days),
        "stretch_days_7": len(page.week.stretch_days),
        "target": page.week.target.least,
        "knee": page.knee,
        "suggested": page.week.target.suggested,
        "status": verdict.status,
    }


def _today_lines(page: Today, verdict: Verdict) -> list[str]:
    lines = [f"{short_day(page.day)}. {where_it_stands(verdict)}", _knee_line(page)]
    if page.ask_yesterday:
        lines.append("And yesterday? It can still be closed: kneejournal log 0 --all-day --day yesterday")
    for (kind, group), rows in groupby(page.rows, key=lambda row: (row.exercise.kind, row.exercise.group)):
        lines += ["", f"{kind.capitalize()}, {group}:", *(_exercise_line(row) for row in rows)]
    return [*lines, "", *_week_lines(page.week)]


def _knee_line(page: Today) -> str:
    if page.knee is None:
        return "Knee today: nothing written yet."
    scores = ", ".join(f"{side} {score}" for side, score in page.knee.items())
    return f"Knee today: {scores}{', all day' if page.check else ''}."


def _exercise_line(row: ExerciseRow) -> str:
    hurt = "" if row.pain is None else f", pain {row.pain}"
    return f"  [{'x' if row.done else ' '}] {row.exercise.id}: {row.exercise.name}, {row.exercise.dose}{hurt}"


def _week_lines(week: ExerciseWeek) -> tuple[str, ...]:
    least, suggested = week.target.least, week.target.suggested
    more = f" ({suggested} suggested)" if suggested > least else ""
    strength, stretch = len(week.strength_days), len(week.stretch_days)
    return (f"In the last seven days: strength {strength} of {least}, stretch {stretch} of {least}{more}.",)
