"""The Python text that finds the ways to meet a branch's conditions, as nested loops. Nothing that a pack says stands in it: only
names and numbers made here; kinds, fields, values and rules are reached through constants."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from stridewise.inference.normal_form import Branch
from stridewise.language.condition import Anything, Condition, OneOf, Test, Variable
from stridewise.language.fact import VALUE

MOST_CONDITIONS = 16  # each is a loop, and Python nests at most twenty
HEAD = "def run(facts, at, joined, found, concluded, allowed, conclude):"


class Constants:
    """What the text names k0, k1 …"""

    def __init__(self) -> None:
        self.named: dict[str, Any] = {}
        self.known: dict[Hashable, str] = {}

    def name(self, value: Any) -> str:
        """The name of a value; texts and pairs of texts have one each, all else gets a new one."""
        key = (type(value), value) if isinstance(value, str) else id(value)
        if key not in self.known:
            self.known[key] = f"k{len(self.named)}"
            self.named[self.known[key]] = value
        return self.known[key]


class Place(NamedTuple):
    """Where a branch is entered, and its place in the order of all branches. `feeds`: what it concludes is asked for in the same
    stratum. `derived` are the kinds that only rules conclude."""

    rank: int
    branch: Branch
    entrance: int
    feeds: bool
    derived: frozenset[str]


def function_text(places: Sequence[Place], constants: Constants) -> str:
    """A function that runs each of these branches on the facts of one kind and value, which enter at that condition."""
    blocks = (line for place in places for line in _Block(place, constants).lines())
    return "\n".join([HEAD, *(f" {line}" for line in blocks)]) + "\n"


class _Block:
    """The loops for one branch. A fact is f0, f1 … by its place among the conditions, what it says s0, s1 …"""

    def __init__(self, place: Place, constants: Constants) -> None:
        self.rank, self.branch, self.entrance, self.feeds, self.derived = place
        self.constants = constants
        self.bound: dict[str, str] = {}  # variable → the expression of its value

    def lines(self) -> Iterator[str]:
        yield "fired = []"
        for depth, place in enumerate(self._order()):
            condition = self.branch.conditions[place]
            yield f"{' ' * depth}for f{place} in {self._facts(condition) if depth else 'facts'}:"
            yield from (f"{' ' * (depth + 1)}{line}" for line in self._tests(condition, place))
            if depth == 0 and self.branch.absents:
                yield " tried = 0"
        yield from (f"{' ' * len(self.branch.conditions)}{line}" for line in self._ending())
        yield f"if fired: found.append(({self.rank}, fired))"

    def _order(self) -> Iterator[int]:
        """The entrance, then whatever is most narrowed down by what is bound."""
        bound: set[str] = set()
        left, place = set(range(len(self.branch.conditions))), self.entrance
        while True:
            yield place
            left.remove(place)
            if not left:
                return
            bound |= {variable for _, variable in self.branch.conditions[place].variables}
            place = min(left, key=lambda other: (self._width(self.branch.conditions[other], bound), other))

    @staticmethod
    def _width(condition: Condition, bound: set[str]) -> int:
        joined = [name for name, variable in condition.variables if variable in bound]
        if VALUE in joined or condition.constants is not None:
            return -len(joined)
        return 100 - len(joined)

    def _facts(self, condition: Condition) -> str:
        """Where its facts are looked up: by value, else by the first field that is bound, else all of the kind."""
        named, every = self.constants.name, self.constants.name((condition.kind, None))
        if condition.constants is not None:
            pairs = [(condition.kind, value) for value in condition.constants]
            return f"at.get({named(pairs[0])}, ())" if len(pairs) == 1 else f"several(at, {named(tuple(pairs))})"
        joined = {name: self.bound[variable] for name, variable in condition.variables if variable in self.bound}
        if VALUE in joined:
            return f"at.get(({named(condition.kind)}, {joined[VALUE]}), ())"
        for name, value in joined.items():
            return f"joined({every}, {named(name)}).get({value}, ())"
        return f"at.get({every}, ())"

    def _tests(self, condition: Condition, place: int) -> Iterator[str]:
        """What sends the loop on to its next fact, as `Condition.accepts` has it."""
        yield f"if f{place}.negative and not f{place}.negative <= {self.constants.name(condition.named)}: continue"
        yield f"s{place} = f{place}.said"
        if not isinstance(condition.value, OneOf):
            yield from self._test(VALUE, condition.value, place)
        for name, test in condition.others:
            yield from self._test(name, test, place)

    def _test(self, name: str, test: Test, place: int) -> Iterator[str]:
        said = f"s{place}.get({self.constants.name(name)})"
        match test:
            case OneOf(values):
                yield f"if {said} not in {self.constants.name(values)}: continue"
            case Variable(variable) if variable in self.bound:
                yield f"if {said} != {self.bound[variable]}: continue"
            case Variable(variable):
                value = self.bound[variable] = f"v{len(self.bound)}"
                yield f"{value} = {said}"
                yield f"if {value} is None: continue"
            case Anything():
                yield f"if {said} is None: continue"
            case _:
                yield f"if not {self.constants.name(test.accepts)}({said}): continue"

    def _ending(self) -> Iterator[str]:
        branch, named = self.branch, self.constants.name
        facts = "".join(f"f{place}, " for place in range(len(branch.conditions)))
        bound = "".join(f"({named(variable)}, s{place}[{named(name)}]), " for variable, place, name in branch.sources)
        if branch.absents and len(branch.conditions) > 1:
            yield "tried += 1"
            yield f"if tried > most: check(tried, {named(branch.rule)})"
        if branch.absents:
            yield f"if {self._doubted()}not allowed({named(branch)}, dict(({bound}))): continue"
        yield f"one = new(Activation, ({named(branch.rule)}, {branch.number}, ({facts}), ({bound}), ()))"
        yield "fired.append(one)"
        if len(branch.conditions) > 1:
            yield f"if len(fired) > most: check(len(fired), {named(branch.rule)})"
        if self.feeds:
            yield "concluded += conclude(one)"

    def _doubted(self) -> str:
        """Absences of conclusions need no look where nothing of that kind and value is there."""
        absents = self.branch.absents
        if not all(one.kind in self.derived and one.constants is not None for one in absents):
            return ""
        pairs = dict.fromkeys((one.kind, value) for one in absents for value in one.constants or ())
        return f"({' or '.join(f'{self.constants.name(pair)} in at' for pair in pairs)}) and "
