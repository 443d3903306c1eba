"""Read what a vocabulary says of its kinds and terms beyond their names, and check it against all that is loaded."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stridewise.documents.located import Document
from stridewise.documents.shape import record_like
from stridewise.errors import Problems, did_you_mean
from stridewise.language.condition_reader import ConditionReader
from stridewise.language.fact import read_facts
from stridewise.language.traits import EARNED, FOUND, Entry, KindTraits, MeasurementError
from stridewise.language.vocabulary import Kind, Place, ValueType, Vocabulary

SCORE = "score"  # the unit of what is felt or graded
VALUE_HERE = "{value}"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def kind_traits(shape: KindTraits, type_: ValueType) -> KindTraits:
    """What a kind says, with what is meant where it says nothing: a score is felt or graded, so it is never offered as a change
    unless the vocabulary says that it may be; any other number can be worked on; all else may be found."""
    safety = type_.unit == SCORE if shape.safety is None else shape.safety
    meant = EARNED if type_.is_number and not safety else FOUND
    return record_like(shape, KindTraits, safety=safety, modifiable=shape.modifiable or meant)


# --- checked against all that is loaded ------------------------------------------------------------------------------


def check_traits(
    documents: Iterable[Document], vocabulary: Vocabulary, sources: Mapping[str, object], problems: Problems
) -> None:
    """Every condition, answer, kind and source that a vocabulary names beside its words must be one that is there."""
    for document in documents:
        here = problems.within(document.path)
        for kind in (kind for name in _keys(document, "kinds") if (kind := vocabulary.kinds.get(name)) is not None):
            if kind.place.path == document.path:  # else it is there twice
                _check_kind(vocabulary, kind, sources, here)
        for list_name in _keys(document, "terms"):
            for name in _keys(document, "terms", list_name):
                if (term := vocabulary.terms.get(list_name, {}).get(name)) is not None:
                    line = document.line("terms", list_name, name)
                    _check_term(vocabulary, term.traits, here, line, f"terms.{list_name}.{name}")
    _check_shorthand(vocabulary, problems)


def _keys(document: Document, *steps: str) -> Iterator[str]:
    node: Any = document.root
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    yield from node if isinstance(node, dict) else ()


def _check_kind(vocabulary: Vocabulary, kind: Kind, sources: Mapping[str, object], problems: Problems) -> None:
    traits, line, where = kind.traits, kind.place.line, f"kinds.{kind.name}"
    _check_conditions(vocabulary, traits.asked_if, problems, line, f"{where}: asked_if")
    _check_conditions(vocabulary, traits.asked_unless, problems, line, f"{where}: asked_unless")
    for answer in traits.answers:
        with problems.at(line, f'{where}: answers "{answer.answer}"'):
            read_facts(vocabulary, answer.states, Place("", 0))
    named = [("past", traits.past)] * bool(traits.past) + [("denies", name) for name in traits.denies]
    for key, name in named:
        if name not in vocabulary.kinds:
            problems.add(line, f'{where}: {key}: unknown kind "{name}".{did_you_mean(name, vocabulary.kinds)}')
    _check_measured(kind.type, traits.matters, "", sources, problems, line, f"{where}: matters")
    _check_measured(kind.type, traits.error, traits.better, sources, problems, line, where)
    for attribute in kind.attributes.values():
        _check_measured(attribute.type, attribute.error, attribute.better, sources, problems, line, f"{where}.{attribute.name}")
    if traits.usual is not None and not kind.type.is_number:
        problems.add(line, f"{where}: usual: only a number has one; leave it out")
    for clause in (clause for place in traits.letter for clause in place):
        fields = {*_PLACEHOLDER.findall(clause.say), *(field for field, _ in clause.only)}
        for field in sorted(fields - {"value", *kind.attributes}):
            problems.add(
                line, f'{where}: letter "{clause.say}": unknown attribute "{field}".{did_you_mean(field, kind.attributes)}'
            )
    for words in traits.shorthand:
        if (VALUE_HERE in words) == kind.type.is_number:
            form = 'a name alone, such as "hr"' if kind.type.is_number else 'words with {value}, such as "weak {value}"'
            problems.add(line, f'{where}: shorthand "{words}": expected {form}')


def _check_measured(
    type_: ValueType,
    error: MeasurementError | None,
    better: str | None,
    sources: Mapping[str, object],
    problems: Problems,
    line: int,
    where: str,
) -> None:
    for name in (name for name, said in (("error", error), ("better", better)) if said and not type_.is_number):
        problems.add(line, f"{where}: {name}: only a number has one; leave it out")
    if error is not None and error.source not in sources:
        problems.add(line, f'{where}: error: unknown source "{error.source}".{did_you_mean(error.source, sources)}')


def _check_term(vocabulary: Vocabulary, traits: Any, problems: Problems, line: int, where: str) -> None:
    _check_conditions(vocabulary, traits.asked_if, problems, line, f"{where}: asked_if")
    _check_conditions(vocabulary, traits.asked_unless, problems, line, f"{where}: asked_unless")
    for name in traits.not_asked_as:
        if name not in vocabulary.kinds:
            problems.add(line, f'{where}: not_asked_as: unknown kind "{name}".{did_you_mean(name, vocabulary.kinds)}')


def _check_conditions(vocabulary: Vocabulary, entries: Iterable[Entry], problems: Problems, line: int, where: str) -> None:
    reader = ConditionReader(vocabulary, {}, "")
    for entry in entries:
        with problems.at(line, where):
            reader.read(entry)


def _check_shorthand(vocabulary: Vocabulary, problems: Problems) -> None:
    """A short name of a test stands for one kind."""
    known: dict[str, Kind] = {}
    for kind in vocabulary.kinds.values():
        for name in kind.traits.shorthand:
            other = known.setdefault(name, kind)
            if other is not kind and kind.type.is_number:
                here = problems.within(kind.place.path)
                here.add(
                    kind.place.line, f'kinds.{kind.name}: shorthand "{name}" is already that of "{other.name}"; choose another'
                )
