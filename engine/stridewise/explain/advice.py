"""The plan of a changed profile as far as its advice goes: without what costs more than the rest together and advises nothing."""

from collections.abc import Sequence

from stridewise.documents.arithmetic import our_arithmetic
from stridewise.explain.edits.changes import Change
from stridewise.explain.inquiry import Inquiry
from stridewise.inference.engine import infer
from stridewise.plan.model import Plan
from stridewise.planning.build import make_plan
from stridewise.planning.situation import Situation
from stridewise.recommendation.collect import collect
from stridewise.recommendation.reasons import Explainer


@our_arithmetic()
def sketch_after(inquiry: Inquiry, changes: Sequence[Change], dated: bool = False) -> Plan | None:
    """What a new run would give, on the quick matcher, without what is missing and assumed; with its schedule where that is asked
    for. None where the changes do not fit the profile."""
    program, intake = inquiry.program, inquiry.facts_after(changes)
    if intake is None:
        return None
    inquiry.runs += 1
    memory = infer(program, intake.facts, intake.answered, inquiry.searched_with).memory
    later = dict(inquiry.session.situation.later)  # what a change leaves as it is follows on later days as before
    situation = Situation(program, intake, memory, Explainer(program, memory), later=later)
    return make_plan(situation, collect(program, memory), inquiry.session.plan.receipt, dated, asking=False)
