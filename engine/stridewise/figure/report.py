"""What an author should know of a drawing: contacts that are not kept, angles that a contact bent too far."""

from collections.abc import Iterator

from stridewise.figure.contacts import KEPT, misses, settled
from stridewise.figure.pose import poses_of
from stridewise.language.drawing import BODY, SIDED, read_drawing
from stridewise.language.exercise import Exercise


def unkept(exercise: Exercise) -> Iterator[str]:
    """One line for each contact that is missed and each angle that is out of its range once the body has settled."""
    drawing = read_drawing(exercise.drawing)
    for number, pose in enumerate(poses_of(drawing), 1):
        bent, points = settled(pose)
        for part, far in misses(bent, points).items():
            if far > KEPT:
                yield f"{exercise.id}: pose {number}: {part} is {far * 100:.1f} cm from what bears it; change its angles"
        for name, degrees in bent.angles.items():
            low, high = BODY.get(name) or SIDED[name.partition("_")[2]]
            if not low <= degrees <= high:
                yield f"{exercise.id}: pose {number}: {name} is bent to {degrees:.0f}, outside {low} to {high}; change its angles"
