"""What was not recorded: the questions whose answers a rule or planning would read, each with the answers worth trying, in the
groups in which a clinician would ask them."""

from collections.abc import Iterator
from decimal import Decimal

from stridewise.documents.frozen import frozen
from stridewise.explain.edits.changes import AddFact, Change, Describe, SetPath
from stridewise.explain.edits.entries import DISTANCE, PATHS, RACE, days_ahead
from stridewise.explain.evaluation import FAILS, Holding
from stridewise.explain.question_words import put, put_open
from stridewise.explain.stretches import number_tests, stretches
from stridewise.language.condition import Condition, OneOf
from stridewise.language.fact import Fact, show_fact
from stridewise.language.vocabulary import Kind, Value, ValueType
from stridewise.profile.facts import LISTS, SINGLE_VALUED
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

SAFETY, EVERYDAY, HISTORY, EXAMINATION = "safety", "everyday", "history", "examination"
GROUPS = (SAFETY, EVERYDAY, HISTORY, EXAMINATION)
# Asked first and in this order: the screen, what it hangs on, and whether anything hurts.
SAFETY_QUESTIONS = (
    "safety_screen", "red_flag", "par_q", "par_q_yes_to", "age", "pregnancy_weeks", "postpartum_weeks", "postpartum_symptom",
    "pain",
)  # fmt: skip
# What every runner can answer at once: who they are, how they train, what they have.
EVERYDAY_KINDS = frozenset({*SINGLE_VALUED, *LISTS.values(), *DISTANCE, *RACE, "training_day", "terrain", "weeks_since_race"})
# What the runner can tell, and usually answers with no.
HISTORY_KINDS = frozenset({
    "pain", "diagnosis", "condition", "injury", "health", "medication", "symptom", "habit", "plateau", "concern", "asks_about",
})  # fmt: skip
NOT_ASKED = frozenset({
    "cleared_flag", "pinned_exercise", "banned_exercise", "mean_weekly_distance", "weekly_distance_change",
    "weekly_distance_versus_mean", "planned_run_spike", "safety_screen", "days_to_race", "reported_mileage",
})  # fmt: skip
OF_THE_RACE = frozenset({"race_distance", "race_priority"})  # worth asking once there is a race
A_WEEK = {"tue": "intervals", "thu": "tempo", "sun": "long"}
SESSIONS_A_WEEK = (Decimal(1), Decimal(2), Decimal(3))
OLDEST_MOTHER = 60  # years; beyond them nobody is asked about a pregnancy
AFTER_BIRTH = 26  # weeks in which nobody is asked whether she is pregnant again
GROWN_UP = 18
LASTING = frozenset({"osteoporosis", "hypermobility", "knee_osteoarthritis"})  # conditions, not injuries of the past
BIRTH_CONDITIONS = frozenset({"pregnancy", "postpartum"})  # asked as questions of their own
IN_PREGNANCY = frozenset({"fluid_leak", "reduced_fetal_movements", "contractions", "pregnancy_bleeding"})
OF_WOMEN = IN_PREGNANCY | {"missed_periods"}


@frozen
class Open:
    """One open question: its kind, the words, the group it is asked in, and (answer in words, change) pairs."""

    name: str
    question: str
    group: str
    answers: tuple[tuple[str, Change], ...]

    @property
    def safety(self) -> bool:
        return self.group == SAFETY


def open_questions(session: Session) -> list[Open]:
    """Every question that a rule or planning could use an answer to, by group; those of safety in their own order."""
    found = [*_Kinds(session).run(), *_of_attributes(session)]
    return sorted(found, key=lambda one: (GROUPS.index(one.group), _rank(one.name), one.name))


def _rank(name: str) -> int:
    return SAFETY_QUESTIONS.index(name) if name in SAFETY_QUESTIONS else len(SAFETY_QUESTIONS)


class _Kinds:
    """Kinds about which something was not recorded, with the values that rules name or planning looks at."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.vocabulary = session.situation.program.vocabulary
        self.memory = session.situation.memory
        self.holding = Holding(session.situation.program, self.memory)
        self.open_rules = [rule for rule in session.situation.program.rules if self.holding.could_fire(rule)]

    def run(self) -> Iterator[Open]:
        for name, kind in self.vocabulary.kinds.items():
            if self._is_open(kind) and (answers := tuple(self._answers(kind))):
                yield Open(name, self._question(kind), self._group(name), answers)

    def _question(self, kind: Kind) -> str:
        return put(kind, bool(self.memory.by_kind.get(kind.name)))

    def _is_open(self, kind: Kind) -> bool:
        name = kind.name
        if kind.mode == "derived" or name in NOT_ASKED or (kind.mode == "closed" and name in self.memory.answered):
            return False
        if (kind.type.is_number or name in SINGLE_VALUED or name == "training_day") and self.memory.by_kind.get(name):
            return False
        if name in OF_THE_RACE and not self.memory.by_kind.get("weeks_to_race"):
            return False
        return (kind.mode != "computed" or name in PATHS or name == "training_day") and self._concerns(name)

    def _concerns(self, name: str) -> bool:
        """Is it a question for this runner? What follows a birth is asked once there was one."""
        if name == "postpartum_symptom":
            return "postpartum" in self.memory.values("condition")
        if name == "pregnancy_weeks":
            since = self.memory.value("postpartum_weeks")
            return self._may_be_pregnant() and (since is None or since >= AFTER_BIRTH)  # type: ignore[operator]  # a number
        return name != "postpartum_weeks" or ("pregnancy" not in self.memory.values("condition") and self._may_be_pregnant())

    def _may_be_pregnant(self) -> bool:
        age = self.memory.value("age")
        return "male" not in self.memory.values("sex") and (age is None or age < OLDEST_MOTHER)  # type: ignore[operator]  # a number

    def _group(self, name: str) -> str:
        if name in SAFETY_QUESTIONS and (name != "pain" or not self.memory.by_kind.get("pain")):
            return SAFETY
        return EVERYDAY if name in EVERYDAY_KINDS else HISTORY if name in HISTORY_KINDS else EXAMINATION

    # --- answers -----------------------------------------------------------------------------------------------------

    def _answers(self, kind: Kind) -> Iterator[tuple[str, Change]]:
        if kind.name == "training_day":
            yield "key runs on Tuesday and Thursday, a long run on Sunday", SetPath("training.week", dict(A_WEEK))
        elif kind.name == "pregnancy_weeks":
            yield "yes", AddFact({"condition": "pregnancy"})
        elif kind.type.is_number:
            yield from ((words, self._recorded(kind, number)) for number, words in self._numbers(kind))
        else:
            yield from self._terms(kind)

    def _numbers(self, kind: Kind) -> Iterator[tuple[Decimal, str]]:
        tests = number_tests(test for condition in self._conditions(kind.name) for _, test in condition.tests)
        if not tests and kind.name == "sessions_per_week":  # planning reads it, no rule compares it
            return iter((number, str(number)) for number in SESSIONS_A_WEEK)
        return stretches(kind.type, tests)

    def _terms(self, kind: Kind) -> Iterator[tuple[str, Change]]:
        values = self._values(kind)
        path = next((path for path, one in LISTS.items() if one == kind.name), "")
        if path and not self.memory.by_kind.get(kind.name):
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
        if kind.name in ("condition", "diagnosis", "injury") and value in BIRTH_CONDITIONS:
            return False
        if kind.name == "injury" and value in LASTING:
            return False
        if kind.name == "symptom" and value in IN_PREGNANCY:
            return "pregnancy" in self.memory.values("condition")
        age = self.memory.value("age")
        if value == "limp_in_child" and age is not None and age >= GROWN_UP:  # type: ignore[operator]  # a number
            return False
        return value not in OF_WOMEN or self._may_be_pregnant()

    def _recorded(self, kind: Kind, value: Value) -> Change:
        if kind.name in RACE and isinstance(value, Decimal):
            return SetPath("race.date", days_ahead(self.session.situation.intake.as_of, value * 7))
        return AddFact({kind.name: value, "grade": "owned"} if kind.name == "skill" else {kind.name: value})

    def _conditions(self, kind: str) -> Iterator[Condition]:
        """The conditions on a kind in rules that nothing on record speaks against."""
        for rule in self.open_rules:
            for condition in rule.conditions.every():
                if condition.kind == kind and self.holding.state(condition) != FAILS:
                    yield condition


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
                    group = SAFETY if fact.kind == "pain" else HISTORY if fact.kind in HISTORY_KINDS else EXAMINATION
                    yield Open(f"{fact.kind}.{name} {fact.value}", put_open(label, name), group, answers)


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
    for number, words in stretches(type_, number_tests(tests)):
        yield words, Describe(meant, name, number)
