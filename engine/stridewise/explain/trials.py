"""Changed profiles tried quickly: would an item be in the plan? What lets it in is made into a whole plan before it is told.

Three steps save most of the work. The facts of a pair of changes are put together from those of each where the two do not touch;
a small part of the program says whether any rule asks for the item at all; and only then is it decided what the plan would hold,
without doses, dates and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stridewise.explain.change import PossibleChange
from stridewise.explain.edits.entries import DISTANCE, RACE
from stridewise.explain.goal import EXERCISE, TARGET, PlanGoal, would_hold
from stridewise.explain.inquiry import SEARCHED_WITH, Inquiry
from stridewise.explain.proof import earned_by
from stridewise.explain.routes import easier, leading
from stridewise.explain.safety import supports, vetoes_of
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.exercise import ruled_out
from stridewise.language.fact import Fact
from stridewise.packs.plugins import computes_facts
from stridewise.planning.build import decide
from stridewise.planning.situation import Situation
from stridewise.profile.facts import SINGLE_VALUED, Intake
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import collect
from stridewise.recommendation.reasons import Explainer

Combination = tuple[PossibleChange, ...]
# Kinds that intake works out together: who touches one of them may touch all.
DERIVED_TOGETHER = (RACE, DISTANCE, frozenset({"longest_run", "planned_longest_run", "planned_run_spike"}))


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does to the facts: which go, which come, and which closed kinds are answered then. `touches` is what
    intake looks at together when it decides whether facts can stand side by side."""

    gone: frozenset[Fact]
    come: tuple[Fact, ...]
    answered: frozenset[str]
    touches: frozenset[object]


@dataclass(slots=True)
class Trials:
    """Tries for one question. `planned` counts those for which it had to be decided what the plan would hold."""

    inquiry: Inquiry
    goal: PlanGoal
    planned: int = 0
    effects: dict[str, Effect | None] = field(default_factory=dict)
    held: frozenset[Fact] = field(init=False)
    vetoes: frozenset[tuple[str, str]] = field(init=False)
    part: Program = field(init=False)
    asking: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.held = supports(self.inquiry.session)
        self.vetoes = vetoes_of(self.inquiry.session.recommendations)
        self.part, self.asking = _part_about(self.inquiry.program, self.goal)

    def lets_in(self, combination: Combination) -> Combination | None:
        """The changes in the order that lets the item in with no referral or veto lost; None where they do not."""
        for ordered, intake in self.intakes(combination):
            if self.held <= set(intake.facts) and self._may_be_in(intake) and self._is_in(intake):
                return ordered
        return None

    # --- facts -------------------------------------------------------------------------------------------------------

    def intakes(self, combination: Combination) -> Iterator[tuple[Combination, Intake]]:
        """What is taken in with the changes made; where two of them touch, in both orders."""
        effects = [self._effect(change) for change in combination]
        if all(effects) and (len(combination) == 1 or self._are_apart(*effects)):  # type: ignore[arg-type]  # none is None
            yield combination, self._put_together([effect for effect in effects if effect is not None])
            return
        if len(combination) == 1:
            return
        for ordered in (combination, combination[::-1]):
            if (intake := self.taken_in(ordered)) is not None:
                yield ordered, intake

    def _effect(self, change: PossibleChange) -> Effect | None:
        key = str(change.change)
        if key not in self.effects:
            intake = self.taken_in((change,))
            self.effects[key] = None if intake is None else self._difference(intake)
        return self.effects[key]

    def taken_in(self, combination: Combination) -> Intake | None:
        """The facts of the changed profile; None where the changes do not fit it."""
        return self.inquiry.facts_after([change.change for change in combination])

    @property
    def _before(self) -> Intake:
        return self.inquiry.session.situation.intake

    def _difference(self, intake: Intake) -> Effect:
        before, after = frozenset(self._before.facts), frozenset(intake.facts)
        touched = frozenset(self._spot(fact) for fact in before ^ after)
        return Effect(before - after, tuple(fact for fact in intake.facts if fact not in before), intake.answered, touched)

    def _spot(self, fact: Fact) -> object:
        """What a fact shares with those that it may contradict or be worked out with."""
        kind = self.inquiry.program.vocabulary.kinds[fact.kind]
        for group in DERIVED_TOGETHER:
            if fact.kind in group:
                return group
        if fact.kind in SINGLE_VALUED:
            return fact.kind
        return (fact.kind, fact.value, fact.side) if kind.type.terms else (fact.kind, fact.attributes)

    def _are_apart(self, one: Effect, other: Effect) -> bool:
        return not (one.touches & other.touches) and not computes_facts(self.inquiry.program.plugins)

    def _put_together(self, effects: Sequence[Effect]) -> Intake:
        before = self._before
        facts = [fact for fact in before.facts if not any(fact in effect.gone for effect in effects)]
        facts += [fact for effect in effects for fact in effect.come]
        answered = before.answered
        for effect in effects:
            answered = (answered | (effect.answered - before.answered)) - (before.answered - effect.answered)
        return replace(before, facts=tuple(sorted(facts, key=lambda fact: fact.sort_key)), answered=answered)

    # --- what follows from them --------------------------------------------------------------------------------------

    def _may_be_in(self, intake: Intake) -> bool:
        """Is the item asked for at all, and could the exercise be used? Where not, no plan can hold it."""
        memory = infer(self.part, intake.facts, intake.answered, SEARCHED_WITH).memory
        asked = any(activation.rule.id in self.asking for activation in memory.activations) or self._is_pinned(memory)
        return asked and (self.goal.kind != EXERCISE or self._is_usable(memory))

    def _is_pinned(self, memory: WorkingMemory) -> bool:
        """The clinician asks for it, or for what it is an easier step to."""
        exercises = self.inquiry.program.exercises
        pinned = {str(fact.value) for fact in memory.by_kind.get("pinned_exercise", ())}
        reached = pinned.union(*(easier(self.inquiry.program, name) for name in pinned))
        if self.goal.kind == TARGET:
            return any(self.goal.name in exercises[name].targets.direct for name in reached)
        return self.goal.kind == EXERCISE and self.goal.name in reached

    def _is_usable(self, memory: WorkingMemory) -> bool:
        exercise = self.inquiry.program.exercises[self.goal.name]
        at_hand = frozenset(map(str, memory.values("equipment"))) if "equipment" in memory.answered else None
        earned = not exercise.gates or exercise.id in memory.values("earned")
        cannot = frozenset(map(str, memory.values("cannot")))
        return earned and exercise.equipment_choice(at_hand) is not None and ruled_out(exercise, cannot) is None

    def _is_in(self, intake: Intake) -> bool:
        """Would the plan hold the item, with no referral or contraindication lost?"""
        self.planned += 1
        program = self.inquiry.program
        memory = infer(program, intake.facts, intake.answered, SEARCHED_WITH).memory
        explainer = Explainer(program, memory)
        recommendations = collect(explainer)
        if not self.vetoes <= vetoes_of(recommendations):
            return False
        situation = Situation(program, intake, memory, explainer)
        return self.goal.among(would_hold(decide(situation, recommendations)))


@once
def _part_about(program: Program, goal: PlanGoal) -> tuple[Program, frozenset[str]]:
    """The rules that ask for an item, its gate and all they rest on, as a program of its own; and which of them ask."""
    asking = [rule for rule, _ in leading(program, goal)]
    gates = program.suppliers.of(earned_by(goal.name)) if goal.kind == EXERCISE else []
    return program.part([*asking, *gates]), frozenset(rule.id for rule in asking)
