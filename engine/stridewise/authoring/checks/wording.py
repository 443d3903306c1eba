"""Words that claim more than is known, claims that evidence contradicts, and texts too long to be read."""

import re
from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.language.pathway import Pathway, PathwayShape
from stridewise.language.rule import texts_of
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import Written
from stridewise.program.program import Program

Text = tuple[str, Place, str]  # whose and what, where, the text
Patterns = tuple[tuple[str, str], ...]  # what no text may hold, and what to write
MAX_BECAUSE = 160
MAX_PATIENT = 140

_NOT_A_NOUN = "".join(rf"(?<!\b{word} )" for word in ("many", "other", "the", "possible", "such", "its", "these"))
FORBIDDEN: Patterns = (
    (r"\bprevents\b", 'Write "may reduce".'),
    (rf"{_NOT_A_NOUN}\bcauses\b(?! of| are| can|[.,;:])", 'Write "is associated with".'),
    (r"\b(is|are|was|were) caused by\b", 'Write "is associated with".'),
    (r"\bweak\b[^.;]{0,60}\b(causes?|leads? to|results? in)\b", "A weak muscle is a finding, not a cause; say what to train."),
)
# What the source articles say and evidence contradicts (evidence.md §0).
CONTRADICTED: Patterns = (
    (r"running is (mainly |mostly |primarily )?(in the )?frontal", "Running is mainly sagittal."),
    (r"\b(lower|light(er)?) weights?,? (and |with |for )?(higher|more|many) rep", "Heavy or explosive work does more."),
    (r"\b(boosts?|improves?|raises?|increases?) (the |your )?(aerobic capacity|vo2 ?max)", "Economy improves, VO2max seldom."),
    (r"(?<!not )\bas deep as (possible|you can)(?! without| with)", "Write the deepest pain-free, controlled depth."),
    (r"\b(disc disaster|damages? (the |your )?(spinal )?discs?|disc damage)\b", "A healthy runner is not told of damaged discs."),
    (r"\bleaks? (of )?energy|energy leaks?\b", "Leave it out: it is an opinion about the trunk, not a finding."),
    (r"\b(fixes|corrects) (the |your )?(gait|alignment|running form)\b", "Strength work does not change running mechanics."),
    (r"\bmost injuries\b.{0,30}\bprevent", "Pooled trials show no clear reduction."),
    (r"\basymmetr(y|ies) must be corrected\b", "Asymmetry predicts little; use it as a criterion after injury."),
)
# What nobody says to a runner: phrases that a native clinician would not write, and words of this engine.
BANNED: Patterns = (
    (r"\bbettered\b", 'Write "improved".'),
    (r"\bgave way\b", 'Write "gives way" of a joint now, else say what was left out and why.'),
    (r"\b(held|holds?|holding) back\b", 'Write "wait" or "leave out for now".'),
    (r"\bwould rather\b", "Say what to do."),
    (r"\bbeside\b", 'Write "next to" or "as well as".'),
    (r"\basks? (it )?for (it|load|skill|balance|just|more)\b", 'Write "needs" or "demands".'),
    (r"\bknees? falls? in\b", 'Write "the knee drifts inwards on the {side}".'),
    (r"\b[Ww]eak [a-z ]+ \(\{side\}\)", 'Write "weak … on the {side}".'),
    (r"\b(is|are) owned\b|\bowned hinge\b", 'Write "mastered".'),
    (r"\b(read by no rule|rule packs?|receipts?|slots?|(light|every|your) base)\b", "Leave out the engine's own words."),
    (r"\(assumed\)", "Say what is not known."),
    (r"\(C\d\)", "Leave out the register's own numbers."),
    (r"\b\d+\.\d+ ?(min|minutes|km)\b", "Round the number."),
)


@check("wording")
def wording(subject: Subject) -> Iterator[Finding]:
    """No text says "prevents", "causes" or "weak X causes Y"."""
    yield from _matches(subject, FORBIDDEN, "error", "claims more than is known")


@check("contradicted-claim")
def contradicted_claims(subject: Subject) -> Iterator[Finding]:
    """No text repeats a claim that evidence contradicts."""
    yield from _matches(subject, CONTRADICTED, "warning", "is contradicted by evidence")


@check("banned-phrase")
def banned_phrases(subject: Subject) -> Iterator[Finding]:
    """No text holds a phrase that a native clinician would not write, or a word of the engine."""
    yield from _matches(subject, BANNED, "warning", "is not what a clinician would write")


def _matches(subject: Subject, patterns: Patterns, level: FindingLevel, verdict: str) -> Iterator[Finding]:
    for whose, place, text in all_texts(subject):
        for pattern, mend in patterns:
            if match := re.search(pattern, text, re.IGNORECASE):
                yield Finding(level, place, f'{whose}: "{match[0]}" {verdict}.', mend)


@check("long-text")
def long_texts(subject: Subject) -> Iterator[Finding]:
    """A reason is read in one breath: `because` up to 160 letters, `patient` up to 140."""
    for written in subject.written.values():
        for name, most in (("because", MAX_BECAUSE), ("patient", MAX_PATIENT)):
            if (length := len(getattr(written.item, name))) > most:
                message = f"{written.item.id}: {name} has {length} letters, at most {most} are read."
                yield Finding("warning", written.at(name), message, "Shorten it.")


@check("missing-text")
def missing_texts(subject: Subject) -> Iterator[Finding]:
    """A title for the catalogue, and a sentence for the runner."""
    for written in subject.written.values():
        if not written.item.title:
            yield Finding("warning", written.place, f"{written.item.id} has no title.", "Add title: a sentence.")
        if not written.item.patient:
            message = f"{written.item.id} has no sentence for the runner."
            yield Finding("info", written.place, message, "Add patient: in plain words.")


def all_texts(subject: Subject) -> Iterator[Text]:
    """Every text of the checked packs that a reader may see."""
    for rule in (rule for rule in subject.rules if rule.id in subject.written):
        written = subject.written[rule.id]
        yield from _said_by(written, "title", "because", "patient")
        for index, item in enumerate(rule.consequents):
            for text in texts_of(item):
                yield f"{written.item.id}: then[{index}]", written.at("then", index), text
    for written in subject.exercises:
        yield from _said_by(written, "feel", "fault", "stop_if", "progress_when", "not_to_confuse_with")
        for index, text in enumerate(written.item.instructions):
            yield f"{written.item.id}: instructions[{index}]", written.at("instructions", index), text
        for gate in written.item.gates:
            yield f"{written.item.id}: gates", written.at("gates"), gate.earn
    for name, written in subject.pathways.items():
        yield from _pathway_texts(subject.program, subject.program.pathways[name], written)


def _said_by(written: Written, *parts: str) -> Iterator[Text]:
    yield from ((f"{written.item.id}: {part}", written.at(part), text) for part in parts if (text := getattr(written.item, part)))


def _pathway_texts(program: Program, pathway: Pathway, written: Written) -> Iterator[Text]:
    """Titles, what the runner is told, criteria with their questions, and the texts of what holds in a stage."""
    shape: PathwayShape = written.item
    yield from _said_by(written, "title")
    for number, stage in enumerate(shape.stages):
        whose, here = f"{shape.id}/{stage.id}", ("stages", number)
        yield f"{whose}: title", written.at(*here, "title"), stage.title
        yield f"{whose}: plain", written.at(*here, "plain"), stage.plain
        for index, criterion in enumerate(stage.exit):
            for part, text in (("earn", criterion.earn), ("question", criterion.question)):
                if text:
                    yield f"{whose}: {part}", written.at(*here, "exit", index, part), text
        content = program.rule(pathway.stages[number].rules[2])
        for item in content.consequents if content is not None else ():
            yield from ((f"{whose}: then", written.at(*here, "then"), text) for text in texts_of(item))
