"""Any record in one line, as lists and answers show it."""

from datetime import date

import pytest
from msgspec.structs import replace

from kneejournal.domain.profile import Profile
from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Shoe, exercise_id, new_id
from kneejournal.domain.wording import described
from tests.domain.stories import PROGRAMME, TODAY, at, pain, run

NEW_YEAR = date(2027, 1, 2)


def mark(name: str = "plank", *, done: bool = True, hurt: int | None = None) -> ExerciseMark:
    return ExerciseMark(
        id=exercise_id(TODAY, name), day=TODAY, recorded_at=at(TODAY, 19), updated_at=at(TODAY, 19), device="test",
        exercise=name, done=done, pain=hurt,
    )  # fmt: skip


CARE = Care(
    id=new_id(), day=TODAY, recorded_at=at(TODAY, 9), updated_at=at(TODAY, 9), device="t", what="ice", minutes=15
)
SHOE = Shoe(
    id=new_id(), day=TODAY, recorded_at=at(TODAY, 9), updated_at=at(TODAY, 9), device="t",
    name="Blue", shoe_kind="running",
)  # fmt: skip
MOMENT = pain(TODAY, 3, scope="moment")

LINES = [
    (pain(TODAY), "Knee 0, all day, Sun 22 Nov."),
    (pain(TODAY, 0, right=4), "Knees left 0, right 4, all day, Sun 22 Nov."),
    (MOMENT, "Knee 3, this moment, Sun 22 Nov."),
    (replace(MOMENT, time="12:10"), "Knee 3, at 12:10, Sun 22 Nov."),
    (run(TODAY, stage=None), "Run 1.9 mi, Sun 22 Nov."),
    (
        replace(run(TODAY, stage=2, score=1), duration_s=1859),
        "Run 1.9 mi, 30 min, stage 2, pain 1, Sun 22 Nov.",
    ),
    (mark(), "Plank done, Sun 22 Nov."),
    (mark(hurt=0), "Plank done, Sun 22 Nov."),
    (mark(done=False, hurt=3), "Plank not done, pain 3, Sun 22 Nov."),
    (mark("hopping"), "hopping done, Sun 22 Nov."),
    (CARE, "Iced 15 min, Sun 22 Nov."),
    (replace(CARE, what="elevate", minutes=20), "Leg up 20 min, Sun 22 Nov."),
    (SHOE, "Shoes Blue, running, age unknown."),
    (replace(SHOE, bought=TODAY), "Shoes Blue, running, bought Sun 22 Nov."),
    (replace(SHOE, bought=TODAY, since=TODAY), "Shoes Blue, running, worn since Sun 22 Nov."),
    (replace(SHOE, shoe_kind="everyday"), "Shoes Blue, everyday, age unknown."),
]


@pytest.mark.parametrize(("record", "line"), LINES, ids=[line for _, line in LINES])
def test_a_record_is_one_line(record: AnyRecord, line: str) -> None:
    assert described(record, Profile(), PROGRAMME, TODAY) == line


@pytest.mark.parametrize(("record", "line"), LINES, ids=[line for _, line in LINES])
def test_in_another_year_the_line_names_the_year(record: AnyRecord, line: str) -> None:
    assert described(record, Profile(), PROGRAMME, NEW_YEAR) == line.replace("22 Nov", "22 Nov 2026")


def test_a_distance_is_told_in_the_units_of_the_profile() -> None:
    assert described(run(TODAY, stage=None), Profile(units="km"), PROGRAMME, TODAY) == "Run 3.0 km, Sun 22 Nov."
