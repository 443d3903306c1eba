"""The rules with every variable filled in: which facts meet which condition, which conditions make which rule fire. What a
condition accepts and a rule concludes is asked of the language itself."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from stridewise.authoring.checks.recordable import Recordable
from stridewise.inference.memory import Activation
from stridewise.inference.normal_form import (
    ALWAYS,
    COUNTED,
    Branch,
    Stratum,
    compile_stratum,
    concluding,
    group_name,
    shared_variables,
)
from stridewise.language.condition import Condition
from stridewise.language.fact import Fact
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Value
from stridewise.program.program import Program

OF_A_JOIN = 20  # steps: as long as so many looks at a fact
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """One way for an atom to hold: so many of these, and none of those."""

    number: int
    present: tuple[int, ...]
    absent: tuple[int, ...] = ()


class Ground:
    """Everything that some recording makes true, each atom with its supports. `entries` are atoms that a profile may choose, as
    are the closed kinds in `answers`."""

    def __init__(self, program: Program, recordable: Recordable) -> None:
        self.program = program
        self.is_exact = recordable.is_exact
        self.work = recordable.work
        self.atoms: dict[Hashable, int] = {}
        self.supports: dict[int, dict[Support, None]] = defaultdict(dict)
        self.met: dict[Condition, dict[Values, int]] = defaultdict(dict)
        self.answers: dict[int, str] = {}
        self.conclude = concluding(program.vocabulary, {}, frozenset())
        strata = [compile_stratum(stratum) for stratum in program.strata]
        self.conditions = _by_kind(program, strata)
        stated = recordable.entries()
        self.entries = {self.atom(entry): entry for entry in stated}
        self._follows(ALWAYS, Support(0, ()))
        for entry, facts in stated.items():
            for fact in facts:
                self._follows(fact, Support(1, (self.atom(entry),)))
        for stratum in strata:
            for rule in stratum.counting:
                self._count(rule)
            self._saturate(stratum.branches)

    def atom(self, of: Hashable) -> int:
        """The number of what may hold: an entry, a fact, a condition with its values, a rule that fires."""
        return self.atoms.setdefault(of, len(self.atoms) + 1)

    def _follows(self, fact: Fact, support: Support) -> None:
        """Take in that a fact holds where its support does."""
        is_new = fact not in self.atoms
        self.supports[self.atom(fact)][support] = None
        if is_new:
            self._take(fact)

    def _take(self, fact: Fact) -> None:
        """Note which conditions a new fact meets, and under which values."""
        self.work.spend(1 + len(self.conditions[fact.kind]))
        for condition in self.conditions[fact.kind]:
            if condition.accepts(fact):
                values = tuple(fact.said[field] for field, _ in condition.variables)
                atom = self.met[condition].setdefault(values, self.atom((condition, values)))
                self.supports[atom][Support(1, (self.atom(fact),))] = None

    def _saturate(self, branches: Sequence[Branch]) -> None:
        """Fire until nothing new follows; a branch again only where its conditions are met in new ways."""
        looked = dict.fromkeys(range(len(branches)), -1)
        while new := {place: ways for place, one in enumerate(branches) if (ways := self._ways(one)) != looked[place]}:
            looked |= new
            for place in new:
                for binding in self._joined(branches[place].conditions, {}):
                    self._fire(branches[place], binding)

    def _ways(self, branch: Branch) -> int:
        return sum(len(self.met[condition]) for condition in branch.conditions)

    def _joined(self, conditions: Sequence[Condition], binding: dict[str, Value]) -> Iterator[dict[str, Value]]:
        if not conditions:
            yield binding
            return
        for values in self._meeting(conditions[0], binding):
            self.work.spend(OF_A_JOIN)
            more = {name: value for (_, name), value in zip(conditions[0].variables, values, strict=True)}
            yield from self._joined(conditions[1:], {**binding, **more})

    def _meeting(self, condition: Condition, binding: dict[str, Value]) -> list[Values]:
        """The values under which something may meet a condition, as far as they are bound."""
        met, names = self.met[condition], [name for _, name in condition.variables]
        if binding.keys() >= set(names):
            self.work.spend(1)
            values = tuple(binding[name] for name in names)
            return [values] if values in met else []
        self.work.spend(1 + len(met))
        asked = [(index, binding[name]) for index, name in enumerate(names) if name in binding]
        return [values for values in met if all(values[index] == value for index, value in asked)]

    def _fire(self, branch: Branch, binding: dict[str, Value]) -> None:
        self.work.spend(OF_A_JOIN * len(branch.conditions))
        rule, bound = branch.rule, tuple(sorted(binding.items()))
        fired = ("fired", rule.id, bound)
        is_new = fired not in self.atoms
        atom = self.atom(fired)
        present = [self.met[c][tuple(binding[name] for _, name in c.variables)] for c in branch.conditions]
        present += [self._answered(c.kind) for c in branch.absents if self.program.vocabulary.kinds[c.kind].mode == "closed"]
        absent = [self.met[c][values] for c in branch.absents for values in self._meeting(c, binding)]
        self.supports[atom][Support(len(present), tuple(present), tuple(absent))] = None
        if is_new:
            self.supports[self.atom(rule.id)][Support(1, (atom,))] = None
            for fact in self.conclude(Activation(rule, branch.number, (), bound)):
                self._follows(fact, Support(1, (atom,)))

    def _answered(self, kind: str) -> int:
        atom = self.atom(("answered", kind))
        self.answers[atom] = kind
        return atom

    def _count(self, rule: Rule) -> None:
        """Take in under which values so many of a rule's groups may be met; lower strata must be complete."""
        for index, (number, group) in enumerate(rule.conditions.at_least):
            names = shared_variables(group)
            met: dict[Values, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
            for place, condition in enumerate(group):
                for values, atom in self.met[condition].items():
                    bound = {name: value for (_, name), value in zip(condition.variables, values, strict=True)}
                    met[tuple(bound[name] for name in names)][place].append(atom)
            for values, by_place in met.items():
                if len(by_place) >= number:
                    fact = Fact(COUNTED, group_name(rule, index), tuple(zip(names, values, strict=True)))
                    places = tuple(self._any((rule.id, index, place, values), atoms) for place, atoms in by_place.items())
                    self._follows(fact, Support(number, places))

    def _any(self, of: Hashable, atoms: Iterable[int]) -> int:
        """An atom that holds where one of these does."""
        atom = self.atom(of)
        for one in atoms:
            self.supports[atom][Support(1, (one,))] = None
        return atom


def _by_kind(program: Program, strata: Iterable[Stratum]) -> dict[str, dict[Condition, None]]:
    """Every condition, those that ask for a counted group too."""
    by_kind: dict[str, dict[Condition, None]] = defaultdict(dict)
    asked = (condition for rule in program.rules for condition in rule.conditions.every())
    compiled = (condition for stratum in strata for branch in stratum.branches for condition in branch.conditions)
    for condition in (*asked, *compiled):
        by_kind[condition.kind][condition] = None
    return by_kind
