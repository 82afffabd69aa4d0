"""A session to follow along: its steps, and where one is in them by the clock."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kneejournal.domain.programme import Exercise, Stage

StepKind = Literal["ready", "reps", "hold", "rest", "warm-up", "run", "walk", "cool-down"]
PlayedSide = Literal["left", "right"]

WORK: frozenset[StepKind] = frozenset({"reps", "hold"})
"""The steps in which an exercise is done."""
POSITION_S = 10
"""Seconds to lie down or stand up for an exercise (default)."""
SIDES_S = 6
"""Seconds to change sides (default)."""
SET_REST_S = 20
"""Seconds of rest between two sets of strength (default)."""
STRETCH_REST_S = 8
"""Seconds between two stretches (default)."""
REP_S = 4
"""Seconds that one slow repetition takes, up and down, beside the time it is held (default)."""
BACK_S = 3.0
"""Within so many seconds of a step's beginning, back means the step before it."""


class Step(Struct, frozen=True, kw_only=True):
    """One thing to do, for `seconds` (more than 0)."""

    kind: StepKind
    seconds: float
    exercise: str = ""
    """The id of the exercise it belongs to; empty in a walk-run session."""
    number: int = 1
    """Which set, or which repeat, from 1."""
    of: int = 1
    """Sets, or repeats, in all."""
    side: PlayedSide | None = None
    reps: int = 0
    at_most: bool = False
    """It ends earlier when form goes."""

    @property
    def is_work(self) -> bool:
        return self.kind in WORK

    def rep_at(self, spent: float) -> int:
        """Which repetition it is, from 1, after `spent` seconds of this step; 0 when nothing is repeated."""
        return min(self.reps, int(spent * self.reps / self.seconds) + 1) if self.reps else 0


class Playing(Struct, frozen=True, kw_only=True):
    """Where one is in a session. `since`, seconds of a clock that only goes forward; None while it is paused."""

    steps: tuple[Step, ...]
    index: int = 0
    """The step one is at; as many as there are steps when the session is over."""
    spent: float = 0.0
    """Seconds of this step that had passed at `since`."""
    since: float | None = None
    behind: float = 0.0
    """Seconds really spent in the session before this step; what was passed over is not among them."""

    @property
    def has_begun(self) -> bool:
        return self.index > 0 or self.spent > 0

    @property
    def is_over(self) -> bool:
        return self.index >= len(self.steps)

    @property
    def step(self) -> Step | None:
        return None if self.is_over else self.steps[self.index]

    @property
    def is_change_of_sides(self) -> bool:
        """Whether this step lies between the two sides of one set."""
        before = self.steps[self.index - 1] if self.index else None
        return (
            self.step is not None
            and self.step.kind == "ready"
            and before is not None
            and ((before.exercise, before.number) == (self.step.exercise, self.step.number))
        )

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of the exercises, in their order."""
        return tuple(dict.fromkeys(step.exercise for step in self.steps))

    @property
    def next_exercise(self) -> str:
        """The id of the exercise that comes after this one; empty when none does."""
        here = self.step.exercise if self.step else ""
        return next((step.exercise for step in self.steps[self.index :] if step.exercise != here), "")

    def spent_at(self, now: float) -> float:
        """Seconds spent in this step when the clock shows `now`; never more than it lasts."""
        passed = self.spent + (max(0.0, now - self.since) if self.since is not None else 0.0)
        return min(passed, self.step.seconds) if self.step else 0.0

    def left_at(self, now: float) -> float:
        """Seconds left of this step when the clock shows `now`."""
        return self.step.seconds - self.spent_at(now) if self.step else 0.0

    def total_left_at(self, now: float) -> float:
        """Seconds left of the whole session when the clock shows `now`."""
        return self.left_at(now) + sum(step.seconds for step in self.steps[self.index + 1 :])

    def moved_at(self, now: float) -> float:
        """Seconds really spent in the session when the clock shows `now`, without its pauses."""
        return self.behind + self.spent_at(now)

    def share_at(self, now: float) -> float:
        """How much of the session is behind, 0 to 1."""
        total = sum(step.seconds for step in self.steps)
        return 1 - self.total_left_at(now) / total if total else 1.0

    def going(self, now: float) -> "Playing":
        """The session, going on from `now`."""
        return self if self.since is not None else replace(self, since=now)

    def paused(self, now: float) -> "Playing":
        """The session, standing still from `now`."""
        return replace(self, spent=self.spent_at(now), since=None)

    def at(self, now: float) -> tuple["Playing", tuple[Step, ...]]:
        """The session when the clock shows `now`, and the steps that ended until then, oldest first.

        A terminal that was slow, or stood still, stretches no step: the time over belongs to the steps that follow.
        """
        here, ended = self, []
        while here.step and here.since is not None and here.spent + now - here.since >= here.step.seconds:
            ended.append(here.step)
            begun = here.since + here.step.seconds - here.spent
            behind = here.behind + here.step.seconds
            here = replace(here, index=here.index + 1, spent=0.0, since=begun, behind=behind)
        return here, tuple(ended)

    def step_done(self, now: float) -> tuple["Playing", tuple[Step, ...]]:
        """The session with this step ended now, as when form goes, and the step that ended."""
        if self.step is None:
            return self, ()
        return self._begun(self.index + 1, now), (self.step,)

    def exercise_skipped(self, now: float) -> "Playing":
        """The session at the beginning of the next exercise; a walk-run session at its next part."""
        here = self.step.exercise if self.step else ""
        behind = range(self.index + 1, len(self.steps))
        there = (i for i in behind if not here or self.steps[i].exercise != here)
        return self._begun(next(there, len(self.steps)), now)

    def back(self, now: float) -> "Playing":
        """The session at the beginning of this step, or of the one before when this one has only just begun."""
        before = self.is_over or self.spent_at(now) < BACK_S
        return self._begun(max(0, self.index - 1) if before else self.index, now)

    def without(self, done: Collection[str]) -> "Playing":
        """The session without the exercises `done` meanwhile that lie ahead; what has been begun stays."""
        here = self.step.exercise if self.step else ""
        kept = (s for i, s in enumerate(self.steps) if i <= self.index or s.exercise == here or s.exercise not in done)
        return replace(self, steps=tuple(kept))

    def _begun(self, index: int, now: float) -> "Playing":
        since = None if self.since is None else now
        return replace(self, index=index, spent=0.0, since=since, behind=self.moved_at(now))


def exercise_session(exercises: Sequence[Exercise]) -> Playing:
    """The session of `exercises`, one after the other; it stands still at its beginning."""
    return Playing(steps=tuple(step for exercise in exercises for step in exercise_steps(exercise)))


def exercise_steps(exercise: Exercise) -> Iterator[Step]:
    """Getting ready, every set on every side, and what lies between them (doses as in content/)."""
    works = list(_works(exercise))
    yield _between("ready", POSITION_S, works[0])
    yield works[0]
    rest = SET_REST_S if exercise.kind == "strength" else STRETCH_REST_S
    for before, after in pairwise(works):
        is_same_set = before.number == after.number
        yield _between("ready" if is_same_set else "rest", SIDES_S if is_same_set else rest, after)
        yield after


def run_session(stage: Stage, warm_up_min: int) -> Playing:
    """A walk-run session of `stage`, between two walks of `warm_up_min` minutes; it stands still at its beginning."""
    return Playing(steps=tuple(_run_steps(stage, warm_up_min)))


def finished(ended: Sequence[Step], steps: Sequence[Step]) -> tuple[str, ...]:
    """The ids of the exercises whose last set is among the steps that `ended`."""
    last = {step.exercise: step for step in steps if step.is_work}
    return tuple(step.exercise for step in ended if step.is_work and step == last[step.exercise])


def _works(exercise: Exercise) -> Iterator[Step]:
    dose = exercise.dose
    sides: tuple[PlayedSide | None, ...] = ("left", "right") if dose.each_side else (None,)
    hold = dose.hold_s or 0
    for number in range(1, dose.sets + 1):
        for side in sides:
            yield Step(
                kind="reps" if dose.reps else "hold",
                seconds=float(dose.reps * (REP_S + hold) if dose.reps else hold),
                exercise=exercise.id,
                number=number,
                of=dose.sets,
                side=side,
                reps=dose.reps or 0,
                at_most=dose.at_most,
            )


def _between(kind: Literal["ready", "rest"], seconds: int, work: Step) -> Step:
    """What comes before `work`."""
    return replace(work, kind=kind, seconds=float(seconds), reps=0, at_most=False)


def _run_steps(stage: Stage, warm_up_min: int) -> Iterator[Step]:
    if warm_up_min:
        yield Step(kind="warm-up", seconds=warm_up_min * 60.0)
    for number in range(1, stage.repeats + 1):
        yield Step(kind="run", seconds=stage.run_min * 60.0, number=number, of=stage.repeats)
        if stage.walk_min:
            yield Step(kind="walk", seconds=stage.walk_min * 60.0, number=number, of=stage.repeats)
    if warm_up_min:
        yield Step(kind="cool-down", seconds=warm_up_min * 60.0)
