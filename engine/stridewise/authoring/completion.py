"""What an editor offers while a pack is written: the schemas, with the kinds and terms of the loaded packs filled in."""

from collections.abc import Iterable
from typing import Any

from stridewise.authoring.rule_schema import offer_words
from stridewise.authoring.schemas import SHAPES, schema_of_shape
from stridewise.language.vocabulary import Attribute, Kind, Vocabulary
from stridewise.packs.pack import Source
from stridewise.program.program import Program


def schema_with_terms(document: str, program: Program) -> dict[str, Any]:
    """The schema of a document; a rule's conditions and a case's findings know every kind and its terms."""
    shape = list[Source] if document == "source" else SHAPES[document]
    schema = schema_of_shape(document, shape, program.vocabulary.terms)
    offer_words(schema.get("definitions", {}), program.vocabulary)
    _offer_sources(schema.get("definitions", {}), program)
    if document == "pathway":
        _fill_pathways(schema["definitions"], program)
    if document == "case":
        _fill_case(schema["definitions"], program)
    if document == "profile":
        _fill_profile(schema["properties"], program.vocabulary)
    if document == "exercise":
        targets = schema["definitions"]["Targets"]["properties"]
        for name in ("direct", "indirect"):
            targets[name]["items"] = {"enum": list(program.vocabulary.terms.get("targets", {}))}
    return schema


def _fill_profile(sections: dict[str, Any], vocabulary: Vocabulary) -> None:
    """A finding knows every kind, a diagnosis every condition."""
    facts = _fact(vocabulary, modes=("open", "closed", "computed"))["properties"]
    for section in ("findings", "symptoms", "history"):
        _notation(sections[section])["properties"] = facts
    kind = vocabulary.kinds.get("diagnosis")
    if kind is not None:
        given = {attribute.name: _value(vocabulary, attribute) for attribute in kind.attributes.values()}
        given["released"] = {"$ref": "#/definitions/Release"}
        _notation(sections["diagnosis"])["properties"] = {"condition": _value(vocabulary, kind), **given}


def _notation(section: dict[str, Any]) -> dict[str, Any]:
    """The part of a section's schema that is a fact in the one notation."""
    items = section["anyOf"][0]["items"]
    return next(way for way in items.get("anyOf", [items]) if way["type"] == "object")


def _offer_sources(definitions: dict[str, Any], program: Program) -> None:
    for name in ("RuleShape", "PathwayShape", "StageShape"):
        if name in definitions:
            definitions[name]["properties"]["sources"]["items"] = _suggest(_source_keys(program))


def _fill_pathways(definitions: dict[str, Any], program: Program) -> None:
    stage = definitions["StageShape"]["properties"]
    stage["retest"]["items"] = _suggest(program.vocabulary.kinds)
    for name, terms in (("pain_limit", "pain_limits"), ("pain_region", "pain_regions")):
        stage[name] = _suggest(program.vocabulary.terms.get(terms, ()))


def _source_keys(program: Program) -> list[str]:
    return [*program.sources, *(f"{key}#{claim.id}" for key, source in program.sources.items() for claim in source.claims)]


def _fill_case(definitions: dict[str, Any], program: Program) -> None:
    expect = definitions["Expectation"]["properties"]
    for name in ("prescribes", "not_prescribed", "not_swapped"):
        expect[name]["items"] = _suggest(program.exercises)
    expect["targets"]["items"] = _suggest(program.vocabulary.terms.get("targets", ()))


def _fact(vocabulary: Vocabulary, modes: Iterable[str] = ()) -> dict[str, Any]:
    """A mapping with one kind as key."""
    kinds = [kind for kind in vocabulary.kinds.values() if not modes or kind.mode in tuple(modes)]
    properties: dict[str, Any] = {}
    for kind in kinds:
        for attribute in kind.attributes.values():
            properties.setdefault(attribute.name, _value(vocabulary, attribute))
    properties |= {kind.name: {**_value(vocabulary, kind), "description": kind.question or kind.label} for kind in kinds}
    return {"type": "object", "properties": properties}


def _value(vocabulary: Vocabulary, owner: Kind | Attribute) -> dict[str, Any]:
    """Terms are offered, not enforced: the loader says more about a wrong one than an editor could."""
    type_ = owner.type
    if type_.terms:
        return _suggest(vocabulary.terms.get(type_.terms, ()))
    return {"description": type_.describe()}


def _suggest(names: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [{"enum": list(names)}, {}]}
