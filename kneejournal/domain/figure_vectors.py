"""Points and directions in space, as three numbers."""

from collections.abc import Sequence
from math import cos, hypot, radians, sin
from typing import TypeAlias

Vector: TypeAlias = tuple[float, float, float]


def vector(numbers: Sequence[float]) -> Vector:
    x, y, z = numbers
    return (x, y, z)


def direction(angles: Sequence[float]) -> Vector:
    """The unit vector of an angle in the plane of x and y and a tilt towards z, degrees."""
    angle, tilt = radians(angles[0]), radians(angles[1])
    return (cos(angle) * cos(tilt), sin(angle) * cos(tilt), sin(tilt))


def move(point: Vector, way: Vector, distance: float) -> Vector:
    """The point that lies `distance` times `way` from `point`."""
    return (point[0] + way[0] * distance, point[1] + way[1] * distance, point[2] + way[2] * distance)


def minus(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, by: float) -> Vector:
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    return hypot(*a)


def unit(a: Vector) -> Vector:
    """The vector of length 1 along `a`; along z when `a` has no length."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else (0.0, 0.0, 1.0)


def across(a: Vector, way: Vector) -> Vector:
    """What is left of `a` when its share along `way` is taken away."""
    return move(a, way, -dot(a, way) / dot(way, way))


def between(a: Vector, b: Vector, share: float) -> Vector:
    """The point that lies that share of the way from `a` to `b`."""
    return move(a, minus(b, a), share)
