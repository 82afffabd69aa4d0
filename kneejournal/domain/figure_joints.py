"""Where the joints of a body are in a pose: angles and points become points in space."""

from math import sqrt
from typing import TypeAlias

from kneejournal.domain.figure import SIDES, Body, Moment, Movement, Part, Side, moment
from kneejournal.domain.figure_vectors import (
    Vector,
    across,
    between,
    cross,
    direction,
    length,
    minus,
    move,
    scale,
    unit,
    vector,
)

Joints: TypeAlias = dict[str, Vector]

SIDE_JOINTS = ("shoulder", "elbow", "hand", "hip", "knee", "ankle", "heel", "toes")
JOINTS = ("hips", "neck", "head", *(f"{side}.{joint}" for side in SIDES for joint in SIDE_JOINTS))
UNSTRAIGHT = 0.05
"""A limb that reaches too far stops this much short of straight, cm, so that its joint keeps a direction."""


def frame(movement: Movement, seconds: float) -> Joints:
    """The joints by name (`left.knee`) in cm, `seconds` after the loop began."""
    return joints(movement.body, moment(movement, seconds))


def joints(body: Body, at: Moment) -> Joints:
    """The joints of a body at a moment. A limb that reaches for what is too far away points towards it."""
    up, front, left = axes(at)
    hips = vector(at.parts["hips"])
    neck = move(hips, up, body.trunk)
    head = move(neck, direction(at.parts["head"]) if "head" in at.parts else up, body.neck)
    found: Joints = {"hips": hips, "neck": neck, "head": head}
    for side in SIDES:
        out = left if side == "left" else scale(left, -1)
        found[f"{side}.hip"] = move(hips, out, body.hip)
        found[f"{side}.shoulder"] = move(neck, out, body.shoulder)
        _leg(found, body, at, side, front)
    # A hand may hold a foot, of either side.
    for side in SIDES:
        _arm(found, body, at, side, scale(front, -1))
    return found


def axes(at: Moment) -> tuple[Vector, Vector, Vector]:
    """The body's own directions: up its trunk, out of its chest, and to its left."""
    up = direction(at.parts["trunk"])
    front = unit(across(direction(at.parts["chest"]), up))
    return up, front, cross(up, front)


def _leg(found: Joints, body: Body, at: Moment, side: Side, front: Vector) -> None:
    hip, parts = found[f"{side}.hip"], at.parts
    if f"{side}.ankle" in parts:
        target = vector(parts[f"{side}.ankle"])
        pole = direction(parts[f"{side}.knee"]) if f"{side}.knee" in parts else front
        knee, ankle = _bent(hip, target, (body.thigh, body.shin), pole)
    else:
        knee = move(hip, direction(parts[f"{side}.thigh"]), body.thigh)
        ankle = move(knee, direction(parts[f"{side}.shin"]), body.shin)
    toes = direction(parts[f"{side}.foot"])
    sole = move(ankle, unit(across(minus(ankle, knee), toes)), body.heel)
    found[f"{side}.knee"], found[f"{side}.ankle"] = knee, ankle
    found[f"{side}.heel"], found[f"{side}.toes"] = move(sole, toes, -body.heel), move(sole, toes, body.foot)


def _arm(found: Joints, body: Body, at: Moment, side: Side, back: Vector) -> None:
    shoulder, parts = found[f"{side}.shoulder"], at.parts
    target = hand_target(found, at, side)
    if target:
        pole = direction(parts[f"{side}.elbow"]) if f"{side}.elbow" in parts else back
        elbow, hand = _bent(shoulder, target, (body.upper_arm, body.forearm), pole)
    else:
        elbow = move(shoulder, direction(parts[f"{side}.upper_arm"]), body.upper_arm)
        hand = move(elbow, direction(parts[f"{side}.forearm"]), body.forearm)
    found[f"{side}.elbow"], found[f"{side}.hand"] = elbow, hand


def hand_target(found: Joints, at: Moment, side: Side) -> Vector | None:
    """What a hand reaches for, with the legs where they are; None when the arm is given by angles."""
    name = f"{side}.hand"
    if name in at.held:
        here, there = at.held[name]
        return between(_place(found, here), _place(found, there), at.done)
    return vector(at.parts[name]) if name in at.parts else None


def _place(found: Joints, part: Part) -> Vector:
    return found[part] if isinstance(part, str) else vector(part)


def _bent(root: Vector, target: Vector, lengths: tuple[float, float], pole: Vector) -> tuple[Vector, Vector]:
    """The middle joint, bent towards `pole`, and the end of a limb of two bones that reaches for `target`."""
    upper, lower = lengths
    way = unit(minus(target, root))
    distance = length(minus(target, root))
    distance = min(max(distance, abs(upper - lower) + UNSTRAIGHT), upper + lower - UNSTRAIGHT)
    along = (upper**2 + distance**2 - lower**2) / (2 * distance)
    aside = sqrt(max(0.0, upper**2 - along**2))
    return move(move(root, way, along), unit(across(pole, way)), aside), move(root, way, distance)
