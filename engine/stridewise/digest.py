"""The plan as plain JSON values, and its seal: the same meaning gives the same digest."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from stridewise.plan import FactUsed, Plan, SetAside


def to_values(item: Any) -> Any:
    """Dataclasses to mappings in the order of their fields; decimals to int where whole, else to float."""
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    if is_dataclass(item) and not isinstance(item, type):
        return _mapping(item)
    if isinstance(item, dict):
        return {key: to_values(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [to_values(value) for value in item]
    return item


def _mapping(item: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for part in fields(item):
        name, value = part.metadata.get("json", part.name), getattr(item, part.name)
        if name and not (value is None and _optional(item)) and not _empty_dosage(item, value):
            shown[name] = to_values(value)
    return shown


def _optional(item: Any) -> bool:
    """Evidence and set-aside entries have alternative keys; everything else shows its nulls."""
    return isinstance(item, FactUsed | SetAside) or type(item).__name__ == "Dosage"


def _empty_dosage(item: Any, value: Any) -> bool:
    return type(item).__name__ == "Dosage" and value == ""


def seal(plan: Plan) -> Plan:
    """The plan with `plan_sha256` filled in: over everything but `at` and the receipt."""
    values = to_values(plan)
    del values["receipt"]
    text = json.dumps(_without_places(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(plan, receipt=replace(plan.receipt, plan_sha256=digest))


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key != "at"}
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    return value
