"""What stays out of the plan, with its reason: wants that nothing serves, exercises behind a gate or a precaution, and bans. Only
what this runner might expect is listed; `why-not` tells the rest."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.language.translation import fixed, say
from stridewise.plan.model import SetAside
from stridewise.planning.choice import MAIN_BLOCKS, Selection
from stridewise.planning.eligibility import Usable
from stridewise.planning.session_size import MAX_WARM_UP, SessionSize
from stridewise.planning.wants import Considered


def left_out(usable: Usable, considered: Sequence[Considered], result: Selection, size: SessionSize) -> None:
    """Fill `set_aside` of the selection."""
    for one in considered:
        is_in = _is_in(one, result)
        _gates_and_precautions(usable, one, result, told=one.want.is_pressing)
        if one.want.is_expected and not is_in:
            _unserved(usable, one, result, size)
    _also_kept_out(usable, {one.want.name for one in considered}, result)
    has_verdict = usable.situation.current & result.unearned.keys()  # what only waits behind a gate the runner may keep
    result.set_aside = [_named(usable, item) for item in _unique(result) if item.exercise not in has_verdict]


def _gates_and_precautions(usable: Usable, one: Considered, result: Selection, told: bool) -> None:
    """Which of a want's exercises wait behind a gate or a precaution; of a slot of the base only what the runner does."""
    for name, obstacle in one.obstacles.items():
        is_done = name in usable.situation.current and obstacle.because
        expected = is_done or (name in one.want.options and one.want.is_expected and told)
        if name not in result.choices and expected:
            result.leave(usable.exercises[name], obstacle, one.want.because, one.want.name)


def _is_in(one: Considered, result: Selection) -> bool:
    return one.want.name in result.choices or any(one.want.name in choice.targets for choice in result.choices.values())


def _unserved(usable: Usable, one: Considered, result: Selection, size: SessionSize) -> None:
    reason = _no_room(one, result, size) if one.candidates else _none_usable(usable, one)
    if one.want.is_target:
        result.set_aside.append(SetAside(target=one.want.name, reason=reason, because=one.want.because))
    elif one.candidates:
        result.set_aside.append(SetAside(exercise=one.want.name, reason=reason, because=one.want.because))


def _none_usable(usable: Usable, one: Considered) -> str:
    texts = [f"{usable.exercises[name].spoken}: {found.text}" for name, found in one.obstacles.items()]
    if not texts:
        return say("there is no exercise for it in the library")
    return say("no suitable exercise at present ({reasons})", reasons="; ".join(text.rstrip(".") for text in texts[:3]))


def _no_room(one: Considered, result: Selection, size: SessionSize) -> str:
    """Which limit kept a want out: the minutes, or the number of exercises that fits them."""
    if one.candidates[0].exercise.block not in MAIN_BLOCKS:
        return say("the warm-up has {number} drills at most", number=MAX_WARM_UP)
    sessions = {name for choice in result.choices.values() for name in choice.sessions}
    counts = [sum(c.takes_a_place and name in c.sessions for c in result.choices.values()) for name in sessions]
    if counts and min(counts) >= size.exercises:
        enough = fixed("{number} exercises are enough for {minutes} minutes, and others matter more")
        return say(enough, number=size.exercises, minutes=size.minutes)
    return say("there is no room for it in {minutes} minutes, and others matter more", minutes=size.minutes)


def _also_kept_out(usable: Usable, wanted: set[str], result: Selection) -> None:
    """What a rule names and keeps out, where it could have served what is wanted and is within reach, and all bans."""
    told = {swap.avoid for swap in result.swaps} | {item.exercise for item in result.set_aside} | result.choices.keys()
    for name, entry in sorted(usable.against.items()):
        serves = not wanted.isdisjoint(usable.exercises[name].targets.direct)
        by_name = serves and not entry.is_veto and any(avoid.avoid == name for avoid in entry.avoids)
        named = entry.level == "banned" or (by_name and _might_be_expected(usable, name))
        if named and name not in told and (obstacle := usable.obstacle(usable.exercises[name])) is not None:
            result.leave(usable.exercises[name], obstacle)


def _might_be_expected(usable: Usable, name: str) -> bool:
    """Does the runner do it, or is the kit for it at hand?"""
    at_hand = usable.exercises[name].equipment_choice(usable.situation.equipment) is not None
    return name in usable.situation.current or at_hand


def _named(usable: Usable, item: SetAside) -> SetAside:
    """With the name people use, for text."""
    if item.exercise is not None:
        return replace(item, name=usable.exercises[item.exercise].spoken)
    vocabulary, target = usable.situation.program.vocabulary, item.target or ""
    return replace(item, name=vocabulary.label("targets", target) if target in vocabulary.terms.get("targets", {}) else "")


def _unique(result: Selection) -> list[SetAside]:
    """One entry an exercise or target, the first reason kept, sorted by name; nothing that is in the plan after all."""
    first: dict[tuple[str, str], SetAside] = {}
    for item in result.set_aside:
        if item.exercise not in result.choices:
            first.setdefault((item.exercise or "", item.target or ""), item)
    return [first[key] for key in sorted(first)]
