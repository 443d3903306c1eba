"""An exercise as one SVG: its poses side by side or one below the other, numbered, on a floor."""

from html import escape

from stridewise.figure.camera import Camera, camera
from stridewise.figure.layout import Box, Point, laid_out
from stridewise.figure.mannequin import INK, LINE
from stridewise.figure.outlines import number, polygon
from stridewise.figure.pose import poses_of
from stridewise.figure.scene import STEEP, Scene, ground_seen, scenes
from stridewise.language.drawing import Drawing
from stridewise.language.translation import say

# each in a square of 1, for up to as many poses as there may be
DIGITS = (
    "M.1 .25L.4 0V1",
    "M.04 .28A.28 .28 0 1 1 .54 .42L.04 1H.6",
    "M.08 .14A.26 .25 0 1 1 .3 .47A.27 .27 0 1 1 .04 .86",
    "M.46 1V0L0 .7H.62",
)
XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
SCALE = 160  # pixels a metre, where nothing else says how large


def draw_poses(drawing: Drawing, name: str, side: str = "right") -> str:
    """The SVG of a drawing, for an exercise of one side: `left` mirrors what is written for the right."""
    seen_by = camera(drawing.view, side)
    found = scenes(drawing, poses_of(drawing), seen_by)
    layout = laid_out([one.box for one in found], is_cut=drawing.zoom is not None)
    panels = [_panel(*one, seen_by) for one in zip(found, layout.boxes, layout.places, strict=True)]
    numbers = [_number(place, at, layout.mark) for place, at in enumerate(layout.marks, 1)] if len(found) > 1 else []
    if drawing.zoom is not None:
        numbers.insert(0, _paper(layout.size[0], layout.places[0][1]))
    return picture("".join([_paper(*layout.size), *panels, *numbers]), layout.size, title_of(drawing, name))


def title_of(drawing: Drawing, name: str) -> str:
    """What somebody hears who cannot see the picture."""
    captions = [
        (f"{place} " if len(drawing.poses) > 1 else "") + say(pose.caption) for place, pose in enumerate(drawing.poses, 1)
    ]
    return f"{name}: {'; '.join(captions)}" if any(pose.caption for pose in drawing.poses) else name


def inside_page(svg: str) -> str:
    """The SVG as it stands inside an HTML page, which needs no name of its language."""
    return svg.replace(XMLNS, "", 1)


def picture(content: str, size: tuple[float, float], title: str) -> str:
    """An SVG of a size in metres, with its title for whoever cannot see it."""
    wide, high = size
    return (
        f'<svg{XMLNS} viewBox="0 0 {number(wide)} {number(high)}" width="{wide * SCALE:.0f}" '
        f'height="{high * SCALE:.0f}" role="img"><title>{escape(title, quote=False)}</title>{content}</svg>'
    )


def _paper(wide: float, high: float) -> str:
    """White, so that a drawing is seen on any page."""
    return f'<path d="M0 0H{number(wide)}V{number(high)}H0z" fill="#fff"/>'


def _panel(scene: Scene, box: Box, at: Point, camera: Camera) -> str:
    """One pose. A group and no picture inside the picture: a page's own style for pictures would move that."""
    return (
        f'<g transform="translate({number(at[0] - box[0])} {number(at[1] - box[1])})">{_floor(scene, box, camera)}'
        f'<g stroke="{LINE}" stroke-width="{number(0.011 * scene.scale)}" stroke-linejoin="round">{scene.shapes}</g>'
        f"{scene.arrows}</g>"
    )


def _floor(scene: Scene, box: Box, camera: Camera) -> str:
    """The floor as a strip; as a mat below the body where it is seen from above."""
    left, _, right, _ = box
    fill, edge = INK["floor"]
    if camera.above > STEEP:
        return f'<path d="{polygon(ground_seen(scene.ground, camera))}" fill="{fill}" stroke="{edge}" stroke-width=".012"/>'
    far, near = -0.06 * scene.scale, 0.066 * scene.scale
    inset = 0.07 * scene.scale
    strip = polygon([(left + inset, far), (right - inset, far), (right, near), (left, near)])
    line, wide = f"M{number(left)} {number(near)}H{number(right)}", number(0.012 * scene.scale)
    return f'<path d="{strip}" fill="{fill}"/><path d="{line}" stroke="{edge}" stroke-width="{wide}"/>'


def _number(place: int, at: Point, high: float) -> str:
    """The number of a pose, as lines: it looks the same wherever it is printed."""
    x, y, size = number(at[0]), number(at[1] - 0.8 * high), number(0.8 * high)
    return (
        f'<path transform="translate({x} {y}) scale({size})" d="{DIGITS[place - 1]}" fill="none" stroke="#111" '
        f'stroke-width=".16" stroke-linecap="round" stroke-linejoin="round"/>'
    )
