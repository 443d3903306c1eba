"""CLIPS by way of clipspy: deftemplates, one defrule a choice, salience for strata, `not` for absence.

`ClipsPython` uses clipspy as its documentation shows it. `ClipsLowLevel` calls the C functions that clipspy wraps, with one fact
builder and all slot values made beforehand; this is the fastest way found to drive CLIPS from Python (asserting facts as text
was four times as slow). In both a firing writes its rule, the facts' numbers and what it concludes into one global, which is
read once at the end; asserting a `fired` fact, or reading the agenda step by step, was slower."""

import weakref
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import clips
from clips._clips import ffi, lib
from clips.values import clips_value

from benchmarks.inference.form import (
    FIELDS,
    Bind,
    Condition,
    Fact,
    Firing,
    KnowledgeBase,
    OneOf,
    Pattern,
    Rule,
    Value,
    firing,
)

_END, _THEN = "end-of-firing", "concludes"
_MANY_FACTS = 50  # then many rules fire, and a list that grows by copying is put by as text now and then
_PUT_BY = (
    '(if (> (length$ ?*fired*) 300) then (bind ?*earlier* (str-cat ?*earlier* (implode$ ?*fired*) " "))'
    " (bind ?*fired* (create$)))"
)


class _Clips:
    """An environment with the rules built."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.environment = clips.Environment()
        for construct in _constructs(base):
            self.environment.build(construct)
        self.facts = base.facts
        many = len(base.facts) > _MANY_FACTS
        self.log = "(str-cat ?*earlier* (implode$ ?*fired*))" if many else "(implode$ ?*fired*)"

    def _log(self) -> list[str]:
        log: str = self.environment.eval(self.log)
        return log.split()

    def firings(self, result: list[str]) -> frozenset[Firing]:
        """Read the log: facts are numbered by CLIPS from 1, in the order in which they were asserted."""
        numbered: dict[int, Fact] = dict(enumerate(self.facts, 1))
        found = []
        for rule, used, number, concluded in _read_log(result):
            found.append((rule, used))
            if concluded:
                numbered[number] = concluded
        return frozenset(firing(rule, (numbered[index] for index in used)) for rule, used in found)


class ClipsPython(_Clips):
    """clipspy's own classes."""

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__(base)
        templates = {kind: self.environment.find_template(kind) for kind in FIELDS}
        self.prepared = [
            (templates[str(fact[0])], dict(zip(FIELDS[str(fact[0])], map(_value, fact[1:]), strict=True))) for fact in base.facts
        ]

    def run(self) -> list[str]:
        self.environment.reset()
        for template, slots in self.prepared:
            template.assert_fact(**slots)
        self.environment.run()
        return self._log()


class ClipsLowLevel(_Clips):
    """The C functions, values prepared."""

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__(base)
        self.pointer = self.environment._env
        self.builder = lib.CreateFactBuilder(self.pointer, ffi.NULL)
        weakref.finalize(self, lib.FBDispose, self.builder)
        self.prepared = [(str(fact[0]).encode(), self._slots(fact)) for fact in base.facts]

    def _slots(self, fact: Fact) -> list[tuple[bytes, Any]]:
        """`?*terms*` keeps these symbols from CLIPS' garbage collection."""
        values = [clips_value(self.pointer, value=_value(item)) for item in fact[1:]]
        return list(zip((name.encode() for name in FIELDS[str(fact[0])]), values, strict=True))

    def run(self) -> list[str]:
        put, builder = lib.FBPutSlot, self.builder
        lib.Reset(self.pointer)
        for kind, slots in self.prepared:
            lib.FBSetDeftemplate(builder, kind)
            for name, value in slots:
                put(builder, name, value)
            lib.FBAssert(builder)
        lib.Run(self.pointer, -1)
        return self._log()


def _value(value: Value) -> Any:
    return clips.Symbol(value) if isinstance(value, str) else value


def _read_log(log: Sequence[str]) -> Iterator[tuple[str, list[int], int, Fact]]:
    """Each firing: the rule, the numbers of its facts, the number of the fact concluded and that fact, 0 and () for none."""
    for is_end, group in groupby(log, key=_END.__eq__):
        if not is_end:
            rule, *rest = group
            at = rest.index(_THEN)
            number, *fact = [*rest[at + 1 :], "0"] if at + 1 == len(rest) else rest[at + 1 :]
            yield rule, [int(index) for index in rest[:at]], int(number), tuple(fact)


def _constructs(base: KnowledgeBase) -> Iterator[str]:
    yield '(defglobal ?*fired* = (create$) ?*earlier* = "")'
    yield f"(defglobal ?*terms* = (create$ {' '.join(sorted({str(value) for fact in base.facts for value in fact[1:]}))}))"
    for kind, fields in FIELDS.items():
        yield f"(deftemplate {kind} {' '.join(f'(slot {name})' for name in fields)})"
    for level, stratum in enumerate(base.strata):
        for rule in stratum:
            for number, choice in enumerate(rule.choices):
                yield _defrule(rule, number, choice, level, _PUT_BY if len(base.facts) > _MANY_FACTS else "")


def _defrule(rule: Rule, number: int, choice: Sequence[Condition], level: int, after: str) -> str:
    patterns = [f"?f{index} <- {_condition(condition, index)}" for index, condition in enumerate(choice)]
    absent = [f"(not {_pattern(pattern)})" for pattern in rule.absent]
    used = " ".join(f"(fact-index ?f{index})" for index in range(len(choice)))
    concluded, log = "", f"{rule.id} {used} {_THEN}"
    if rule.then is not None:
        concluded = f"(bind ?new (assert {_pattern(rule.then)}))"
        log += f" (fact-index ?new) {rule.then.kind} {' '.join(map(_term, rule.then.fields))}"
    actions = f"{concluded} (bind ?*fired* (create$ ?*fired* {log} {_END})) {after}"
    return f"(defrule {rule.id}--{number} (declare (salience {-level})) {' '.join([*patterns, *absent])} => {actions})"


def _condition(condition: Condition, index: int) -> str:
    return f"({condition.kind} {' '.join(_slot(name, test, f'?n{index}-{name}') for name, test in condition.tests)})"


def _slot(name: str, test: Any, variable: str) -> str:
    if isinstance(test, Bind):
        return f"({name} ?{test.name})"
    if isinstance(test, OneOf):
        return f"({name} {'|'.join(test.values)})"
    bounds = [f":({sign} {variable} {end})" for sign, end in ((">=", test.low), ("<=", test.high)) if end is not None]
    return f"({name} {variable}&{'&'.join(bounds)})"


def _pattern(pattern: Pattern) -> str:
    slots = [f"({name} {_term(item)})" for name, item in zip(FIELDS[pattern.kind], pattern.fields, strict=True)]
    return f"({pattern.kind} {' '.join(slots)})"


def _term(item: str | Bind) -> str:
    return f"?{item.name}" if isinstance(item, Bind) else item
