"""The command that writes a run."""

import click

from kneejournal.commands.command import Command, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import answer
from kneejournal.commands.values import day_option, read_minutes, read_note, read_pain, read_stage
from kneejournal.domain.units import read_distance
from kneejournal.domain.write_runs import RunEntry


@click.command(cls=Command)
@click.argument("distance", metavar="DISTANCE")
@day_option
@click.option("--minutes", type=read_minutes, metavar="N", help="How long it took; decimals are allowed.")
@click.option("--pain", type=read_pain, default="0", metavar="0-10", help="Pain while running; else 0.")
@click.option("--shoe", metavar="NAME", help="The pair, or none; else the default pair.")
@click.option("--stage", metavar="N", help="The stage of the plan, or none; else the current one, on a ready day.")
@click.option("--note", type=read_note, default="", metavar="TEXT", help="A note; - reads standard input.")
@pass_invocation
def run(
    invocation: Invocation,
    distance: str,
    day: str | None,
    minutes: int | None,
    pain: int,
    shoe: str | None,
    stage: str | None,
    note: str,
) -> None:
    """Write a run: 3.1mi, 5km, or a number in your units.

    \b
    Examples:
      kneejournal run 2.4 --minutes 20
      kneejournal run 5km --day yesterday --pain 1 --shoe "Blue ones"
    """
    journal = invocation.journal
    entry = RunEntry(
        day=journal.read_day("today" if day is None else day),
        distance_m=read_distance(distance, journal.snapshot().profile.units),
        duration_s=minutes,
        pain=pain,
        stage="current" if stage is None else read_stage(stage, len(journal.programme.stages)),
        shoe=_shoe(shoe),
        note=note,
    )
    answer(journal.log_run(entry))


def _shoe(name: str | None) -> str | None:
    if name is None:
        return "default"
    return None if name.strip().lower() == "none" else name
