"""Conditions as they are written in a rule's `when`, read against a vocabulary and the thresholds in reach."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from math import prod
from typing import Any

from stridewise.documents.sentences import as_found
from stridewise.documents.units import quantity
from stridewise.errors import Problems, did_you_mean
from stridewise.language.condition import (
    Anything,
    Condition,
    Conditions,
    OneOf,
    Test,
    Threshold,
    Variable,
    Within,
    variables_of,
)
from stridewise.language.fact import VALUE, no_attribute, value_type
from stridewise.language.vocabulary import BOTH, Kind, ValueType, Vocabulary

Place = AbstractContextManager[None]  # where what is raised inside is told
_VARIABLE = re.compile(r"\$([a-z][a-z0-9_]*)\Z")
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*(\S.*)\Z")
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*\.\.\s*([0-9]+(?:\.[0-9]+)?)\Z")
_OTHER_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:-|–|—|…|\.{2,}|to)\s*([0-9]+(?:\.[0-9]+)?)(?![0-9.])")
_OTHER_SIGN = re.compile(r"(?:[=≥≤≠!~≈][<>=]*|over|under|above|below|(?:more|less|fewer) than|at (?:least|most))\s*[-0-9a-z]")
MOST_CHOICES = 1_000  # of one condition each from all any_of groups of a rule; the rules of a clinic have a handful


class ConditionReader:
    """Reads conditions against a vocabulary and the thresholds in reach (own by name, others as pack/name)."""

    def __init__(self, vocabulary: Vocabulary, thresholds: Mapping[str, Threshold], pack: str) -> None:
        self.vocabulary = vocabulary
        self.thresholds = thresholds
        self.pack = pack

    def read_all(self, entries: Iterable[Any]) -> Conditions:
        """The whole `when`. Raises ValueError for the first entry that cannot be read."""
        positives, absents, any_of, at_least = [], [], [], []
        for entry in entries:
            match entry:
                case {"any_of": inner} | {"of": inner} if not isinstance(inner, list):
                    raise ValueError("expected a list of conditions in the group, found a single one; write each behind a dash")
                case {"at_least": _} if "of" not in entry:
                    raise ValueError('at_least: the list "of" is missing; write "at_least: 2" and "of: [...]" together')
                case {"absent": inner, **rest}:
                    _only(rest, "absent")
                    absents.append(self._absent(inner))
                case {"any_of": [*inner], **rest}:
                    _only(rest, "any_of")
                    any_of.append(self._group(inner, "any_of"))
                case {"at_least": number, "of": [*inner], **rest}:
                    _only(rest, "at_least")
                    group = _different(self._group(inner, "at_least"))
                    at_least.append((_count(number, inner), group))
                case _:
                    positives.append(self.read(entry))
        conditions = Conditions(tuple(positives), tuple(absents), tuple(any_of), tuple(at_least))
        _check_shared_variables(conditions)
        _check_absent_variables(conditions)
        _check_choices(conditions)
        return conditions

    def read_or_tell(self, entries: Sequence[Any], problems: Problems, at: Callable[..., Place]) -> Conditions | None:
        """The whole `when`. Where the entries cannot be read together, each is tried alone, so that every bad one is told `at`
        its own line."""
        before = len(problems.found)
        try:
            return self.read_all(entries)
        except ValueError as error:
            for index, entry in enumerate(entries):
                with at(index):
                    self.read_all([entry])
            if len(problems.found) == before:
                with at():
                    raise error
        return None

    def _group(self, entries: list[Any], name: str) -> tuple[Condition, ...]:
        if not entries:
            raise ValueError(f"{name} is empty; list at least one condition")
        return tuple(self.read(entry) for entry in entries)

    def _absent(self, entry: Any) -> Condition:
        condition = self.read(entry)
        mode = self.vocabulary.kinds[condition.kind].mode
        if mode in ("open", "computed"):
            raise ValueError(f'absent: "{condition.kind}" is {mode}; what is not recorded is unknown, not false')
        return condition

    def read(self, entry: Any) -> Condition:
        """One condition on one fact. Raises ValueError."""
        if not isinstance(entry, dict):
            raise ValueError(f'expected a condition such as "weakness: gluteus_medius", found {as_found(entry)}')
        if nested := [key for key in ("absent", "any_of", "at_least", "of") if key in entry]:
            raise ValueError(f'"{nested[0]}" may not stand inside another condition; groups do not nest')
        kind = self.vocabulary.kind_of(entry, ("absent", "any_of", "at_least"))
        tests = {VALUE: self._test(kind, VALUE, entry[kind.name])}
        for name in entry:
            if name != kind.name and name not in kind.attributes:
                raise ValueError(no_attribute(kind, name, entry[name]))
            if name != kind.name:
                tests[name] = self._test(kind, name, entry[name])
        return Condition(kind.name, tuple(sorted(tests.items())))

    def _test(self, kind: Kind, name: str, written: Any) -> Test:
        type_ = value_type(kind, name)
        label = name or kind.name
        if written == "any":
            return Anything()
        if isinstance(written, str):
            if match := _VARIABLE.match(written):
                return Variable(match[1])
            if type_.is_number and (match := _COMPARISON.match(written)):
                return self._comparison(type_, match[1], match[2])
            if type_.is_number and (match := _RANGE.match(written)):
                return _range(match)
            if type_.is_number:
                _refuse_other_spellings(written, label)
        items = written if isinstance(written, list) else [written]
        if not items:
            raise ValueError(f"{label}: the list is empty; name at least one value")
        values = frozenset(self.vocabulary.read(type_, item, label) for item in items)
        if name == "side" and BOTH in values:
            raise ValueError('side: rules see only left or right; leave the side out or write "$side"')
        return OneOf(values)

    def _comparison(self, type_: ValueType, operator: str, written: str) -> Within:
        threshold = self.threshold(written, type_)
        bound = threshold.value if threshold else quantity(written, type_.unit)
        name = threshold.name if threshold else ""
        low, high = (bound, None) if operator[0] == ">" else (None, bound)
        return Within(low, high, len(operator) == 1, name)

    def threshold(self, written: str, type_: ValueType) -> Threshold | None:
        """The threshold that a name stands for, None where it is no name. Raises ValueError."""
        if not re.match(r"[a-z]", written):
            return None
        name = written if "/" in written else f"{self.pack}/{written}"
        if name not in self.thresholds:
            raise ValueError(f'unknown threshold "{written}".{did_you_mean(name, self.thresholds)}')
        threshold = self.thresholds[name]
        if threshold.unit != type_.unit:
            raise ValueError(f'threshold "{written}" is in {threshold.unit}, the value compared is in {type_.unit}')
        return threshold


def _only(rest: Mapping[Any, Any], keyword: str) -> None:
    if rest:
        raise ValueError(f'"{keyword}" stands alone in its entry, found also {", ".join(rest)}')


def _count(number: Any, entries: list[Any]) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(entries):
        raise ValueError(
            f"at_least: expected a number from 1 to {len(entries)} (the conditions listed), found {as_found(number)}"
        )
    return number


def _different(group: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that are counted. One that stands twice would count one finding as two."""
    means = [_meaning(condition, group) for condition in group]
    for place, meant in enumerate(means):
        if (first := means.index(meant)) < place:
            raise ValueError(f"at_least: conditions {first + 1} and {place + 1} are the same; different ones are counted")
    return group


def _meaning(condition: Condition, group: tuple[Condition, ...]) -> tuple[str, frozenset[tuple[str, Test]]]:
    """What a condition accepts: a variable that no other one has takes anything, and a threshold is its number."""
    shared = variables_of(other for other in group if other is not condition)
    named = ((name, replace(test, threshold="") if isinstance(test, Within) else test) for name, test in condition.tests)
    return condition.kind, frozenset(
        (name, Anything() if isinstance(test, Variable) and test.name not in shared else test) for name, test in named
    )


def _refuse_other_spellings(written: str, label: str) -> None:
    """A range or a comparison as people also write them. Raises ValueError with how it is written here."""
    if match := _OTHER_RANGE.match(written):
        raise ValueError(f'{label}: a range is written "{match[1]}..{match[2]}", without a unit, found "{written[:40]}"')
    if _OTHER_SIGN.match(written):
        raise ValueError(f'{label}: a comparison begins with >=, <=, > or <, as in ">= 3", found "{written[:40]}"')


def _range(match: re.Match[str]) -> Within:
    low, high = Decimal(match[1]), Decimal(match[2])
    if low > high:
        raise ValueError(f'"{match[0]}" is empty: the first number is larger than the second')
    return Within(low, high)


def _check_shared_variables(conditions: Conditions) -> None:
    """In `at_least`, a variable is shared by all conditions (and counted per value) or belongs to one alone."""
    groups = [group for _, group in conditions.at_least]
    for index, group in enumerate(groups):
        others = [c for i, other in enumerate(groups) if i != index for c in other]
        outside = variables_of([*conditions.positives, *conditions.absents, *others, *(c for g in conditions.any_of for c in g)])
        for name in sorted(variables_of(group)):
            holders = sum(name in variables_of([condition]) for condition in group)
            if holders < len(group) and (holders > 1 or name in outside):
                raise ValueError(
                    f'at_least: "${name}" stands in {holders} of {len(group)} conditions; put it in all of them or in one'
                )


def _check_choices(conditions: Conditions) -> None:
    if (ways := prod(len(group) for group in conditions.any_of)) > MOST_CHOICES:
        advice = "name several values in one condition, or make several rules of it"
        raise ValueError(f"the any_of groups can be met in {ways} ways, and at most {MOST_CHOICES} are looked at; {advice}")


def _check_absent_variables(conditions: Conditions) -> None:
    """A variable in `absent` that a group binds must be bound in every one of its branches."""
    groups = [*conditions.any_of, *(group for _, group in conditions.at_least)]
    sometimes = variables_of(c for group in groups for c in group) - conditions.bound
    for name in sorted(variables_of(conditions.absents) & sometimes):
        raise ValueError(f'absent: "${name}" is bound in some branches of a group only; bind it in all of them or outside')
