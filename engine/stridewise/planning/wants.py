"""What the rules want trained, and which exercises could serve: one list of wants, the most important first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from stridewise.documents.frozen import frozen
from stridewise.language.exercise import BLOCKS, Dosage, Exercise
from stridewise.plan.model import Because
from stridewise.planning.eligibility import Obstacle, Usable
from stridewise.planning.merging import grouped, reasons
from stridewise.recommendation.collect import Recommendation, Recommendations

PRIORITIES = ("high", "medium", "low")
REHABILITATION = "rehabilitation"


@frozen
class Want:
    """A training target, or one exercise that a rule prescribes, with all its reasons merged."""

    name: str
    priority: str
    sides: frozenset[str | None]
    goal: str | None
    options: tuple[str, ...]
    because: tuple[Because, ...]
    is_target: bool = True
    block: str | None = None
    override: Dosage | None = None
    targets: frozenset[str] = frozenset()


@frozen
class Candidate:
    """An exercise that can serve a want. `because` says why it may: a rung standing in, a precaution that yields."""

    exercise: Exercise
    because: tuple[Because, ...] = ()


@frozen
class Considered:
    """A want with its candidates in order of preference, and the obstacles of those that cannot be used."""

    want: Want
    candidates: tuple[Candidate, ...]
    obstacles: dict[str, Obstacle]


def wants(recommendations: Recommendations) -> list[Want]:
    """Everything asked for, the most important first."""
    found = [*_targets(recommendations), *_prescribed(recommendations)]
    return sorted(found, key=lambda one: (PRIORITIES.index(one.priority), not one.is_target, one.name))


def _by_importance(group: Iterable[Recommendation]) -> list[Recommendation]:
    return sorted(group, key=lambda one: (PRIORITIES.index(one.what.priority), one.because.rule, one.because.text))


def _goal(ordered: Sequence[Recommendation]) -> str | None:
    """The goal of the most important reason; a rehabilitation dose comes before any other."""
    goals = [one.what.goal for one in ordered if one.what.goal]
    return REHABILITATION if REHABILITATION in goals else next(iter(goals), None)


def _targets(recommendations: Recommendations) -> Iterator[Want]:
    for group in grouped(recommendations.train, lambda one: one.what.target):
        ordered = _by_importance(group)
        yield Want(
            name=ordered[0].what.target,
            priority=ordered[0].what.priority,
            sides=frozenset(one.what.side for one in ordered),
            goal=_goal(ordered),
            options=tuple(dict.fromkeys(option for one in ordered for option in one.what.options)),
            because=reasons(ordered),
        )


def _prescribed(recommendations: Recommendations) -> Iterator[Want]:
    for group in grouped(recommendations.prescribe, lambda one: one.what.prescribe):
        ordered = _by_importance(group)
        blocks = [one.what.block for one in ordered if one.what.block]
        yield Want(
            name=ordered[0].what.prescribe,
            priority=ordered[0].what.priority,
            sides=frozenset(one.what.side for one in ordered),
            goal=_goal(ordered),
            options=(ordered[0].what.prescribe,),
            because=reasons(ordered),
            is_target=False,
            block=min(blocks, key=BLOCKS.index) if blocks else None,
            override=next((one.what.dosage for one in ordered if one.what.dosage), None),
            targets=frozenset(one.what.target for one in ordered if one.what.target),
        )


def consider(usable: Usable, want: Want) -> Considered:
    """The candidates of a want: usable ones, else those that only a precaution keeps out."""
    ranked = list(_ranked(usable, want))
    obstacles = {e.id: found for e in ranked if (found := usable.obstacle(e)) is not None}
    candidates = [Candidate(e) for e in ranked if e.id not in obstacles] or list(_rungs(usable, want, obstacles))
    if not candidates and want.is_target:  # a precaution yields where nothing else covers the target, and is shown
        meant = {*want.options, *usable.situation.current} if want.options else obstacles  # never the library's beside options
        yielding = [e for e in ranked if e.id in meant and usable.obstacle(e, despite_precaution=True) is None]
        candidates = [Candidate(e, _in_spite(usable, e)) for e in yielding]
    unique = {candidate.exercise.id: candidate for candidate in reversed(candidates)}
    return Considered(want, tuple(c for c in candidates if unique.get(c.exercise.id) is c), obstacles)


def _in_spite(usable: Usable, exercise: Exercise) -> tuple[Because, ...]:
    """Why it is in the plan in spite of a precaution, and the precaution's reasons; what is said to the runner is not theirs."""
    text = "Nothing else here serves this target, so it is in the plan in spite of a precaution; the clinician decides."
    held = (replace(reason, patient="") for reason in usable.against[exercise.id].reasons)
    return usable.situation.own_reason("in-spite-of-a-precaution", text), *held


def _ranked(usable: Usable, want: Want) -> Iterator[Exercise]:
    """The rule's options, what the runner does already first; then the library's, the simplest first.

    A rule that names a goal stays with its options: it chose them for that dose or tissue."""
    current = usable.situation.current
    options = [usable.exercises[name] for name in want.options]
    yield from sorted(options, key=lambda e: e.id not in current)
    if not want.is_target or (want.goal is not None and any(usable.obstacle(e) is None for e in options)):
        return
    serving = [e for e in usable.exercises.values() if want.name in e.targets.direct and e not in options]
    yield from sorted(serving, key=lambda e: (e.id not in current, e.demand("skill"), e.demand("heavy_load"), e.id))


def _rungs(usable: Usable, want: Want, obstacles: dict[str, Obstacle]) -> Iterator[Candidate]:
    """For an option that is not earned, the nearest easier rung that is."""
    for name in want.options:
        found = obstacles.get(name)
        if found is None or not found.unearned or found.because:
            continue
        if (rung := usable.rung(usable.exercises[name])) is not None and rung.block == usable.exercises[name].block:
            yield Candidate(rung, (usable.stands_in(usable.exercises[name]),))
