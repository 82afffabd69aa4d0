"""Which pair of the journal an imported run was run in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from kneejournal.domain.days import DAY
from kneejournal.domain.found_runs import FoundRun, FoundShoe
from kneejournal.domain.records import Shoe, grown, imported_shoe_id
from kneejournal.domain.shoes import add_months
from kneejournal.domain.snapshot import Moment, Snapshot
from kneejournal.domain.text import NAME_LIMIT, clean_line


class Wearing(Struct, frozen=True, kw_only=True):
    """A found run, its day in the journal, and the pair that it wears there already, if it is there."""

    run: FoundRun
    day: date
    worn: str | None = None


class Pairs(Struct, frozen=True, kw_only=True):
    """The pairs of the journal by the identity of the found ones, and those of them that are new."""

    by_identity: Mapping[str, Shoe] = {}
    new: tuple[Shoe, ...] = ()


def match_pairs(snapshot: Snapshot, wearings: Iterable[Wearing], alone: Iterable[FoundShoe], moment: Moment) -> Pairs:
    """The pair of the journal that each found pair is.

    It is the one that most of its runs wear in the journal already; else the one that an earlier import made of it;
    else the one of that name; else a new one. `alone` are pairs that came without runs.
    """
    worn: dict[str, list[Wearing]] = {}
    found: dict[str, FoundShoe] = {}
    for wearing in sorted(wearings, key=lambda one: one.run.start):
        if shoe := wearing.run.shoe:
            worn.setdefault(shoe.identity, []).append(wearing)
            found[shoe.identity] = shoe
    found |= {shoe.identity: shoe for shoe in alone if shoe.identity not in found}
    last = max((wearings[-1].day for wearings in worn.values()), default=None)
    by_identity: dict[str, Shoe] = {}
    new: list[Shoe] = []
    for identity, shoe in found.items():
        known = _known(snapshot, shoe, worn.get(identity, []), new)
        if known is None:
            known = _made(snapshot, shoe, worn.get(identity, []), last, moment)
            new.append(known)
        by_identity[identity] = known
    return Pairs(by_identity=by_identity, new=tuple(new))


def takes(pair: Shoe, day: date) -> bool:
    """Whether a run of `day` can be given to a pair that the journal knows.

    A retired pair takes no new runs (RULES 9), and what was run before a pair came with its starting miles is in them.
    """
    is_retired = pair.retired_on is not None and pair.retired_on <= day
    is_counted = pair.starting_m > 0 and day < pair.day
    return pair.shoe_kind == "running" and not is_retired and not is_counted


def _known(snapshot: Snapshot, shoe: FoundShoe, wearings: list[Wearing], new: list[Shoe]) -> Shoe | None:
    live = {pair.id: pair for pair in snapshot.shoes}
    worn = Counter(wearing.worn for wearing in wearings if wearing.worn in live)
    if worn:
        return live[str(worn.most_common(1)[0][0])]
    if made := live.get(imported_shoe_id(shoe.identity)):
        return made
    names = {clean_line(name).casefold() for name in (shoe.name, *shoe.also)}
    return next((pair for pair in (*snapshot.shoes, *new) if pair.name.casefold() in names), None)


def _made(snapshot: Snapshot, shoe: FoundShoe, wearings: list[Wearing], last: date | None, moment: Moment) -> Shoe:
    """A new pair, worn since its first run.

    It comes as retired when the service says so, or when it was not worn for as long as shoes last while another pair
    was: history that needs no advice. `updated_at` is as old as its first run, so that what anybody changed of the
    pair on another machine is later.
    """
    first, final = (wearings[0].day, wearings[-1].day) if wearings else (None, None)
    is_retired = shoe.is_retired
    if final and last and final < last:
        is_retired |= add_months(final, snapshot.profile.thresholds.shoe_limit_months) <= moment.today
    made_at = wearings[0].run.start if wearings else moment.now
    pair_id = imported_shoe_id(shoe.identity)
    deleted = snapshot.records.get(pair_id)
    return Shoe(
        id=pair_id,
        day=first or moment.today,
        recorded_at=made_at,
        updated_at=grown(moment.now, deleted.updated_at) if deleted else made_at,
        device=moment.device,
        name=clean_line(shoe.name)[:NAME_LIMIT].strip() or "Imported shoes",
        shoe_kind="running",
        since=first,
        retired_on=final + DAY if is_retired and final else None,
    )
