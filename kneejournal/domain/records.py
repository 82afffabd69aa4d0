"""What the journal stores: frozen records, valid by construction."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID, uuid4, uuid5

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from kneejournal.domain.forms import DEVICE, EXERCISE, ID, SOURCE, TIME, check_forms, like
from kneejournal.domain.text import NAME_LIMIT, NOTE_LIMIT, clean, clean_line

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")

Code = Literal[
    "stairs-down", "stairs-up", "squat", "lunge", "first-steps", "sitting",
    "walking", "running", "after-running", "at-rest", "swelling", "noise",
    "locking", "giving-way", "no-weight-bearing", "large-swelling",
    "hot-or-fever", "injury", "night-pain", "numbness",
]  # fmt: skip
SYMPTOMS: tuple[Code, ...] = (
    "stairs-down", "stairs-up", "squat", "lunge", "first-steps", "sitting",
    "walking", "running", "after-running", "at-rest", "swelling", "noise",
)  # fmt: skip
RED_FLAGS: tuple[Code, ...] = (
    "locking", "giving-way", "no-weight-bearing", "large-swelling",
    "hot-or-fever", "injury", "night-pain", "numbness",
)  # fmt: skip
CODES: tuple[Code, ...] = (*SYMPTOMS, *RED_FLAGS)

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
_FIRST, _LAST = FIRST_DAY.year, LAST_DAY.year
MAX_DISTANCE_M = 1_000_000
MAX_STARTING_M = 10_000_000

Score = Annotated[int, Meta(ge=0, le=10)]
"""Numeric rating scale: whole numbers from 0 (no pain) to 10 (worst pain imaginable)."""
Id = Annotated[str, like(ID, 36, 36)]
Instant = Annotated[datetime, Meta(tz=True)]
Note = Annotated[str, Meta(max_length=NOTE_LIMIT)]
Device = Annotated[str, like(DEVICE, 64)]
ExerciseId = Annotated[str, like(EXERCISE, 64)]

_NATURAL_KEYS = UUID("6e1c0d6a-6f0f-5c43-9d8e-6b6e65656a6e")


class Scores(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Pain per knee, 0-10; at least one knee."""

    left: Score | UnsetType = UNSET
    right: Score | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.left is UNSET and self.right is UNSET:
            raise ValueError("pain names no knee: give `left`, `right` or both")

    def of(self, side: Side) -> int | None:
        """The score of one knee, or None when it has none."""
        score = self.left if side == "left" else self.right
        return None if isinstance(score, UnsetType) else score

    def by_side(self) -> dict[Side, int]:
        """The scores that are there, left first."""
        return {side: score for side in SIDES if (score := self.of(side)) is not None}

    @property
    def worst(self) -> int:
        """The highest score of the knees that have one."""
        return max([score for score in (self.left, self.right) if isinstance(score, int)])


class Record(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, gc=False):
    """What every record carries. `day` is the journal day, stored once and never recomputed (RULES 1).

    Raises ValueError for a day outside 1900-2199.
    """

    # A journal of ten years makes 36 500 of these at every start. Nothing in them can make a circle (`gc`).

    id: Id
    day: date
    recorded_at: Instant
    updated_at: Instant
    device: Device
    deleted: bool = False

    def __post_init__(self) -> None:
        # Short, for it is asked 36 500 times at the start of a journal of ten years.
        day, recorded, updated = self.day.year, self.recorded_at.year, self.updated_at.year
        if not (_FIRST <= day <= _LAST and _FIRST <= recorded <= _LAST and _FIRST <= updated <= _LAST):
            fields = ("day", "recorded_at", "updated_at")
            raise _outside(next(field for field in fields if not _FIRST <= getattr(self, field).year <= _LAST))


class Pain(Record, frozen=True, kw_only=True, tag="pain"):
    """A pain entry: of one `moment`, or the check of the whole `day` (RULES 2)."""

    scope: Literal["moment", "day"]
    time: Annotated[str, like(TIME, 5, 5)] | None = None
    pain: Scores
    symptoms: tuple[Code, ...]
    medicine: bool
    note: Note = ""
    resolved_on: date | None = None

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if self.symptoms and len(set(self.symptoms)) != len(self.symptoms):
            raise ValueError("`symptoms` names one symptom twice")
        if self.resolved_on is not None:
            _check_day("resolved_on", self.resolved_on)
        if self.note:
            structs.force_setattr(self, "note", _note(self.note))

    @property
    def red_flags(self) -> tuple[str, ...]:
        """The red flags among the symptoms."""
        return tuple(code for code in self.symptoms if code in RED_FLAGS)


class ExerciseMark(Record, frozen=True, kw_only=True, tag="exercise"):
    """One exercise on one day: done or not, and how much it hurt."""

    exercise: ExerciseId
    done: bool
    pain: Score | None


class Care(Record, frozen=True, kw_only=True, tag="care"):
    """Icing or elevation, in minutes (1-600)."""

    what: Literal["ice", "elevate"]
    minutes: Annotated[int, Meta(ge=1, le=600)]


class Run(Record, frozen=True, kw_only=True, tag="run"):
    """A run: metres (1 to 1 000 000), seconds, pain while running; `pain` is null only where nobody was asked."""

    distance_m: Annotated[int, Meta(ge=1, le=MAX_DISTANCE_M)]
    duration_s: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    pain: Score | None
    stage: Annotated[int, Meta(ge=1, le=50)] | None = None
    shoe_id: Id | None = None
    source: Annotated[str, like(SOURCE, 32)] = "journal"
    external_id: Annotated[str, Meta(max_length=200)] | None = None
    note: Note = ""

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if self.note:
            structs.force_setattr(self, "note", _note(self.note))
        if self.external_id is not None:
            structs.force_setattr(self, "external_id", clean_line(self.external_id))


class Shoe(Record, frozen=True, kw_only=True, tag="shoe"):
    """A pair of shoes: first wear `since`, purchase `bought`, metres run before the journal knew it (RULES 9)."""

    name: Annotated[str, Meta(max_length=NAME_LIMIT)]
    shoe_kind: Literal["running", "everyday"]
    since: date | None = None
    bought: date | None = None
    starting_m: Annotated[int, Meta(ge=0, le=MAX_STARTING_M)] = 0
    default: bool = False
    retired_on: date | None = None
    fitted_on: date | None = None

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        structs.force_setattr(self, "name", clean_line(self.name))
        if not self.name:
            raise ValueError("`name` is empty")
        for field in ("since", "bought", "retired_on", "fitted_on"):
            if (day := getattr(self, field)) is not None:
                _check_day(field, day)
        if self.since and self.bought and self.since < self.bought:
            raise ValueError("`since` is before `bought`: shoes are not worn before they are bought")


AnyRecord = Pain | ExerciseMark | Care | Run | Shoe


def new_id() -> str:
    """An id for a record of which a day can hold many."""
    return str(uuid4())


def day_check_id(day: date) -> str:
    """The id that every machine gives to the day-check of `day`."""
    return str(uuid5(_NATURAL_KEYS, f"pain:day:{day.isoformat()}"))


def exercise_id(day: date, exercise: str) -> str:
    """The id that every machine gives to one exercise on one day."""
    return str(uuid5(_NATURAL_KEYS, f"exercise:{day.isoformat()}:{exercise}"))


def run_id(source: str, external_id: str) -> str:
    """The id that every machine gives to a run imported from elsewhere."""
    return str(uuid5(_NATURAL_KEYS, f"run:{source}:{external_id}"))


def imported_shoe_id(identity: str) -> str:
    """The id that every machine gives to a pair that came with imported runs."""
    return str(uuid5(_NATURAL_KEYS, f"shoe:{identity}"))


def grown(now: datetime, replaced: datetime | None) -> datetime:
    """`updated_at` for a version that replaces one of `replaced`: it always grows."""
    if replaced is None or now > replaced:
        return now
    return replaced.astimezone(now.tzinfo) + timedelta(microseconds=1)


def live(records: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """The records that are not deleted."""
    return tuple(record for record in records if not record.deleted)


def to_plain(value: Struct) -> dict[str, object]:
    """`value` as JSON objects: what is stored and exported."""
    plain: dict[str, object] = msgspec.to_builtins(value)
    return plain


def from_plain(plain: object) -> AnyRecord:
    """A record from JSON objects, with everything checked. Raises msgspec.ValidationError, which names the field."""
    record: AnyRecord = msgspec.convert(plain, type=AnyRecord)
    check_forms(record)
    return record


def _note(text: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > NOTE_LIMIT:
        raise ValueError(f"`note` is longer than {NOTE_LIMIT} characters")
    return cleaned


def _check_day(field: str, day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _outside(field)


def _outside(field: str) -> ValueError:
    return ValueError(f"`{field}` is outside the years {FIRST_DAY.year} to {LAST_DAY.year}")
