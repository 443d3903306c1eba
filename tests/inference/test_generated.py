"""The generated matcher: its text is names and numbers alone, it visits what is there, and leaves circles to the reference."""

import re
from contextlib import nullcontext
from typing import Any

import pytest

from kit import BASICS, facts_of, quick_program, rule, run
from stridewise.errors import PackError
from stridewise.inference.code_text import MOST_CONDITIONS, Constants, function_text
from stridewise.inference.engine import compiled_stratum, generated_matcher, infer
from stridewise.inference.generated import GeneratedMatcher
from stridewise.inference.memory import WorkingMemory
from stridewise.inference.normal_form import Branch, Stratum
from stridewise.inference.waves import waves
from stridewise.language.condition import Anything, Condition, Conditions, OneOf, Variable
from stridewise.language.fact import VALUE, Fact
from stridewise.language.rule import Rule
from stridewise.program.program import Program

WORDS = frozenset(
    re.findall(
        r"\w+",
        """def run for in if not or and is None continue tried len dict new check most fired found append concluded
    conclude allowed at get joined several facts negative said one Activation""",
    )
)
HOSTILE = ["x'", 'x"', "x\n import os", "{0}", "\\", "__import__('os').abort()", "k0", "f0", "# ", "\0", "é\u2028"]
STEP = rule("step", [{"link": "$a", "to": "$b"}], {"pile": "$a", "to": "$b"})
ON = rule("on", [{"pile": "$a", "to": "$b"}, {"pile": "$b", "to": "$c"}], {"pile": "$a", "to": "$c"})


def texts(matcher: GeneratedMatcher) -> list[str]:
    return [function_text(part.places, Constants()) for parts in matcher.parts.values() for part in parts]


def branch(*conditions: Condition, name: str = "toy/r") -> Branch:
    made = quick_program([rule("r", [{"colour": "red"}])]).rules[0]
    values = {field: getattr(made, field) for field in Rule.__dataclass_fields__ if field != "conclusions"}
    return Branch(Rule(**values | {"id": name, "conditions": Conditions(conditions)}), 0, conditions)


def saturated(matcher: GeneratedMatcher, facts: list[Fact]) -> list[tuple[Fact, ...]]:
    memory = WorkingMemory()
    for fact in facts:
        memory.add(fact)
    return [one.facts for one in matcher.saturate(memory, [], lambda *_: True, lambda _: ())]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_pack_becomes_code(hostile: str) -> None:
    """Names of kinds, fields, values, variables and rules that are no good names still match, and stand nowhere in the text."""
    first = Condition(
        hostile, ((VALUE, OneOf(frozenset({hostile}))), (hostile + "a", Variable(hostile)), (hostile + "b", Anything()))
    )
    second = Condition(hostile * 2, ((VALUE, Variable(hostile + "v")), (hostile + "a", Variable(hostile))))
    matcher = GeneratedMatcher(Stratum((), (branch(first, second, name=f"toy/{hostile}"),)), frozenset())
    (text,) = texts(matcher)
    assert set(re.findall(r"[A-Za-z_]\w*", text)) <= WORDS | set(re.findall(r"\b[kfsv]\d+\b", text))
    assert not set(text) & set("\"'#\\")
    one = Fact(hostile, hostile, ((hostile + "a", "5"), (hostile + "b", "x")))
    other, stranger = (Fact(hostile * 2, "y", ((hostile + "a", said),)) for said in ("5", "6"))
    assert saturated(matcher, [one, other, stranger]) == [(one, other)]


def test_functions_are_made_for_what_is_there_alone() -> None:
    program = quick_program([rule("a", [{"colour": "red"}]), rule("b", [{"colour": "blue"}]), rule("c", [{"shape": "any"}])])
    infer(program, facts_of({"colour": "blue"}), frozenset(), "generated")
    parts = [part for parts in generated_matcher(program, 0).parts.values() for part in parts]
    assert [part.key for part in parts if part.function] == [("colour", "blue")]


def test_a_branch_is_entered_where_few_others_are() -> None:
    """What every rule asks for does not bring every rule up."""
    rules = [rule(f"r{colour}", [{"badge": "gold"}, {"colour": colour}]) for colour in ("red", "green", "blue")]
    matcher = generated_matcher(quick_program(rules), 0)
    assert set(matcher.parts) == {("colour", "red"), ("colour", "green"), ("colour", "blue")}


def test_rules_come_in_waves_and_circles_go_to_the_reference() -> None:
    chain = [
        rule("a", [{"colour": "red"}], {"heap": "red"}),
        rule("b", [{"heap": "red"}], {"tower": "round"}),
        rule("c", [{"tower": "any"}]),
    ]
    assert waves(compiled_stratum(quick_program(chain), 0).branches) == [0, 1, 2]
    circle = quick_program([STEP, ON])
    assert waves(compiled_stratum(circle, 0).branches) is None
    facts = facts_of({"link": "red", "to": "green"}, {"link": "green", "to": "red"})
    memories = [run(circle, facts, engine=name) for name in ("generated", "reference")]
    assert [one.identity for one in memories[0].activations] == [one.identity for one in memories[1].activations]
    assert len(memories[0].activations) == 10


def test_more_conditions_than_loops_may_be_nested_go_to_the_reference() -> None:
    facts = facts_of({"colour": "red", "side": "left"})
    for number in (MOST_CONDITIONS, MOST_CONDITIONS + 1):
        program = quick_program([rule("long", [{"colour": "red"}] * number)])
        assert (generated_matcher(program, 0).reference is None) == (number == MOST_CONDITIONS)
        assert len(run(program, facts, engine="generated").activations) == 1


def test_too_many_combinations_are_refused_as_the_reference_does() -> None:
    """Also those of one fact that an absence denies: the work is bounded, not only what fires."""
    every: list[dict[str, Any]] = [{"nickname": f"${name}"} for name in "abc"]
    denied = {"absent": {"badge": "gold"}}
    for number, more, is_refused in ((30, [], True), (30, [denied], False), (102, [denied], True)):
        facts = facts_of(*({"nickname": f"n{place}"} for place in range(number)), {"badge": "gold"})
        for engine in ("reference", "generated"):
            with pytest.raises(PackError, match="meet more than 10000") if is_refused else nullcontext():
                infer(quick_program([rule("r", [*every, *more])]), facts, frozenset({"badge"}), engine)


def test_the_receipt_names_it() -> None:
    program: Program = quick_program([{"id": "r", "when": [], "then": [{"conclude": {"ready": "yes"}}], **BASICS}])
    assert infer(program, [], frozenset(), "generated").engine.describe() == "generated"
