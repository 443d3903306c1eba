"""`recommend schema`: the JSON Schema of a document."""

from pathlib import Path

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import pack_option
from stridewise.cli.output import show

DOCUMENTS = ("profile", "pack", "vocabulary", "rule", "exercise", "pathway", "case", "plan")


@click.command()
@click.argument("document", type=click.Choice(DOCUMENTS))
@pack_option
def schema(document: str, packs: tuple[Path, ...]) -> None:
    """The JSON Schema of a profile, a pack's files, or the plan.

    With --pack it offers every kind, term, exercise and source of the loaded packs, and of that one."""
    import json

    from stridewise.authoring.completion import schema_with_terms
    from stridewise.authoring.schemas import schema_of

    made = schema_with_terms(document, load_program(packs)) if packs else schema_of(document)
    show(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
