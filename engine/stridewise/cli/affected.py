"""`recommend affected`: which plans did a rule touch that is recalled?"""

from pathlib import Path

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import pack_option
from stridewise.cli.output import show_answer

NEEDED = "expected RULE FOLDER, or RULE VERSION FOLDER: recommend affected strength/its-id 1.0.0 plans"


@click.command()
@click.argument("rule")
@click.argument("given", nargs=-1, required=True, metavar="[VERSION] FOLDER")
@pack_option
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def affected(rule: str, given: tuple[str, ...], packs: tuple[Path, ...], form: str) -> int:
    """Which plans in FOLDER a RULE touched, and what it gave in each: for a recall.

    FOLDER holds plans as JSON, as `recommend batch` or --format json write them, also in folders below it; or is one such file, a
    plan a line. VERSION looks only at plans that were made with that version of the rule's pack. Exit 0 where every plan was
    read, 1 where one is damaged or was edited: it is named, and may be among them."""
    from stridewise.explain.affected import affected as found_in
    from stridewise.explain.on_file import plans_below
    from stridewise.render.answers.affected import affected_lines

    if len(given) > 2:
        raise click.UsageError(NEEDED)
    version = given[0] if len(given) == 2 else ""
    found = found_in(rule, version, plans_below(Path(given[-1])), load_program(packs))
    show_answer(found, affected_lines, form)
    return int(bool(found.damaged or found.edited))
