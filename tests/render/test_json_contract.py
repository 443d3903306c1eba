"""The plan as JSON is a contract: these keys in this order, every array always present, and a schema that says the same."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plans import PROFILES, SCREEN, built_in, minimal, plan
from stridewise.authoring.schemas import SHAPES, schema_of
from stridewise.figure import draw_of
from stridewise.language.exercise import BLOCKS
from stridewise.language.rule import CERTAINTIES, STRENGTHS
from stridewise.plan.drawings import with_drawings
from stridewise.plan.seal import seal, to_values
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.planning.warnings import WARNING_LEVELS
from stridewise.render.json import render_json

TOP = [
    "schema",
    "runner",
    "as_of",
    "status",
    "notices",
    "referrals",
    "warnings",
    "acknowledged",
    "swaps",
    "load_adjustments",
    "prescriptions",
    "current",
    "pathways",
    "scores",
    "set_aside",
    "conflicts",
    "conclusions",
    "missing",
    "not_used",
    "schedule",
    "review",
    "aims",
    "story",
    "drawings",
    "receipt",
]
ARRAYS = [*TOP[4:-5], "drawings"]
KEYS = {
    "referrals": ["id", "to", "urgency", "stops", "text", "because", "to_name"],
    "warnings": ["id", "level", "text", "because"],
    "acknowledged": ["kind", "id", "level", "text", "reason", "by", "date", "because"],
    "swaps": ["avoid", "instead", "level", "keeps", "loses", "because", "avoid_name", "instead_name"],
    "load_adjustments": ["id", "metric", "from", "to", "change", "unit", "text", "because"],
    "prescriptions": [
        "exercise",
        "name",
        "block",
        "targets",
        "side",
        "dosage",
        "session",
        "pain_limit",
        "stop_if",
        "progression",
        "regression",
        "assumes",
        "because",
        "start_from",
        "how_to",
        "lights",
    ],
    "current": ["exercise", "verdict", "until", "dosage", "text", "because", "name"],
    "pathways": [
        "pathway",
        "title",
        "side",
        "stage",
        "stage_title",
        "number",
        "of",
        "running",
        "plain",
        "weeks",
        "to_pass",
        "next",
        "retest",
        "because",
    ],
    "conflicts": ["between", "settled_by", "text"],
    "conclusions": ["fact", "because"],
    "missing": ["fact", "question", "could_change"],
    "not_used": ["fact", "at", "text"],
}
DOSAGE = [
    "sets",
    "reps",
    "hold_s",
    "distance_m",
    "hold_each_s",
    "per_side",
    "load",
    "loading",
    "effort",
    "reserve",
    "tempo",
    "rest_s",
    "sessions_per_week",
    "stages",
    "note",
]
NUMERIC = {"sets", "reps", "hold_s", "distance_m", "hold_each_s", "rest_s", "sessions_per_week"}
BECAUSE = ["rule", "text", "facts", "sources", "strength", "certainty", "patient"]
METRICS = {
    "weekly_distance",
    "longest_run",
    "strength_sessions",
    "strength_sets",
    "strength_load",
    "plyometric_contacts",
    "hard_sessions",
}
EXTREMES = {
    "nothing": minimal("findings: []"),
    "everything hurts": minimal(
        "symptoms: [{pain: achilles}, {pain: groin, night: true}, {pain: low_back}]\nfindings: [weak glutes]"
    ),
    "many flags": minimal("safety: {red_flags: [fever, saddle_numbness, calf_swelling, undue_breathlessness]}\nfindings: []"),
    "race day": minimal(f"race: {{date: 2026-11-21, distance: marathon}}\n{SCREEN}\nfindings: [weak calves]"),
    "miles": minimal(
        "training: {weekly_distance: [55 mi, 70 mi], longest_run: 20 mi, planned_longest_run: 26 mi}\nrace: {in_weeks: 2.5}"
    ),
}
PLANS = {**{path.stem: path.read_text(encoding="utf-8") for path in PROFILES}, **EXTREMES}
each_plan = pytest.mark.parametrize("shown", [pytest.param(text, id=name) for name, text in PLANS.items()], indirect=True)


@pytest.fixture(name="shown")
def _shown(request: pytest.FixtureRequest) -> Any:
    """A plan as it is written."""
    return json.loads(written(request.param))


@cache
def written(text: str) -> str:
    """The JSON of the plan for a profile's text."""
    return render_json([plan(text)])


def becauses(node: Any) -> Iterator[Any]:
    """Every because entry in a plan."""
    if isinstance(node, dict):
        yield from node.get("because", ())
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from becauses(item)


def strict_plan_schema() -> dict[str, Any]:
    """The schema as the command prints it."""
    return json.loads(json.dumps(schema_of("plan")))  # type: ignore[no-any-return]


# --- keys -------------------------------------------------------------------------------------------------------------


@each_plan
def test_the_top_level_is_exactly_the_contract(shown: Any) -> None:
    """These keys, all of them, in this order; every array is there even where it is empty."""
    assert list(shown) == TOP
    assert all(isinstance(shown[name], list) for name in ARRAYS)
    assert shown["schema"] == 2
    assert shown["status"] in ("ready", "refer_first")


@each_plan
def test_every_entry_has_its_keys_in_order(shown: Any) -> None:
    """No key is left out for being null or empty, and none is added."""
    for name, keys in KEYS.items():
        assert all(list(item) == keys for item in shown[name]), name


@each_plan
def test_what_is_set_aside_names_an_exercise_or_a_target(shown: Any) -> None:
    """Exactly one of the two, then the reason and its because."""
    for item in shown["set_aside"]:
        assert list(item) in (["exercise", "reason", "because", "name"], ["target", "reason", "because", "name"])
        assert item["reason"]


@each_plan
def test_a_dosage_has_one_measure_and_plain_amounts(shown: Any) -> None:
    """Repetitions, a hold or a distance, and every amount a number or {min, max}."""
    for one in shown["prescriptions"]:
        dosage = one["dosage"]
        assert [key for key in DOSAGE if key in dosage] == list(dosage)
        assert sum(name in dosage for name in ("reps", "hold_s", "distance_m")) == 1
        for name in NUMERIC & set(dosage):
            assert _is_amount(dosage[name]), (one["exercise"], name)


def _is_amount(value: Any) -> bool:
    if isinstance(value, dict):
        return list(value) == ["min", "max"] and value["min"] <= value["max"]
    return isinstance(value, int | float) and not isinstance(value, bool)


@each_plan
def test_every_reason_has_the_contracts_shape(shown: Any) -> None:
    """Rule, text, facts with a place or a rule, sources with level and verification, strength, certainty."""
    rules = {rule.id for rule in built_in().rules}
    for because in becauses(shown):
        assert list(because) == BECAUSE
        assert because["rule"] in rules or because["rule"].startswith("stridewise/")
        assert because["strength"] in STRENGTHS
        assert because["certainty"] in CERTAINTIES
        assert all(list(source) == ["key", "level", "verified"] for source in because["sources"])
        assert because["sources"] or because["rule"].startswith("stridewise/")
        for fact in because["facts"]:
            assert list(fact) in (["fact", "at", "assumed", "text"], ["fact", "derived_by", "text"])
            assert fact.get("at") or fact["derived_by"] in rules
            assert next(iter(fact["fact"])) in built_in().vocabulary.kinds


@each_plan
def test_everything_that_is_advised_says_why(shown: Any) -> None:
    """No referral, warning, swap, adjustment, prescription or conclusion without a reason."""
    for name in ("referrals", "warnings", "swaps", "load_adjustments", "prescriptions", "conclusions"):
        assert all(item["because"] for item in shown[name]), name


@each_plan
def test_terms_come_from_the_contracts_lists(shown: Any) -> None:
    """Urgency, stops, level, block, side, metric: nothing else than documented."""
    assert all(item["urgency"] in URGENCIES and item["stops"] in STOPS for item in shown["referrals"])
    assert all(item["level"] in WARNING_LEVELS for item in shown["warnings"])
    assert all(item["level"] in ("preference", "precaution", "contraindication") for item in shown["swaps"])
    assert all(item["block"] in BLOCKS and item["side"] in ("left", "right", "both") for item in shown["prescriptions"])
    assert all(item["metric"] in METRICS for item in shown["load_adjustments"])
    assert all(item["exercise"] in built_in().exercises for item in shown["prescriptions"])


@each_plan
def test_an_adjustment_has_numbers_or_says_its_change(shown: Any) -> None:
    """Where the base is not known, from and to are null and the change holds the percentage."""
    for item in shown["load_adjustments"]:
        assert item["from"] is None or item["to"] is not None
        assert item["to"] is not None or item["change"]


@each_plan
def test_the_receipt_is_whole(shown: Any) -> None:
    """Engine, every pack with version and digest, and every digest of 64 hexadecimal digits."""
    receipt = shown["receipt"]
    assert list(receipt) == [
        "engine",
        "version",
        "engine_sha256",
        "packs",
        "overrides",
        "plugins",
        "program_sha256",
        "profile_sha256",
        "facts_sha256",
        "fired",
        "plan_sha256",
        "receipt_sha256",
    ]
    assert [list(pack) for pack in receipt["packs"]] == [["name", "version", "sha256", "reviewed"]] * len(built_in().packs)
    own = [text for key, text in receipt.items() if key.endswith("_sha256")]
    digests = [*own, *(pack["sha256"] for pack in receipt["packs"])]
    assert all(len(digest) == 64 and set(digest) <= set("0123456789abcdef") for digest in digests)


@each_plan
def test_review_and_schedule_have_their_keys(shown: Any) -> None:
    """Review has a date (or null) and what to test again; a day of the schedule at least date, week, phase, sessions."""
    assert list(shown["review"]) == ["date", "retest"]
    for day in shown["schedule"]:
        assert list(day)[:4] == ["date", "week", "phase", "sessions"]


@each_plan
def test_sides_are_never_told_apart_where_both_are_meant(shown: Any) -> None:
    """No two facts of one reason that differ in nothing but the side."""
    for because in becauses(shown):
        facts = [
            json.dumps({**fact["fact"], "side": "", "at": fact.get("at")}) for fact in because["facts"] if "side" in fact["fact"]
        ]
        assert len(facts) == len(set(facts))


# --- bytes ------------------------------------------------------------------------------------------------------------


@each_plan
def test_numbers_are_plain(shown: Any) -> None:
    """No infinity, no NaN, and whole numbers without a point."""

    def numbers(node: Any) -> Iterator[float]:
        if isinstance(node, dict | list):
            for item in node.values() if isinstance(node, dict) else node:
                yield from numbers(item)
        elif isinstance(node, float):
            yield node

    assert all(math.isfinite(number) and number != int(number) for number in numbers(shown))


def test_the_text_is_utf8_and_ends_with_a_newline() -> None:
    """Two-space indentation, no escapes for letters, one newline at the end."""
    text = render_json([plan(minimal("findings: [weak glutes]\nnotes: Müdigkeit – 疲れ\n"))])
    assert "Müdigkeit – 疲れ" in text
    assert text.startswith('{\n  "schema": 2,\n  "runner": "R-1",\n')
    assert text.endswith("}\n")


def test_several_plans_are_an_array_in_order() -> None:
    """One plan is an object, several are an array."""
    texts = [minimal("findings: []"), minimal("findings: [weak glutes]")]
    shown = json.loads(render_json([plan(text) for text in texts]))
    assert [item["receipt"]["profile_sha256"] for item in shown] == [plan(text).receipt.profile_sha256 for text in texts]


# --- the schema -------------------------------------------------------------------------------------------------------


@each_plan
def test_every_plan_is_valid_against_the_published_schema(shown: Any) -> None:
    """`recommend schema plan` describes what is written."""
    schema = strict_plan_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    errors = [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in jsonschema.Draft7Validator(schema).iter_errors(shown)
    ]
    assert errors == []


@each_plan
def test_the_schema_refuses_what_is_not_a_plan(shown: Any) -> None:
    """A missing array, an unknown key or a wrong status does not pass."""
    validator = jsonschema.Draft7Validator(strict_plan_schema())
    missing = {key: value for key, value in shown.items() if key != "status"}
    assert not validator.is_valid(missing)
    assert not validator.is_valid([shown])
    assert not validator.is_valid({**shown, "status": 5})


def test_the_schema_names_the_keys_that_are_written() -> None:
    """An editor offers the keys of the contract, not those of our own fields."""
    schema = strict_plan_schema()
    defined = {name: list(shape.get("properties", {})) for name, shape in schema["definitions"].items()}
    assert list(schema["properties"]) == [*TOP[:-1], "language", TOP[-1]]  # a plan in English has no language
    assert defined["LoadAdjustment"] == KEYS["load_adjustments"]
    assert defined["Because"] == BECAUSE
    assert defined["FactUsed"] == ["fact", "at", "assumed", "derived_by", "text"]
    assert defined["NotUsed"] == KEYS["not_used"]


@pytest.mark.parametrize("document", SHAPES)
def test_every_schema_is_a_schema(document: str) -> None:
    """All of them are valid draft-07 and name themselves."""
    schema = schema_of(document)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$id"] == f"urn:stridewise:schema:{document}:1"


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_example_profile_is_valid_against_the_profile_schema(path: Path) -> None:
    """An editor with the schema accepts what the command accepts."""
    from stridewise.documents.reader import parse_document
    from stridewise.errors import ProfileError

    document = parse_document(path.read_bytes(), path.name, ProfileError).root
    errors = [e.message for e in jsonschema.Draft7Validator(schema_of("profile")).iter_errors(to_values(document))]
    assert errors == []


def test_the_profile_schema_refuses_unknown_keys() -> None:
    """The same strictness in the editor."""
    validator = jsonschema.Draft7Validator(schema_of("profile"))
    assert validator.is_valid({"schema": 1, "runner": {"ref": "R"}, "findings": []})
    assert not validator.is_valid({"schema": 1, "runner": {"ref": "R"}, "findngs": []})
    assert not validator.is_valid({"schema": 2, "runner": {"ref": "R"}})
    assert not validator.is_valid({"schema": 1, "findings": []})


# --- all that a sheet needs -------------------------------------------------------------------------------------------


def test_a_sheet_can_be_made_of_the_json_alone() -> None:
    """How an exercise is done, what its pain limit means, the runner's sentences, names, and a drawing of each exercise."""
    made = with_drawings(plan(PLANS["marathoner_in_three_weeks"]), partial(draw_of, built_in()))
    shown = json.loads(render_json([made]))
    jsonschema.Draft7Validator(strict_plan_schema()).validate(shown)
    for one in shown["prescriptions"]:
        assert one["how_to"]["steps"]
        assert one["lights"]["red"]
        assert any(reason["patient"] for reason in one["because"])
    assert [(one["exercise"], one["side"]) for one in shown["drawings"]] == [
        (one["exercise"], one["side"]) for one in shown["prescriptions"]
    ]
    assert all(one["svg"].startswith("<svg xmlns=") for one in shown["drawings"])
    assert shown["swaps"][0]["instead_name"] == "Knee-hug crossover lunge"
    assert shown["aims"]["race"] == "marathon"


def test_drawings_are_beside_the_seal() -> None:
    """A plan printed with drawings is the plan without them."""
    bare = plan(PLANS["shortest"])
    drawn = with_drawings(bare, lambda exercise, side: f"<svg>{exercise}</svg>")
    assert drawn.drawings
    assert seal(drawn) == replace(bare, drawings=drawn.drawings)
