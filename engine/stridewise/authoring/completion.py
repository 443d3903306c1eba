"""What an editor offers while a pack is written: the schemas, with the kinds and terms of the loaded packs filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from stridewise.authoring.rule_schema import offer_kinds
from stridewise.authoring.schemas import schema_of
from stridewise.language.vocabulary import Attribute, Kind, Vocabulary
from stridewise.program.program import Program

OFFERED = {  # the lists behind the names that a shape takes
    "Train": {"target": "targets", "options": "exercises"},
    "Prescribe": {"prescribe": "exercises", "target": "targets"},
    "Avoid": {"avoid": "exercises", "instead": "exercises"},
    "Adjust": {"adjust": "load_metrics"},
    "Refer": {"refer": "professionals"},
    "Selector": {"demand": "demands"},
    "RuleShape": {"sources": "sources"},
    "PathwayShape": {"sources": "sources"},
    "StageShape": {"sources": "sources", "retest": "kinds", "pain_limit": "pain_limits", "pain_region": "pain_regions"},
    "Expectation": dict.fromkeys(("prescribes", "not_prescribed", "not_swapped"), "exercises") | {"targets": "targets"},
    "Targets": {"direct": "targets", "indirect": "targets"},
}
ENFORCED = "Targets"


def schema_with_terms(document: str, program: Program) -> dict[str, Any]:
    """The schema of a document; a rule's conditions and a case's findings know every kind and its terms. Others are left to the
    command, which says more about a wrong one than an editor could, but for the targets of an exercise."""
    schema = schema_of(document, program.vocabulary.terms)
    offer_kinds(schema["definitions"], program.vocabulary)
    _offer_names(schema["definitions"], _names(program))
    if document == "profile":
        _fill_profile(schema["properties"], program.vocabulary)
    return schema


def _names(program: Program) -> dict[str, Iterable[str]]:
    claims = (f"{key}#{claim.id}" for key, source in program.sources.items() for claim in source.claims)
    return {**program.vocabulary.terms, "kinds": program.vocabulary.kinds, "sources": [*program.sources, *claims]}


def _offer_names(definitions: dict[str, Any], names: Mapping[str, Iterable[str]]) -> None:
    for shape in OFFERED.keys() & definitions.keys():
        properties = definitions[shape]["properties"]
        for part, list_name in OFFERED[shape].items():
            place = properties[part]["items"] if properties[part].get("type") == "array" else properties[part]
            as_is, known = dict(place), {"enum": list(names.get(list_name, ()))}
            place.clear()
            place |= known if shape == ENFORCED else {"anyOf": [known, as_is]}


def _fill_profile(sections: dict[str, Any], vocabulary: Vocabulary) -> None:
    """A finding knows every kind, a diagnosis every condition."""
    for section in ("findings", "symptoms", "history"):
        _notation(sections[section])["properties"] = _facts(vocabulary)
    kind = vocabulary.kinds.get("diagnosis")
    if kind is not None:
        given = {attribute.name: _value(vocabulary, attribute) for attribute in kind.attributes.values()}
        given["released"] = {"$ref": "#/definitions/Release"}
        _notation(sections["diagnosis"])["properties"] = {"condition": _value(vocabulary, kind), **given}


def _notation(section: dict[str, Any]) -> dict[str, Any]:
    """The part of a section's schema that is a fact in the one notation."""
    items = section["anyOf"][0]["items"]
    return next(way for way in items.get("anyOf", [items]) if way["type"] == "object")


def _facts(vocabulary: Vocabulary) -> dict[str, Any]:
    """Every kind that a profile may hold, as a key, and every attribute of any."""
    kinds = [kind for kind in vocabulary.kinds.values() if kind.mode != "derived"]
    offered: dict[str, Any] = {}
    for attribute in (one for kind in kinds for one in kind.attributes.values()):
        offered.setdefault(attribute.name, _value(vocabulary, attribute))
    return offered | {kind.name: {**_value(vocabulary, kind), "description": kind.question or kind.label} for kind in kinds}


def _value(vocabulary: Vocabulary, owner: Kind | Attribute) -> dict[str, Any]:
    """Terms are offered, not enforced."""
    if owner.type.terms:
        return {"anyOf": [{"enum": list(vocabulary.terms.get(owner.type.terms, ()))}, {}]}
    return {"description": owner.type.describe()}
