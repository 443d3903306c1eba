"""A plan as a FHIR R4 Bundle for another system. Everything in it is a draft; what must not be done is never something to do."""

from collections.abc import Sequence

from stridewise.plan.model import Plan
from stridewise.render.clinic import NOBODY, Clinic
from stridewise.render.fhir.bundle import bundle
from stridewise.render.json import render_json

__all__ = ["bundle", "render_fhir"]


def render_fhir(plans: Sequence[Plan], clinic: Clinic = NOBODY) -> str:
    """One plan as a Bundle, several as an array of them in their order: no Bundle holds two runners."""
    return render_json([bundle(plan, clinic) for plan in plans])
