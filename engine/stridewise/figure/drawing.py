"""An exercise as one SVG: its poses side by side or one below the other, numbered, on a floor."""

from collections.abc import Sequence
from html import escape

from stridewise.figure.camera import camera
from stridewise.figure.mannequin import LINE
from stridewise.figure.outlines import number, polygon
from stridewise.figure.pose import poses_of
from stridewise.figure.scene import Scene, scenes
from stridewise.language.drawing import Drawing

GAP = 0.1  # metres between poses
WIDE = 1.25  # a scene so much wider than high stands above the next one
SCALE = 160  # pixels a metre, where nothing else says how large
MARK = 0.13  # how high the numbers are


def draw(drawing: Drawing, name: str, side: str = "right") -> str:
    """The SVG of a drawing, for an exercise of one side: `left` mirrors what is written for the right."""
    found = scenes(drawing, poses_of(drawing), camera(drawing.view, side))
    left, top = min(one.box[0] for one in found), min(one.box[1] for one in found)
    right, bottom = max(one.box[2] for one in found), max(one.box[3] for one in found)
    high, wide = bottom - top, right - left
    stacked = wide > WIDE * high
    heights = [(one.box[3] - one.box[1] if stacked else high) + (MARK if len(found) > 1 and stacked else 0) for one in found]
    panels, down = [], 0.0
    for place, (one, height) in enumerate(zip(found, heights, strict=True)):
        x, y = (-left, down + height - one.box[3]) if stacked else (place * (wide + GAP) - left, -top)
        down += height + GAP / 2 if stacked else 0
        panels.append(_panel(one, (x, y), (left, right), y_of_mark=(one.box[1] if stacked else top), mark=_mark(found, place)))
    size = (wide, down - GAP / 2) if stacked else (len(found) * (wide + GAP) - GAP, high)
    return picture("".join(panels), size, title_of(drawing, name))


def title_of(drawing: Drawing, name: str) -> str:
    """What somebody hears who cannot see the picture."""
    captions = [pose.caption for pose in drawing.poses]
    told = "; ".join(f"{place} {caption}" if len(captions) > 1 else caption for place, caption in enumerate(captions, 1) if caption)
    return f"{name}: {told}" if told else name


def picture(content: str, size: tuple[float, float], title: str) -> str:
    """An SVG of a size in metres, with its title for whoever cannot see it."""
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(wide)} {number(high)}" width="{wide * SCALE:.0f}" '
        f'height="{high * SCALE:.0f}" role="img"><title>{escape(title, quote=False)}</title>{content}</svg>'
    )


def _mark(found: Sequence[Scene], place: int) -> str:
    return str(place + 1) if len(found) > 1 else ""


def _panel(scene: Scene, at: tuple[float, float], ends: tuple[float, float], y_of_mark: float, mark: str) -> str:
    left, right = ends
    floor = polygon([(left + 0.07, -0.06), (right - 0.07, -0.06), (right, 0.06), (left, 0.06)])
    text = (
        f'<text x="{number(left + 0.02)}" y="{number(y_of_mark + MARK * 0.8)}" font-family="sans-serif" font-size="{MARK}" '
        f'font-weight="700" fill="#111">{mark}</text>'
        if mark
        else ""
    )
    return (
        f'<g transform="translate({number(at[0])} {number(at[1])})"><path d="{floor}" fill="#eceff3"/>'
        f'<path d="M{number(left)} .06H{number(right)}" stroke="#8d96a1" stroke-width=".012"/>'
        f'<g stroke="{LINE}" stroke-width=".011" stroke-linejoin="round">{scene.shapes}</g>{scene.arrows}{text}</g>'
    )
