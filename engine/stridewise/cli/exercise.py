"""`recommend exercise`: look an exercise up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.inputs import load_program, matching
from stridewise.cli.options import pack_option
from stridewise.cli.output import show

if TYPE_CHECKING:
    from stridewise.language.exercise import Exercise
    from stridewise.program.program import Program


@click.command()
@click.argument("text", required=False, metavar="[ID|TEXT]")
@pack_option
def exercise(text: str | None, packs: tuple[Path, ...]) -> None:
    """Show an exercise, or the list of those whose name holds TEXT."""
    from stridewise.render.exercise import exercise_lines
    from stridewise.render.paragraphs import named, to_text

    program = load_program(packs)
    meant = exercises_matching(program, text or "")
    show(to_text(exercise_lines(program, meant[0])) if len(meant) == 1 else named({one.id: one.name for one in meant}))


def exercises_matching(program: "Program", text: str) -> "list[Exercise]":
    """The exercise of this id, name or alias, or all whose name holds the text. Raises UsageError where none does."""
    return matching(text, program.exercises, lambda one: (one.id, one.name, *one.aliases), "exercise")
