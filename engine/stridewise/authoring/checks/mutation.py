"""Would the cases notice? Each rule is broken in small ways, one at a time; a mutant that passes every case shows what no
case looks at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from stridewise.authoring.checks.finding import Subject
from stridewise.authoring.expected import failures_before_planning
from stridewise.authoring.trial import Trial, run_case
from stridewise.documents.units import show
from stridewise.inference.engine import compiled_stratum, durable_matcher, infer, reference_matcher
from stridewise.language.condition import Condition, Conditions, OneOf, Test, Variable, Within
from stridewise.language.rule import Prescribe, Rule, Template, read_template, used_variables
from stridewise.language.vocabulary import BOTH, Place, Vocabulary
from stridewise.program.program import Program
from stridewise.program.strata import Suppliers

Path = tuple[str | int, ...]  # where something stands in a rule or its conditions
_DROPPED = {"positives": "condition", "absents": "absent", "any_of": "any_of", "at_least": "at_least"}
_KEYS = {"absents": "absent", "any_of": "any_of", "at_least": "at_least"}
HUNDREDTH = Decimal("0.01")
COMPILED = (compiled_stratum, durable_matcher, reference_matcher)  # each of one stratum alone


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule broken in one way."""

    original: Rule
    rule: Rule
    change: str
    place: Place


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants there are, and those that no case noticed."""

    number: int
    survivors: tuple[Mutant, ...]

    @property
    def noticed(self) -> int:
        return self.number - len(self.survivors)

    @property
    def percent(self) -> int:
        """Noticed mutants in percent, rounded down: 100 is all of them."""
        return 100 * self.noticed // self.number if self.number else 100


# --- making mutants --------------------------------------------------------------------------------------------------


def mutants_of(subject: Subject, rule: Rule) -> Iterator[Mutant]:
    """Every way to break a rule that leaves its variables bound."""
    when, program = rule.conditions, subject.program
    used = {name for item in rule.consequents for name in used_variables(item)}
    for path, change, conditions in (*_dropped(program, when), *_flipped(when), *_shifted(when)):
        if used <= conditions.bound:
            yield Mutant(rule, _with(program.vocabulary, rule, conditions), change, _place(subject, rule, path))
    for index in range(len(rule.consequents)):
        place = subject.place(rule, "then", index)
        yield Mutant(rule, _changed(rule, ("consequents", index)), "consequent removed", place)
    for index, item in enumerate(rule.consequents):
        if isinstance(item, Prescribe) and item.wherever_planned is not None:
            alone = _changed(rule, ("consequents", index), replace(item, wherever_planned=None))
            yield Mutant(rule, alone, "wherever_planned dropped", subject.place(rule, "then", index))


def _changed(part: Any, path: Path, *items: Any) -> Any:
    """A rule or a part of it with these items, or none, in place of what stands at a path."""
    step, *rest = path
    if isinstance(step, str):
        return replace(part, **{step: _changed(getattr(part, step), tuple(rest), *items)})
    inner = (_changed(part[step], tuple(rest), *items),) if rest else items
    return (*part[:step], *inner, *part[step + 1 :])


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


Changed = tuple[Path, str, Conditions]  # where something is changed, how, and what is asked for then


def _dropped(program: Program, when: Conditions) -> Iterator[Changed]:
    """Without one condition, one choice of a group, or one attribute."""
    for name, called in _DROPPED.items():
        for index, part in enumerate(getattr(when, name)):
            if not (isinstance(part, Condition) and _said_twice(program, when, part)):
                yield (name, index), f"{called} dropped", _changed(when, (name, index))
    for path, _ in _conditions(when):
        if path[0] == "any_of" and len(when.any_of[path[1]]) > 1:
            yield path, "choice dropped", _changed(when, path)
    for path, condition in _conditions(when):
        for field, test in condition.others if path[0] != "positives" or not _said_twice(program, when, condition) else ():
            if _matters(program, when, condition, field, test):
                bare = replace(condition, tests=tuple(item for item in condition.tests if item[0] != field))
                yield path, f'"{field}" dropped', _changed(when, path, bare)


def _said_twice(program: Program, when: Conditions, condition: Condition) -> bool:
    """Does the rule say as much without it? Another condition says it too, or it holds already where the only rule fired that
    concludes another one, as the stage before does for a stage. A criterion is read alone, and so repeats what that asks for."""
    given = _given(program, when)
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


def _matters(program: Program, when: Conditions, condition: Condition, field: str, test: Test) -> bool:
    """Does an attribute's test keep any fact out? Where it is always said, `any`, a variable of no other use, or a list
    of all but the normal terms keep none."""
    vocabulary = program.vocabulary
    attribute = vocabulary.kinds[condition.kind].attributes[field]
    if attribute.default is None and not _always_said(program, condition.kind, field):
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


def _flipped(when: Conditions) -> Iterator[Changed]:
    """With a fact asked for that must be absent; with one fact more or fewer of an at_least group."""
    for index, condition in enumerate(when.absents):
        flipped = replace(_changed(when, ("absents", index)), positives=(*when.positives, condition))
        yield ("absents", index), "absent turned into a condition", flipped
    for index, (number, group) in enumerate(when.at_least):
        for other in (number - 1, number + 1):
            if 1 <= other <= len(group):
                path = ("at_least", index, 0)
                yield path, f"at_least {number} made {other}", _changed(when, path, other)


def _shifted(when: Conditions) -> Iterator[Changed]:
    """With a number moved just across: its own value let in or out, and one step beyond that."""
    for path, condition in _conditions(when):
        for field, test in condition.tests:
            for other, change in _shifts(test) if isinstance(test, Within) else ():
                tests = tuple((key, other if key == field else old) for key, old in condition.tests)
                yield path, change, _changed(when, path, replace(condition, tests=tests))


def _shifts(test: Within) -> Iterator[tuple[Within, str]]:
    is_range = test.low is not None and test.high is not None
    for end, outward in (("low", -1), ("high", 1)):
        value: Any = getattr(test, end)
        if value is None:
            continue
        if is_range:  # without its last value on one side: a hundredth inward
            yield replace(test, **{end: value - outward * HUNDREDTH}), f"{show(value)} itself kept out"
        else:
            yield (
                replace(test, open_ends=not test.open_ends),
                f"{show(value)} itself {'let in' if test.open_ends else 'kept out'}",
            )
        moved = value + (-outward if test.open_ends else outward) * _step(value)
        other = replace(test, **{end: moved})
        if other.low is None or other.high is None or other.low <= other.high:
            yield other, f"{show(value)} made {show(moved)}"


def _step(value: Decimal) -> Decimal:
    """One in the last digit: 1 for 64, 0.1 for 2.5."""
    exponent = value.as_tuple().exponent
    return Decimal(10) ** min(0, exponent if isinstance(exponent, int) else 0)


def _conditions(when: Conditions) -> Iterator[tuple[Any, Condition]]:
    """Every condition with its path."""
    for name in ("positives", "absents"):
        yield from (((name, index), condition) for index, condition in enumerate(getattr(when, name)))
    for index, group in enumerate(when.any_of):
        yield from ((("any_of", index, member), condition) for member, condition in enumerate(group))
    for index, (_, group) in enumerate(when.at_least):
        yield from ((("at_least", index, 1, member), condition) for member, condition in enumerate(group))


def _place(subject: Subject, rule: Rule, path: Path) -> Place:
    """The line of a condition or a group: of all entries of its sort in `when`, the one with its number."""
    if rule.id not in subject.written:  # of a stage, which is where it stands
        return rule.place
    name, index, *inner = path
    entries = subject.written[rule.id].node["when"]
    of_sort = [number for number, entry in enumerate(entries) if _sort(entry) == name]
    member = ("any_of", *inner) if name == "any_of" and inner else ("of", *inner[1:]) if inner[1:] else ()
    return subject.place(rule, "when", of_sort[int(index)], *member)


def _sort(entry: Any) -> str:
    return next((name for name, key in _KEYS.items() if key in entry), "positives")


# --- running them ----------------------------------------------------------------------------------------------------


def mutate(subject: Subject) -> Score:
    """Every mutant of the checked packs against the cases of its pack: those that name its rule first."""
    number, survivors = 0, list[Mutant]()
    for rule in subject.rules:
        own = [trial for trial in subject.trials if trial.case.pack == rule.pack and not trial.failures]
        ordered = sorted(own, key=lambda trial: rule.id not in trial.fires | trial.silent)
        mutants = list(mutants_of(subject, rule))
        number += len(mutants)
        survivors += [mutant for mutant in mutants if not _is_noticed(subject.program, mutant, ordered)]
    return Score(number, tuple(survivors))


def _is_noticed(program: Program, mutant: Mutant, trials: Sequence[Trial]) -> bool:
    changed = exchanged(program, mutant)
    alone = replace(program, strata=((mutant.rule,),), cache={})
    touched = [trial for trial in trials if _differs(alone, mutant, trial)]
    tried = ((fails, trial) for fails in (_fails_before_planning, _fails) for trial in touched)  # the first notices most, quickly
    return any(fails(changed, trial) for fails, trial in tried)


def _fails_before_planning(changed: Program, trial: Trial) -> bool:
    return trial.session is not None and bool(
        failures_before_planning(changed, trial.case.shape.expect, trial.session.situation.intake)
    )


def _fails(changed: Program, trial: Trial) -> bool:
    return bool(run_case(changed, trial.case, "reference").failures)


def exchanged(program: Program, mutant: Mutant) -> Program:
    """The program with the mutant in place of its rule. Breaking a rule adds no dependency, so the strata stay; what was
    compiled of the others is kept, all else is worked out again."""
    strata = tuple(tuple(mutant.rule if rule is mutant.original else rule for rule in stratum) for stratum in program.strata)
    number = next(n for n, stratum in enumerate(program.strata) if mutant.original in stratum)
    kept = {key: value for key, value in program.cache.items() if key[0] in COMPILED and key[1] != number}
    return replace(program, strata=strata, suppliers=Suppliers(r for stratum in strata for r in stratum), cache=kept)


def _differs(alone: Program, mutant: Mutant, trial: Trial) -> bool:
    """Can the case notice the mutant at all? Where it fires for the same facts, among all that the case's session came to know,
    it changes no conclusion and so no plan. Asking it alone is quick."""
    if trial.session is None:
        return True
    memory = trial.session.situation.memory
    before = [fired.identity for fired in memory.activations if fired.rule.id == mutant.original.id]
    after = [fired.identity for fired in infer(alone, tuple(memory.facts), memory.answered, "reference").memory.activations]
    return after != before or (bool(before) and mutant.rule.consequents != mutant.original.consequents)
