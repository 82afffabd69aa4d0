"""The thresholds of the rules as settings: their groups and units, and how each is read, checked and shown."""

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from kneejournal.domain.profile import Thresholds
from kneejournal.domain.reasons import RESTS_ON
from kneejournal.domain.records import to_plain
from kneejournal.domain.text import clean_line
from kneejournal.domain.units import METRES_A_MILE, Units, read_distance
from kneejournal.errors import BadData

Unit = Literal["hour", "days", "sessions", "of 10", "points", "%", "months", "weeks", "setbacks", "distance", "yes/no"]
Value = int | bool

YES_NO = {True: "yes", False: "no"}
METRES = {"mi": METRES_A_MILE, "km": 1000.0}
NAMED = frozenset(name for names in RESTS_ON.values() for name in names)
"""The thresholds that the verdict names when they were changed."""

_WHOLE = re.compile(r"[0-9]{1,7}")
_HOUR = re.compile(r"([0-9]{1,2})(:00)?")
_WORDS = {"yes": True, "y": True, "no": False, "n": False}


class Setting(Struct, frozen=True):
    """One threshold; `source` is where its default comes from. What changing it does stands in content/."""

    name: str
    unit: Unit
    source: Literal["article", "default"]

    @property
    def default(self) -> Value:
        return value_of(Thresholds(), self.name)

    @property
    def is_named(self) -> bool:
        """Whether the verdict names it when it was changed."""
        return self.name in NAMED

    def bare(self, value: Value, units: Units) -> str:
        """`value` without its unit: 7, 18:00, 500, yes."""
        if isinstance(value, bool):
            return YES_NO[value]
        if self.unit == "hour":
            return f"{value}:00"
        return f"{value / METRES[units]:.1f}".removesuffix(".0") if self.unit == "distance" else str(value)

    def shown(self, value: Value, units: Units) -> str:
        """`value` with its unit: 7 days, 18:00, 500 mi, yes."""
        unit = {"hour": "", "yes/no": "", "distance": units}.get(self.unit, self.unit)
        one = unit.removesuffix("s") if value == 1 else unit
        return f"{self.bare(value, units)} {one}".rstrip()

    def span(self, units: Units) -> str:
        """What it can be: 7 to 60 days."""
        if self.unit == "yes/no":
            return "yes or no"
        least, most = limits(self.name)
        if self.unit == "distance":
            return f"up to {int(most / METRES[units])} {units}"
        return f"{self.bare(least, units)} to {self.shown(most, units)}"

    def read(self, text: str, units: Units) -> Value:
        """The value that somebody typed; a bare distance is in `units`. Raises BadData, naming the range."""
        value = self.parse(text, units)
        if self.unit != "yes/no" and not limits(self.name)[0] <= value <= limits(self.name)[1]:
            raise BadData(f"“{clean_line(text)}” is outside {self.span(units)}.")
        return value

    def parse(self, text: str, units: Units | Literal["m"]) -> Value:
        """The value that somebody typed, whether it is in the range or not. Raises BadData."""
        typed = clean_line(text).lower()
        if self.unit == "yes/no":
            if typed not in _WORDS:
                raise BadData(f"“{typed}” is neither yes nor no.")
            return _WORDS[typed]
        if self.unit == "distance" and not (units == "m" and _WHOLE.fullmatch(typed)):
            return read_distance(typed, "km" if units == "m" else units, limits(self.name)[1])
        if self.unit == "hour" and (hour := _HOUR.fullmatch(typed)):
            return int(hour[1])
        if not _WHOLE.fullmatch(typed):
            raise BadData(f"“{typed}” is not a whole number.")
        return int(typed)


GROUPS: dict[str, tuple[Setting, ...]] = {
    "Days": (
        Setting("day_starts", "hour", "default"),
        Setting("closes_at", "hour", "default"),
        Setting("recall_days", "days", "default"),
        Setting("noise_blocks", "yes/no", "article"),
    ),
    "Running again": (
        Setting("symptom_free_needed", "days", "article"),
        Setting("sessions_a_stage", "sessions", "default"),
        Setting("break_days", "days", "default"),
        Setting("longer_run_percent", "%", "default"),
    ),
    "Setbacks": (
        Setting("minor_days", "days", "default"),
        Setting("major_days", "days", "default"),
        Setting("major_pain", "of 10", "default"),
        Setting("second_setback_days", "days", "default"),
    ),
    "Exercises": (
        Setting("exercise_days", "days", "article"),
        Setting("exercise_days_suggested", "days", "article"),
        Setting("exercise_days_maintain", "days", "article"),
    ),
    "Shoes": (
        Setting("shoe_limit_m", "distance", "article"),
        Setting("shoe_limit_months", "months", "article"),
        Setting("shoe_soon_m", "distance", "default"),
        Setting("shoe_soon_months", "months", "default"),
    ),
    "Physical therapist": (
        Setting("therapist_weeks", "weeks", "default"),
        Setting("therapist_points", "points", "default"),
        Setting("therapist_pain", "of 10", "default"),
        Setting("therapist_setbacks", "setbacks", "default"),
        Setting("snooze_days", "days", "default"),
    ),
}  # fmt: skip
"""Every threshold, in the groups and the order in which it is shown."""

SETTINGS: dict[str, Setting] = {setting.name: setting for group in GROUPS.values() for setting in group}


def value_of(thresholds: Thresholds, name: str) -> Value:
    """The value of a threshold by its name."""
    value: Value = getattr(thresholds, name)
    return value


def limits(name: str) -> tuple[int, int]:
    """The least and the most that a number can be."""
    described: Any = msgspec.inspect.type_info(Thresholds)
    found = next(field.type for field in described.fields if field.name == name)
    return found.ge, found.le


def with_changes(thresholds: Thresholds, changes: Mapping[str, Value]) -> Thresholds:
    """`thresholds` with other values, by name. Raises BadData, naming the range, for a value outside it."""
    try:
        return msgspec.convert({**to_plain(thresholds), **changes}, type=Thresholds)
    except msgspec.ValidationError as error:
        ranges = {name: limits(name) for name, value in changes.items() if not isinstance(value, bool)}
        wrong = [name for name, (least, most) in ranges.items() if not least <= changes[name] <= most]
        named = "; ".join(f"{n} goes from {ranges[n][0]} to {ranges[n][1]}, not {changes[n]}" for n in wrong)
        raise BadData(f"{named or error}. Nothing was changed.") from error


def changed(before: Thresholds, after: Thresholds) -> list[Setting]:
    """The settings that differ."""
    return [s for s in SETTINGS.values() if value_of(before, s.name) != value_of(after, s.name)]
