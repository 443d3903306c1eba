"""Whether the drawings of a pack can be drawn: their shape, with the line of what does not fit, and the pictures they name."""

from stridewise.documents.shape import validate
from stridewise.errors import Problems, did_you_mean
from stridewise.language.drawing import LANDMARKS, Drawing
from stridewise.packs.files import PICTURES
from stridewise.packs.pack import RulePack, Written


def check_drawings(pack: RulePack, problems: Problems) -> None:
    """Add what is wrong with the drawings of a pack's exercises."""
    for written in pack.exercises:
        if "drawing" in written.node:
            _check(pack, written, problems.within(written.place.path))


def _check(pack: RulePack, written: Written, here: Problems) -> None:
    node, line = written.node["drawing"], written.node.lines["drawing"]
    where = f"{written.item.id}.drawing"
    drawing = validate(Drawing, node, here, line, where)
    if drawing is None:
        return
    for name in (name.removeprefix("round_") for name in drawing.arrows or ()):
        if name not in LANDMARKS:
            here.add(
                node.lines["arrows"],
                f'{where}.arrows: unknown part "{name}".{did_you_mean(name, LANDMARKS)} Known: {", ".join(LANDMARKS)}',
            )
    if drawing.file and not is_picture_of(pack, drawing.file):
        here.add(
            node.lines["file"],
            f'{where}.file: the pack holds no picture "{PICTURES}/{drawing.file}"; put it there, or mend the name',
        )


def is_picture_of(pack: RulePack, file: str) -> bool:
    """Whether a pack holds a picture, in its own folder."""
    path = (pack.folder / PICTURES / file).resolve()
    return path.is_relative_to(pack.folder) and path.is_file()
