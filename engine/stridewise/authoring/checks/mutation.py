"""Would the cases notice? Each rule is broken in small ways, one at a time; a mutant that passes every case shows what no
case looks at."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from stridewise.authoring.checks.finding import Subject
from stridewise.authoring.expected import failures_before_planning
from stridewise.authoring.trial import Trial, run_case
from stridewise.documents.located import line_of
from stridewise.documents.units import show
from stridewise.inference.engine import compiled_stratum, durable_matcher, infer, reference_matcher
from stridewise.language.condition import Condition, Conditions, OneOf, Test, Variable, Within
from stridewise.language.rule import Prescribe, Rule, Template, read_template, used_variables
from stridewise.language.vocabulary import BOTH, Place, Vocabulary
from stridewise.program.program import Program
from stridewise.program.strata import Suppliers

COMPILED = (compiled_stratum, durable_matcher, reference_matcher)  # each of one stratum alone


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule broken in one way."""

    original: Rule
    rule: Rule
    change: str
    place: Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant and the first case that noticed it; none: it survived."""

    mutant: Mutant
    killed_by: Place | None


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants the cases noticed."""

    verdicts: tuple[Verdict, ...]

    @property
    def survivors(self) -> list[Mutant]:
        return [verdict.mutant for verdict in self.verdicts if verdict.killed_by is None]

    @property
    def percent(self) -> int:
        """Noticed mutants in percent, rounded down: 100 is all of them."""
        noticed = len(self.verdicts) - len(self.survivors)
        return 100 * noticed // len(self.verdicts) if self.verdicts else 100


# --- making mutants --------------------------------------------------------------------------------------------------


def mutants_of(subject: Subject, rule: Rule) -> Iterator[Mutant]:
    """Every way to break a rule that leaves its variables bound."""
    for conditions, change, place in [*_dropped(subject, rule), *_flipped(subject, rule), *_shifted(subject, rule)]:
        used = {name for item in rule.consequents for name in used_variables(item)}
        if used <= conditions.bound:
            yield Mutant(rule, _with(subject.program.vocabulary, rule, conditions), change, place)
    for index in range(len(rule.consequents)):
        left = (*rule.consequents[:index], *rule.consequents[index + 1 :])
        yield Mutant(rule, replace(rule, consequents=left), "consequent removed", subject.place(rule, "then", index))
    for index, item in enumerate(rule.consequents):
        if isinstance(item, Prescribe) and item.wherever_planned is not None:
            alone = (*rule.consequents[:index], replace(item, wherever_planned=None), *rule.consequents[index + 1 :])
            yield Mutant(rule, replace(rule, consequents=alone), "wherever_planned dropped", subject.place(rule, "then", index))


def _with(vocabulary: Vocabulary, rule: Rule, conditions: Conditions) -> Rule:
    """The rule with other conditions. Its texts say the same, without what they can no longer quote."""
    texts = tuple((text, _template(vocabulary, conditions, text)) for text, _ in rule.texts)
    because = _template(vocabulary, conditions, rule.because.text)
    return replace(rule, conditions=conditions, because=because, patient=None, texts=texts)


def _template(vocabulary: Vocabulary, conditions: Conditions, text: str) -> Template:
    try:
        return read_template(vocabulary, conditions, text)
    except ValueError:
        return Template(re.sub(r"\{[^}]*\}", "…", text))


Changed = tuple[Conditions, str, Place]


def _dropped(subject: Subject, rule: Rule) -> Iterator[Changed]:
    """Without one condition, one choice of a group, or one attribute."""
    when = rule.conditions
    for name in ("positives", "absents", "any_of", "at_least"):
        parts = getattr(when, name)
        for index, part in enumerate(parts):
            if name in ("positives", "absents") and _said_twice(subject, when, part):
                continue
            left = replace(when, **{name: (*parts[:index], *parts[index + 1 :])})
            yield left, f"{_DROPPED[name]} dropped", _place(subject, rule, name, index)
    for index, group in enumerate(when.any_of):
        for member in range(len(group) if len(group) > 1 else 0):
            smaller = (*group[:member], *group[member + 1 :])
            yield _replaced(when, "any_of", index, smaller), "choice dropped", _place(subject, rule, "any_of", index, member)
    for name, index, member, condition in _all_conditions(when):
        for field, test in condition.others if name != "positives" or not _said_twice(subject, when, condition) else ():
            if _matters(subject, when, condition, field, test):
                bare = replace(condition, tests=tuple(item for item in condition.tests if item[0] != field))
                change = f'"{field}" dropped'
                yield _exchanged(when, name, index, member, bare), change, _place(subject, rule, name, index, member)


def _said_twice(subject: Subject, when: Conditions, condition: Condition) -> bool:
    """Does the rule say as much without it? Another condition says it too, or it holds already where the only rule fired that
    concludes another one, as the stage before does for a stage. A criterion is read alone, and so repeats what that asks for."""
    given = _given(subject.program, when)
    if condition in when.absents:
        return condition in given.absents
    others = [other for other in when.positives if other is not condition]
    return any(_says_no_more(when, condition, other) for other in (*others, *given.positives))


def _says_no_more(when: Conditions, condition: Condition, other: Condition) -> bool:
    """A value that is only named, for a text, says nothing beside a comparison on it."""
    value = condition.value
    names_only = isinstance(value, Variable) and _uses(when, value.name) == 1 and isinstance(other.value, Within)
    tests = condition.others if names_only else condition.tests
    return condition.kind == other.kind and set(tests) <= set(other.tests)


def _given(program: Program, when: Conditions) -> Conditions:
    """What the conditions rest on, where one rule alone concludes one of them, in the variables that they share."""
    positives: list[Condition] = []
    absents: list[Condition] = []
    for condition in when.positives:
        suppliers = program.suppliers.of(condition) if program.vocabulary.kinds[condition.kind].mode == "derived" else ()
        for rule in suppliers if len(suppliers) == 1 else ():
            shared = {name for field, name in condition.variables if _concludes(rule, condition.kind, field, name)}
            below = _given(program, rule.conditions)
            for known, kept in (
                ((*rule.conditions.positives, *below.positives), positives),
                ((*rule.conditions.absents, *below.absents), absents),
            ):
                kept += [one for one in known if {name for _, name in one.variables} <= shared]
    return Conditions(positives=tuple(positives), absents=tuple(absents))


def _concludes(rule: Rule, kind: str, field: str, variable: str) -> bool:
    return all(dict(item.values).get(field) == Variable(variable) for item in rule.conclusions if item.kind == kind)


def _uses(when: Conditions, name: str) -> int:
    return [variable for condition in when.every() for _, variable in condition.variables].count(name)


def _matters(subject: Subject, when: Conditions, condition: Condition, field: str, test: Test) -> bool:
    """Does an attribute's test keep any fact out? Where it is always said, `any`, a variable of no other use, or a list
    of all but the normal terms keep none."""
    vocabulary = subject.program.vocabulary
    attribute = vocabulary.kinds[condition.kind].attributes[field]
    if attribute.default is None and not _always_said(subject.program, condition.kind, field):
        return True
    if isinstance(test, OneOf):
        terms = vocabulary.terms.get(attribute.type.terms, {}).values()
        expected = {term.name for term in terms if not term.negative} - {BOTH}
        return bool(expected - test.values) or any(vocabulary.is_negative(attribute.type, value) for value in test.values)
    if isinstance(test, Variable):
        return _uses(when, test.name) > 1
    return isinstance(test, Within)


def _always_said(program: Program, kind: str, field: str) -> bool:
    """Does every rule that concludes a kind say this attribute of it? What a profile records need not."""
    said = [dict(item.values) for rule in program.rules for item in rule.conclusions if item.kind == kind]
    return program.vocabulary.kinds[kind].mode == "derived" and all(field in values for values in said)


_DROPPED = {"positives": "condition", "absents": "absent", "any_of": "any_of", "at_least": "at_least"}


def _flipped(subject: Subject, rule: Rule) -> Iterator[Changed]:
    """With a fact asked for that must be absent; with one fact more or fewer of an at_least group."""
    when = rule.conditions
    for index, condition in enumerate(when.absents):
        absents = (*when.absents[:index], *when.absents[index + 1 :])
        flipped = replace(when, positives=(*when.positives, condition), absents=absents)
        yield flipped, "absent turned into a condition", _place(subject, rule, "absents", index)
    for index, (number, group) in enumerate(when.at_least):
        for other in (number - 1, number + 1):
            if 1 <= other <= len(group):
                changed = _replaced(when, "at_least", index, (other, group))
                yield changed, f"at_least {number} made {other}", _place(subject, rule, "at_least", index)


def _shifted(subject: Subject, rule: Rule) -> Iterator[Changed]:
    """With a number moved just across: its own value let in or out, and one step beyond that."""
    for name, index, member, condition in _all_conditions(rule.conditions):
        for field, test in condition.tests:
            for other, change in _shifts(test):
                tests = tuple((key, other if key == field else old) for key, old in condition.tests)
                changed = _exchanged(rule.conditions, name, index, member, replace(condition, tests=tests))
                yield changed, change, _place(subject, rule, name, index, member)


def _shifts(test: Test) -> Iterator[tuple[Test, str]]:
    if not isinstance(test, Within):
        return
    for end, outward in (("low", -1), ("high", 1)):
        value: Decimal | None = getattr(test, end)
        if value is None:
            continue
        shift = -outward if test.open_ends else outward
        moved = value + shift * _step(value)
        if test.low is None or test.high is None:
            out = "let in" if test.open_ends else "kept out"
            yield replace(test, open_ends=not test.open_ends), f"{show(value)} itself {out}"
        else:
            yield _narrowed(test, end), f"{show(value)} itself kept out"
        if (other := _moved(test, end, moved)) is not None:
            yield other, f"{show(value)} made {show(moved)}"


def _narrowed(test: Within, end: str) -> Within:
    """A range without its last value on one side: a hundredth inward."""
    inward = Decimal("0.01") if end == "low" else Decimal("-0.01")
    return _with_end(test, end, getattr(test, end) + inward)


def _moved(test: Within, end: str, value: Decimal) -> Within | None:
    other = _with_end(test, end, value)
    return other if other.low is None or other.high is None or other.low <= other.high else None


def _with_end(test: Within, end: str, value: Decimal) -> Within:
    return replace(test, low=value) if end == "low" else replace(test, high=value)


def _step(value: Decimal) -> Decimal:
    """One in the last digit: 1 for 64, 0.1 for 2.5."""
    exponent = value.as_tuple().exponent
    return Decimal(10) ** min(0, exponent if isinstance(exponent, int) else 0)


def _all_conditions(when: Conditions) -> Iterator[tuple[str, int, int, Condition]]:
    """Every condition with where it is: the part, its place in it, and in the group."""
    for name in ("positives", "absents"):
        yield from ((name, index, -1, condition) for index, condition in enumerate(getattr(when, name)))
    for index, group in enumerate(when.any_of):
        yield from (("any_of", index, member, condition) for member, condition in enumerate(group))
    for index, (_, group) in enumerate(when.at_least):
        yield from (("at_least", index, member, condition) for member, condition in enumerate(group))


def _exchanged(when: Conditions, name: str, index: int, member: int, condition: Condition) -> Conditions:
    old: Any = getattr(when, name)[index]
    if name == "at_least":
        number, group = old
        return _replaced(when, name, index, (number, (*group[:member], condition, *group[member + 1 :])))
    if name == "any_of":
        return _replaced(when, name, index, (*old[:member], condition, *old[member + 1 :]))
    return _replaced(when, name, index, condition)


def _replaced(when: Conditions, name: str, index: int, item: Any) -> Conditions:
    parts = getattr(when, name)
    return replace(when, **{name: (*parts[:index], item, *parts[index + 1 :])})


_KEYS = {"absents": "absent", "any_of": "any_of", "at_least": "at_least"}


def _place(subject: Subject, rule: Rule, name: str, index: int, member: int = -1) -> Place:
    """The line of a condition: the index-th entry of its sort in `when`."""
    if rule.id not in subject.written:  # of a stage, which is where it stands
        return rule.place
    node = subject.written[rule.id].node
    of_sort = [i for i, entry in enumerate(node["when"]) if _sort(entry) == name]
    steps: list[str | int] = ["when", of_sort[index]]
    if member >= 0:
        steps += ["any_of" if name == "any_of" else "of", member]
    return Place(rule.place.path, line_of(node, *steps))


def _sort(entry: Any) -> str:
    return next((name for name, key in _KEYS.items() if key in entry), "positives")


# --- running them ----------------------------------------------------------------------------------------------------


def mutate(subject: Subject) -> Score:
    """Every mutant of the checked packs against the cases of its pack: those that name its rule first."""
    verdicts = []
    for rule in subject.rules:
        own = [trial for trial in subject.trials if trial.case.pack == rule.pack and not trial.failures]
        ordered = sorted(own, key=lambda trial: rule.id not in trial.fires | trial.silent)
        verdicts += [_judge(subject.program, mutant, ordered) for mutant in mutants_of(subject, rule)]
    return Score(tuple(verdicts))


def _judge(program: Program, mutant: Mutant, trials: Sequence[Trial]) -> Verdict:
    changed = exchanged(program, mutant)
    alone = replace(program, strata=((mutant.rule,),), cache={})
    touched = [trial for trial in trials if _differs(alone, mutant, trial)]
    for fails in (_fails_before_planning, _fails):  # the first is quick, and notices most
        for trial in touched:
            if fails(changed, trial):
                return Verdict(mutant, trial.case.place)
    return Verdict(mutant, None)


def _fails_before_planning(changed: Program, trial: Trial) -> bool:
    return trial.session is not None and bool(
        failures_before_planning(changed, trial.case.shape.expect, trial.session.situation.intake)
    )


def _fails(changed: Program, trial: Trial) -> bool:
    return bool(run_case(changed, trial.case, "reference").failures)


def exchanged(program: Program, mutant: Mutant) -> Program:
    """The program with the mutant in place of its rule. Breaking a rule adds no dependency, so the strata stay; what was
    compiled of the others is kept, all else is worked out again."""
    strata = tuple(tuple(_swap(stratum, mutant)) for stratum in program.strata)
    number = next(n for n, stratum in enumerate(program.strata) if mutant.original in stratum)
    kept = {key: value for key, value in program.cache.items() if key[0] in COMPILED and key[1] != number}
    return replace(program, strata=strata, suppliers=Suppliers(r for stratum in strata for r in stratum), cache=kept)


def _swap(stratum: Iterable[Rule], mutant: Mutant) -> Iterator[Rule]:
    return (mutant.rule if rule is mutant.original else rule for rule in stratum)


def _differs(alone: Program, mutant: Mutant, trial: Trial) -> bool:
    """Can the case notice the mutant at all? Where it fires for the same facts, among all that the case's session came to know,
    it changes no conclusion and so no plan. Asking it alone is quick."""
    if trial.session is None:
        return True
    memory = trial.session.situation.memory
    before = [fired.identity for fired in memory.activations if fired.rule.id == mutant.original.id]
    after = [fired.identity for fired in infer(alone, tuple(memory.facts), memory.answered, "reference").memory.activations]
    return after != before or (bool(before) and mutant.rule.consequents != mutant.original.consequents)
