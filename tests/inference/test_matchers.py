"""The conformance kit: every matcher must give what a brute-force oracle gives, on fixed programs and on random ones."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from kit import BASICS, ENGINES, TOY, VOCABULARY, document, facts_of, quick_program, run
from oracle import Firing, Oracle, Told
from program_maker import Case, make_case
from stridewise.authoring.checks.logic import contradiction
from stridewise.errors import PackError
from stridewise.inference import durable
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition import Conditions
from stridewise.language.fact import Fact

LONG = os.environ.get("STRIDEWISE_LONG") == "1"
PROGRAMS = 20_000 if LONG else 2_000
USABLE = [engine for engine in ENGINES if engine in ("reference", "generated") or durable.available()]


CONCLUDES: dict[str, Any] = {"then": [{"conclude": {"ready": "yes"}}], **BASICS}


def told(fact: Fact) -> Told:
    return Told(fact.kind, frozenset(fact.as_mapping().items()))


def outcome(memory: WorkingMemory) -> tuple[set[Told], set[Firing]]:
    """What the engine concluded and fired, in the oracle's words; nothing may fire twice."""
    assert len(memory.activations) == len({one.identity for one in memory.activations})
    firings = {(one.rule.id.partition("/")[2], frozenset(map(told, one.premises))) for one in memory.activations}
    return set(map(told, memory.derivations)), firings


# Each: the rules, the facts, and the rules that must fire with what they use, `kind value side` in the order of the words.
FIXED: dict[str, str] = {
    "a variable joins conditions on one side": """
        rules: [{id: r, when: [{colour: red, side: $s}, {shape: round, side: $s}], then: [{conclude: {heap: red, side: $s}}]}]
        facts: [{colour: red, side: left}, {colour: red, side: right}, {shape: round, side: right}]
        fires: ["r: colour red right + shape round right"]""",
    "both sides are two facts and fire twice": """
        rules: [{id: r, when: [{colour: red}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red, side: both}]
        fires: ["r: colour red left", "r: colour red right"]""",
    "a rule without conditions fires once, whatever is recorded": """
        rules:
          - {id: always, when: [], then: [{conclude: {ready: yes}}]}
          - {id: then, when: [{ready: yes}, {colour: red}], then: [{conclude: {heap: red, side: left}}]}
        facts: [{colour: red, side: left}, {shape: round, side: right}]
        fires: ["always: ", "then: colour red left + ready yes"]""",
    "a rule without conditions fires where nothing is recorded": """
        rules: [{id: always, when: [], then: [{conclude: {ready: yes}}]}]
        facts: []
        fires: ["always: "]""",
    "a variable used twice in one condition wants one value": """
        rules: [{id: r, when: [{link: $c, to: $c}], then: [{conclude: {ready: yes}}]}]
        facts: [{link: red, to: red}, {link: red, to: blue}]
        fires: ["r: link red red"]""",
    "recursion reaches its fixpoint, cycles and all": """
        rules:
          - {id: step, when: [{link: $a, to: $b}], then: [{conclude: {pile: $a, to: $b}}]}
          - {id: on, when: [{pile: $a, to: $b}, {pile: $b, to: $c}], then: [{conclude: {pile: $a, to: $c}}]}
        facts: [{link: red, to: green}, {link: green, to: red}]
        fires: ["step: link green red", "step: link red green",
                "on: pile green red + pile red green", "on: pile green red + pile red green",
                "on: pile green green + pile red green", "on: pile red green + pile red red",
                "on: pile green red + pile red red", "on: pile green green + pile green red",
                "on: pile red red", "on: pile green green"]""",
    "a derived kind is absent once no lower rule concluded it": """
        rules:
          - {id: low, when: [{colour: red, side: $s}], then: [{conclude: {heap: red, side: $s}}]}
          - {id: high, when: [{shape: any, side: $s}, {absent: {heap: any, side: $s}}], then: [{conclude: {ready: yes}}]}
        facts: [{colour: red, side: left}, {shape: round}]
        fires: ["low: colour red left", "high: shape round right"]""",
    "a variable only inside absent means no such fact at all": """
        rules:
          - {id: low, when: [{colour: red, side: $s}], then: [{conclude: {heap: red, side: $s}}]}
          - {id: high, when: [{shape: any}, {absent: {heap: any, side: $s}}], then: [{conclude: {ready: yes}}]}
        facts: [{colour: red, side: left}, {shape: round, side: right}]
        fires: ["low: colour red left"]""",
    "a closed kind that was not answered is not absent": """
        rules: [{id: r, when: [{colour: red}, {absent: {badge: gold}}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red, side: left}]
        fires: []""",
    "a closed kind that was answered without the term is absent": """
        rules: [{id: r, when: [{colour: red}, {absent: {badge: gold}}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red, side: left}, {badge: silver}]
        answered: [badge]
        fires: ["r: colour red left"]""",
    "a count holds per value of the shared variable": """
        rules: [{id: r, when: [{at_least: 2, of: [{colour: red, side: $s}, {colour: blue, side: $s}, {shape: any, side: $s}]}],
                 then: [{conclude: {heap: red, side: $s}}]}]
        facts: [{colour: red, side: left}, {colour: blue, side: right}, {shape: star, side: right}]
        fires: ["r: colour blue right + shape star right"]""",
    "a count is of different conditions, not of facts": """
        rules: [{id: r, when: [{at_least: 2, of: [{colour: any}, {shape: any}]}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red}, {colour: blue}]
        fires: []""",
    "any_of fires for each branch that holds": """
        rules: [{id: r, when: [{any_of: [{colour: red}, {shape: any}, {badge: gold}]}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red, side: left}, {shape: star, side: left}]
        fires: ["r: colour red left", "r: shape star left"]""",
    "comparisons are exact at both ends": """
        rules:
          - {id: ge, when: [{size: ">= 12.5"}], then: [{conclude: {ready: yes}}]}
          - {id: gt, when: [{size: "> 12.5"}], then: [{conclude: {ready: yes}}]}
          - {id: between, when: [{size: "5..12.5"}], then: [{conclude: {ready: yes}}]}
          - {id: same, when: [{size: 12.50}], then: [{conclude: {ready: yes}}]}
        facts: [{size: 12.5}]
        fires: ["ge: size 12.5", "between: size 12.5", "same: size 12.5"]""",
    "numbers join by value, however they were written": """
        rules: [{id: r, when: [{size: $n, side: left}, {size: $n, side: right}], then: [{conclude: {tally: $n}}]}]
        facts: [{size: 5.0, side: left}, {size: 5, side: right}, {size: 6, side: right}]
        fires: ["r: size 5 right + size 5.0 left"]""",
    "a negative term is matched only where it is named": """
        rules:
          - {id: any, when: [{colour: any}], then: [{conclude: {ready: yes}}]}
          - {id: bound, when: [{colour: $c}], then: [{conclude: {heap: $c}}]}
          - {id: shade-unmentioned, when: [{colour: red}], then: [{conclude: {ready: yes}}]}
          - {id: named, when: [{colour: clear}], then: [{conclude: {ready: yes}}]}
          - {id: shade-named, when: [{colour: any, shade: [plain, dark]}], then: [{conclude: {ready: yes}}]}
        facts: [{colour: clear, side: left}, {colour: red, side: left, shade: plain}]
        fires: ["named: colour clear left", "shade-named: colour red left"]""",
    "one fact may meet two conditions of a rule": """
        rules: [{id: r, when: [{colour: red}, {colour: any}], then: [{conclude: {ready: yes}}]}]
        facts: [{colour: red, side: left}]
        fires: ["r: colour red left"]""",
    "a rule of nothing but an absence may fire": """
        rules: [{id: r, when: [{absent: {heap: any}}], then: [{conclude: {ready: yes}}]}]
        facts: []
        fires: ["r: "]""",
    "a concluded negative term is not taken for a finding": """
        rules:
          - {id: low, when: [{colour: red}], then: [{conclude: {heap: clear, side: left}}]}
          - {id: high, when: [{heap: any}], then: [{conclude: {ready: yes}}]}
        facts: [{colour: red, side: left}]
        fires: ["low: colour red left"]""",
}


def shown(memory: WorkingMemory) -> list[str]:
    lines = []
    for one in memory.activations:
        used = sorted(" ".join([f.kind, str(f.value), *(str(v) for n, v in f.attributes if n != "shade")]) for f in one.premises)
        lines.append(f"{one.rule.id.partition('/')[2]}: {' + '.join(used)}")
    return sorted(lines)


@pytest.mark.parametrize("engine", USABLE)
@pytest.mark.parametrize("name", FIXED)
def test_fixed_program_fires_exactly_as_written(name: str, engine: str) -> None:
    """Each claim above holds on every engine, and the oracle says the same."""
    case = document(FIXED[name]).root
    basics = {"because": "So.", "sources": ["atlas"], "strength": "strong", "certainty": "high"}
    rules = [{**written, **basics} for written in case["rules"]]
    inference = infer(quick_program(rules), facts_of(*case["facts"]), frozenset(case.get("answered", ())), engine)
    memory = inference.memory
    assert shown(memory) == sorted(case["fires"])
    assert outcome(memory) == Oracle(VOCABULARY, rules, case.get("answered", ())).result(case["facts"])
    assert not inference.engine.left_out


class RulesetKeeper:
    """Passes calls on to durable_rules and frees the rulesets nobody else freed: thousands of programs fill the memory."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.open: set[int] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def create_ruleset(self, *arguments: Any) -> int:
        handle = int(self.engine.create_ruleset(*arguments))
        self.open.add(handle)
        return handle

    def delete_ruleset(self, handle: int) -> Any:
        self.open.discard(handle)
        return self.engine.delete_ruleset(handle)

    def free(self) -> None:
        for handle in list(self.open):
            self.delete_ruleset(handle)


@pytest.mark.parametrize("engine", USABLE)
def test_a_condition_that_stands_twice_counts_once_whoever_made_the_rule(engine: str) -> None:
    """Files that say so are refused; a rule made otherwise cannot fire on one fact either, and is found to be impossible."""
    made = quick_program([{"id": "r", "when": [{"at_least": 2, "of": [{"colour": "red"}, {"shape": "any"}]}], **CONCLUDES}])
    (rule,) = made.rules
    ((_, (red, _)),) = rule.conditions.at_least
    twice = replace(rule, conditions=Conditions(at_least=((2, (red, red)),)))
    program = replace(made, strata=((twice,),), cache={})
    assert run(program, facts_of({"colour": "red", "side": "left"}), engine=engine).activations == []
    assert run(made, facts_of({"colour": "red", "side": "left"}, {"shape": "star"}), engine=engine).activations
    assert contradiction(TOY, twice.conditions) == "at_least asks for more different conditions than it lists"
    assert contradiction(TOY, rule.conditions) == ""


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Iterator[RulesetKeeper | None]:
    if not durable.available():
        yield None
        return
    keeper = RulesetKeeper(vars(durable)["_engine"])
    monkeypatch.setattr(durable, "_engine", keeper)
    yield keeper
    keeper.free()


def compare(case: Case) -> Iterable[str]:
    """Check every engine against the oracle; yields the engines that durable_rules really ran in."""
    oracle = Oracle(VOCABULARY, case.rules, case.answered)
    try:
        program = quick_program(case.rules)
    except PackError as error:
        assert "wait for each other" in str(error)
        assert not oracle.has_strata(), "refused, though it has strata"
        return
    assert oracle.has_strata(), "not refused, though it has none"
    expected = oracle.result(case.facts)
    for name in USABLE:
        inference = infer(program, facts_of(*case.facts), case.answered, name)
        assert outcome(inference.memory) == expected, name
        if not inference.engine.left_out:
            yield name


@pytest.mark.slow
def test_random_programs_mean_what_the_oracle_says(keeper: RulesetKeeper | None) -> None:
    """Thousands of stratified programs conclude and fire exactly what brute force does, on every engine."""
    ran = dict.fromkeys(ENGINES, 0)

    @settings(
        max_examples=PROGRAMS,
        deadline=None,
        database=None,
        derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.integers(0, 2**64))
    def check(seed: int) -> None:
        case = make_case(Random(seed))  # noqa: S311 - a test needs no secrets
        note(f"{case}")
        for name in compare(case):
            ran[name] += 1
        if keeper is not None:
            keeper.free()

    check()
    assert ran["reference"] > PROGRAMS / 3, "most programs must have strata, or this tests little"
    if keeper is not None:
        assert ran["both"] > 0.8 * ran["reference"], "most programs must be within durable_rules' limits"


@pytest.mark.slow
@settings(max_examples=100, deadline=None, database=None, derandomize=not LONG)
@given(st.integers(0, 2**64))
def test_the_order_of_rules_and_facts_does_not_matter(seed: int) -> None:
    """The same program and facts in another order give the same facts and the same firings, in the same order."""
    random = Random(seed)  # noqa: S311
    case = make_case(random)
    if not Oracle(VOCABULARY, case.rules, case.answered).has_strata():
        return
    rules, facts = random.sample(case.rules, len(case.rules)), random.sample(case.facts, len(case.facts))
    first = run(quick_program(case.rules), facts_of(*case.facts), case.answered)
    other = run(quick_program(rules), facts_of(*facts), case.answered)
    assert [one.identity for one in first.activations] == [one.identity for one in other.activations]
    assert list(first.derivations) == list(other.derivations)
