"""A moving figure: key poses of a body, the loop through them, and its pose at any moment.

Space is in centimetres: x along the floor, y up from it, z towards the viewer. A direction is two angles in degrees:
the angle in the plane of x and y (0 along x, 90 up) and the tilt out of that plane towards the viewer.
"""

from collections.abc import Iterator, Mapping
from math import cos, pi
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Side = Literal["left", "right"]
Place = Literal["behind", "between", "before"]
Numbers: TypeAlias = tuple[float, ...]
Part: TypeAlias = Numbers | str
"""Two angles, a point, or the name of the joint that a hand holds."""

SIDES: tuple[Side, Side] = ("left", "right")
PARTS = ("thigh", "shin", "foot", "upper_arm", "forearm")
LIMBS = tuple(f"{side}.{limb}" for side in SIDES for limb in ("arm", "leg"))
SEGMENTS = ("head", "chest", "waist", *(f"{side}.{part}" for side in SIDES for part in PARTS))

Length = Annotated[float, Meta(gt=0, le=100)]
Point = Annotated[tuple[float, ...], Meta(min_length=3, max_length=3)]


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lengths of one body, cm; every figure has the same one.

    `trunk`: from between the hips to between the shoulders, `neck`: on to the middle of the head, `head`: its radius;
    `shoulder` and `hip`: from the middle to each; `forearm`: from the elbow to the palm; `heel`: from the ankle to the
    sole, and back to the heel; `foot`: from below the ankle to the toes.
    """

    trunk: Length
    neck: Length
    head: Length
    shoulder: Length
    hip: Length
    upper_arm: Length
    forearm: Length
    thigh: Length
    shin: Length
    heel: Length
    foot: Length


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """From where the figure is seen, degrees: `turn` walks round it towards the right, `rise` looks from above."""

    turn: Annotated[float, Meta(ge=-180, le=180)] = 0
    rise: Annotated[float, Meta(ge=0, le=60)] = 0


class Ground(Struct, frozen=True, forbid_unknown_fields=True):
    """The floor from x to x and from z to z, cm; `speed` (cm/s) is how fast it passes under a runner."""

    x: tuple[float, float]
    z: tuple[float, float] = (0, 0)
    speed: Annotated[float, Meta(ge=0, le=500)] = 0


class Prop(Struct, frozen=True, forbid_unknown_fields=True):
    """Something beside the body, through points of space or joints of it: a line, a box, a ball, a pad.

    `radius` (cm) is that of a ball or pad. `place`: behind the body, between the far limbs and the rest, or before it.
    `poses`: those in which it is there; all of them when none is named.
    """

    shape: Literal["line", "box", "ball", "pad"]
    through: Annotated[tuple[Point | str, ...], Meta(min_length=1, max_length=8)]
    radius: Annotated[float, Meta(ge=0, le=40)] = 0
    place: Place = "before"
    poses: tuple[str, ...] = ()


class Inset(Struct, frozen=True, forbid_unknown_fields=True):
    """A closer look at one foot, from elsewhere, in a corner of the picture, beside a line straight up."""

    view: View
    foot: Side
    corner: Side


class Pose(Struct, frozen=True, kw_only=True):
    """A key pose: `move_s` seconds to come to it from the pose before, then `hold_s` seconds in it."""

    name: str
    move_s: float
    hold_s: float
    parts: dict[str, Part]


class Movement(Struct, frozen=True, kw_only=True):
    """What one figure does: its poses in the order of the loop, and how they are seen.

    `text` says it in words. `working`: the segments whose muscle works. `behind`: the limbs on the far side, drawn
    first and fainter. `side`: the side that works as it is written, None when both do. `steady`: it moves through its
    poses without slowing down in them, as one who walks. `still`: the name of the most telling pose.
    """

    name: str
    text: str
    body: Body
    view: View
    ground: Ground
    working: tuple[str, ...]
    behind: tuple[str, ...]
    side: Side | None
    steady: bool
    still: str
    poses: tuple[Pose, ...]
    props: tuple[Prop, ...]
    inset: Inset | None

    @property
    def seconds(self) -> float:
        """How long a loop takes."""
        return sum(pose.move_s + pose.hold_s for pose in self.poses)

    @property
    def still_at(self) -> float:
        """The moment at which the most telling pose is reached."""
        return next(at for at, pose in pose_times(self) if pose.name == self.still)

    def is_mirrored(self, side: Side | None) -> bool:
        """Whether it has to be mirrored for `side` to work."""
        return side is not None and self.side is not None and side != self.side


class Moment(Struct, frozen=True):
    """A figure on its way between two poses.

    `done`: how far it has come, 0 to 1; `parts`: its numbers there; `held`: what a hand holds in the one pose and in
    the other, where that is a joint; `pose`: the name of the nearer one.
    """

    parts: Mapping[str, Numbers]
    held: Mapping[str, tuple[Part, Part]]
    done: float
    pose: str


def pose_times(movement: Movement) -> Iterator[tuple[float, Pose]]:
    """When each pose is reached, in seconds from the beginning of the loop, which is the first pose."""
    at = 0.0
    for index, pose in enumerate(movement.poses):
        at += pose.move_s if index else 0.0
        yield at, pose
        at += pose.hold_s


def moment(movement: Movement, seconds: float) -> Moment:
    """Where the figure is `seconds` after it began; any number, as the loop has no end."""
    at = seconds % movement.seconds
    for index, pose in enumerate(movement.poses):
        if at < pose.hold_s:
            return _on_the_way(movement, index, 0)
        at -= pose.hold_s
        move_s = movement.poses[(index + 1) % len(movement.poses)].move_s
        if at < move_s:
            return _on_the_way(movement, index, at / move_s)
        at -= move_s
    return _on_the_way(movement, 0, 0)


def _on_the_way(movement: Movement, index: int, share: float) -> Moment:
    """The moment at which that share of the time from pose `index` to the next one has gone."""
    before, here, there, after = (movement.poses[(index + step) % len(movement.poses)] for step in (-1, 0, 1, 2))
    done = share if movement.steady else _eased(share)
    parts: dict[str, Numbers] = {}
    held: dict[str, tuple[Part, Part]] = {}
    for name in here.parts:
        around = [pose.parts[name] for pose in (before, here, there, after)]
        numbers = [part for part in around if not isinstance(part, str)]
        if len(numbers) < len(around):
            held[name] = (around[1], around[2])
        else:
            parts[name] = _curve(numbers, done) if movement.steady else _straight(numbers[1], numbers[2], done)
    return Moment(parts, held, done, (here if done < 0.5 else there).name)


def _eased(share: float) -> float:
    """A movement that begins and ends slowly."""
    return (1 - cos(pi * share)) / 2


def _straight(here: Numbers, there: Numbers, done: float) -> Numbers:
    return tuple(a + (b - a) * done for a, b in zip(here, there, strict=True))


def _curve(around: list[Numbers], t: float) -> Numbers:
    """A Catmull-Rom curve, which passes through each pose without stopping."""
    return tuple(
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        for a, b, c, d in zip(*around, strict=True)
    )
