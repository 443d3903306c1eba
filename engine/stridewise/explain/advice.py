"""The plan of a changed profile as far as its advice goes: without dates and seal, which cost more than the rest together."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.explain.edits.changes import Change
from stridewise.explain.inquiry import SEARCHED_WITH, Inquiry
from stridewise.inference.engine import infer
from stridewise.plan.model import Plan, Review
from stridewise.planning.build import make_plan
from stridewise.planning.situation import Situation
from stridewise.recommendation.collect import collect
from stridewise.recommendation.reasons import Explainer


def advice_after(inquiry: Inquiry, changes: Sequence[Change]) -> Plan | None:
    """What a new run would advise, on the quick matcher; None where the changes do not fit the profile."""
    program, intake = inquiry.program, inquiry.facts_after(changes)
    if intake is None:
        return None
    inquiry.runs += 1
    memory = infer(program, intake.facts, intake.answered, "durable" if inquiry.engine == "durable" else SEARCHED_WITH).memory
    situation = Situation(program, intake, memory, Explainer(program, memory))
    return advice(make_plan(situation, collect(program, memory), inquiry.session.plan.receipt, dated=False))


def advice(plan: Plan) -> Plan:
    """The plan with its advice alone, so that two can be compared quickly."""
    return replace(
        plan, schedule=(), conclusions=(), missing=(), not_used=(), notices=(), conflicts=(), review=Review(date=None, retest=())
    )
