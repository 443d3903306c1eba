"""Words that claim more than is known, claims that evidence contradicts, and texts too long to be read."""

import re
from collections.abc import Iterator
from typing import Any

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject
from stridewise.authoring.checks.stage_texts import Text, pathway_texts
from stridewise.documents.located import line_of
from stridewise.language.rule import texts_of
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import Written

MAX_BECAUSE = 160
MAX_PATIENT = 140

_NOT_A_NOUN = "".join(rf"(?<!\b{word} )" for word in ("many", "other", "the", "possible", "such", "its", "these"))
FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"\bprevents\b", 'Write "may reduce".'),
    (rf"{_NOT_A_NOUN}\bcauses\b(?! of| are| can|[.,;:])", 'Write "is associated with".'),
    (r"\b(is|are|was|were) caused by\b", 'Write "is associated with".'),
    (r"\bweak\b[^.;]{0,60}\b(causes?|leads? to|results? in)\b", "A weak muscle is a finding, not a cause; say what to train."),
)
# What the source articles say and evidence contradicts (evidence.md §0).
CONTRADICTED: tuple[tuple[str, str], ...] = (
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
BANNED: tuple[tuple[str, str], ...] = (
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


class Wording:
    """No text says "prevents", "causes" or "weak X causes Y"."""

    name = "wording"

    def find(self, subject: Subject) -> Iterator[Finding]:
        yield from _matches(subject, FORBIDDEN, self.name, "error", "claims more than is known")


class ContradictedClaims:
    """No text repeats a claim that evidence contradicts."""

    name = "contradicted-claim"

    def find(self, subject: Subject) -> Iterator[Finding]:
        yield from _matches(subject, CONTRADICTED, self.name, "warning", "is contradicted by evidence")


def _matches(
    subject: Subject, patterns: tuple[tuple[str, str], ...], check: str, level: FindingLevel, verdict: str
) -> Iterator[Finding]:
    for whose, place, text in all_texts(subject):
        for pattern, mend in patterns:
            if match := re.search(pattern, text, re.IGNORECASE):
                yield Finding(level, place, check, f'{whose}: "{match[0]}" {verdict}.', mend)


class BannedPhrases:
    """No text holds a phrase that a native clinician would not write, or a word of the engine."""

    name = "banned-phrase"

    def find(self, subject: Subject) -> Iterator[Finding]:
        yield from _matches(subject, BANNED, self.name, "warning", "is not what a clinician would write")


class LongTexts:
    """A reason is read in one breath: `because` up to 160 letters, `patient` up to 140."""

    name = "long-text"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in subject.written.values():
            for name, most in (("because", MAX_BECAUSE), ("patient", MAX_PATIENT)):
                if (length := len(getattr(written.item, name))) > most:
                    place = Place(written.place.path, line_of(written.node, name))
                    message = f"{written.item.id}: {name} has {length} letters, at most {most} are read."
                    yield Finding("warning", place, self.name, message, "Shorten it.")


class MissingTexts:
    """A title for the catalogue, and a sentence for the runner."""

    name = "missing-text"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for written in subject.written.values():
            if not written.item.title:
                yield Finding("warning", written.place, self.name, f"{written.item.id} has no title.", "Add title: a sentence.")
            if not written.item.patient:
                message = f"{written.item.id} has no sentence for the runner."
                yield Finding("info", written.place, self.name, message, "Add patient: in plain words.")


def all_texts(subject: Subject) -> Iterator[Text]:
    """Every text of the checked packs that a reader may see."""
    for rule in (rule for rule in subject.rules if rule.id in subject.written):
        written = subject.written[rule.id]
        for name in ("title", "because", "patient"):
            if text := getattr(written.item, name):
                yield f"{written.item.id}: {name}", subject.place(rule, name), text
        for index, item in enumerate(rule.consequents):
            for text in texts_of(item):
                yield f"{written.item.id}: then[{index}]", subject.place(rule, "then", index), text
    for written in (written for pack in subject.packs for written in pack.exercises):
        yield from _exercise_texts(written)
    for name, written in subject.pathways.items():
        yield from pathway_texts(subject.program, name, written)


def _exercise_texts(written: Written) -> Iterator[Text]:
    exercise: Any = written.item
    for name in ("feel", "fault", "stop_if", "progress_when", "not_to_confuse_with"):
        if text := getattr(exercise, name):
            yield f"{exercise.id}: {name}", Place(written.place.path, line_of(written.node, name)), text
    for index, text in enumerate(exercise.instructions):
        place = Place(written.place.path, line_of(written.node, "instructions", index))
        yield f"{exercise.id}: instructions[{index}]", place, text
    for gate in exercise.gates:
        yield f"{exercise.id}: gates", Place(written.place.path, line_of(written.node, "gates")), gate.earn
