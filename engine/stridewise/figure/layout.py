"""Where the poses of a drawing stand: side by side or one below the other, whichever is seen larger on a handout."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
HANDOUT = (62.0, 48.0)  # mm, wide and high
GAP = 0.06  # metres between poses
MARK = 0.07  # how high the numbers are, as a share of the larger side of a pose


@dataclass(frozen=True)
class Layout:
    """What is seen of each pose, where its upper left corner is, where its number stands and how high it is, and the size."""

    boxes: tuple[Box, ...]
    places: tuple[Point, ...]
    marks: tuple[Point, ...]
    mark: float
    size: Point

    @property
    def scale(self) -> float:
        """Millimetres a metre, on a handout."""
        return min(HANDOUT[0] / self.size[0], HANDOUT[1] / self.size[1])


def laid_out(boxes: Sequence[Box], is_cut: bool = False) -> Layout:
    """The layout of poses that need this much room each. Where the body goes on above what is seen, nothing may stand there."""
    mark = MARK * max(max(width(one), height(one)) for one in boxes) if len(boxes) > 1 else 0.0
    if is_cut:
        return _side_by_side(boxes, mark)
    return max((_side_by_side(boxes, mark), _one_below_the_other(boxes, mark)), key=lambda layout: round(layout.scale, 3))


def width(box: Box) -> float:
    return box[2] - box[0]


def height(box: Box) -> float:
    return box[3] - box[1]


def _side_by_side(boxes: Sequence[Box], mark: float) -> Layout:
    """All as high as the highest, numbers above."""
    top, bottom = min(one[1] for one in boxes), max(one[3] for one in boxes)
    same = tuple((one[0], top, one[2], bottom) for one in boxes)
    starts = [sum(width(one) + GAP for one in same[:place]) for place in range(len(same))]
    places = tuple((start, mark) for start in starts)
    marks = tuple((start + 0.02, 0.9 * mark) for start in starts)
    return Layout(same, places, marks, mark, (starts[-1] + width(same[-1]), bottom - top + mark))


def _one_below_the_other(boxes: Sequence[Box], mark: float) -> Layout:
    """All as wide as the widest, so that what stays in place does; numbers at the left."""
    left, right = min(one[0] for one in boxes), max(one[2] for one in boxes)
    same = tuple((left, one[1], right, one[3]) for one in boxes)
    downs = [sum(height(one) + GAP for one in same[:place]) for place in range(len(same))]
    places = tuple((mark, down) for down in downs)
    marks = tuple((0.01, down + mark) for down in downs)
    return Layout(same, places, marks, mark, (right - left + mark, downs[-1] + height(same[-1])))
