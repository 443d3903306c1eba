"""The drawing of an exercise as an SVG: from its angles, or the picture its pack brings."""

from functools import lru_cache
from pathlib import Path

from stridewise.figure.drawing import draw_poses, inside_page
from stridewise.figure.own_picture import framed
from stridewise.language.drawing import read_drawing
from stridewise.language.exercise import Exercise
from stridewise.language.translation import language_in_force
from stridewise.packs.files import PICTURES
from stridewise.program.program import Program


def draw(exercise: Exercise, side: str = "right", folder: Path | None = None) -> str:
    """The SVG, or nothing where the exercise has no drawing. `left` mirrors it; `folder` is that of the exercise's pack, for a
    picture of its own, which is never mirrored."""
    if not exercise.drawing:
        return ""
    drawing = read_drawing(exercise.drawing)
    if drawing.file:
        return framed(folder / PICTURES / drawing.file, exercise.spoken) if folder else ""
    seen = side if exercise.laterality == "unilateral" else "right"
    return _drawn(exercise.drawing, exercise.spoken, seen, language_in_force().code)


@lru_cache(maxsize=512)
def _drawn(written: str, name: str, side: str, language: str) -> str:
    """Kept for each language: the title says what is seen."""
    return draw_poses(read_drawing(written), name, side)


def draw_of(program: Program, name: str, side: str = "right") -> str:
    """The SVG of an exercise of a program, by its id; nothing where there is no such exercise or it has no drawing."""
    exercise = program.exercises.get(name)
    if exercise is None:
        return ""
    folders = {pack.name: pack.folder for pack in program.packs}
    return draw(exercise, side, folders.get(exercise.pack))


def page_drawing(program: Program, name: str, side: str) -> str:
    """The same, as it stands inside an HTML page."""
    return inside_page(draw_of(program, name, side))
