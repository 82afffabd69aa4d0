"""What the sessions to follow along share while the app runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.figure import Movement, pose_times
from kneejournal.domain.player import Playing, exercise_session
from kneejournal.domain.programme import Exercise
from kneejournal.domain.today import Today


class Variant(NamedTuple):
    """A way of doing a plank: its figure, the pose that is held, and what it is called."""

    figure: str
    pose: str
    words: str


VARIANTS: dict[str, tuple[Variant, ...]] = {
    "plank": (
        Variant("plank-knees", "from the knees", "on the knees"),
        Variant("plank-full", "full", "on the toes"),
        Variant("plank", "full", "knees, then toes"),
    ),
    "side-plank": (
        Variant("side-plank", "knees bent", "knees bent"),
        Variant("side-plank-full", "legs long", "legs long"),
    ),
}
"""The easier way comes first: the article begins with it."""


class Taken(Struct, frozen=True, kw_only=True):
    """A session that somebody follows: its day, and where one is in it."""

    day: date
    playing: Playing
    is_short: bool = False


@dataclass
class FollowAlong:
    """`movement` finds a figure by its name; `clock`: seconds that only go forward."""

    movement: Callable[[str], Movement | None]
    clock: Callable[[], float] = monotonic
    is_muted: bool = False
    left: Taken | None = None
    """The session that was left before its end; it goes on at that step."""
    run_left: Taken | None = None
    """The walk-run session that was left before its end."""
    _chosen: dict[str, int] = field(default_factory=dict)

    def take(self, today: Today, exercises: Sequence[Exercise]) -> Taken:
        """The session of `exercises`; the one that was left today when they begin where it was left."""
        left = self._left_on(today.day)
        if left and left.playing.step and left.playing.step.exercise == exercises[0].id:
            return self._again(left, today)
        return Taken(day=today.day, playing=exercise_session(exercises))

    def take_short(self, today: Today, short: Sequence[Exercise]) -> Taken:
        """What has no tick of the `short` session, all of it when everything has one; or where it was left today."""
        left = self._left_on(today.day)
        if left and left.is_short:
            return self._again(left, today)
        done = _done(today)
        playing = exercise_session([exercise for exercise in short if exercise.id not in done] or short)
        return Taken(day=today.day, playing=playing, is_short=True)

    def _left_on(self, day: date) -> Taken | None:
        return self.left if self.left and self.left.day == day else None

    def _again(self, left: Taken, today: Today) -> Taken:
        return replace(left, playing=left.playing.without(_done(today)))

    def take_run(self, day: date, session: Playing) -> Playing:
        """The walk-run `session`; the same one at the step where it was left, when that was on this day."""
        left = self.run_left
        return left.playing if left and left.day == day and left.playing.steps == session.steps else session

    def variant(self, exercise: str) -> Variant | None:
        """The way that was chosen last, for what can be done in several ways."""
        ways = VARIANTS.get(exercise)
        return ways[self._chosen.get(exercise, 0)] if ways else None

    def turn_variant(self, exercise: str) -> None:
        """Choose the next way."""
        if exercise in VARIANTS:
            self._chosen[exercise] = (self._chosen.get(exercise, 0) + 1) % len(VARIANTS[exercise])


def _done(today: Today) -> set[str]:
    return {row.exercise.id for row in today.rows if row.done}


def held_at(movement: Movement, pose: str = "") -> float:
    """The moment at which the pose of that name is reached; the most telling one when there is none."""
    return next((at for at, found in pose_times(movement) if found.name == pose), movement.still_at)
