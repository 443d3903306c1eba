"""The care plan: a draft and a proposal, with the whole plan in words as its narrative, so that nothing is lost on a system that
shows words only."""

from collections.abc import Iterator, Sequence
from html import escape

from stridewise.errors import spelt_out
from stridewise.language.translation import say
from stridewise.plan.model import Plan
from stridewise.render.fhir.activities import activities
from stridewise.render.fhir.parts import Json, Making, identifier, lines
from stridewise.render.letter import DRAFT
from stridewise.render.plan_words import verdict
from stridewise.render.summaries import closing, said_first, spoken_questions, spoken_set_aside
from stridewise.render.text import render_text


def add_care_plan(
    making: Making, sent: Sequence[Json], goals: Sequence[Json], conditions: Sequence[Json], supporting: Sequence[Json]
) -> None:
    """The care plan with all that it rests on."""
    plan = making.plan
    making.add(
        "CarePlan",
        "plan",
        text=_narrative(plan),
        identifier=identifier(f"{plan.runner}\0{plan.as_of}\0care plan"),
        status="draft",
        intent="proposal",
        title=say("Plan for {runner}, {day}. Draft until a clinician signs it.", runner=plan.runner, day=plan.as_of),
        description=verdict(plan),
        subject=making.subject,
        period={"start": plan.as_of, "end": plan.review.date},
        created=plan.as_of,
        addresses=list(conditions),
        supportingInfo=list(supporting),
        goal=list(goals),
        activity=activities(making, sent),
        note=[{"text": text} for text in _notes(plan)],
    )


def _narrative(plan: Plan) -> Json:
    text = escape(spelt_out(render_text(plan)), quote=False)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><pre>{text}</pre></div>'}


def _notes(plan: Plan) -> Iterator[str]:
    """What must be said, what is not known, what was left out and taken for granted."""
    yield say(DRAFT)
    yield from said_first(plan)
    yield from (one.text for one in plan.conflicts)
    yield lines([say("Worth asking next"), *spoken_questions(plan, len(plan.missing))]) if plan.missing else ""
    yield from (f"{title}: {text}" for title, text in spoken_set_aside(plan))
    yield from closing(plan)
