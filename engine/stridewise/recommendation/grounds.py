"""What a reason rests on: its sources, and how sure they make it. A number that a clinic has retuned rests on the clinic."""

from dataclasses import dataclass

from stridewise.language.rule import CERTAINTIES, Certainty, EvidenceLevel, Rule, Strength
from stridewise.packs.pack import Override
from stridewise.plan.model import SourceUsed
from stridewise.program.program import Program, once

OPINION: EvidenceLevel = "5"  # the level of a local decision


@dataclass(frozen=True, slots=True)
class Grounds:
    """The sources of a rule as cited, and how strongly it may be said."""

    sources: tuple[SourceUsed, ...]
    strength: Strength
    certainty: Certainty


def grounds_of(program: Program, rule: Rule) -> Grounds:
    """What a rule rests on. In place of the source of a retuned number stands the override that set it; where nothing but opinion
    is left, the rule is said as an opinion."""
    changes = [(pack, override) for pack, override in program.overrides if override.threshold in rule.thresholds]
    if not changes:
        return Grounds(_sources(program, rule.sources), rule.strength, rule.certainty)
    replaced = {_written_source(program, str(override.threshold)) for _, override in changes}
    cited = _sources(program, tuple(name for name in rule.sources if name not in replaced))
    sources = (*cited, *(_decided(pack, override) for pack, override in changes))
    if any(source.level != OPINION for source in cited):
        return Grounds(sources, rule.strength, rule.certainty)
    return Grounds(sources, "expert_opinion", max(rule.certainty, "low", key=CERTAINTIES.index))


def _written_source(program: Program, threshold: str) -> str:
    """The source of a threshold as its own pack gives it."""
    name, _, own = threshold.partition("/")
    return next((pack.shape.thresholds[own].source for pack in program.packs if pack.name == name), "")


def _decided(pack: str, override: Override) -> SourceUsed:
    told = f"{override.target} set to {override.to} by {pack}: {override.reason.rstrip('.')} ({override.by})"
    return SourceUsed(told, OPINION, verified=False)


@once
def _sources(program: Program, names: tuple[str, ...]) -> tuple[SourceUsed, ...]:
    return tuple(_source(program, name) for name in names)


def _source(program: Program, name: str) -> SourceUsed:
    """A source as cited, `key` or `key#claim`; verified where all the claims meant are."""
    key, _, claim = name.partition("#")
    source = program.sources[key]
    claims = [item for item in source.claims if not claim or item.id == claim]
    return SourceUsed(name, source.level, bool(claims) and all(item.verified for item in claims))
