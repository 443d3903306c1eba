"""Where hands hold on, and how an arm gets there: two bones, the elbow on the side where it belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from stridewise.figure.body import LENGTHS, SIDES
from stridewise.figure.vectors import Turn, Vec, add, dot, length, minus, times, turned, unit

Place = tuple[float, float, float]  # forward, outward, up in metres
UPPER, LOWER = LENGTHS["upper_arm"], LENGTHS["forearm"] + LENGTHS["hand"]


@dataclass(frozen=True)
class Frames:
    """How the pelvis (`root`) and the chest (`upper`) are turned."""

    root: Turn
    upper: Turn


# Where a named grip is: from the middle between the shoulders as the chest is turned, from the pelvis as it is turned, or from a
# joint of the same side, in the room.
GRIPS: Mapping[str, tuple[str, Place]] = {
    "chest": ("neck", (0.2, 0.05, -0.16)),
    "crossed": ("neck", (0.13, -0.1, -0.13)),
    "rack": ("neck", (0.13, 0.16, -0.02)),
    "shoulders": ("neck", (-0.09, 0.3, 0.0)),
    "head": ("neck", (-0.06, 0.09, 0.17)),
    "front": ("neck", (0.43, 0.05, -0.16)),
    "cheek": ("neck", (0.0, 0.0, 0.13)),
    "hips": ("pelvis", (0.03, 0.17, 0.06)),
    "belly": ("pelvis", (0.13, 0.03, 0.12)),
    "low_back": ("pelvis", (-0.12, 0.03, 0.12)),
    "thighs": ("pelvis", (0.16, 0.15, -0.17)),
    "seat": ("pelvis", (-0.02, 0.2, -0.06)),
    "under_seat": ("pelvis", (-0.08, 0.06, -0.06)),
    "knee": ("knee", (0.02, 0.0, 0.08)),
    "shin": ("knee", (0.07, -0.03, -0.07)),
    "foot": ("ball", (-0.03, 0.02, 0.06)),
}
# Towards where the elbow points, as the chest is turned.
ELBOWS: Mapping[str, Place] = {
    "rack": (1.0, 0.25, -0.3),
    "shoulders": (-0.3, 0.3, -1.0),
    "head": (-0.1, 1.0, 0.3),
    "floor": (-0.5, 1.0, 0.0),
    "hips": (-0.6, 1.0, 0.0),
    "low_back": (-0.6, 1.0, 0.0),
    "cheek": (0.3, 0.4, 1.0),
    "crossed": (0.2, 0.8, -1.0),
}


def hold_target(hold: str | tuple[float, ...] | None, side: str, points: Mapping[str, Vec], body: Frames) -> Vec | None:
    """Where the hand of a side holds on; None where the arm goes by its angles, or holds on to something outside the body."""
    grip = ("neck", hold) if isinstance(hold, tuple) else GRIPS.get(hold or "")
    if grip is None:
        return None
    origin, (x, y, z) = grip
    place = (x, SIDES[side] * y, z)
    if turn := {"neck": body.upper, "pelvis": body.root}.get(origin):
        return add(points[origin], turned(turn, place))
    return add(points[f"{side}_{origin}"], place)


def reach(shoulder: Vec, hand: Vec, *, hold: str | tuple[float, ...] | None, sign: int, body: Frames) -> tuple[Vec, Vec]:
    """The elbow and the hand of an arm that reaches for a point, or as far towards it as the arm is long."""
    x, y, z = ELBOWS.get(hold, (-0.35, 0.6, -1.0)) if isinstance(hold, str) else (-0.35, 0.6, -1.0)
    way = minus(hand, shoulder)
    far = min(max(length(way), abs(UPPER - LOWER) + 0.01), UPPER + LOWER - 0.003)
    way = unit(way)
    along = (UPPER**2 - LOWER**2 + far**2) / (2 * far)
    hint = turned(body.upper, (x, sign * y, z))
    aside = unit(minus(hint, times(way, dot(hint, way))))
    elbow = add(add(shoulder, times(way, along)), times(aside, sqrt(max(UPPER**2 - along**2, 0.0))))
    return elbow, add(shoulder, times(way, far))
