"""Outlines on the page as SVG path data: capsules round limbs, hulls round what is solid."""

from collections.abc import Iterable, Sequence
from math import acos, atan2, cos, hypot, pi, sin

from stridewise.figure.camera import Camera
from stridewise.figure.vectors import Vec, add, cross, times, unit

Circle = tuple[float, float, float]  # x, y, radius
Point = tuple[float, float]


def number(value: float) -> str:
    """A length in metres to the millimetre, as short as it can be.

    >>> number(0.5), number(-0.0001), number(1.23456)
    ('0.5', '0', '1.235')
    """
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"


def circle(x: float, y: float, r: float) -> str:
    half = f"a{number(r)} {number(r)} 0 1 0 "
    return f"M{number(x - r)} {number(y)}{half}{number(2 * r)} 0{half}{number(-2 * r)} 0z"


def capsule(one: Circle, other: Circle) -> str:
    """Two circles and their outer tangents; the larger one alone where it holds the other."""
    (ax, ay, ar), (bx, by, br) = one, other
    apart = hypot(bx - ax, by - ay)
    if apart <= abs(ar - br) + 1e-6:
        return circle(*max(one, other, key=lambda given: given[2]))
    way, off = atan2(by - ay, bx - ax), acos((ar - br) / apart)
    return (
        f"M{_rim(one, way + off)}L{_rim(other, way + off)}A{number(br)} {number(br)} 0 {int(br > ar)} 0 {_rim(other, way - off)}"
        f"L{_rim(one, way - off)}A{number(ar)} {number(ar)} 0 {int(ar > br)} 0 {_rim(one, way + off)}z"
    )


def _rim(of: Circle, angle: float) -> str:
    return f"{number(of[0] + of[2] * cos(angle))} {number(of[1] + of[2] * sin(angle))}"


def hull(circles: Iterable[Circle], sides: int = 24) -> str:
    """The outline round circles."""
    points = {
        (round(x + r * cos(2 * pi * k / sides), 4), round(y + r * sin(2 * pi * k / sides), 4))
        for x, y, r in circles
        for k in range(sides)
    }
    return polygon(_ring(sorted(points)))


def polygon(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "z"


def polyline(points: Iterable[Sequence[float]]) -> str:
    return "M" + "L".join(f"{number(point[0])} {number(point[1])}" for point in points)


def solid(points: Iterable[Vec], camera: Camera) -> str:
    """The outline of the smallest convex body round these points of the room."""
    return polygon(_ring(sorted({(round(x, 4), round(y, 4)) for x, y, _ in map(camera, points)})))


def disc(centre: Vec, axis: Vec, size: float, thick: float, camera: Camera) -> str:
    """A plate, or a roll, round an axis."""
    return solid(rim(centre, axis, size, -thick / 2) + rim(centre, axis, size, thick / 2), camera)


def rim(centre: Vec, axis: Vec, size: float, along: float = 0.0, sides: int = 20) -> list[Vec]:
    """The points of a circle in the room."""
    way = unit(axis)
    one = unit(cross(way, (0, 0, 1) if abs(way[2]) < 0.9 else (1, 0, 0)))
    other = cross(way, one)
    middle = add(centre, times(way, along))
    turns = [2 * pi * k / sides for k in range(sides)]
    return [add(middle, add(times(one, size * cos(turn)), times(other, size * sin(turn)))) for turn in turns]


def _ring(points: Sequence[Point]) -> list[Point]:
    """The convex hull of sorted points."""
    return _half(points) + _half(points[::-1])


def _half(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _bends_back(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found[:-1]


def _bends_back(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
