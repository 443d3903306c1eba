"""State of durable_rules is made and freed once; whatever it refuses, drops or doubles is an error, never a result."""

import json
import re
import threading
from typing import Any

import pytest

from durable_recorder import CHAIN, PAIR, PAIRED, Recorder, allow, conclude_nothing, matcher, saturate
from kit import facts_of, needs_durable, quick_program, read_rule, rule
from stridewise.errors import InferenceError
from stridewise.inference import durable
from stridewise.inference.durable import BeyondDurable, DurableMatcher
from stridewise.inference.engine import ADDS_DURABLE, MissingMatcherError, infer
from stridewise.inference.normal_form import Branch, compile_stratum

pytestmark = needs_durable


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
    ways = [{"any_of": [{"colour": "red"}] * 32}, {"any_of": [{"colour": "red"}] * 31}]  # 992; a rule of over 1,000 is not read
    many = [read_rule(rule(f"r{number}", ways)) for number in range(5)]
    long = [read_rule(rule("r", [{"colour": "red"}] * 16))]
    for rules, message in ((many, "has 4960 branches, more than 4000"), (long, "toy/r has 16 conditions, more than 15")):
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
    """As after pip on Python 3.13. Asked for by name, it is not replaced: that is an error. Both say how to install it."""
    monkeypatch.setattr(durable, "_engine", None)
    inference = infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), "both")
    assert len(inference.memory.activations) == 1
    assert inference.engine.describe().startswith("reference alone: durable-rules is missing; ")
    assert inference.engine.describe().endswith(f": {ADDS_DURABLE}")
    with pytest.raises(MissingMatcherError, match=re.escape(ADDS_DURABLE)):
        infer(quick_program([PAIR]), facts_of(*PAIRED), frozenset(), "durable")
