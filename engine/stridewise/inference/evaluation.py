"""Which conditions of a rule hold, fail, or are unknown, and whether a rule would fire: read from working memory alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from stridewise.inference.engine import absent
from stridewise.inference.memory import WorkingMemory
from stridewise.inference.normal_form import met_under
from stridewise.language.condition import Anything, Binding, Condition, Conditions, OneOf, Variable, describe_test
from stridewise.language.fact import DETAIL, VALUE, Fact, singular, value_type
from stridewise.language.rule import Rule
from stridewise.language.translation import say
from stridewise.language.vocabulary import BOTH, Kind, Vocabulary
from stridewise.profile.facts import SINGLE_VALUED
from stridewise.program.program import Program

HOLDS, FAILS, UNKNOWN = "holds", "fails", "unknown"
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The program and one runner's working memory."""

    program: Program
    memory: WorkingMemory

    def state(self, condition: Condition, depth: int = 0) -> str:
        """Does some fact meet the condition, does the record speak against it, or does it say nothing?"""
        if self.held(condition):
            return HOLDS
        kind = self.program.vocabulary.kinds[condition.kind]
        if kind.mode == "derived":
            suppliers = self.program.suppliers.of(condition) if depth < MAX_DEPTH else []
            return UNKNOWN if any(self.could_fire(rule, depth + 1) for rule in suppliers) else FAILS
        if kind.mode == "closed" and kind.name in self.memory.answered:
            return FAILS
        return FAILS if self._speaks_against(condition, kind) else UNKNOWN

    def _speaks_against(self, condition: Condition, kind: Kind) -> bool:
        """Something is recorded where the condition looks, and it says otherwise."""
        test = condition.value
        facts = self.memory.by_kind.get(condition.kind, [])
        if not kind.type.is_number and kind.name not in SINGLE_VALUED:
            facts = [fact for fact in facts if not isinstance(test, OneOf) or fact.value in test.values]
        facts = [fact for fact in facts if _may_be_side(condition, fact)]
        return any(not self._silent(condition, fact) for fact in facts)

    @staticmethod
    def _silent(condition: Condition, fact: Fact) -> bool:
        """The fact meets what it says anything about, but leaves an attribute open."""
        said = [(test, fact.get(name)) for name, test in condition.tests]
        return any(value is None for _, value in said) and all(value is None or test.accepts(value) for test, value in said)

    def could_fire(self, rule: Rule, depth: int = 0) -> bool:
        """Nothing on record speaks against any condition of the rule. Joins are not looked at."""
        return self.could_hold(rule.conditions, depth)

    def could_hold(self, conditions: Conditions, depth: int = 0) -> bool:
        """The same, of conditions."""
        groups = ((number, (self.state(one, depth) != FAILS for one in group)) for number, group in conditions.groups())
        return all(is_enough(number, open_ones) for number, open_ones in groups) and not any(map(self.held, conditions.absents))

    def unmet(self, conditions: Conditions) -> Iterator[Condition]:
        """The conditions that nothing known meets: of a group that is met, none."""
        for number, group in conditions.groups():
            if not is_enough(number, map(self.held, group)):
                yield from (one for one in group if not self.held(one))

    def open_ones(self, conditions: Conditions) -> list[Condition]:
        """The conditions that lack a fact to be decided by."""
        unasked = [one for one in conditions.absents if not absent(self.program, self.memory, one.kind) and not self.held(one)]
        return [*(one for one in self.unmet(conditions) if self.state(one) == UNKNOWN), *unasked]

    def met(self, conditions: Conditions) -> bool | None:
        """Do the conditions hold together? None where nothing speaks against them and a fact is lacking to decide."""
        if self.fires(conditions):
            return True
        return None if self.could_hold(conditions) and self.open_ones(conditions) else False

    def held(self, condition: Condition) -> bool:
        """Is the condition met by a fact?"""
        return self.memory.has(condition, {})

    def fires(self, conditions: Conditions) -> bool:
        """Do all conditions hold together, with their shared variables?"""
        return any(self._absent(conditions, binding) for binding in self.joined(conditions))

    def joined(self, conditions: Conditions) -> Iterator[Binding]:
        """The ways to meet all conditions together, negation left aside."""
        groups = [*((condition,) for condition in conditions.positives), *conditions.any_of]
        return (more for binding in self._joined(groups, {}) for more in self._counted(conditions.at_least, binding))

    def _joined(self, groups: Sequence[Sequence[Condition]], binding: Binding) -> Iterator[Binding]:
        if not groups:
            yield binding
            return
        for condition in groups[0]:
            for fact in self.memory.matching(condition, binding):
                yield from self._joined(groups[1:], {**binding, **condition.bind(fact)})

    def _counted(self, counts: Sequence[tuple[int, Sequence[Condition]]], binding: Binding) -> Iterator[Binding]:
        """The binding with the values that each counted group is met under: it is counted per value of what it shares."""
        if not counts:
            yield binding
            return
        number, group = counts[0]
        for values, _ in met_under(group, number, self.memory):
            if all(binding.get(name, value) == value for name, value in values):
                yield from self._counted(counts[1:], {**binding, **dict(values)})

    def _absent(self, conditions: Conditions, binding: Binding) -> bool:
        return all(absent(self.program, self.memory, c.kind) and not self.memory.has(c, binding) for c in conditions.absents)

    def roots(self, facts: Iterable[Fact]) -> frozenset[Fact]:
        """The recorded facts that these rest on."""
        known = (self.memory.facts.get(fact) for fact in self.memory.behind(facts))
        return frozenset(fact for fact in known if fact is not None and fact.places)


def is_enough(number: int, met: Iterable[bool]) -> bool:
    """Are so many of them met? Looks at no more than it takes."""
    return sum(islice(filter(None, met), number)) == number


def _may_be_side(condition: Condition, fact: Fact) -> bool:
    """What is recorded of the other side says nothing about the side that a condition names."""
    test = dict(condition.tests).get("side")
    return test is None or fact.side is None or fact.side == BOTH or test.accepts(fact.side)


def describe_condition(vocabulary: Vocabulary, condition: Condition) -> str:
    """A condition as a reader would say it: "weak gluteus medius, mild or marked"."""
    kind = vocabulary.kinds[condition.kind]
    tests = dict(condition.tests)
    text = kind.telling(_value_words(vocabulary, kind, tests[VALUE]))
    details = []
    for name, test in condition.tests:
        if name != VALUE and not isinstance(test, Anything | Variable):
            shown = describe_test(vocabulary, kind, name, test)
            details.append(shown if name in ("side", "grade") else f"{say(name.replace('_', ' '), DETAIL)} {shown}")
    return ", ".join([text, *details])


def _value_words(vocabulary: Vocabulary, kind: Kind, test: object) -> str:
    if isinstance(test, Anything | Variable):
        type_ = value_type(kind, VALUE)
        return f"({say(f'any {singular(type_.terms)}') if type_.terms else say('any value')})"
    return describe_test(vocabulary, kind, VALUE, test)  # type: ignore[arg-type]  # one of the four tests
