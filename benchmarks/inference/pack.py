"""The knowledge base as a rule pack and a profile's facts, in the project's own notation."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.inference.form import (
    CLOSED,
    DERIVED,
    FIELDS,
    NUMBER_FIELDS,
    NUMBERS,
    Bind,
    Condition,
    Fact,
    KnowledgeBase,
    OneOf,
    Pattern,
    Rule,
    Test,
    Value,
)
from stridewise.language import fact as stridewise_fact
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

PLACE = Place("benchmark.yaml", 1)
BASICS = {"because": "So it is.", "sources": ["made-up"], "strength": "expert_opinion", "certainty": "very_low"}


def make_program(base: KnowledgeBase) -> Program:
    """The program, by way of a pack folder like any other."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "made_up"
        for name, content in _files(base).items():
            path = pack / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
        return build_program([load_pack(pack, shown="made_up")])


def make_facts(program: Program, base: KnowledgeBase) -> list[stridewise_fact.Fact]:
    """The facts as a profile would state them."""
    entries = [_entry(fact) for fact in base.facts]
    return [fact for entry in entries for fact in stridewise_fact.read_facts(program.vocabulary, entry, PLACE)]


def _files(base: KnowledgeBase) -> dict[str, Any]:
    return {
        "pack.yaml": {"name": "made_up", "version": "1.0"},
        "sources.yaml": [{"key": "made-up", "reference": "Made up", "level": "5", "claims": []}],
        "vocabulary/kinds.yaml": {"kinds": {kind: _kind(kind) for kind in FIELDS}, "terms": _terms(base)},
        "rules/rules.yaml": [_rule(rule) for rule in base.rules],
    }


def _kind(kind: str) -> dict[str, Any]:
    mode = "closed" if kind in CLOSED else "derived" if kind in DERIVED else "open"
    number = {"number": "count", "min": 0, "max": 400}
    attributes = {n: number if n in NUMBER_FIELDS else {"terms": _list_of(kind, n)} for n in FIELDS[kind][1:]}
    return {mode: True, "value": number if kind in NUMBERS else {"terms": _list_of(kind, "value")}, "attributes": attributes}


def _list_of(kind: str, field: str) -> str:
    """The term list of a field: one for all sides and grades, and one for all values, so that rules may carry them over."""
    return {"side": "sides", "grade": "grades"}.get(field, "values")


def _terms(base: KnowledgeBase) -> dict[str, Any]:
    texts = {value for fact in base.facts for value in fact[1:] if isinstance(value, str)}
    for rule in base.rules:
        tests = [test for condition in (*rule.when, *rule.either) for _, test in condition.tests]
        texts |= {value for test in tests if isinstance(test, OneOf) for value in test.values}
        patterns = [*rule.absent, *([rule.then] if rule.then else [])]
        texts |= {item for pattern in patterns for item in pattern.fields if isinstance(item, str)}
    lists = {"sides": ["left", "right", "both"], "grades": ["mild", "marked", "learning", "owned"]}
    lists["values"] = sorted(texts - {term for terms in lists.values() for term in terms})
    return {name: {term: {} for term in terms} for name, terms in lists.items()}


def _rule(rule: Rule) -> dict[str, Any]:
    when: list[Mapping[str, Any]] = [_condition(condition) for condition in rule.when]
    when += [{"any_of": [_condition(condition) for condition in rule.either]}] if rule.either else []
    when += [{"absent": _pattern(pattern)} for pattern in rule.absent]
    then = {"conclude": _pattern(rule.then)} if rule.then else {"warn": "Take care.", "level": "info"}
    return {"id": rule.id, "when": when, "then": [then], **BASICS}


def _condition(condition: Condition) -> dict[str, Any]:
    return {condition.kind if name == "value" else name: _test(test) for name, test in condition.tests}


def _test(test: Test) -> Any:
    if isinstance(test, Bind):
        return f"${test.name}"
    if isinstance(test, OneOf):
        return list(test.values)
    if test.low is not None and test.high is not None:
        return f"{test.low}..{test.high}"
    return f">= {test.low}" if test.high is None else f"<= {test.high}"


def _pattern(pattern: Pattern) -> dict[str, Any]:
    return _entry((pattern.kind, *(f"${item.name}" if isinstance(item, Bind) else item for item in pattern.fields)))


def _entry(fact: Fact) -> dict[str, Value]:
    """A fact in the notation of profiles: its kind is the name of its value."""
    kind = str(fact[0])
    return dict(zip([kind, *FIELDS[kind][1:]], fact[1:], strict=True))
