"""JSON Schemas of the documents, made from the very shapes that check them."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from stridewise.authoring.cases import CaseShape
from stridewise.authoring.rule_schema import type_rules
from stridewise.language.drawing import Drawing
from stridewise.language.exercise import Exercise
from stridewise.language.pathway import PathwayShape
from stridewise.language.translation import Language
from stridewise.packs.pack import PackShape, RuleShape, Source
from stridewise.plan import model as plan
from stridewise.profile.shapes import Sections
from stridewise.program.vocabulary_reader import VocabularyShape

VERSION = 1
WRITTEN_ALONE = (plan.__name__, Language.__module__)  # what a plan holds and no document
EMPTY: Mapping[str, Iterable[str]] = MappingProxyType({})
SHAPES: dict[str, Any] = {
    "profile": Sections,
    "pack": PackShape,
    "vocabulary": VocabularyShape,
    "rule": list[RuleShape],
    "exercise": list[Exercise],
    "pathway": list[PathwayShape],
    "case": list[CaseShape],
    "plan": plan.Plan,
}


def schema_of(document: str, terms: Mapping[str, Iterable[str]] = EMPTY) -> dict[str, Any]:
    """The draft-07 compatible JSON Schema of one document; `terms` are offered where one is asked for."""
    shape = list[Source] if document == "source" else SHAPES[document]
    schema = TypeAdapter(shape).json_schema(schema_generator=_Schema, ref_template="#/definitions/{model}")
    schema["definitions"] = definitions = schema.pop("$defs", {})
    for name, part in definitions.items():
        _as_written(getattr(plan, name, None), part)
    if "drawing" in definitions.get("Exercise", {}).get("properties", {}):
        _as_drawn(definitions)
    type_rules(definitions, _Schema)
    for name, part in {**definitions, schema.get("title", ""): schema}.items():
        _describe(name, part)
    if document == "plan":
        _as_written(shape, schema)
        _as_prescribed(definitions["Dosage"]["properties"])
    _offer(schema, terms)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"urn:stridewise:schema:{document}:{VERSION}", **schema}


@cache
def meanings() -> Mapping[str, Mapping[str, str]]:
    """What each key of a pack's documents means, by shape and key, as written beside this file: for the reference and editors."""
    told: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("keys.yaml").read_text(encoding="utf-8"))
    return told


def _describe(name: str, schema: dict[str, Any]) -> None:
    """Put the meaning of its keys into the schema of a shape."""
    for key, text in meanings().get(name, {}).items():
        if key in schema.get("properties", {}):
            schema["properties"][key]["description"] = text


def _offer(part: Any, terms: Mapping[str, Iterable[str]]) -> None:
    """In place of the name of each list of terms, its terms. They are offered, not enforced: the loader says more about a wrong
    one than an editor could."""
    for inner in list(part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()):
        _offer(inner, terms)
    if not isinstance(part, dict) or not isinstance(part.get("terms"), str):
        return
    named = list(terms.get(part.pop("terms"), ()))
    asked = part["items"] if part["type"] == "array" else part
    if named:
        other = dict(asked)
        asked.clear()
        asked["anyOf"] = [{"enum": named}, other]


def _as_written(shape: Any, part: dict[str, Any]) -> None:
    """Name the keys of a plan's record as they are written: some are renamed, some serve texts only."""
    if not is_dataclass(shape):
        return
    names = {field.name: field.metadata.get("json", field.name) for field in fields(shape)}
    part["properties"] = {name: part["properties"][own] for own, name in names.items() if name and own in part["properties"]}
    if "required" in part:
        part["required"] = [names[own] for own in part["required"] if names[own]]


def _as_drawn(definitions: dict[str, Any]) -> None:
    """A drawing is kept as text, and written as its own shape says."""
    drawing = TypeAdapter(Drawing).json_schema(schema_generator=_Schema, ref_template="#/definitions/{model}")
    definitions |= drawing.pop("$defs")
    definitions["Drawing"] = drawing
    definitions["Exercise"]["properties"]["drawing"] = {"$ref": "#/definitions/Drawing"}


def _as_prescribed(dosage: dict[str, Any]) -> None:
    """A plan gives load and effort in words, and one load and the effort as data beside them."""
    for words, data, shape in (("load", "loading", "Load"), ("effort", "reserve", "Effort")):
        dosage[words] = {"title": words.capitalize(), "type": "string"}
        dosage[data] = {"$ref": f"#/definitions/{shape}"}


class _Schema(GenerateJsonSchema):
    """Decimals are plain numbers in every document, and what is read holds no keys but its own."""

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        is_read = schema["cls"].__module__ not in WRITTEN_ALONE
        return super().dataclass_schema(schema) | ({"additionalProperties": False} if is_read else {})

    def decimal_schema(self, schema: Any) -> dict[str, Any]:
        return {"type": "number"}
