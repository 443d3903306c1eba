"""Names: each thing once, and none that nothing uses."""

import re
from collections.abc import Iterator
from typing import Any

from stridewise.authoring.checks.finding import Finding, Subject, at, check, section
from stridewise.authoring.checks.logic import tests_of
from stridewise.language.condition import OneOf, Within
from stridewise.language.fact import value_type
from stridewise.language.own_words import READ
from stridewise.language.rule import Adjust
from stridewise.language.vocabulary import Place, fold
from stridewise.packs.pack import RulePack, RuleShape
from stridewise.profile.facts import LISTS, SINGLE, WORKED_OUT
from stridewise.profile.renamed import old_names_in
from stridewise.program.program import Program

# What the engine itself reads or makes; a pack's vocabulary may serve it without any rule.
OF_THE_ENGINE = READ | set(SINGLE.values()) | set(LISTS.values()) | {kind for kinds in WORKED_OUT.values() for kind in kinds}
_COVERS = re.compile(r"[A-Z]{1,4}[0-9]{1,5}\Z")


@check("duplicate")
def duplicates(subject: Subject) -> Iterator[Finding]:
    """Two cases of one name, two records of one source, two claims of one id: nobody can say which is meant. (Ids of rules,
    exercises and kinds are refused when the packs are read.)"""
    seen: dict[tuple[str, str], Place] = {}
    cases = [(trial.case.pack, f"case: {trial.case.shape.name}", trial.case.place) for trial in subject.trials]
    written = [(pack.name, one) for pack in subject.packs for one in pack.sources]
    sources = [(pack, f"source: {one.item.key}", one.place) for pack, one in written]
    claims = [
        (pack, f"claim: {one.item.key}#{claim.id}", one.at("claims", number))
        for pack, one in written
        for number, claim in enumerate(one.item.claims)
    ]
    for pack, what, place in [*cases, *sources, *claims]:
        if (pack, what) in seen:
            message = f'"{what}" stands twice, first at {seen[pack, what]}.'
            yield Finding("warning", place, message, "Rename one, or keep only one.")
        seen.setdefault((pack, what), place)


@check("unused")
def unused_words(subject: Subject) -> Iterator[Finding]:
    """A kind that no rule reads can be recorded but changes no plan; a conclusion that nobody reads is lost."""
    rules = subject.program.rules
    used = {condition.kind for rule in rules for condition in rule.conditions.every()} | OF_THE_ENGINE
    adjusting = [item for rule in rules for item in rule.consequents if isinstance(item, Adjust)]
    used |= {amount.base for item in adjusting for amount in (item.to, item.by, item.at_most) if amount is not None}
    for document in subject.vocabularies:
        for name in section(document.root, "kinds"):
            if name not in used:
                message = f'no rule of any loaded pack reads the kind "{name}".'
                yield Finding("info", at(document, "kinds", name), message, "Write a rule with it, or leave it out.")


@check("unused-term")
def unused_terms(subject: Subject) -> Iterator[Finding]:
    """Terms that no rule names and no open condition covers: recorded, they would change no plan."""
    kinds = subject.program.vocabulary.kinds
    every = tests_of(subject.program.rules)
    tested = [(value_type(kinds[condition.kind], field).terms, test) for _, condition, field, test in every]
    covered = {terms for terms, test in tested if not isinstance(test, OneOf)}  # by `any` or a variable
    named: set[tuple[str, Any]] = {(terms, one) for terms, test in tested if isinstance(test, OneOf) for one in test.values}
    named |= {
        (terms, getattr(item, part, None))
        for rule in subject.program.rules
        for item in rule.consequents
        for part, terms in (("target", "targets"), ("refer", "professionals"), ("adjust", "load_metrics"))
    }
    # Others (blocks of a session, demands) belong to the engine.
    of_facts = {kind.type.terms for kind in kinds.values() if kind.name not in OF_THE_ENGINE}
    for document in subject.vocabularies:
        for list_name, terms in section(document.root, "terms").items():
            idle = [term for term in section(terms) if (list_name, term) not in named]
            if idle and list_name not in covered and list_name in of_facts:
                message = f"no rule names these terms of {list_name}: {_few(idle)}."
                mend = "Write a rule with them, or leave them out."
                yield Finding("info", at(document, "terms", list_name), message, mend)


@check("unused-threshold")
def unused_thresholds(subject: Subject) -> Iterator[Finding]:
    """A threshold that no rule compares with or concludes."""
    used = {test.threshold for *_, test in tests_of(subject.program.rules) if isinstance(test, Within)}
    used |= {f"{pack.name}/{name}" for pack in subject.packs for rule in pack.rules for name in _concluded(rule.item)}
    for pack in subject.packs:
        for name in pack.shape.thresholds:
            if f"{pack.name}/{name}" not in used:
                message = f'no rule compares with the threshold "{name}" or concludes it.'
                mend = f'Use it (">= {name}"), or remove it.'
                yield Finding("warning", at(pack.document, "thresholds", name), message, mend)


def _concluded(rule: RuleShape) -> Iterator[str]:
    """The words that a rule concludes: a number may be a threshold, by its name."""
    for entry in rule.then if isinstance(rule.then, list) else ():
        fact = entry.get("conclude") if isinstance(entry, dict) else None
        yield from (str(value) for value in (fact.values() if isinstance(fact, dict) else ()))


@check("unused-source")
def unused_sources(subject: Subject) -> Iterator[Finding]:
    """A source of the pack that nothing cites."""
    cited = {name.partition("#")[0] for rule in subject.program.rules for name in rule.sources}
    cited |= {name for exercise in subject.program.exercises.values() for name in exercise.sources}
    cited |= {threshold.source for threshold in subject.program.thresholds.values()}
    for pack in subject.packs:
        for written in pack.sources:
            if written.item.key not in cited:
                message = f'nothing cites the source "{written.item.key}".'
                yield Finding("info", written.place, message, "Cite it where it is used, or remove it.")


@check("old-name")
def old_names(subject: Subject) -> Iterator[Finding]:
    """An override, a case or a rule that uses a name which a term or rule had before. It works, until that name is dropped."""
    for pack in subject.packs:
        names = names_of_today(subject.program, pack)
        for path, node in _nodes(pack):
            for old in old_names_in(node, names):
                message = f'"{old.written}" is now called "{old.today}".'
                mend = "Write the new name; pack check --fix does it."
                yield Finding("warning", Place(path, old.line), message, mend)


def names_of_today(program: Program, pack: RulePack) -> dict[str, str]:
    """Old names, folded, that a pack may still use, with those of today: terms, rules, and its own rules without the pack."""
    rules, start = program.old_rule_names, f"{pack.name}/"
    own = {old.removeprefix(start): rules[old].removeprefix(start) for old in rules if old.startswith(start)}
    return program.vocabulary.old_names() | {fold(old): today for old, today in (rules | own).items()}


def _nodes(pack: RulePack) -> Iterator[tuple[str, Any]]:
    """What a pack's author wrote, without its vocabulary, with the file it stands in."""
    yield from ((one.path, one.root) for one in (pack.document, *pack.cases))
    yield from ((one.place.path, one.node) for one in (*pack.rules, *pack.exercises, *pack.pathways))


@check("covers")
def covered_entries(subject: Subject) -> Iterator[Finding]:
    """`covers` names entries of the list of clinical statements: a letter or more, then a number."""
    for pack in subject.packs:
        for written in (*pack.rules, *pack.exercises, *pack.pathways):
            for code in written.item.covers:
                if not _COVERS.match(code):
                    message = f'{written.item.id}: covers: "{code}" is no entry such as K012.'
                    yield Finding("error", written.place, message, "Write letters and a number, or remove it.")


def _few(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
