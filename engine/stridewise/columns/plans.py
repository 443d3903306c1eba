"""Plans for tables: record batches of athletes in, record batches of decisions out, in the same order and for every row. The same
function serves one process, Spark's mapInArrow, and any other program that hands on record batches."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stridewise.columns.decisions import batch_of, decided, undecided
from stridewise.columns.rows import REF, row_as_document
from stridewise.columns.table import AT_ONCE, check_table, rows_of
from stridewise.documents.arithmetic import our_arithmetic
from stridewise.errors import Problem, ProfileError, StridewiseError, unforeseen
from stridewise.packs.foreign_files import further_log
from stridewise.packs.plugins import plugin_manager
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.load import load_program
from stridewise.program.program import Program
from stridewise.session import checked_day, give_out, recommend

if TYPE_CHECKING:
    from pyarrow import RecordBatch

ROW = "row"  # what a row is called in messages: where it stands in the whole table only the caller knows
OF_A_DECISION = ("runner", "as_of", "status", "referrals", "warnings")


def plans_of(
    batches: "Iterable[RecordBatch]",
    *,
    day: date | None = None,
    packs: Iterable[str | PathLike[str]] = (),
    engine: str = "both",
    language: str = "",
    whole: bool = False,
) -> "Iterator[RecordBatch]":
    """A decision for every row of these batches, in their order (docs/columns.md says what columns there are). A row that gives
    no plan has the reason in its column `error` and stops no other. The same rows always give the same decisions: no clock is
    read, the plans are for `day`, or for the day each profile was recorded. `packs`, `engine` and `language` are as for
    `load_program` and `make_plan`; `whole` adds each plan as JSON. The program is loaded once a process, batches of any length
    are worked through in pieces.

    Raises ProfileError before the first row where columns are not read, PackError or PluginError where the packs cannot be used,
    ArrowMissingError without pyarrow."""
    program = _program(tuple(fspath(pack) for pack in packs))
    checked = None if day is None else checked_day(day)
    decision = partial(_decision, program=program, day=checked, engine=engine, language=language, whole=whole)
    for batch in batches:
        check_table(batch.schema)
        for start in range(0, max(1, batch.num_rows), AT_ONCE):
            rows = rows_of(batch.slice(start, AT_ONCE))
            yield batch_of(map(decision, rows), whole)


@cache
def _program(packs: tuple[str, ...]) -> Program:
    return load_program([Path(pack) for pack in packs])


def profile_of_row(row: bytes, shown: str = ROW, line: int = 0, folder: Path | None = None) -> Profile:
    """The profile of a row, given as the JSON of its cells; `shown` and `line` are its place. Raises ProfileError."""
    document, problems = row_as_document(json.loads(row), row, shown, line)
    profile = read_profile(document, folder, partial(further_log, plugin_manager))
    return replace(profile, problems=(*profile.problems, *problems))


def ref_of_row(row: bytes) -> str | None:
    """Whose row it is, where the row itself says so."""
    return str(json.loads(row).get(REF) or "").strip() or None


@our_arithmetic()
def _decision(row: bytes, *, program: Program, day: date | None, engine: str, language: str, whole: bool) -> dict[str, Any]:
    ref = ref_of_row(row)
    try:
        profile = profile_of_row(row)
        ref = str(profile.sections.runner.ref)
        plan = recommend(profile, program, day or _recorded(profile), engine, language)
        give_out(plan, program)
        return decided(_values(plan, whole), whole)
    except StridewiseError as error:
        return undecided(ref, str(error))
    except Exception as error:  # a bug is this row's failure; the others go on
        return undecided(ref, f"{unforeseen(error)}. No plan was made")


def _recorded(profile: Profile) -> date:
    """The day to plan for where none is given."""
    if profile.sections.recorded is None:
        message = "recorded: is missing, and no day is given to plan for; record it, or give plans_of a day"
        raise ProfileError([*profile.problems, Problem(profile.document.path, 0, message)])
    return profile.sections.recorded


def _values(plan: Plan, whole: bool) -> dict[str, Any]:
    """The plan as JSON values; where only a decision is wanted, what that needs of them."""
    if whole:
        return dict(to_values(plan))
    exercises = [{"exercise": one.exercise} for one in plan.prescriptions]
    parts = {name: to_values(getattr(plan, name)) for name in OF_A_DECISION}
    return parts | {"prescriptions": exercises, "receipt": {"plan_sha256": plan.receipt.plan_sha256}}
