"""The arrow along the way of the part that moves: computed from the poses, never drawn by hand."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from stridewise.figure.body import radius
from stridewise.figure.camera import Camera
from stridewise.figure.outlines import number, polyline
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.vectors import length, minus

Point = tuple[float, float]
INK = "#b91c1c"
HEAD, WIDTH, LEAST = 0.1, 0.026, 0.17  # metres: the head, the line, and the shortest arrow that is seen at 62 mm
MOVERS = ("hand", "ankle", "knee", "pelvis", "head")  # which landmarks are asked how far they go
STILL = 0.06  # metres of movement below which none is shown unasked
BESIDE = 0.5  # how far from a part its arrow still seems to be its own
CENTRAL = ("pelvis", "chest", "neck", "waist")


def mover(one: Landmarks, other: Landmarks) -> list[str]:
    """The landmark that travels furthest between two poses; none where nothing moves."""
    far = {name: length(minus(other[name], one[name])) for name in sorted(one) if name.rpartition("_")[2] in MOVERS}
    furthest = max(far, key=lambda name: (round(far[name], 4), name))
    return [furthest] if far[furthest] >= STILL else []


def way_of(name: str, frames: Sequence[Landmarks], camera: Camera, scale: float = 1.0) -> list[Point]:
    """The way of a landmark on the page, through a start, a middle and an end, as a curve; no shorter than can be seen."""
    seen = [camera(frame[name])[:2] for frame in frames]
    start, half, end = _beside(seen[0], seen[-1], frames[-1], camera) if name in CENTRAL else seen
    bend = (2 * half[0] - (start[0] + end[0]) / 2, 2 * half[1] - (start[1] + end[1]) / 2)
    return _at_least([_curve(start, bend, end, step / 12) for step in range(13)], LEAST * scale)


def round_about(name: str, frame: Landmarks, camera: Camera, size: float = 0.16) -> list[Point]:
    """A circle about a landmark, not quite closed."""
    x, y = camera(frame[name])[:2]
    turns = [-0.6 * pi + 1.7 * pi * step / 24 for step in range(25)]
    return [(x + size * cos(turn), y + size * sin(turn)) for turn in turns]


def _beside(start: Point, end: Point, frame: Landmarks, camera: Camera) -> tuple[Point, Point, Point]:
    """A part in the middle of the body is shown moving straight, and up and down beside it, where the arrow can be seen."""
    (ax, ay), (bx, by) = start, end
    half = ((ax + bx) / 2, (ay + by) / 2)
    if abs(by - ay) < abs(bx - ax):
        return start, half, end
    way = -1 if camera.mirrored else 1
    marks = [(camera(point)[:2], radius(name)) for name, point in frame.items()]
    near = [way * x - size for (x, y), size in marks if min(ay, by) - 0.1 < y < max(ay, by) + 0.1]
    aside = min([*near, way * bx]) - 0.1
    is_near = way * bx - aside < BESIDE
    return ((way * aside, ay), (way * aside, half[1]), (way * aside, by)) if is_near else (start, half, end)


def _curve(a: Point, b: Point, c: Point, t: float) -> Point:
    x, y = ((1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t * t * c[i] for i in (0, 1))
    return x, y


def _at_least(points: list[Point], least: float) -> list[Point]:
    """Drawn longer about its middle where it would be too short to see."""
    (ax, ay), (bx, by) = points[0], points[-1]
    long = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    if long >= least:
        return points
    dx, dy = (bx - ax, by - ay) if hypot(bx - ax, by - ay) > 1e-4 else (0.0, -1.0)
    unit = least / hypot(dx, dy)
    return [(bx - dx * unit * (1 - step / 12), by - dy * unit * (1 - step / 12)) for step in range(13)]


def arrow(points: Sequence[Point], scale: float = 1.0) -> str:
    """A line with a white edge and a head, so that it is seen on any grey."""
    large, wide, tip = HEAD * scale, WIDTH * scale, points[-1]
    before = [point for point in points if hypot(point[0] - tip[0], point[1] - tip[1]) > large * 0.75]
    line = polyline(before or points[:1])
    last = (before or points[:1])[-1]
    way = atan2(tip[1] - last[1], tip[0] - last[0])
    corners = [
        (tip[0] + large * far * cos(way + turn), tip[1] + large * far * sin(way + turn))
        for far, turn in ((0, 0.0), (1, pi - 0.5), (1, pi + 0.5))
    ]
    head = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return (
        f'<path d="{line}" fill="none" stroke="#fff" stroke-width="{number(wide * 2.2)}" stroke-linecap="round"/>'
        f'<polygon points="{head}" fill="{INK}" stroke="#fff" stroke-width="{number(wide / 2)}"/>'
        f'<path d="{line}" fill="none" stroke="{INK}" stroke-width="{number(wide)}" stroke-linecap="round"/>'
        f'<polygon points="{head}" fill="{INK}"/>'
    )
