"""The life that a long journal tells, as seen from its last day: the same last weeks however far back it goes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kneejournal.domain.records import (
    AnyRecord,
    Care,
    Code,
    ExerciseMark,
    Pain,
    Run,
    Scores,
    Shoe,
    day_check_id,
    exercise_id,
    run_id,
)

SEASON = 196
"""Days from one flare to the next."""
TODAY_IN_SEASON = 74
FLARE, SETTLING, FIRST_RUN, SETBACK, RUNNING_AGAIN, THROUGH = 18, 28, 38, 53, 57, 112
GAP = range(150, 156)
"""Days of a season away from home, with nothing written."""
NOTES = (
    "Stairs one at a time.",
    "Nothing, all day.",
    "A long meeting with the knee bent; had to stand up twice.",
    "Moved boxes all afternoon, and felt it on the way down to the cellar.",
    "Café with friends, two flights of stairs, a film: nothing.",
    "Walked 5½ miles along the river.",
    "Cold and wet. Short session, then the sofa.",
    "It clicks, but it does not hurt.",
)
SYMPTOMS: tuple[Code, ...] = ("stairs-down", "squat", "sitting", "first-steps", "stairs-up", "noise")
STRENGTH = (
    "clamshell",
    "side-leg-lift",
    "straight-leg-lift",
    "straight-leg-lift-out",
    "bridge-squeeze",
    "plank",
    "side-plank",
)
STRETCHES = ("hamstring-step", "quad-standing", "itb-strap")
DEVICES = ("3fa81c02", "b77d09e4")


class Story:
    """One sore knee. Day by day, backwards; a day is the same in a short journal and in a long one."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today = today
        self.now = now

    def day(self, ago: int) -> list[AnyRecord]:
        """What is written on the day so long ago, in the order in which it was written."""
        told = _Day(self, ago)
        return sorted(told.records(), key=lambda record: record.recorded_at)

    def shoe_of(self, ago: int) -> str:
        """The id of the pair that is worn on that day: one a season."""
        return _chance_id(Random(f"shoe {self.season(ago)}"))

    def season(self, ago: int) -> int:
        """How many seasons that day lies back."""
        return -((TODAY_IN_SEASON - ago) // SEASON)


class _Day:
    """One day of the story."""

    def __init__(self, story: Story, ago: int) -> None:
        self.story = story
        self.ago = ago
        self.place = (TODAY_IN_SEASON - ago) % SEASON
        self.day = story.today - timedelta(days=ago)
        self.chance = Random(f"day {ago}")

    def records(self) -> Iterator[AnyRecord]:
        if self.place in GAP:
            return
        if self.place == 0:
            yield from self._new_shoes()
        if self.ago == 0:
            yield from self._this_morning()
            return
        yield from self._exercises()
        yield from self._moments()
        if self._runs():
            yield self._run()
        yield from self._care()
        if self.chance.random() < 0.97 or self.ago < 20:
            yield self._check()

    def _pain(self) -> int:
        """The worst pain of the day, 0-10."""
        if self.place < FLARE:
            return max(1, 6 - self.place // 4 - self.chance.randrange(2))
        if self.place < SETTLING:
            return self.chance.choice((0, 1, 1, 2))
        return 1 if self.place == SETBACK else 0

    def _runs(self) -> bool:
        if FIRST_RUN <= self.place < SETBACK or RUNNING_AGAIN <= self.place < THROUGH:
            return (self.place - FIRST_RUN) % 3 == 0
        return self.place >= THROUGH and self.place % 7 in (0, 2, 5)

    def _base(self, clock: str, record_id: str = "") -> dict[str, Any]:
        """What every record carries; a few were corrected an hour later."""
        wall = time.fromisoformat(clock).replace(microsecond=self.chance.randrange(1_000_000))
        at = datetime.combine(self.day, wall, self.story.now.tzinfo)
        later = timedelta(hours=1 if self.chance.random() < 0.02 else 0)
        return {
            "id": record_id or _chance_id(self.chance),
            "day": self.day,
            "recorded_at": at,
            "updated_at": at + later,
            "device": DEVICES[self.chance.random() < 0.2],
        }

    def _marks(self, exercises: tuple[str, ...], clock: str) -> Iterator[AnyRecord]:
        for place, exercise in enumerate(exercises):
            base = self._base(f"{clock}:{place * 5:02}", exercise_id(self.day, exercise))
            yield ExerciseMark(**base, exercise=exercise, done=True, pain=None)

    def _exercises(self) -> Iterator[AnyRecord]:
        lately = self.place >= SETTLING
        if self.place % 7 == 6 or (self.place >= THROUGH and self.place % 2):
            return
        yield from self._marks(STRETCHES, "19:20")
        if lately or self.place % 2:
            yield from self._marks(STRENGTH, "19:05")

    def _moments(self) -> Iterator[AnyRecord]:
        pain = self._pain()
        clocks = ("07:10", "12:45", "16:30", "18:15") if self.place < THROUGH else ("07:10", "13:05")
        for clock in clocks[: 2 + self.chance.randrange(3)]:
            felt = max(0, pain - self.chance.randrange(2))
            yield Pain(
                **self._base(clock),
                scope="moment",
                time=clock,
                pain=Scores(left=felt),
                symptoms=self._symptoms(felt),
                medicine=False,
                note=self._note(0.1),
                deleted=self.chance.random() < 0.01,
            )

    def _check(self) -> AnyRecord:
        pain = self._pain()
        heard: tuple[Code, ...] = ("swelling", "stairs-down") if self.place == 1 else self._symptoms(pain)
        clock = f"20:{self.chance.randrange(60):02}"
        return Pain(
            **self._base(clock, day_check_id(self.day)),
            scope="day",
            pain=Scores(left=pain),
            symptoms=heard,
            medicine=self.place == 1,
            note=self._note(0.35),
        )

    def _run(self) -> AnyRecord:
        stage = min(8, 1 + (self.place - FIRST_RUN) // 7) if self.place < THROUGH else None
        is_imported = stage is None and self.chance.random() < 0.5
        number = str(9_000_000_000 - self.ago) if is_imported else None
        return Run(
            **self._base("18:20", run_id("strava", number) if number else ""),
            distance_m=2200 + 90 * (self.place - FIRST_RUN) // 2 + self.chance.randrange(400),
            duration_s=1200 + 10 * self.place,
            pain=None if number else 0,
            stage=stage,
            shoe_id=self.story.shoe_of(self.ago),
            source="strava" if number else "journal",
            external_id=number,
            note=self._note(0.2),
        )

    def _care(self) -> Iterator[AnyRecord]:
        if self.place < SETTLING:
            yield Care(**self._base("20:00"), what="ice", minutes=15)
            yield Care(**self._base("20:20"), what="elevate", minutes=20)

    def _new_shoes(self) -> Iterator[AnyRecord]:
        yield Shoe(
            **self._base("17:30", self.story.shoe_of(self.ago)),
            name=f"Trainers of {self.day:%B %Y}",
            shoe_kind="running",
            since=self.day,
            bought=self.day,
            default=self.ago < SEASON,
            retired_on=None if self.ago < SEASON else self.day + timedelta(days=SEASON),
            fitted_on=self.day,
        )

    def _this_morning(self) -> Iterator[AnyRecord]:
        """A few things are done; the strength exercises but one are not, and the day-check is not there yet."""
        yield from self._marks(STRETCHES, "07:40")
        yield from self._marks(STRENGTH[:1], "07:30")
        yield Pain(
            **self._base("07:10"),
            scope="moment",
            time="07:10",
            pain=Scores(left=0),
            symptoms=(),
            medicine=False,
            note="Stairs fine this morning.",
        )

    def _symptoms(self, pain: int) -> tuple[Code, ...]:
        return tuple(self.chance.sample(SYMPTOMS[:5], 1 + pain // 3)) if pain else ()

    def _note(self, share: float) -> str:
        return self.chance.choice(NOTES) if self.chance.random() < share else ""


def _chance_id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
