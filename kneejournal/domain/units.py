"""Distances as people write and read them; the journal itself holds whole metres."""

import re
from typing import Literal

from kneejournal.domain.records import MAX_DISTANCE_M
from kneejournal.errors import BadData

METRES_A_MILE = 1609.344
Units = Literal["mi", "km"]
_METRES: dict[str, float] = {"mi": METRES_A_MILE, "km": 1000.0, "m": 1.0}
_DISTANCE = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,4})?)\s*(mi|km|m)?", re.ASCII)


def read_distance(text: str, units: Units, most: int = MAX_DISTANCE_M) -> int:
    """Whole metres from `3.1mi`, `5km`, `800m` or a bare number in `units`.

    Raises BadData for anything else, for less than a metre and for more than `most` metres.
    """
    match = _DISTANCE.fullmatch(text.strip().lower())
    if not match:
        raise BadData(f"“{text}” is not a distance. Write 3.1mi, 5km, or a number of {units}.")
    metres = round(float(match[1].replace(",", ".")) * _METRES[match[2] or units])
    if not 1 <= metres <= most:
        raise BadData(f"“{text}” is not a distance between 1 m and {show_distance(most, units)}. Check the number.")
    return metres


def show_distance(metres: int, units: Units) -> str:
    """`metres` in `units`, one decimal: 3.1 mi."""
    return f"{metres / _METRES[units]:.1f} {units}"
