"""Names: each thing once, and none that nothing uses."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.documents.located import line_of
from stridewise.language.condition import Condition, OneOf, Within
from stridewise.language.fact import value_type
from stridewise.language.own_words import READ
from stridewise.language.rule import Adjust, Rule
from stridewise.language.vocabulary import Place, Value, fold
from stridewise.packs.pack import RulePack, RuleShape
from stridewise.profile.facts import LISTS, SINGLE, WORKED_OUT
from stridewise.profile.renamed import old_names_in
from stridewise.program.program import Program

# What the engine itself reads or makes; a pack's vocabulary may serve it without any rule.
OF_THE_ENGINE = READ | set(SINGLE.values()) | set(LISTS.values()) | {kind for kinds in WORKED_OUT.values() for kind in kinds}
_COVERS = re.compile(r"[A-Z]{1,4}[0-9]{1,5}\Z")


class Duplicates:
    """Two cases of one name, two records of one source, two claims of one id: nobody can say which is meant. (Ids of rules,
    exercises and kinds are refused when the packs are read.)"""

    name = "duplicate"

    def find(self, subject: Subject) -> Iterator[Finding]:
        seen: dict[tuple[str, str], Place] = {}
        cases = [(case.pack, f"case: {case.shape.name}", case.place) for case in subject.cases]
        sources = [(pack.name, f"source: {w.item.key}", w.place) for pack in subject.packs for w in pack.sources]
        claims = [
            (pack.name, f"claim: {w.item.key}#{claim.id}", Place(w.place.path, line_of(w.node, "claims", number)))
            for pack in subject.packs
            for w in pack.sources
            for number, claim in enumerate(w.item.claims)
        ]
        for pack, what, place in [*cases, *sources, *claims]:
            if (pack, what) in seen:
                message = f'"{what}" stands twice, first at {seen[pack, what]}.'
                yield Finding("warning", place, self.name, message, "Rename one, or keep only one.")
            seen.setdefault((pack, what), place)


class UnusedWords:
    """A kind that no rule reads can be recorded but changes no plan; a conclusion that nobody reads is lost."""

    name = "unused"

    def find(self, subject: Subject) -> Iterator[Finding]:
        used = {condition.kind for rule in subject.program.rules for condition in rule.conditions.every()} | OF_THE_ENGINE
        used |= {
            q.base
            for rule in subject.program.rules
            for item in rule.consequents
            if isinstance(item, Adjust)
            for q in (item.to, item.by, item.at_most)
            if q is not None
        }
        for pack in subject.packs:
            for document in pack.vocabularies:
                for name in _keys(document.root, "kinds"):
                    if name not in used:
                        place = Place(document.path, line_of(document.root, "kinds", name))
                        message = f'no rule of any loaded pack reads the kind "{name}".'
                        yield Finding("info", place, self.name, message, "Write a rule with it, or leave it out.")


class UnusedTerms:
    """Terms that no rule names and no open condition covers: recorded, they would change no plan."""

    name = "unused-term"

    def find(self, subject: Subject) -> Iterator[Finding]:
        lists = set(_lists_read(subject))
        named = set(_values_named(subject))
        for pack in subject.packs:
            for document in pack.vocabularies:
                for list_name in _keys(document.root, "terms"):
                    terms = _keys(document.root["terms"], list_name)
                    idle = [term for term in terms if (list_name, term) not in named]
                    if idle and list_name not in lists and list_name in _types(subject):
                        place = Place(document.path, line_of(document.root, "terms", list_name))
                        message = f"no rule names these terms of {list_name}: {_few(idle)}."
                        yield Finding("info", place, self.name, message, "Write a rule with them, or leave them out.")


class UnusedThresholds:
    """A threshold that no rule compares with or concludes."""

    name = "unused-threshold"

    def find(self, subject: Subject) -> Iterator[Finding]:
        used = {
            test.threshold
            for rule in subject.program.rules
            for condition in rule.conditions.every()
            for _, test in condition.tests
            if isinstance(test, Within)
        }
        used |= {f"{pack.name}/{name}" for pack in subject.packs for rule in pack.rules for name in _concluded(rule.item)}
        for pack in subject.packs:
            for name in pack.shape.thresholds:
                if f"{pack.name}/{name}" not in used:
                    place = Place(pack.document.path, pack.document.line("thresholds", name))
                    message = f'no rule compares with the threshold "{name}" or concludes it.'
                    yield Finding("warning", place, self.name, message, f'Use it (">= {name}"), or remove it.')


def _concluded(rule: RuleShape) -> Iterator[str]:
    """The words that a rule concludes: a number may be a threshold, by its name."""
    for entry in rule.then if isinstance(rule.then, list) else ():
        fact = entry.get("conclude") if isinstance(entry, dict) else None
        yield from (str(value) for value in (fact.values() if isinstance(fact, dict) else ()))


class UnusedSources:
    """A source of the pack that nothing cites."""

    name = "unused-source"

    def find(self, subject: Subject) -> Iterator[Finding]:
        cited = {name.partition("#")[0] for rule in subject.program.rules for name in rule.sources}
        cited |= {name for exercise in subject.program.exercises.values() for name in exercise.sources}
        cited |= {threshold.source for threshold in subject.program.thresholds.values()}
        for pack in subject.packs:
            for written in pack.sources:
                if written.item.key not in cited:
                    message = f'nothing cites the source "{written.item.key}".'
                    yield Finding("info", written.place, self.name, message, "Cite it where it is used, or remove it.")


class OldNames:
    """An override, a case or a rule that uses a name which a term or rule had before. It works, until that name is dropped."""

    name = "old-name"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pack in subject.packs:
            names = names_of_today(subject.program, pack)
            for path, node in _nodes(pack):
                for old in old_names_in(node, names):
                    message = f'"{old.written}" is now called "{old.today}".'
                    mend = "Write the new name; pack check --fix does it."
                    yield Finding("warning", Place(path, old.line), self.name, message, mend)


def names_of_today(program: Program, pack: RulePack) -> dict[str, str]:
    """Old names, folded, that a pack may still use, with those of today: terms, rules, and its own rules without the pack."""
    rules, start = program.old_rule_names, f"{pack.name}/"
    own = {old.removeprefix(start): rules[old].removeprefix(start) for old in rules if old.startswith(start)}
    return program.vocabulary.old_names() | {fold(old): today for old, today in (rules | own).items()}


def _nodes(pack: RulePack) -> Iterator[tuple[str, Any]]:
    """What a pack's author wrote, without its vocabulary, with the file it stands in."""
    yield from ((one.path, one.root) for one in (pack.document, *pack.cases))
    yield from ((one.place.path, one.node) for one in (*pack.rules, *pack.exercises, *pack.pathways))


class Covers:
    """`covers` names entries of the list of clinical statements: a letter or more, then a number."""

    name = "covers"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pack in subject.packs:
            for written in (*pack.rules, *pack.exercises, *pack.pathways):
                for code in written.item.covers:
                    if not _COVERS.match(code):
                        message = f'{written.item.id}: covers: "{code}" is no entry such as K012.'
                        yield Finding("error", written.place, self.name, message, "Write letters and a number, or remove it.")


def _keys(root: object, name: str) -> Iterable[str]:
    section = root.get(name) if isinstance(root, dict) else None
    return list(section) if isinstance(section, dict) else []


def _types(subject: Subject) -> set[str]:
    """The term lists that kinds of facts use; others (blocks of a session, demands) belong to the engine."""
    return {kind.type.terms for kind in subject.program.vocabulary.kinds.values() if kind.name not in OF_THE_ENGINE}


def _conditions(rules: Iterable[Rule]) -> Iterator[Condition]:
    for rule in rules:
        yield from rule.conditions.every()


def _lists_read(subject: Subject) -> Iterator[str]:
    """Term lists that some condition covers whole, by `any`, a variable or no mention of single terms."""
    for condition in _conditions(subject.program.rules):
        for field, test in condition.tests:
            if not isinstance(test, OneOf):
                yield value_type(subject.program.vocabulary.kinds[condition.kind], field).terms


def _values_named(subject: Subject) -> Iterator[tuple[str, Value]]:
    for rule in subject.program.rules:
        for condition in rule.conditions.every():
            for field, test in condition.tests:
                if isinstance(test, OneOf):
                    terms = value_type(subject.program.vocabulary.kinds[condition.kind], field).terms
                    yield from ((terms, value) for value in test.values)
        for item in rule.consequents:
            yield from (("targets", value) for value in [getattr(item, "target", None)] if value)
            yield from (("professionals", value) for value in [getattr(item, "refer", None)] if value)
            yield from (("load_metrics", value) for value in [getattr(item, "adjust", None)] if value)


def _few(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
