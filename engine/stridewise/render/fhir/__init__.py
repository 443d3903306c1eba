"""A plan as a FHIR R4 Bundle for another system. Everything in it is a draft; what must not be done is never something to do."""

import json
from collections.abc import Sequence

from stridewise.plan.model import Plan
from stridewise.render.clinic import NOBODY, Clinic
from stridewise.render.fhir.bundle import bundle

__all__ = ["bundle", "render_fhir"]


def render_fhir(plans: Sequence[Plan], clinic: Clinic = NOBODY) -> str:
    """One plan as a Bundle, several as an array of them in their order: no Bundle holds two runners."""
    made = [bundle(plan, clinic) for plan in plans]
    return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2) + "\n"
