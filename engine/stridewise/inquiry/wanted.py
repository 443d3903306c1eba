"""What somebody asks for: an exercise, a training target, a load metric, or a rule with what it says. Is it in a plan?"""

from dataclasses import dataclass

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.program import Program
from stridewise.rule import Rule, Warn
from stridewise.session import Session
from stridewise.vocabulary import fold

EXERCISE, TARGET, METRIC, RULE = "exercise", "target", "load metric", "rule"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a plan may hold. `label` is how a reader calls it."""

    kind: str
    name: str
    label: str

    def is_in(self, session: Session) -> bool:
        """Does the plan hold it? A rule counts when it fired; one that only warns, when its warning is shown."""
        plan = session.plan
        if self.kind == EXERCISE:
            return any(one.exercise == self.name for one in plan.prescriptions)
        if self.kind == TARGET:
            return any(self.name in one.targets for one in plan.prescriptions)
        if self.kind == METRIC:
            return any(one.metric == self.name for one in plan.load_adjustments)
        shown = {reason.rule for one in plan.warnings for reason in one.because}
        return self.name in shown if _only_warns(session, self.name) else self.fired(session)

    def fired(self, session: Session) -> bool:
        return any(one.rule.id == self.name for one in session.situation.memory.activations)


def _only_warns(session: Session, name: str) -> bool:
    rule = session.situation.program.rule(name)
    return rule is not None and all(isinstance(one, Warn) for one in rule.consequents)


def read_wanted(program: Program, text: str) -> Wanted:
    """What a word means here. Raises ProfileError with the nearest name."""
    known = {name: wanted for wanted, names in _all(program) for name in reversed(names)}
    folded = {fold(name): wanted for name, wanted in reversed(known.items())}
    found = known.get(text) or folded.get(fold(text))
    if found is None:
        message = f'no exercise, target, load metric or rule is called "{text[:60]}".{did_you_mean(text, known)}'
        raise ProfileError([Problem("", 0, message)])
    return found


def _all(program: Program) -> list[tuple[Wanted, list[str]]]:
    exercises = [(Wanted(EXERCISE, one.id, one.name), [one.id, one.name, *one.aliases]) for one in program.exercises.values()]
    terms = program.vocabulary.terms
    targets = [(Wanted(TARGET, one.name, one.label), [one.name, one.label]) for one in terms.get("targets", {}).values()]
    metrics = [(Wanted(METRIC, one.name, one.label), [one.name, one.label]) for one in terms.get("load_metrics", {}).values()]
    rules = [(Wanted(RULE, rule.id, _title(rule)), [rule.id, rule.id.partition("/")[2]]) for rule in program.rules]
    return [*rules, *metrics, *targets, *exercises]


def _title(rule: Rule) -> str:
    return rule.title.rstrip(".") or rule.id
