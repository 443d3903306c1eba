"""Recordings on which rules fire, found by an answer-set solver: none holds anything to spare, the plainest comes first."""

from collections import defaultdict
from collections.abc import Generator, Hashable, Iterable
from operator import attrgetter

from stridewise.authoring.checks.ground import Ground
from stridewise.authoring.checks.logic import has_one_value
from stridewise.authoring.checks.recording import Recording

try:
    from clingo import Control, HeuristicType, TruthValue
    from clingo.backend import Backend
except ImportError:  # it comes with the extra stridewise[authoring]
    IS_THERE = False
else:
    IS_THERE = True

MOST_CONFLICTS = "20000"


class Solver:
    """Everything that a recording may make true, to be asked about any of its rules. Once all recordings are asked for,
    `is_complete` says whether there is provably no other."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.is_complete = False
        self.control = Control(["--heuristic=Domain", "--enum-mode=domRec", "--models=0"], logger=lambda *_: None)
        self.control.configuration.solve.solve_limit = MOST_CONFLICTS  # type: ignore[union-attr]
        with self.control.backend() as backend:
            self.literals = {atom: backend.add_atom() for atom in ground.atoms.values()}
            self.goals = {rule.id: self._goal(backend, rule.id) for rule in ground.program.rules if rule.id in ground.atoms}
            self._load(backend)
            self._one_value(backend)

    def recordings(self, rules: Iterable[str]) -> Generator[Recording, None, None]:
        """The smallest recordings on which all rules of these ids fire, one after the other."""
        wanted = set(rules)
        self.is_complete = not wanted <= self.goals.keys()
        if self.is_complete:
            return
        for rule, goal in self.goals.items():
            self.control.assign_external(goal, rule in wanted)
        with self.control.solve(yield_=True) as handle:
            for model in handle:
                entries = [entry for atom, entry in self.ground.entries.items() if model.is_true(self.literals[atom])]
                answers = [kind for atom, kind in self.ground.answers.items() if model.is_true(self.literals[atom])]
                yield Recording(tuple(sorted(entries, key=attrgetter("kind"))), tuple(sorted(answers)))
            self.is_complete = bool(handle.get().exhausted)

    def _goal(self, backend: "Backend", rule: str) -> int:
        """What is set where the rule is to fire."""
        goal = backend.add_atom()
        backend.add_external(goal, TruthValue.False_)
        backend.add_rule([], [goal, -self.literals[self.ground.atoms[rule]]])
        return goal

    def _load(self, backend: "Backend") -> None:
        literals = self.literals
        for atom, supports in self.ground.supports.items():
            for one in supports:
                body = [*(literals[other] for other in one.present), *(-literals[other] for other in one.absent)]
                backend.add_weight_rule([literals[atom]], one.number + len(one.absent), [(other, 1) for other in body])
        for rank, atom in enumerate((*self.ground.entries, *self.ground.answers), 1):
            backend.add_rule([literals[atom]], [], choice=True)
            backend.add_heuristic(literals[atom], HeuristicType.False_, rank, 1, [])

    def _one_value(self, backend: "Backend") -> None:
        """A profile with two values of one measure is refused, unless an attribute may tell them apart."""
        kinds = self.ground.program.vocabulary.kinds
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for atom, entry in self.ground.entries.items():
            kind = kinds[entry.kind]
            if has_one_value(kind) and len(entry.attributes) == len(kind.attributes):
                groups[kind.name, tuple(entry.attributes.items())].append(self.literals[atom])
        for group in groups.values():
            backend.add_weight_rule([], 2, [(literal, 1) for literal in group])
