"""Equipment that moves with the body: what is held, worn or rolled."""

from collections.abc import Callable, Iterable, Mapping

from stridewise.figure.body import PARTS, RADII
from stridewise.figure.camera import Camera
from stridewise.figure.mannequin import LINE, Shape, filled
from stridewise.figure.outlines import capsule, disc, polyline, rim, solid
from stridewise.figure.skeleton import Landmarks
from stridewise.figure.vectors import Vec, add, middle, minus, times, unit
from stridewise.language.drawing import Thing

IRON, RUBBER, CLOTH, BALL = "#3c3f45", "#2b2e34", "#ffffff", "#b9c2cc"
ACROSS: Vec = (0.0, 1.0, 0.0)
AHEAD: Vec = (1.0, 0.0, 0.0)
UPRIGHT: Vec = (0.0, 0.0, 1.0)
Held = Callable[[Thing, Landmarks, Camera], list[Shape]]


def _bar(centre: Vec, way: Vec, half: float, camera: Camera, plates: Iterable[tuple[float, float, float]]) -> list[Shape]:
    """A bar with plates, each given by its place along the bar, its radius and its thickness."""
    ends = [camera(add(centre, times(way, along))) for along in (-half, half)]
    depth = camera(centre)[2] - 0.06
    shapes = [filled(depth, capsule((*ends[0][:2], 0.015), (*ends[1][:2], 0.015)), IRON)]
    for along, size, thick in plates:
        at = add(centre, times(way, along))
        shapes.append(filled(camera(at)[2] - 0.06, disc(at, way, size, thick, camera), IRON))
    return shapes


def _dumbbell_at(centre: Vec, way: Vec, camera: Camera) -> list[Shape]:
    return _bar(centre, way, 0.1, camera, [(-0.1, 0.058, 0.07), (0.1, 0.058, 0.07)])


def _below(hand: Vec) -> Vec:
    return add(hand, (0, 0, -0.015))


def _dumbbells(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    way = ACROSS if thing.where == "beside" else AHEAD
    hands = [points[mark] for mark in ("left_hand", "right_hand")]
    return [shape for hand in hands for shape in _dumbbell_at(_below(hand), way, camera)]


def _dumbbell(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    hand = points[PARTS[thing.at][0]] if thing.at else points["right_hand"]
    return _dumbbell_at(_below(hand), AHEAD, camera)


def _hands(points: Landmarks) -> Vec:
    return middle(points["left_hand"], points["right_hand"])


def _dumbbell_upright(_: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    return _bar(add(_hands(points), (0.03, 0, -0.01)), UPRIGHT, 0.12, camera, [(-0.11, 0.07, 0.07), (0.11, 0.07, 0.07)])


def _kettlebell(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """The bell hangs on in the way of the arms."""
    hand = points[PARTS[thing.at][0]] if thing.at and thing.at != "hands" else _hands(points)
    way = unit(minus(points["right_hand"], points["right_elbow"])) if thing.where == "front" else times(UPRIGHT, -1)
    bell, depth = add(hand, times(way, 0.15)), camera(hand)[2] - 0.05
    x, y, _ = camera(bell)
    a, b = camera(add(hand, times(way, 0.02)))[:2], camera(bell)[:2]
    handle = f'<path d="{capsule((*a, 0.045), (*b, 0.06))}" fill="none" stroke="{IRON}" stroke-width=".024"/>'
    return [Shape(depth, handle), filled(depth - 0.001, capsule((x, y, 0.095), (x, y, 0.095)), IRON)]


def _barbell(_: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    return _bar(_hands(points), ACROSS, 0.8, camera, [(-0.7, 0.17, 0.05), (0.7, 0.17, 0.05)])


def _trap_bar(_: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """A frame round the body with its sleeves to the sides."""
    middle_ = _hands(points)
    frame = [(0.38, 0.2), (0.38, -0.2), (0.0, -0.42), (-0.38, -0.2), (-0.38, 0.2), (0.0, 0.42)]
    corners = [camera(add(middle_, (x, y, -0.01))) for x, y in frame]
    line = f'<path d="{polyline([*corners, corners[0]])}" fill="none" stroke="{IRON}" stroke-width=".03"/>'
    plates = _bar(middle_, ACROSS, 0.001, camera, [(-0.6, 0.17, 0.05), (0.6, 0.17, 0.05)])
    return [Shape(camera(middle_)[2] - 0.05, line), *plates]


def _mini_band(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """A loop round both legs, above the knees or round the feet."""
    part = (thing.at or "knees").removeprefix("left_").removeprefix("right_")
    joint, share = {"feet": ("ball", 0.0), "foot": ("ball", 0.0)}.get(part, ("knee", 0.25))
    at = [_along(points, side, joint, share) for side in ("left", "right")]
    way = unit(minus(at[0], at[1]))
    size = RADII["knee"] + 0.025 if joint == "knee" else 0.05
    ends = [camera(add(at[0], times(way, size))), camera(add(at[1], times(way, -size)))]
    band = capsule((*ends[0][:2], 0.03), (*ends[1][:2], 0.03))
    return [filled(min(camera(one)[2] for one in at) - 0.12, band, RUBBER)]


def _along(points: Landmarks, side: str, joint: str, share: float) -> Vec:
    if joint == "ball":
        return middle(points[f"{side}_ball"], points[f"{side}_ankle"])
    knee, hip = points[f"{side}_knee"], points[f"{side}_hip"]
    return add(knee, times(minus(hip, knee), share))


def _towel(_: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """From one hand round the soles to the other."""
    soles = [add(points[name], (0.05, 0, 0)) for name in ("right_ball", "left_ball")]
    seen = [camera(one) for one in (points["right_hand"], *soles, points["left_hand"])]
    return [Shape(min(one[2] for one in seen) - 0.06, rope(seen, CLOTH, 0.035))]


def _under(thing: Thing, points: Landmarks) -> list[Vec]:
    return [points[mark] for mark in PARTS[thing.under or thing.at or "feet"]]


def _swiss_ball(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """A ball as high as what it bears, below it."""
    size = float(thing.height) / 200
    marks = _under(thing, points)
    centre = times(add(marks[0], marks[-1]), 0.5)
    x, y, depth = camera((centre[0] + float(thing.away) / 100, centre[1], size))
    shine = capsule((x - size * 0.35, y - size * 0.45, 0.03), (x - size * 0.5, y - size * 0.25, 0.03))
    return [filled(depth + 0.5, capsule((x, y, size), (x, y, size)), BALL), filled(depth + 0.499, shine, "#ffffff")]


def _roller(thing: Thing, points: Landmarks, camera: Camera) -> list[Shape]:
    """A roll below what it bears, or on top of what it holds down."""
    size, marks = float(thing.height) / 200, _under(thing, points)
    x, y = (sum(one[axis] for one in marks) / len(marks) for axis in (0, 1))
    is_above = thing.where == "above"
    long = 0.5 if marks[0][1] * marks[-1][1] < 0 else 0.2
    centre = (x, y, max(one[2] for one in marks) + RADII["ankle"] + size if is_above else size)
    depth = camera(centre)[2] + (-0.4 if is_above else 0.4)
    end = rim(centre, ACROSS, size, -long / 2)
    return [filled(depth, disc(centre, ACROSS, size, long, camera), BALL), filled(depth - 0.001, solid(end, camera), "#8d97a3")]


def rope(seen: Iterable[tuple[float, float, float]], colour: str, width: float) -> str:
    """A line with a dark edge."""
    line = polyline(list(seen))
    return (
        f'<path d="{line}" fill="none" stroke="{LINE}" stroke-width="{width + 0.016:.3f}" stroke-linecap="round"/>'
        f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{width:.3f}" stroke-linecap="round"/>'
    )


HELD: Mapping[str, Held] = {
    "dumbbells": _dumbbells,
    "dumbbell": _dumbbell,
    "dumbbell_upright": _dumbbell_upright,
    "kettlebell": _kettlebell,
    "barbell": _barbell,
    "trap_bar": _trap_bar,
    "mini_band": _mini_band,
    "towel": _towel,
    "swiss_ball": _swiss_ball,
    "roller": _roller,
}
