"""`recommend verify`: is a plan what its profile gives?"""

from functools import partial
from pathlib import Path

import click

from stridewise.cli.inputs import load_profile, load_program
from stridewise.cli.options import ENGINES, pack_option
from stridewise.cli.output import show_answer


@click.command()
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN.json")
@click.argument("profile", type=click.Path(path_type=Path))
@pack_option
@click.option("--engine", type=click.Choice(ENGINES), default="both", show_default=True, help="Which matcher infers.")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def verify(plan: Path, profile: Path, packs: tuple[Path, ...], engine: str, form: str) -> int:
    """Compute a plan again for its own day. Exit 0 where it is identical, and made of this profile by this program; else 1, with
    what differs and what was changed: the plan, its receipt, the profile, a rule pack, stridewise itself."""
    from stridewise.explain.verify import verify as verified
    from stridewise.figure import draw_of
    from stridewise.render.answers.ask import verify_lines

    program = load_program(packs)
    result = verified(plan, load_profile(profile), program, engine, partial(draw_of, program))
    show_answer(result, verify_lines, form)
    return int(not result.holds)
