"""The JSON Schema of a profile says of every value what it may be, and an editor is offered the terms of the loaded packs."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from kit import rule, write_pack
from plans import ATLAS, built_in, built_in_packs, exercise, intake, mistakes
from stridewise.authoring.completion import schema_with_terms
from stridewise.authoring.schemas import schema_of
from stridewise.cli.main import recommend

SAYS_WHAT = {"type", "$ref", "anyOf", "enum", "const"}
HEAD: dict[str, Any] = {"schema": 1, "runner": {"ref": "R-1"}, "goal": {"kind": "performance"}}
PROFILE = jsonschema.Draft7Validator(schema_of("profile"))


def untyped(part: Any, path: str = "") -> Iterator[str]:
    """The paths in a schema at which anything may stand."""
    if not isinstance(part, dict) or not SAYS_WHAT & part.keys():
        yield path
        return
    for name, inner in {**part.get("properties", {}), **part.get("definitions", {})}.items():
        yield from untyped(inner, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        if part.get(key) not in (None, False):
            yield from untyped(part[key], f"{path}.{key}")
    for inner in part.get("anyOf", ()):
        yield from untyped(inner, f"{path}|")


def test_every_value_of_a_profile_has_a_type() -> None:
    """None is left open, not even inside a finding: what packs add there is one value, or one a side."""
    assert list(untyped(schema_of("profile"))) == []


def test_no_schema_holds_a_key_of_our_own() -> None:
    """The list that a term is of stands in words; the key that says so to us is taken out."""
    assert not any(isinstance(part.get("terms"), str) for part in parts(schema_of("profile")))


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(inner)


FITS = [
    ("runner", {"ref": "R-1", "age": 34}),
    ("runner", {"ref": "R-1", "age": "34 years"}),
    ("runner", {"ref": "R-1", "age": "unknown"}),
    ("safety", {"red_flags": ["unknown", None]}),
    ("training", {"weekly_distance": [55, "58 mi"], "longest_run_mi": 20}),
    ("training", {"weekly_distance_km": 60}),
    ("training", {"longest_run": "20 miles", "strength": {"sessions_per_week": 2}}),
    ("race", {"in_weeks": "21 days"}),
    ("findings", ["weak glutes", {"heel_raise_reps": {"left": 22, "right": 14}}, {"pain": "heel", "night": False}]),
    ("diagnosis", [{"condition": "osteoporosis", "side": "left"}]),
    ("constraints", {"equipment": [], "cannot": ["kneel"]}),
    ("safety", {"par_q": {"any_yes": "No"}}),
    ("safety", {"par_q": {"any_yes": False}}),
    ("clinician", {"pin": ["dead_bug", {"exercise": "plank", "reason": "likes"}]}),
]
MISFITS = [
    ("runner", {"ref": "R-1", "age": [34]}),
    ("runner", {"ref": "R-1", "age": "old"}),
    ("training", {"longest_run_mi": "20 km"}),
    ("training", {"weekly_distance": {"km": 60}}),
    ("training", {"surface": ["road"]}),
    ("race", {"in_weeks": "3 km"}),
    ("findings", "weak glutes"),
    ("findings", [5]),
    ("findings", [None]),
    ("findings", [{"heel_raise_reps": {"both": 22}}]),
    ("findings", [{"weakness": ["soleus"]}]),
    ("diagnosis", [5]),
    ("constraints", {"equipment": "dumbbell"}),
    ("safety", {"par_q": {"any_yes": "perhaps"}}),
    ("clinician", {"pin": [{"exercise": "plank", "why": "likes"}]}),
    ("training", {"week": {"someday": "easy"}}),
]


@pytest.mark.parametrize(("section", "value"), FITS)
def test_an_editor_accepts_what_the_command_accepts(section: str, value: Any) -> None:
    document = HEAD | {section: value}
    assert PROFILE.is_valid(document)
    assert intake(json.dumps(document), name="profile.json")


@pytest.mark.parametrize(("section", "value"), MISFITS)
def test_an_editor_marks_what_the_command_refuses(section: str, value: Any) -> None:
    document = HEAD | {section: value}
    assert not PROFILE.is_valid(document)
    assert mistakes(json.dumps(document), name="profile.json")


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("Runner.sex", "female"),
        ("Goal.kind", "performance"),
        ("Race.distance", "marathon"),
        ("Training.surface", "road"),
        ("Training.week", "tempo"),
        ("Training.current_exercises", "goblet_squat"),
        ("Constraints.equipment", "dumbbell"),
        ("Safety.red_flags", "fever"),
        ("Postpartum.symptoms", "leakage"),
        ("Clinician.pin", "dead_bug"),
        ("Clearance.flag", "fever"),
        ("Retune.exercise", "dead_bug"),
    ],
)
def test_an_editor_is_offered_the_terms(path: str, term: str) -> None:
    """Wherever a term is asked for, those of the loaded packs are offered; others are left to the command."""
    record, name = path.split(".")
    schema = schema_with_terms("profile", built_in())
    place = schema["definitions"][record]["properties"][name]
    assert any(term in part.get("enum", ()) for part in parts(place))
    assert any(part.get("type") in ("string", ["string", "number"]) for part in parts(place))


@pytest.mark.parametrize(
    ("section", "key", "term"),
    [
        ("findings", "weakness", "soleus"),
        ("symptoms", "pain", "heel"),
        ("diagnosis", "condition", "osteoporosis"),
        ("history", "injury", "calf_strain"),
        ("diagnosis", "irritability", "high"),
    ],
)
def test_an_editor_is_offered_the_kinds(section: str, key: str, term: str) -> None:
    """In the one notation the kinds are offered with their terms, and what rules conclude is not."""
    found = [
        part["properties"]
        for part in parts(schema_with_terms("profile", built_in())["properties"][section])
        if key in part.get("properties", {})
    ]
    assert any(term in part.get("enum", ()) for part in parts(found[0][key]))
    assert "high_mileage" not in found[0]


# --- rules, gates and pathways ------------------------------------------------------------------------------------------

RULE = jsonschema.Draft7Validator(schema_of("rule"))
WRITTEN: dict[str, Any] = rule("one", [{"weakness": "soleus"}], [{"warn": "Careful.", "level": "info"}])
WRITES = [
    ("when", [{"weakness": "soleus", "side": "$side", "grade": ["mild", "marked"]}]),
    ("when", [{"weekly_distance": "> 40 km"}]),
    ("when", [{"absent": {"red_flag": "any"}}, {"any_of": [{"pain": "knee"}]}, {"at_least": 1, "of": [{"pain": "any"}]}]),
    ("then", [{"conclude": {"phase": "taper"}}]),
    ("then", [{"target": "squat_pattern", "options": ["easy_squat"]}]),
    ("then", [{"prescribe": "easy_squat", "target": "squat_pattern", "dosage": {"sets": 2, "reps": {"min": 5, "max": 8}}}]),
    ("then", [{"avoid": {"demand": "impact", "above": 1}, "level": "precaution", "until": "it settles"}]),
    ("then", [{"adjust": "longest_run", "at_most": "110% of longest_run", "text": "Less."}]),
]
MISWRITES = [
    ("when", {"weakness": "soleus"}),
    ("when", ["weak soleus"]),
    ("when", [{"weakness": {"muscle": "soleus"}}]),
    ("when", [{"at_least": 2, "any_of": [{"pain": "knee"}]}]),
    ("when", [{"absent": [{"pain": "knee"}]}]),
    ("then", [{"warn": "No."}]),
    ("then", [{"warn": "Careful.", "level": "loud"}]),
    ("then", [{"prescribe": ["easy_squat"]}]),
    ("then", [{"prescribe": "easy_squat", "sets": 2}]),
    ("then", [{"conclude": {"phase": "taper"}, "side": "left"}]),
    ("then", [{"refer": "physician", "urgency": "soon", "stops": "nothing", "text": "Go."}]),
    ("then", {"warn": "Careful."}),
]


@pytest.mark.parametrize(("part", "value"), WRITES)
def test_an_editor_accepts_what_a_rule_may_say(part: str, value: Any) -> None:
    assert RULE.is_valid([{**WRITTEN, part: value}])


@pytest.mark.parametrize(("part", "value"), MISWRITES)
def test_an_editor_marks_what_no_rule_may_say(part: str, value: Any) -> None:
    assert RULE.is_valid([WRITTEN])
    assert not RULE.is_valid([{**WRITTEN, part: value}])


def test_the_built_in_packs_fit_their_schemas() -> None:
    """With and without the words of the packs filled in, rules, pathways and gates alike."""
    for document, section in (("rule", "rules"), ("pathway", "pathways"), ("exercise", "exercises")):
        for schema in (schema_of(document), schema_with_terms(document, built_in())):
            records = [as_json(written.node) for pack in built_in_packs() for written in getattr(pack, section)]
            odd = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(records)]
            assert [message for message in odd if "'body_weight'] is not" not in message] == []  # one load is a word in a list


def as_json(value: Any) -> Any:
    """A document's values as JSON reads them."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else float(value) if isinstance(value, Decimal) else value


def test_the_schema_of_a_pack_offers_its_own_words(tmp_path: Path) -> None:
    """A kind, a term and an exercise of the author's own are offered in conditions and consequents as the built-in ones are."""
    files = {
        "vocabulary/own.yaml": {
            "kinds": {"stairs": {"open": True, "value": {"terms": "stair_words"}}},
            "terms": {"stair_words": {"steep": {}}, "targets": {"stair_strength": {}}},
        },
        "exercises/all.yaml": [exercise("stair_walk", "stair_strength", demands="none")],
        "sources.yaml": ATLAS,
    }
    folder = write_pack(tmp_path / "own", files, requires=["vocabulary"])
    ran = CliRunner().invoke(recommend, ["schema", "rule", "--pack", str(folder)], catch_exceptions=False)
    definitions = json.loads(ran.output)["definitions"]

    def offered(node: Any) -> list[Any]:
        return [name for part in parts(node) for name in part.get("enum", ())]

    assert {"steep", "any"} <= set(offered(definitions["Condition"]["properties"]["stairs"]))
    assert {"soleus"} <= set(offered(definitions["Condition"]["properties"]["weakness"]))
    assert "stair_strength" in offered(definitions["Train"]["properties"]["target"])
    assert "stair_walk" in offered(definitions["Prescribe"]["properties"]["prescribe"])
    assert "atlas#a1" in offered(definitions["RuleShape"]["properties"]["sources"])
