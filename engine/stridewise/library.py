"""What other Python programs call: packs and a profile in, a plan and its renderings out. The command does the same through the
same rooms. `from stridewise import …` gives these names; nothing here reads the clock, prints, or ends the process."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from stridewise.documents.arithmetic import our_arithmetic
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError, spelt_out
from stridewise.packs import default_packs as defaults
from stridewise.packs.foreign_files import load_any_profile
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile import profile as profiles
from stridewise.profile.profile import Profile
from stridewise.program import load
from stridewise.program.program import Program
from stridewise.session import checked_day, give_out, recommend

Engine = Literal["both", "durable", "reference", "generated"]


@our_arithmetic()
def load_program(packs: Iterable[str | PathLike[str]] = (), default_packs: bool = False) -> Program:
    """The rules of all installed packs and of these folders; with `default_packs` also of those that the user enabled for the
    command. Load it once and plan many profiles with it.

    Raises PackError where a pack cannot be used, PluginError where a plugin fails or no pack refers a runner with a red flag."""
    enabled = defaults.default_packs() if default_packs else ()
    return load.load_program([*enabled, *map(Path, packs)])


@our_arithmetic()
def load_profile(path: str | PathLike[str]) -> Profile:
    """A profile file: YAML, JSON, or a format that a plugin reads. Raises ProfileError where it is no profile at all; what is
    wrong inside it is told by `make_plan`, all at once."""
    return load_any_profile(Path(path))


@our_arithmetic()
def read_profile(text: str | bytes, name: str = "profile.yaml") -> Profile:
    """A profile from its YAML or JSON text; `name` is the file it is called in messages. It cannot name a training log."""
    content = text.encode() if isinstance(text, str) else text
    return profiles.read_profile(parse_document(content, name, ProfileError))


@our_arithmetic()
def make_plan(profile: Profile, program: Program, day: date, engine: Engine = "both", language: str = "") -> Plan:
    """The plan for a profile on a day, with what plugins compute. The same arguments always give the same plan. `language`
    is the code of one that packs have texts in; that of the profile where it is empty.

    Raises ProfileError with every mistake of the profile, PackError or PluginError where the packs leave a red flag without a
    referral, InferenceError where the two matchers disagree; never returns half a plan. A plugin's log that fails is told to the
    logger "stridewise"."""
    plan = recommend(profile, program, checked_day(day), engine, language)
    give_out(plan, program)
    return plan


@our_arithmetic()
def render_plan(plan: Plan, form: str = "text", explain: bool = False, program: Program | None = None) -> str:
    """The plan as "text", "markdown", "json", "html" or in a format that a plugin adds; `explain` shows the whole derivation, and
    with the `program` that made it a page or a plugin's format has exercises drawn. Raises ValueError for another format."""
    from stridewise.figure import draw_of, page_drawing
    from stridewise.render.formats import PRINTED, render_plans

    drawn = None if program is None or form == "json" else partial(page_drawing if form in PRINTED else draw_of, program)
    return spelt_out(render_plans([plan], form, explain, drawn=drawn))


@our_arithmetic()
def to_dict(plan: Plan, program: Program | None = None) -> dict[str, Any]:
    """The plan as plain values, as its JSON holds it (docs/schemas/plan.schema.json); with the `program` that made it, `drawings`
    holds its exercises as SVG."""
    if program is not None:
        from stridewise.figure import draw_of
        from stridewise.plan.drawings import with_drawings

        plan = with_drawings(plan, partial(draw_of, program))
    values: dict[str, Any] = to_values(plan)
    return values


@our_arithmetic()
def why(profile: Profile, program: Program, day: date, item: str, engine: Engine = "both") -> str:
    """Why an item is in the plan, or was set aside, as text: its reasons down to the profile's lines. `item` is an exercise,
    target, warning, swap, adjustment, referral or conclusion. Raises ProfileError with the nearest names where there is none."""
    from stridewise.explain.inquiry import open_inquiry
    from stridewise.explain.why import explain
    from stridewise.render.answers.why import why_lines
    from stridewise.render.paragraphs import to_text

    return spelt_out(to_text(why_lines(explain(open_inquiry(profile, program, checked_day(day), engine), item))))
