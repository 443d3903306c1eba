"""What somebody asks for: an exercise, a training target, a load metric, a stage of a pathway, or a rule with what it says. Is it
in a plan?"""

from collections.abc import Iterable
from dataclasses import dataclass

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.language.rule import Rule, Warn
from stridewise.language.vocabulary import fold
from stridewise.plan.model import Acknowledged, ClinicalWarning, LoadAdjustment
from stridewise.planning.build import Decided
from stridewise.planning.situation import Situation
from stridewise.program.program import Program
from stridewise.session import Session

EXERCISE, TARGET, METRIC, RULE, STAGE = "exercise", "target", "load metric", "rule", "stage"
TRAINED = (EXERCISE, TARGET, STAGE)  # what no question offers to reach by changing a matter of safety


@dataclass(frozen=True, slots=True)
class Holds:
    """What a plan holds, by name: exercises with the targets they are told for, load metrics, rules whose warnings are shown,
    rules that fired, and stages of pathways."""

    exercises: dict[str, frozenset[str]]
    metrics: frozenset[str]
    warned: frozenset[str]
    fired: frozenset[str]
    stages: frozenset[str]


def held_by(session: Session) -> Holds:
    """What the plan of a session holds."""
    exercises = {item.exercise: frozenset(item.targets) for item in session.plan.prescriptions}
    return _holds(exercises, session.plan.load_adjustments, session.plan.all_warnings, session.situation)


def would_hold(decided: Decided) -> Holds:
    """What a plan would hold once it is dosed, dated and told."""
    exercises = {name: frozenset(choice.serves) for name, choice in decided.selection.choices.items()}
    return _holds(exercises, decided.adjusted, (*decided.shown, *decided.acknowledged), decided.situation)


def _holds(
    exercises: dict[str, frozenset[str]],
    adjusted: Iterable[LoadAdjustment],
    shown: Iterable[ClinicalWarning | Acknowledged],
    situation: Situation,
) -> Holds:
    return Holds(
        exercises=exercises,
        metrics=frozenset(adjustment.metric for adjustment in adjusted),
        warned=frozenset(reason.rule for warning in shown for reason in warning.because),
        fired=frozenset(activation.rule.id for activation in situation.memory.activations),
        stages=situation.names("stage"),
    )


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """One thing that a plan may hold. `label` is how a reader calls it; `only_warns`: a rule that does nothing else."""

    kind: str
    name: str
    label: str
    only_warns: bool = False

    def is_in(self, session: Session) -> bool:
        """Does the plan hold it? A rule counts when it fired; one that only warns, when its warning is shown."""
        return self.among(held_by(session))

    def among(self, held: Holds) -> bool:
        """The same, of what a plan holds."""
        if self.kind == EXERCISE:
            return self.name in held.exercises
        if self.kind == TARGET:
            return any(self.name in targets for targets in held.exercises.values())
        if self.kind == METRIC:
            return self.name in held.metrics
        if self.kind == STAGE:
            return self.name in held.stages
        return self.name in (held.warned if self.only_warns else held.fired)

    def fired(self, session: Session) -> bool:
        """Did the rule of this name fire?"""
        return any(activation.rule.id == self.name for activation in session.situation.memory.activations)


def read_goal(program: Program, text: str) -> PlanGoal:
    """What a word means here. Raises ProfileError with the nearest name."""
    known = {name: goal for goal, names in _all(program) for name in reversed(names)}
    folded = {fold(name): goal for name, goal in reversed(known.items())}
    goal = known.get(text) or folded.get(fold(text))
    if goal is None:
        message = f'no exercise, target, load metric, stage or rule is called "{text[:60]}".{did_you_mean(text, known)}'
        raise ProfileError([Problem("", 0, message)])
    return goal


def _all(program: Program) -> list[tuple[PlanGoal, list[str]]]:
    exercises = [
        (PlanGoal(EXERCISE, item.id, item.name), [item.id, item.name, *item.aliases]) for item in program.exercises.values()
    ]
    terms = program.vocabulary.terms
    targets = [(PlanGoal(TARGET, item.name, item.label), [item.name, item.label]) for item in terms.get("targets", {}).values()]
    metrics = [
        (PlanGoal(METRIC, item.name, item.label), [item.name, item.label]) for item in terms.get("load_metrics", {}).values()
    ]
    rules = [
        (PlanGoal(RULE, rule.id, _title(rule), _only_warns(rule)), [rule.id, rule.id.partition("/")[2]]) for rule in program.rules
    ]
    return [*rules, *metrics, *targets, *exercises, *_stages(program)]


def _stages(program: Program) -> list[tuple[PlanGoal, list[str]]]:
    """Every stage of the pathways in force, by its full name and its title."""
    terms = program.vocabulary.terms["pathway_stages"]
    stages = [(pathway, stage) for pathway in program.pathways.values() for stage in pathway.stages]
    return [
        (PlanGoal(STAGE, pathway.term(stage.id), terms[pathway.term(stage.id)].label), [pathway.term(stage.id), stage.title])
        for pathway, stage in stages
    ]


def _only_warns(rule: Rule) -> bool:
    return all(isinstance(consequent, Warn) for consequent in rule.consequents)


def _title(rule: Rule) -> str:
    return rule.title.rstrip(".") or rule.id
