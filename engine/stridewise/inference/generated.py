"""The quick twin of the reference: a stratum as Python functions generated from its rules, one for the facts of a kind and value.

Rules are run in waves, each after those that conclude what it asks for, so that no fact is met twice and nothing is compared with
itself. A function is made when the first fact of its kind and value is met; rules whose facts are absent are not visited. What it
does not do, rules that feed each other in a circle, the reference does."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from stridewise.inference.code_text import MOST_CONDITIONS, Constants, Place, function_text
from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.inference.normal_form import Allowed, Branch, Concluding, Stratum, by_facts, in_order
from stridewise.inference.reference import MAX_FOUND, ReferenceMatcher, check_number
from stridewise.inference.waves import entrances, keys, waves
from stridewise.language.condition import Variable
from stridewise.language.fact import VALUE, Fact
from stridewise.language.rule import Conclude
from stridewise.language.vocabulary import Value

Key = tuple[str, Value | None]  # a kind and a value, None for all facts of the kind
Run = Callable[..., None]
Found = list[tuple[int, list[Activation]]]  # with the rank of the branch


@dataclass(slots=True)
class _Part:
    """The branches of one wave that are entered by the facts of one kind and value, and their function once it is made."""

    key: Key
    wave: int
    places: list[Place]
    function: Run | None = None

    def run(self, *given: object) -> None:
        if self.function is None:
            self.function = _function(self.places)
        self.function(*given)


class GeneratedMatcher:
    """Compiled for a stratum, a function at a time; holds no facts between runs."""

    def __init__(self, stratum: Stratum, derived: frozenset[str]) -> None:
        in_waves = waves(stratum.branches)
        is_plain = in_waves is not None and all(len(branch.conditions) <= MOST_CONDITIONS for branch in stratum.branches)
        self.reference = None if is_plain else ReferenceMatcher(stratum)
        self.waves = 1 + max(in_waves or [], default=0)
        conditions = [condition for branch in stratum.branches for condition in branch.conditions]
        self.whole = {condition.kind: (condition.kind, None) for condition in conditions if condition.constants is None}
        self.read = {key for condition in conditions for key in keys(condition)}
        self.parts: dict[Key, list[_Part]] = self._divided(stratum.branches, in_waves or [], derived) if is_plain else {}

    def saturate(self, memory: WorkingMemory, more: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        """Every activation at the fixpoint of what is remembered and these facts, each once, in order. The memory stays."""
        if self.reference is not None:
            return in_order(self.reference.saturate([*memory.facts, *more], allowed, conclude))
        run = _Run(self, memory, more)
        found: Found = []
        for parts in run.todo:
            concluded: list[Fact] = []
            for part in parts:
                (part.function or part.run)(run.at[part.key], run.at, run.joined, found, concluded, allowed, conclude)
            if concluded:
                run.add(concluded)
        return _ordered(found)

    def _divided(self, branches: Sequence[Branch], in_waves: Sequence[int], derived: frozenset[str]) -> dict[Key, list[_Part]]:
        """Each branch where it is entered; ranks are those of `in_order`."""
        places: dict[Key, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
        each = sorted(zip(branches, in_waves, entrances(branches), strict=True), key=lambda one: (one[0].rule.id, one[0].number))
        for rank, (branch, wave, entrance) in enumerate(each):
            feeds = any(self._is_read(conclusion) for conclusion in branch.rule.conclusions)
            for key in keys(branch.conditions[entrance]):
                places[key][wave].append(Place(rank, branch, entrance, feeds, derived))
        return {key: [_Part(key, wave, its) for wave, its in by_wave.items()] for key, by_wave in places.items()}

    def _is_read(self, conclusion: Conclude) -> bool:
        """May a condition of this stratum ask for it?"""
        value = dict(conclusion.values)[VALUE]
        if isinstance(value, Variable):
            return any(kind == conclusion.kind for kind, _ in self.read)
        return conclusion.kind in self.whole or (conclusion.kind, value) in self.read


def _ordered(found: Found) -> list[Activation]:
    """By rank, and of one branch by what the facts say. Raises PackError where there are too many."""
    by_rank: dict[int, list[Activation]] = {}
    for rank, fired in found:
        by_rank[rank] = by_rank[rank] + fired if rank in by_rank else fired
    each = [by_rank[rank] for rank in sorted(by_rank)]
    ordered = [one for fired in each for one in (fired if len(fired) == 1 else by_facts(fired))]
    if len(ordered) > MAX_FOUND:
        check_number(len(ordered), ordered[-1].rule)
    return ordered


class _Run:
    """The facts of one run, and the parts that are still to be run, wave by wave. The lists of the memory are replaced, not added
    to: `own` are the keys of the others."""

    def __init__(self, matcher: GeneratedMatcher, memory: WorkingMemory, more: Sequence[Fact]) -> None:
        self.matcher, self.known = matcher, memory.facts
        self.own: set[Key] = set()
        self.fresh: set[Fact] = set()
        self.indexes: dict[tuple[Key, str], dict[Value, list[Fact]]] = {}
        self.todo: list[list[_Part]] = [[] for _ in range(matcher.waves)]
        self.at: dict[Key, list[Fact]] = dict(memory.by_value)
        self.at.update({key: memory.by_kind[kind] for kind, key in matcher.whole.items() if kind in memory.by_kind})
        at, parts = self.at, matcher.parts
        for key in [key for key in at if key in parts] if len(at) < len(parts) else [key for key in parts if key in at]:
            self._plan(key)
        self.add(more)

    def add(self, facts: Sequence[Fact]) -> None:
        """Take those in that are new and that a condition may ask for. Whatever does is in a wave to come."""
        read, whole, at, fresh = self.matcher.read, self.matcher.whole, self.at, self.fresh
        for fact in facts:
            key = fact.kind, fact.value
            if key not in read and fact.kind not in whole:
                continue
            if key in at and (fact in fresh or fact in self.known):
                continue
            fresh.add(fact)
            self._keep(key, fact)
            if fact.kind in whole:
                self._keep(whole[fact.kind], fact)

    def _keep(self, key: Key, fact: Fact) -> None:
        if key in self.own:
            self.at[key].append(fact)
            return
        self.own.add(key)
        if key in self.at:
            self.at[key] = [*self.at[key], fact]
        else:
            self.at[key] = [fact]
            self._plan(key)

    def _plan(self, key: Key) -> None:
        for part in self.matcher.parts.get(key, ()):
            self.todo[part.wave].append(part)

    def joined(self, key: Key, name: str) -> dict[Value, list[Fact]]:
        """All facts of a kind by what they say in a field. Complete when it is asked for: no later wave concludes that kind."""
        if (key, name) not in self.indexes:
            index: dict[Value, list[Fact]] = defaultdict(list)
            for fact in self.at.get(key, ()):
                if (value := fact.said.get(name)) is not None:
                    index[value].append(fact)
            self.indexes[key, name] = index
        return self.indexes[key, name]


def _several(at: Mapping[Key, list[Fact]], wanted: Sequence[Key]) -> list[Fact]:
    return [fact for key in wanted if key in at for fact in at[key]]


def _function(places: Sequence[Place]) -> Run:
    constants = Constants()
    text = function_text(places, constants)
    given = {"Activation": Activation, "new": tuple.__new__, "several": _several, "most": MAX_FOUND, "check": check_number}
    space = {"__builtins__": {"len": len, "dict": dict}, **given, **constants.named}
    exec(compile(text, "<generated from rules>", "exec"), space)  # noqa: S102  # names and numbers of code_text.py alone
    run: Run = space["run"]
    return run
