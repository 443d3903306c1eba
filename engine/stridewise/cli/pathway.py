"""`recommend pathway`: look a pathway up."""

from pathlib import Path

import click

from stridewise.cli.inputs import load_program, matching
from stridewise.cli.options import pack_option
from stridewise.cli.output import show


@click.command()
@click.argument("text", required=False, metavar="[ID|TEXT]")
@pack_option
def pathway(text: str | None, packs: tuple[Path, ...]) -> None:
    """Show a pathway with its stages and what opens each, or the list of those whose name holds TEXT."""
    from stridewise.render.paragraphs import named, to_text
    from stridewise.render.pathway_record import pathway_lines

    program = load_program(packs)
    meant = matching(text or "", program.pathways, lambda one: (one.id, one.title), "pathway")
    listed = {one.id: f"{one.title}, {len(one.stages)} stages" for one in sorted(meant, key=lambda one: one.id)}
    show(to_text(pathway_lines(program, meant[0])) if text and len(meant) == 1 else named(listed))
