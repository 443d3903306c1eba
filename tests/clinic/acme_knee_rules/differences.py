"""The difference between the sides on the step-down test, in percent of the better side."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any


def step_down(facts: Sequence[Mapping[str, str | Decimal]]) -> Iterator[Mapping[str, Any]]:
    """One fact on the side that stays behind, where both sides were tested and differ.

    >>> left, right = ({"step_down_reps": Decimal(reps), "side": side} for reps, side in ((9, "left"), (12, "right")))
    >>> list(step_down([left, right]))
    [{'step_down_difference': Decimal('25.00'), 'side': 'left'}]
    """
    reps = {str(fact["side"]): Decimal(fact["step_down_reps"]) for fact in facts if "step_down_reps" in fact}
    if len(reps) == 2 and reps["left"] != reps["right"]:
        weaker, better = sorted(reps, key=lambda side: reps[side])
        percent = (reps[better] - reps[weaker]) / reps[better] * 100
        yield {"step_down_difference": round(percent, 2), "side": weaker}
