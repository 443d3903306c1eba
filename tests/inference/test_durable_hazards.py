"""One guard for each trap of durable_rules: what it does wrong never gets the chance. The real engine runs behind a recorder."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from kit import facts_of, needs_durable, quick_program, read_rule, rule
from stridewise.errors import InferenceError
from stridewise.inference import durable
from stridewise.inference.durable import BeyondDurable, DurableMatcher
from stridewise.inference.engine import infer
from stridewise.inference.memory import Activation
from stridewise.inference.normal_form import Branch, compile_stratum
from stridewise.language.fact import Fact

pytestmark = needs_durable
SUBSET = {
    "create_ruleset",
    "assert_fact",
    "start_action_for_state",
    "complete_and_start_action",
    "delete_state",
    "delete_ruleset",
}
PAIR = rule("pair", [{"colour": "$c", "side": "$s"}, {"shape": "any", "side": "$s", "near": "$c"}], {"pile": "$c", "side": "$s"})
CHAIN = rule("chain", [{"pile": "$c"}], {"heap": "$c", "side": "left"})
PAIRED = [{"colour": "red"}, {"colour": "green", "side": "left"}, {"shape": "star", "side": "left", "near": "red"}]


@dataclass
class Recorder:
    """Passes every call on and keeps it, with whether the lock was held; an answer or a failure may be put in its place."""

    engine: Any
    calls: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    unlocked: list[str] = field(default_factory=list)
    instead: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.engine, name)

        def call(*arguments: Any) -> Any:
            self.calls.append((name, arguments))
            if not durable._LOCK.locked():
                self.unlocked.append(name)
            return self.instead.get(name, real)(*arguments)

        return call

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]

    def asserted(self) -> list[dict[str, Any]]:
        return [json.loads(arguments[1]) for name, arguments in self.calls if name == "assert_fact"]

    def rulesets(self) -> list[dict[str, Any]]:
        return [json.loads(arguments[1]) for name, arguments in self.calls if name == "create_ruleset"]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    recorder = Recorder(vars(durable)["_engine"])
    monkeypatch.setattr(durable, "_engine", recorder)
    yield recorder


def allow(branch: Branch, binding: Any) -> bool:
    return True


def conclude_nothing(fired: Activation) -> list[Fact]:
    return []


def matcher(*rules: dict[str, Any]) -> DurableMatcher:
    return DurableMatcher(compile_stratum([read_rule(written) for written in rules]))


def saturate(rules: list[dict[str, Any]], facts: list[Fact]) -> list[Activation]:
    return matcher(*rules).saturate(facts, allow, conclude_nothing)


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


MANY = [
    PAIR, CHAIN, rule("or", [{"any_of": [{"colour": "$c"}, {"pile": "$c"}, {"badge": "any"}]}, {"shape": "any"}]),
    rule("not", [{"colour": "$c"}, {"absent": {"badge": "any"}}]),
    rule("count", [{"at_least": 2, "of": [{"colour": "$c"}, {"shape": "any", "near": "$c"}]}]),
    rule("compare", [{"size": ">= tall", "side": "$s"}, {"size": "< 12.5", "side": "$s"}]),
    rule("only-not", [{"absent": {"badge": "gold"}}]),
]  # fmt: skip


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
        (long + "a", long + "a", 1), (long + "a", long + "b", 0), ("5", Decimal(5), 0), (Decimal("5"), Decimal("5.0"), 1),
        ("yes", "no", 0),
        (Decimal("1E+16"), Decimal("10000000000000000"), 1), (Decimal("1E-7"), Decimal("1E-8"), 0),
    ]  # fmt: skip
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


def hash_of(text: str) -> int:
    """32-bit FNV-1a, by which the engine compares names, sids and ids."""
    value = 2_166_136_261
    for byte in text.encode():
        value = (value ^ byte) * 16_777_619 & 0xFFFFFFFF
    return value


def test_one_fixed_sid_and_ids_without_a_collision(engine: Recorder) -> None:
    """Two sids or ids with one hash would share a state; ours are one sid and ids counted from 0, apart up to the limit."""
    for _ in range(2):
        saturate([PAIR], facts_of(*PAIRED))
    assert {fact["sid"] for fact in engine.asserted()} == {"1"}
    half = len(engine.asserted()) // 2
    assert [fact["id"] for fact in engine.asserted()] == [str(number) for number in range(half)] * 2
    assert len({hash_of(str(number)) for number in range(durable.MAX_ASSERTED + 1)}) == durable.MAX_ASSERTED + 1
    names = ["sid", "id", "one", "g", "h", "t", "u", "f", *(f"k{number}" for number in range(300))]
    assert len(set(map(hash_of, names))) == len(names)


def test_state_is_deleted_after_every_run_and_never_before_an_action_started(engine: Recorder) -> None:
    """Without it a session leaks; before an action started it would free garbage."""
    pair = matcher(PAIR)
    for _ in range(3):
        pair.saturate(facts_of(*PAIRED), allow, conclude_nothing)
    names = engine.names()
    assert names.count("delete_state") == names.count("start_action_for_state") == 3
    assert names.index("start_action_for_state") < names.index("delete_state")
    engine.calls.clear()
    engine.instead["start_action_for_state"] = lambda handle, state: None
    with pytest.raises(InferenceError, match="did not start"):
        pair.saturate(facts_of(*PAIRED), allow, conclude_nothing)
    assert "delete_state" not in engine.names()


def test_a_ruleset_is_freed_with_its_matcher(engine: Recorder) -> None:
    """Each holds about 150 kB, and what-if and mutation build hundreds of programs in one process."""
    saturate([PAIR], facts_of(*PAIRED))
    program = quick_program([PAIR])
    infer(program, facts_of(*PAIRED), frozenset(), "both")
    del program
    assert engine.names().count("delete_ruleset") == engine.names().count("create_ruleset") == 2


@pytest.mark.parametrize("callback", ["allowed", "conclude"])
def test_an_error_in_our_callback_propagates_and_leaves_the_matcher_usable(engine: Recorder, callback: str) -> None:
    """The engine's own actions would store it as text and report success."""

    def fail(*arguments: Any) -> Any:
        raise ZeroDivisionError

    pair, facts = matcher(PAIR, CHAIN), facts_of(*PAIRED)
    with pytest.raises(ZeroDivisionError):
        pair.saturate(facts, fail if callback == "allowed" else allow, fail if callback == "conclude" else conclude_nothing)
    assert engine.names()[-1] == "delete_state"
    assert not durable._LOCK.locked()
    assert len(pair.saturate(facts, allow, conclude_nothing)) == 1


def test_a_run_that_ends_silently_is_not_believed(engine: Recorder) -> None:
    """As after a step of the clock: the reference does not agree, and no plan is made."""
    engine.instead["complete_and_start_action"] = lambda handle, state: None
    with pytest.raises(InferenceError, match=r"only reference fired toy/pair|ended its run"):
        infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), "both")


def test_a_run_that_ends_silently_is_noticed_without_the_reference(engine: Recorder) -> None:
    """durable_rules alone must know that it came to its end."""
    engine.instead["complete_and_start_action"] = lambda handle, state: None
    with pytest.raises(InferenceError):
        infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), "durable")


def frames(left: int, right: int) -> str:
    return json.dumps({"r0": {"c0": {"f": left}, "c1": {"f": right}}})


def test_a_rule_fired_twice_for_the_same_facts_is_an_error(engine: Recorder) -> None:
    """Every (rule, facts) is dispatched once, or the engine is not to be trusted."""
    answers = iter([frames(0, 3), frames(0, 3), None])
    engine.instead["complete_and_start_action"] = lambda handle, state: next(answers)
    with pytest.raises(InferenceError, match="fired toy/pair twice for the same facts"):
        saturate([PAIR], facts_of(*PAIRED))


def test_a_false_match_is_not_believed(engine: Recorder) -> None:
    """As when a join is ignored: the facts are checked again when their numbers come back."""
    answers = iter([frames(2, 3), None])
    engine.instead["complete_and_start_action"] = lambda handle, state: next(answers)
    with pytest.raises(InferenceError):
        saturate([PAIR], facts_of(*PAIRED))


def test_beyond_a_limit_nothing_is_created() -> None:
    """Rules, conditions and tokens are counted before the engine is touched."""
    many = [read_rule(rule("r", [{"any_of": [{"colour": "red"}] * 64}, {"any_of": [{"colour": "red"}] * 64}]))]
    long = [read_rule(rule("r", [{"colour": "red"}] * 16))]
    for rules, message in ((many, "has 4096 branches, more than 4000"), (long, "toy/r has 16 conditions, more than 15")):
        recorder = Recorder(vars(durable)["_engine"])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(durable, "_engine", recorder)
            with pytest.raises(BeyondDurable, match=message):
                DurableMatcher(compile_stratum(rules))
        assert recorder.calls == []
    DurableMatcher(compile_stratum([read_rule(rule("r", [{"colour": "red"}] * 15))]))


def test_too_many_tokens_or_facts_are_refused(engine: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the fact that would be one too many."""
    monkeypatch.setattr(durable, "MAX_TOKENS", 2)
    with pytest.raises(BeyondDurable, match="more than 2 conditions"):
        matcher(PAIR)
    monkeypatch.undo()
    monkeypatch.setattr(durable, "_engine", engine)
    monkeypatch.setattr(durable, "MAX_ASSERTED", 3)
    with pytest.raises(BeyondDurable, match="more than 3 facts would be asserted"):
        saturate([PAIR], facts_of(*PAIRED))
    assert len(engine.asserted()) == 3
    assert engine.names().count("delete_state") == 1
    assert durable.MAX_RULES < 4_096
    assert durable.MAX_CONDITIONS < 16
    assert durable.MAX_PENDING < 64


@pytest.mark.parametrize(("number", "within"), [(60, True), (61, False)])
def test_pending_combinations_are_limited_before_the_fact_that_passes_the_limit(
    engine: Recorder, number: int, within: bool
) -> None:
    """64 for one fact would corrupt the engine; a run beyond falls back on the reference, says why, and gives the same."""
    rules = [rule("r", [{"nickname": "any"}, {"shape": "any", "side": "left"}])]
    facts = facts_of(*({"nickname": f"n{index}"} for index in range(number)), {"shape": "star", "side": "left"})
    inference = infer(quick_program(rules), facts, frozenset(), "both")
    assert len(inference.memory.activations) == number
    assert inference.engine.left_out == ("" if within else "toy/r has 61 combinations of facts, more than 60")
    assert engine.names().count("delete_state") == (1 if within else 0)  # beyond it not even a session is started
    assert inference.engine.describe().startswith("durable_rules and reference" if within else "reference alone: toy/r has 61")


def test_a_fact_never_carries_too_many_properties(engine: Recorder) -> None:
    """More than 252 crash it: a condition that binds so many variables goes to the reference."""
    tests = tuple((f"a{number:03}", read_rule(PAIR).conditions.positives[0].tests[0][1]) for number in range(300))
    wide = read_rule(rule("r", [{"colour": "$c"}]))
    (condition,) = wide.conditions.positives
    condition = type(condition)(condition.kind, (*condition.tests, *tests))
    conditions = type(wide.conditions)((condition,))
    branch = Branch(wide, 0, (condition,))
    assert conditions.positives == branch.conditions
    with pytest.raises(BeyondDurable):
        DurableMatcher(type(compile_stratum([wide]))((wide,), (branch,)))
    assert engine.calls == []


def test_a_ruleset_that_cannot_be_created_is_fatal(engine: Recorder) -> None:
    """It is not taken for a limit: the run stops."""

    def fail(*arguments: Any) -> int:
        raise RuntimeError("could not create")

    engine.instead["create_ruleset"] = fail
    with pytest.raises((InferenceError, RuntimeError)):
        infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), "both")


def test_one_session_at_a_time_under_the_lock(engine: Recorder) -> None:
    """The same sid from two threads crashes the interpreter: every call of a session is made with the lock held."""
    pair, facts, results = matcher(PAIR), facts_of(*PAIRED), []
    threads = [
        threading.Thread(target=lambda: results.append(len(pair.saturate(facts, allow, conclude_nothing)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [1] * 8
    assert set(engine.unlocked) <= {"create_ruleset", "delete_ruleset"}
    sessions = [name for name in engine.names() if name in ("start_action_for_state", "delete_state")]
    assert sessions == ["start_action_for_state", "delete_state"] * 8


def test_without_the_extension_the_reference_runs_alone_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Python 3.13."""
    monkeypatch.setattr(durable, "_engine", None)
    for choice in ("both", "durable"):
        inference = infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), choice)
        assert len(inference.memory.activations) == 1
        assert inference.engine.describe() == "reference alone: durable-rules is not installed for this Python"
