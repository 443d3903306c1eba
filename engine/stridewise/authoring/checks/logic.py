"""Conditions that cannot all hold, and rules that another rule makes superfluous."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import combinations, islice
from math import prod

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.language.condition import Anything, Condition, Conditions, OneOf, Test, Variable, Within
from stridewise.language.fact import VALUE, value_type
from stridewise.language.rule import Conclude, Consequent, Rule
from stridewise.language.vocabulary import Kind, Value, ValueType, Vocabulary
from stridewise.profile.paths import is_single

Terms = frozenset[Value]
Renaming = Mapping[str, str]  # the general rule's variables → the specific rule's
MAX_WAYS = 2000  # choices in a rule's groups


def has_one_value(kind: Kind) -> bool:
    """Does a runner have at most one value of this kind (for the same attributes)? Conclusions may have several."""
    return kind.mode != "derived" and is_single(kind)


def tests_of(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Condition, str, Test]]:
    """Every test of these rules, with its condition and the field that it is on."""
    for rule in rules:
        for condition in rule.conditions.every():
            yield from ((rule, condition, field, test) for field, test in condition.tests)


@check("unsatisfiable")
def unsatisfiable(subject: Subject) -> Iterator[Finding]:
    """No runner can meet all conditions of the rule."""
    for rule in subject.rules:
        if reason := contradiction(subject.program.vocabulary, rule.conditions):
            message = f"{rule.id} can never fire: {reason}."
            yield Finding("error", subject.place(rule, "when"), message, "Mend or remove a condition.")


def contradiction(vocabulary: Vocabulary, conditions: Conditions) -> str:
    """Why these conditions cannot hold together; nothing where they can, or where there are too many ways to look at."""
    if any(number > len(group) for number, group in conditions.at_least):
        return "at_least asks for more different conditions than it lists"
    reasons: list[str] = []
    for chosen in islice(choices(tuple(conditions.groups())), MAX_WAYS + 1):
        reason = _conflict(vocabulary, chosen, conditions.absents)
        if not reason or len(reasons) == MAX_WAYS:
            return ""
        reasons.append(reason)
    return reasons[0]


def choices(groups: Sequence[tuple[int, Sequence[Condition]]]) -> Iterator[tuple[Condition, ...]]:
    """What is chosen from all groups, one choice after the other: of a large group there are billions."""
    if not groups:
        yield ()
        return
    (number, group), *others = groups
    for members in combinations(group, number):
        yield from (members + rest for rest in choices(others))


def _conflict(vocabulary: Vocabulary, positives: Sequence[Condition], absents: Sequence[Condition]) -> str:
    for condition in positives:
        for field, test in condition.tests:
            if reason := _outside(vocabulary, condition, field, test):
                return reason
    for index, first in enumerate(positives):
        for second in positives[index + 1 :]:
            if first.kind == second.kind and _exclude(vocabulary.kinds[first.kind], first, second):
                return f'"{first.kind}" has one value, but two different ones are asked for'
        for absent in absents:
            if covers(absent, first, alike(absent), negative_terms(vocabulary)):
                return f'"{first.kind}" is asked for and must be absent'
    return _empty_join(vocabulary, positives)


def _outside(vocabulary: Vocabulary, condition: Condition, field: str, test: Test) -> str:
    type_ = value_type(vocabulary.kinds[condition.kind], field)
    if not isinstance(test, Within) or not disjoint(test, Within(type_.minimum, type_.maximum)):
        return ""
    return f'no number that "{field or condition.kind}" can have passes its comparison'


def _exclude(kind: Kind, first: Condition, second: Condition) -> bool:
    """Do two conditions mean one fact of a single-valued kind, and leave it no value? Facts that differ in any attribute, the
    muscle of two measured on one side, are two."""
    one, other = dict(first.tests), dict(second.tests)
    same = all(name in one and one[name] == other.get(name) and is_pinned(one[name]) for name in kind.attributes)
    return has_one_value(kind) and same and disjoint(one[VALUE], other[VALUE])


def is_pinned(test: Test) -> bool:
    """Does it leave one value?"""
    return isinstance(test, Variable) or (isinstance(test, OneOf) and len(test.values) == 1)


def disjoint(one: Test, other: Test) -> bool:
    """Can no value pass both tests?"""
    if isinstance(one, OneOf):
        return not any(other.accepts(value) for value in one.values)
    if isinstance(other, OneOf):
        return disjoint(other, one)
    if not (isinstance(one, Within) and isinstance(other, Within)):
        return False
    return _below(one, other) or _below(other, one)


def _below(one: Within, other: Within) -> bool:
    """Does all of one range lie below the other?"""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.open_ends or other.open_ends))


def _empty_join(vocabulary: Vocabulary, positives: Iterable[Condition]) -> str:
    """A variable that stands for terms of two lists without a common one."""
    lists: dict[str, ValueType] = {}
    for condition in positives:
        for field, name in condition.variables:
            type_ = value_type(vocabulary.kinds[condition.kind], field)
            first = lists.setdefault(name, type_)
            if type_.terms != first.terms or type_.unit != first.unit:
                common = set(vocabulary.terms.get(type_.terms, ())) & set(vocabulary.terms.get(first.terms, ()))
                if not common:
                    return f"${name} stands for {first.describe()} and for {type_.describe()}, which have nothing in common"
    return ""


# --- one rule inside another -----------------------------------------------------------------------------------------


@check("subsumed")
def subsumed(subject: Subject) -> Iterator[Finding]:
    """Whenever this rule fires, another fires too and says all that this one says."""
    negative = negative_terms(subject.program.vocabulary)
    for rule in subject.rules:
        for other in subject.program.rules:
            if other.id == rule.id or not _may_say_all(other, rule):
                continue
            if (ways := ways_to_read(other.conditions, rule.conditions, negative)) > MAX_WAYS:
                yield not_compared(rule, other, ways)
            elif _hides(other, rule, negative):
                message = f"{rule.id} adds nothing: whenever it fires, {other.id} ({other.place}) fires and says the same."
                mend = "Remove it, or make its conditions or consequents differ."
                yield Finding("warning", rule.place, message, mend)
                break


def not_compared(rule: Rule, other: Rule, ways: int) -> Finding:
    """Two rules that a check leaves aside, because there are too many ways to read the one as the other."""
    message = f"{rule.id} is not compared with {other.id}: their conditions can be matched in {ways} ways, more than {MAX_WAYS}."
    return Finding("info", rule.place, message, "Give conditions of the same kind values, or fewer variables.")


def _may_say_all(general: Rule, specific: Rule) -> bool:
    return {type(item) for item in specific.consequents} <= {type(item) for item in general.consequents}


def _hides(other: Rule, rule: Rule, negative: Terms) -> bool:
    """Of two rules that say the same, the second in the order of ids is the superfluous one."""
    return says_all(other, rule, negative) and not (rule.id < other.id and says_all(rule, other, negative))


def says_all(general: Rule, specific: Rule, negative: Terms) -> bool:
    """Does `general` fire whenever `specific` does, and have all its consequents?"""
    return _may_say_all(general, specific) and any(
        all(any(_renamed(item, renaming) == wanted for item in general.consequents) for wanted in specific.consequents)
        for renaming in implications(general.conditions, specific.conditions, negative)
    )


def _renamed(consequent: Consequent, renaming: Renaming) -> Consequent:
    """The consequent in the other rule's variables."""
    if isinstance(consequent, Conclude):
        values = ((n, Variable(renaming.get(v.name, v.name)) if isinstance(v, Variable) else v) for n, v in consequent.values)
        return replace(consequent, values=tuple(values))
    named = {item.name: getattr(consequent, item.name) for item in fields(consequent)}
    changes = {n: f"${renaming.get(v[1:], v[1:])}" for n, v in named.items() if isinstance(v, str) and v.startswith("$")}
    renamed: Consequent = replace(consequent, **changes)  # type: ignore[arg-type]  # each has the fields just read
    return renamed


def implications(general: Conditions, specific: Conditions, negative: Terms) -> Iterator[Renaming]:
    """The ways to read the general conditions so that the specific ones always meet them; none where they are too many."""
    if not set(general.at_least) <= set(specific.at_least) or not 0 < ways_to_read(general, specific, negative) <= MAX_WAYS:
        return
    for renaming in _met(list(general.positives), specific.positives, {}, negative):
        back = {theirs: ours for ours, theirs in renaming.items()}
        absents = all(any(covers(theirs, ours, back, negative) for theirs in specific.absents) for ours in general.absents)
        if absents and all(_group_met(group, specific, renaming, negative) for group in general.any_of):
            yield renaming


def ways_to_read(general: Conditions, specific: Conditions, negative: Terms) -> int:
    """How many ways there are at most: a condition with variables may be met by each that it covers, another by any one."""
    return prod(_covering(condition, specific.positives, negative) for condition in general.positives)


def _covering(condition: Condition, given: Sequence[Condition], negative: Terms) -> int:
    number = sum(covers(condition, one, {}, negative, extend=True) for one in given)
    return number if condition.variables else min(1, number)


def _met(wanted: list[Condition], given: Sequence[Condition], renaming: Renaming, negative: Terms) -> Iterator[Renaming]:
    if not wanted:
        yield renaming
        return
    tried: list[Renaming] = []
    for condition in given:
        bound = dict(renaming)
        if covers(wanted[0], condition, bound, negative, extend=True) and bound not in tried:
            tried.append(bound)
            yield from _met(wanted[1:], given, bound, negative)


def _group_met(group: tuple[Condition, ...], specific: Conditions, renaming: Renaming, negative: Terms) -> bool:
    def one_of(given: Sequence[Condition]) -> bool:
        return any(covers(ours, theirs, dict(renaming), negative, extend=True) for ours in group for theirs in given)

    return one_of(specific.positives) or any(all(one_of([c]) for c in theirs) for theirs in specific.any_of)


def alike(condition: Condition) -> dict[str, str]:
    """Its variables, that stand for themselves."""
    return {name: name for _, name in condition.variables}


def covers(general: Condition, specific: Condition, renaming: Mapping[str, str], negative: Terms, extend: bool = False) -> bool:
    """Does every fact that passes `specific` pass `general`? Variables correspond by `renaming`, which may be extended."""
    if general.kind != specific.kind:
        return False
    wide, narrow = dict(general.tests), dict(specific.tests)
    for field, test in narrow.items():  # what names "normal" is met only by what names it too
        if isinstance(test, OneOf) and test.values & negative and not isinstance(wide.get(field), OneOf):
            return False
    return all(name in narrow and _covers(test, narrow[name], renaming, extend) for name, test in wide.items())


def negative_terms(vocabulary: Vocabulary) -> Terms:
    """The names of all terms that record "normal"."""
    return frozenset(term.name for terms in vocabulary.terms.values() for term in terms.values() if term.negative)


def _covers(general: Test, specific: Test, renaming: Mapping[str, str], extend: bool) -> bool:
    if isinstance(general, Variable):
        return isinstance(specific, Variable) and _corresponds(general.name, specific.name, renaming, extend)
    if isinstance(specific, OneOf):
        return all(general.accepts(value) for value in specific.values)
    if isinstance(general, Within) and isinstance(specific, Within):
        return _inside(specific, general)
    return isinstance(general, Anything)


def _corresponds(ours: str, theirs: str, renaming: Mapping[str, str], extend: bool) -> bool:
    if extend and isinstance(renaming, dict):
        renaming.setdefault(ours, theirs)
    return renaming.get(ours) == theirs


def _inside(narrow: Within, wide: Within) -> bool:
    low = wide.low is None or (
        narrow.low is not None
        and (narrow.low > wide.low or (narrow.low == wide.low and (narrow.open_ends or not wide.open_ends)))
    )
    high = wide.high is None or (
        narrow.high is not None
        and (narrow.high < wide.high or (narrow.high == wide.high and (narrow.open_ends or not wide.open_ends)))
    )
    return low and high
