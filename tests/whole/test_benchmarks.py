"""The inference benchmark compares like with like: before any clock starts, every engine fires what the rules mean."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.inference import entries  # noqa: E402
from benchmarks.inference.clock import Measured  # noqa: E402
from benchmarks.inference.gate import PASSED, compare, judge, knowledge_base  # noqa: E402
from benchmarks.inference.knowledge import make_knowledge_base  # noqa: E402
from benchmarks.inference.naive import naive_firings  # noqa: E402
from benchmarks.inference.report import Run, between_markers, goals, table  # noqa: E402

from kit import needs_durable  # noqa: E402

OWN = [
    entries.BY_HAND,
    entries.REFERENCE,
    entries.REFERENCE_ALL,
    entries.REFERENCE_AFRESH,
    entries.GENERATED_ALL,
    pytest.param(entries.DURABLE, marks=needs_durable),
    pytest.param(entries.DURABLE_ALL, marks=needs_durable),
]


@pytest.mark.parametrize("busy", [False, True], ids=["same facts", "facts in proportion"])
@pytest.mark.parametrize("name", OWN)
def test_our_engines_and_the_code_by_hand_fire_what_the_rules_mean(name: str, busy: bool) -> None:
    assert judge(name, knowledge_base(50, busy)) == PASSED


def test_the_knowledge_base_is_the_same_every_time_and_a_larger_one_only_adds_rules() -> None:
    small, again, large = make_knowledge_base(50), make_knowledge_base(50), make_knowledge_base(150)
    assert small == again
    assert small.facts == large.facts
    assert set(small.rules) < set(large.rules)
    assert len(large.rules) == 150
    assert len(large.facts) == 30


def test_the_knowledge_base_uses_what_rules_of_this_domain_use() -> None:
    base = make_knowledge_base(150)
    fired = {rule for rule, _ in naive_firings(base)}
    rules = [rule for rule in base.rules if rule.id in fired]
    assert len(base.strata) >= 3
    assert any(rule.either for rule in rules)
    assert any(rule.absent for rule in rules)
    assert any(len(rule.when) > 1 for rule in rules)
    assert {"weak-0", "pattern-0", "ready-0", "focus-0"} <= fired, "a chain of four"


def test_more_rules_about_other_topics_fire_nothing_more() -> None:
    assert naive_firings(make_knowledge_base(50)) == naive_firings(make_knowledge_base(500))


def test_the_gate_notices_one_firing_too_few() -> None:
    base = make_knowledge_base(50)
    contender = entries.entry(entries.BY_HAND).make(base)
    fired, known = contender.run()
    verdict = compare(contender, ((fired[1:], known),), naive_firings(base))
    assert verdict == "different: 1 firings missing, 0 false"


def test_an_engine_that_is_not_installed_is_said_and_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "experta", None)
    sys.modules.pop("benchmarks.inference.peers.experta_peer", None)
    assert judge("experta", make_knowledge_base(50)).startswith("not installed")


def test_an_engine_that_did_not_pass_has_no_time_in_the_table() -> None:
    measured = {entries.BY_HAND: Measured(0.05, 1.0, 20), entries.REFERENCE: Measured(0.2, 4.0, 20)}
    verdicts = {entries.BY_HAND: PASSED, entries.REFERENCE: PASSED, "experta": "different: 2 firings missing, 0 false"}
    run = Run(150, 30, 36, verdicts, measured)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table(run)]
    assert [row[0] for row in rows[2:]] == [entries.BY_HAND, entries.REFERENCE, "experta"]
    assert rows[3][1:4] == ["0.200", "4.0", PASSED]
    assert rows[4][1:4] == ["–", "–", "different: 2 firings missing, 0 false"]
    assert "| 4.0 | – | at most 4 |" in goals(run)[2]


def test_results_replace_only_what_stands_between_the_markers() -> None:
    page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n"
    assert between_markers(page, "x", ["new"]) == "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n"
    with pytest.raises(ValueError, match="markers"):
        between_markers("a", "x", ["new"])
