"""Says what an import brings, or would bring: its parts, each with a heading and its lines."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from kneejournal.domain.days import short_day
from kneejournal.domain.found_runs import Place, Skipped
from kneejournal.domain.known_runs import SameRun
from kneejournal.domain.merge import Merged
from kneejournal.domain.records import AnyRecord, Run, Shoe
from kneejournal.domain.units import Units, show_distance
from kneejournal.domain.write_imports import RunsIn
from kneejournal.domain.write_runs import described

Name = Literal["new", "changed", "pairs", "without pair", "known", "same", "deleted", "skipped", "settings", "remark"]
SETTINGS_TOO = "The profile and the settings of the rules come from it too."


class Part(Struct, frozen=True, kw_only=True):
    """Some of what was found, as one sentence about all of it, and a line about each."""

    name: Name
    count: int
    heading: str
    lines: tuple[str, ...] = ()


def runs_parts(brought: RunsIn, units: Units, today: date, spans: int | None = None) -> tuple[Part, ...]:
    """An import of runs: what is new comes first, and of the rest what there is.

    `spans`: how many rows, or rows in a row, are named with each reason for leaving something out; None: all.
    """
    known, same, deleted, pairs = brought.known, brought.same, brought.deleted, brought.pairs
    without = _count(brought.without_pair, "run")
    others = (
        _part("known", len(known), f"Already here: {_count(len(known), 'run')}.", _runs(known, units, today)),
        _part("same", len(same), f"The same as another run here: {len(same)}.", (_same(s, units, today) for s in same)),
        _part(
            "deleted",
            len(deleted),
            f"Deleted here, and left so: {_count(len(deleted), 'run')}.",
            _runs(deleted, units, today),
        ),
        _part("pairs", len(pairs), f"New shoes: {len(pairs)}.", (_pair(pair, today) for pair in pairs)),
        _part(
            "without pair", brought.without_pair, f"Without shoes: {without} that their pair does not take on that day."
        ),
        _part("skipped", len(brought.skipped), f"Skipped: {len(brought.skipped)}.", _reasons(brought.skipped, spans)),
        *(_part("remark", 1, remark) for remark in brought.remarks),
    )
    new = _part("new", len(brought.new), _new(brought.new, units, today), _runs(reversed(brought.new), units, today))
    return (new, *(part for part in others if part.count))


def journal_parts(merged: Merged, known: Iterable[str], describe: Callable[[AnyRecord], str]) -> tuple[Part, ...]:
    """A merge of journals: what is new comes first; `known` are the ids of the records that were here before."""
    before = frozenset(known)
    records = sorted(merged.edit.records, key=lambda record: (record.day, record.recorded_at, record.id), reverse=True)
    lines = {record.id: f"{'Deleted: ' if record.deleted else ''}{describe(record)}" for record in records}
    new = _count(merged.new, "new entry", "new entries") if merged.new else "nothing new"
    changed, same = _count(merged.changed, "entry", "entries"), _count(merged.same, "entry", "entries")
    others = (
        _part("changed", merged.changed, f"In a later version: {changed}.", (lines[i] for i in lines if i in before)),
        _part("known", merged.same, f"Already here: {same}."),
        _part("settings", merged.edit.profile is not None, SETTINGS_TOO),
    )
    first = _part("new", merged.new, f"{new}.", (lines[i] for i in lines if i not in before))
    return (first, *(part for part in others if part.count))


def _part(name: Name, count: int, heading: str, lines: Iterable[str] = ()) -> Part:
    return Part(name=name, count=count, heading=heading, lines=tuple(lines))


def _new(runs: tuple[Run, ...], units: Units, today: date) -> str:
    if not runs:
        return "nothing new."
    days = sorted(run.day for run in runs)
    metres = sum(run.distance_m for run in runs)
    first, last = short_day(days[0], today), short_day(days[-1], today)
    when = first if first == last else f"{first} to {last}"
    return f"{_count(len(runs), 'new run')}, {show_distance(metres, units)}, {when}."


def _runs(runs: Iterable[Run], units: Units, today: date) -> tuple[str, ...]:
    return tuple(described(run, units, today) for run in runs)


def _same(same: SameRun, units: Units, today: date) -> str:
    origin = "written by hand" if same.of.source == "journal" else f"from {same.of.source}"
    return f"{_place(same.place)}: {described(same.of, units, today).rstrip('.')}, {origin}"


def _pair(pair: Shoe, today: date) -> str:
    since = f", worn since {short_day(pair.since, today)}" if pair.since else ""
    retired = f", retired {short_day(pair.retired_on, today)}" if pair.retired_on else ""
    return f"{pair.name}{since}{retired}"


def _reasons(skipped: Iterable[Skipped], limit: int | None) -> list[str]:
    """A line a reason and file, with its rows as spans: not a run (Ride): activities.csv rows 2-8, 11."""
    rows: dict[tuple[str, str], list[int]] = {}
    for one in skipped:
        found = rows.setdefault((one.reason, one.place.file), [])
        if one.place.row is not None:
            found.append(one.place.row)
    lines = []
    for (reason, file), numbers in rows.items():
        spans = _spans(sorted(numbers))
        shown = spans if limit is None else spans[:limit]
        more = f" and {len(spans) - len(shown)} more" if len(shown) < len(spans) else ""
        named = f" {'row' if len(numbers) == 1 else 'rows'} {', '.join(shown)}{more}" if numbers else ""
        lines.append(f"{reason}: {file}{named}")
    return lines


def _spans(numbers: list[int]) -> list[str]:
    """Sorted numbers as spans: 2-8, 11."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in spans]


def _place(place: Place) -> str:
    return place.file if place.row is None else f"{place.file} row {place.row}"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {several or f'{one}s'}"
