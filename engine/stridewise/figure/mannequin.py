"""The body on the page: tapered limbs, trunk and head, what is far drawn first and a shade darker."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stridewise.figure.body import RADII, SIDES
from stridewise.figure.camera import Camera, Seen
from stridewise.figure.outlines import Circle, capsule, circle, hull, number
from stridewise.figure.skeleton import Landmarks

# near and far; what is told apart by colour is told apart by brightness too
INK: Mapping[str, tuple[str, str]] = {
    "skin": ("#f4d9c6", "#d3b49f"),
    "shirt": ("#7fb3d1", "#5589a8"),
    "shorts": ("#47556f", "#323e55"),
    "shoe": ("#f4f4f4", "#c4c4c4"),
    "hair": ("#5b4636", "#5b4636"),
    "floor": ("#eceff3", "#8d96a1"),
}
LINE = "#262a31"
APART = 0.12  # metres of depth between the sides from which on one of them is the far one


@dataclass(frozen=True)
class Shape:
    """A piece of a picture and how far away it is."""

    depth: float
    svg: str


LIMBS = (
    ("hip", "knee", "thigh", "knee", "shorts"),
    ("knee", "ankle", "knee", "ankle", "skin"),
    ("shoulder", "elbow", "shoulder", "elbow", "shirt"),
    ("elbow", "wrist", "elbow", "wrist", "skin"),
    ("wrist", "hand", "wrist", "hand", "skin"),
)


def body(points: Landmarks, camera: Camera) -> list[Shape]:
    """All shapes of the body, in no order."""
    seen = {name: camera(point) for name, point in points.items()}
    far = _far_side(seen)
    shapes = [shape for side in SIDES for shape in (*_limbs(seen, side, int(side == far)), *_foot(seen, side, int(side == far)))]
    return [*shapes, *_trunk(seen), *_head(seen)]


def _far_side(seen: Mapping[str, Seen]) -> str | None:
    depth = {side: seen[f"{side}_hip"][2] + seen[f"{side}_shoulder"][2] for side in SIDES}
    return max(depth, key=lambda side: depth[side]) if abs(depth["left"] - depth["right"]) > APART else None


def filled(depth: float, outline: str, fill: str) -> Shape:
    """What an outline holds, in a colour."""
    return Shape(depth, f'<path d="{outline}" fill="{fill}"/>')


def _shape(depth: float, outline: str, ink: str, shade: int = 0) -> Shape:
    return filled(depth, outline, INK[ink][shade])


def _round(point: Seen, size: float) -> Circle:
    return point[0], point[1], size


def _limbs(seen: Mapping[str, Seen], side: str, shade: int) -> Iterator[Shape]:
    for one, other, thick, thin, ink in LIMBS:
        a, b = seen[f"{side}_{one}"], seen[f"{side}_{other}"]
        yield _shape((a[2] + b[2]) / 2, capsule(_round(a, RADII[thick]), _round(b, RADII[thin])), ink, shade)


def _foot(seen: Mapping[str, Seen], side: str, shade: int) -> Iterator[Shape]:
    ankle, heel, ball, toe = (seen[f"{side}_{name}"] for name in ("ankle", "heel", "ball", "toe"))
    depth = (heel[2] + ball[2]) / 2
    parts = [(heel, "heel"), (ball, "ball"), (ankle, "ankle")]
    arch = seen.get(f"{side}_arch")
    ink = "shoe" if arch is None else "skin"  # the arch is seen on a bare foot
    yield _shape(depth, hull(_round(point, RADII[name]) for point, name in parts), ink, shade)
    yield _shape(depth - 0.001, capsule(_round(ball, RADII["ball"] * 0.96), _round(toe, RADII["toe"])), ink, shade)
    if arch is not None:
        yield _shape(depth - 0.002, _hollow(heel, arch, ball), "floor")


def _hollow(heel: Seen, arch: Seen, ball: Seen) -> str:
    """What the arch leaves open below the foot."""
    start, end, low = heel[0] + 0.012, ball[0] - 0.012, max(heel[1] + RADII["heel"], ball[1] + RADII["ball"]) + 0.001
    top = 2 * arch[1] - low
    return f"M{number(start)} {number(low)}Q{number(arch[0])} {number(top)} {number(end)} {number(low)}z"


def _trunk(seen: Mapping[str, Seen]) -> Iterator[Shape]:
    chest, waist, pelvis = seen["chest"], seen["waist"], seen["pelvis"]
    shoulders = [_round(seen[f"{side}_shoulder"], RADII["shoulder"]) for side in SIDES]
    hips = [_round(seen[f"{side}_hip"], RADII["hip"] * 0.95) for side in SIDES]
    ribs = _round(seen["ribs"], RADII["ribs"])
    shirt = hull([_round(chest, RADII["chest"]), ribs, _round(waist, RADII["waist"] * 0.95), *shoulders])
    yield _shape((chest[2] + waist[2]) / 2, shirt, "shirt")
    shorts = hull([_round(pelvis, RADII["pelvis"]), _round(waist, RADII["waist"] * 0.9), *hips])
    yield _shape(pelvis[2] + 0.001, shorts, "shorts")


def _head(seen: Mapping[str, Seen]) -> Iterator[Shape]:
    neck, head, face, nose = (seen[name] for name in ("neck", "head", "face", "nose"))
    size = RADII["head"]
    yield _shape(neck[2] + 0.002, capsule(_round(neck, RADII["neck"]), _round(head, RADII["neck"] * 0.9)), "skin")
    yield _shape(head[2] - 0.001, circle(head[0], head[1], size), "hair")
    turned = (head[2] - face[2]) / (0.34 * size)  # 1 the full face, 0 from the side, -1 the back of the head
    if turned < -0.8:
        return
    if turned < 0.9:
        yield _shape(head[2] - 0.0015, capsule(_round(face, size * 0.34), _round(nose, 0.014)), "skin")
    yield _shape(head[2] - 0.002, circle(face[0], face[1], size * 0.8), "skin")
    eyes = sorted((seen["left_eye"], seen["right_eye"]), key=lambda eye: eye[2])[: 2 if turned > 0.5 else 1]
    for x, y, _ in eyes:
        yield Shape(head[2] - 0.003, f'<circle cx="{number(x)}" cy="{number(y)}" r=".013" fill="{LINE}" stroke="none"/>')
