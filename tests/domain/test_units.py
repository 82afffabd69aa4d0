"""Distances as people write them."""

import pytest

from kneejournal.domain.units import Units, read_distance, show_distance
from kneejournal.errors import BadData


@pytest.mark.parametrize(
    ("typed", "units", "metres"),
    [
        ("3.1mi", "km", 4989), ("5km", "mi", 5000), ("5", "km", 5000), ("5", "mi", 8047), ("800m", "mi", 800),
        (" 2,5 KM ", "mi", 2500), ("500mi", "mi", 804_672), ("0.001km", "km", 1), ("1000km", "km", 1_000_000),
    ],
)  # fmt: skip
def test_a_distance_is_read_into_whole_metres(typed: str, units: Units, metres: int) -> None:
    assert read_distance(typed, units) == metres


@pytest.mark.parametrize(
    "typed", ["", "0", "0km", "-5km", "abc", "5 miles", "1e3", "nan", "inf", "\u0665km", "1_0", "1001km", "5km5"]
)
def test_what_is_not_a_distance_is_refused(typed: str) -> None:
    with pytest.raises(BadData, match="is not a distance"):
        read_distance(typed, "km")


def test_a_distance_is_shown_with_one_decimal() -> None:
    assert show_distance(5000, "km") == "5.0 km"
    assert show_distance(804_672, "mi") == "500.0 mi"
