"""An exercise as a drawing: a person from joint angles, or the picture a pack brings."""

from stridewise.figure.drawing import draw

__all__ = ["draw"]
