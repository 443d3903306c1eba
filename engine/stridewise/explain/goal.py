"""What somebody asks for: an exercise, a training target, a load metric, a stage of a pathway, or a rule with what it says. Is it
in a plan?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.language.rule import Warn
from stridewise.language.vocabulary import fold
from stridewise.plan.model import Acknowledged, ClinicalWarning, LoadAdjustment
from stridewise.planning.build import Decided
from stridewise.planning.situation import Situation
from stridewise.program.program import Program
from stridewise.session import Session

EXERCISE, TARGET, METRIC, RULE, STAGE = "exercise", "target", "load metric", "rule", "stage"
TRAINED = (EXERCISE, TARGET, STAGE)  # what no question offers to reach by changing a matter of safety


WARNED = "warned"  # of a rule: not only that it fired, its warning is shown
Held = dict[str, frozenset[str]]  # what a plan holds: the names of each kind of goal, of targets those that exercises serve


def held_by(session: Session) -> Held:
    """What the plan of a session holds."""
    serving = {item.exercise: item.targets for item in session.plan.prescriptions}
    return _held(serving, session.plan.load_adjustments, session.plan.all_warnings, session.situation)


def would_hold(decided: Decided) -> Held:
    """What a plan would hold once it is dosed, dated and told."""
    serving = {name: choice.serves for name, choice in decided.selection.choices.items()}
    return _held(serving, decided.adjusted, (*decided.shown, *decided.acknowledged), decided.situation)


def _held(
    serving: Mapping[str, Iterable[str]],
    adjusted: Iterable[LoadAdjustment],
    shown: Iterable[ClinicalWarning | Acknowledged],
    situation: Situation,
) -> Held:
    return {
        EXERCISE: frozenset(serving),
        TARGET: frozenset(target for targets in serving.values() for target in targets),
        METRIC: frozenset(adjustment.metric for adjustment in adjusted),
        RULE: frozenset(activation.rule.id for activation in situation.memory.activations),
        WARNED: frozenset(reason.rule for warning in shown for reason in warning.because),
        STAGE: situation.names("stage"),
    }


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

    def among(self, held: Held) -> bool:
        """The same, of what a plan holds."""
        return self.name in held[WARNED if self.only_warns else self.kind]


def read_goal(program: Program, text: str) -> PlanGoal:
    """What a word means here. Raises ProfileError with the nearest name."""
    known = {name: goal for goal, names in _all(program) for name in reversed(names)}
    folded = {fold(name): goal for name, goal in reversed(known.items())}
    goal = known.get(text) or folded.get(fold(text))
    if goal is None:
        message = f'no exercise, target, load metric, stage or rule is called "{text[:60]}".{did_you_mean(text, known)}'
        raise ProfileError([Problem("", 0, message)])
    return goal


def _all(program: Program) -> Iterator[tuple[PlanGoal, list[str]]]:
    """Everything that can be asked for, with the names it goes by; of two with one name, the later one is meant."""
    terms = program.vocabulary.terms
    for rule in program.rules:
        only_warns = all(isinstance(consequent, Warn) for consequent in rule.consequents)
        goal = PlanGoal(RULE, rule.id, rule.title.rstrip(".") or rule.id, only_warns)
        yield goal, [rule.id, rule.id.partition("/")[2]]
    for kind, list_name in ((METRIC, "load_metrics"), (TARGET, "targets")):
        for term in terms.get(list_name, {}).values():
            yield PlanGoal(kind, term.name, term.label), [term.name, term.label]
    for exercise in program.exercises.values():
        yield PlanGoal(EXERCISE, exercise.id, exercise.name), [exercise.id, exercise.name, *exercise.aliases]
    for pathway in program.pathways.values():
        for stage in pathway.stages:
            name = pathway.term(stage.id)
            yield PlanGoal(STAGE, name, terms["pathway_stages"][name].label), [name, stage.title]
