"""Says what a sync brought and sent, and what was noticed on the way, line by line."""

from collections.abc import Callable, Iterator, Sequence

from kneejournal.domain.days import day_list
from kneejournal.domain.records import AnyRecord
from kneejournal.journal import Journal
from kneejournal.sync import Synced

LISTED = 10
"""More entries than this are counted only."""


def exchange_lines(synced: Synced, journal: Journal, *, dry_run: bool = False) -> Iterator[str]:
    """What came and what went. `dry_run`: it only would."""
    came = synced.came
    if synced.is_nothing:
        yield "Nothing new on either side."
    elif dry_run:
        yield "This would be exchanged; nothing was changed."
    if not came.edit.is_empty:
        yield came.edit.what
        yield from _listed((*came.new, *came.changed, *came.deleted), journal)
    if synced.sent or synced.sends_settings:
        entries = [f"{len(synced.sent)} new or changed"] if synced.sent else []
        settings = ["the settings"] if synced.sends_settings else []
        yield f"To other machines: {', '.join([*entries, *settings])}."


def remark_lines(synced: Synced, journal: Journal, remedy: Callable[[AnyRecord], str]) -> Iterator[str]:
    """What is to be known beside; `remedy` says how an entry that is wrong is deleted."""
    came, snapshot = synced.came, journal.snapshot()
    for record in came.kept:
        yield f"Still counts, beside the newer entry: {journal.describe(record, snapshot)} {remedy(record)}"
    if came.gave_way:
        yield f"Written here, and replaced by a newer version (kept in {synced.kept_in}):"
        yield from _listed(came.gave_way, journal)
    if came.replaces_settings:
        yield f"The settings of this machine gave way to newer ones (kept in {synced.kept_in})."
    if synced.to_come:
        days = day_list(synced.to_come)
        yield f"Left for later, as the day is still to come: {days}. If a clock is wrong, set it right."
    if synced.copies:
        yield f"Second versions, merged and no longer needed: {', '.join(synced.copies)}."


def _listed(records: Sequence[AnyRecord], journal: Journal) -> Iterator[str]:
    snapshot = journal.snapshot()
    for record in records[:LISTED]:
        yield f"  {'Deleted: ' if record.deleted else ''}{journal.describe(record, snapshot)}"
    if len(records) > LISTED:
        yield f"  and {len(records) - LISTED} more"
