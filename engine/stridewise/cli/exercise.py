"""`recommend exercise`: look an exercise up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.common import load_program, pack_option, show

if TYPE_CHECKING:
    from stridewise.language.exercise import Exercise
    from stridewise.program.program import Program


@click.command()
@click.argument("text", required=False, metavar="[ID|TEXT]")
@pack_option
def exercise(text: str | None, packs: tuple[Path, ...]) -> None:
    """Show an exercise, or the list of those whose name holds TEXT."""
    from stridewise.render.exercise import render_exercise, render_list

    program = load_program(packs)
    meant = matching(program, text or "")
    show(render_exercise(program, meant[0]) if len(meant) == 1 else render_list(program, meant))


def matching(program: "Program", text: str) -> "list[Exercise]":
    """The exercise of this id, name or alias, or all whose name holds the text. Raises UsageError where none does."""
    from stridewise.errors import did_you_mean
    from stridewise.language.vocabulary import fold

    key = fold(text)
    exact = [item for item in program.exercises.values() if key and key in map(fold, (item.id, item.name, *item.aliases))]
    meant = exact or [e for e in program.exercises.values() if any(key in fold(word) for word in (e.id, e.name, *e.aliases))]
    if not meant:
        hint = did_you_mean(text, program.exercises)
        raise click.UsageError(f'no exercise matches "{text}".{hint} `recommend exercise` lists all')
    return meant
