"""The real engine of durable_rules behind a recorder, and matchers to drive it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kit import read_rule, rule
from stridewise.inference import durable
from stridewise.inference.durable import DurableMatcher
from stridewise.inference.memory import Activation
from stridewise.inference.normal_form import Branch, compile_stratum
from stridewise.language.fact import Fact

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


def allow(branch: Branch, binding: Any) -> bool:
    return True


def conclude_nothing(fired: Activation) -> list[Fact]:
    return []


def matcher(*rules: dict[str, Any]) -> DurableMatcher:
    return DurableMatcher(compile_stratum([read_rule(written) for written in rules]))


def saturate(rules: list[dict[str, Any]], facts: list[Fact]) -> list[Activation]:
    return matcher(*rules).saturate(facts, allow, conclude_nothing)


MANY = [
    PAIR,
    CHAIN,
    rule("or", [{"any_of": [{"colour": "$c"}, {"pile": "$c"}, {"badge": "any"}]}, {"shape": "any"}]),
    rule("not", [{"colour": "$c"}, {"absent": {"badge": "any"}}]),
    rule("count", [{"at_least": 2, "of": [{"colour": "$c"}, {"shape": "any", "near": "$c"}]}]),
    rule("compare", [{"size": ">= tall", "side": "$s"}, {"size": "< 12.5", "side": "$s"}]),
    rule("only-not", [{"absent": {"badge": "gold"}}]),
]
