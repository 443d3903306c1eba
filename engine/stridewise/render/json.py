"""Plans and answers as JSON, exactly the contract: stable order, UTF-8, every array present."""

import json
from collections.abc import Sequence

from stridewise.plan.seal import to_values


def render_json(values: Sequence[object]) -> str:
    """One plan, or one of what is made of plans, as an object; several as an array in their order."""
    return as_json(values[0] if len(values) == 1 else values)


def as_json(value: object) -> str:
    """A plan, or what an answer holds, as JSON."""
    return json.dumps(to_values(value), ensure_ascii=False, indent=2) + "\n"


def on_one_line(value: object) -> str:
    """The same without a line's end in it."""
    return json.dumps(to_values(value), ensure_ascii=False, separators=(",", ":"))
