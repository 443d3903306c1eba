"""What was not recorded and matters: what an item assumes, and which questions could change the plan. Unknown is not false."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition import Condition, OneOf, Variable
from stridewise.language.fact import UNKNOWN
from stridewise.language.rule import Rule
from stridewise.language.traits import NEVER
from stridewise.language.translation import say
from stridewise.language.vocabulary import Kind, Value, Vocabulary
from stridewise.plan.model import Missing
from stridewise.planning.choice import Selection
from stridewise.planning.concerns import Concerns
from stridewise.planning.pathways import OpenCriterion, Standing, open_criteria
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import Recommendations

Unknown = tuple[str, Value | None]  # kind and, where the condition names one, value
MOST_NAMED = 4  # values that a question names
MAX_DEPTH = 6
FIRST = ("safety_screen", "red_flag", "par_q", "age")  # asked before all else


class Unknowns:
    """Looks for rules that failed only for lack of a fact. Many items rest on the same rules, and many rules wait for the same
    ones: each is looked at once a plan."""

    def __init__(self, program: Program, memory: WorkingMemory) -> None:
        self.program = program
        self.memory = memory
        self.concerns = Concerns(program.vocabulary, memory)
        self.known: dict[tuple[str, int], frozenset[Unknown] | None] = {}
        self.assumed: dict[str, frozenset[Unknown]] = {}

    def lacking(self, rule: Rule, depth: int = 0) -> frozenset[Unknown] | None:
        """The facts whose absence from the record kept a rule from firing; None where it failed on what is known.

        Conditions are looked at one by one; joins between them are not."""
        if (rule.id, depth) not in self.known:
            self.known[rule.id, depth] = self._lacking(rule, depth)
        return self.known[rule.id, depth]

    def _lacking(self, rule: Rule, depth: int) -> frozenset[Unknown] | None:
        conditions = rule.conditions
        found: set[Unknown] = set()
        for number, group in conditions.groups():
            open_ones = [condition for condition in group if not self._holds(condition)]
            missing_ones = number - (len(group) - len(open_ones))
            if missing_ones <= 0:
                continue
            unknown = [u for condition in open_ones if (u := self._unknown(condition, depth)) is not None]
            if len(unknown) < missing_ones:
                return None
            found.update(*unknown)
        if any(self._holds(condition) for condition in conditions.absents):
            return None
        return frozenset(found)

    def _holds(self, condition: Condition) -> bool:
        return self.memory.has(condition, {})

    def _unknown(self, condition: Condition, depth: int) -> frozenset[Unknown] | None:
        """What would have to be recorded for a condition to hold; None where the record says it does not."""
        kind = self.program.vocabulary.kinds[condition.kind]
        if kind.mode == "derived":
            if depth >= MAX_DEPTH:
                return None
            parts = [found for rule in self.program.suppliers.of(condition) if (found := self.lacking(rule, depth + 1))]
            return frozenset().union(*parts) if parts else None
        if kind.mode == "closed" and kind.name in self.memory.answered:
            return None
        test = condition.value
        if kind.mode == "computed" and self.memory.by_kind.get(condition.kind):
            return None  # one answer is on record, and it is another one
        if isinstance(test, OneOf):
            unrecorded = test.values - self.memory.values(condition.kind)
            return frozenset((condition.kind, value) for value in unrecorded) or None
        return None if self.memory.by_kind.get(condition.kind) else frozenset({(condition.kind, None)})

    def assumed_by(self, rule: Rule) -> frozenset[Unknown]:
        """What a fired rule takes for granted: facts that could have concluded what it found absent."""
        if rule.id not in self.assumed:
            self.assumed[rule.id] = frozenset(filter(self._could_be, set(self._assumed_by(rule))))
        return self.assumed[rule.id]

    def _assumed_by(self, rule: Rule) -> Iterator[Unknown]:
        for condition in rule.conditions.absents:
            for supplier in self.program.suppliers.of(condition):
                yield from self.lacking(supplier) or ()

    def _could_be(self, unknown: Unknown) -> bool:
        """Could it be true of this runner? A man is not taken as not being pregnant."""
        kind, value = unknown
        return self.concerns.kind(kind) and (value is None or self.concerns.term(kind, value))


def assumptions(situation: Situation, unknowns: Unknowns, rules: Iterable[str]) -> tuple[str, ...]:
    """What the rules behind an item take for granted, in words."""
    by_kind: dict[str, set[Value | None]] = defaultdict(set)
    for rule in filter(None, map(situation.program.rule, rules)):
        for kind_name, value in unknowns.assumed_by(rule):
            by_kind[kind_name].add(value)
    told = (what for item in by_kind.items() for what in _spoken(situation.program.vocabulary, *item))
    return tuple(sorted(say("{what} not recorded", what=what) for what in told))


def _spoken(vocabulary: Vocabulary, kind_name: str, values: set[Value | None]) -> Iterator[str]:
    """Each value for a reader, as "skill: goblet squat"; of many the kind alone."""
    kind = vocabulary.kinds[kind_name]
    if len(values) > MOST_NAMED:
        yield kind.spoken or say(kind_name.replace("_", " "))
        return
    for value in values:
        yield say(kind_name.replace("_", " ")) if value is None else kind.telling(vocabulary.show_value(kind.type, value))


def missing(
    situation: Situation,
    unknowns: Unknowns,
    recommendations: Recommendations,
    selection: Selection,
    stopped: Stopped,
    held: Sequence[Standing],
) -> tuple[Missing, ...]:
    """Questions worth asking: the safety screen first, then what the next stages of pathways ask for, then what assumptions rest
    on and untested gates. None asks for a test that is stopped."""
    could_change: dict[Unknown, set[str]] = defaultdict(set)
    for name in ("train", "prescribe", "avoid", "warn", "adjust", "refer"):
        for one in getattr(recommendations, name):
            for unknown in unknowns.assumed_by(one.rule):
                could_change[unknown].add(one.rule.id)
    gates = _gates(situation.program)
    for exercise in selection.unearned:
        for unknown in (unknowns.lacking(gates[exercise]) if exercise in gates else None) or ():
            could_change[unknown].add(exercise)
    for kind in ("safety_screen", "age"):
        if not situation.memory.by_kind.get(kind) and kind in situation.program.vocabulary.kinds:
            could_change[kind, None].add("every exercise")
    by_kind: dict[str, dict[Value | None, set[str]]] = defaultdict(dict)
    for (kind_name, value), changed in could_change.items():
        by_kind[kind_name][value] = changed
    kinds = situation.program.vocabulary.kinds
    stages = _of_stages(situation, open_criteria(held, situation, stopped), by_kind)
    asked = [
        item
        for item in by_kind.items()
        if _is_asked(kinds[item[0]]) and not stopped.asks_too_much(kinds[item[0]].demands) and not _is_answered(situation, *item)
    ]
    ordered = sorted(asked, key=lambda item: (_order(item[0]), item[0]))
    usual = [(_order(kind_name), _missing(situation, kind_name, values)) for kind_name, values in ordered]
    first = len([one for order, one in usual if order < len(FIRST)])
    return (*(one for _, one in usual[:first]), *stages, *(one for _, one in usual[first:]))


def _of_stages(
    situation: Situation, criteria: Iterable[OpenCriterion], by_kind: dict[str, dict[Value | None, set[str]]]
) -> list[Missing]:
    """The questions of the criteria that are not known. A test is asked for once, in their words."""
    kinds = situation.program.vocabulary.kinds
    told = []
    for criterion in criteria:
        condition = criterion.condition
        test = condition.value
        named = next(iter(test.values)) if isinstance(test, OneOf) and len(test.values) == 1 else UNKNOWN
        could_change = {criterion.opens}
        if kinds[condition.kind].type.is_number:
            could_change |= set().union(*by_kind.pop(condition.kind, {}).values())
        told.append(Missing(fact={condition.kind: named}, question=criterion.question, could_change=tuple(sorted(could_change))))
    return told


def _is_asked(kind: Kind) -> bool:
    """Is it a question of its own? What the vocabulary never asks, a criterion of a stage may; a number worked out from another
    answer asks for that one."""
    return kind.mode == "computed" or kind.traits.asked != NEVER


def _is_answered(situation: Situation, kind_name: str, values: dict[Value | None, set[str]]) -> bool:
    """Is something of the kind on record, and the question not about a few values by name?"""
    return len(values) > MOST_NAMED and bool(situation.memory.by_kind.get(kind_name))


@once
def _gates(program: Program) -> dict[Value | Variable, Rule]:
    """Exercise → the rule that says when it is earned."""
    found = [(item, rule) for rule in program.rules for item in rule.conclusions[:1] if item.kind == "earned"]
    return {item.values[0][1]: rule for item, rule in found}


def _order(kind_name: str) -> int:
    return FIRST.index(kind_name) if kind_name in FIRST else len(FIRST)


def _missing(situation: Situation, kind_name: str, values: dict[Value | None, set[str]]) -> Missing:
    """One question a kind, naming the values that matter where there are few."""
    vocabulary = situation.program.vocabulary
    kind = vocabulary.kinds[kind_name]
    named = sorted(vocabulary.show_value(kind.type, value) for value in values if value is not None)
    about = f" {say('Above all: {values}.', values=', '.join(named))}" if 0 < len(named) <= MOST_NAMED else ""
    only = next(iter(values)) if len(values) == 1 else None
    return Missing(
        fact={kind_name: UNKNOWN if only is None else only},
        question=(say(kind.question) or say("Is there {what} to record?", what=say(kind_name.replace("_", " ")))) + about,
        could_change=tuple(sorted(set().union(*values.values()))),
    )
