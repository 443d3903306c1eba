"""What the rules want trained, and which exercises could serve: one list of wants, the most important first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import BLOCKS, Block, Exercise
from stridewise.language.fact import Fact
from stridewise.language.translation import say
from stridewise.plan.model import Because
from stridewise.planning.conflicts import dose_asked
from stridewise.planning.eligibility import Obstacle, Usable
from stridewise.planning.merging import each_once, grouped
from stridewise.planning.situation import Situation
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import Recommendation, Recommendations

PRIORITIES = ("high", "medium", "low", "optional")
PRESSING = PRIORITIES[:2]  # a precaution may give way to these, not to a slot of the base
REHABILITATION = "rehabilitation"


@dataclass(frozen=True, slots=True)
class Want:
    """A training target, or one exercise that a rule prescribes, with all its reasons merged."""

    name: str
    priority: str
    sides: frozenset[str | None]
    goal: str | None
    options: tuple[str, ...]
    because: tuple[Because, ...]
    is_target: bool = True
    block: Block | None = None
    override: Dosage | None = None
    targets: frozenset[str] = frozenset()
    is_marked: bool = False

    @property
    def is_decisive(self) -> bool:
        """Does it take its first usable option, whatever else that leaves out? Rehabilitation, marked findings and all that is of
        high priority do."""
        return self.goal == REHABILITATION or self.is_marked or self.priority == PRIORITIES[0]

    @property
    def is_pressing(self) -> bool:
        """May a precaution give way to it? Not to a slot of the base."""
        return self.priority in PRESSING

    @property
    def is_expected(self) -> bool:
        """Would the runner ask why it is missing? Not of what only fills a session, or takes whatever there is."""
        return self.priority != "optional" and (self.is_pressing or bool(self.options))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exercise that can serve a want. `because` says why it may: a rung standing in, a precaution that yields."""

    exercise: Exercise
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Considered:
    """A want with its candidates in order of preference, and the obstacles of those that cannot be used."""

    want: Want
    candidates: tuple[Candidate, ...]
    obstacles: dict[str, Obstacle]


def wants(situation: Situation, recommendations: Recommendations) -> list[Want]:
    """Everything asked for, the most important first: what the tissue needs, then by priority."""
    weighed = {kind: [_weighed(situation, one) for one in getattr(recommendations, kind)] for kind in ("train", "prescribe")}
    asked = [*_targets(weighed["train"]), *_prescribed(weighed["prescribe"])]
    return sorted(asked, key=lambda one: (not one.is_decisive, PRIORITIES.index(one.priority), not one.is_target, one.name))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One recommendation, its priority raised by a step where it rests on a marked finding."""

    by: Recommendation
    priority: str
    is_marked: bool

    @property
    def what(self) -> Any:
        return self.by.what


def _weighed(situation: Situation, asked: Recommendation) -> _Asked:
    """Grades count: what rests on a marked finding is one step more important."""
    place = PRIORITIES.index(asked.what.priority)
    is_marked = any(_is_emphatic(situation, fact) for fact in asked.firing.premises)
    return _Asked(asked, PRIORITIES[max(0, place - 1)] if is_marked else PRIORITIES[place], is_marked)


def _is_emphatic(situation: Situation, fact: Fact) -> bool:
    """Is a fact graded by a term that the vocabulary calls emphatic?"""
    vocabulary = situation.program.vocabulary
    attributes = vocabulary.kinds[fact.kind].attributes
    graded = ((attributes[name].type.terms, value) for name, value in fact.attributes if name in attributes)
    return any(
        value in vocabulary.terms.get(terms, {}) and vocabulary.terms[terms][str(value)].emphasis for terms, value in graded
    )


def _by_importance(group: Iterable[_Asked]) -> list[_Asked]:
    return sorted(group, key=lambda one: (PRIORITIES.index(one.priority), one.by.because.order))


def _sides(ordered: Sequence[_Asked]) -> frozenset[str | None]:
    """The sides that the reasons name; where one names a side, those without one add none."""
    named = {one.what.side for one in ordered if one.what.side}
    return frozenset(named or {None})


def _goal(ordered: Sequence[_Asked]) -> str | None:
    """The goal of the most important reason; a rehabilitation dose comes before any other."""
    goals = [one.what.goal for one in ordered if one.what.goal]
    return REHABILITATION if REHABILITATION in goals else next(iter(goals), None)


def _targets(asked: Sequence[_Asked]) -> Iterator[Want]:
    for group in grouped(asked, lambda one: one.what.target):
        ordered = _by_importance(group)
        healing_first = sorted(ordered, key=lambda one: one.what.goal != REHABILITATION)
        options = tuple(dict.fromkeys(option for one in healing_first for option in one.what.options))
        yield _merged(ordered, name=ordered[0].what.target, options=options)


def _prescribed(asked: Sequence[_Asked]) -> Iterator[Want]:
    for group in grouped(asked, lambda one: one.what.prescribe):
        ordered = _by_importance(group)
        name, blocks = ordered[0].what.prescribe, [one.what.block for one in ordered if one.what.block]
        yield _merged(
            ordered,
            name=name,
            options=(name,),
            is_target=False,
            block=min(blocks, key=BLOCKS.index) if blocks else None,
            override=dosed.what.dosage if (dosed := dose_asked(one.by for one in ordered)) is not None else None,
            targets=frozenset(one.what.target for one in ordered if one.what.target),
        )


def _merged(ordered: Sequence[_Asked], **own: Any) -> Want:
    """One want of all that is asked for by one name."""
    return Want(
        priority=ordered[0].priority,
        sides=_sides(ordered),
        goal=_goal(ordered),
        because=each_once(one.by.because for one in ordered),
        is_marked=any(one.is_marked for one in ordered),
        **own,
    )


def consider(usable: Usable, want: Want) -> Considered:
    """The candidates of a want: usable ones, else those that only a precaution keeps out."""
    ranked = list(_ranked(usable, want))
    obstacles = {e.id: found for e in ranked if (found := usable.obstacle(e)) is not None}
    candidates = [Candidate(e) for e in ranked if e.id not in obstacles] or list(_rungs(usable, want, obstacles))
    if (
        not candidates and want.is_target and want.is_pressing
    ):  # a precaution yields where nothing else covers the target, and is shown
        meant = {*want.options, *usable.situation.current} if want.options else obstacles  # never the library's beside options
        yielding = [e for e in ranked if e.id in meant and _may_yield(usable, e)]
        candidates = [Candidate(e, _in_spite(usable, e)) for e in yielding]
    unique = {candidate.exercise.id: candidate for candidate in reversed(candidates)}
    return Considered(want, tuple(c for c in candidates if unique.get(c.exercise.id) is c), obstacles)


def _may_yield(usable: Usable, exercise: Exercise) -> bool:
    """May the precaution against it give way? Not one that says until when it holds."""
    return usable.obstacle(exercise, despite_precaution=True) is None and not usable.against[exercise.id].is_pause


def _in_spite(usable: Usable, exercise: Exercise) -> tuple[Because, ...]:
    """Why it is in the plan in spite of a precaution, and the precaution's reasons; what is said to the runner is not theirs."""
    text = say("Nothing else at hand trains this, so it is included with caution. The clinician decides.")
    held = (replace(reason, patient="") for reason in usable.against[exercise.id].reasons)
    return usable.situation.own_reason("in-spite-of-a-precaution", text), *held


def _ranked(usable: Usable, want: Want) -> Iterator[Exercise]:
    """The rule's options in their order, for a want that decides; for any other what the runner does already comes first. The
    library serves only where no option can be used, the simplest first.

    A rule that names a goal stays with its options: it chose them for that dose or tissue."""
    options = [usable.exercises[name] for name in want.options]
    familiar_first = not want.is_decisive or usable.prefers_familiar
    current = usable.situation.current if familiar_first else frozenset()
    training = _training(usable.situation.program, want.name) if want.is_target else ()
    serving = [e for e in training if e not in options]
    familiar = [] if want.goal is not None else [e for e in serving if e.id in current]
    yield from sorted([*options, *familiar], key=lambda e: e.id not in current)
    if not any(usable.obstacle(e) is None for e in options):
        rest = (e for e in serving if e not in familiar)
        yield from sorted(rest, key=lambda e: (e.id not in current, e.demand("skill"), e.demand("heavy_load"), e.id))


@once
def _training(program: Program, target: str) -> tuple[Exercise, ...]:
    """The exercises of the library that train a target directly."""
    return tuple(exercise for exercise in program.exercises.values() if target in exercise.targets.direct)


def _rungs(usable: Usable, want: Want, obstacles: dict[str, Obstacle]) -> Iterator[Candidate]:
    """For an option that is not earned, the nearest easier rung that is."""
    for name in want.options:
        found = obstacles.get(name)
        if found is None or not found.unearned or found.because:
            continue
        if (rung := usable.rung(usable.exercises[name])) is not None and rung.block == usable.exercises[name].block:
            yield Candidate(rung, (usable.stands_in(usable.exercises[name]),))
