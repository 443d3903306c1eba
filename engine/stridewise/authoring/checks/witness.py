"""Find a runner on whom rules fire together: a concrete, minimal profile that is run, not argued for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import yaml

from stridewise.authoring.checks.demand import Demand, Demands, Node
from stridewise.authoring.checks.domains import Domains, preferred
from stridewise.authoring.checks.logic import has_one_value
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError, StridewiseError
from stridewise.inference.engine import infer
from stridewise.language.fact import VALUE
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Value
from stridewise.profile.facts import LISTS, SINGLE, take_in
from stridewise.profile.profile import read_profile
from stridewise.program.program import Program
from stridewise.program.strata import Suppliers
from stridewise.session import Session, hold_session

MAX_WAYS = 6000  # choices of suppliers looked at for one question
FEW_VALUES, MAX_VALUES = 2, 48  # choices of values tried for each, at first and later
MAX_TRIED = 5_000  # combinations of values, most of which no profile may hold
MAX_RUNS = 400
MAX_FRUGAL = 100  # ways and profiles of the frugal ones
MAX_BRIEF = 10  # where the answer is told only to whoever asks for it
PASSES = ((True, MAX_VALUES), (False, FEW_VALUES), (False, MAX_VALUES))  # frugal ways, many ways with few values, all
FOUND, NONE, UNKNOWN = "found", "none", "unknown"
_PATHS = {kind: path for path, kind in (SINGLE | LISTS).items()} | {"weeks_to_race": "race.in_weeks"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One fact of a profile to be: a kind, its value and attributes."""

    kind: str
    fields: tuple[tuple[str, Value], ...]

    @property
    def value(self) -> Value:
        return dict(self.fields)[VALUE]

    @property
    def attributes(self) -> dict[str, Value]:
        return {name: value for name, value in self.fields if name != VALUE}


@dataclass(frozen=True, slots=True)
class Recording:
    """A profile to be: facts, and the closed kinds whose list is given."""

    facts: tuple[Recorded, ...]
    answers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """`found` with the profile as YAML, `none` where rules provably cannot meet, else `unknown`."""

    verdict: str
    profile: str = ""


class Witnesses:
    """Looks for profiles on which rules fire together and something is true of the result."""

    def __init__(self, program: Program, as_of: date) -> None:
        self.program = program
        self.as_of = as_of
        self.demands = Demands(program, Domains(program))
        self.passed_over = False  # a profile that a further attribute would have saved, or values beyond those that are tried

    def look(self, rules: Sequence[Rule], holds: Callable[[Session], bool], briefly: bool = False) -> WitnessAnswer:
        """A minimal profile on which all `rules` fire and `holds` is true of the session; `briefly`: the first of a few frugal
        ones, as it is."""
        self.passed_over = False
        seen: set[Recording] = set()
        most = MAX_BRIEF if briefly else MAX_FRUGAL
        for frugal, width in PASSES[:1] if briefly else PASSES:
            complete = not frugal
            for number, demand in enumerate(self.demands.of(tuple(rules), frugal)):
                if frugal and (number >= most or len(seen) >= most):
                    break
                if number >= MAX_WAYS or len(seen) >= MAX_RUNS:
                    return WitnessAnswer(UNKNOWN)
                drafts = list(islice(self._drafts(demand), width + 1))
                complete &= len(drafts) <= width
                for draft in drafts[:width]:
                    if draft not in seen and self._shows(draft, rules, holds):
                        return WitnessAnswer(FOUND, self._text(draft if briefly else self._smallest(draft, rules, holds)))
                    seen.add(draft)
            if complete:
                break
        proven = complete and not self.demands.cut and not self.passed_over and (not seen or self._only_grows(rules))
        return WitnessAnswer(NONE if proven else UNKNOWN)

    # --- from a demand to profiles -----------------------------------------------------------------------------------

    def _drafts(self, demand: Demand) -> Iterator[Recording]:
        """The profiles that fulfil a demand, the plainest values first."""
        nodes = sorted({demand.root(node) for fact in demand.facts for _, node in fact.fields})
        choices = [preferred(demand.domains[node]) for node in nodes]
        for number, values in enumerate(_alike_first(choices)):
            if number == MAX_TRIED:
                self.passed_over = True
                return
            chosen = dict(zip(nodes, values, strict=True))
            facts = dict.fromkeys(_filled(fact.kind, fact.fields, demand, chosen) for fact in demand.facts)
            if self._consistent(list(facts)):
                yield Recording(_without_double_race(tuple(facts)), demand.answers)

    def _consistent(self, facts: list[Recorded]) -> bool:
        """Has no measure two values? (A profile with two would be refused.)"""
        values: dict[Any, Value] = {}
        for fact in facts:
            kind = self.program.vocabulary.kinds[fact.kind]
            key = (fact.kind, tuple(sorted(fact.attributes.items())))
            if has_one_value(kind) and values.setdefault(key, fact.value) != fact.value:
                self.passed_over |= not set(kind.attributes) <= set(fact.attributes)
                return False
        numbers = {fact.kind: fact.value for fact in facts if fact.kind in ("days_to_race", "weeks_to_race")}
        return len(numbers) < 2 or round(Decimal(numbers["days_to_race"]) / 7, 2) == numbers["weeks_to_race"]

    def _only_grows(self, rules: Sequence[Rule]) -> bool:
        """Is all that these rules rest on or negate concluded without negation? Then more facts never mend a failed try."""
        waiting = [c for rule in rules for c in rule.conditions.every()]
        seen: set[str] = set()
        suppliers: Suppliers = self.program.suppliers
        while waiting:
            for rule in suppliers.of(waiting.pop()):
                if rule.id not in seen:
                    seen.add(rule.id)
                    if rule.conditions.absents:
                        return False
                    waiting += rule.conditions.every()
        return True

    # --- running it --------------------------------------------------------------------------------------------------

    def _shows(self, draft: Recording, rules: Sequence[Rule], holds: Callable[[Session], bool]) -> bool:
        wanted = {rule.id for rule in rules}
        try:
            profile = read_profile(parse_document(self._text(draft).encode(), "witness.yaml", ProfileError))
            intake = take_in(profile, self.program.vocabulary, self.as_of)
            memory = infer(self.program, intake.facts, intake.answered, "reference").memory
            if not wanted <= {activation.rule.id for activation in memory.activations}:
                return False  # the plan is made only where it can show something
            return holds(hold_session(profile, self.program, self.as_of, "reference"))
        except StridewiseError:
            return False

    def _smallest(self, draft: Recording, rules: Sequence[Rule], holds: Callable[[Session], bool]) -> Recording:
        """The draft without whatever it does not need."""
        for fact in draft.facts:
            less = replace(draft, facts=tuple(other for other in draft.facts if other != fact))
            draft = less if self._shows(less, rules, holds) else draft
        for kind in sorted(draft.answers):
            less = replace(draft, answers=draft.answers - {kind})
            draft = less if self._shows(less, rules, holds) else draft
        return draft

    def _text(self, draft: Recording) -> str:
        return yaml.safe_dump(self._profile(draft), sort_keys=False, allow_unicode=True, default_flow_style=False)

    def _profile(self, draft: Recording) -> dict[str, Any]:
        profile: dict[str, Any] = {"schema": 1, "runner": {"ref": "witness"}, "findings": []}
        if "red_flag" in draft.answers or any(fact.kind in ("red_flag", "safety_screen") for fact in draft.facts):
            _put(profile, "safety.screened", str(self.as_of))
        for kind in sorted(draft.answers):
            if _PATHS.get(kind) in LISTS:
                _put(profile, _PATHS[kind], [])
            elif kind == "par_q" and not any(fact.kind == "par_q" for fact in draft.facts):
                _put(profile, "safety.par_q", {"any_yes": False})
        for fact in draft.facts:
            self._write(profile, fact)
        return profile

    def _write(self, profile: dict[str, Any], fact: Recorded) -> None:
        """Put a fact where a clinician would write it; what has no place of its own goes to the findings."""
        path = _PATHS.get(fact.kind)
        attributes = {name: _plain(value) for name, value in fact.attributes.items()}
        if path in LISTS:
            entries = _get(profile, path) or []
            _put(profile, path, [*entries, {fact.kind: _plain(fact.value), **attributes} if attributes else _plain(fact.value)])
        elif path is not None and not attributes:
            _put(profile, path, _plain(fact.value))
        elif fact.kind == "par_q":
            _put(profile, "safety.par_q", {"any_yes": fact.value == "yes", **attributes})
        elif fact.kind != "safety_screen":
            profile["findings"].append({fact.kind: _plain(fact.value), **attributes})


def _filled(kind: str, fields: Sequence[tuple[str, Node]], demand: Demand, chosen: dict[Node, Value]) -> Recorded:
    return Recorded(kind, tuple(sorted((name, chosen[demand.root(node)]) for name, node in fields)))


def _without_double_race(facts: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """Days and weeks to the race are one fact twice: the days say both."""
    if any(fact.kind == "days_to_race" for fact in facts):
        return tuple(fact for fact in facts if fact.kind != "weeks_to_race")
    return facts


def _alike_first(choices: list[list[Value]]) -> Iterator[tuple[Value, ...]]:
    """All combinations, those first in which what can be the same is the same: they need the fewest facts."""
    distinct = list(dict.fromkeys(map(tuple, choices)))
    alike: set[tuple[Value, ...]] = set()
    for values in _nearest_first([list(choice) for choice in distinct]):
        of = dict(zip(distinct, values, strict=True))
        chosen = tuple(of[tuple(choice)] for choice in choices)
        alike.add(chosen)
        yield chosen
    yield from (values for values in _nearest_first(choices) if values not in alike)


def _nearest_first(choices: list[list[Value]]) -> Iterator[tuple[Value, ...]]:
    """All combinations, those with the first choices first."""
    if not choices:
        yield ()
        return
    for total in range(sum(len(choice) - 1 for choice in choices) + 1):
        for ranks in _ranks([len(choice) for choice in choices], total):
            yield tuple(choice[rank] for choice, rank in zip(choices, ranks, strict=True))


def _ranks(sizes: list[int], total: int) -> Iterator[tuple[int, ...]]:
    if len(sizes) == 1:
        if total < sizes[0]:
            yield (total,)
        return
    for first in range(min(total, sizes[0] - 1) + 1):
        if total - first <= sum(size - 1 for size in sizes[1:]):
            yield from ((first, *rest) for rest in _ranks(sizes[1:], total - first))


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _get(profile: dict[str, Any], path: str) -> Any:
    node: Any = profile
    for step in path.split("."):
        node = (node or {}).get(step)
    return node


def _put(profile: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    node = profile
    for step in parents:
        node = node.setdefault(step, {})
    node[last] = value
