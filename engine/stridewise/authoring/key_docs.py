"""The reference of every key that a pack's documents may hold: what it means, what it may be, whether it is needed. Read off the
schemas, so that no key is forgotten."""

from collections.abc import Iterator, Mapping
from typing import Any

from stridewise.authoring.rule_schema import Part
from stridewise.authoring.schemas import meanings, schema_of

# What each document holds, by shape, in the order of the page, and how it is called there.
DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "pack": {
        "PackShape": "pack.yaml",
        "ThresholdShape": "A threshold",
        "Override": "An override",
        "Requirement": "A required pack",
    },
    "rule": {
        "RuleShape": "A rule",
        "Train": "then: target",
        "Prescribe": "then: prescribe",
        "Avoid": "then: avoid",
        "Selector": "avoid: by demand",
        "Warn": "then: warn",
        "Adjust": "then: adjust",
        "Refer": "then: refer",
    },
    "exercise": {
        "Exercise": "An exercise",
        "Targets": "targets of an exercise",
        "Gate": "A gate",
        "FromTest": "from_test",
        "Dosage": "A dose",
        "Load": "A load",
        "Effort": "An effort",
        "Stage": "A step of a dose",
    },
    "pathway": {
        "PathwayShape": "A pathway",
        "StageShape": "A stage",
        "CriterionShape": "A criterion (exit)",
        "WalkRun": "walk_run",
    },
    "case": {
        "CaseShape": "A case",
        "Expectation": "expect of a case",
    },
    "source": {
        "Source": "A source",
        "Claim": "A claim",
    },
}
TITLES = {name: title for shapes in DOCUMENTS.values() for name, title in shapes.items()}
FILLED_IN = ("Exercise", "pack")  # as its record is read; nobody writes it
KINDS_OF_VALUES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "yes or no",
    "object": "keys and values",
}
OTHER_SHAPES = {"Range": "{min, max}", "Quantity": "a quantity", "Condition": "a condition", "Conclude": "a conclusion"}


def shapes_of(document: str) -> dict[str, Part]:
    """The schema of each shape that a document holds."""
    schema = schema_of(document)
    return {**schema["definitions"], schema.get("title", ""): schema}


def key_tables() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """Document by document and shape by shape, a row for each key."""
    told = {}
    for document, titles in DOCUMENTS.items():
        known = shapes_of(document)
        name = "pack.yaml" if document == "pack" else f"{document.capitalize()}s"
        told[name] = {title: list(_rows(shape, known[shape])) for shape, title in titles.items()}
    return told


def _rows(name: str, schema: Part) -> Iterator[tuple[str, ...]]:
    told = meanings()[name]
    written = (key for key in schema["properties"] if (name, key) != FILLED_IN)
    for key in sorted(written, key=list(told).index):
        needed = "yes" if key in schema.get("required", ()) else ""
        yield f"`{key}`", told[key], _may_be(schema["properties"][key]) or "anything that fits", needed


def _may_be(part: Any) -> str:
    """The values in words: a text, a number, one of some words, a list of them."""
    if "anyOf" in part:
        ways = dict.fromkeys(filter(None, (_may_be(way) for way in part["anyOf"] if way.get("type") != "null")))
        return ", or ".join(ways)
    if "$ref" in part:
        name = str(part["$ref"]).rpartition("/")[2]
        return (TITLES | OTHER_SHAPES).get(name, name.lower())
    if "enum" in part or "const" in part:
        return ", ".join(f"`{value}`" for value in part.get("enum", [part.get("const")]))
    if part.get("type") == "array":
        return f"a list: {_may_be(part.get('items', {})) or 'anything'}"
    if part.get("format") == "date":
        return "a day, as 2027-12-31"
    kinds = part.get("type", ())
    return ", ".join(KINDS_OF_VALUES.get(kind, "") for kind in ([kinds] if isinstance(kinds, str) else kinds))
