"""Journals written as one line of signs, a sign a day, the last one today.

c   clear: a day-check of 0 at 20:00           o   open: a day-check of 0 at breakfast
z   open: a first zero in the morning          .   nothing written
l   late: 0, written nine days afterwards      f   filled in: 0, written the next morning
1-9 pain of a moment                           s   a symptom without pain (stairs-down)
w   swelling without pain                      n   painless noise, with a day-check of 0
m   medicine, with a day-check of 0            M   medicine and pain 1
!   a red flag (locking)                       -   not reached (only as today: nothing yet)
R   a session of the plan, then c              P   a session of the plan, and nothing else
H   a session that hurt (pain 1)               r   a run without a stage, then c
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from kneejournal.domain.profile import Profile
from kneejournal.domain.readiness import Verdict, judge
from kneejournal.domain.records import AnyRecord, Code, ExerciseMark, Pain, Run, Scores, day_check_id, exercise_id
from tests.support import programme

TODAY = date(2026, 11, 22)
PROGRAMME = programme()
LAST_STAGE = len(PROGRAMME.stages)
"""A session of this stage counts for whatever stage the plan asks for."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def pain(
    day: date,
    score: int = 0,
    *,
    written: datetime | None = None,
    scope: str = "day",
    symptoms: tuple[Code, ...] = (),
    medicine: bool = False,
    right: int | None = None,
    key: str = "",
) -> Pain:
    moment = written or at(day, 20)
    natural = (
        day_check_id(day) if scope == "day" and not key else str(uuid5(NAMESPACE_URL, f"{day}{scope}{score}{key}"))
    )
    return Pain(
        id=natural,
        day=day,
        recorded_at=moment,
        updated_at=moment,
        device="test",
        scope="day" if scope == "day" else "moment",
        pain=Scores(left=score) if right is None else Scores(left=score, right=right),
        symptoms=symptoms,
        medicine=medicine,
    )


def run(day: date, *, stage: int | None = 1, score: int = 0, metres: int = 3000, hour: int = 9) -> Run:
    return Run(
        id=str(uuid5(NAMESPACE_URL, f"run{day}{stage}{hour}")),
        day=day,
        recorded_at=at(day, hour),
        updated_at=at(day, hour),
        device="test",
        distance_m=metres,
        pain=score,
        stage=stage,
    )


def _of_day(sign: str, day: date) -> Iterator[AnyRecord]:
    moment = at(day, 12)
    if sign in "cRr":
        yield pain(day)
    if sign in "RPHr":
        yield run(day, stage=None if sign == "r" else LAST_STAGE, score=1 if sign == "H" else 0)
    if sign.isdigit():
        yield pain(day, int(sign), scope="moment", written=moment)
    yield from {
        "o": (pain(day, written=at(day, 8)),),
        "z": (pain(day, scope="moment", written=at(day, 8)),),
        "l": (pain(day, written=at(day + timedelta(days=9), 9)),),
        "f": (pain(day, written=at(day + timedelta(days=1), 8)),),
        "s": (pain(day, scope="moment", symptoms=("stairs-down",), written=moment),),
        "w": (pain(day, scope="moment", symptoms=("swelling",), written=moment),),
        "n": (pain(day), pain(day, scope="moment", symptoms=("noise",), written=moment)),
        "m": (pain(day, medicine=True),),
        "M": (pain(day, 1, scope="moment", medicine=True, written=moment),),
        "!": (pain(day, scope="moment", symptoms=("locking",), written=moment),),
    }.get(sign, ())


def story(line: str, today: date = TODAY) -> tuple[AnyRecord, ...]:
    """The records of `line`; blanks between signs are for the reader."""
    signs = line.replace(" ", "")
    first = today - timedelta(days=len(signs) - 1)
    return tuple(record for ahead, sign in enumerate(signs) for record in _of_day(sign, first + timedelta(days=ahead)))


def verdict(line: str, profile: Profile | None = None, *, hour: int = 22) -> Verdict:
    """The verdict on the last day of `line`, at ten in the evening."""
    return judge(story(line), profile or Profile(), PROGRAMME, at(TODAY, hour))


def broken(found: Verdict) -> dict[str, tuple[date, ...]]:
    """The rules that do not hold, with the days that break them."""
    return {rule.id: rule.days for rule in found.rules if not rule.holds}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def ticked(day: date, ids: str, *, done: bool = True) -> list[AnyRecord]:
    """The exercises of `ids`, blanks between them, marked at 19:00 of `day`."""
    return [
        ExerciseMark(
            id=exercise_id(day, name),
            day=day,
            recorded_at=at(day, 19),
            updated_at=at(day, 19),
            device="test",
            exercise=name,
            done=done,
            pain=None,
        )
        for name in ids.split()
    ]
