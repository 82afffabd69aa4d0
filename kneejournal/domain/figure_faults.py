"""What a body cannot do: reach too far, sink into the floor, bend a joint the wrong way."""

from collections.abc import Iterator
from math import acos, degrees
from typing import NamedTuple

from kneejournal.domain.figure import SIDES, Body, Moment, Side
from kneejournal.domain.figure_joints import Joints, axes, hand_target, joints
from kneejournal.domain.figure_vectors import Vector, across, cross, dot, length, minus, unit, vector

KNEE_BENDS = 160
"""As far as a knee or an elbow bends, degrees from straight (heel to buttock, hand to shoulder)."""
ELBOW_BENDS = 155
ANKLE = (25, 125)
"""The angle between shin and foot, degrees: toes pointed to toes drawn up; 90 is a foot flat below a straight leg."""
STRAIGHT = 15
"""Below this bend, degrees, a joint has no direction to be wrong in."""
FLESH = {"head": 9.0, "hips": 8.0, "neck": 6.0, "hip": 6.0, "shoulder": 5.0, "knee": 4.0, "ankle": 3.0, "elbow": 2.5,
         "hand": 2.0, "heel": 1.8, "toes": 1.8}  # fmt: skip
"""How far at least the middle of a joint is above the floor it lies on, cm."""
REACH_SLACK = 0.5
OUTWARD = 0.35
"""How far beyond sideways a hip or a shoulder may turn the joint below it: the sine of the angle."""


class Fault(NamedTuple):
    """A joint, and what is wrong with it."""

    joint: str
    what: str


def faults(body: Body, at: Moment) -> Iterator[Fault]:
    """Everything that is wrong with a body at a moment; nothing for a body that could stand or lie there."""
    found = joints(body, at)
    yield from _reaches(body, at, found)
    for name, (_, y, _) in found.items():
        least = FLESH[name.rpartition(".")[2]]
        if y < least:
            yield Fault(name, f"it is in the floor: {y:.1f} cm high, at least {least:g} is needed")
    _, _, left = axes(at)
    for side in SIDES:
        yield from _knee(found, side, left)
        yield from _elbow(found, side, left)


def _reaches(body: Body, at: Moment, found: Joints) -> Iterator[Fault]:
    for side in SIDES:
        ankle = f"{side}.ankle"
        limbs = (
            (ankle, f"{side}.hip", vector(at.parts[ankle]) if ankle in at.parts else None, body.thigh + body.shin),
            (f"{side}.hand", f"{side}.shoulder", hand_target(found, at, side), body.upper_arm + body.forearm),
        )
        for name, root, target, reach in limbs:
            if target and (distance := length(minus(target, found[root]))) > reach + REACH_SLACK:
                yield Fault(name, f"it is {distance:.0f} cm from the {root}, and the limb is {reach:.0f} cm long")


def _knee(found: Joints, side: Side, left: Vector) -> Iterator[Fault]:
    """A shin bends backwards, and a bent knee points to where the toes do."""
    thigh, shin, foot = (
        unit(minus(found[f"{side}.{end}"], found[f"{side}.{begin}"]))
        for begin, end in (("hip", "knee"), ("knee", "ankle"), ("heel", "toes"))
    )
    bend = _angle(thigh, shin)
    if bend > KNEE_BENDS:
        yield Fault(f"{side}.knee", f"it bends by {bend:.0f}°, at most {KNEE_BENDS} is possible")
    wrong_way = dot(unit(cross(thigh, shin)), left) < -OUTWARD or dot(across(thigh, shin), across(foot, shin)) < 0
    if bend > STRAIGHT and wrong_way:
        yield Fault(f"{side}.knee", "it bends the wrong way")
    if dot(foot, cross(shin, left)) < -OUTWARD:
        yield Fault(f"{side}.foot", "its toes point to the back")
    ankle = _angle(shin, foot)
    if not ANKLE[0] <= ankle <= ANKLE[1]:
        what = f"it is at {ankle:.0f}° to the shin, {ANKLE[0]} to {ANKLE[1]} is possible"
        yield Fault(f"{side}.foot", what)


def _elbow(found: Joints, side: Side, left: Vector) -> Iterator[Fault]:
    """A forearm bends forwards from an arm that hangs, and a shoulder turns it inwards or outwards, not backwards."""
    upper, fore = (
        unit(minus(found[f"{side}.{end}"], found[f"{side}.{begin}"]))
        for begin, end in (("shoulder", "elbow"), ("elbow", "hand"))
    )
    bend = _angle(upper, fore)
    if bend > ELBOW_BENDS:
        yield Fault(f"{side}.elbow", f"it bends by {bend:.0f}°, at most {ELBOW_BENDS} is possible")
    if bend > STRAIGHT and dot(unit(cross(upper, fore)), left) > OUTWARD:
        yield Fault(f"{side}.elbow", "it bends the wrong way")


def _angle(a: Vector, b: Vector) -> float:
    return degrees(acos(max(-1.0, min(1.0, dot(a, b)))))
