"""Answers to an import on the command line, line by line."""

from collections.abc import Iterator, Sequence
from datetime import date

from kneejournal.domain.import_words import Name, Part, runs_parts
from kneejournal.domain.units import Units
from kneejournal.domain.write_imports import RunsIn

SHOWN = 10
SHOWN_SPANS = 8
WHOLE: tuple[Name, ...] = ("pairs",)
"""What is listed to the end, however much it is."""
COUNTED: tuple[Name, ...] = ("known", "deleted")
"""What is only counted."""


def runs_lines(brought: RunsIn, source: str, units: Units, today: date, dry_run: bool) -> Iterator[str]:
    """The answer to an import; a dry run names everything, else long lists are cut."""
    new, *others = runs_parts(brought, units, today, None if dry_run else SHOWN_SPANS)
    yield f"{'Would import' if dry_run else 'Imported'} {source}: {new.heading}"
    if dry_run:
        yield from _listed(new.lines, None)
    for part in others:
        yield f"{part.heading} --again brings them back." if part.name == "deleted" else part.heading
        yield from _lines_of(part, dry_run)
    yield "Nothing was changed." if dry_run or brought.edit.is_empty else "To take it back: kneejournal undo"


def _lines_of(part: Part, dry_run: bool) -> Iterator[str]:
    if part.name not in COUNTED:
        yield from _listed(part.lines, None if dry_run or part.name in WHOLE else SHOWN)


def _listed(lines: Sequence[str], limit: int | None) -> Iterator[str]:
    shown = lines if limit is None else lines[:limit]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  and {len(lines) - len(shown)} more; --dry-run names them all"
