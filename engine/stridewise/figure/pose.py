"""A pose with every angle known: what the pack wrote for all poses, for this one, and for one side of it, put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stridewise.figure.body import PARTS, SIDES
from stridewise.language.drawing import BODY, SIDED, Drawing, DrawnPose

Hold = str | tuple[float, ...]


@dataclass(frozen=True)
class Pose:
    """`angles` in degrees by name, those of a limb with their side before it (`blades` in cm); `bears` says how high, in metres,
    what bears a landmark is; what is not named is borne by the floor. `rests` are the parts that equipment bears in this pose;
    `lift` and `ahead` are how far all of it is in the air and has moved forward, in metres."""

    angles: Mapping[str, float]
    feet: Mapping[str, str]
    holds: Mapping[str, Hold]
    level: tuple[str, ...] = ()
    tip: str = "lean"
    touch: Mapping[str, str] = field(default_factory=dict)
    bears: Mapping[str, float] = field(default_factory=dict)
    rests: tuple[str, ...] = ()
    lift: float = 0.0
    ahead: float = 0.0
    felt: str | None = None
    caption: str = ""

    def bent(self, angle: str, degrees: float) -> "Pose":
        return replace(self, angles={**self.angles, angle: degrees})


def poses_of(drawing: Drawing) -> list[Pose]:
    """The poses of a drawing, in order."""
    bearing = [(thing, str(thing.under)) for thing in drawing.equipment if thing.under]
    bears = {mark: float(thing.height) / 100 for thing, part in bearing for mark in PARTS[part]}
    rests = [tuple(part for thing, part in bearing if thing.pose in (0, number)) for number, _ in enumerate(drawing.poses, 1)]
    return [_pose(drawing.both, *one, bears) for one in zip(drawing.poses, rests, strict=True)]


def _pose(both: DrawnPose, written: DrawnPose, rests: tuple[str, ...], bears: Mapping[str, float]) -> Pose:
    layers = (written, both)
    angles = {name: float(_first(layers, name) or 0) for name in BODY}
    feet: dict[str, str] = {}
    holds: dict[str, Hold] = {}
    for side in SIDES:
        of_side = [one for layer in layers for one in (getattr(layer, side), layer) if one is not None]
        angles |= {f"{side}_{name}": float(_first(of_side, name) or 0) for name in SIDED}
        has_angle = _first(of_side, "ankle") is not None
        feet[side] = _first(of_side, "foot") or ("free" if has_angle else "flat")
        if (hold := _hold(of_side)) is not None:
            holds[side] = hold
    return Pose(
        angles,
        feet,
        holds,
        _first(layers, "level") or (),
        _first(layers, "tip") or "lean",
        _first(layers, "touch") or {},
        bears,
        rests,
        _metres(layers, "lift"),
        _metres(layers, "ahead"),
        written.felt,
        written.caption,
    )


def _first(layers: Any, name: str) -> Any:
    """What the nearest layer says."""
    return next((found for layer in layers if (found := getattr(layer, name)) is not None), None)


def _metres(layers: Any, name: str) -> float:
    return float(_first(layers, name) or 0) / 100


def _hold(layers: Any) -> Hold | None:
    """The nearest hold; a layer that gives angles of the arm before any hold means those."""
    for layer in layers:
        if layer.hold is not None:
            return layer.hold if isinstance(layer.hold, str) else tuple(float(one) / 100 for one in layer.hold)
        if any(getattr(layer, name) is not None for name in ("shoulder", "elbow", "out")):
            return None
    return None


def between(one: Pose, other: Pose, share: float) -> Pose:
    """The pose on the way from one to the other; what is no number is taken from the nearer one."""
    angles = {name: value + (other.angles[name] - value) * share for name, value in one.angles.items()}
    near = one if share < 0.5 else other
    lift, ahead = (a + (b - a) * share for a, b in ((one.lift, other.lift), (one.ahead, other.ahead)))
    return replace(near, angles=angles, lift=lift, ahead=ahead)
