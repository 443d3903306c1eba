"""The plan as plain JSON values, and its seal: the same meaning gives the same digest."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from stridewise.plan import FactUsed, Plan, SetAside

PLACES = frozenset({"at"})  # where something was written: not part of what it means


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a class: the attribute, its key in JSON, and whether an empty value is left out."""

    attribute: str
    key: str
    skips_none: bool
    skips_empty: bool


def to_values(item: Any, left_out: frozenset[str] = frozenset()) -> Any:
    """Dataclasses to mappings in the order of their fields, without the keys `left_out`; decimals to int where whole, else to
    float."""
    if item is None or isinstance(item, str | bool | int | float):
        return item
    if isinstance(item, list | tuple):
        return [to_values(value, left_out) for value in item]
    if isinstance(item, dict):
        return {key: to_values(value, left_out) for key, value in item.items() if key not in left_out}
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    return _mapping(item, left_out) if is_dataclass(item) and not isinstance(item, type) else item


def _mapping(item: Any, left_out: frozenset[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for part in _fields(item.__class__):
        value = getattr(item, part.attribute)
        if part.key not in left_out and not (value is None and part.skips_none) and not (value == "" and part.skips_empty):
            shown[part.key] = to_values(value, left_out)
    return shown


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    """The fields shown. Evidence and set-aside entries have alternative keys, a dosage only what was said; everything else
    shows its nulls."""
    is_dosage = kind.__name__ == "Dosage"
    optional = is_dosage or issubclass(kind, FactUsed | SetAside)
    named = ((part.name, part.metadata.get("json", part.name)) for part in fields(kind))
    return tuple(_Field(attribute, key, optional, is_dosage) for attribute, key in named if key)


def seal(plan: Plan) -> Plan:
    """The plan with `plan_sha256` filled in: over everything but `at` and the receipt."""
    values = to_values(plan, PLACES)
    del values["receipt"]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(plan, receipt=replace(plan.receipt, plan_sha256=digest))
