"""One guard for each trap of durable_rules: what it does wrong never gets the chance. The real engine runs behind a recorder."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from durable_recorder import MANY, PAIR, PAIRED, SUBSET, Recorder, allow, conclude_nothing, matcher, saturate
from kit import facts_of, needs_durable, quick_program, rule
from stridewise.errors import InferenceError
from stridewise.inference.engine import infer
from stridewise.language.fact import Fact

pytestmark = needs_durable


def check_ruleset(ruleset: dict[str, Any]) -> None:
    """The exact subset and nothing else: digits of a token, equality joins to earlier conditions, the pad last."""
    assert next(iter(ruleset)) == "boot"  # boot fires first, an end mark last, the rules between them
    for name, definition in ruleset.items():
        assert set(definition) == {"all", "pri"}
        assert definition["pri"] == {"boot": 1, "end": 3}.get(name, 2)
        for position, condition in enumerate(definition["all"]):
            ((alias, body),) = condition.items()
            assert (alias, set(body)) == (f"c{position}", {"$and"})
            digits, joins = body["$and"][:4], body["$and"][4:]
            assert [set(test) for test in digits] == [{"u"}, {"t"}, {"h"}, {"g"}]
            assert all(type(digit) is int and 0 <= digit <= 200 for test in digits for digit in test.values())
            if joins:
                assert position > 0
                assert joins[-1] == {"one": {"c0": "one"}}
                assert {"one"} not in [set(join) for join in joins[:-1]]
            for join in joins[:-1]:
                ((own, to),) = join.items()
                ((earlier, theirs),) = to.items()
                assert re.fullmatch(r"k\d+", own)
                assert re.fullmatch(r"k\d+", theirs)
                assert int(earlier[1:]) < position


def test_only_the_exact_subset_is_ever_defined(engine: Recorder) -> None:
    """No `$not`, no nested `$or` or `$and`, no join in a first condition, none to an unknown or reused alias, the pad last."""
    matcher(*MANY)
    (ruleset,) = engine.rulesets()
    check_ruleset(ruleset)
    assert len([name for name in ruleset if re.fullmatch(r"r\d+", name)]) == 6 + 3  # six rules of one branch, one of three
    texts = json.dumps(ruleset)
    assert not re.search(r"\$(not|or|nex|lt|lte|gt|gte|neq|ex|mt|imt|s|m|forall)\b", texts)


def test_every_condition_has_a_token_of_its_own(engine: Recorder) -> None:
    """Identical conditions would share nodes of the network, of which 256 are too many; fan-out stays small."""
    same = matcher(*[rule(f"r{number}", [{"colour": "red"}, {"shape": "any"}]) for number in range(300)])
    tokens = [
        tuple(d for test in c["$and"][:4] for d in test.values())
        for d in engine.rulesets()[0].values()
        for a in d["all"]
        for c in a.values()
    ]
    assert len(set(tokens)) == len(tokens) > 600
    assert max(max(token[1:]) for token in tokens) < 16
    assert (
        len(
            same.saturate(facts_of({"colour": "red", "side": "left"}, {"shape": "star", "side": "left"}), allow, conclude_nothing)
        )
        == 300
    )


def test_negation_is_decided_in_python(engine: Recorder) -> None:
    """What the engine is told does not depend on an absence; our callback decides."""
    rules = [rule("r", [{"colour": "$c"}, {"absent": {"badge": "gold"}}])]
    with_absent, without = matcher(*rules), matcher(rule("r", [{"colour": "$c"}]))
    first, second = engine.rulesets()
    assert first == second
    facts = facts_of({"colour": "red", "side": "left"})
    assert with_absent.saturate(facts, lambda branch, binding: False, conclude_nothing) == []
    assert len(without.saturate(facts, allow, conclude_nothing)) == 1


def test_only_small_integers_are_ever_asserted(engine: Recorder) -> None:
    """No float, no text, no boolean, no nesting: those crash it, truncate, or compare uninitialised memory."""
    size: list[dict[str, Any]] = [{"size": 0.0000001, "side": "left"}, {"size": "399.99999999999999999", "side": "left"}]
    infer(quick_program(MANY), facts_of(*PAIRED, *size, {"badge": "gold"}), frozenset({"badge"}), "durable")
    assert engine.asserted()
    for fact in engine.asserted():
        assert fact.pop("sid") == "1"
        assert str(int(fact["id"])) == fact.pop("id")
        assert all(type(value) is int and 0 <= value <= 1_000_000 for value in fact.values())
        assert len(fact) < 252


def test_text_of_any_length_and_numbers_of_any_kind_join_by_value() -> None:
    """Interned: long texts do not truncate, "5" is not 5, and 5 is 5.0."""
    long = "x" * 70_000
    same: list[tuple[Any, Any, int]] = [
        (long + "a", long + "a", 1),
        (long + "a", long + "b", 0),
        ("5", Decimal(5), 0),
        (Decimal("5"), Decimal("5.0"), 1),
        ("yes", "no", 0),
        (Decimal("1E+16"), Decimal("10000000000000000"), 1),
        (Decimal("1E-7"), Decimal("1E-8"), 0),
    ]
    joined = [rule("r", [{"link": "$c"}, {"nickname": "$c"}])]
    assert [len(saturate(joined, [Fact("link", a), Fact("nickname", b)])) for a, b, _ in same] == [
        number for _, _, number in same
    ]


def test_facts_are_asserted_one_at_a_time_through_six_functions(engine: Recorder) -> None:
    """No batch, no Host, no timers, no events, no leases, no other call."""
    infer(quick_program(MANY), facts_of(*PAIRED), frozenset({"badge"}), "both")
    assert set(engine.names()) <= SUBSET
    assert "assert_facts" not in engine.names()


def test_the_public_api_is_never_imported() -> None:
    """Neither by the matcher nor by inference: its Host, its timers and its asynchronous actions stay out."""
    code = "import sys, stridewise.inference.engine; print([name for name in sys.modules if name.split('.')[0] == 'durable'])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_fact_is_asserted_only_under_tokens_it_passes_and_once(engine: Recorder) -> None:
    """A fact that no rule matches, or that was seen before, would raise with the facts in its text."""
    facts = facts_of({"link": "red"}, {"colour": "clear"}, {"size": 3}, *PAIRED)
    saturate([PAIR], [*facts, *facts])
    boot = engine.asserted()[0]
    assert (boot["u"], boot["t"], boot["h"], boot["g"]) == (0, 0, 0, 0)
    assert len([fact for fact in engine.asserted() if "f" in fact]) == 4  # red and green left, red right, the star


def test_nothing_of_a_branch_is_asserted_before_each_of_its_conditions_has_a_fact(engine: Recorder) -> None:
    """No session without work; a fact concluded on the way completes a branch, and what was held is asserted then."""
    saturate([PAIR], facts_of({"colour": "red"}, {"colour": "green"}))
    assert engine.asserted() == []
    later = rule("later", [{"colour": "$c"}, {"pile": "$c"}], {"tower": "star", "side": "left"})
    memory = infer(quick_program([PAIR, later]), facts_of(*PAIRED), frozenset(), "durable").memory
    assert {activation.rule.id for activation in memory.activations} == {"toy/pair", "toy/later"}
    assert memory.values("tower") == {"star"}


def test_a_refused_fact_is_an_error_without_the_fact_in_it(engine: Recorder) -> None:
    """Whatever code comes back, the run stops; nothing of the runner is in the message."""
    engine.instead["assert_fact"] = lambda handle, message: (3, 0)
    with pytest.raises(InferenceError) as raised:
        saturate([PAIR], facts_of(*PAIRED))
    assert str(raised.value) == "durable_rules refused a fact with code 3"
