"""A program: what the packs say together, in the form in which everything asks for it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from stridewise.language.condition import Threshold
from stridewise.language.exercise import Exercise
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Rule
from stridewise.language.translation import told_quantity
from stridewise.language.vocabulary import Vocabulary
from stridewise.packs.pack import Override, RulePack, Source
from stridewise.program.strata import Suppliers

if TYPE_CHECKING:
    from pluggy import PluginManager

T = TypeVar("T")
Given = TypeVarTuple("Given")


def once(make: Callable[["Program", *Given], T]) -> Callable[["Program", *Given], T]:
    """The same function of a program, worked out at the first call with the same arguments only. For compiled forms that depend
    on nothing else: the program keeps them."""

    def known(program: "Program", *given: *Given) -> T:
        key: tuple[Hashable, ...] = (known, *given)
        if key not in program.cache:
            program.cache[key] = make(program, *given)
        result: T = program.cache[key]
        return result

    return update_wrapper(known, make)


@dataclass(frozen=True, slots=True)
class Program:
    """What inference and planning need of the packs. `strata` hold the rules, lowest first; `protected` the ids of rules
    that nothing may switch off; `suppliers` finds the rules that can conclude a condition;
    `unreferred_flags` are the red flags that lead to no referral; `pathways` are those in force, by id."""

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
    pathways: Mapping[str, Pathway] = field(default_factory=dict)
    lapsed: tuple[tuple[str, Override], ...] = field(default=(), compare=False)  # overrides that no longer hold, to be told
    without_safety: bool = field(default=False, compare=False)  # said out loud by whoever plans for no real runner
    plugins: "PluginManager | None" = field(default=None, compare=False)  # those that compute facts for every session
    cache: dict[tuple[Hashable, ...], Any] = field(default_factory=dict, compare=False)  # what `once` keeps

    @property
    @once
    def rules(self) -> tuple[Rule, ...]:
        """All rules, the lowest stratum first."""
        return tuple(rule for stratum in self.strata for rule in stratum)

    def part(self, asked: Iterable[Rule]) -> "Program":
        """These rules and all they rest on, as a program of its own."""
        kept: set[str] = set()
        waiting = list(asked)
        while waiting:
            rule = waiting.pop()
            if rule.id not in kept:
                kept.add(rule.id)
                waiting += [supplier for condition in rule.conditions.every() for supplier in self.suppliers.of(condition)]
        strata = (tuple(rule for rule in stratum if rule.id in kept) for stratum in self.strata)
        return replace(self, strata=tuple(filter(None, strata)), cache={})

    def numbers(self, pack: str, named: Collection[str] | None = None) -> dict[str, str]:
        """The thresholds of a pack as its texts name them, in numbers: those that are `named`, or all."""
        own = self._own_thresholds(pack)
        return {name: told_quantity(own[name].value, own[name].unit) for name in own if named is None or name in named}

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, or the one that had it before."""
        by_id = self._rules_by_id()
        return by_id.get(rule_id) or by_id.get(self.old_rule_names.get(rule_id, ""))

    @property
    @once
    def old_rule_names(self) -> dict[str, str]:
        """Old ids of rules with those of today."""
        return {f"{rule.pack}/{name}": rule.id for rule in self.rules for name in rule.renamed_from}

    @once
    def _rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @once
    def _own_thresholds(self, pack: str) -> dict[str, Threshold]:
        return {name.partition("/")[2]: one for name, one in self.thresholds.items() if name.partition("/")[0] == pack}
