"""What if the profile said otherwise: the difference between two plans, and where along a range of values the advice flips."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import Change, SetPath
from stridewise.explain.fates import explained
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.safety import lost
from stridewise.explain.summary import summary
from stridewise.plan.difference import Difference
from stridewise.plan.model import Plan

WATERMARK = "hypothetical, not a plan"
MAX_POINTS = 200
_NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,12})?)"
_RANGE = re.compile(rf"\s*{_NUMBER}\.\.{_NUMBER}(?::{_NUMBER})?\s*\Z")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The plan after the changes against the plan before. `watermark` is set where a safety fact was removed: `removed_safety`
    names which."""

    changes: tuple[str, ...]
    watermark: str
    removed_safety: tuple[str, ...]
    difference: Difference
    plan: Plan


@dataclass(frozen=True, slots=True)
class Flip:
    """Between two neighbouring values the plan changes: `says` in short phrases, `difference` in full."""

    before: Decimal
    after: Decimal
    says: tuple[str, ...]
    difference: Difference


@dataclass(frozen=True, slots=True)
class Sweep:
    """One path over a range of values: the plans' exercises and advice at each value, and the flip points between them."""

    path: str
    values: tuple[Decimal, ...]
    watermark: str
    items: dict[str, tuple[bool, ...]]
    flips: tuple[Flip, ...]


def what_if(inquiry: Inquiry, changes: Sequence[Change]) -> WhatIf:
    """The difference the changes make: exactly that of a new run. Raises ProfileError where they do not fit."""
    after = inquiry.after(changes)
    removed = lost(inquiry.session, after)
    return WhatIf(
        changes=tuple(map(str, changes)),
        watermark=WATERMARK if removed else "",
        removed_safety=removed,
        difference=explained(inquiry.session.plan, after.plan),
        plan=after.plan,
    )


def read_range(text: str) -> tuple[str, tuple[Decimal, ...]]:
    """`race.in_weeks=1..20` (or `1..20:0.5`) as a path and its values. Raises ProfileError."""
    path, _, written = text.partition("=")
    match = _RANGE.match(written)
    if match is None or not path.strip():
        raise ProfileError(f"--sweep {text}: expected PATH=FROM..TO, such as race.in_weeks=1..20, or FROM..TO:STEP")
    first, last, step = Decimal(match[1]), Decimal(match[2]), Decimal(match[3] or 1)
    number = int((last - first) / step) + 1 if step else 0
    if not 2 <= number <= MAX_POINTS:
        raise ProfileError(f"--sweep {text}: that is {max(number, 0)} values; give 2 to {MAX_POINTS}")
    return path.strip(), tuple(first + step * index for index in range(number))


def sweep(inquiry: Inquiry, path: str, values: Sequence[Decimal], changes: Sequence[Change] = ()) -> Sweep:
    """The plan at each value, on top of the other changes. Raises ProfileError where a value does not fit."""
    sessions = [inquiry.after([*changes, SetPath(path, _number(value))]) for value in values]
    plans = [session.plan for session in sessions]
    removed = any(lost(inquiry.session, session) for session in sessions)
    held = [_held(plan, inquiry.names) for plan in plans]
    rows = sorted({row for shown in held for row in shown})
    return Sweep(
        path=path,
        values=tuple(values),
        watermark=WATERMARK if removed else "",
        items={row: tuple(row in shown for shown in held) for row in rows},
        flips=tuple(_flips(plans, values, inquiry.names)),
    )


def _number(value: Decimal) -> Any:
    return int(value) if value == value.to_integral_value() else value


def _held(plan: Plan, names: dict[str, str]) -> set[str]:
    """What a plan holds, as the rows of the picture."""
    return {
        *(f"referral: {referral.to.replace('_', ' ')}" for referral in plan.referrals),
        *(f"warning: {warning.text}" for warning in plan.warnings),
        *(f"load: {adjustment.metric.replace('_', ' ')}" for adjustment in plan.load_adjustments),
        *(f"exercise: {names[prescription.exercise]}" for prescription in plan.prescriptions),
    }


def _flips(plans: Sequence[Plan], values: Sequence[Decimal], names: dict[str, str]) -> Iterator[Flip]:
    for (first, before), (second, after) in pairwise(zip(values, plans, strict=True)):
        between = explained(before, after)
        if says := summary(between, names):
            yield Flip(first, second, says, between)
