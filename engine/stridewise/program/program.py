"""A program: what the packs say together, in the form in which everything asks for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from stridewise.documents.frozen import frozen
from stridewise.language.condition import Threshold
from stridewise.language.exercise import Exercise
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Vocabulary
from stridewise.packs.pack import Override, RulePack, Source
from stridewise.program.strata import Suppliers

if TYPE_CHECKING:
    from pluggy import PluginManager


@frozen
class Program:
    """What inference and planning need of the packs. `strata` hold the rules, lowest first; `protected` the ids of rules
    that nothing may switch off; `suppliers` finds the rules that can conclude a condition;
    `unreferred_flags` are the red flags that lead to no referral."""

    packs: tuple[RulePack, ...]
    vocabulary: Vocabulary
    exercises: Mapping[str, Exercise]
    sources: Mapping[str, Source]
    thresholds: Mapping[str, Threshold]
    strata: tuple[tuple[Rule, ...], ...]
    suppliers: Suppliers
    protected: frozenset[str]
    overrides: tuple[tuple[str, Override], ...]
    unreferred_flags: tuple[str, ...]
    without_safety: bool = field(default=False, compare=False)  # said out loud by whoever plans for no real runner
    plugins: "PluginManager | None" = field(default=None, compare=False)  # those that compute facts for every session
    cache: dict[str, object] = field(default_factory=dict, compare=False)  # matchers keep their compiled form here

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, the lowest stratum first."""
        found: tuple[Rule, ...] = self.once("rules", lambda: tuple(rule for stratum in self.strata for rule in stratum))
        return found

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, made at the first call only: compiled forms that depend on nothing but the program."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]

    def part(self, asked: Iterable[Rule]) -> "Program":
        """These rules and all they rest on, as a program of its own."""
        kept: set[str] = set()
        waiting = list(asked)
        while waiting:
            rule = waiting.pop()
            if rule.id not in kept:
                kept.add(rule.id)
                waiting += [found for condition in rule.conditions.every() for found in self.suppliers.of(condition)]
        strata = (tuple(rule for rule in stratum if rule.id in kept) for stratum in self.strata)
        return replace(self, strata=tuple(filter(None, strata)), cache={})

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, or the one that had it before."""
        by_id: dict[str, Rule] = self.once("rules by id", lambda: {rule.id: rule for rule in self.rules})
        return by_id.get(rule_id) or by_id.get(self.old_rule_names.get(rule_id, ""))

    @property
    def old_rule_names(self) -> dict[str, str]:
        """Old ids of rules with those of today."""
        old: dict[str, str] = self.once("old rule names", lambda: {
            f"{rule.pack}/{name}": rule.id for rule in self.rules for name in rule.renamed_from
        })  # fmt: skip
        return old
