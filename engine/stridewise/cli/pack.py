"""`recommend pack`: list the packs, run their cases."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.common import ENGINES, load_program, pack_option, show

if TYPE_CHECKING:
    from stridewise.casebook import Result


@click.group()
def pack() -> None:
    """Rule packs: list them, run their cases."""


@pack.command("list")
@pack_option
def list_packs(packs: tuple[Path, ...]) -> None:
    """Every loaded pack with its version, origin, rules and review."""
    program = load_program(packs)
    rows = [("PACK", "VERSION", "RULES", "EXERCISES", "REVIEWED BY", "ORIGIN")]
    for item in program.packs:
        shape = item.shape
        review = shape.reviewer + (f" on {shape.reviewed}" if shape.reviewed else "")
        rows.append((item.name, shape.version, str(len(item.rules)), str(len(item.exercises)), review, item.origin))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        show("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


@pack.command("test")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[DIR]...")
@pack_option
@click.option("--engine", type=click.Choice(ENGINES), default="both", show_default=True)
def test_packs(folders: tuple[Path, ...], packs: tuple[Path, ...], engine: str) -> int:
    """Run the cases of these pack folders (default: of every loaded pack). Exit 1 where one fails."""
    from stridewise.casebook import read_cases, run_cases

    program = load_program(packs, instead=folders)
    chosen = {folder.resolve() for folder in folders}
    tested = [item for item in program.packs if not chosen or item.folder in chosen]
    results = run_cases(program, [case for item in tested for case in read_cases(item)], engine)
    for result in results:
        _report(result)
    failed = sum(bool(result.failures) for result in results)
    show(f"{len(results) - failed} passed, {failed} failed\n")
    return int(failed > 0)


def _report(result: "Result") -> None:
    if result.failures:
        show(f"FAILED {result.case.place}: {result.case.shape.name}\n")
        for failure in result.failures:
            show(f"    {failure}\n")
