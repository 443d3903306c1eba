"""The plan as plain JSON values, and its seal: the same meaning gives the same digest."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from stridewise.language.dosage import Dosage, Effort, Load, Stage
from stridewise.language.dosage_words import spoken_effort, spoken_load
from stridewise.language.translation import speaking
from stridewise.plan.model import FactUsed, Plan, SetAside

_PLAIN = frozenset({str, int, float, bool, type(None)})
PLACES = frozenset({"at"})  # where something was written: not part of what it means
BESIDE = ("receipt", "drawings")  # what stands beside the plan
OWN_SEAL = "receipt_sha256"


def to_values(item: Any, left_out: frozenset[str] = frozenset()) -> Any:
    """Dataclasses to mappings in the order of their fields, without the keys `left_out`; decimals to int where whole, else to
    float. A plan is told in its own language throughout."""
    if item.__class__ in _PLAIN:
        return item
    if isinstance(item, (list, tuple)):
        return [value if value.__class__ in _PLAIN else to_values(value, left_out) for value in item]
    if isinstance(item, dict):
        return {key: to_values(value, left_out) for key, value in item.items() if key not in left_out}
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    if isinstance(item, Plan):
        with speaking(item.words):
            return _mapping(item, left_out)
    return _mapping(item, left_out)


def _mapping(item: Any, left_out: frozenset[str]) -> Any:
    """A dataclass as a mapping; anything else as it is."""
    parts = _fields(item.__class__, left_out)
    if parts is None:
        return item
    shown: dict[str, Any] = {}
    for attribute, key, skips_none, skips_empty, spoken in parts:
        value = getattr(item, attribute)
        if spoken is not None:
            shown |= spoken(item)
        elif value.__class__ not in _PLAIN:
            shown[key] = to_values(value, left_out)
        elif not (skips_none and value is None) and not (skips_empty and value == ""):
            shown[key] = value
    return shown


@cache
def _fields(
    kind: type, left_out: frozenset[str]
) -> tuple[tuple[str, str, bool, bool, Callable[[Dosage], dict[str, Any]] | None], ...] | None:
    """The fields of a dataclass that are shown, None for another class: the attribute, its key, whether None is left out, whether
    "" is, and what is said in its place. Evidence and set-aside entries have alternative keys, a dosage only what was said;
    everything else shows its nulls, but for fields that say otherwise."""
    if not is_dataclass(kind):
        return None
    is_dosage = issubclass(kind, Dosage | Load | Effort | Stage)
    optional = is_dosage or issubclass(kind, FactUsed | SetAside)
    named = ((part.name, part.metadata.get("json", part.name), "json_unless_empty" in part.metadata) for part in fields(kind))
    spoken = _SPOKEN if issubclass(kind, Dosage) else {}
    return tuple(
        (attribute, key, optional, is_dosage or may_lack, spoken.get(key))
        for attribute, key, may_lack in named
        if key and (key in spoken or key not in left_out)
    )


def _load_of(dosage: Dosage) -> dict[str, Any]:
    """The load in words, and as data."""
    words = {"load": spoken_load(dosage)} if dosage.load else {}
    return words | ({"loading": to_values(dosage.loading)} if dosage.loading is not None else {})


def _effort_of(dosage: Dosage) -> dict[str, Any]:
    """The effort in words, and as data."""
    return {"effort": spoken_effort(dosage.effort), "reserve": to_values(dosage.effort)} if dosage.effort is not None else {}


_SPOKEN = {"load": _load_of, "effort": _effort_of}


def seal(plan: Plan, values: dict[str, Any] | None = None) -> Plan:
    """The plan with `plan_sha256` filled in: over everything but `at`, drawings and the receipt; and with `receipt_sha256`, over
    all else in the receipt. `values` is the plan as JSON values without places, where that is at hand."""
    whole = to_values(plan, PLACES) if values is None else values
    receipt = replace(plan.receipt, plan_sha256=digest_of_values(without_beside(whole)))
    return replace(plan, receipt=replace(receipt, receipt_sha256=digest_of_receipt(to_values(receipt))))


def without_beside(values: dict[str, Any]) -> dict[str, Any]:
    """A plan as JSON values, without what stands beside it."""
    return {key: value for key, value in values.items() if key not in BESIDE}


def digest_of_receipt(values: dict[str, Any]) -> str:
    """What a receipt's own seal has to be."""
    return digest_of_values({key: value for key, value in values.items() if key != OWN_SEAL})


def digest_of_values(values: Any) -> str:
    """The sha256 over JSON values in their one spelling."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)  # a tree, as made
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
