"""A picture that a pack brings in place of a drawing: shown as an image, so that nothing in it can run."""

import re
from base64 import b64encode
from pathlib import Path

from stridewise.figure.drawing import picture
from stridewise.figure.outlines import number

PNG_SIZE = slice(16, 24)  # width and height in the header
SIDE = 1.8  # how large the longer side is drawn, in metres of the figure beside it
DEFAULT = (4.0, 3.0)


def framed(path: Path, title: str) -> str:
    """An SVG around the picture of a file. Raises OSError where it cannot be read."""
    content = path.read_bytes()
    is_png = path.suffix.lower() == ".png"
    wide, high = _png_size(content) if is_png else _svg_size(content.decode("utf-8", "replace"))
    scale = SIDE / max(wide, high)
    size = (wide * scale, high * scale)
    kind, code = "png" if is_png else "svg+xml", b64encode(content).decode()
    image = f'<image width="{number(size[0])}" height="{number(size[1])}" href="data:image/{kind};base64,{code}"/>'
    return picture(image, size, title)


def _png_size(content: bytes) -> tuple[float, float]:
    header = content[PNG_SIZE]
    wide, high = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")
    return (float(wide), float(high)) if content.startswith(b"\x89PNG") and wide and high else DEFAULT


def _svg_size(text: str) -> tuple[float, float]:
    box = re.search(r"""viewBox=["'][-\d.]+[\s,]+[-\d.]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)["']""", text)
    wide, high = (float(box[1]), float(box[2])) if box else DEFAULT
    return (wide, high) if wide and high else DEFAULT
