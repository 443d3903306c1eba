"""`recommend schema`: the JSON Schema of a document."""

import click

from stridewise.cli.common import show

DOCUMENTS = ("profile", "pack", "vocabulary", "rule", "exercise", "pathway", "case", "plan")


@click.command()
@click.argument("document", type=click.Choice(DOCUMENTS))
def schema(document: str) -> None:
    """The JSON Schema of a profile, a pack's files, or the plan."""
    import json

    from stridewise.authoring.schemas import schema_of

    show(json.dumps(schema_of(document), indent=2, ensure_ascii=False) + "\n")
