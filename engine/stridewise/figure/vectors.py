"""Points and turns in space: x forward, y to the left, z up; metres and degrees."""

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
Turn = tuple[Vec, Vec, Vec]  # the rows of a rotation matrix
UP: Vec = (0.0, 0.0, 1.0)


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(v: Vec, factor: float) -> Vec:
    return (v[0] * factor, v[1] * factor, v[2] * factor)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(v: Vec) -> float:
    return sqrt(dot(v, v))


def unit(v: Vec) -> Vec:
    """The direction of v; v itself where it has none."""
    return times(v, 1 / (length(v) or 1))


def middle(a: Vec, b: Vec) -> Vec:
    return times(add(a, b), 0.5)


def turned(turn: Turn, v: Vec) -> Vec:
    return (dot(turn[0], v), dot(turn[1], v), dot(turn[2], v))


def joined(*turns: Turn) -> Turn:
    """The turns as one, the last of them made first."""
    result, *rest = turns
    for other in rest:
        a, b, c = zip(*other, strict=True)
        x, y, z = (turned((a, b, c), row) for row in result)
        result = (x, y, z)
    return result


def about_x(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((1, 0, 0), (0, c, -s), (0, s, c))


def about_y(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, 0, s), (0, 1, 0), (-s, 0, c))


def about_z(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return ((c, -s, 0), (s, c, 0), (0, 0, 1))
