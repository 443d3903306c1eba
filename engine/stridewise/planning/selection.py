"""Choose the exercises: what the clinician pinned, what a swap or a rule asks for, then for each target the first that is earned,
doable and kept out by nothing. What was left out keeps its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from stridewise.exercise import BLOCKS, Dosage, Exercise, ruled_out
from stridewise.plan import Because, SetAside, SwapMade
from stridewise.planning.dosage import dose, minutes
from stridewise.planning.resolve import KeptOut, grouped, reasons
from stridewise.planning.situation import Situation
from stridewise.recommendation import Recommendation, Recommendations, both_sides

MAX_IN_SESSION = 6
MAX_MAIN = 4  # besides warm-up and cool-down, in a home programme
PRIORITIES = ("high", "medium", "low")
MAIN_BLOCKS = frozenset({"plyometric", "strength", "core", "accessory"})


@dataclass(slots=True)
class Choice:
    """An exercise that goes into the plan, for which targets and sides, and why."""

    exercise: Exercise
    block: str
    because: list[Because]
    targets: set[str] = field(default_factory=set)
    sides: set[str | None] = field(default_factory=set)
    goal: str | None = None
    override: Dosage | None = None
    rules: set[str] = field(default_factory=set)

    @property
    def side(self) -> str:
        return both_sides(self.sides) or "both"

    def add(self, because: Iterable[Because]) -> None:
        self.because += [item for item in because if item not in self.because]


@dataclass(frozen=True, slots=True)
class Want:
    """A training target with all its reasons; the goal and the options of the most important reason come first."""

    target: str
    priority: str
    sides: frozenset[str | None]
    goal: str | None
    options: tuple[str, ...]
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an exercise cannot be used: `gate` says not yet earned, `kept_out` that something speaks against it."""

    text: str
    because: tuple[Because, ...] = ()
    kept_out: KeptOut | None = None
    gate: bool = False


@dataclass(slots=True)
class Selection:
    """What was chosen, swapped and set aside."""

    choices: dict[str, Choice] = field(default_factory=dict)
    swaps: list[SwapMade] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    unearned: dict[str, set[str]] = field(default_factory=dict)  # exercise → targets it was considered for


def select(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> Selection:
    """The exercises of the plan. `against` is everything that speaks against an exercise."""
    return _Selector(situation, recommendations, against).run()


class _Selector:
    def __init__(self, situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> None:
        self.situation = situation
        self.exercises = situation.program.exercises
        self.recommendations = recommendations
        self.against = against
        self.result = Selection()
        self.cannot = situation.names("cannot")
        self.earned = situation.names("earned")

    def run(self) -> Selection:
        self._pins()
        self._swaps()
        self._prescribed()
        self._targets()
        self._also_kept_out()
        self.result.set_aside = _unique(self.result.set_aside)
        return self.result

    # --- can it be used ----------------------------------------------------------------------------------------------

    def obstacle(self, exercise: Exercise, despite_precaution: bool = False) -> Obstacle | None:
        """The first reason why an exercise cannot be used, None where it can."""
        entry = self.against.get(exercise.id)
        if entry is not None and (entry.is_veto or not despite_precaution):
            return Obstacle(_kept_out_text(entry), tuple(entry.reasons), kept_out=entry)
        if exercise.gates and exercise.id not in self.earned:
            return Obstacle(f"not earned yet: {' '.join(gate.earn for gate in exercise.gates)}", gate=True)
        if (term := ruled_out(exercise, self.cannot)) is not None:
            label = self.situation.program.vocabulary.terms["cannot_terms"][term].label
            return Obstacle(f"the runner cannot {label}")
        if exercise.equipment_choice(self.situation.equipment) is None:
            return Obstacle(f"needs {self._equipment(exercise)}")
        return None

    def _equipment(self, exercise: Exercise) -> str:
        terms = self.situation.program.vocabulary.terms["equipment_items"]
        return " or ".join(" and ".join(terms[name].label for name in choice) for choice in exercise.equipment)

    def _rung(self, exercise: Exercise) -> Exercise | None:
        """The nearest easier rung that can be used."""
        seen, waiting = {exercise.id}, list(exercise.regression)
        while waiting:
            rung = self.exercises[waiting.pop(0)]
            if rung.id in seen:
                continue
            seen.add(rung.id)
            if self.obstacle(rung) is None:
                return rung
            waiting += rung.regression
        return None

    # --- what goes in --------------------------------------------------------------------------------------------------

    def _choose(self, exercise: Exercise, block: str | None, because: Iterable[Because], **more: object) -> Choice:
        choice = self.result.choices.get(exercise.id)
        if choice is None:
            choice = self.result.choices[exercise.id] = Choice(exercise, block or exercise.block, [])
        choice.add(because)
        for name, value in more.items():
            if value is not None:
                setattr(choice, name, value)
        return choice

    def _pins(self) -> None:
        for fact in self.situation.memory.of("pinned_exercise"):
            exercise = self.exercises[str(fact.value)]
            reason = fact.get("reason")
            because = self.situation.own_reason("pinned", f"Asked for by the clinician{f': {reason}' if reason else ''}.", [fact])
            obstacle = self.obstacle(exercise, despite_precaution=True)
            if obstacle is None:
                adjusting = self.against[exercise.id].reasons if exercise.id in self.against else []
                self._choose(exercise, None, [because, *adjusting])
            else:
                self._instead_of_unearned(exercise, obstacle, [because])

    def _prescribed(self) -> None:
        items = sorted(self.recommendations.prescribe, key=lambda one: (
            BLOCKS.index(one.what.block or self.exercises[one.what.prescribe].block),
            PRIORITIES.index(one.what.priority), one.what.prescribe, one.because.rule,
        ))  # fmt: skip
        for group in grouped(items, lambda one: one.what.prescribe):
            exercise, what = self.exercises[group[0].what.prescribe], group[0].what
            obstacle = self.obstacle(exercise)
            if obstacle is not None:
                self._instead_of_unearned(exercise, obstacle, reasons(group))
            elif self._fits(exercise, what.block or exercise.block, what.goal, what.dosage, what.prescribe):
                choice = self._choose(exercise, what.block, reasons(group), goal=what.goal, override=what.dosage)
                choice.sides |= {one.what.side for one in group}
                choice.targets |= {one.what.target for one in group if one.what.target}

    def _instead_of_unearned(self, exercise: Exercise, obstacle: Obstacle, because: Sequence[Because]) -> None:
        """Set aside what cannot be used; where it is only not earned yet, the nearest earned rung stands in."""
        self._put_aside(exercise, obstacle)
        if obstacle.gate and (rung := self._rung(exercise)) is not None and self._fits(rung, rung.block, None, None, rung.id):
            self._choose(rung, None, [*because, self._stands_in(exercise)])

    def _stands_in(self, exercise: Exercise) -> Because:
        earn = " ".join(gate.earn for gate in exercise.gates)
        return self.situation.own_reason("rung", f"Stands in until the {exercise.name.lower()} is earned. {earn}")

    def _targets(self) -> None:
        for want in wants(self.recommendations):
            serving = [choice for choice in self.result.choices.values() if want.target in choice.exercise.targets.direct]
            if not serving:
                serving = list(filter(None, [self._first_for(want)]))
            for choice in serving[:1]:
                choice.targets.add(want.target)
                choice.sides |= want.sides
                choice.add(want.because)

    def _first_for(self, want: Want) -> Choice | None:
        candidates = self._candidates(want)
        obstacles = {exercise.id: self.obstacle(exercise) for exercise in candidates}
        for exercise in candidates:
            found = obstacles[exercise.id]
            if found is not None and (found.gate or (found.kept_out and not found.kept_out.is_veto)):
                self._put_aside(exercise, found, want.target)
        usable = [exercise for exercise in candidates if obstacles[exercise.id] is None]
        cautious = [exercise for exercise in candidates if self.obstacle(exercise, despite_precaution=True) is None]
        for exercise in usable or cautious:  # a precaution yields where nothing else covers the target
            if self._fits(exercise, exercise.block, want.goal, None, want.target):
                adjusting = self.against[exercise.id].reasons if exercise.id in self.against else []
                return self._choose(exercise, None, adjusting, goal=want.goal)
            return None
        self.result.set_aside.append(SetAside(target=want.target, reason=self._none_usable(obstacles), because=want.because))
        return None

    def _candidates(self, want: Want) -> list[Exercise]:
        """The rule's own options in their order, then the library's: what the runner does already first, then the simplest."""
        options = [self.exercises[name] for name in want.options]
        serving = [e for e in self.exercises.values() if want.target in e.targets.direct and e.id not in want.options]
        serving.sort(key=lambda e: (e.id not in self.situation.current, e.demand("skill"), e.demand("heavy_load"), e.id))
        return options + serving

    def _none_usable(self, obstacles: dict[str, Obstacle | None]) -> str:
        texts = [f"{self.exercises[name].name}: {found.text}" for name, found in obstacles.items() if found is not None]
        return "no exercise for it can be used" + (f" ({'; '.join(texts[:3])})" if texts else "")

    def _fits(self, exercise: Exercise, block: str, goal: str | None, override: Dosage | None, name: str) -> bool:
        """Is there room for it: few exercises a session, and the minutes at hand? Where not, that is set aside by name."""
        if exercise.id in self.result.choices:
            return True
        main = sum(choice.block in MAIN_BLOCKS for choice in self.result.choices.values())
        limit = self.situation.number("minutes_per_session")
        reason = ""
        if len(self.result.choices) >= MAX_IN_SESSION or (block in MAIN_BLOCKS and main >= MAX_MAIN):
            reason = f"left out to keep the plan small: at most {MAX_MAIN} exercises besides the warm-up"
        elif limit is not None and self._minutes() + self._minutes_of(exercise, goal, override) > limit:
            reason = f"does not fit into {limit.normalize():f} minutes"
        if reason:
            is_target = name in self.situation.program.vocabulary.terms.get("targets", {})
            self.result.set_aside.append(SetAside(target=name, reason=reason) if is_target else SetAside(exercise=exercise.id, reason=reason))
        return not reason

    def _minutes(self) -> Decimal:
        return sum((self._minutes_of(c.exercise, c.goal, c.override) for c in self.result.choices.values()), Decimal(0))

    def _minutes_of(self, exercise: Exercise, goal: str | None, override: Dosage | None) -> Decimal:
        return minutes(exercise, dose(self.situation, exercise, goal, override)[0])

    # --- what stays out --------------------------------------------------------------------------------------------------

    def _put_aside(self, exercise: Exercise, obstacle: Obstacle, target: str = "") -> None:
        self.result.set_aside.append(SetAside(exercise=exercise.id, reason=obstacle.text, because=obstacle.because))
        if obstacle.gate:
            self.result.unearned.setdefault(exercise.id, set()).update({target} - {""})

    def _swaps(self) -> None:
        """What the runner does already, or a rule or the clinician asks for, but something speaks against."""
        asked = {one.what.prescribe for one in self.recommendations.prescribe} | self.situation.names("pinned_exercise")
        for name in sorted((self.situation.current | asked) & set(self.against)):
            entry = self.against[name]
            if entry.level == "banned" or name in self.result.choices:
                continue
            stand_in, keeps, loses = self._stand_in(entry)
            if stand_in is None and entry.level == "preference":
                tried = ", ".join(dict.fromkeys(option for avoid in entry.avoids for option in avoid.instead))
                reason = f"stays for now: no replacement can be used{f' ({tried})' if tried else ''}"
                self.result.set_aside.append(SetAside(exercise=name, reason=reason, because=tuple(entry.reasons)))
                continue
            level = "contraindication" if entry.is_veto else entry.level
            instead = stand_in.id if stand_in else None
            made = SwapMade(avoid=name, instead=instead, level=level, keeps=keeps, loses=loses, because=tuple(entry.reasons))
            self.result.swaps.append(made)
            if stand_in is not None:
                block = self.exercises[name].block
                self._choose(stand_in, block if block in stand_in.blocks else None, entry.reasons)

    def _stand_in(self, entry: KeptOut) -> tuple[Exercise | None, str, str]:
        """The first replacement that nothing speaks against, with what it keeps and loses."""
        for avoid in entry.avoids:
            for name in avoid.instead:
                if self.obstacle(self.exercises[name]) is None:
                    keeps, loses = self._keeps_and_loses(entry.exercise, self.exercises[name])
                    return self.exercises[name], keeps or avoid.keeps, loses or avoid.loses
        return None, "", ""

    def _keeps_and_loses(self, avoided: str, stand_in: Exercise) -> tuple[str, str]:
        for swap in stand_in.swaps:
            if swap["for"] == avoided:
                return swap["keeps"], swap["loses"]
        return "", ""

    def _also_kept_out(self) -> None:
        """Exercises that a rule names and keeps out, though nobody asked for them: said, with the gate where there is one."""
        told = {swap.avoid for swap in self.result.swaps} | {item.exercise for item in self.result.set_aside}
        for name, entry in sorted(self.against.items()):
            named = any(avoid.avoid == name for avoid in entry.avoids) or entry.level == "banned"
            if not named or name in told or name in self.result.choices:
                continue
            exercise = self.exercises[name]
            gate = "; ".join(g.earn for g in exercise.gates) if exercise.gates and name not in self.earned else ""
            text = _kept_out_text(entry) + (f"; not earned yet: {gate}" if gate else "")
            self._put_aside(exercise, Obstacle(text, tuple(entry.reasons), gate=bool(gate)))


def wants(recommendations: Recommendations) -> list[Want]:
    """The targets, merged, the most important first."""
    return sorted(_wants(recommendations), key=lambda one: (PRIORITIES.index(one.priority), one.target))


def _wants(recommendations: Recommendations) -> Iterator[Want]:
    for group in grouped(recommendations.train, lambda one: one.what.target):
        ordered: list[Recommendation] = sorted(group, key=lambda one: (PRIORITIES.index(one.what.priority), one.because.rule))
        options = dict.fromkeys(option for one in ordered for option in one.what.options)
        goal = next((one.what.goal for one in ordered if one.what.goal), None)
        sides = frozenset(one.what.side for one in ordered)
        yield Want(ordered[0].what.target, ordered[0].what.priority, sides, goal, tuple(options), reasons(ordered))


def _kept_out_text(entry: KeptOut) -> str:
    words = {
        "referral": "stopped until the referral is settled",
        "contraindication": "ruled out",
        "banned": "ruled out by the clinician",
        "precaution": "held back as a precaution",
        "preference": "another exercise suits better",
    }
    return words[entry.level]


def _unique(items: Iterable[SetAside]) -> list[SetAside]:
    """One entry an exercise or target, the first reason kept, sorted by name."""
    first: dict[tuple[str, str], SetAside] = {}
    for item in items:
        first.setdefault((item.exercise or "", item.target or ""), item)
    return [first[key] for key in sorted(first)]
