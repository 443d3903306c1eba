"""`recommend pack diff --over`: two versions of a pack over many profiles."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stridewise.cli.inputs import load_program
from stridewise.cli.options import cores
from stridewise.cli.output import say, show

if TYPE_CHECKING:
    from stridewise.authoring.population.compared import Compared
    from stridewise.authoring.population.counting import Counting
    from stridewise.batch.comparing import LeftOut
    from stridewise.packs.pack import RulePack
    from stridewise.program.program import Program

Programs = tuple["Program", "Program"]


NAMED = 50


def diff_over(
    given: str,
    folders: tuple[Path, Path],
    packs: tuple[Path, ...],
    as_of: date,
    engine: str,
    form: str,
    named: int | None,
    workers: int | None,
) -> int:
    """Show what changes for whom. The exit code: 1 where neither version makes a plan for somebody."""
    from stridewise.authoring.population.counting import Counting
    from stridewise.batch.comparing import Comparison, compare_all
    from stridewise.batch.entries import Entries

    load = partial(load_both, packs, folders)
    programs = load()
    both = _pack_in(folders[0], programs[0]), _pack_in(folders[1], programs[1])
    counting = Counting(*programs, both, as_of, NAMED if named is None else named)
    _count(compare_all(Entries(given), Comparison(load, as_of, engine), workers or cores()), counting)
    _show(counting, programs, form)
    return int(bool(counting.no_plan))


def load_both(packs: tuple[Path, ...], folders: tuple[Path, Path]) -> Programs:
    """The programs of the two versions."""
    return load_program(packs, instead=folders[:1]), load_program(packs, instead=folders[1:])


def _pack_in(folder: Path, program: "Program") -> "RulePack":
    return next(pack for pack in program.packs if pack.folder == folder.resolve())


def _count(found: "Iterator[Compared | LeftOut]", counting: "Counting") -> None:
    """Count everybody; who cannot be planned for is told at once."""
    from stridewise.batch.comparing import LeftOut

    for number, one in enumerate(found, 1):
        if isinstance(one, LeftOut):
            counting.leave_out(one.ref or f"profile {number} of the input")
            for problem in one.problems:
                say(str(problem))
        else:
            counting.add(one)


def _show(counting: "Counting", programs: Programs, form: str) -> None:
    from stridewise.authoring.pack_diff import render_records
    from stridewise.authoring.record_diff import diff_records
    from stridewise.render.paragraphs import to_text
    from stridewise.render.population import population_json, population_lines
    from stridewise.render.population_page import population_html

    found, records = counting.result(), diff_records(*programs)
    if form == "json":
        show(population_json(found, records))
    elif form == "html":
        show(population_html(found))
    else:
        show("\n".join(filter(None, (render_records(records), to_text(population_lines(found))))))
