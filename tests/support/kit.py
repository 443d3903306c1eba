"""Tiny invented packs for the engine's tests: colours, shapes and sizes, never anything clinical."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from stridewise.documents.located import Document
from stridewise.documents.reader import parse_document
from stridewise.documents.shape import validate
from stridewise.errors import PackError, Problems, StridewiseError
from stridewise.inference import durable
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition import Threshold
from stridewise.language.fact import Fact, read_facts
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.packs.pack import RulePack, RuleShape, Written, load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.rule_reader import RuleReader
from stridewise.program.strata import Suppliers, stratify
from stridewise.program.vocabulary_reader import read_vocabulary

HERE = Place("toy.yaml", 1)
ENGINES = ("reference", "durable", "both", "generated")
needs_durable = pytest.mark.skipif(not durable.available(), reason="durable-rules is not installed")

VOCABULARY: dict[str, Any] = yaml.safe_load("""
kinds:
  colour:   {open: true, label: "{value} colour", value: {terms: colours},
             attributes: {side: {terms: sides, default: both}, shade: {terms: shades, default: light}}}
  shape:    {open: true, value: {terms: shapes}, attributes: {side: {terms: sides, default: both}, near: {terms: colours}}}
  size:     {computed: true, value: {number: cm, min: 0, max: 400}, attributes: {side: {terms: sides}}}
  badge:    {closed: true, value: {terms: badges}}
  signed:   {closed: true, value: {yes_no: true}}
  nickname: {open: true, value: {text: true}}
  link:     {open: true, value: {terms: colours}, attributes: {to: {terms: colours}}}
  pile:     {derived: true, value: {terms: colours}, attributes: {side: {terms: sides}, to: {terms: colours}}}
  heap:     {derived: true, value: {terms: colours}, attributes: {side: {terms: sides, default: both}}}
  tower:    {derived: true, value: {terms: shapes}, attributes: {side: {terms: sides}}}
  tally:    {derived: true, value: {number: cm}}
  ready:    {derived: true, value: {yes_no: true}}
terms:
  colours: {red: {label: bright red, aliases: [scarlet]}, green: {}, blue: {}, clear: {negative: true}}
  shades:  {light: {}, dark: {}, plain: {negative: true}}
  shapes:  {round: {}, square: {}, star: {}}
  sides:   {left: {}, right: {}, both: {}}
  badges:  {gold: {}, silver: {}}
  targets: {neatness: {}}
  professionals: {keeper: {}}
  load_metrics: {stacking: {}, weekly_distance: {}}
""")
SOURCES = [{"key": "atlas", "reference": "An atlas", "level": "5", "claims": [{"id": "a1", "text": "So.", "verified": False}]}]
BASICS = {"because": "So.", "sources": ["atlas"], "strength": "strong", "certainty": "high"}


def rule(name: str, when: Sequence[Any], then: Any = None, **more: Any) -> dict[str, Any]:
    """A rule as written; concludes that all is ready unless told otherwise."""
    consequents = then if isinstance(then, list) else [{"conclude": then or {"ready": "yes"}}]
    return {"id": name, "when": list(when), "then": consequents, **BASICS, **more}


def write_pack(folder: Path, files: Mapping[str, Any] | None = None, **head: Any) -> Path:
    """A pack folder named after `folder`. A file is given as text, or as data to be written as YAML."""
    everything: dict[str, Any] = {"pack.yaml": {"name": folder.name, "version": "1.0", **head}, **(files or {})}
    for name, content in everything.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return folder


def toy_pack(folder: Path, rules: Any = (), files: Mapping[str, Any] | None = None, **head: Any) -> RulePack:
    """A loaded pack of these rules alone, shown to people as its folder's name."""
    written = rules if isinstance(rules, str) else list(rules)
    return load_pack(write_pack(folder, {"rules/rules.yaml": written, **(files or {})}, **head), shown=folder.name)


def base_pack(tmp_path: Path, **head: Any) -> RulePack:
    """The pack `base`: the toy vocabulary and its one source."""
    files = {"vocabulary/toy.yaml": VOCABULARY, "sources.yaml": SOURCES}
    return load_pack(write_pack(tmp_path / "base", files, **head), shown="base")


def toy_program(tmp_path: Path, *rules: dict[str, Any], **head: Any) -> Program:
    """The toy vocabulary and one pack, `toy`, of these rules."""
    return build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", rules, **head)], without_safety=True)


def document(data: Any, shown: str = "toy.yaml") -> Document:
    """Data, or YAML text, as a document."""
    text = data if isinstance(data, str) else json.dumps(data, default=float)
    return parse_document(text.encode(), shown, PackError)


def vocabulary_of(*documents: Any) -> Vocabulary:
    """A vocabulary of these files, v0.yaml, v1.yaml …; the toy one where none is given."""
    problems = Problems("", PackError)
    read = [document(data, f"v{number}.yaml") for number, data in enumerate(documents or [VOCABULARY])]
    vocabulary = read_vocabulary(read, {}, problems)
    problems.raise_if_any()
    return vocabulary


TOY = vocabulary_of()
THRESHOLDS = {"toy/tall": Threshold("toy/tall", Decimal(40), "cm"), "far/tall": Threshold("far/tall", Decimal(60), "cm")}


def facts_of(*entries: Mapping[str, Any], vocabulary: Vocabulary = TOY) -> list[Fact]:
    """The facts that entries in the notation state, the numbers in them exact."""
    located = document(list(entries)).root
    return [fact for entry in located for fact in read_facts(vocabulary, entry, HERE)]


def read_rule(written: Mapping[str, Any], pack: str = "toy") -> Rule:
    """One rule read against the toy vocabulary, without files. Raises PackError."""
    problems = Problems("toy.yaml", PackError)
    node = document(written).root
    shape = validate(RuleShape, node, problems, 1, str(written.get("id", "")))
    read = RuleReader(TOY, THRESHOLDS, pack, problems).rule(Written(shape, node, HERE)) if shape else None
    problems.raise_if_any()
    assert read is not None
    return read


def quick_program(rules: Iterable[Mapping[str, Any]]) -> Program:
    """The same program without any file: for thousands of them. Raises PackError where it has no strata."""
    read = [read_rule(written) for written in rules]
    return Program(
        packs=(),
        vocabulary=TOY,
        exercises={},
        sources={},
        thresholds=THRESHOLDS,
        strata=tuple(tuple(stratum) for stratum in stratify(read)),
        suppliers=Suppliers(read),
        protected=frozenset(),
        overrides=(),
        unreferred_flags=(),
    )


def run(program: Program, facts: Iterable[Fact], answered: Iterable[str] = (), engine: str = "reference") -> WorkingMemory:
    """Everything that follows, by one engine."""
    return infer(program, list(facts), frozenset(answered), engine).memory


def plain(fact: Fact) -> dict[str, Any]:
    """A fact as plain text and numbers."""
    return {name: value if isinstance(value, str) else float(value) for name, value in fact.as_mapping().items()}


def derived(memory: WorkingMemory) -> list[dict[str, Any]]:
    """The concluded facts, in the order of what they say."""
    return [plain(fact) for fact in sorted(memory.derivations, key=lambda fact: fact.sort_key)]


def fired(memory: WorkingMemory) -> set[str]:
    """The names of the rules that fired."""
    return {activation.rule.id.partition("/")[2] for activation in memory.activations}


def problems_of(raised: pytest.ExceptionInfo[StridewiseError]) -> list[str]:
    """Every problem an error names, as shown to people."""
    return [str(problem) for problem in raised.value.problems]
