"""A Bundle read as another system reads it: shapes by fhir.resources, and what that library leaves to its users: codes from the
lists that the standard fixes, references that lead somewhere, to what they may lead to."""

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("fhir.resources")

from fhir.resources.R4B.bundle import Bundle  # type: ignore[import-untyped,unused-ignore]
from fhir.resources.R4B.reference import Reference  # type: ignore[import-untyped,unused-ignore]


def read_bundle(value: dict[str, Any]) -> Any:
    """The bundle, checked. Raises where FHIR R4B does not allow it."""
    bundle = Bundle.model_validate(value)
    kinds = {entry.fullUrl: entry.resource.get_resource_type() for entry in bundle.entry}
    assert len(kinds) == len(bundle.entry), "two entries have one address"
    for entry in bundle.entry:
        assert entry.fullUrl == f"urn:uuid:{entry.resource.id}"
        for part, name, held in walk(entry.resource):
            said = type(part).model_fields[name].json_schema_extra or {}
            if codes := said.get("enum_values"):
                assert held in codes, f"{name}: {held} is not one of {codes}"
            if isinstance(held, Reference) and held.reference:
                may = said.get("enum_reference_types") or ["Resource"]
                assert held.reference in kinds, f"{name}: {held.reference} leads nowhere"
                assert may == ["Resource"] or kinds[held.reference] in may, f"{name}: {kinds[held.reference]} is not one of {may}"
    return bundle


def walk(part: Any) -> Iterator[tuple[Any, str, Any]]:
    """Every value of a resource: the part that holds it, its name, itself."""
    for name in type(part).model_fields:
        value = getattr(part, name, None)
        for held in value if isinstance(value, list) else [value]:
            if held is None:
                continue
            yield part, name, held
            if hasattr(type(held), "model_fields"):
                yield from walk(held)


def of_kind(value: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of one kind, as written."""
    return [entry["resource"] for entry in value["entry"] if entry["resource"]["resourceType"] == kind]


def details(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The activities of the care plan that are told in it."""
    (plan,) = of_kind(value, "CarePlan")
    return [one["detail"] for one in plan["activity"] if "detail" in one]


def open_to_do(value: dict[str, Any]) -> list[str]:
    """What a system that looks at the status alone would show as something to do."""
    return [one["code"]["text"] for one in details(value) if one["status"] in ("not-started", "scheduled", "in-progress")]
