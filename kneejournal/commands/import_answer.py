"""Says what an import of runs brought, or would bring, line by line."""

from collections.abc import Iterable, Iterator
from datetime import date

from kneejournal.domain.days import short_day
from kneejournal.domain.found_runs import Place, Skipped
from kneejournal.domain.known_runs import SameRun
from kneejournal.domain.records import Run, Shoe
from kneejournal.domain.units import Units, show_distance
from kneejournal.domain.write_imports import RunsIn
from kneejournal.domain.write_runs import described

SHOWN = 10
SHOWN_SPANS = 8


def runs_lines(brought: RunsIn, source: str, units: Units, today: date, dry_run: bool) -> Iterator[str]:
    """The answer to an import; a dry run names everything, else long lists are cut."""
    yield f"{'Would import' if dry_run else 'Imported'} {source}: {_new(brought.new, units, today)}"
    if dry_run:
        yield from _listed([described(run, units, today) for run in reversed(brought.new)], None)
    if brought.known:
        yield f"Already here: {_count(len(brought.known), 'run')}."
    if brought.same:
        yield f"The same as another run here: {len(brought.same)}."
        yield from _listed([_same(same, units, today) for same in brought.same], None if dry_run else SHOWN)
    if brought.deleted:
        yield f"Deleted here, and left so: {_count(len(brought.deleted), 'run')}. --again brings them back."
    if brought.pairs:
        yield f"New shoes: {len(brought.pairs)}."
        yield from _listed([_pair(pair, today) for pair in brought.pairs], None)
    if brought.without_pair:
        yield f"Without shoes: {_count(brought.without_pair, 'run')} that their pair does not take on that day."
    if brought.skipped:
        yield f"Skipped: {len(brought.skipped)}."
        yield from _listed(_reasons(brought.skipped, None if dry_run else SHOWN_SPANS), None if dry_run else SHOWN)
    yield from brought.remarks
    yield "Nothing was changed." if dry_run or brought.edit.is_empty else "To take it back: kneejournal undo"


def _new(runs: tuple[Run, ...], units: Units, today: date) -> str:
    if not runs:
        return "nothing new."
    days = sorted(run.day for run in runs)
    metres = sum(run.distance_m for run in runs)
    first, last = short_day(days[0], today), short_day(days[-1], today)
    when = first if first == last else f"{first} to {last}"
    return f"{_count(len(runs), 'new run')}, {show_distance(metres, units)}, {when}."


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


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _listed(lines: list[str], limit: int | None) -> Iterator[str]:
    shown = lines if limit is None else lines[:limit]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  and {len(lines) - len(shown)} more; --dry-run names them all"
