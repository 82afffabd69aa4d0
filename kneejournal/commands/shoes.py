"""The commands on shoes: how worn they are, and new, retired, fitted ones."""

from typing import Literal

import click

from kneejournal.commands.command import Commands, pass_invocation
from kneejournal.commands.invocation import Invocation
from kneejournal.commands.printing import say, say_json, tell
from kneejournal.commands.values import day_option, read_kilometres, read_miles
from kneejournal.domain.days import short_day
from kneejournal.domain.profile import Profile
from kneejournal.domain.shoes import ShoeState, ShoeWear
from kneejournal.domain.snapshot import Snapshot
from kneejournal.domain.units import show_distance
from kneejournal.domain.write_shoes import ShoeEntry
from kneejournal.errors import WrongUsage

STATUS_WORDS: dict[ShoeState, str] = {
    "ok": "ok",
    "soon": "retire soon",
    "retire": "retire now",
    "unknown": "age unknown",
    "retired": "retired",
}


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def shoes(context: click.Context, as_json: bool) -> None:
    """Show how worn each pair is, or add, wear, retire and fit one."""
    if context.invoked_subcommand is not None:
        if as_json:
            raise WrongUsage("--json goes with the list of shoes only. Leave it out.")
        return
    invocation: Invocation = context.obj
    journal = invocation.journal
    snapshot = journal.snapshot()
    wears = journal.shoes(snapshot)
    if as_json:
        say_json([_document(wear) for wear in wears])
        return
    lines = [_line(wear, snapshot.profile) for wear in wears]
    say(
        *(lines or ["No shoes yet. Add the pair you run in: kneejournal shoes add NAME --since DAY --default"]),
        *_runs_without(snapshot),
    )


@shoes.command()
@click.argument("name", metavar="NAME")
@click.option("--kind", type=click.Choice(["running", "everyday"]), default="running", help="Else running.")
@click.option("--since", metavar="DAY", help="First worn on this day.")
@click.option("--bought", metavar="DAY", help="Bought on this day.")
@click.option("--miles", type=read_miles, metavar="N", help="Miles run in them so far.")
@click.option("--km", type=read_kilometres, metavar="N", help="The same in kilometres.")
@click.option("--default", is_flag=True, help="Make them the pair that runs are counted for.")
@pass_invocation
def add(
    invocation: Invocation,
    name: str,
    kind: Literal["running", "everyday"],
    since: str | None,
    bought: str | None,
    miles: int | None,
    km: int | None,
    default: bool,
) -> None:
    """Add a pair.

    \b
    Example:
      kneejournal shoes add "Blue ones" --since 2026-08-01 --miles 120 --default
    """
    if miles is not None and km is not None:
        raise WrongUsage("--miles and --km exclude each other. Leave one out.")
    journal = invocation.journal
    entry = ShoeEntry(
        name=name,
        kind=kind,
        since=journal.read_day(since) if since is not None else None,
        bought=journal.read_day(bought) if bought is not None else None,
        starting_m=miles or km or 0,
        default=default,
    )
    tell(journal.add_shoe(entry))


@shoes.command()
@click.argument("name", metavar="NAME")
@pass_invocation
def wear(invocation: Invocation, name: str) -> None:
    """Make a pair the one that runs are counted for."""
    tell(invocation.journal.wear_shoe(name))


@shoes.command()
@click.argument("name", metavar="NAME")
@day_option
@pass_invocation
def retire(invocation: Invocation, name: str, day: str | None) -> None:
    """Retire a pair; it takes no new runs and keeps its history."""
    journal = invocation.journal
    tell(journal.retire_shoe(name, journal.read_day(day) if day is not None else None))


@shoes.command()
@click.argument("name", metavar="NAME")
@day_option
@pass_invocation
def fitted(invocation: Invocation, name: str, day: str | None) -> None:
    """Remember that a pair was fitted."""
    journal = invocation.journal
    tell(journal.fit_shoe(name, journal.read_day(day) if day is not None else None))


def _document(wear: ShoeWear) -> dict[str, object]:
    return {
        "id": wear.shoe.id,
        "name": wear.shoe.name,
        "kind": wear.shoe.shoe_kind,
        "status": wear.status,
        "distance_m": wear.distance_m,
        "since": wear.since,
        "age_days": wear.age_days,
        "limit": wear.limit,
        "limit_date": wear.limit_date,
        "default": wear.shoe.default,
    }


def _line(wear: ShoeWear, profile: Profile) -> str:
    shoe, units = wear.shoe, profile.units
    parts = [f"{shoe.name}: {shoe.shoe_kind}", STATUS_WORDS[wear.status]]
    if shoe.shoe_kind == "running":
        limit = show_distance(profile.thresholds.shoe_limit_m, units)
        parts.append(f"{show_distance(wear.distance_m, units)} of {limit}")
    if wear.age_days is not None:
        parts.append(f"{wear.age_days} days old")
    if shoe.default:
        parts.append("default")
    if shoe.fitted_on:
        parts.append(f"fitted {short_day(shoe.fitted_on)} {shoe.fitted_on.year}")
    return f"{', '.join(parts)}.{_limit(wear)}"


def _limit(wear: ShoeWear) -> str:
    if wear.status == "retired" or wear.limit is None or wear.limit_date is None:
        return ""
    reached = "reached" if wear.status == "retire" else "will be reached"
    return f" Limit by {wear.limit}: {reached} {short_day(wear.limit_date)} {wear.limit_date.year}."


def _runs_without(snapshot: Snapshot) -> tuple[str, ...]:
    found = [run for run in snapshot.log.runs if run.shoe_id is None]
    if not found:
        return ()
    distance = show_distance(sum(run.distance_m for run in found), snapshot.profile.units)
    runs = f"{len(found)} run{'' if len(found) == 1 else 's'}"
    return (f"Without shoes: {runs}, {distance}. Give them a pair: kneejournal edit ID --shoe NAME",)
