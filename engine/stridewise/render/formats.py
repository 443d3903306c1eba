"""Plans in a format by its name: one document for all of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stridewise.plan.model import Plan

ENDINGS = {
    "text": "txt",
    "markdown": "md",
    "json": "json",
    "html": "html",
    "handout": "html",
}  # our own formats, with the ending of their files


def render_plans(plans: "Sequence[Plan]", form: str, explain: bool = False) -> str:
    """One document for all plans, in their order. Raises ValueError where the format is neither ours nor a plugin's."""
    if form == "json":
        from stridewise.render.json import render_json

        return render_json(plans)
    if form == "markdown":
        from stridewise.render.markdown import render_markdown

        return render_markdown(plans, explain)
    if form == "html":
        from stridewise.render.html import render_html

        return render_html(plans, explain)
    if form == "handout":
        from stridewise.render.handout import render_handout

        return render_handout(plans)
    if form == "text":
        from stridewise.render.text import render_text

        return "\n\n".join(render_text(one, explain) for one in plans)
    return _in_further_format(plans, form)


def _in_further_format(plans: "Sequence[Plan]", form: str) -> str:
    from stridewise.packs.plugins import plan_formats, plugin_manager
    from stridewise.plan.seal import to_values

    further = plan_formats(plugin_manager())
    if form not in further:
        raise ValueError(f'"{form}" is not one of {", ".join((*ENDINGS, *further))}')
    return "".join(further[form](to_values(one)) for one in plans)
