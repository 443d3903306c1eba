"""Equipment that stays where it is: what the body stands, sits, lies or leans on, and what a band or cable is fixed to."""

from collections.abc import Callable, Mapping

from stridewise.figure.body import PARTS
from stridewise.figure.camera import Camera
from stridewise.figure.held import RUBBER, rope
from stridewise.figure.mannequin import Shape, filled
from stridewise.figure.outlines import capsule, solid
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.vectors import Vec, add, times
from stridewise.language.drawing import Thing

WOOD, TOP, WALL, STEEL = "#c9ced6", "#e3e7ec", "#dde2e8", "#8a929d"
BEHIND = 9.0  # the depth of what stands behind everything
TOWARDS: Mapping[str, Vec] = {
    "front": (1.0, 0.0, 0.0),
    "behind": (-1.0, 0.0, 0.0),
    "beside": (0.0, -1.0, 0.0),
    "above": (0.0, 0.0, 1.0),
    "below": (0.0, 0.0, -1.0),
}
Standing = Callable[[Thing, Landmarks, Landmarks, Camera], list[Shape]]  # where it was placed, and the body now


def block(centre: Vec, size: Vec, camera: Camera, fill: str = WOOD, depth: float = BEHIND) -> list[Shape]:
    """A block on its middle point, with its upper face lighter."""
    x, y, z = (one / 2 for one in size)
    top = [add(centre, (a * x, b * y, z)) for a in (-1, 1) for b in (-1, 1)]
    foot = [add(point, (0, 0, -size[2])) for point in top]
    return [filled(depth, solid([*top, *foot], camera), fill), filled(depth - 0.001, solid(top, camera), TOP)]


def _place(part: str, points: Landmarks) -> Vec:
    """The middle of a part, seen from above."""
    marks = [points[mark] for mark in PARTS[part]]
    return (sum(one[0] for one in marks) / len(marks), sum(one[1] for one in marks) / len(marks), 0.0)


def _stood(thing: Thing, placed: Landmarks) -> tuple[Vec, float]:
    """Where it stands and how high it is."""
    at = _place(thing.under or thing.at or "feet", placed)
    return add(at, times(TOWARDS[thing.where], float(thing.away) / 100)), float(thing.height) / 100


def _box(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    at, height = _stood(thing, placed)
    return block(add(at, (0, 0, height / 2)), (0.42, 0.42, height), camera)


def _bench(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    """A padded top on two legs; along the body, or across where it stands beside or behind."""
    at, height = _stood(thing, placed)
    along = thing.where in ("front", "above")
    size = (1.2, 0.3, 0.1) if along else (0.32, 1.1, 0.1)
    legs = [(0.45, 0, 0), (-0.45, 0, 0)] if along else [(0, 0.42, 0), (0, -0.42, 0)]
    low = height - 0.1
    frame = [shape for leg in legs for shape in block(add(add(at, leg), (0, 0, low / 2)), (0.08, 0.08, low), camera, STEEL)]
    return [*frame, *block(add(at, (0, 0, height - 0.05)), size, camera, depth=BEHIND - 0.01)]


def _chair(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    at, height = _stood(thing, placed)
    seat = block(add(at, (0.02, 0, height - 0.025)), (0.44, 0.42, 0.05), camera, depth=BEHIND - 0.02)
    back = block(add(at, (-0.2, 0, height + 0.2)), (0.04, 0.42, 0.5), camera, depth=BEHIND - 0.01)
    corners = [(x, y, height / 2) for x in (-0.18, 0.21) for y in (-0.18, 0.18)]
    legs = [shape for corner in corners for shape in block(add(at, corner), (0.04, 0.04, height), camera, STEEL)]
    return [*legs, *back, *seat]


def _backrest(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    """A pad behind the back on a column."""
    at, height = _place("back", placed), float(thing.height) / 100
    pad = block(add(at, (-0.18 - float(thing.away) / 100, 0, height)), (0.08, 0.36, 0.6), camera, depth=BEHIND - 0.01)
    foot = block(add(at, (-0.24 - float(thing.away) / 100, 0, height / 2)), (0.06, 0.1, height), camera, STEEL)
    return [*foot, *pad]


def _wall(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    """A wall in front of, behind or beside a part that touches it."""
    at, way = _place(thing.at or "hands", placed), TOWARDS[thing.where]
    centre = add(at, times(way, 0.08 + float(thing.away) / 100))
    size = (0.08, 0.9, 2.1) if way[0] else (0.9, 0.08, 2.1)
    return block((centre[0], centre[1], 1.05), size, camera, WALL)


def _post(thing: Thing, placed: Landmarks, _: Landmarks, camera: Camera) -> list[Shape]:
    at, height = _stood(thing, placed)
    return block(add(at, (0, 0, height / 2)), (0.07, 0.07, height), camera, STEEL)


def _pull_up_bar(_: Thing, placed: Landmarks, now: Landmarks, camera: Camera) -> list[Shape]:
    """A bar across, on two posts."""
    x, z = now["right_hand"][0], now["right_hand"][2]
    ends = [camera((x, y, z)) for y in (-0.65, 0.65)]
    posts = [shape for y in (-0.65, 0.65) for shape in block((x, y, z / 2), (0.06, 0.06, z + 0.1), camera, STEEL)]
    bar = capsule((*ends[0][:2], 0.022), (*ends[1][:2], 0.022))
    return [*posts, filled(camera(now["right_hand"])[2] + 0.05, bar, STEEL)]


def _pillow(thing: Thing, placed: Landmarks, now: Landmarks, camera: Camera) -> list[Shape]:
    marks = [now[mark] for mark in PARTS[thing.under or thing.at or "head"]]
    size = max(float(thing.height) / 200, 0.03)
    low = min(marks, key=lambda one: one[2])
    ends = [camera((low[0] + x, low[1], size)) for x in (-0.12, 0.12)]
    return [filled(BEHIND, capsule((*ends[0][:2], size), (*ends[1][:2], size)), TOP)]


def _tied(thing: Thing, placed: Landmarks, now: Landmarks, camera: Camera) -> list[Shape]:
    """A band from a post, or a cable from its tower, to the part that pulls."""
    way, height = TOWARDS[thing.where], float(thing.height) / 100
    at = _place(thing.at or "hands", placed)
    foot = add(at, times(way, float(thing.away) / 100)) if thing.where != "above" else add(at, (float(thing.away) / 100, 0, 0))
    parts = [now[PARTS[thing.at or "hands"][0]], now[PARTS[thing.at or "hands"][-1]]]
    is_cable = thing.kind == "cable"
    wide = 0.16 if is_cable else 0.07
    tower = block(add(foot, (0, 0, height / 2 + 0.1)), (wide, wide * 1.6, height + 0.2), camera, STEEL)
    hook: Vec = (foot[0], foot[1], height)
    arm: list[Shape] = []
    if thing.where == "above":
        hook = (at[0], at[1], height)
        arm = block(((foot[0] + at[0]) / 2, at[1], height + 0.05), (abs(foot[0] - at[0]) + 0.1, 0.08, 0.08), camera, STEEL)
    ends = parts if thing.at in ("hands", "knees", None) and parts[0] != parts[1] else parts[:1]
    lines = [rope([camera(hook), camera(end)], RUBBER if not is_cable else STEEL, 0.012 if is_cable else 0.03) for end in ends]
    depth = min(camera(one)[2] for one in parts) - 0.05
    return [*tower, *arm, *(Shape(depth, line) for line in lines)]


STANDING: Mapping[str, Standing] = {
    "box": _box,
    "bench": _bench,
    "chair": _chair,
    "backrest": _backrest,
    "wall": _wall,
    "post": _post,
    "pull_up_bar": _pull_up_bar,
    "pillow": _pillow,
    "long_band": _tied,
    "cable": _tied,
}
