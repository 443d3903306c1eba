"""The items of a plan with their reasons: by name, all of them, or the same one in another plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.explain.difference import Key, items_of
from stridewise.explain.reasons import Reason, Tree, is_shown_as, walk
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import fold
from stridewise.plan.model import Because, FactUsed
from stridewise.plan.seal import to_values
from stridewise.recommendation.reasons import firings
from stridewise.session import Session

LEAST_BEGINNING = 6  # letters of a printed line


@dataclass(frozen=True, slots=True)
class Without:
    """The item if a recorded fact were taken out of the profile: does it stay, and by which of its reasons (their rules)?

    `cannot` says why the fact cannot be taken out alone."""

    fact: dict[str, Any]
    text: str
    at: str
    stays: bool
    reasons_left: tuple[str, ...]
    cannot: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The item in the plan without all facts told so far: the reasons that bring it back there, and the further facts they rest
    on. These are gone too in the next one."""

    reasons: tuple[Reason, ...]
    facts: tuple[FactUsed, ...]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item of the plan that was asked about. `needs` are reasons it could be used at all (what was mastered, equipment), or
    for what is swapped or set aside, reasons it came up; `stays_without_all` says whether something else would bring it back
    if all its facts were gone; `runner` are the runner's words.

    Without the facts of the reasons, of `needs` and of all `beyond` the item goes. Where it cannot, `remains` says why, in
    words. `same` is what makes a warning or referral the same one under the name of another rule."""

    section: str
    name: str
    what: str
    said: str
    reasons: tuple[Reason, ...]
    needs: tuple[Reason, ...] = ()
    assumes: tuple[str, ...] = ()
    without: tuple[Without, ...] = ()
    stays_without_all: bool | None = None
    runner: tuple[str, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    remains: str = ""
    same: tuple[str, ...] = field(default=(), metadata={"json": False})

    @property
    def key(self) -> Key:
        return (self.section, self.name)


def find_items(session: Session, name: str) -> list[PlanItem]:
    """The entries that go by this name, or that print as words that begin so, with their reasons, before any fact is taken out.
    Raises ProfileError."""
    entries = list(_entries(session))
    key = fold(name)
    items = [entry.told() for entry in entries if key in map(fold, entry.names)]
    if not items and len(key) >= LEAST_BEGINNING:
        items = [entry.told() for entry in entries if entry.printed and fold(entry.printed).startswith(key)]
    if not items:
        known = sorted({known for entry in entries for known in entry.names})
        hint = did_you_mean(name, known) or " recommend why-not says what kept something out."
        raise ProfileError([Problem("", 0, f'nothing in this plan is called "{name}".{hint}')])
    return items


def every_item(session: Session) -> list[PlanItem]:
    """Every item of the plan that has reasons."""
    return [entry.told() for entry in _entries(session)]


def still(session: Session, item: PlanItem) -> list[PlanItem]:
    """The same item in another plan, none where it is not there. A warning or referral is named after the first of its rules;
    it is the same where it says the same."""
    same = [entry for entry in _entries(session) if entry.key == item.key]
    same = same or [entry for entry in _entries(session) if item.same and (entry.key[0], entry.same) == (item.section, item.same)]
    return [entry.told() for entry in same]


def leaves(item: PlanItem) -> list[FactUsed]:
    """The recorded facts that an item rests on, each once, in the order they are told."""
    unique: dict[str, FactUsed] = {}
    for reason in walk((*item.reasons, *item.needs)):
        for used in reason.because.facts:
            if used.at:
                unique.setdefault(f"{used.fact} {used.at}", used)
    return list(unique.values())


def rules_of(item: PlanItem) -> tuple[str, ...]:
    """The rules of an item's own reasons."""
    return tuple(dict.fromkeys(reason.because.rule for reason in item.reasons))


def facts_meant(session: Session, used: FactUsed) -> tuple[Fact, ...]:
    """The facts of the record that a piece of evidence stands for: left and right where it says both."""
    return tuple(fact for fact in session.situation.memory.facts if fact.places and is_shown_as(fact, used.fact))


# --- the plan's items ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item of a plan: the names it goes by, where it stands, and its reasons, worked out when they are asked for. `same` as
    in PlanItem; `printed` is what a reader sees of it in the plan."""

    names: list[str]
    key: Key
    told: Callable[[], PlanItem]
    same: tuple[str, ...] = ()
    printed: str = ""


def _entries(session: Session) -> Iterator[_Entry]:
    yield from _said(session)
    for key, group in items_of(session.plan).items():
        if key[0] in _READ:
            yield from (_READ[key[0]](session, key, part) for part in group)


_SAME = {"referrals": ("to", "urgency", "stops", "text"), "warnings": ("level", "text")}


def _said(session: Session) -> Iterator[_Entry]:
    """What is told in a sentence: referrals, warnings, load adjustments."""
    plan = session.plan
    for section, what, group in (
        ("referrals", "referral", plan.referrals),
        ("warnings", "warning", plan.warnings),
        ("acknowledged", "acknowledged", plan.acknowledged),
        ("load_adjustments", "load adjustment", plan.load_adjustments),
    ):
        for item in group:
            other = getattr(item, "to", "") if section == "referrals" else getattr(item, "metric", "")
            key = (section, other if section == "load_adjustments" else item.id)
            names = [item.id, item.id.partition("/")[2], *([other] if other else [])]
            same = tuple(str(getattr(item, part)) for part in _SAME.get(section, ()))
            told = partial(_item, session, key, f"{what} {item.id}", item.text, item.because, same)
            yield _Entry(names, key, told, same, item.text)


def _swap(session: Session, key: Key, swap: Any) -> _Entry:
    def told() -> PlanItem:
        item = _item(session, key, "swap", said, swap.because)
        return replace(item, needs=tuple(_comes_up(session, item, swap.avoid)))

    instead = _called(session, swap.instead) if swap.instead else "left out"
    said = f"{_called(session, swap.avoid)} → {instead} ({swap.level})"
    names = [swap.avoid, _called(session, swap.avoid), *([swap.instead] if swap.instead else [])]
    return _Entry(names, key, told)


def _prescription(session: Session, key: Key, prescription: Any) -> _Entry:
    def told() -> PlanItem:
        item = _item(session, key, f"prescription {prescription.exercise}", prescription.name, prescription.because)
        return replace(item, needs=tuple(_needs(session, prescription.exercise)), assumes=prescription.assumes)

    return _Entry([prescription.exercise, prescription.name, *prescription.targets], key, told)


def _stage(session: Session, key: Key, stage: Any) -> _Entry:
    said = f"{stage.title}: stage {stage.number} of {stage.of}, {stage.stage_title}"
    names = [key[1], stage.pathway, stage.stage_title, stage.title, f"stage: {key[1]}"]
    return _Entry(names, key, partial(_item, session, key, f"stage {key[1]}", said, stage.because))


def _aside(session: Session, key: Key, aside: Any) -> _Entry:
    called = _called(session, key[1])

    def told() -> PlanItem:
        item = _item(session, key, f"set aside {key[1]}", f"{called}: {aside.reason.rstrip('.')}", aside.because)
        tree = Tree(session)
        asked = [reason for reason in _asked_for(session, aside.exercise) if reason not in aside.because]
        return replace(item, needs=(*_comes_up(session, item, aside.exercise), *(tree.reason(reason) for reason in asked)))

    return _Entry([key[1], called], key, told)


COMES_UP = (
    ("current_exercise", "current-exercise", "The runner does it already."),
    ("pinned_exercise", "pinned", "The clinician asks for it."),
)


def _comes_up(session: Session, item: PlanItem, exercise: str | None) -> Iterator[Reason]:
    """Why an exercise that nothing may ask for comes up, where no reason says it: the runner does it already, or the clinician
    asks for it."""
    said = [used.fact for used in leaves(item)]
    for kind, name, text in COMES_UP:
        if exercise and (facts := session.situation.facts(kind, exercise)) and {kind: exercise} not in said:
            yield Reason(session.situation.own_reason(name, text, facts))


def _asked_for(session: Session, exercise: str | None) -> list[Because]:
    """Why an exercise was considered at all: what asks for it, or for a target it trains."""
    if exercise is None:
        return []
    trains = session.situation.program.exercises[exercise].targets.direct
    asking = [
        request.because
        for request in session.recommendations.train
        if exercise in request.what.options or request.what.target in trains
    ]
    asking += [
        request.because
        for request in (*session.recommendations.prescribe, *session.recommendations.companions)
        if request.what.prescribe == exercise
    ]
    return list({(because.rule, because.text): because for because in asking}.values())


def _conclusion(session: Session, key: Key, conclusion: Any) -> _Entry:
    kind, value = next(iter(conclusion.fact.items()))
    said = f"{kind}: {value}"
    return _Entry(
        [kind, said, f"{kind}={value}", key[1]], key, partial(_item, session, key, "conclusion", said, conclusion.because)
    )


def _scheduled(session: Session, key: Key, entry: Any) -> _Entry:
    """A day of the schedule: what stands on it, and the reasons of its exercises."""
    values = to_values(entry)
    words = set(_words(values))
    chosen = [item for item in session.plan.prescriptions if item.exercise in words or item.name in words]
    because = list({reason.rule + reason.text: reason for item in chosen for reason in item.because}.values())
    said = f"{values.get('phase') or 'training'}: {', '.join(item.name for item in chosen) or 'no exercise of this plan'}"
    day = date.fromisoformat(key[1])
    told = partial(_item, session, key, f"session on {key[1]}", said, because)
    return _Entry([key[1]], key, told, printed=f"{day:%a} {day.day} {day:%b}")


_READ: dict[str, Callable[[Session, Key, Any], _Entry]] = {
    "swaps": _swap,
    "prescriptions": _prescription,
    "pathways": _stage,
    "set_aside": _aside,
    "conclusions": _conclusion,
    "schedule": _scheduled,
}


def _item(session: Session, key: Key, what: str, said: str, because: Sequence[Because], same: tuple[str, ...] = ()) -> PlanItem:
    tree = Tree(session)
    runner = tuple(dict.fromkeys(reason.patient for reason in because if reason.patient))
    return PlanItem(*key, what, said, tuple(tree.reason(reason) for reason in because), runner=runner, same=same)


def _called(session: Session, name: str) -> str:
    exercises = session.situation.program.exercises
    return exercises[name].name if name in exercises else name.replace("_", " ")


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(part)


def _needs(session: Session, exercise: str) -> Iterator[Reason]:
    """Why the exercise could be used at all: what was mastered first, and the equipment at hand."""
    situation, item = session.situation, session.situation.program.exercises[exercise]
    earned = [fact for fact in situation.memory.by_kind.get("earned", ()) if fact.value == exercise] if item.gates else []
    tree = Tree(session)
    for firing in firings(d for fact in earned for d in situation.memory.derivations[fact]):
        yield tree.reason(situation.explainer.because(firing))
    choice = item.equipment_choice(situation.equipment)
    if choice:
        facts = [fact for name in choice for fact in situation.facts("equipment", name)]
        yield Reason(situation.own_reason("equipment", "The equipment for it is at hand.", facts))
