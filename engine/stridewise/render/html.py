"""The plan as one self-contained HTML report for a clinician: no script, no network; every text escaped by the template."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from stridewise.language.translation import language_in_force, say
from stridewise.plan.drawings import Drawn
from stridewise.plan.model import Plan
from stridewise.render import letter, pathways, plan_words, runner_words, said_once, schedule, summaries
from stridewise.render.chart import HEIGHT, WIDTH, chart

if TYPE_CHECKING:
    from jinja2 import Environment


def undrawn(exercise: str, side: str) -> str:
    """A document without drawings."""
    return ""


def render_html(plans: Sequence[Plan], explain: bool = False, drawn: Drawn = undrawn) -> str:
    """One document; several plans are its articles, with a list of them at the top. `explain` opens every reason."""
    return page("report.html.j2", plans=plans, explain=explain, drawn=drawn)


def page(template: str, **shown: Any) -> str:
    """A document from its template."""
    return environment().get_template(template).render(**shown)


@cache
def environment() -> "Environment":
    """Where the templates are and what they may call; every text is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("stridewise", "render/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "letter": letter,
        "pathways": pathways,
        "plan_words": plan_words,
        "schedule": schedule,
        "summaries": summaries,
        "runner_words": runner_words,
        "said_once": said_once,
        "chart": chart,
        "say": say,
        "language": language_in_force,
        "size": (WIDTH, HEIGHT),
    }
    return made
