"""The symptoms of painful days, as counts."""

import pytest

from kneejournal.domain.series import SymptomCounts
from kneejournal.widgets.symptom_counts import count_lines
from tests.support import programme


def lines_of(width: int = 60, height: int = 10, *, painful: int = 8, medicine: int = 0, **symptoms: int) -> list[str]:
    counts = SymptomCounts(
        length=30,
        with_number=20,
        painful=painful,
        symptoms=tuple((code.replace("_", "-"), days) for code, days in symptoms.items()),
        medicine=medicine,
    )
    return [line.plain.rstrip() for line in count_lines(counts, programme(), width, height)]


def test_each_symptom_has_its_days_and_a_bar_of_their_share() -> None:
    lines = lines_of(stairs_down=8, squat=2)
    assert lines[0] == "Written on 8 painful days of 30:"
    assert lines[1].startswith("   8  Stairs, going down ━━━")
    assert lines[1].endswith("━")
    assert "─" not in lines[1]
    assert lines[2].startswith("   2  Squatting          ━")
    assert (lines[2].count("━"), lines[2].count("─")) == (8, 22)
    assert lines[3] == "Counts of days, never causes."


def test_the_rarest_symptom_has_a_bar_too() -> None:
    assert "━" in lines_of(painful=200, squat=1)[1]


def test_red_flags_and_medicine_bear_their_signs() -> None:
    lines = lines_of(locking=1, medicine=2)
    assert "1  ⚑ " in lines[1]
    assert "2  ◇ Pain medicine" in lines[2]


def test_without_painful_days_it_says_so_and_counts_nothing() -> None:
    assert lines_of(painful=0) == ["No pain was written in the last 30 days."]


def test_one_painful_day_is_one_day() -> None:
    assert lines_of(painful=1)[0] == "Written on 1 painful day of 30:"


def test_what_does_not_fit_is_counted() -> None:
    lines = lines_of(height=4, stairs_down=5, squat=4, sitting=3, lunge=1)
    assert len(lines) == 4
    assert lines[-1] == "2 more. Counts, never causes."


@pytest.mark.parametrize("width", [1, 8, 12, 20, 36, 46, 200])
@pytest.mark.parametrize("height", [1, 2, 3, 10, 50])
def test_no_size_is_too_small_or_too_large(width: int, height: int) -> None:
    lines = lines_of(width, height, stairs_down=5, squat=4, locking=1)
    assert len(lines) <= height
    assert all(len(line) <= max(width, 33) for line in lines)
