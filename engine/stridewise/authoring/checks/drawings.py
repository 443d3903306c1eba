"""Drawings: which exercises have none, and angles that no joint reaches."""

from collections.abc import Iterator, Mapping
from typing import Any

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.documents.located import line_of
from stridewise.language.drawing import BODY, SIDED
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import Written

RANGES = {**BODY, **SIDED}


class MissingDrawings:
    """A runner who sees the exercise does it better than one who reads about it."""

    name = "missing-drawing"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in (written for pack in subject.packs for written in pack.exercises):
            if not written.item.drawing:
                message = f"{written.item.id} has no drawing."
                yield Finding("info", written.place, self.name, message, "Add drawing: poses, or a file of your own.")


class Angles:
    """Every angle is one that the joint has."""

    name = "angle"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in (written for pack in subject.packs for written in pack.exercises):
            drawing = written.node.get("drawing") or {}
            yield from self._of(written, drawing.get("both") or {}, "drawing", "both")
            for number, pose in enumerate(drawing.get("poses") or ()):
                yield from self._of(written, pose, "drawing", "poses", number)

    def _of(self, written: Written, pose: Mapping[str, Any], *steps: str | int) -> Iterator[Finding]:
        for name, value in pose.items():
            if value is None:
                continue
            if name in ("left", "right"):
                yield from self._of(written, value, *steps, name)
            elif name in RANGES and not RANGES[name][0] <= value <= RANGES[name][1]:
                low, high = RANGES[name]
                place = Place(written.place.path, line_of(written.node, *steps, name))
                message = f"{written.item.id}: {name} {value} is outside {low} to {high}."
                yield Finding("error", place, self.name, message, "Write an angle that the joint has.")
