"""The moment that --now names."""

from datetime import datetime, timedelta

import pytest

from kneejournal.clock import read_when, system_now
from kneejournal.errors import BadData


@pytest.fixture(autouse=True)
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-22T20:15:00-05:00", "2026-11-22T20:15:00-05:00"),
        ("2026-11-22T20:15:00+13:00", "2026-11-22T20:15:00+13:00"),
        ("2026-11-22T20:15Z", "2026-11-22T20:15:00+00:00"),
        ("2026-11-22", "2026-11-22T12:00:00-05:00"),
        ("2026-07-01", "2026-07-01T12:00:00-04:00"),
        ("2026-07-01 21:30", "2026-07-01T21:30:00-04:00"),
        ("2026-11-22T20:15:00.5-05:00", "2026-11-22T20:15:00.500000-05:00"),
    ],
)
def test_a_moment_keeps_the_offset_it_is_given_else_has_that_of_the_zone(typed: str, moment: str) -> None:
    found = read_when(typed)
    assert found.isoformat() == moment
    assert type(found) is datetime


@pytest.mark.parametrize(
    "typed",
    ["", "now", "2026-13-01", "2026-02-29", "20261122", "2026-W47", "1", "0001-01-01", "9999-12-31", "٢٠٢٦-11-22",
     "2026-11-22T25:00:00Z", "2026-11-22T20:15:00+99:00", "P1D", "2026-11-22/2026-11-23"],
)  # fmt: skip
def test_what_is_not_a_moment_is_refused(typed: str) -> None:
    with pytest.raises(BadData, match=r"is not a moment|outside the years"):
        read_when(typed)


def test_the_machines_clock_knows_its_offset() -> None:
    assert isinstance(system_now().utcoffset(), timedelta)
