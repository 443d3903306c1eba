"""What is felt and not seen, laid over the body: where it pulls in a stretch, and the pelvic floor as a sling in the pelvis. Told
apart by shape and brightness, so that it is read in grey too."""

from collections.abc import Callable, Mapping, Sequence

from stridewise.figure.arrows import arrow
from stridewise.figure.camera import Camera
from stridewise.figure.mannequin import LINE
from stridewise.figure.outlines import capsule, hull, number
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.vectors import Vec, add, cross, minus, times, unit

BRIGHT, SLING, BONE = "#ffd23f", "#b91c1c", "#fbf3e0"
# Places in the pelvis in metres, forward, to the left and up from its middle; of a bone each with how thick it is there.
SIT_LEFT, SIT_RIGHT, PUBIS, TAIL = (0.0, 0.08, -0.1), (0.0, -0.08, -0.1), (0.09, 0.0, -0.06), (-0.1, 0.0, -0.06)
SACRUM = ((-0.09, 0.0, 0.08, 0.04), (-0.1, 0.0, -0.05, 0.018))
WING = (
    (-0.08, 0.075, 0.11, 0.016),
    (0.06, 0.155, 0.095, 0.018),
    (0.05, 0.15, 0.04, 0.016),
    (0.02, 0.115, -0.03, 0.028),
    (-0.06, 0.06, 0.05, 0.014),
)
RING = ((0.02, 0.1, -0.04, 0.02), (0.0, 0.08, -0.1, 0.022))
ARCH = ((0.02, 0.1, -0.04, 0.018), (0.09, 0.02, -0.045, 0.018))
Drawn = Callable[[Landmarks, Camera], str]


def hip_pulls(points: Landmarks, camera: Camera) -> str:
    """A bright patch over the front of the right hip."""
    thigh, trunk = (unit(minus(points[end], points["right_hip"])) for end in ("right_knee", "right_shoulder"))
    ahead = times(unit(minus(points["right_toe"], points["right_heel"])), 0.05)
    ends = [camera(add(add(points["right_hip"], ahead), times(way, far))) for way, far in ((trunk, 0.06), (thigh, 0.15))]
    outline = capsule((*ends[0][:2], 0.05), (*ends[1][:2], 0.038))
    return f'<path d="{outline}" fill="{BRIGHT}" stroke="{LINE}" stroke-width=".014" stroke-dasharray=".03 .02"/>'


def floor_at_rest(points: Landmarks, camera: Camera) -> str:
    """The pelvic floor let go: a thin sling that hangs low in the bones of the pelvis."""
    return _bones(points, camera) + _sling(points, camera, -0.075, 0.022)


def floor_lifted(points: Landmarks, camera: Camera) -> str:
    """The pelvic floor squeezed: the sling is thick and high, with an arrow below it."""
    low, high = (camera(_inside(points, (0, 0, up)))[:2] for up in (-0.17, -0.03))
    way = [(low[0] + (high[0] - low[0]) * step / 8, low[1] + (high[1] - low[1]) * step / 8) for step in range(9)]
    return _bones(points, camera) + _sling(points, camera, 0.055, 0.045) + arrow(way, 0.55)


def _bones(points: Landmarks, camera: Camera) -> str:
    """Sacrum, and on each side the wing of the hip bone and the ring below it, the far ones first."""
    sides = sorted((-1, 1), key=lambda sign: -camera(_inside(points, (0, 0.1 * sign, 0)))[2])
    shapes = [SACRUM, *(tuple((x, sign * y, z, size) for x, y, z, size in bone) for sign in sides for bone in (RING, ARCH, WING))]
    return "".join(_bone(points, camera, bone) for bone in shapes)


def _bone(points: Landmarks, camera: Camera, bone: Sequence[tuple[float, float, float, float]]) -> str:
    rounds = [(*camera(_inside(points, (x, y, z)))[:2], size) for x, y, z, size in bone]
    return f'<path d="{hull(rounds, sides=10)}" fill="{BONE}" stroke="{LINE}" stroke-width=".01"/>'


def _sling(points: Landmarks, camera: Camera, rise: float, thick: float) -> str:
    """From side to side or from front to back, whichever is seen; it hangs down or rises in the middle."""
    pairs = [[camera(_inside(points, end)) for end in ends] for ends in ((SIT_LEFT, SIT_RIGHT), (PUBIS, TAIL))]
    one, other = max(pairs, key=lambda pair: abs(pair[0][0] - pair[1][0]))
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2 - 2 * rise
    path = f"M{number(one[0])} {number(one[1])}Q{number(x)} {number(y)} {number(other[0])} {number(other[1])}"
    lines = ((LINE, thick + 0.016), (SLING, thick))
    return "".join(
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{number(wide)}" stroke-linecap="round"/>'
        for ink, wide in lines
    )


def _inside(points: Landmarks, place: Vec) -> Vec:
    """A place in the pelvis, forward, to the left and up from its middle."""
    across, up = unit(minus(points["left_hip"], points["right_hip"])), unit(minus(points["waist"], points["pelvis"]))
    return add(points["pelvis"], add(add(times(cross(across, up), place[0]), times(across, place[1])), times(up, place[2])))


MARKS: Mapping[str, Drawn] = {
    "hip_pulls": hip_pulls,
    "pelvic_floor_at_rest": floor_at_rest,
    "pelvic_floor_lifted": floor_lifted,
}
