"""An exercise as a drawing: a person from joint angles, or the picture a pack brings."""

from stridewise.figure.exercise import draw, draw_of, page_drawing

__all__ = ["draw", "draw_of", "page_drawing"]
