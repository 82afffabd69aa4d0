"""What a session says of a step, in a few words."""

from math import ceil

from kneejournal.domain.player import Playing, Step
from kneejournal.domain.programme import Exercise, Programme
from kneejournal.widgets.session_view import Cue

PARTS = {"warm-up": "Walk briskly", "run": "Run", "walk": "Walk", "cool-down": "Walk"}
PURPOSE = {"warm-up": "to warm up", "cool-down": "to cool down"}
SHORT_S = 60
"""Counted in seconds below this, in minutes and seconds from it on."""


def exercise_cue(playing: Playing, now: float, programme: Programme, variant: str = "") -> Cue:
    """What to show while exercises are played; `variant`: how this one is done, where there are several ways."""
    step = playing.step
    exercise = programme.exercise(step.exercise) if step else None
    if step is None or exercise is None:
        raise ValueError("nothing is left to be shown")
    number = playing.exercises.index(step.exercise) + 1
    set_of = f"Set {step.number} of {step.of}"
    side = f"{step.side} side" if step.side else ""
    return Cue(
        where=f"Exercise {number} of {len(playing.exercises)} · {time_left(playing.total_left_at(now))}",
        share=playing.share_at(now),
        name=exercise.name,
        place=" · ".join(filter(None, (set_of, side, variant))),
        what=_what(playing, step),
        count=str(step.rep_at(playing.spent_at(now))) if step.reps else count_down(playing.left_at(now)),
        unit=f"of {step.reps}" if step.reps else "seconds",
        hint=_hint(step, exercise),
        next=_next(playing, programme),
        is_work=step.is_work,
    )


def run_cue(playing: Playing, now: float, programme: Programme, stage: int) -> Cue:
    """What to show during a walk-run session of `stage`."""
    step = playing.step
    if step is None:
        raise ValueError("nothing is left to be shown")
    ahead = playing.steps[playing.index + 1 :]
    return Cue(
        where=f"Walk-run session, stage {stage} · {time_left(playing.total_left_at(now))}",
        share=playing.share_at(now),
        name=PARTS[step.kind],
        place=PURPOSE.get(step.kind) or f"{step.number} of {step.of}",
        count=count_down(playing.left_at(now)),
        unit="seconds" if playing.left_at(now) < SHORT_S else "minutes left",
        hint=programme.advice["talk" if step.kind == "run" else "ground"] if step.kind in ("run", "warm-up") else "",
        next=f"Next: {_part(ahead[0])}" if ahead else "",
        is_work=step.kind == "run",
    )


def count_down(seconds: float) -> str:
    """What is left, as 27 or 4:05; it never shows 0 before its end."""
    whole = ceil(seconds)
    return str(whole) if whole < SHORT_S else f"{whole // 60}:{whole % 60:02}"


def time_left(seconds: float) -> str:
    """What is left of a session, roughly."""
    return f"{ceil(seconds / 60)} min left" if seconds >= SHORT_S else "less than a minute left"


def _what(playing: Playing, step: Step) -> str:
    if step.kind == "reps":
        return "Repetition"
    if step.kind == "ready":
        return "Change sides" if playing.is_change_of_sides else "Get ready"
    return "Hold" if step.kind == "hold" else "Rest"


def _hint(step: Step, exercise: Exercise) -> str:
    if step.at_most:
        return "space when form goes"
    if step.kind == "reps":
        held = exercise.dose.hold_s
        return f"Slowly up, hold {held} s, and down" if held else "Slowly up, slowly down"
    return "Breathe on" if step.kind == "hold" else ""


def _next(playing: Playing, programme: Programme) -> str:
    exercise = programme.exercise(playing.next_exercise)
    return f"Next: {exercise.name}" if exercise else "The last one of this session"


def _part(step: Step) -> str:
    minutes = f"{step.seconds / 60:.0f} min"
    return f"{PARTS[step.kind].lower()} {minutes}{f' {PURPOSE[step.kind]}' if step.kind in PURPOSE else ''}"
