"""`recommend draw`: the drawing of an exercise, or of all."""

from pathlib import Path

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import pack_option
from stridewise.cli.output import say, show, write_file


@click.command()
@click.argument("text", required=False, metavar="[EXERCISE]")
@click.option("--all", "all_", is_flag=True, help="Every exercise: a folder of SVG files, or one page that ends in .html.")
@click.option("--side", type=click.Choice(("left", "right")), default="right", show_default=True, help="The side that works.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (with --all also a folder).")
@pack_option
def draw(text: str | None, all_: bool, side: str, output: Path | None, packs: tuple[Path, ...]) -> None:
    """Draw EXERCISE as an SVG: its id or name."""
    if all_ == bool(text):
        raise click.UsageError("name one exercise, or give --all")
    if not all_:
        _one(text or "", side, packs, output)
    elif output is None:
        raise click.UsageError("--all needs --output: a folder, or a file that ends in .html")
    else:
        _all(side, packs, output)


def _one(text: str, side: str, packs: tuple[Path, ...], output: Path | None) -> None:
    from stridewise.cli.exercise import exercises_matching
    from stridewise.figure import draw_of
    from stridewise.figure.report import unkept

    if output is not None and output.suffix.lower() not in ("", ".svg"):
        raise click.UsageError(f"--output {output}: a drawing is an SVG; end it in .svg")
    program = load_program(packs)
    found = exercises_matching(program, text)
    if len(found) > 1:
        raise click.UsageError(f'"{text}" is {len(found)} exercises: {", ".join(item.id for item in found)}; name one')
    svg = draw_of(program, found[0].id, side)
    if not svg:
        raise click.UsageError(f"{found[0].id} has no drawing; its pack can add one under drawing:")
    for line in unkept(found[0]):
        say(line)
    if output is None:
        show(svg + "\n")
    else:
        write_file(output, svg + "\n", for_anybody=True)


def _all(side: str, packs: tuple[Path, ...], output: Path) -> None:
    from stridewise.figure import draw_of
    from stridewise.figure.sheet import contact_sheet

    program = load_program(packs)
    drawn = {name: svg for name in program.exercises if (svg := draw_of(program, name, side))}
    without = [name for name in program.exercises if name not in drawn]
    if output.suffix.lower() in (".html", ".htm"):
        sheet = contact_sheet({name: (program.exercises[name].name, svg) for name, svg in drawn.items()})
        write_file(output, sheet, for_anybody=True)
    else:
        if strange := sorted(name for name in drawn if Path(name).name != name):
            raise click.UsageError(f'"{strange[0]}" makes no name of a file; draw it alone, with --output')
        for name, svg in drawn.items():
            write_file(output / f"{name}.svg", svg + "\n", for_anybody=True)
    show(f"Drew {len(drawn)} exercises to {output}.\n")
    if without:
        show(f"Without a drawing: {', '.join(without)}.\n")
