"""The Bundle: what comes first for a reader first, each resource once, every reference within it."""

from stridewise.language.translation import fixed, say, speaking
from stridewise.plan.model import Plan
from stridewise.render.clinic import Clinic
from stridewise.render.fhir.care_plan import add_care_plan
from stridewise.render.fhir.goals import add_goals
from stridewise.render.fhir.observations import add_record
from stridewise.render.fhir.parts import Json, Making, cleaned, identifier
from stridewise.render.fhir.provenance import add_provenance
from stridewise.render.fhir.safety import add_issues, add_referrals

CODE = fixed("code of the runner in the clinic's own profiles")


def bundle(plan: Plan, clinic: Clinic) -> Json:
    """One plan in its own language: referrals and what stops, issues, goals, the record, the care plan, what made it."""
    with speaking(plan.words):
        making = Making(plan, _subject(plan, clinic))
        sent = add_referrals(making)
        issues = add_issues(making)
        goals = add_goals(making)
        conditions, observations = add_record(making)
        add_care_plan(making, sent, goals, conditions, [*issues, *observations])
        add_provenance(making)
        made: Json = cleaned(
            {
                "resourceType": "Bundle",
                "identifier": identifier(f"{plan.runner}\0{plan.as_of}")[0],
                "type": "collection",
                "entry": making.held,
            }
        )
        return made


def _subject(plan: Plan, clinic: Clinic) -> Json:
    """The runner by the code alone: the receiving system finds out who that is, and makes no patient of it."""
    return {
        "type": "Patient",
        "identifier": {"type": {"text": say(CODE)}, "value": plan.runner, "assigner": {"display": clinic.name}},
    }
