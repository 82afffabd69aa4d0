"""Writes shoes: pairs added, retired, fitted (RULES 9)."""

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.days import short_day
from kneejournal.domain.records import Shoe, grown, new_id
from kneejournal.domain.snapshot import Edit, Moment, Snapshot
from kneejournal.domain.text import NAME_LIMIT, clean_line
from kneejournal.errors import BadData


class ShoeEntry(Struct, frozen=True, kw_only=True):
    """A new pair: first wear `since`, purchase `bought`, metres run before the journal knew it."""

    name: str
    kind: Literal["running", "everyday"] = "running"
    since: date | None = None
    bought: date | None = None
    starting_m: int = 0
    default: bool = False


def find_shoe(snapshot: Snapshot, name: str) -> Shoe:
    """The pair of that name, or of a name that begins so and no other does. Raises BadData."""
    wanted = clean_line(name).casefold()
    exact = [shoe for shoe in snapshot.shoes if shoe.name.casefold() == wanted]
    found = exact or [shoe for shoe in snapshot.shoes if wanted and shoe.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(shoe.name for shoe in found or snapshot.shoes)
    if found:
        raise BadData(f"“{clean_line(name)}” could be any of {known}. Write more of it.")
    raise BadData(
        f"No shoes are called “{clean_line(name)}”." + (f" The journal knows {known}." if known else ""),
        hint="" if known else "Add them: kneejournal shoes add NAME.",
    )


def add_shoe(snapshot: Snapshot, entry: ShoeEntry, moment: Moment) -> Edit:
    """The change that adds a pair. Raises BadData for an empty, overlong or known name, and a wear before purchase."""
    name = clean_line(entry.name)
    if not name or len(name) > NAME_LIMIT:
        raise BadData(f"A pair of shoes needs a name of 1 to {NAME_LIMIT} characters.")
    if any(shoe.name.casefold() == name.casefold() for shoe in snapshot.shoes):
        raise BadData(f"The journal has shoes called “{name}” already. Give this pair another name.")
    if entry.since and entry.bought and entry.since < entry.bought:
        raise BadData(
            f"{name} cannot have been worn before they were bought. Check the two days.",
            hint="They are --since and --bought.",
        )
    is_default = entry.default and entry.kind == "running"
    if entry.default and not is_default:
        raise BadData("Only running shoes can be the default pair for runs.")
    shoe = Shoe(
        id=new_id(),
        day=moment.today,
        recorded_at=moment.now,
        updated_at=moment.now,
        device=moment.device,
        name=name,
        shoe_kind=entry.kind,
        since=entry.since,
        bought=entry.bought,
        starting_m=entry.starting_m,
        default=is_default,
    )
    others = _not_default(snapshot, moment) if is_default else ()
    return Edit(what=described(shoe, moment.today), records=(shoe, *others))


def described(shoe: Shoe, today: date) -> str:
    """A pair in one line: Shoes Blue ones, running, worn since Sun 1 Nov."""
    known = f"bought {short_day(shoe.bought, today)}" if shoe.bought else "age unknown"
    if shoe.since:
        known = f"worn since {short_day(shoe.since, today)}"
    return f"Shoes {shoe.name}, {shoe.shoe_kind}, {known}."


def retire_shoe(shoe: Shoe, moment: Moment, day: date) -> Edit:
    """The change that retires a pair on `day`; it keeps its history and takes no new runs. Raises BadData."""
    if shoe.retired_on is not None:
        raise BadData(f"{shoe.name} were retired on {short_day(shoe.retired_on, moment.today)} already.")
    retired = replace(_next(shoe, moment), retired_on=day, default=False)
    return Edit(what=f"Shoes {shoe.name} retired, {short_day(day, moment.today)}.", records=(retired,))


def fit_shoe(shoe: Shoe, moment: Moment, day: date) -> Edit:
    """The change that remembers a fitting on `day`."""
    fitted = replace(_next(shoe, moment), fitted_on=day)
    return Edit(what=f"Shoes {shoe.name} fitted, {short_day(day, moment.today)}.", records=(fitted,))


def wear_shoe(snapshot: Snapshot, shoe: Shoe, moment: Moment) -> Edit:
    """The change that makes a running pair the one preselected for runs. Raises BadData."""
    if shoe.retired_on is not None or shoe.shoe_kind != "running":
        raise BadData(
            f"{shoe.name} cannot be the default pair: they are {'retired' if shoe.retired_on else 'everyday'} shoes."
        )
    chosen = replace(_next(shoe, moment), default=True)
    others = tuple(s for s in _not_default(snapshot, moment) if s.id != shoe.id)
    return Edit(what=f"Shoes {shoe.name} are the pair for runs now.", records=(chosen, *others))


def _not_default(snapshot: Snapshot, moment: Moment) -> tuple[Shoe, ...]:
    return tuple(replace(_next(shoe, moment), default=False) for shoe in snapshot.shoes if shoe.default)


def _next(shoe: Shoe, moment: Moment) -> Shoe:
    return replace(shoe, updated_at=grown(moment.now, shoe.updated_at), device=moment.device)
