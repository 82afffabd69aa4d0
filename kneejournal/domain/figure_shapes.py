"""What a figure looks like from where it is seen: flat shapes in the order in which they are painted."""

from collections.abc import Iterable, Iterator
from math import cos, radians, sin
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from kneejournal.domain.figure import SIDES, Inset, Movement, Place, Prop, Side, View, moment, pose_times
from kneejournal.domain.figure_joints import Joints, axes, joints
from kneejournal.domain.figure_vectors import Vector, between, length, minus, move, vector

Ink = Literal["ground", "prop", "far", "body", "working"]
Disc: TypeAlias = tuple[float, float, float]
"""The middle and the radius of a disc: x to the right, y up, cm."""
Fill = Literal["full", "half", "sparse", "line"]

INKS: tuple[Ink, ...] = ("ground", "prop", "far", "body", "working")
RADII: dict[str, tuple[float, float]] = {
    "thigh": (8.5, 6.0), "shin": (5.6, 4.0), "foot": (3.6, 2.8), "upper_arm": (4.6, 3.8), "forearm": (3.8, 2.9),
}  # fmt: skip
"""How thick a segment is where it begins and where it ends, cm."""
ENDS = {"thigh": ("hip", "knee"), "shin": ("knee", "ankle"), "foot": ("heel", "toes"),
        "upper_arm": ("shoulder", "elbow"), "forearm": ("elbow", "hand")}  # fmt: skip
SHOULDER, WAIST, PELVIS, NECK, NOSE = 9.2, 8.8, 9.8, 5.0, 2.4
WAIST_AT, WAIST_NARROWS = 0.6, 0.6
WORKING_GROWS = 1.25
"""A working limb is thicker as well as coloured, so that it shows without colour."""
ROOT = 0.45
"""How much of a thigh runs into the trunk without a gap between them."""
DASH_CM = 40.0
GRIP_CM = 8.0
BETWEEN_POSES = 5
"""Moments looked at between two poses to find how much room a figure takes."""


class Shape(Struct, frozen=True):
    """The hull around some discs, or a line through them. `ink` None: it clears the body under it and around it."""

    discs: tuple[Disc, ...]
    ink: Ink | None
    fill: Fill = "full"


class Box(NamedTuple):
    """What a picture shows: from x to x and from y to y, cm."""

    left: float
    bottom: float
    right: float
    top: float


class Camera(Struct, frozen=True):
    """Projects space onto the picture of one view, `mirrored` for the other side of the body."""

    view: View
    mirrored: bool = False

    def disc(self, point: Vector, radius: float) -> Disc:
        turn, rise = radians(self.view.turn), radians(self.view.rise)
        x = point[0] * cos(turn) - point[2] * sin(turn)
        near = point[0] * sin(turn) + point[2] * cos(turn)
        return (-x if self.mirrored else x), point[1] * cos(rise) - near * sin(rise), radius


class Picture(Struct, frozen=True):
    """The figure of one moment: its shapes in the order of painting, and those of the closer look, about the heel."""

    shapes: tuple[Shape, ...]
    inset: tuple[Shape, ...]


def picture(movement: Movement, seconds: float, side: Side | None = None) -> Picture:
    """The figure after `seconds` of its loop; `side`: the side that works, when it is not the one written down."""
    at = moment(movement, seconds)
    mirrored = movement.is_mirrored(side)
    painter = Painter(movement, joints(movement.body, at), axes(at)[1], at.pose, Camera(movement.view, mirrored))
    shapes = (*painter.ground(seconds), *painter.body())
    return Picture(shapes, tuple(painter.closer(movement.inset)) if movement.inset else ())


def box_of(movement: Movement, side: Side | None = None) -> Box:
    """The room that the figure takes in the whole of its loop, cm."""
    times = [at for at, _ in pose_times(movement)]
    steps = [
        at + (end - at) * step / BETWEEN_POSES
        for at, end in zip(times, [*times[1:], movement.seconds], strict=True)
        for step in range(BETWEEN_POSES)
    ]
    shapes = [shape for at in steps for shape in picture(movement, at, side).shapes]
    discs = [disc for shape in shapes if shape.ink for disc in shape.discs]
    return Box(
        min(x - r for x, _, r in discs), min(y - r for _, y, r in discs),
        max(x + r for x, _, r in discs), max(y + r for _, y, r in discs),
    )  # fmt: skip


class Painter(Struct):
    """Paints a body whose joints are known, and what is around it."""

    movement: Movement
    joints: Joints
    front: Vector
    pose: str
    camera: Camera

    def ground(self, seconds: float) -> Iterator[Shape]:
        """A line from the side, dashes that pass under a runner, and from above a floor."""
        ground = self.movement.ground
        (left, right), (back, front) = ground.x, ground.z
        if ground.speed:
            yield from self._passing(seconds)
        elif self.movement.view.rise == 0:
            yield self._line([(left, 0, 0), (right, 0, 0)], "ground")
        else:
            corners = ((left, 0.0, back), (right, 0.0, back), (right, 0.0, front), (left, 0.0, front))
            yield Shape(tuple(self.camera.disc(corner, 0) for corner in corners), "ground", "sparse")

    def _passing(self, seconds: float) -> Iterator[Shape]:
        """A whole number of dashes passes in a loop, so that the loop has no seam."""
        (left, right), speed = self.movement.ground.x, self.movement.ground.speed
        way = speed * self.movement.seconds
        dash = way / max(1, round(way / DASH_CM))
        at = left - (speed * seconds) % dash
        while at < right:
            begin, end = max(left, at), min(right, at + 0.6 * dash)
            if end > begin:
                yield self._line([(begin, 0, 0), (end, 0, 0)], "ground")
            at += dash

    def body(self) -> Iterator[Shape]:
        """From the farthest to the nearest: the trunk stands between the far limbs and the near ones."""
        behind = self.movement.behind
        yield from self._props("behind")
        for limb in behind:
            yield from self._limb(limb, "far")
        yield from self._props("between")
        yield from self._trunk()
        for limb in ("left.leg", "right.leg", "left.arm", "right.arm"):
            if limb not in behind:
                yield from self._limb(limb, "body")
        yield from self._props("before")

    def _props(self, place: Place) -> Iterator[Shape]:
        for prop in self.movement.props:
            if prop.place == place and (not prop.poses or self.pose in prop.poses):
                yield from self._prop(prop)

    def _prop(self, prop: Prop) -> Iterator[Shape]:
        points = [self.joints[point] if isinstance(point, str) else vector(point) for point in prop.through]
        if prop.shape == "line":
            yield self._line(points, "prop")
        elif prop.shape == "box":
            (x0, y0, _), (x1, y1, _) = points
            yield self._line([(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0), (x0, y0, 0)], "prop")
        else:
            if prop.shape == "ball":
                points = [between(points[0], points[-1], 0.5)]
            discs = tuple(self.camera.disc(point, prop.radius) for point in points)
            yield Shape(discs, None)
            yield Shape(discs, "prop", "half" if prop.shape == "pad" else "full")

    def _trunk(self) -> Iterator[Shape]:
        found, disc = self.joints, self.camera.disc
        neck, head, skull = found["neck"], found["head"], self.movement.body.head
        middle = between(neck, found["hips"], WAIST_AT)
        outer = [between(found[f"{side}.shoulder"], found[f"{side}.hip"], WAIST_AT) for side in SIDES]
        waist = tuple(disc(between(middle, point, WAIST_NARROWS), WAIST) for point in outer)
        chest = (*(disc(found[f"{side}.shoulder"], SHOULDER) for side in SIDES), *waist)
        pelvis = (*waist, *(disc(found[f"{side}.hip"], PELVIS) for side in SIDES))
        yield from (Shape(discs, None) for discs in (chest, pelvis, (disc(head, skull),)))
        parts = (
            ("head", (disc(neck, NECK), disc(head, NECK))),
            ("head", (disc(head, skull),)),
            ("head", (disc(move(head, self.front, skull), NOSE),)),
            ("chest", chest),
            ("waist", pelvis),
        )
        for name, discs in parts:
            yield Shape(discs, "working" if name in self.movement.working else "body")

    def _limb(self, limb: str, ink: Ink) -> Iterator[Shape]:
        """A leg or an arm, with a gap around it where it crosses what is painted already."""
        side, _, kind = limb.partition(".")
        names = ("thigh", "shin", "foot") if kind == "leg" else ("upper_arm", "forearm")
        first, *others = shapes = [self._segment(f"{side}.{name}", ink) for name in names]
        if kind == "leg" or self.movement.steady:
            root, tip = first.discs
            x, y, r = (a + (b - a) * ROOT for a, b in zip(root, tip, strict=True))
            yield Shape(((x, y, r), tip), None)
        if not self._holds_foot(side):
            yield from (Shape(shape.discs, None) for shape in others)
        yield from shapes

    def _holds_foot(self, side: str) -> bool:
        """A hand around an ankle is one with it."""
        return length(minus(self.joints[f"{side}.hand"], self.joints[f"{side}.ankle"])) < GRIP_CM

    def _segment(self, name: str, ink: Ink) -> Shape:
        side, _, segment = name.partition(".")
        is_working = name in self.movement.working
        discs = (
            self.camera.disc(self.joints[f"{side}.{end}"], radius * (WORKING_GROWS if is_working else 1))
            for end, radius in zip(ENDS[segment], RADII[segment], strict=True)
        )
        return Shape(tuple(discs), "working" if is_working else ink)

    def closer(self, inset: Inset) -> Iterator[Shape]:
        """The foot seen from elsewhere, and a line as long as it, straight up from the heel."""
        painter = Painter(self.movement, self.joints, self.front, self.pose, Camera(inset.view, self.camera.mirrored))
        heel = self.joints[f"{inset.foot}.heel"]
        x, y, _ = painter.camera.disc(heel, 0)
        foot = painter._segment(f"{inset.foot}.foot", "working")
        body = self.movement.body
        upright = painter._line([heel, move(heel, (0, 1, 0), body.heel + body.foot)], "ground")
        for shape in (upright, foot):
            yield Shape(tuple((a - x, b - y, r) for a, b, r in shape.discs), shape.ink, shape.fill)

    def _line(self, points: Iterable[Vector], ink: Ink) -> Shape:
        return Shape(tuple(self.camera.disc(point, 0) for point in points), ink, "line")
