"""Choose the exercises: pins and swaps first, then the smallest set that serves most of what is wanted. What was left out keeps
its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Block, Exercise
from stridewise.plan.model import Because, SetAside
from stridewise.planning.choice import MAIN_BLOCKS, Choice, Selection
from stridewise.planning.cover import Item, Limits, best_cover
from stridewise.planning.dosage import caution, contacts, dose, minutes
from stridewise.planning.eligibility import Obstacle, Usable
from stridewise.planning.situation import Situation
from stridewise.planning.swaps import make_swaps
from stridewise.planning.vetoes import KeptOut
from stridewise.planning.wants import Candidate, Considered, Want, consider, wants
from stridewise.recommendation.collect import Recommendations

MAX_MAIN = 4  # exercises besides the warm-up in a home programme
MAX_WARM_UP = 2  # so that a session never holds more than six
MAX_CONTACTS = Decimal(60)  # ground contacts a session, to start with (policy; source plyo-contacts, not verified)
WEIGHTS = {"high": 10_000, "medium": 100, "low": 1}  # one more important want outweighs any number of lesser ones


def select(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> Selection:
    """The exercises of the plan. `against` is everything that speaks against an exercise."""
    usable = Usable(situation, against)
    result = Selection()
    considered = [consider(usable, want) for want in wants(recommendations)]
    room = Room(situation, result, _options(considered))
    _pin(usable, room)
    make_swaps(usable, result, room.admit)
    _cover(room, considered)
    for one in considered:
        _set_aside(usable, one, result)
    _also_kept_out(usable, {one.want.name for one in considered}, result)
    result.set_aside = [_named(usable, item) for item in _unique(result)]
    return result


def limits(situation: Situation) -> Limits:
    """What one session holds for this runner."""
    return Limits(situation.number("minutes_per_session"), MAX_CONTACTS, MAX_MAIN, MAX_WARM_UP)


@dataclass(slots=True)
class Room:
    """The session being filled: what is in, what is wanted of it, and whether more fits."""

    situation: Situation
    result: Selection
    options: "dict[str, Options]"

    def admit(self, exercise: Exercise, block: Block | None, because: Iterable[Because]) -> bool:
        """Put an exercise in with the dose that the rules want of it, where it fits."""
        found = self.options.get(exercise.id, [])
        new = Choice(
            exercise, block or (_block(found) if found else exercise.block), goal=_goal(found), override=_override(found)
        )
        others = [self.item(choice) for name, choice in self.result.choices.items() if name != exercise.id]
        if not limits(self.situation).fits([*others, self.item(new)]):
            return False
        self.result.choices.setdefault(exercise.id, new).add(because)
        return True

    def item(self, choice: Choice, serves: Mapping[int, int] | None = None) -> Item:
        """A choice as the search sees it."""
        dosage = dose(self.situation, choice.exercise, choice.goal, choice.override).dosage
        length, hits = minutes(choice.exercise, dosage), contacts(choice.exercise, dosage)
        return Item(choice.exercise.id, length, hits, choice.is_main, serves or {})


def _pin(usable: Usable, room: Room) -> None:
    """What the clinician asked for: past a precaution, which is shown, never past a veto, a gate or the session's limits."""
    for fact in usable.situation.memory.of("pinned_exercise"):
        exercise = usable.exercises[str(fact.value)]
        reason = f": {fact.get('reason')}" if fact.get("reason") else ""
        because = usable.situation.own_reason("pinned", f"Asked for by the clinician{reason}.", [fact])
        obstacle = usable.obstacle(exercise, despite_precaution=True)
        if obstacle is not None:
            room.result.leave(exercise, obstacle)
            if obstacle.unearned and not obstacle.because and (rung := usable.rung(exercise)) is not None:
                room.admit(rung, None, [because, usable.stands_in(exercise)])
            continue
        adjusting = usable.against[exercise.id].reasons if exercise.id in usable.against else []
        if not room.admit(exercise, None, [because, *adjusting]):
            room.result.leave(exercise, Obstacle("asked for, but the session is full", (because,)))


# --- covering what is wanted ----------------------------------------------------------------------------------------


def _cover(room: Room, considered: list[Considered]) -> None:
    """Choose the best set of candidates, and tell each chosen exercise which wants it serves."""
    result = room.result
    fixed = [room.item(choice, _serves(choice.exercise, considered)) for choice in result.choices.values()]
    index = {id(one.want): number for number, one in enumerate(considered)}
    choices = {name: _choice(found) for name, found in room.options.items() if name not in result.choices}
    items = [room.item(one, {index[id(w)]: rank for w, _, rank in room.options[name]}) for name, one in choices.items()]
    weights = [WEIGHTS[one.want.priority] for one in considered]
    cover = best_cover(weights, items, fixed, limits(room.situation))
    result.complete = cover.complete
    result.choices |= {item.name: choices[item.name] for item in cover.items}
    for number, one in enumerate(considered):
        _serve(number, one, [*cover.items, *fixed], result)


def _serves(exercise: Exercise, considered: list[Considered]) -> dict[int, int]:
    """A pin or a stand-in serves every want that it trains directly."""
    return {
        number: 0 for number, one in enumerate(considered)
        if one.want.name == exercise.id or (one.want.is_target and one.want.name in exercise.targets.direct)
    }  # fmt: skip


def _choice(found: "Options") -> Choice:
    return Choice(found[0][1].exercise, _block(found), goal=_goal(found), override=_override(found))


Options = list[tuple[Want, Candidate, int]]


def _options(considered: list[Considered]) -> dict[str, Options]:
    """Exercise → the wants it is a candidate for, the most important first, with its rank there."""
    found: dict[str, Options] = {}
    for one in considered:
        for rank, candidate in enumerate(one.candidates):
            found.setdefault(candidate.exercise.id, []).append((one.want, candidate, rank))
    return found


def _block(found: Options) -> Block:
    wanted = next((want.block for want, _, _ in found if want.block), None)
    return wanted or found[0][1].exercise.block  # type: ignore[return-value]  # a rule's block is checked when it is read


def _goal(found: Options) -> str | None:
    """The goal of the most important want; between equals the more cautious one."""
    goals = [(WEIGHTS[want.priority], want.goal) for want, _, _ in found if want.goal]
    return min(goals, key=lambda item: (-item[0], caution(item[1])))[1] if goals else None


def _override(found: Options) -> Dosage | None:
    return next((want.override for want, _, _ in found if want.override), None)


def _serve(index: int, one: Considered, items: Iterable[Item], result: Selection) -> None:
    """Every chosen exercise that serves a want carries its reasons; the best ranked also carries its target."""
    serving = sorted((item for item in items if index in item.ranks), key=lambda item: (item.ranks[index], item.name))
    for item in serving:
        choice = result.choices[item.name]
        choice.sides |= one.want.sides
        choice.targets |= {one.want.name} if one.want.is_target else one.want.targets
        candidate = next((c for c in one.candidates if c.exercise.id == item.name), None)
        choice.add([*one.want.because, *(candidate.because if candidate else ())])


# --- what stays out -------------------------------------------------------------------------------------------------


def _set_aside(usable: Usable, one: Considered, result: Selection) -> None:
    """Say why a want is not served, and which of its exercises wait behind a gate or a precaution."""
    chosen = result.choices.keys()
    for name, obstacle in one.obstacles.items():
        if name not in chosen and (name in one.want.options or name in usable.situation.current):
            result.leave(usable.exercises[name], obstacle, one.want.name)
    if one.want.name in chosen or any(one.want.name in choice.targets for choice in result.choices.values()):
        return
    if not one.want.is_target:
        if one.candidates:
            result.set_aside.append(
                SetAside(exercise=one.want.name, reason=_no_room(usable, one, result), because=one.want.because)
            )
        return
    reason = _no_room(usable, one, result) if one.candidates else _none_usable(usable, one)
    result.set_aside.append(SetAside(target=one.want.name, reason=reason, because=one.want.because))


def _none_usable(usable: Usable, one: Considered) -> str:
    texts = [f"{usable.exercises[name].name}: {found.text}" for name, found in one.obstacles.items()]
    return f"no exercise for it can be used ({'; '.join(texts[:3])})" if texts else "the library has no exercise for it"


def _no_room(usable: Usable, one: Considered, result: Selection) -> str:
    """Which limit kept a want out: the minutes, or the few exercises a plan may have."""
    limit = usable.situation.number("minutes_per_session")
    main = [choice for choice in result.choices.values() if choice.is_main]
    if limit is not None and len(main) < MAX_MAIN and one.candidates[0].exercise.block in MAIN_BLOCKS:
        return f"does not fit into {limit.normalize():f} minutes beside what is more important"
    return f"left out to keep the plan small: at most {MAX_MAIN} exercises and {MAX_WARM_UP} warm-up drills"


def _also_kept_out(usable: Usable, wanted: set[str], result: Selection) -> None:
    """Exercises that a rule names and holds back, where they could have served what is wanted, and all bans. What is ruled
    out and was never asked for is not listed: `why-not` tells it."""
    told = {swap.avoid for swap in result.swaps} | {item.exercise for item in result.set_aside} | result.choices.keys()
    for name, entry in sorted(usable.against.items()):
        serves = not wanted.isdisjoint(usable.exercises[name].targets.direct)
        named = entry.level == "banned" or (serves and not entry.is_veto and any(avoid.avoid == name for avoid in entry.avoids))
        obstacle = usable.obstacle(usable.exercises[name])
        if named and name not in told and obstacle is not None:
            result.leave(usable.exercises[name], obstacle)


def _named(usable: Usable, item: SetAside) -> SetAside:
    """With the name people use, for text."""
    if item.exercise is not None:
        return replace(item, name=usable.exercises[item.exercise].name)
    term = usable.situation.program.vocabulary.terms.get("targets", {}).get(item.target or "")
    return replace(item, name=term.label if term else "")


def _unique(result: Selection) -> list[SetAside]:
    """One entry an exercise or target, the first reason kept, sorted by name; nothing that is in the plan after all."""
    first: dict[tuple[str, str], SetAside] = {}
    for item in result.set_aside:
        if item.exercise not in result.choices:
            first.setdefault((item.exercise or "", item.target or ""), item)
    return [first[key] for key in sorted(first)]
