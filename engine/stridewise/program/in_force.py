"""A program on a day. An override holds until its date; then what it changed is as it was, and the plan says so. One whose own
rule refers or rules something out goes on protecting past its date."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from stridewise.packs.pack import Contents, Override, RulePack
from stridewise.program.program import Program, once

Signed = tuple[str, Override]  # the pack, and what it changes


def in_force(program: Program, as_of: date) -> Program:
    """The program without the overrides that have ended by that day; they stand in its `lapsed`."""
    ended = tuple(one for one in program.overrides if one[1].expires < as_of and not protects(program, *one))
    return _without(program, ended) if ended else program


def protects(program: Program, pack: str, override: Override) -> bool:
    """Does the rule or the pathway that stands in refer somebody or rule something out?"""
    pathway = program.pathways.get(override.with_pathway or "")
    names = pathway.rules if pathway is not None else {f"{pack}/{override.with_rule}"}
    return any(rule.is_protected for rule in map(program.rule, names) if rule is not None)


@once
def _without(program: Program, ended: tuple[Signed, ...]) -> Program:
    from stridewise.program.builder import build_program

    packs = [_pack_without(pack, [override for name, override in ended if name == pack.name]) for pack in program.packs]
    made = build_program(packs, program.without_safety)
    return replace(made, lapsed=ended, plugins=program.plugins, cache={})


def _pack_without(pack: RulePack, ended: Sequence[Override]) -> RulePack:
    """The pack without these overrides and without what stood in by them."""
    if not ended:
        return pack
    kept = tuple(override for override in pack.shape.overrides if override not in ended)
    stood_in = _standing_in(ended) - _standing_in(kept)
    contents = _contents_without(pack.read(), stood_in)
    return replace(pack, shape=replace(pack.shape, overrides=kept), read=lambda: contents)


def _standing_in(overrides: Iterable[Override]) -> set[str]:
    return {name for override in overrides for name in (override.with_rule, override.with_pathway) if name is not None}


def _contents_without(contents: Contents, stood_in: set[str]) -> Contents:
    return replace(
        contents,
        rules=tuple(rule for rule in contents.rules if rule.item.id not in stood_in),
        pathways=tuple(pathway for pathway in contents.pathways if pathway.item.id not in stood_in),
    )
