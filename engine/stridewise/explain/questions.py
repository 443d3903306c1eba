"""What was not recorded: the questions whose answers a rule or planning would read, each with the answers worth trying, in the
groups in which a clinician would ask them. Of whom a kind or a term is asked, and where, the vocabulary says."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stridewise.documents.sentences import capitalised
from stridewise.explain.edits.changes import AddFact, Change, Describe, SetPath
from stridewise.explain.edits.entries import LIST_OF, PATHS, RACE, days_ahead
from stridewise.explain.intervals import intervals
from stridewise.inference.evaluation import FAILS, Evaluation
from stridewise.language.condition import Condition, OneOf
from stridewise.language.fact import VALUE, Fact, show_fact
from stridewise.language.traits import EVERYDAY, EXAMINATION, HISTORY, NEVER, SAFETY, UNRANKED
from stridewise.language.vocabulary import Attribute, Kind, Value, ValueType
from stridewise.planning.concerns import Concerns
from stridewise.planning.pathways import open_criteria, standings
from stridewise.profile.facts import SINGLE_VALUED
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

GROUPS = (SAFETY, EVERYDAY, HISTORY, EXAMINATION)
WEEK_DAY = "training_day"  # a profile gives a whole week of them
A_WEEK = {"tue": "intervals", "thu": "tempo", "sun": "long"}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One open question: its kind, the words, the group it is asked in, its rank there, and (answer in words, change) pairs."""

    name: str
    question: str
    group: str
    rank: int
    answers: tuple[tuple[str, Change], ...]
    opens: bool = False  # the next stage of a pathway waits for the answer

    @property
    def safety(self) -> bool:
        return self.group == SAFETY


def open_questions(session: Session) -> list[OpenQuestion]:
    """Every question that a rule or planning could use an answer to, by group; ranked ones first."""
    questions = [*_KindQuestions(session).run(), *_of_attributes(session)]
    return sorted(questions, key=lambda question: (GROUPS.index(question.group), question.rank, question.name))


class _KindQuestions:
    """Kinds about which something was not recorded, with the values that rules name or planning looks at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.vocabulary = session.situation.program.vocabulary
        self.memory = session.situation.memory
        self.evaluation = Evaluation(session.situation.program, self.memory)
        self.concerns = Concerns(self.vocabulary, self.memory)
        self.of_stages = _asked_by_stages(session)
        self.open_rules = [rule for rule in session.situation.program.rules if self.evaluation.could_fire(rule)]

    def run(self) -> Iterator[OpenQuestion]:
        for kind in self.vocabulary.kinds.values():
            if self._is_open(kind) and (answers := tuple(self._answers(kind))):
                opens = (kind.name, VALUE) in self.of_stages
                yield OpenQuestion(kind.name, self._question(kind), self._group(kind), kind.traits.asked_rank, answers, opens)

    def _question(self, kind: Kind) -> str:
        """In the words of the kind, a further one where something of it is recorded; of a number, as a stage asks for it."""
        traits, own = kind.traits, self.of_stages.get((kind.name, VALUE))
        if own and kind.type.is_number:
            return own[0]
        plain = traits.question_first or kind.question or f"Is there {kind.name.replace('_', ' ')} to record?"
        return (traits.question_further or plain) if self._is_recorded(kind) else plain

    def _is_recorded(self, kind: Kind) -> bool:
        return bool(self.memory.by_kind.get(kind.name))

    def _is_open(self, kind: Kind) -> bool:
        name = kind.name
        if kind.mode == "derived" or kind.traits.asked == NEVER or (kind.mode == "closed" and name in self.memory.answered):
            return False
        if (kind.type.is_number or name in SINGLE_VALUED or name == WEEK_DAY) and self._is_recorded(kind):
            return False
        is_in_profiles = kind.mode != "computed" or name in PATHS or name == WEEK_DAY
        return is_in_profiles and self.concerns.kind(name)

    def _group(self, kind: Kind) -> str:
        further = kind.traits.further_asked if self._is_recorded(kind) else None
        return further or kind.traits.asked

    # --- answers -----------------------------------------------------------------------------------------------------

    def _answers(self, kind: Kind) -> Iterator[tuple[str, Change]]:
        if kind.name == WEEK_DAY:
            yield "key runs on Tuesday and Thursday, a long run on Sunday", SetPath("training.week", dict(A_WEEK))
        elif kind.traits.answers:
            yield from ((example.answer, AddFact(dict(example.states))) for example in kind.traits.answers)
        elif kind.type.is_number:
            tests = (test for condition in self._conditions(kind.name) for _, test in condition.tests)
            yield from ((words, self._recorded(kind, number)) for number, words in intervals(kind.type, tests))
        else:
            yield from self._terms(kind)

    def _terms(self, kind: Kind) -> Iterator[tuple[str, Change]]:
        values = self._values(kind)
        path = LIST_OF.get(kind.name, "")
        if path and not self._is_recorded(kind):
            yield "none", SetPath(path, [])
        for value in values:
            yield self.vocabulary.show_value(kind.type, value), self._recorded(kind, value)
        if kind.name == "equipment":
            yield "all that a gym has", SetPath(path, values)

    def _values(self, kind: Kind) -> list[Value]:
        """The values that open rules name; of equipment, what exercises need."""
        recorded = {fact.value for fact in self.memory.by_kind.get(kind.name, ())}
        named = {value for condition in self._conditions(kind.name) for value in condition.constants or ()}
        if kind.name == "equipment":
            exercises = self.session.situation.program.exercises.values()
            named |= {item for exercise in exercises for choice in exercise.equipment for item in choice}
        return sorted((value for value in named - recorded if self._fits(kind, value)), key=str)

    def _fits(self, kind: Kind, value: Value) -> bool:
        """Could it be said of this runner?"""
        term = self.vocabulary.term(kind.name, value)
        if term is None:
            return True
        return kind.name not in term.traits.not_asked_as and self.concerns.term(kind.name, value)

    def _recorded(self, kind: Kind, value: Value) -> Change:
        if kind.name in RACE and isinstance(value, Decimal):
            return SetPath("race.date", days_ahead(self.session.situation.intake.as_of, value * 7))
        mastered = {name: part.mastered for name, part in kind.attributes.items() if part.mastered is not None}
        return AddFact({kind.name: value, **mastered})

    def _conditions(self, kind: str) -> Iterator[Condition]:
        """The conditions on a kind in rules that nothing on record speaks against."""
        for rule in self.open_rules:
            for condition in rule.conditions.every():
                if condition.kind == kind and self.evaluation.state(condition) != FAILS:
                    yield condition


def _asked_by_stages(session: Session) -> dict[tuple[str, str], tuple[str, Condition]]:
    """The questions of criteria that are not known, by kind and field, each with its condition."""
    found = open_criteria(standings(session.situation), session.situation)
    return {(one.condition.kind, one.field): (one.question, one.condition) for one in reversed(found)}


def _of_attributes(session: Session) -> Iterator[OpenQuestion]:
    """Recorded findings with something left open that a rule reads: how much it hurts, of which tissue it is."""
    vocabulary, of_stages = session.situation.program.vocabulary, _asked_by_stages(session)
    for fact in merge_sides([f for f in session.situation.intake.facts if f.places], lambda fact: fact.places):
        kind = vocabulary.kinds[fact.kind]
        group = kind.traits.asked
        for name, attribute in kind.attributes.items():
            if group != NEVER and _is_open(fact, name) and (answers := tuple(_described(session, fact, name, attribute.type))):
                asked = of_stages.get((kind.name, name))
                is_meant = asked is not None and asked[1].value.accepts(fact.value)
                question = asked[0] if asked and is_meant else _left_open(show_fact(vocabulary, fact), attribute)
                yield OpenQuestion(f"{kind.name}.{name} {fact.value}", question, group, UNRANKED, answers)


def _left_open(shown: str, attribute: Attribute) -> str:
    """The question about what a recorded fact leaves open: "Pain (low back): for how many weeks?"."""
    what, _, of = shown.partition(", ")[0].partition(": ")
    asked = attribute.question or f"{attribute.name.replace('_', ' ')}?"
    return f"{capitalised(f'{what} ({of})' if of else what)}: {asked}"


def _is_open(fact: Fact, name: str) -> bool:
    return name != "side" and (fact.get(name) is None or (name == "tissue" and name in fact.assumed))


def _described(session: Session, fact: Fact, name: str, type_: ValueType) -> Iterator[tuple[str, Change]]:
    vocabulary = session.situation.program.vocabulary
    tests = [
        dict(c.tests).get(name)
        for rule in session.situation.program.rules
        for c in rule.conditions.every()
        if c.kind == fact.kind and (c.constants is None or fact.value in c.constants)
    ]
    meant = tuple(
        other
        for other in session.situation.intake.facts
        if other.kind == fact.kind and other.value == fact.value and fact.side in (other.side, "both")
    )
    values = {value: None for test in tests if isinstance(test, OneOf) for value in sorted(test.values, key=str)}
    if not type_.terms and not type_.is_number and values:
        values = {"yes": None, "no": None}
    for value in values:
        yield vocabulary.show_value(type_, value), Describe(meant, name, value)
    for number, words in intervals(type_, tests):
        yield words, Describe(meant, name, number)
