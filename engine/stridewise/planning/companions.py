"""What a rule plans wherever something else is planned, as a stretch with every heel raise. A companion stands under the vetoes
of any exercise, pushes nothing out and takes what room is left; where it cannot be planned, that is said with who asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from stridewise.language.exercise import Exercise
from stridewise.language.rule import Prescribe, Selector
from stridewise.language.translation import all_of, either, fixed, say
from stridewise.planning.choice import MAIN_BLOCKS, Choice
from stridewise.planning.dosage import top
from stridewise.planning.eligibility import Obstacle, Usable
from stridewise.planning.room import Room
from stridewise.planning.session_size import MAX_WARM_UP, session_size
from stridewise.planning.situation import Situation
from stridewise.planning.vetoes import selects
from stridewise.planning.wants import PRIORITIES, REHABILITATION, Candidate, Want, consider
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendation


def accompany(usable: Usable, room: Room, asked: Iterable[Recommendation]) -> None:
    """Plan the companions of all that is planned, those of companions too. Each round adds an exercise, so there is an end; the
    more important ones come first, then by the names of rules, so that there is one result."""
    ordered = sorted(asked, key=lambda one: (PRIORITIES.index(one.what.priority), one.rule.id, one.what.prescribe))
    before = -1
    while ordered and before != len(room.result.choices):
        before = len(room.result.choices)
        for one in ordered:
            _plan(usable, room, one)


def _plan(usable: Usable, room: Room, one: Recommendation) -> None:
    """One companion, with all that is planned of what it goes with."""
    leading = [
        choice for _, choice in sorted(room.result.choices.items()) if goes_with(one.what, choice.exercise, room.situation)
    ]
    if not leading:
        return
    considered = consider(usable, _want(one))
    exercise = usable.exercises[one.what.prescribe]
    names = all_of(choice.exercise.spoken for choice in leading)
    if (obstacle := considered.obstacles.get(exercise.id)) is not None and (held := room.result.choices.get(exercise.id)):
        held.add([one.because])  # the clinician's pin goes past a precaution
    elif obstacle is not None:
        told = replace(obstacle, text=say("asked for with {exercises}, but {reason}", exercises=names, reason=obstacle.text))
        room.result.leave(exercise, told, (one.because,), exercise.id, is_first=True)
    for candidate in considered.candidates[:1]:
        if not _admit(room, one, candidate, leading):
            room.result.leave(candidate.exercise, Obstacle(_no_room(room, one, candidate, names), (one.because,)))


def goes_with(what: Prescribe, exercise: Exercise, situation: Situation) -> bool:
    """Is this an exercise that the companion goes with? Nothing goes with itself."""
    named = what.wherever_planned
    if exercise.id == what.prescribe or named is None:
        return False
    return selects(named, exercise, situation.current) if isinstance(named, Selector) else exercise.id in named


def partners(program: Program, named: tuple[str, ...] | Selector) -> str:
    """What a companion goes with, in words."""
    if isinstance(named, tuple):
        return either(program.exercises[name].spoken for name in named)
    if named.demand is None:
        return say("a new exercise")
    new, any_ = fixed("a new exercise with {demand}"), fixed("an exercise with {demand}")
    return say(new if named.new else any_, demand=program.vocabulary.label("demands", named.demand))


def _want(one: Recommendation) -> Want:
    what: Prescribe = one.what
    return Want(
        name=what.prescribe,
        priority=what.priority,
        sides=frozenset({what.side}),
        goal=what.goal,
        options=(what.prescribe,),
        because=(one.because,),
        is_target=False,
    )


def _admit(room: Room, one: Recommendation, candidate: Candidate, leading: Sequence[Choice]) -> bool:
    """Put it into each session that holds what it goes with, where it fits. Does it stand in any?"""
    choices = room.result.choices
    choice = choices.get(candidate.exercise.id) or _new(one, candidate)
    _begin_with_fewest_sets(room, [*choices.values(), choice])
    wanted = set().union(*(leader.sessions for leader in leading))
    choice.sessions |= {session for session in wanted - choice.sessions if _fits(room, session, choice)}
    if not choice.sessions:
        return False
    choices[candidate.exercise.id] = choice
    if one.what.target:
        choice.targets.add(one.what.target)
    choice.sides.add(one.what.side)
    choice.add([one.because, *candidate.because])
    choice.add(
        room.situation.own_reason("goes-with", say("Goes with {exercise}.", exercise=leader.exercise.spoken))
        for leader in leading
    )
    for session in sorted(wanted - choice.sessions):
        choice.add([room.situation.own_reason("no-room", say("There is no room left for it in session {name}.", name=session))])
    return True


def _new(one: Recommendation, candidate: Candidate) -> Choice:
    what: Prescribe = one.what
    block = what.block if what.block in candidate.exercise.blocks else None
    return Choice(candidate.exercise, block or candidate.exercise.block, goal=what.goal, override=what.dosage, is_companion=True)


def _begin_with_fewest_sets(room: Room, choices: Iterable[Choice]) -> None:
    """Before the time is shared out, nothing has its sets yet."""
    for choice in choices:
        choice.sets = choice.sets or room.fewest_sets(choice)


def _fits(room: Room, session: str, more: Choice) -> bool:
    """Is there room for it, with all the sets that rehabilitation comes to take? A companion needs no place of its own."""
    inside = [choice for choice in room.result.choices.values() if session in choice.sessions]
    items = [replace(room.item(choice), minutes=_minutes(room, choice)) for choice in (*inside, more)]
    companions = sum(choice.is_main and choice.is_companion for choice in (*inside, more))
    return replace(room.limits, main=room.limits.main + companions).fits(items)


def _minutes(room: Room, choice: Choice) -> Decimal:
    dosed = room.dosed(choice)
    if dosed.goal != REHABILITATION:
        return choice.minutes
    sets = (dosed.dosage.sets, *(stage.sets for stage in dosed.dosage.stages))
    return choice.exercise.minutes_per_set * max(choice.sets or Decimal(1), *(top(number, Decimal(1)) for number in sets))


def _no_room(room: Room, one: Recommendation, candidate: Candidate, names: str) -> str:
    if (one.what.block or candidate.exercise.block) not in MAIN_BLOCKS:
        return say("asked for with {exercises}, but the warm-up has {number} drills at most", exercises=names, number=MAX_WARM_UP)
    minutes = session_size(room.situation).minutes
    no_room = fixed("asked for with {exercises}, but there is no room left for it in {minutes} minutes")
    return say(no_room, exercises=names, minutes=minutes)
