"""Plans in a format by its name: one document for all of them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from stridewise.language.translation import ENGLISH, speaking

if TYPE_CHECKING:
    from stridewise.plan.drawings import Drawn
    from stridewise.plan.model import Plan
    from stridewise.render.clinic import Clinic

# Our own formats, with the ending of their files. The first with an ending is the one it stands for.
ENDINGS = {
    "text": "txt",
    "markdown": "md",
    "json": "json",
    "html": "html",
    "handout": "html",
    "letter": "html",
    "ics": "ics",
    "fhir": "json",
}
PRINTED = ("handout", "html", "letter")  # what may become a PDF; the first where only the ending asks for one


def render_plans(
    plans: "Sequence[Plan]", form: str, explain: bool = False, clinic: "Clinic | None" = None, drawn: "Drawn | None" = None
) -> str:
    """One document for all plans, in their order and their language, with drawings of their exercises where these are given.
    Raises ValueError where the format is neither ours nor a plugin's, or one document would be in several languages."""
    if len({plan.language for plan in plans}) > 1 and form in (*PRINTED, "markdown"):
        raise ValueError("one document holds one language; give --lang, or an --output folder with a file for each plan")
    with speaking(plans[0].words if plans else ENGLISH):
        return _rendered(plans, form, explain, clinic, drawn)


def _rendered(plans: "Sequence[Plan]", form: str, explain: bool, clinic: "Clinic | None", drawn: "Drawn | None") -> str:
    if form == "json":
        from stridewise.plan.drawings import with_drawings
        from stridewise.render.json import render_json

        return render_json(plans if drawn is None else [with_drawings(one, drawn) for one in plans])
    if form == "markdown":
        from stridewise.render.markdown import render_markdown

        return render_markdown(plans, explain)
    if form == "html":
        from stridewise.render.html import render_html, undrawn

        return render_html(plans, explain, drawn or undrawn)
    if form == "text":
        from stridewise.render.text import render_text

        return "\n\n".join(render_text(one, explain) for one in plans)
    if form in ("ics", "fhir"):
        return _for_systems(plans, form, clinic)
    return _handed_out(plans, form, clinic, drawn) if form in PRINTED else _in_further_format(plans, form, drawn)


def _for_systems(plans: "Sequence[Plan]", form: str, clinic: "Clinic | None") -> str:
    if form == "ics":
        from stridewise.render.ics import render_ics

        return render_ics(plans)
    from stridewise.render.clinic import NOBODY
    from stridewise.render.fhir import render_fhir

    return render_fhir(plans, clinic or NOBODY)


def _handed_out(plans: "Sequence[Plan]", form: str, clinic: "Clinic | None", drawn: "Drawn | None") -> str:
    from stridewise.render.clinic import NOBODY
    from stridewise.render.handout import render_handout, render_letters
    from stridewise.render.html import undrawn

    if form == "letter":
        return render_letters(plans, clinic or NOBODY)
    return render_handout(plans, clinic or NOBODY, drawn or undrawn)


def further_formats() -> "dict[str, Callable[[dict[str, Any]], str]]":
    """The formats that plugins add."""
    from stridewise.packs.plugins import plan_formats, plugin_manager

    return plan_formats(plugin_manager())


def _in_further_format(plans: "Sequence[Plan]", form: str, drawn: "Drawn | None") -> str:
    from stridewise.plan.drawings import with_drawings
    from stridewise.plan.seal import to_values
    from stridewise.render.html import undrawn

    further = further_formats()
    if form not in further:
        raise ValueError(f'"{form}" is not one of {", ".join((*ENDINGS, *further))}')
    return "".join(further[form](to_values(with_drawings(one, drawn or undrawn))) for one in plans)
