"""Choose the exercises: pins and swaps first, then what rehabilitation and marked findings need, then the smallest set that
serves most of the rest. Where more is wanted than one session holds, a second session takes it. Companions of what is in take the
room that is left."""

from collections.abc import Sequence

from stridewise.language.fact import Fact
from stridewise.language.translation import all_of, fixed, say
from stridewise.plan.model import Because
from stridewise.planning.choice import PINNED, Selection
from stridewise.planning.companions import accompany
from stridewise.planning.eligibility import Obstacle, Usable
from stridewise.planning.filling import fill, is_served, share_sessions
from stridewise.planning.left_out import left_out
from stridewise.planning.room import Room, options_of, serves
from stridewise.planning.session_size import session_size
from stridewise.planning.situation import Situation
from stridewise.planning.swaps import make_swaps
from stridewise.planning.vetoes import KeptOut
from stridewise.planning.wants import Considered, consider, wants
from stridewise.recommendation.collect import Recommendations


def select(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> Selection:
    """The exercises of the plan. `against` is everything that speaks against an exercise."""
    usable, result, size = Usable(situation, against), Selection(), session_size(situation)
    considered = [consider(usable, want) for want in wants(situation, recommendations)]
    room = Room(situation, result, options_of(considered), size.limits)
    _pin(usable, room)
    make_swaps(usable, result, room.admit)
    _take_first_choices(room, considered)
    usual = [one for one in considered if one.want.priority != "optional"]
    _cover(room, usual)
    share_sessions(room, usual)
    accompany(usable, room, recommendations.companions)
    fill(room, considered, size)
    accompany(usable, room, recommendations.companions)  # what filled the session up too
    for one in considered:
        _tell(room, one)
    left_out(usable, considered, result, size)
    result.dosed = {name: room.dosed(choice) for name, choice in result.choices.items()}
    return result


def _pin(usable: Usable, room: Room) -> None:
    """What the clinician asked for: past a precaution, which is shown, never past a veto, a gate or the session's limits."""
    for fact in usable.situation.memory.of("pinned_exercise"):
        exercise = usable.exercises[str(fact.value)]
        because = usable.situation.own_reason("pinned", _requested(fact), [fact])
        obstacle = usable.obstacle(exercise, despite_precaution=True)
        if obstacle is not None:
            room.result.leave(exercise, obstacle, [because])
            if obstacle.unearned and not obstacle.because and (rung := usable.rung(exercise)) is not None:
                room.admit(rung, None, [because, usable.stands_in(exercise)])
            continue
        adjusting = usable.against[exercise.id].reasons if exercise.id in usable.against else []
        if not room.admit(exercise, None, [because, *adjusting]):
            room.result.leave(exercise, Obstacle(say("asked for, but the session is full")), [because])
            continue
        room.result.choices[exercise.id].importance = PINNED


def _requested(fact: Fact) -> str:
    reason = fact.get("reason")
    return say("Requested by the clinician: {reason}.", reason=reason) if reason else say("Requested by the clinician.")


def _take_first_choices(room: Room, considered: Sequence[Considered]) -> None:
    """Rehabilitation and marked findings, the most important first: each takes its first usable option that fits."""
    for one in considered:
        if one.want.is_decisive and not _has_its_choice(room, one):
            next((True for candidate in one.candidates if room.admit(candidate.exercise, None, ())), False)


def _has_its_choice(room: Room, one: Considered) -> bool:
    """Is its first usable option in already, or a pin that trains it?"""
    first = {candidate.exercise.id for candidate in one.candidates[:1]}
    pinned = room.situation.names("pinned_exercise")
    return any(name in first or (name in pinned and serves(choice, one)) for name, choice in room.result.choices.items())


def _cover(room: Room, considered: Sequence[Considered]) -> None:
    """The best set of candidates beside what is in already."""
    cover = room.best(considered, list(room.result.choices.values()))
    room.result.complete = cover.complete
    room.result.choices |= {item.name: room.choice(room.options[item.name][0][1].exercise) for item in cover.items}


def _tell(room: Room, one: Considered) -> None:
    """Every chosen exercise that serves a want carries its target, side and reasons, and what its first choice went before."""
    if not is_served(room, one):
        return
    for name, choice in sorted(room.result.choices.items()):
        if serves(choice, one):
            choice.sides |= one.want.sides
            choice.targets |= {one.want.name} if one.want.is_target else one.want.targets
            candidate = next((c for c in one.candidates if c.exercise.id == name), None)
            choice.add([*one.want.because, *(candidate.because if candidate else ()), *_tie_break(room, one, name)])


def _tie_break(room: Room, one: Considered, name: str) -> list[Because]:
    """Why a first choice went before another option that the runner does already, or that would have served more."""
    if not one.want.is_decisive or not one.candidates or one.candidates[0].exercise.id != name:
        return []
    first, rest = one.candidates[0].exercise, [candidate.exercise for candidate in one.candidates[1:]]
    tempting = [e.spoken for e in rest if e.id in room.situation.current or len(room.options[e.id]) > len(room.options[first.id])]
    if not tempting:
        return []
    healing = fixed("{first} before {others}: it is the first choice for {target}, and rehabilitation gets its first choice.")
    marked = fixed("{first} before {others}: it is the first choice for {target}, and a marked finding gets its first choice.")
    target = room.situation.program.vocabulary.label("targets", one.want.name).replace("_", " ")
    text = say(marked if one.want.is_marked else healing, first=first.spoken, others=all_of(tempting), target=target)
    return [room.situation.own_reason("first-choice", text)]
