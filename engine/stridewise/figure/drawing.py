"""An exercise as one SVG: its poses side by side or one below the other, numbered, on a floor."""

from html import escape

from stridewise.figure.camera import Camera, camera
from stridewise.figure.layout import Box, Point, laid_out
from stridewise.figure.mannequin import INK, LINE
from stridewise.figure.outlines import number, polygon
from stridewise.figure.pose import poses_of
from stridewise.figure.scene import STEEP, Scene, ground_seen, scenes
from stridewise.language.drawing import Drawing

SCALE = 160  # pixels a metre, where nothing else says how large


def draw_poses(drawing: Drawing, name: str, side: str = "right") -> str:
    """The SVG of a drawing, for an exercise of one side: `left` mirrors what is written for the right."""
    seen_by = camera(drawing.view, side)
    found = scenes(drawing, poses_of(drawing), seen_by)
    layout = laid_out([one.box for one in found])
    panels = [_panel(*one, seen_by) for one in zip(found, layout.boxes, layout.places, strict=True)]
    numbers = [_number(place, at, layout.mark) for place, at in enumerate(layout.marks, 1)] if len(found) > 1 else []
    return picture("".join([*panels, *numbers]), layout.size, title_of(drawing, name))


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
    inset = 0.07 * scene.scale
    strip = polygon([(left + inset, far), (right - inset, far), (right, near), (left, near)])
    line, wide = f"M{number(left)} {number(near)}H{number(right)}", number(0.012 * scene.scale)
    return f'<path d="{strip}" fill="{fill}"/><path d="{line}" stroke="{edge}" stroke-width="{wide}"/>'


def _number(place: int, at: Point, high: float) -> str:
    """The number of a pose."""
    return (
        f'<text x="{number(at[0])}" y="{number(at[1])}" font-family="sans-serif" font-size="{number(high)}" font-weight="700" '
        f'fill="#111">{place}</text>'
    )
