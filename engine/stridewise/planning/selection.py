"""Choose the exercises: pins and swaps first, then the smallest set that serves most of what is wanted. What was left out keeps
its reason."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from stridewise.exercise import Block, Dosage
from stridewise.plan import SetAside
from stridewise.planning.choice import MAIN_BLOCKS, Choice, Selection
from stridewise.planning.cover import Item, Limits, best_cover
from stridewise.planning.dosage import caution, contacts, dose, minutes
from stridewise.planning.resolve import KeptOut
from stridewise.planning.situation import Situation
from stridewise.planning.swaps import make_swaps
from stridewise.planning.usable import Usable
from stridewise.planning.wants import Candidate, Considered, Want, consider, wants
from stridewise.recommendation import Recommendations

MAX_MAIN = 4  # exercises besides the warm-up in a home programme
MAX_WARM_UP = 2  # so that a session never holds more than six
MAX_CONTACTS = Decimal(60)  # ground contacts a session, to start with (policy; source plyo-contacts, not verified)
WEIGHTS = {"high": 10_000, "medium": 100, "low": 1}  # one more important want outweighs any number of lesser ones


def select(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> Selection:
    """The exercises of the plan. `against` is everything that speaks against an exercise."""
    usable = Usable(situation, against)
    result = Selection()
    _pin(usable, result)
    make_swaps(usable, result)
    considered = [consider(usable, want) for want in wants(recommendations)]
    _cover(usable, considered, result)
    for one in considered:
        _set_aside(usable, one, result)
    _also_kept_out(usable, result)
    result.set_aside = [_named(usable, item) for item in _unique(result)]
    return result


def _pin(usable: Usable, result: Selection) -> None:
    """What the clinician asked for: past a precaution, which is shown, never past a veto or a gate."""
    for fact in usable.situation.memory.of("pinned_exercise"):
        exercise = usable.exercises[str(fact.value)]
        reason = f": {fact.get('reason')}" if fact.get("reason") else ""
        because = usable.situation.own_reason("pinned", f"Asked for by the clinician{reason}.", [fact])
        obstacle = usable.obstacle(exercise, despite_precaution=True)
        if obstacle is None:
            adjusting = usable.against[exercise.id].reasons if exercise.id in usable.against else []
            result.choose(exercise, None, [because, *adjusting])
            continue
        result.leave(exercise, obstacle)
        if obstacle.unearned and not obstacle.because and (rung := usable.rung(exercise)) is not None:
            result.choose(rung, None, [because, usable.stands_in(exercise)])


# --- covering what is wanted ----------------------------------------------------------------------------------------


def _cover(usable: Usable, considered: list[Considered], result: Selection) -> None:
    """Choose the best set of candidates, and tell each chosen exercise which wants it serves."""
    options = _options(considered)
    items = [_item(usable.situation, name, found, considered) for name, found in options.items()]
    fixed_names = set(result.choices)
    fixed = [_fixed(usable.situation, choice, considered) for choice in result.choices.values()]
    weights = [WEIGHTS[one.want.priority] for one in considered]
    cover = best_cover(weights, [i for i in items if i.name not in fixed_names], fixed, limits(usable.situation))
    result.complete = cover.complete
    for item in cover.items:
        found = options[item.name]
        choice = result.choose(found[0][1].exercise, _block(found), ())
        choice.goal, choice.override = _goal(found), _override(found)
    for index, one in enumerate(considered):
        _serve(index, one, [*cover.items, *fixed], result)


def limits(situation: Situation) -> Limits:
    """What one session holds for this runner."""
    return Limits(situation.number("minutes_per_session"), MAX_CONTACTS, MAX_MAIN, MAX_WARM_UP)


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


def _item(situation: Situation, name: str, found: Options, considered: list[Considered]) -> Item:
    exercise = found[0][1].exercise
    dosage = dose(situation, exercise, _goal(found), _override(found)).dosage
    index = {id(one.want): number for number, one in enumerate(considered)}
    ranks = {index[id(want)]: rank for want, _, rank in found}
    return Item(name, minutes(exercise, dosage), contacts(exercise, dosage), _block(found) in MAIN_BLOCKS, ranks)


def _fixed(situation: Situation, choice: Choice, considered: list[Considered]) -> Item:
    """A pin or a stand-in as the search sees it: it serves every want that it trains directly."""
    exercise = choice.exercise
    dosage = dose(situation, exercise, choice.goal, choice.override).dosage
    serves = {
        index: 0 for index, one in enumerate(considered)
        if one.want.name == exercise.id or (one.want.is_target and one.want.name in exercise.targets.direct)
    }  # fmt: skip
    return Item(exercise.id, minutes(exercise, dosage), contacts(exercise, dosage), choice.is_main, serves)


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
        named = name in one.want.options
        if name not in chosen and (obstacle.unearned or obstacle.yields or named):
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


def _also_kept_out(usable: Usable, result: Selection) -> None:
    """Exercises that a rule or the clinician names and keeps out, though nothing asked for them."""
    told = {swap.avoid for swap in result.swaps} | {item.exercise for item in result.set_aside} | result.choices.keys()
    for name, entry in sorted(usable.against.items()):
        named = any(avoid.avoid == name for avoid in entry.avoids) or entry.level == "banned"
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
