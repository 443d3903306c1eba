"""From angles to landmarks: where each joint is, in metres, the pelvis at the origin."""

from collections.abc import Mapping
from math import atan2, degrees, hypot

from stridewise.figure.body import LENGTHS, RADII, SIDES
from stridewise.figure.hands import Frames, hold_target, reach
from stridewise.figure.pose import Pose
from stridewise.figure.vectors import UP, Turn, Vec, about_x, about_y, about_z, add, joined, middle, minus, times, turned, unit

Landmarks = dict[str, Vec]
ON_TOES = 62.0  # the sole's slope with the heel up
TOES_BEND = 50.0
DOWN = times(UP, -1)


def landmarks(pose: Pose) -> Landmarks:
    """Every landmark of a pose, not yet on the floor."""
    body = frames(pose)
    trunk, upper = _trunk(body.root, pose.angles)
    points = trunk | _head(trunk["neck"], upper, pose.angles["neck"])
    for side in SIDES:
        points |= _leg(pose, side, body.root)
    for side in SIDES:
        points |= arm(pose, side, points, body)
    return points


def frames(pose: Pose) -> Frames:
    """How the pelvis and the chest are turned."""
    root = joined(about_z(pose.angles["face"]), about_x(pose.angles["roll"]), about_y(pose.angles["lean"]))
    return Frames(root, joined(root, about_y(pose.angles["spine"]), about_z(pose.angles["turn"])))


def _trunk(root: Turn, angle: Mapping[str, float]) -> tuple[Landmarks, Turn]:
    """The back, bent at the waist and again at the ribs, half each, so that it looks rounded; and how the chest is turned."""
    half, upper = (joined(root, about_y(angle["spine"] * share), about_z(angle["turn"] * share)) for share in (0.5, 1.0))
    long = LENGTHS["upper_back"] / 2
    waist = turned(root, (0, 0, LENGTHS["low_back"]))
    ribs = add(waist, turned(half, (0, 0, long)))
    chest, neck = (add(ribs, turned(upper, (0, 0, up))) for up in (long - 0.06, long))
    return {"pelvis": (0, 0, 0), "waist": waist, "ribs": ribs, "chest": chest, "neck": neck}, upper


def _head(neck: Vec, upper: Turn, bend: float) -> Landmarks:
    skull, size = joined(upper, about_y(bend)), RADII["head"]
    head = add(neck, turned(skull, (0.02, 0, LENGTHS["neck"] + size)))
    within = {
        "nose": (size * 1.16, 0.0, -0.035),
        "face": (size * 0.3, 0.0, -size * 0.17),
        "left_eye": (size * 0.78, 0.04, 0.0),
        "right_eye": (size * 0.78, -0.04, 0.0),
    }
    return {"head": head} | {name: add(head, turned(skull, place)) for name, place in within.items()}


def _leg(pose: Pose, side: str, root: Turn) -> Landmarks:
    angle, sign = pose.angles, SIDES[side]
    thigh = joined(
        root, about_y(-angle[f"{side}_hip"]), about_x(sign * angle[f"{side}_spread"]), about_z(sign * angle[f"{side}_twist"])
    )
    shin = joined(thigh, about_y(angle[f"{side}_knee"]))
    hip = turned(root, (0, sign * LENGTHS["hip"], -0.01))
    knee = add(hip, turned(thigh, times(DOWN, LENGTHS["thigh"])))
    ankle = add(knee, turned(shin, times(DOWN, LENGTHS["shin"])))
    points = {"hip": hip, "knee": knee, "ankle": ankle} | _foot(pose, side, ankle, shin)
    return {f"{side}_{name}": point for name, point in points.items()}


def _foot(pose: Pose, side: str, ankle: Vec, shin: Turn) -> Landmarks:
    stands = pose.feet[side]
    sole = _sole(stands, shin, pose.angles[f"{side}_ankle"])
    bend = TOES_BEND if stands == "toes" else 0.0
    ball = add(ankle, turned(sole, (LENGTHS["ball"], 0, RADII["ball"] - LENGTHS["ankle"])))
    toe = add(ball, turned(joined(sole, about_y(-bend)), (LENGTHS["toe"], 0, -0.008)))
    heel = add(ankle, turned(sole, (0.02 - LENGTHS["heel"], 0, RADII["heel"] - LENGTHS["ankle"])))
    up = pose.angles[f"{side}_arch"] / 100
    if not up:
        return {"heel": heel, "ball": ball, "toe": toe}
    short = turned(sole, (-up / 2, 0, 0))  # the ball comes towards the heel as the arch rises
    arch = add(middle(heel, ball), turned(sole, (0, 0, up - RADII["ball"])))
    return {"heel": heel, "ball": add(ball, short), "toe": add(toe, short), "arch": arch}


def _sole(stands: str, shin: Turn, ankle: float) -> Turn:
    """How the foot is turned: flat on the floor, on its toes, or as the ankle says."""
    ahead, down = turned(shin, (1, 0, 0)), turned(shin, DOWN)
    heading = ahead if hypot(ahead[0], ahead[1]) > 0.2 else times(down, -1)
    way = about_z(degrees(atan2(heading[1], heading[0])))
    if stands == "flat" and hypot(ahead[0], ahead[1]) > 0.2:
        return way
    return joined(way, about_y(ON_TOES)) if stands == "toes" else joined(shin, about_y(-ankle))


def arm(pose: Pose, side: str, points: Landmarks, body: Frames, target: Vec | None = None) -> Landmarks:
    """An arm by its angles, or with its hand where it holds on: at `target`, or where the named grip is."""
    sign = SIDES[side]
    shoulder = add(points["neck"], turned(body.upper, (pose.angles[f"{side}_blades"] / 100, sign * LENGTHS["shoulder"], -0.055)))
    held = target or hold_target(pose.holds.get(side), side, points, body)
    if held is None:
        elbow, end = _by_angles(pose, side, shoulder, body)
    else:
        elbow, end = reach(shoulder, held, hold=pose.holds.get(side), sign=sign, body=body)
    way = unit(minus(end, elbow))
    found = {"shoulder": shoulder, "elbow": elbow, "wrist": add(elbow, times(way, LENGTHS["forearm"])), "hand": end}
    return {f"{side}_{name}": point for name, point in found.items()}


def _by_angles(pose: Pose, side: str, shoulder: Vec, body: Frames) -> tuple[Vec, Vec]:
    angle, sign = pose.angles, SIDES[side]
    upper = joined(
        body.upper,
        about_y(-angle[f"{side}_shoulder"]),
        about_x(sign * angle[f"{side}_out"]),
        about_z(-sign * angle[f"{side}_arm_twist"]),
    )
    elbow = add(shoulder, turned(upper, times(DOWN, LENGTHS["upper_arm"])))
    fore = joined(upper, about_y(-angle[f"{side}_elbow"]))
    return elbow, add(elbow, turned(fore, times(DOWN, LENGTHS["forearm"] + LENGTHS["hand"])))
