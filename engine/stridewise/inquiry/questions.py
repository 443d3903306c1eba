"""What was not recorded: the questions whose answers some rule would read, each with the answers worth trying."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stridewise.condition import Condition, OneOf, Within
from stridewise.explanation import merge_sides
from stridewise.fact import Fact, show_fact
from stridewise.inquiry.candidates import STEPS
from stridewise.inquiry.changes import AddFact, Change, Describe, SetPath
from stridewise.inquiry.entries import PATHS, RACE, days_ahead
from stridewise.inquiry.holding import FAILS, Holding
from stridewise.intake import LISTS, SINGLE_VALUED
from stridewise.session import Session
from stridewise.units import show
from stridewise.vocabulary import Kind, Value, ValueType

SAFETY_QUESTIONS = ("safety_screen", "red_flag", "par_q", "age", "pregnancy_weeks", "postpartum_weeks")
BIRTH = frozenset({"pregnancy_weeks", "postpartum_weeks", "postpartum_symptom"})
NOT_ASKED = frozenset({
    "cleared_flag", "pinned_exercise", "banned_exercise", "training_day", "mean_weekly_distance", "weekly_distance_change",
    "weekly_distance_versus_mean", "planned_run_spike", "safety_screen", "days_to_race",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Open:
    """One open question: its kind, the words, whether it belongs to the screen, and (answer in words, change) pairs."""

    name: str
    question: str
    safety: bool
    answers: tuple[tuple[str, Change], ...]


def open_questions(session: Session) -> list[Open]:
    """Every question that some rule could use an answer to, in the order of names, the screen first."""
    found = [*_of_kinds(session), *_of_attributes(session)]
    return sorted(found, key=lambda one: (not one.safety, _rank(one.name), one.name))


def _rank(name: str) -> int:
    return SAFETY_QUESTIONS.index(name) if name in SAFETY_QUESTIONS else len(SAFETY_QUESTIONS)


def _of_kinds(session: Session) -> Iterator[Open]:
    """Kinds about which something was not recorded, with the values that rules name."""
    vocabulary, memory = session.situation.program.vocabulary, session.situation.memory
    for name, kind in vocabulary.kinds.items():
        if kind.mode == "derived" or name in NOT_ASKED or (kind.mode == "closed" and name in memory.answered):
            continue
        if (kind.type.is_number or name in SINGLE_VALUED) and memory.by_kind.get(name):
            continue
        if (kind.mode == "computed" and name not in PATHS) or (name in BIRTH and "male" in memory.values("sex")):
            continue
        answers = tuple(_answers(session, kind))
        if answers:
            safety = name in SAFETY_QUESTIONS
            yield Open(name, kind.question or f"Is there {name.replace('_', ' ')} to record?", safety, answers)


def _answers(session: Session, kind: Kind) -> Iterator[tuple[str, Change]]:
    vocabulary = session.situation.program.vocabulary
    conditions = list(_conditions(session, kind.name))
    if kind.type.is_number:
        tests = [test for condition in conditions for _, test in condition.tests if isinstance(test, Within)]
        yield from ((words, _set(session, kind, number)) for number, words in _numbers(kind.type, tests))
        return
    if kind.name in LISTS.values():
        yield "none", SetPath(next(path for path, one in LISTS.items() if one == kind.name), [])
    recorded = {fact.value for fact in session.situation.memory.by_kind.get(kind.name, ())}
    named = {value: None for condition in conditions for value in sorted(condition.constants or (), key=str)}
    for value in sorted(set(named) - recorded, key=str):
        yield vocabulary.show_value(kind.type, value), _set(session, kind, value)


def _set(session: Session, kind: Kind, value: Value) -> Change:
    if kind.name in RACE and isinstance(value, Decimal):
        return SetPath("race.date", days_ahead(session.situation.intake.as_of, value * 7))
    if kind.name in LISTS.values() and kind.name != "red_flag":
        return AddFact({kind.name: value})
    if kind.name == "skill":
        return AddFact({kind.name: value, "grade": "owned"})
    return AddFact({kind.name: value})


def _conditions(session: Session, kind: str) -> Iterator[Condition]:
    """The conditions on a kind in rules that nothing on record speaks against."""
    holding = Holding(session.situation.program, session.situation.memory)
    for rule in session.situation.program.rules:
        mine = [condition for condition in rule.conditions.every() if condition.kind == kind]
        if mine and holding.could_fire(rule):
            yield from (condition for condition in mine if holding.state(condition) != FAILS)


def _numbers(type_: ValueType, tests: list[Within]) -> Iterator[tuple[Decimal, str]]:
    """One number for each stretch between the cut-offs, with the stretch in words."""
    cuts = sorted({bound for test in tests for bound in (test.low, test.high) if bound is not None})
    step = STEPS.get(type_.unit, Decimal(1))
    for index, cut in enumerate(cuts):
        if index == 0 and cut - step >= (type_.minimum or Decimal(0)):
            yield cut - step, f"below {show(cut, type_.unit)}"
        upper = f", below {show(cuts[index + 1], type_.unit)}" if index + 1 < len(cuts) else ""
        inside = cut + step if index + 1 == len(cuts) or cut + step < cuts[index + 1] else cut
        yield inside, f"above {show(cut, type_.unit)}{upper}"


def _of_attributes(session: Session) -> Iterator[Open]:
    """Recorded findings with something left open that a rule reads: how much it hurts, of which tissue it is."""
    vocabulary = session.situation.program.vocabulary
    for fact in merge_sides([f for f in session.situation.intake.facts if f.places], lambda fact: fact.places):
        kind = vocabulary.kinds[fact.kind]
        for name, attribute in kind.attributes.items():
            if name != "side" and _is_open(fact, name):
                answers = tuple(_described(session, fact, name, attribute.type))
                if answers:
                    label = show_fact(vocabulary, fact).split(", ")[0]
                    question = f"{label[:1].upper()}{label[1:]}: {name.replace('_', ' ')}?"
                    yield Open(f"{fact.kind}.{name} {fact.value}", question, fact.kind == "pain", answers)


def _is_open(fact: Fact, name: str) -> bool:
    return fact.get(name) is None or (name == "tissue" and name in fact.assumed)


def _described(session: Session, fact: Fact, name: str, type_: ValueType) -> Iterator[tuple[str, Change]]:
    vocabulary = session.situation.program.vocabulary
    tests = [dict(c.tests).get(name) for rule in session.situation.program.rules for c in rule.conditions.every()
             if c.kind == fact.kind and (c.constants is None or fact.value in c.constants)]  # fmt: skip
    meant = tuple(one for one in session.situation.intake.facts if one.kind == fact.kind and one.value == fact.value
                  and fact.side in (one.side, "both"))  # fmt: skip
    values = {value: None for test in tests if isinstance(test, OneOf) for value in sorted(test.values, key=str)}
    if not type_.terms and not type_.is_number and values:
        values = {"yes": None, "no": None}
    for value in values:
        yield vocabulary.show_value(type_, value), Describe(meant, name, value)
    for number, words in _numbers(type_, [test for test in tests if isinstance(test, Within)]):
        yield words, Describe(meant, name, number)
