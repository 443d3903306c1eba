"""The plan as JSON, exactly the contract: stable order, UTF-8, every array present."""

import json
from collections.abc import Sequence
from typing import Any

from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values


def render_json(plans: Sequence[Plan]) -> str:
    """One plan as an object, several as an array in their order."""
    return written([to_values(plan) for plan in plans])


def written(values: Sequence[Any]) -> str:
    """JSON values: a single one as it is, several as an array in their order."""
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2) + "\n"
