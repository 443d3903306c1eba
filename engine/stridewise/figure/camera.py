"""From the room to the page: an orthographic view, x to the right, y downwards, and how far away each point is."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

from stridewise.figure.vectors import Vec

Seen = tuple[float, float, float]  # x, y, depth; metres


@dataclass(frozen=True)
class Camera:
    """`around` in degrees: 0 looks at the right side of the body, 90 at its front; `above` is how far it looks down. `mirrored`
    shows the left side as what is written shows the right."""

    around: float
    above: float
    mirrored: bool = False

    def __call__(self, point: Vec) -> Seen:
        c, s = cos(radians(self.around)), sin(radians(self.around))
        x, away = point[0] * c + point[1] * s, point[1] * c - point[0] * s
        c, s = cos(radians(self.above)), sin(radians(self.above))
        return -x if self.mirrored else x, -(point[2] * c + away * s), away * c - point[2] * s


VIEWS: Mapping[str, tuple[float, float]] = {
    "side": (12, 7),
    "front": (90, 7),
    "corner": (42, 9),
    "back": (270, 7),
    "above": (90, 38),
}


def camera(view: str, side: str = "right") -> Camera:
    """The camera of a view, for an exercise of one side."""
    return Camera(*VIEWS[view], mirrored=side == "left")
