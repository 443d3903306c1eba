"""One pose on the page: body, equipment and arrows, with how much room they take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stridewise.figure.arrows import Point, arrow, mover, way_of
from stridewise.figure.body import PARTS
from stridewise.figure.camera import Camera
from stridewise.figure.contacts import settled
from stridewise.figure.held import HELD
from stridewise.figure.mannequin import Shape, body
from stridewise.figure.pose import Pose, between
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.standing import STANDING
from stridewise.figure.vectors import add
from stridewise.language.drawing import Drawing, Thing


@dataclass(frozen=True)
class Scene:
    """The shapes of one pose from far to near, arrows over them, and left, top, right, bottom."""

    shapes: str
    arrows: str
    box: tuple[float, float, float, float]


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
    found = []
    for number, frame in enumerate(frames):
        ways = _ways(drawing, poses, frames, number, camera) if number else []
        shapes = [*body(frame, camera), *(shape for thing in drawing.equipment for shape in _thing(thing, frames, frame, camera))]
        ordered = "".join(shape.svg for shape in sorted(shapes, key=lambda shape: -shape.depth))
        found.append(Scene(ordered, "".join(map(arrow, ways)), _box(frame, shapes, ways, camera)))
    return found


def _thing(thing: Thing, frames: Sequence[Landmarks], frame: Landmarks, camera: Camera) -> list[Shape]:
    if thing.kind in HELD:
        return HELD[thing.kind](thing, frame, camera)
    return STANDING[thing.kind](thing, frames[min(thing.pose or 1, len(frames)) - 1], frame, camera)


def _ways(
    drawing: Drawing, poses: Sequence[Pose], frames: Sequence[Landmarks], number: int, camera: Camera
) -> list[list[Point]]:  # fmt: skip
    """The ways of the parts that are asked for, or of the one that goes furthest."""
    before, after = frames[number - 1], frames[number]
    names = mover(before, after) if drawing.arrows is None else drawing.arrows
    if not names:
        return []
    half = frame_of(between(poses[number - 1], poses[number], 0.5), drawing.fixed or "feet")
    return [way_of(name, (before, half, after), camera) for name in names]


def _box(
    frame: Landmarks, shapes: Sequence[Shape], ways: Sequence[Sequence[Point]], camera: Camera
) -> tuple[float, float, float, float]:  # fmt: skip
    """How far everything goes: the outlines name their own points."""
    points = [point for way in ways for point in way]
    for shape in shapes:
        for outline in re.findall(r' d="([^"]+)"', shape.svg):
            points += [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", outline)]
    x, y = camera(frame["head"])[:2]
    points += [(x - 0.12, y - 0.12), (x + 0.12, y + 0.12)]
    return (
        min(x for x, _ in points) - 0.05, min(y for _, y in points) - 0.04,
        max(x for x, _ in points) + 0.05, max(0.08, *(y for _, y in points)),
    )  # fmt: skip
