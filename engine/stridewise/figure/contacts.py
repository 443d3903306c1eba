"""The body on what bears it: tipped until two parts lie level, limbs bent until they touch, then let down; hands come last.

A contact is kept where the skin is no more than 1.5 cm from what bears it."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from stridewise.figure.body import BEARING_NOTHING, PARTS, RADII, SIDES, limb_of, radius
from stridewise.figure.pose import Pose
from stridewise.figure.skeleton import Landmarks, arm, frames, landmarks
from stridewise.figure.vectors import Vec, add

KEPT = 0.015
SEARCHED = 50.0  # degrees to either side of what is written
STEPS = 40


def settled(pose: Pose) -> tuple[Pose, Landmarks]:
    """The pose with the angles that its contacts ask for, and its landmarks, the floor at z = 0."""
    pose = _tipped(pose)
    for part, angle in pose.touch.items():
        pose = _touching(pose, part, f"{part.partition('_')[0]}_{angle}")
    points = landmarks(pose)
    down = -_gap(pose, points, _borne(pose, points))
    return pose, _hands_on_floor(pose, {name: add(point, (0, 0, down + pose.lift)) for name, point in points.items()})


def misses(pose: Pose, points: Landmarks) -> dict[str, float]:
    """How far, in metres, each part that should touch is from what bears it."""
    on_floor = (f"{side}_hand" for side, hold in pose.holds.items() if hold == "floor")
    wanted = {*pose.level, *pose.touch, *pose.rests, *on_floor}
    return {part: abs(_gap(pose, points, PARTS[part]) - pose.lift) for part in sorted(wanted)}


def _borne(pose: Pose, points: Iterable[str]) -> list[str]:
    """The landmarks that can bear weight; a hand that goes to the floor follows later."""
    late = {mark for side, hold in pose.holds.items() if hold == "floor" for mark in limb_of(f"{side}_hand")[1:]}
    return [name for name in points if name not in BEARING_NOTHING and name not in late]


def _gap(pose: Pose, points: Landmarks, names: Iterable[str]) -> float:
    """How far the lowest of these landmarks is above what bears it."""
    return min(points[name][2] - radius(name) - pose.bears.get(name, 0.0) for name in names)


def _tipped(pose: Pose) -> Pose:
    if not pose.level:
        return pose
    one, other = (PARTS[part] for part in pose.level)

    def slope(degrees: float) -> float:
        points = landmarks(pose.bent(pose.tip, degrees))
        return _gap(pose, points, one) - _gap(pose, points, other)

    return pose.bent(pose.tip, _root(slope, pose.angles[pose.tip]))


def _touching(pose: Pose, part: str, angle: str) -> Pose:
    """The angle at which the part is as high as what bears it, while the rest of the body stands as it does."""
    free = {*limb_of(part)}
    points = landmarks(pose)
    down = -_gap(pose, points, [name for name in _borne(pose, points) if name not in free])

    def height(degrees: float) -> float:
        return _gap(pose, landmarks(pose.bent(angle, degrees)), PARTS[part]) + down

    return pose.bent(angle, _root(height, pose.angles[angle]))


def _root(of: Callable[[float], float], near: float) -> float:
    """Where the function is 0, as near as can be; where it never is, `near`."""
    tried = [near - SEARCHED + 2 * SEARCHED * step / STEPS for step in range(STEPS + 1)]
    values = [of(one) for one in tried]
    spans = [pair for pair, (low, high) in zip(pairwise(tried), pairwise(values), strict=True) if low * high <= 0]
    if not spans:
        return near
    low, high = min(spans, key=lambda span: abs((span[0] + span[1]) / 2 - near))
    for _ in range(30):
        half = (low + high) / 2
        low, high = (low, half) if of(low) * of(half) <= 0 else (half, high)
    return (low + high) / 2


def _hands_on_floor(pose: Pose, points: Landmarks) -> Landmarks:
    """Hands that hold on to the floor, or to what bears them, straight below their shoulders."""
    for side in (side for side in SIDES if pose.holds.get(side) == "floor"):
        shoulder = points[f"{side}_shoulder"]
        height = pose.bears.get(f"{side}_hand", 0.0) + RADII["hand"]
        target: Vec = (shoulder[0] + 0.02, shoulder[1], height + pose.lift)
        points = points | arm(pose, side, points, frames(pose), target)
    return points
