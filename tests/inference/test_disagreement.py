"""A crash is never a plan: where one of the two matchers is wrong, no plan is made, whichever it is and however it errs."""

from collections.abc import Callable
from typing import Any

import pytest

from plans import ASKED, WEAK, clinic, plan, prescribed, when_weak
from stridewise.errors import InferenceError
from stridewise.inference import durable, engine
from stridewise.inference.memory import Activation
from stridewise.program.program import Program

Fired = list[Activation]
LIES: dict[str, Callable[[Fired], Fired]] = {
    "keeps one to itself": lambda fired: fired[:-1],
    "fires nothing": lambda fired: [],
    "fires one twice": lambda fired: [*fired, fired[-1]],
    "fires another rule": lambda fired: [fired[0]._replace(rule=fired[-1].rule), *fired[1:]],
    "fires on other facts": lambda fired: [fired[0]._replace(facts=()), *fired[1:]],
    "takes another branch": lambda fired: [fired[0]._replace(branch=9), *fired[1:]],
}
RULES = [when_weak("asks", {"prescribe": "easy_squat"}), when_weak("stops", {"avoid": "big_hop", "level": "contraindication"})]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return clinic(tmp_path_factory.mktemp("clinic"), *RULES)


class Matcher:
    """The reference, with what it found passed through a lie."""

    def __init__(self, honest: Any, lie: Callable[[Fired], Fired]) -> None:
        self.honest, self.lie = honest, lie

    def saturate(self, *arguments: Any) -> Fired:
        return self.lie(self.honest.saturate(*arguments))


def lies(monkeypatch: pytest.MonkeyPatch, liar: str, lie: Callable[[Fired], Fired]) -> None:
    """Both matchers are honest but for this one. durable_rules need not be installed: the reference stands in for it."""
    honest = engine.reference_matcher
    monkeypatch.setattr(durable, "available", lambda: True)
    for name in ("durable_matcher", "reference_matcher"):
        told = lie if name == liar else list
        monkeypatch.setattr(engine, name, lambda program, number, told=told: Matcher(honest(program, number), told))


@pytest.mark.parametrize("liar", ["durable_matcher", "reference_matcher"])
@pytest.mark.parametrize("lie", LIES)
def test_a_matcher_that_lies_ends_without_a_plan(built: Program, monkeypatch: pytest.MonkeyPatch, liar: str, lie: str) -> None:
    lies(monkeypatch, liar, LIES[lie])
    with pytest.raises(InferenceError, match=r"the matchers disagree in stratum \d+; no plan is made") as raised:
        plan(ASKED + WEAK, built, engine="both")
    assert raised.value.exit_code == 3
    assert '"weakness": "soleus"' in str(raised.value), "what to reproduce it with"


def test_the_rule_that_only_one_fired_is_named(built: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    lies(monkeypatch, "durable_matcher", LIES["keeps one to itself"])
    with pytest.raises(InferenceError, match="only reference fired trial/stops for weakness"):
        plan(ASKED + WEAK, built, engine="both")


def test_two_honest_matchers_make_a_plan_in_whatever_order_they_found_it(built: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    lies(monkeypatch, "durable_matcher", lambda fired: fired[::-1])
    made = plan(ASKED + WEAK, built, engine="both")
    assert prescribed(made) == {"easy_squat"}
    assert made.receipt.engine == "durable_rules and reference, in agreement"
