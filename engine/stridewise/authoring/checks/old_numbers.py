"""Texts that write a threshold's number by hand: when the threshold is retuned, they still say the old one."""

import re
from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject, at, check
from stridewise.documents.units import WITHOUT_NAME, show, spellings
from stridewise.language.rule import Rule, texts_of
from stridewise.packs.pack import RulePack, ThresholdShape, Written


@check("old-number")
def old_numbers(subject: Subject) -> Iterator[Finding]:
    """No text of another pack still says the number that an override has changed; of the pack itself, none that one could."""
    for pack in subject.packs:
        yield from _own(subject, pack)
        for index, override in enumerate(pack.shape.overrides):
            if override.threshold is not None and override.expires >= subject.as_of:
                yield from _retuned(subject, pack, index, override.threshold)


def _own(subject: Subject, pack: RulePack) -> Iterator[Finding]:
    kept = [rule.thresholds for rule in subject.program.rules if rule.id in subject.program.protected]
    for name, shape in pack.shape.thresholds.items():
        if any(f"{pack.name}/{name}" in names for names in kept):
            continue  # nobody can retune it
        for rule, part in _saying(subject, f"{pack.name}/{name}", shape):
            message = f"{rule.id}: {part} writes the number of the threshold {name} by hand."
            mend = f"Where it means the threshold, write {{{name}}}: the text follows it."
            yield Finding("info", subject.place(rule, part), message, mend)


def _retuned(subject: Subject, pack: RulePack, index: int, threshold: str) -> Iterator[Finding]:
    owner, _, own = threshold.partition("/")
    shape = next(one.shape.thresholds[own] for one in subject.program.packs if one.name == owner)
    place = at(pack.document, "overrides", index)
    for rule, part in _saying(subject, threshold, shape):
        message = (
            f"{rule.id}: {part} ({rule.place}) still says {show(shape.value, _unit(shape))}, the number before this override."
        )
        mend = f"Ask for {{{own}}} in that text, or replace the rule by your own."
        yield Finding("warning", place, message, mend)


def _saying(subject: Subject, threshold: str, shape: ThresholdShape) -> Iterator[tuple[Rule, str]]:
    """The rules that depend on a threshold and say its number in words of their own, with the part."""
    written = {f"{pack.name}/{one.item.id}": one for pack in subject.program.packs for one in pack.rules}
    said = _spelt(shape)
    for rule in (rule for rule in subject.program.rules if threshold in rule.thresholds and rule.id in written):
        yield from ((rule, part) for part, text in _texts(rule, written[rule.id]) if said.search(text))


def _texts(rule: Rule, written: Written) -> Iterator[tuple[str, str]]:
    yield from ((part, getattr(written.item, part)) for part in ("because", "patient"))
    yield from (("then", text) for item in rule.consequents for text in texts_of(item))


def _unit(shape: ThresholdShape) -> str:
    """As it is written; nothing where nobody writes it."""
    return "" if shape.unit in ("1", *WITHOUT_NAME) else shape.unit


def _spelt(shape: ThresholdShape) -> re.Pattern[str]:
    """The number with its unit in any spelling; where nobody writes the unit, the number alone."""
    unit = _unit(shape)
    in_words = (*spellings(unit), unit.removesuffix("s"), *(("%",) if unit == "percent" else ()))
    ending = rf"[ -]?(?:{'|'.join(map(re.escape, in_words))})(?!\w)" if unit else r"(?![\w.]*\d)"
    return re.compile(rf"(?<![\w.]){re.escape(show(shape.value))}{ending}", re.IGNORECASE)
