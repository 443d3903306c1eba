"""The schema of what a rule says: conditions and consequents, typed by the shapes that check them. Rules, gates and pathways
share it, and the loaded packs fill in their kinds and terms."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from stridewise.language.rule import SHAPES
from stridewise.language.vocabulary import Attribute, Kind, Vocabulary

Part = dict[str, Any]
CONDITION, CONCLUDE = {"$ref": "#/definitions/Condition"}, {"$ref": "#/definitions/Conclude"}
GROUPS = ("absent", "any_of", "at_least", "of")
SEVERAL = {"type": "array", "items": CONDITION}
TEST = {"type": ["string", "number", "boolean"]}
COMPARED = {"type": "string", "description": '"< 3", ">= 40 km", "3..5", a threshold, any or $name'}
NUMBER = {"anyOf": [{"type": "number"}, COMPARED, {"type": "array", "items": {"type": "number"}}]}
QUANTITY = {"type": ["string", "number"], "description": '"20 km", "-50%" or "110% of longest_run"'}
CONDITIONS_AT = (
    ("RuleShape", "when"),
    ("PathwayShape", "when"),
    ("StageShape", "enter"),
    ("CriterionShape", "needs"),
    ("Gate", "needs"),
)
OR_ONE = "CriterionShape"  # whose list may be left out where it would hold one condition
CONSEQUENTS_AT = (("RuleShape", "then"), ("StageShape", "then"))


def type_rules(definitions: Part, generator: Any) -> None:
    """Type every `when` and `then` among the definitions of a schema."""
    places = [(name, key) for name, key in CONDITIONS_AT if name in definitions]
    for name, key in places:
        whole = {"type": "array", "items": _condition_or_group()}
        properties = definitions[name]["properties"]
        properties[key] = {"anyOf": [_condition_or_group(), whole]} if name == OR_ONE else whole
    if places:
        definitions["Condition"] = {
            "type": "object",
            "minProperties": 1,
            "properties": dict.fromkeys(GROUPS, False),
            "additionalProperties": {"anyOf": [TEST, {"type": "array", "items": TEST}]},
        }
    for properties, key in [(definitions[name]["properties"], key) for name, key in CONSEQUENTS_AT if name in definitions]:
        properties[key] = {"type": "array", "items": {"anyOf": [CONCLUDE, *_consequents(definitions, generator)]}}


def _condition_or_group() -> Part:
    return {"anyOf": [CONDITION, _only(absent=CONDITION), _only(any_of=SEVERAL), _only(at_least={"type": "integer"}, of=SEVERAL)]}


def _only(**properties: Any) -> Part:
    """An object of exactly these keys."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _consequents(definitions: Part, generator: Any) -> list[Part]:
    """A reference to each consequent, its shape among the definitions."""
    definitions["Conclude"] = _only(conclude={"type": "object", "minProperties": 1, "additionalProperties": TEST})
    for shape in SHAPES.values():
        schema = TypeAdapter(shape).json_schema(schema_generator=generator, ref_template="#/definitions/{model}")
        definitions |= schema.pop("$defs", {})
        definitions[shape.__name__] = schema
    definitions["Quantity"] = QUANTITY
    return [{"$ref": f"#/definitions/{shape.__name__}"} for shape in SHAPES.values()]


# --- what the loaded packs offer ----------------------------------------------------------------------------------------


def offer_kinds(definitions: Part, vocabulary: Vocabulary) -> None:
    """The kinds of the loaded packs with their terms, offered wherever conditions and conclusions name one."""
    if "Condition" in definitions:
        definitions["Condition"]["properties"] |= _kinds(vocabulary.kinds.values(), vocabulary, tested=True)
    if "Conclude" in definitions:
        derived = (kind for kind in vocabulary.kinds.values() if kind.mode == "derived")
        definitions["Conclude"]["properties"]["conclude"]["properties"] = _kinds(derived, vocabulary, tested=False)


def _kinds(kinds: Iterable[Kind], vocabulary: Vocabulary, tested: bool) -> Mapping[str, Part]:
    """Each kind with its values, and every attribute of any."""
    offered: dict[str, Part] = {}
    for kind in kinds:
        for attribute in kind.attributes.values():
            offered.setdefault(attribute.name, _values(attribute, vocabulary, tested))
        offered[kind.name] = {**_values(kind, vocabulary, tested), "description": kind.question or kind.label}
    return offered


def _values(owner: Kind | Attribute, vocabulary: Vocabulary, tested: bool) -> Part:
    """What may stand behind a kind or an attribute: its terms, a number or a comparison, yes or no; in a condition, several."""
    type_ = owner.type
    if type_.is_number:
        return NUMBER
    terms = list(vocabulary.terms.get(type_.terms, ())) if type_.terms else [] if type_.text else ["yes", "no"]
    one = {"anyOf": [{"enum": [*terms, "any"] if tested else terms}, TEST]}
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]} if tested else one
