"""Writes the runs that were found in files: what is new, what is here already, and what is left out."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.found_runs import Found, Skipped
from kneejournal.domain.imported_shoes import Wearing, match_pairs, takes
from kneejournal.domain.known_runs import SameRun, Sorting, bare_record
from kneejournal.domain.records import Run, Shoe, grown
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.domain.write_shoes import find_shoe
from kneejournal.errors import BadData


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of an import: the pair for runs without one, and whether deleted runs come back."""

    shoe: str | None = None
    again: bool = False


class RunsIn(Struct, frozen=True, kw_only=True):
    """What an import of runs brings."""

    edit: Edit
    new: tuple[Run, ...]
    """Oldest first."""
    known: tuple[Run, ...]
    """Here already, from the same source."""
    same: tuple[SameRun, ...]
    """Here already, from another source or written by hand."""
    deleted: tuple[Run, ...]
    """Deleted here, and left so."""
    skipped: tuple[Skipped, ...]
    pairs: tuple[Shoe, ...]
    """New pairs of shoes."""
    without_pair: int
    """Runs that came without shoes, as their pair takes no runs of their day."""
    remarks: tuple[str, ...]


def plan_runs(snapshot: Snapshot, found: Found, source: str, wish: Wish, moment: Moment) -> RunsIn:
    """The one change that writes what is new in `found`; `source` names its files.

    A run is known by its source and its id there. Another record of the same run is not written twice: it started
    within two minutes and is as long within 2 %, or was written by hand for that day and is as long within 5 %. Runs
    that were deleted stay deleted, unless `wish.again`, or nothing else of `found` is here: an undone import can be
    done again. Imported runs are no sessions of the plan, and nobody was asked for pain (RULES 5).

    Raises BadData for an unknown pair of shoes, or one that takes no runs.
    """
    given = _given_pair(snapshot, wish.shoe)
    sorting = _sorted(snapshot, found, wish, moment)
    pairs = match_pairs(snapshot, sorting.wearings(), found.shoes, moment)
    written = [_with_pair(one, pairs.by_identity, given) for one in sorting.new]
    runs = tuple(_record(snapshot, wearing, pair, moment) for wearing, pair in written)
    used = {run.shoe_id for run in runs} | {pairs.by_identity[shoe.identity].id for shoe in found.shoes}
    new_pairs = tuple(pair for pair in pairs.new if pair.id in used)
    return RunsIn(
        edit=Edit(what=_said(source, runs, new_pairs), records=(*new_pairs, *runs), keep_before="import"),
        new=runs,
        known=tuple(sorting.known),
        same=tuple(sorting.same),
        deleted=tuple(record for _, record in sorting.deleted),
        skipped=(*found.skipped, *sorting.skipped),
        pairs=new_pairs,
        without_pair=sum(pair is None and bool(wearing.run.shoe or given) for wearing, pair in written),
        remarks=found.remarks,
    )


def _sorted(snapshot: Snapshot, found: Found, wish: Wish, moment: Moment) -> Sorting:
    sorting = Sorting(snapshot, moment.today)
    for run in sorted(found.runs, key=lambda one: (one.start, one.source, one.external_id)):
        sorting.sort(run)
    if wish.again or not sorting.known:
        sorting.bring_back()
    return sorting


def _given_pair(snapshot: Snapshot, name: str | None) -> Shoe | None:
    if name is None:
        return None
    pair = find_shoe(snapshot, name)
    if pair.shoe_kind == "everyday":
        raise BadData(f"{pair.name} are everyday shoes. Name a running pair. Nothing was changed.")
    return pair


def _with_pair(wearing: Wearing, pairs: Mapping[str, Shoe], given: Shoe | None) -> tuple[Wearing, Shoe | None]:
    """A run and its pair: the one that its file names, else the given one once that was worn."""
    shoe = wearing.run.shoe
    if shoe:
        pair = pairs[shoe.identity]
    elif given and (given.since is None or given.since <= wearing.day):
        pair = given
    else:
        return wearing, None
    return wearing, pair if takes(pair, wearing.day) else None


def _record(snapshot: Snapshot, wearing: Wearing, pair: Shoe | None, moment: Moment) -> Run:
    """The record of a found run.

    It is as old as the run itself, so that what anybody wrote into it on another machine, such as pain, is later.
    """
    bare = bare_record(wearing)
    deleted = snapshot.records.get(bare.id)
    return replace(
        bare,
        updated_at=grown(moment.now, deleted.updated_at) if deleted else bare.recorded_at,
        device=moment.device,
        shoe_id=pair.id if pair else None,
    )


def _said(source: str, runs: tuple[Run, ...], pairs: tuple[Shoe, ...]) -> str:
    said = f"Imported {source}: {len(runs)} {'run' if len(runs) == 1 else 'runs'}"
    return f"{said}, {len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} of shoes." if pairs else f"{said}."
