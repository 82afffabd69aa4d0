"""Reads the moving figures in content/figures/, or says which file, pose and joint is wrong."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from kneejournal.content_text import field_first, unreadable
from kneejournal.domain.figure import (
    LIMBS,
    SEGMENTS,
    SIDES,
    Body,
    Ground,
    Inset,
    Movement,
    Part,
    Pose,
    Prop,
    Side,
    View,
    moment,
    pose_times,
)
from kneejournal.domain.figure_faults import faults
from kneejournal.domain.figure_joints import JOINTS
from kneejournal.domain.text import clean_line
from kneejournal.errors import Unreadable

FOLDER = "figures"
BODY = "body"
LONGEST_S = 60
"""A loop's length, seconds: each of its frames is kept in memory."""

Entry = TypeVar("Entry")
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=300)]
Across = Annotated[float, Meta(ge=-300, le=300)]

POINTS = ("hips", *(f"{side}.{part}" for side in SIDES for part in ("ankle", "hand")))
DIRECTIONS = ("trunk", "chest", "head",
              *(f"{side}.{part}" for side in SIDES
                for part in ("thigh", "shin", "foot", "knee", "upper_arm", "forearm", "elbow")))  # fmt: skip
NEEDED = ("hips", "trunk", "chest", "left.foot", "right.foot")
CHOICES = ((("thigh", "shin"), ("ankle", "knee")), (("upper_arm", "forearm"), ("hand", "elbow")))
"""A limb is given by the angles of its two segments, or by where its end is (and where its middle points to)."""


class _Point(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    x: Across
    y: Annotated[float, Meta(ge=0, le=250)]
    z: Across


class _Direction(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    angle: Annotated[float, Meta(ge=-360, le=360)]
    tilt: Annotated[float, Meta(ge=-90, le=90)] = 0


class _Timing(Struct, frozen=True, kw_only=True):
    name: Name
    move_s: Annotated[float, Meta(ge=0.05, le=10)]
    hold_s: Annotated[float, Meta(ge=0, le=30)] = 0


class _Plain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file as it is written; `alternating`: the loop goes on with the same poses, left and right changed."""

    text: Text
    ground: Ground
    still: str
    pose: tuple[dict[str, object], ...]
    working: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    side: Side | None = None
    steady: bool = False
    alternating: bool = False
    view: View = View()
    prop: tuple[Prop, ...] = ()
    inset: Inset | None = None


def figure_names(folder: Path) -> tuple[str, ...]:
    """The names of the figures in content/ at `folder`; an exercise's figure is called as the exercise's id."""
    return tuple(sorted(path.stem for path in (folder / FOLDER).glob("*.toml") if path.stem != BODY))


def load_movement(folder: Path, name: str) -> Movement:
    """One figure of content/ at `folder`. Raises Unreadable, naming file, pose and joint, when anything is wrong."""
    body_file = _File(folder, BODY)
    body = body_file.convert(body_file.plain, Body)
    file = _File(folder, name)
    plain = file.convert(file.plain, _Plain)
    poses = tuple(_poses(file, plain.pose))
    if plain.alternating:
        poses += tuple(_other_side(pose) for pose in poses)
    movement = Movement(
        name=name, text=clean_line(plain.text), body=body, view=plain.view, ground=plain.ground, working=plain.working,
        behind=plain.behind, side=plain.side, steady=plain.steady, still=plain.still, poses=poses, props=plain.prop,
        inset=plain.inset,
    )  # fmt: skip
    _check(file, movement)
    return movement


class _File:
    """One file, read; and what is said when something in it is wrong."""

    def __init__(self, folder: Path, name: str) -> None:
        self.label = f"{folder.name}/{FOLDER}/{name}.toml"
        try:
            self.plain = tomllib.loads((folder / FOLDER / f"{name}.toml").read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise self.error(f"the file cannot be read ({error.strerror})") from error
        except (ValueError, RecursionError) as error:
            raise self.error(f"the file is not valid TOML ({error})") from error

    def error(self, what: str, where: str = "") -> Unreadable:
        return unreadable(f"{self.label}, {where}" if where else self.label, what)

    def convert(self, plain: object, kind: type[Entry], where: str = "") -> Entry:
        try:
            return msgspec.convert(plain, kind, strict=True)
        except msgspec.ValidationError as error:
            raise self.error(field_first(error), where) from error

    def refuse_strangers(self, given: Collection[str], known: Collection[str], where: str) -> None:
        for name in given:
            if name not in known:
                raise self.error(f"{name} is not known; allowed: {', '.join(known)}", where)


def _poses(file: _File, entries: tuple[dict[str, object], ...]) -> Iterator[Pose]:
    """The poses; the first one says where everything is, each other one what is not as it is there."""
    first: dict[str, Part] = {}
    for number, entry in enumerate(entries, 1):
        timing = file.convert(entry, _Timing, f"pose {number}")
        where = _where(number, timing.name)
        own = dict(_parts(file, entry, where))
        if not first:
            _check_first(file, own, where)
            first = own
        for name in own.keys() - first.keys():
            raise file.error("the first pose does not say where it is", f"{where}, {name}")
        yield Pose(name=timing.name, move_s=timing.move_s, hold_s=timing.hold_s, parts=first | own)


def _where(number: int, name: str) -> str:
    return f'pose {number} ("{name}")'


def _parts(file: _File, entry: Mapping[str, object], where: str) -> Iterator[tuple[str, Part]]:
    named = [(key, value) for key, value in entry.items() if key not in _Timing.__struct_fields__]
    for key, value in named:
        for part, plain in value.items() if isinstance(value, dict) else [("", value)]:
            name = f"{key}.{part}" if part else key
            yield name, _part(file, name, plain, f"{where}, {name}")


def _part(file: _File, name: str, plain: object, where: str) -> Part:
    if name.endswith(".hand") and isinstance(plain, str):
        file.refuse_strangers([plain], JOINTS, where)
        return plain
    if name in POINTS:
        return msgspec.structs.astuple(file.convert(plain, _Point, where))
    if name not in DIRECTIONS:
        raise file.error(f"there is no such joint or segment; there are {', '.join((*POINTS, *DIRECTIONS))}", where)
    return msgspec.structs.astuple(file.convert(plain if isinstance(plain, list) else [plain], _Direction, where))


def _check_first(file: _File, parts: Mapping[str, Part], where: str) -> None:
    for name in NEEDED:
        if name not in parts:
            raise file.error("it is missing; the first pose says where everything is", f"{where}, {name}")
    for side in SIDES:
        for by_angles, by_end in CHOICES:
            given = [part for part in (*by_angles, *by_end) if f"{side}.{part}" in parts]
            if given not in (list(by_angles), [by_end[0]], list(by_end)):
                what = f"either {' and '.join(by_angles)}, or {by_end[0]} (and {by_end[1]}) say where the limb is"
                raise file.error(what, f"{where}, {side}.{given[0] if given else by_end[0]}")


def _other_side(pose: Pose) -> Pose:
    """The pose with left and right changed."""
    parts: dict[str, Part] = {}
    for name, part in pose.parts.items():
        other = part if isinstance(part, str) else (*part[:-1], -part[-1])
        parts[_swapped(name)] = _swapped(other) if isinstance(other, str) else other
    return Pose(name=f"{pose.name}, other side", move_s=pose.move_s, hold_s=pose.hold_s, parts=parts)


def _swapped(name: str) -> str:
    side, dot, part = name.partition(".")
    return f"{'right' if side == 'left' else 'left'}.{part}" if dot else name


def _check(file: _File, movement: Movement) -> None:
    names = [pose.name for pose in movement.poses]
    if len(names) < 2 or len(set(names)) < len(names):
        raise file.error("a figure has at least two poses, each with a name of its own")
    if movement.seconds > LONGEST_S:
        raise file.error(f"its loop takes {movement.seconds:.0f} seconds, at most {LONGEST_S} are allowed")
    file.refuse_strangers([movement.still], names, "field `still`")
    file.refuse_strangers(movement.working, SEGMENTS, "field `working`")
    file.refuse_strangers(movement.behind, LIMBS, "field `behind`")
    for number, prop in enumerate(movement.props, 1):
        where = f"prop {number}"
        file.refuse_strangers([point for point in prop.through if isinstance(point, str)], JOINTS, where)
        file.refuse_strangers(prop.poses, names, where)
        if prop.shape in ("line", "box") and len(prop.through) < 2:
            raise file.error(f"a {prop.shape} goes through at least two points", where)
    for number, (at, pose) in enumerate(pose_times(movement), 1):
        for fault in faults(movement.body, moment(movement, at)):
            raise file.error(fault.what, f"{_where(number, pose.name)}, {fault.joint}")
