"""What the files of watches and running services hold, before anything is written."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct


class Place(Struct, frozen=True):
    """Where something was found: a file, and its row where it has any (the header is row 1)."""

    file: str
    row: int | None = None


class FoundShoe(Struct, frozen=True, kw_only=True):
    """A pair as a service knows it. `key` is its id there, with the service before it: strava:13594491."""

    name: str
    key: str | None = None
    also: tuple[str, ...] = ()
    """Other names of the same pair."""
    is_retired: bool = False

    @property
    def identity(self) -> str:
        """What tells this pair from others: its id, or its name where it has none."""
        return self.key or f"name:{self.name.casefold()}"


class FoundRun(Struct, frozen=True, kw_only=True):
    """A run as a file tells it: metres, seconds; `start` with the offset of the place where it was run."""

    source: str
    external_id: str
    """Its id in the source, or else its natural key."""
    start: datetime
    distance_m: float
    duration_s: float | None = None
    shoe: FoundShoe | None = None
    title: str = ""
    place: Place


class Skipped(Struct, frozen=True):
    """Something that is not taken over, and why, in a phrase: not a run (Ride)."""

    place: Place
    reason: str


class Remark(Struct, frozen=True):
    """A sentence about a file that its reader has to be told."""

    text: str


Finding = FoundRun | Skipped | FoundShoe | Remark


class Found(Struct, frozen=True, kw_only=True):
    """Everything found in the files of one import, in the order of the files."""

    runs: tuple[FoundRun, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    shoes: tuple[FoundShoe, ...] = ()
    """Pairs named on their own, worn by no run of the files."""
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Found":
        kept = tuple(findings)
        return cls(
            runs=tuple(f for f in kept if isinstance(f, FoundRun)),
            skipped=tuple(f for f in kept if isinstance(f, Skipped)),
            shoes=tuple(f for f in kept if isinstance(f, FoundShoe)),
            remarks=tuple(dict.fromkeys(f.text for f in kept if isinstance(f, Remark))),
        )


def natural_key(start: datetime, duration_s: float | None) -> str:
    """The id of a run in a source that gives it none: its start to the second, and its duration.

    An instant is written in UTC, a start without a zone as the wall clock showed it: every machine writes the same.
    """
    moment = start.replace(microsecond=0)
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    zone = "Z" if start.tzinfo else ""
    lasted = "" if duration_s is None else f"/{round(duration_s)}"
    return f"{moment.isoformat()}{zone}{lasted}"
