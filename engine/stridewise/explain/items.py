"""The items of a plan with their reasons: by name, all of them, or the same one in another plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.explain.reasons import Reason, Tree, is_shown_as, walk
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import fold
from stridewise.plan.entries import Key, entries_of, shown
from stridewise.plan.model import Because, Conclusion, FactUsed, Plan, PlannedDay, Prescription, SetAside, SwapMade
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
    entries = _entries(session)
    key = fold(name)
    found = [entry for entry in entries if key in map(fold, entry.names)]
    if not found and len(key) >= LEAST_BEGINNING:
        found = [entry for entry in entries if entry.printed and fold(entry.printed).startswith(key)]
    if not found:
        known = sorted({known for entry in entries for known in entry.names})
        hint = did_you_mean(name, known) or " recommend why-not says what kept something out."
        raise ProfileError([Problem("", 0, f'nothing in this plan is called "{name}".{hint}')])
    return [entry.told(session) for entry in found]


def every_item(session: Session) -> list[PlanItem]:
    """Every item of the plan that has reasons."""
    return [entry.told(session) for entry in _entries(session)]


def still(session: Session, item: PlanItem) -> list[PlanItem]:
    """The same item in another plan, none where it is not there. A warning or referral is named after the first of its rules;
    it is the same where it says the same."""
    entries = _entries(session)
    same = [entry for entry in entries if entry.key == item.key]
    same = same or [entry for entry in entries if item.same and (entry.key[0], entry.same) == (item.section, item.same)]
    return [entry.told(session) for entry in same]


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


# --- the plan's entries --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a plan, as the plan holds it: where it stands, the names it goes by, what it is and says."""

    key: Key
    held: Any
    names: Sequence[str]
    what: str
    said: str

    @property
    def same(self) -> tuple[str, ...]:
        """As in PlanItem."""
        return tuple(str(getattr(self.held, part)) for part in _SAME.get(self.key[0], ()))

    @property
    def printed(self) -> str:
        """What a reader sees of it in the plan, where that is no name."""
        if isinstance(self.held, PlannedDay):
            on = date.fromisoformat(self.held.date)
            return f"{on:%a} {on.day} {on:%b}"
        return self.said if self.key[0] in _SENTENCES else ""

    def told(self, session: Session) -> PlanItem:
        """The item with its reasons worked out."""
        tree, because = Tree(session), _because(session.plan, self.held)
        reasons = tuple(tree.reason(reason) for reason in because)
        runner = tuple(dict.fromkeys(reason.patient for reason in because if reason.patient))
        item = PlanItem(*self.key, self.what, self.said, reasons, runner=runner, same=self.same)
        return replace(item, needs=tuple(_needs(session, item, self.held)), assumes=getattr(self.held, "assumes", ()))


def _entries(session: Session) -> list[_Entry]:
    plan, entries = session.plan, entries_of(session.plan, _TOLD)
    return [_Entry(key, one, *_TOLD[key[0]](plan, one)) for key, group in entries.items() for one in group]


_SENTENCES = ("referrals", "warnings", "acknowledged", "load_adjustments")
_SAME = {"referrals": ("to", "urgency", "stops", "text"), "warnings": ("level", "text")}
# Section → the names that an entry goes by, what it is, and what it says.
_TOLD: dict[str, Callable[[Plan, Any], tuple[list[str], str, str]]] = {
    "referrals": lambda _, one: ([*_ids(one), one.to], f"referral {one.id}", one.text),
    "warnings": lambda _, one: (_ids(one), f"warning {one.id}", one.text),
    "acknowledged": lambda _, one: (_ids(one), f"acknowledged {one.id}", one.text),
    "load_adjustments": lambda _, one: ([*_ids(one), one.metric], f"load adjustment {one.id}", one.text),
    "swaps": lambda _, one: (
        [one.avoid, one.avoid_name, *([one.instead] if one.instead else [])],
        "swap",
        f"{one.avoid_name} → {one.instead_name or 'left out'} ({one.level})",
    ),
    "prescriptions": lambda _, one: ([one.exercise, one.name, *one.targets], f"prescription {one.exercise}", one.name),
    "pathways": lambda _, one: (
        [one.term, one.pathway, one.stage_title, one.title, f"stage: {one.term}"],
        f"stage {one.term}",
        f"{one.title}: stage {one.number} of {one.of}, {one.stage_title}",
    ),
    "set_aside": lambda _, one: _aside(one),
    "conclusions": lambda _, one: _conclusion(one),
    "schedule": lambda plan, one: ([one.date], f"session on {one.date}", _on_day(plan, one)),
}


def _ids(entry: Any) -> list[str]:
    return [entry.id, entry.id.partition("/")[2]]


def _aside(aside: SetAside) -> tuple[list[str], str, str]:
    name = aside.exercise or aside.target or ""
    called = aside.name if aside.exercise else name.replace("_", " ")
    return [name, called], f"set aside {name}", f"{called}: {aside.reason.rstrip('.')}"


def _conclusion(conclusion: Conclusion) -> tuple[list[str], str, str]:
    kind, value = next(iter(conclusion.fact.items()))
    said = f"{kind}: {value}"
    return [kind, said, f"{kind}={value}", shown(conclusion.fact)], "conclusion", said


def _on_day(plan: Plan, day: PlannedDay) -> str:
    """What stands on a day of the schedule."""
    return f"{day.phase or 'training'}: {', '.join(item.name for item in _held_on(plan, day)) or 'no exercise of this plan'}"


def _held_on(plan: Plan, day: PlannedDay) -> list[Prescription]:
    held = {exercise.exercise for planned in day.sessions for exercise in planned.exercises}
    return [item for item in plan.prescriptions if item.exercise in held]


def _because(plan: Plan, entry: Any) -> Sequence[Because]:
    """The reasons of an entry; of a day those of its exercises."""
    if not isinstance(entry, PlannedDay):
        return tuple(entry.because)
    return list({(reason.rule, reason.text): reason for item in _held_on(plan, entry) for reason in item.because}.values())


# --- why it could be used, or came up ------------------------------------------------------------------------------------


def _needs(session: Session, item: PlanItem, entry: Any) -> Iterator[Reason]:
    """As in PlanItem."""
    match entry:
        case Prescription():
            yield from _usable(session, entry.exercise)
        case SwapMade():
            yield from _comes_up(session, item, entry.avoid)
        case SetAside():
            yield from _comes_up(session, item, entry.exercise)
            tree = Tree(session)
            asked_for = _asked_for(session, entry.exercise) if entry.exercise else []
            yield from (tree.reason(reason) for reason in asked_for if reason not in entry.because)


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


def _asked_for(session: Session, exercise: str) -> list[Because]:
    """Why an exercise was considered at all: what asks for it, or for a target it trains."""
    asked, trains = session.recommendations, session.situation.program.exercises[exercise].targets.direct
    asking = [one.because for one in asked.train if exercise in one.what.options or one.what.target in trains]
    asking += [one.because for one in (*asked.prescribe, *asked.companions) if one.what.prescribe == exercise]
    return list({(because.rule, because.text): because for because in asking}.values())


def _usable(session: Session, exercise: str) -> Iterator[Reason]:
    """Why the exercise could be used at all: what was mastered first, and the equipment at hand."""
    situation, item = session.situation, session.situation.program.exercises[exercise]
    earned = situation.facts("earned", exercise) if item.gates else []
    tree = Tree(session)
    yield from map(tree.reason, situation.explainer.reasons(earned))
    if choice := item.equipment_choice(situation.equipment):
        facts = [fact for name in choice for fact in situation.facts("equipment", name)]
        yield Reason(situation.own_reason("equipment", "The equipment for it is at hand.", facts))
