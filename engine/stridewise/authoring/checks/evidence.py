"""Is what a rule claims carried by its sources? And has somebody signed it?"""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject, at, check
from stridewise.language.rule import Rule
from stridewise.packs.pack import Claim, Source
from stridewise.program.in_force import protects
from stridewise.program.program import Program


@check("sources")
def sources(subject: Subject) -> Iterator[Finding]:
    """Every rule has a source, and says no more than its best source allows."""
    for rule in subject.rules:
        place = subject.place(rule, "sources")
        if not rule.sources:
            yield Finding("error", place, f"{rule.id} has no source.", "Name at least one key of sources.yaml.")
            continue
        for message, mend in _too_weak(subject.program, rule):
            yield Finding("error", place, f"{rule.id}: {message}", mend)
    for written in subject.exercises:
        if not written.item.sources:
            yield Finding("warning", written.place, f"{written.item.id} has no source.", "Name at least one.")


def _too_weak(program: Program, rule: Rule) -> Iterator[tuple[str, str]]:
    cited = [_cited(program, name) for name in rule.sources]
    if all(source.level == "5" for source, _ in cited):
        if rule.strength != "expert_opinion":
            yield f'"{rule.strength}" rests on level 5 alone.', "Write strength: expert_opinion, or cite a better source."
        if rule.certainty not in ("low", "very_low"):
            yield f'"{rule.certainty}" certainty rests on level 5 alone.', "Write certainty: low or very_low."
    elif not any(claim.verified for _, claims in cited for claim in claims) and rule.certainty not in ("low", "very_low"):
        message = f'"{rule.certainty}" certainty rests on figures that nobody checked in the source.'
        yield message, "Write certainty: low, or check the figure and set verified: true."


def _cited(program: Program, name: str) -> tuple[Source, tuple[Claim, ...]]:
    """A source and the claims of it that are meant."""
    key, _, wanted = name.partition("#")
    source = program.sources[key]
    return source, tuple(claim for claim in source.claims if not wanted or claim.id == wanted)


@check("threshold")
def thresholds(subject: Subject) -> Iterator[Finding]:
    """Every threshold has a unit and a source that exists."""
    for pack in subject.packs:
        for name, shape in pack.shape.thresholds.items():
            place = at(pack.document, "thresholds", name)
            if "unit" not in pack.document.root["thresholds"][name]:
                yield Finding("error", place, f'the threshold "{name}" has no unit.', "Add unit: km, weeks, count …")
            if not shape.source:
                yield Finding("error", place, f'the threshold "{name}" has no source.', "Add source: and a key.")
            elif shape.source.partition("#")[0] not in subject.program.sources:
                message = f'the threshold "{name}" names an unknown source, "{shape.source}".'
                yield Finding("error", place, message, "Name a key of sources.yaml.")


@check("review")
def reviews(subject: Subject) -> Iterator[Finding]:
    """A named clinician reviewed the pack, and the review still holds."""
    for pack in subject.packs:
        shape, document = pack.shape, pack.document
        if not shape.is_signed(subject.as_of):
            message = f"no clinician has signed {pack.name}; every plan says so."
            mend = "Let one review it, then write reviewer: (a name) and reviewed: (a date that has been)."
            yield Finding("info", at(document, "reviewer"), message, mend)
        if shape.expires is not None and shape.expires < subject.as_of:
            message = f"the review of {pack.name} expired on {shape.expires}; every plan warns."
            mend = "Let it be reviewed again, then set reviewed: and expires:."
            yield Finding("info", at(document, "expires"), message, mend)
        for index, override in enumerate(shape.overrides):
            if override.expires < subject.as_of:
                protecting = protects(subject.program, pack.name, override)
                held = "it is kept because it protects" if protecting else "it no longer holds"
                message = f"the override of {override.target} ended on {override.expires}; {held}."
                mend = "Review it: set a new expires:, or take it out."
                yield Finding("warning", at(document, "overrides", index), message, mend)
