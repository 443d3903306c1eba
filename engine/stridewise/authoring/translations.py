"""How much of what people are told a language says: every English text of the program and of its packs, by what it is. What is
not translated is told in English."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stridewise.authoring.own_texts import own_texts
from stridewise.language.dosage import Dosage
from stridewise.language.dosage_words import every_load
from stridewise.language.exercise import Exercise
from stridewise.language.fact import DETAIL
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Prescribe, Refer, Rule
from stridewise.language.translation import Language
from stridewise.language.vocabulary import Kind, Term, Vocabulary
from stridewise.program.program import Program

OWN = "stridewise itself"
TOLD_BY_NAME = ("phases", "load_metrics", "cannot_terms")  # lists whose terms are told by their names too
SHEET = "for the runner"  # what rules and pathways tell the runner
Text = tuple[str, str, str]  # what it is, the list or kind it is of, the text


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one sort of texts: how many there are, and those that the language does not say."""

    sort: str
    number: int
    missing: tuple[str, ...]


def coverage(program: Program, language: Language) -> tuple[Coverage, ...]:
    """Every sort of texts with what is missing of it."""
    sorts: dict[str, dict[str, bool]] = {}
    for sort, where, text in texts_of(program):
        sorts.setdefault(sort, {})[text] = language.of(text, where) is not None
    return tuple(
        Coverage(sort, len(texts), tuple(text for text, is_said in texts.items() if not is_said)) for sort, texts in sorts.items()
    )


def texts_of(program: Program) -> Iterator[Text]:
    """Every text that the program and its packs tell people."""
    found = (
        *((OWN, "", text) for text in (*own_texts(), *every_load())),
        *(("exercises", "", text) for one in program.exercises.values() for text in _of_exercise(one)),
        *_of_vocabulary(program.vocabulary),
        *(text for rule in program.rules for text in _of_rule(rule)),
        *(text for pathway in program.pathways.values() for text in _of_pathway(pathway)),
    )
    return ((sort, where, text) for sort, where, text in found if text.strip())


def _of_exercise(one: Exercise) -> Iterator[str]:
    yield from (one.name, *one.instructions, one.feel, one.fault, one.stop_if, one.progress_when, one.not_to_confuse_with)
    yield from (text for gate in one.gates for text in (gate.earn, gate.question))
    yield from (swap[part] for swap in one.swaps for part in ("keeps", "loses"))
    yield from (text for dosage in one.dosage.values() for text in _of_dosage(dosage))
    poses = json.loads(one.drawing).get("poses", []) if one.drawing else []
    yield from (pose.get("caption", "") for pose in poses)


def _of_dosage(dosage: Dosage) -> Iterator[str]:
    yield from (dosage.note, *(load.note for load in dosage.load))
    yield dosage.effort.note if dosage.effort else ""
    yield dosage.tempo if any(map(str.isalpha, dosage.tempo)) else ""  # 3-1-2 is the same in every language


def _of_vocabulary(vocabulary: Vocabulary) -> Iterator[Text]:
    for name, terms in vocabulary.terms.items():
        yield from (("terms", name, text) for term in terms.values() for text in _of_term(term))
        if name in TOLD_BY_NAME:
            yield from (("terms", name, term.name.replace("_", " ")) for term in terms.values())
    for kind in vocabulary.kinds.values():
        yield from (("kinds", kind.name, text) for text in _of_kind(kind))
        yield from (("kinds", DETAIL, name.replace("_", " ")) for name in kind.attributes)


def _of_term(term: Term) -> Iterable[str]:
    return (term.label, term.note, term.traits.patient, term.traits.letter, term.traits.wait, *term.traits.lights)


def _of_kind(kind: Kind) -> Iterator[str]:
    yield from (kind.label, kind.question, kind.traits.wait, kind.name.replace("_", " "))
    yield from (clause.say for place in kind.traits.letter for clause in place)
    for attribute in kind.attributes.values():
        default = attribute.default if isinstance(attribute.default, str) else ""
        yield from (attribute.label, attribute.question, default.replace("_", " "))


def _of_rule(rule: Rule) -> Iterator[Text]:
    reason, patient = (template.written or template.text if template else "" for template in (rule.because, rule.patient))
    yield ("reasons", "", reason)
    yield (SHEET, "", patient)
    yield from (("what rules say", "", text) for text, _ in rule.texts if text not in (reason, patient))
    for item in rule.consequents:
        if isinstance(item, Refer):
            yield ("what rules say", "", item.refer.replace("_", " "))
        elif isinstance(item, Prescribe) and item.dosage is not None:
            yield from (("what rules say", "", text) for text in _of_dosage(item.dosage))


def _of_pathway(pathway: Pathway) -> Iterator[Text]:
    yield ("pathways", "", pathway.title)
    for stage in pathway.stages:
        yield ("pathways", "", stage.title)
        yield (SHEET, "", stage.plain)
        yield from (("pathways", "", text) for one in stage.exit for text in (one.earn, one.question))
