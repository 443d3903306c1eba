"""`recommend pathway`: look a pathway up."""

from pathlib import Path

import click

from stridewise.cli.common import load_program, pack_option, show


@click.command()
@click.argument("text", required=False, metavar="[ID|TEXT]")
@pack_option
def pathway(text: str | None, packs: tuple[Path, ...]) -> None:
    """Show a pathway with its stages and what opens each, or the list of those whose name holds TEXT."""
    from stridewise.errors import did_you_mean
    from stridewise.language.vocabulary import fold
    from stridewise.render.pathway_record import render_list, render_pathway

    program = load_program(packs)
    key = fold(text or "")
    exact = [one for one in program.pathways.values() if key and key in map(fold, (one.id, one.title))]
    meant = exact or [one for one in program.pathways.values() if any(key in fold(word) for word in (one.id, one.title))]
    if not meant:
        hint = did_you_mean(text or "", program.pathways)
        raise click.UsageError(f'no pathway matches "{text}".{hint} `recommend pathway` lists all')
    show(render_pathway(program, meant[0]) if text and len(meant) == 1 else render_list(meant))
