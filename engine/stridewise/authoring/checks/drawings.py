"""Drawings: which exercises have none, and angles that no joint reaches."""

from collections.abc import Iterator, Mapping
from typing import Any

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.language.drawing import BODY, SIDED
from stridewise.packs.pack import Written

RANGES = {**BODY, **SIDED}


@check("missing-drawing")
def missing_drawings(subject: Subject) -> Iterator[Finding]:
    """A runner who sees the exercise does it better than one who reads about it."""
    for written in subject.exercises:
        if not written.item.drawing:
            message = f"{written.item.id} has no drawing."
            yield Finding("info", written.place, message, "Add drawing: poses, or a file of your own.")


@check("angle")
def angles(subject: Subject) -> Iterator[Finding]:
    """Every angle is one that the joint has."""
    for written in subject.exercises:
        drawing = written.node.get("drawing") or {}
        yield from _of(written, drawing.get("both") or {}, "drawing", "both")
        for number, pose in enumerate(drawing.get("poses") or ()):
            yield from _of(written, pose, "drawing", "poses", number)


def _of(written: Written, pose: Mapping[str, Any], *steps: str | int) -> Iterator[Finding]:
    for name, value in pose.items():
        if name in ("left", "right") and value is not None:
            yield from _of(written, value, *steps, name)
        elif name in RANGES and value is not None and not RANGES[name][0] <= value <= RANGES[name][1]:
            message = f"{written.item.id}: {name} {value} is outside {RANGES[name][0]} to {RANGES[name][1]}."
            yield Finding("error", written.at(*steps, name), message, "Write an angle that the joint has.")
