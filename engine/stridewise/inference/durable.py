"""The same activations from durable_rules, driven through the narrow subset of its C extension that is exact.

Constants, comparisons, missing values and negation are decided in Python; durable_rules joins, keeps the agenda and chains
forward. Every value it sees is a small integer. This is the only module that imports it."""

import json
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import prod
from typing import Any

from stridewise.errors import InferenceError
from stridewise.inference.memory import Activation
from stridewise.inference.normal_form import Allowed, Branch, Concluding, Stratum, activation
from stridewise.language.condition import Condition
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import Value

try:
    import durable_rules_engine as _engine
except ImportError:  # not installed (by itself never on Python 3.13 and later), or it does not load: the reference runs alone
    _engine = None

MAX_RULES = 4_000  # of 4,096 in a ruleset
MAX_CONDITIONS = 15  # of 16 in a rule
MAX_PENDING = 60  # of 64 combinations that one new fact may complete or await
MAX_ASSERTED = 200_000  # ids below 250,000 have no hash collision
MAX_TOKENS = 16 * 16 * 16 * 200
SID = "1"
BOOT = "boot"
END = "end"
MAX_VARIABLES = 200  # of 252 properties in a fact
_PAD = '{"one":{"c0":"one"}}'  # the always-true join that must stand last, else a false join can read out of bounds
Place = tuple[int, int]  # a branch and one of its conditions
_LOCK = threading.Lock()  # one session at a time: the same sid from two threads crashes the interpreter


class BeyondDurable(Exception):  # noqa: N818  # no error: a limit that sends the run to the reference matcher
    """The program or profile is beyond what durable_rules does exactly; the reference matcher runs alone."""


def available() -> bool:
    """Is the C extension installed and loadable?"""
    return _engine is not None


class DurableMatcher:
    """Compiled once for a stratum. Raises BeyondDurable where a limit would be passed, before it is."""

    def __init__(self, stratum: Stratum) -> None:
        self.branches = stratum.branches
        self.token = 1  # 0 boots, 1 ends
        self.texts: dict[Place, str] = {}  # the digits of each place's token
        self._check_limits()
        rules = [_rule(BOOT, [_digit_tests(0)], 1)]  # fires first: lowest pri
        rules.append(_rule(END, [_digit_tests(1)], 3))  # fires last: proof that the run was whole
        for index, branch in enumerate(self.branches):
            rules.append(_rule(f"r{index}", self._conditions(index, branch), 2))
        self.candidates = _candidates(self.branches)
        self.kinds = frozenset(kind for kind, _ in self.candidates)
        self.handle = _engine.create_ruleset(f"stratum-{id(self)}", f"{{{','.join(rules)}}}")
        weakref.finalize(self, _engine.delete_ruleset, self.handle)  # about 150 kB each

    def _check_limits(self) -> None:
        if len(self.branches) > MAX_RULES:
            raise BeyondDurable(f"a stratum has {len(self.branches)} branches, more than {MAX_RULES}")
        if longest := max((b for b in self.branches if len(b.conditions) > MAX_CONDITIONS), key=_length, default=None):
            raise BeyondDurable(f"{longest.rule.id} has {len(longest.conditions)} conditions, more than {MAX_CONDITIONS}")
        if any(len(c.variables) > MAX_VARIABLES for b in self.branches for c in b.conditions):
            raise BeyondDurable(f"a condition binds more than {MAX_VARIABLES} variables")
        if sum(map(_length, self.branches)) >= MAX_TOKENS:
            raise BeyondDurable(f"a stratum has more than {MAX_TOKENS} conditions")

    def _conditions(self, index: int, branch: Branch) -> Iterator[str]:
        """The tests of each condition: the digits of its own token, then equality joins to earlier conditions, then the pad."""
        first: dict[str, tuple[int, int]] = {}
        for position, condition in enumerate(branch.conditions):
            self.token += 1
            self.texts[index, position] = _as_text(self.token)
            joins = []
            for number, (_, variable) in enumerate(condition.variables):
                earlier = first.setdefault(variable, (position, number))
                if earlier[0] != position:
                    joins.append(f'{{"k{number}":{{"c{earlier[0]}":"k{earlier[1]}"}}}}')
            yield ",".join([_digit_tests(self.token), *joins, *([_PAD] if joins else [])])

    def saturate(self, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        """Every activation at the fixpoint, each once. Raises BeyondDurable."""
        with _LOCK:
            return _Session(self).run(facts, allowed, conclude)


def _length(branch: Branch) -> int:
    return len(branch.conditions)


def _rule(name: str, conditions: Iterable[str], pri: int) -> str:
    """A rule as JSON. Nothing but our own names and small integers stands in it."""
    each = ",".join([f'{{"c{position}":{{"$and":[{tests}]}}}}' for position, tests in enumerate(conditions)])
    return f'"{name}":{{"all":[{each}],"pri":{pri}}}'


def _digit_tests(token: int) -> str:
    return f"{{{'},{'.join(_digits(token))}}}"


def _digits(token: int) -> tuple[str, ...]:
    """A token in four properties, so that no node of the network has more than 200 children."""
    return f'"u":{token // 4096}', f'"t":{token // 256 % 16}', f'"h":{token // 16 % 16}', f'"g":{token % 16}'


def _as_text(token: int) -> str:
    return ",".join(('"one":1', *_digits(token)))


def _candidates(branches: Sequence[Branch]) -> dict[tuple[str, Value | None], dict[Condition, list[Place]]]:
    """The conditions that a fact of this kind and value (None: any value) may pass, with the places where they stand."""
    by_value: dict[tuple[str, Value | None], dict[Condition, list[Place]]] = {}
    for index, branch in enumerate(branches):
        for position, condition in enumerate(branch.conditions):
            for value in condition.constants or (None,):
                by_value.setdefault((condition.kind, value), {}).setdefault(condition, []).append((index, position))
    return by_value


class _Session:
    """One run: facts are asserted while the boot action is dispatched, so that nothing fires half-informed."""

    def __init__(self, matcher: DurableMatcher) -> None:
        self.matcher = matcher
        self.facts: list[Fact] = []
        self.known: set[Fact] = set()
        self.interned: dict[Value, int] = {}
        self.ids = count()
        self.passed: dict[int, list[int]] = {}  # branch → how many facts passed each of its conditions
        self.held: dict[int, list[str]] = defaultdict(list)  # branch → what is asserted once all its conditions have a fact
        self.fired: dict[tuple[int, tuple[int, ...]], Activation] = {}

    def run(self, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        ready = list(self._ready(facts))
        if not ready:
            return []
        handle = self.matcher.handle
        state = self._assert(_as_text(0))
        started = _engine.start_action_for_state(handle, state)
        if not started:
            raise InferenceError("durable_rules did not start its session")
        try:
            self._assert(_as_text(1))
            for properties in ready:
                self._assert(properties)
            ended = False
            while message := _engine.complete_and_start_action(handle, state):
                decoded = json.loads(message)
                if END in decoded:
                    ended = True
                else:
                    self._fire(decoded, allowed, conclude)
            if not ended:
                raise InferenceError("durable_rules ended its run before everything had fired")
        finally:  # without it each session leaks about 2.4 MB; before any action started it would free garbage
            _engine.delete_state(handle, SID)
        return list(self.fired.values())

    def _ready(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Take new facts in; what is to be asserted now: of a branch nothing before each of its conditions has a fact."""
        for fact in facts:
            if fact.kind not in self.matcher.kinds or fact in self.known:
                continue
            self.known.add(fact)
            self.facts.append(fact)
            for value in (fact.value, None):
                for condition, places in self.matcher.candidates.get((fact.kind, value), {}).items():
                    if condition.accepts(fact):
                        yield from self._offer(fact, condition, places)

    def _offer(self, fact: Fact, condition: Condition, places: Sequence[Place]) -> Iterator[str]:
        """The fact under the token of each place where a condition that it passes stands."""
        keys = "".join([f',"k{n}":{self._intern(fact.get(field))}' for n, (field, _) in enumerate(condition.variables)])
        for index, position in places:
            properties = f'{self.matcher.texts[index, position]},"f":{len(self.facts) - 1}{keys}'
            if len(self.matcher.branches[index].conditions) == 1:
                yield properties
                continue
            self.held[index].append(properties)
            if self._is_complete(index, position):
                yield from self.held.pop(index)

    def _is_complete(self, index: int, position: int) -> bool:
        """Count one more fact for a condition; keep below the number of combinations that one fact may wait for."""
        branch = self.matcher.branches[index]
        if index not in self.passed:
            self.passed[index] = [0] * len(branch.conditions)
        passed = self.passed[index]
        passed[position] += 1
        pending = prod([number or 1 for number in passed]) // passed[position]  # for each fact of this condition
        if pending > MAX_PENDING:
            raise BeyondDurable(f"{branch.rule.id} has {pending} combinations of facts, more than {MAX_PENDING}")
        return all(passed)

    def _intern(self, value: Value | None) -> int:
        """Text and numbers are told apart: as facts hold them, "5" and 5 are different keys."""
        if value is None:
            raise InferenceError("a condition accepted a fact that lacks the value it binds")
        return self.interned.setdefault(value, len(self.interned))

    def _assert(self, properties: str) -> int:
        """`properties` are the inside of a JSON object: our own names and small integers, nothing a profile says."""
        number = next(self.ids)
        if number >= MAX_ASSERTED:
            raise BeyondDurable(f"more than {MAX_ASSERTED} facts would be asserted")
        code, state = _engine.assert_fact(self.matcher.handle, f'{{"sid":"{SID}","id":"{number}",{properties}}}')
        if code != 0:
            raise InferenceError(f"durable_rules refused a fact with code {code}")
        return int(state)

    def _fire(self, message: dict[str, Any], allowed: Allowed, conclude: Concluding) -> None:
        """Decode fact numbers only; negation is decided here, lower strata being complete."""
        ((name, frames),) = message.items()
        index = int(name[1:])
        branch = self.matcher.branches[index]
        numbers = tuple(int(frames[f"c{position}"]["f"]) for position in range(len(branch.conditions)))
        if (index, numbers) in self.fired:
            raise InferenceError(f"durable_rules fired {branch.rule.id} twice for the same facts")
        candidate = activation(branch, tuple(self.facts[number] for number in numbers))
        binding = dict(candidate.binding)
        if not all(c.matches(fact, binding) for c, fact in zip(branch.conditions, candidate.facts, strict=True)):
            raise InferenceError(f"durable_rules fired {branch.rule.id} for facts that do not match")
        if allowed(branch, dict(candidate.binding)):
            self.fired[index, numbers] = candidate
            for properties in self._ready(conclude(candidate)):
                self._assert(properties)
