"""Drawings for the tests: those of the built-in exercises, and small ones from a few angles."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from plans import built_in
from stridewise.figure.contacts import settled
from stridewise.figure.pose import Pose, poses_of
from stridewise.figure.skeleton import Landmarks
from stridewise.language.drawing import Drawing, read_drawing

DRAWN = sorted(name for name, exercise in built_in().exercises.items() if exercise.drawing)


def drawing(*poses: Mapping[str, Any], **more: Any) -> Drawing:
    """A drawing of these poses."""
    return read_drawing(json.dumps({"poses": list(poses), **more}))


@cache
def frames(name: str) -> list[tuple[Pose, Landmarks]]:
    """The settled poses of a built-in exercise."""
    return [settled(pose) for pose in poses_of(read_drawing(built_in().exercises[name].drawing))]


def stood(**angles: Any) -> tuple[Pose, Landmarks]:
    """One pose, settled."""
    return settled(poses_of(drawing(angles))[0])
