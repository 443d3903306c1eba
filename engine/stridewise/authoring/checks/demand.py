"""What a runner must have recorded for rules to fire: conditions followed down through the rules that supply them, their
variables kept together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from stridewise.authoring.checks.domains import SIDES, Domain, Domains
from stridewise.authoring.checks.logic import choices, has_one_value
from stridewise.language.condition import Condition, Variable
from stridewise.language.fact import VALUE
from stridewise.language.rule import Conclude, Rule
from stridewise.language.vocabulary import BOTH, Value
from stridewise.program.program import Program
from stridewise.program.strata import may_match

MOST_READINGS = 20_000  # of rules and conditions on the way to one answer; of the built-in packs none takes 1,000
Node = tuple[int, str]  # (which reading of a rule, which variable or field of it)
Fields = tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact to record: its kind, and a node for the value and each attribute that matters."""

    kind: str
    fields: Fields


@dataclass(frozen=True)
class Demand:
    """Facts needed so far; `links` say which nodes are one, `domains` what each can be, `answers` the closed kinds whose
    list must be given, `single` the value nodes of kinds of which a runner has one value, `concluded` what is concluded on the
    way, each with its reading."""

    facts: tuple[Needed, ...] = ()
    links: Mapping[Node, Node] = field(default_factory=dict)
    domains: Mapping[Node, Domain] = field(default_factory=dict)
    answers: frozenset[str] = frozenset()
    single: Mapping[str, Node] = field(default_factory=dict)
    concluded: tuple[tuple[Conclude, int], ...] = ()

    def root(self, node: Node) -> Node:
        """The node that stands for all that are one with this."""
        while node in self.links:
            node = self.links[node]
        return node

    def narrowed(self, node: Node, domain: Domain) -> "Demand | None":
        """With fewer values for a node; None where nothing is left."""
        node = self.root(node)
        left = self.domains[node] & domain if node in self.domains else domain
        return replace(self, domains={**self.domains, node: left}) if left else None

    def joined(self, one: Node, other: Node) -> "Demand | None":
        """With two nodes made one; None where they have no value in common."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return self
        linked = replace(self, links={**self.links, one: other})
        return linked.narrowed(other, self.domains[one]) if one in self.domains else linked


@dataclass(frozen=True, slots=True)
class _Goal:
    """A condition of one reading of a rule, and the rules on the way to it."""

    condition: Condition
    reading: int
    way: tuple[str, ...]


class Demands:
    """Every way for rules to fire together, the shortest choice of suppliers first. `cut` says that a way was not followed
    to its end, so that finding none proves nothing."""

    def __init__(self, program: Program, domains: Domains) -> None:
        self.program = program
        self.domains = domains
        self.readings = 0
        self.cut = False
        self.frugal = False

    def of(self, rules: tuple[Rule, ...], frugal: bool = False) -> Iterator[Demand]:
        """The demands under which the positive conditions of all these rules hold. `frugal` ways conclude nothing anew where
        what is concluded already will do: they are few, and not all there are."""
        self.readings, self.cut, self.frugal = 0, False, frugal
        yield from self._fire(list(rules), Demand())

    def _fire(self, rules: list[Rule], demand: Demand) -> Iterator[Demand]:
        if not rules:
            yield demand
            return
        for goals, answered in self._readings(rules[0], demand, ()):
            for met in self._meet(goals, answered):
                yield from self._fire(rules[1:], met)

    def _readings(self, rule: Rule, demand: Demand, way: tuple[str, ...]) -> Iterator[tuple[list[_Goal], Demand]]:
        """Each choice in a rule's groups, as goals."""
        kinds = self.program.vocabulary.kinds
        closed = {condition.kind for condition in rule.conditions.absents if kinds[condition.kind].mode == "closed"}
        answered = replace(demand, answers=demand.answers | closed)
        for chosen in choices(rule.conditions):
            if self.readings > MOST_READINGS:
                self.cut = True
                return
            self.readings += 1
            conditions = [*rule.conditions.positives, *chosen]
            yield [_Goal(condition, self.readings, (*way, rule.id)) for condition in conditions], answered

    def _meet(self, goals: list[_Goal], demand: Demand) -> Iterator[Demand]:
        if not goals:
            yield demand
            return
        goal, rest = goals[0], goals[1:]
        if self.program.vocabulary.kinds[goal.condition.kind].mode == "derived":
            yield from self._conclude(goal, rest, demand)
        elif (recorded := self._record(goal, demand)) is not None:
            yield from self._meet(rest, recorded)

    def _record(self, goal: _Goal, demand: Demand) -> Demand | None:
        """The demand with the fact that meets this condition."""
        kind = self.program.vocabulary.kinds[goal.condition.kind]
        self.readings += 1
        nodes: dict[str, Node] = {}
        now: Demand | None = demand
        for name, test in goal.condition.tests:
            nodes[name] = (goal.reading, test.name) if isinstance(test, Variable) else (-self.readings, name)
            now = now and now.narrowed(nodes[name], self.domains.passing(kind, name, test))
        if "side" in kind.attributes and "side" not in nodes:
            nodes["side"] = (-self.readings, "side")
            now = now and now.narrowed(nodes["side"], SIDES)
        if now is not None and has_one_value(kind) and not kind.attributes:
            now = now.joined(nodes[VALUE], now.single[kind.name]) if kind.name in now.single else now
            now = now and replace(now, single={kind.name: nodes[VALUE], **now.single})
        return now and replace(now, facts=(*now.facts, Needed(kind.name, tuple(nodes.items()))))

    def _conclude(self, goal: _Goal, rest: list[_Goal], demand: Demand) -> Iterator[Demand]:
        """The demands of each rule that can conclude what the condition asks for."""
        if self.frugal and (known := list(self._known(goal, demand))):
            for met in known:
                yield from self._meet(rest, met)
            return
        for conclusion, rule in self.program.suppliers.by_kind.get(goal.condition.kind, ()):
            if not may_match(conclusion, goal.condition):
                continue
            if rule.id in goal.way:
                self.cut = True
                continue
            for goals, answered in self._readings(rule, demand, goal.way):
                joined = self._unified(goal, conclusion, goals[0].reading if goals else 0, answered)
                if joined is not None:
                    supplied = (conclusion, goals[0].reading if goals else 0)
                    yield from self._meet([*goals, *rest], replace(joined, concluded=(*joined.concluded, supplied)))

    def _known(self, goal: _Goal, demand: Demand) -> Iterator[Demand]:
        """The demands under which something concluded already meets the condition."""
        for conclusion, reading in demand.concluded:
            if conclusion.kind == goal.condition.kind and may_match(conclusion, goal.condition):
                joined = self._unified(goal, conclusion, reading, demand)
                if joined is not None:
                    yield joined

    def _unified(self, goal: _Goal, conclusion: Conclude, reading: int, demand: Demand) -> Demand | None:
        """The demand under which this conclusion is what the condition asks for."""
        kind = self.program.vocabulary.kinds[conclusion.kind]
        given: dict[str, Value | Variable] = {name: a.default for name, a in kind.attributes.items() if a.default is not None}
        given |= dict(conclusion.values)
        now: Demand | None = demand
        for name, test in goal.condition.tests:
            if name not in given or now is None:
                return None
            value = given[name]
            if isinstance(value, Variable):
                node: Node = (reading, value.name)
            else:
                self.readings += 1
                node = (-self.readings, name)
                now = now.narrowed(node, SIDES if value == BOTH else frozenset({value}))
            if isinstance(test, Variable):
                now = now and now.joined((goal.reading, test.name), node)
            else:
                now = now and now.narrowed(node, self.domains.passing(kind, name, test))
        return now
