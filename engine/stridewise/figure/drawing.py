"""An exercise as one SVG: its poses side by side or one below the other, numbered, on a floor."""

from collections.abc import Sequence
from html import escape

from stridewise.figure.arrows import Point
from stridewise.figure.camera import Camera, camera
from stridewise.figure.mannequin import INK, LINE
from stridewise.figure.outlines import number, polygon
from stridewise.figure.pose import poses_of
from stridewise.figure.scene import STEEP, Box, Scene, ground_seen, scenes
from stridewise.language.drawing import Drawing

GAP = 0.08  # metres between poses
WIDE = 1.25  # a scene so much wider than high stands above the next one
SCALE = 160  # pixels a metre, where nothing else says how large
MARK = 0.075  # how high the numbers are, as a share of the larger side of a scene


def draw_poses(drawing: Drawing, name: str, side: str = "right") -> str:
    """The SVG of a drawing, for an exercise of one side: `left` mirrors what is written for the right."""
    seen_by = camera(drawing.view, side)
    found = scenes(drawing, poses_of(drawing), seen_by)
    left, right = min(one.box[0] for one in found), max(one.box[2] for one in found)
    top, bottom = min(one.box[1] for one in found), max(one.box[3] for one in found)
    mark = MARK * max(right - left, bottom - top) if len(found) > 1 else 0.0
    if right - left > WIDE * (bottom - top):
        boxes = [(left, one.box[1], right, one.box[3]) for one in found]
        places, size = _one_below_the_other(boxes, mark)
    else:
        boxes = [(left, top, right, bottom)] * len(found)
        places, size = _side_by_side(boxes, mark)
    panels = [_panel(*one, seen_by) for one in zip(found, boxes, places, strict=True)]
    numbers = [_number(place, at, mark) for place, at in enumerate(places, 1)] if mark else []
    return picture("".join([*panels, *numbers]), size, title_of(drawing, name))


def title_of(drawing: Drawing, name: str) -> str:
    """What somebody hears who cannot see the picture."""
    captions = [(f"{place} " if len(drawing.poses) > 1 else "") + pose.caption for place, pose in enumerate(drawing.poses, 1)]
    return f"{name}: {'; '.join(captions)}" if any(pose.caption for pose in drawing.poses) else name


def picture(content: str, size: tuple[float, float], title: str) -> str:
    """An SVG of a size in metres, with its title for whoever cannot see it."""
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(wide)} {number(high)}" width="{wide * SCALE:.0f}" '
        f'height="{high * SCALE:.0f}" role="img"><title>{escape(title, quote=False)}</title>{content}</svg>'
    )


def _one_below_the_other(boxes: Sequence[Box], mark: float) -> tuple[list[Point], Point]:
    """Where each scene's upper left corner is, and the size of all, with room for numbers of this height at the left."""
    downs = [sum(one[3] - one[1] + GAP for one in boxes[:place]) for place in range(len(boxes))]
    high = downs[-1] + boxes[-1][3] - boxes[-1][1]
    return [(mark, down) for down in downs], (boxes[0][2] - boxes[0][0] + mark, high)


def _side_by_side(boxes: Sequence[Box], mark: float) -> tuple[list[Point], Point]:
    """The same, with room for the numbers above."""
    wide, high = boxes[0][2] - boxes[0][0], boxes[0][3] - boxes[0][1]
    return [(place * (wide + GAP), mark) for place in range(len(boxes))], (len(boxes) * (wide + GAP) - GAP, high + mark)


def _panel(scene: Scene, box: Box, at: Point, camera: Camera) -> str:
    left, top, right, bottom = box
    wide, high = number(right - left), number(bottom - top)
    return (
        f'<svg x="{number(at[0])}" y="{number(at[1])}" width="{wide}" height="{high}" '
        f'viewBox="{number(left)} {number(top)} {wide} {high}">{_floor(scene, box, camera)}'
        f'<g stroke="{LINE}" stroke-width="{number(0.011 * scene.scale)}" stroke-linejoin="round">{scene.shapes}</g>'
        f"{scene.arrows}</svg>"
    )


def _floor(scene: Scene, box: Box, camera: Camera) -> str:
    """The floor as a strip; as a mat below the body where it is seen from above."""
    left, _, right, _ = box
    fill, edge = INK["floor"]
    if camera.above > STEEP:
        return f'<path d="{polygon(ground_seen(scene.ground, camera))}" fill="{fill}" stroke="{edge}" stroke-width=".012"/>'
    far, near = -0.06 * scene.scale, 0.066 * scene.scale
    strip = polygon([(left + 0.07, far), (right - 0.07, far), (right, near), (left, near)])
    line, wide = f"M{number(left)} {number(near)}H{number(right)}", number(0.012 * scene.scale)
    return f'<path d="{strip}" fill="{fill}"/><path d="{line}" stroke="{edge}" stroke-width="{wide}"/>'


def _number(place: int, at: Point, mark: float) -> str:
    """The number of a pose, left of it or above."""
    is_left = at[0] == mark
    x, y = (0.01, at[1] + mark) if is_left else (at[0] + 0.02, at[1] - 0.1 * mark)
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-family="sans-serif" font-size="{number(mark)}" font-weight="700" '
        f'fill="#111">{place}</text>'
    )
