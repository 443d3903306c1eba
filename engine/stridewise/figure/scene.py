"""One pose on the page: body, equipment and arrows, with how much room they take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stridewise.figure.arrows import Point, arrow, mover, round_about, way_of
from stridewise.figure.body import PARTS, radius
from stridewise.figure.camera import Camera
from stridewise.figure.contacts import settled
from stridewise.figure.held import HELD
from stridewise.figure.layout import Box
from stridewise.figure.mannequin import Shape, body
from stridewise.figure.marks import MARKS
from stridewise.figure.pose import Pose, between
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.standing import STANDING
from stridewise.figure.vectors import add
from stridewise.language.drawing import Drawing, Thing

ZOOMED, CLOSE = 0.2, 0.35  # a foot shown large: metres to either side, how thick lines and arrows are
STEEP = 20  # degrees from which a camera sees the floor as a mat
ROUND = "round_"  # before the name of a part that goes in circles
_POINT = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")
_CIRCLE = re.compile(r"M(-?[\d.]+) (-?[\d.]+)a([\d.]+) ")


@dataclass(frozen=True)
class Scene:
    """The shapes of one pose from far to near, arrows over them, how far they go on the page, and the body on the floor."""

    shapes: str
    arrows: str
    box: Box
    ground: Box
    scale: float = 1.0


def frame_of(pose: Pose, fixed: str) -> Landmarks:
    """The landmarks of a settled pose, with the part that stays in place above the origin."""
    points = settled(pose)[1]
    marks = [points[mark] for mark in PARTS[fixed]]
    off = (-sum(one[0] for one in marks) / len(marks), -sum(one[1] for one in marks) / len(marks), 0.0)
    off = add(off, (pose.ahead, 0.0, 0.0))
    return {name: add(point, off) for name, point in points.items()}


def scenes(drawing: Drawing, poses: Sequence[Pose], camera: Camera) -> list[Scene]:
    """The poses of a drawing, each as a scene."""
    fixed = drawing.fixed or "feet"
    frames = [frame_of(pose, fixed) for pose in poses]
    scale = 1.0 if drawing.zoom is None else CLOSE
    found = []
    for number, frame in enumerate(frames):
        ways = _ways(drawing, poses, frames, number, camera, scale)
        shapes = [*body(frame, camera), *(shape for thing in drawing.equipment for shape in _thing(thing, frames, frame, camera))]
        ordered = "".join(shape.svg for shape in sorted(shapes, key=lambda shape: -shape.depth))
        box = _box(frame, shapes, ways, camera) if drawing.zoom is None else _close(frame, drawing.zoom, camera)
        felt = MARKS[mark](frame, camera) if (mark := poses[number].felt) else ""
        found.append(Scene(ordered, felt + "".join(arrow(way, scale) for way in ways), box, _ground(frame), scale))
    return found


def _ground(frame: Landmarks) -> Box:
    xs, ys = [point[0] for point in frame.values()], [point[1] for point in frame.values()]
    return min(xs) - 0.2, min(ys) - 0.2, max(xs) + 0.2, max(ys) + 0.2


def ground_seen(ground: Box, camera: Camera) -> list[Point]:
    """The corners of the floor below the body, on the page."""
    x, y, far_x, far_y = ground
    return [camera((a, b, 0.0))[:2] for a, b in ((x, y), (far_x, y), (far_x, far_y), (x, far_y))]


def _close(frame: Landmarks, part: str, camera: Camera) -> Box:
    """The part and what is round it."""
    seen = [camera(frame[mark]) for mark in PARTS[part]]
    x, y = (min(one[axis] for one in seen) + max(one[axis] for one in seen) for axis in (0, 1))
    return x / 2 - ZOOMED, y / 2 - ZOOMED, x / 2 + ZOOMED, y / 2 + ZOOMED * 0.6


def _thing(thing: Thing, frames: Sequence[Landmarks], frame: Landmarks, camera: Camera) -> list[Shape]:
    if thing.kind in HELD:
        return HELD[thing.kind](thing, frame, camera)
    return STANDING[thing.kind](thing, frames[min(thing.pose or 1, len(frames)) - 1], frame, camera)


def _ways(
    drawing: Drawing, poses: Sequence[Pose], frames: Sequence[Landmarks], number: int, camera: Camera, scale: float
) -> list[list[Point]]:
    """The ways of the parts that are asked for, or of the one that goes furthest; a circle where a part goes round."""
    asked = drawing.arrows or ()
    circles = [round_about(name.removeprefix(ROUND), frames[number], camera) for name in asked if name.startswith(ROUND)]
    if not number:
        return circles if len(poses) == 1 else []
    before, after = frames[number - 1], frames[number]
    names = mover(before, after) if drawing.arrows is None else [name for name in asked if not name.startswith(ROUND)]
    half = frame_of(between(poses[number - 1], poses[number], 0.5), drawing.fixed or "feet") if names else {}
    return circles + [way_of(name, (before, half, after), camera, scale) for name in names]


def _box(frame: Landmarks, shapes: Sequence[Shape], ways: Sequence[Sequence[Point]], camera: Camera) -> Box:
    """How far everything goes: the outlines name their own points."""
    points = [point for way in ways for point in way]
    for name, place in frame.items():
        (x, y), size = camera(place)[:2], radius(name)
        points += [(x - size, y - size), (x + size, y + size)]
    for outline in (outline for shape in shapes for outline in re.findall(r' d="([^"]+)"', shape.svg)):
        points += [(float(x), float(y)) for x, y in _POINT.findall(outline)]
        rounds = [tuple(map(float, one)) for one in _CIRCLE.findall(outline)]
        points += [(x + 2 * r, y + side * r) for x, y, r in rounds for side in (-1, 1)]
    if camera.above > STEEP:
        points += ground_seen(_ground(frame), camera)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - 0.05, min(ys) - 0.04, max(xs) + 0.05, max(0.08, *ys)
