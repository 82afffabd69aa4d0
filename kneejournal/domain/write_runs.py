"""Writes runs: sessions of the plan, and runs against it (RULES 5)."""

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.advice import longest_advised, shoe_warning
from kneejournal.domain.days import short_day
from kneejournal.domain.readiness import Verdict
from kneejournal.domain.records import Run, grown, new_id
from kneejournal.domain.shoes import shoe_wear
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.domain.units import Units, show_distance
from kneejournal.domain.write_shoes import find_shoe
from kneejournal.errors import BadData


class RunEntry(Struct, frozen=True, kw_only=True):
    """A run as somebody tells it: metres, minutes, pain 0-10.

    `stage`: "current" for a session of the plan when the verdict allows one, a number, or None for no session.
    `shoe`: a name, "default" for the pair that is preselected, or None for no pair.
    """

    day: date
    distance_m: int
    duration_s: int | None = None
    pain: int = 0
    stage: int | Literal["current"] | None = "current"
    shoe: str | None = "default"
    note: str = ""


def log_run(snapshot: Snapshot, entry: RunEntry, verdict: Verdict, moment: Moment) -> Edit:
    """The change that writes `entry`; `verdict` is that of the run's day, before it.

    A run against the verdict is written all the same, with a plain warning. Raises BadData for an unknown or
    retired pair of shoes.
    """
    shoe_id = _shoe_id(snapshot, entry)
    current = verdict.stage.number if verdict.is_ready and verdict.stage else None
    run = Run(
        id=new_id(),
        day=entry.day,
        recorded_at=moment.now,
        updated_at=moment.now,
        device=moment.device,
        distance_m=entry.distance_m,
        duration_s=entry.duration_s,
        pain=entry.pain,
        stage=current if entry.stage == "current" else entry.stage,
        shoe_id=shoe_id,
        note=entry.note,
    )
    return Edit(
        what=described(run, snapshot.profile.units, moment.today),
        records=(run,),
        notes=_warnings(snapshot, run, verdict),
    )


def described(run: Run, units: Units, today: date) -> str:
    """A run in one line: Run 2.0 mi, stage 1, Sun 22 Nov."""
    parts = [f"Run {show_distance(run.distance_m, units)}"]
    if run.duration_s:
        parts.append(f"{run.duration_s // 60} min")
    if run.stage:
        parts.append(f"stage {run.stage}")
    if run.pain:
        parts.append(f"pain {run.pain}")
    return ", ".join([*parts, short_day(run.day, today)]) + "."


def _shoe_id(snapshot: Snapshot, entry: RunEntry) -> str | None:
    if entry.shoe is None:
        return None
    if entry.shoe == "default":
        return next((s.id for s in snapshot.shoes if s.default and s.retired_on is None), None)
    shoe = find_shoe(snapshot, entry.shoe)
    if shoe.retired_on is not None and shoe.retired_on <= entry.day:
        raise BadData(f"{shoe.name} are retired and take no new runs. Name another pair.", hint="Or none: --shoe none.")
    if shoe.shoe_kind == "everyday":
        raise BadData(f"{shoe.name} are everyday shoes. Name a running pair.", hint="Or none: --shoe none.")
    return shoe.id


def _warnings(snapshot: Snapshot, run: Run, verdict: Verdict) -> tuple[str, ...]:
    said = []
    if run.pain:
        said.append("It hurt: stop running, take days off, keep up the exercises.")
    elif not verdict.is_ready:
        said.append(f"This run goes against the verdict. {verdict.headline}")
    limit = longest_advised(snapshot.log, run.day, snapshot.profile.thresholds)
    if limit is not None and run.distance_m > limit:
        percent = snapshot.profile.thresholds.longer_run_percent
        said.append(f"That is over {percent} % longer than your longest run of the 30 days before.")
    if worn_out := _worn_out(snapshot, run):
        said.append(f"Shoes: {worn_out}.")
    return tuple(said)


def _worn_out(snapshot: Snapshot, run: Run) -> str | None:
    """What is to be said of a pair that is past its limit, or near it, with this run. It can be worn all the same."""
    shoe = next((shoe for shoe in snapshot.shoes if shoe.id == run.shoe_id), None)
    if shoe is None or (shoe.since is None and shoe.bought is None):
        return None
    wear = shoe_wear(shoe, (*snapshot.log.runs, run), run.day, snapshot.profile.thresholds)
    return shoe_warning(wear, snapshot.profile)


def with_shoe(snapshot: Snapshot, run: Run, name: str | None, moment: Moment) -> Edit:
    """The change that gives `run` another pair of shoes, or none."""
    shoe_id = _shoe_id(snapshot, RunEntry(day=run.day, distance_m=run.distance_m, shoe=name))
    changed = replace(run, shoe_id=shoe_id, updated_at=grown(moment.now, run.updated_at), device=moment.device)
    what = f"{described(run, snapshot.profile.units, moment.today)} Shoes: {name or 'none'}."
    return Edit(what=what, records=(changed,))
