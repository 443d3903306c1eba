"""An exercise as a drawing: a person from joint angles, or the picture a pack brings."""

from stridewise.figure.drawing import inside_page
from stridewise.figure.exercise import draw, draw_of

__all__ = ["draw", "draw_of", "inside_page"]
