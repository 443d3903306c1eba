"""What a plan was made by, with a digest of each part and one over all: whoever makes it again can tell what has changed."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from stridewise import __version__
from stridewise.inference.engine import Inference
from stridewise.language.fact import Fact
from stridewise.packs.pack import Override
from stridewise.packs.plugins import informants
from stridewise.plan.model import OverrideUsed, PackUsed, PluginUsed, Receipt
from stridewise.plan.seal import digest_of_values, to_values
from stridewise.program.languages import language_of
from stridewise.program.program import Program, once

# Whose source decides what a plan says: the rooms that `session` rests on, and itself.
ROOMS = ("documents", "language", "profile", "packs", "program", "inference", "plan", "recommendation", "planning")
FILES = ("__init__.py", "errors.py", "session.py")


def receipt_of(program: Program, as_of: date, inference: Inference, profile_sha256: str, facts_sha256: str) -> Receipt:
    """The receipt of a plan that is yet to be sealed. `program` is the one in force on the day."""
    return replace(
        _made_by(program, as_of, engine_sha256()),
        engine=inference.engine.describe(),
        profile_sha256=profile_sha256,
        facts_sha256=facts_sha256,
        fired=tuple(sorted({activation.rule.id for activation in inference.memory.activations})),
    )


@once
def _made_by(program: Program, as_of: date, engine: str) -> Receipt:
    """What is the same for every runner of a day, with the digest over it."""
    made_by = Receipt(
        engine="",
        version=__version__,
        engine_sha256=engine,
        packs=_packs(program, as_of),
        overrides=tuple(_override(pack, one) for pack, one in program.overrides),
        plugins=tuple(PluginUsed(name=name, sha256=_sha256_of_all(files)) for name, files in informants(program.plugins).items()),
        profile_sha256="",
    )
    return replace(made_by, program_sha256=digest_of_values(to_values(made_by)))


def digest_of_facts(facts: Iterable[Fact], answered: Iterable[str]) -> str:
    """The sha256 over what is known of the runner, whoever recorded or computed it, and which lists were given."""
    known = sorted(str(sorted(fact.as_mapping().items())) for fact in facts)
    return digest_of_values([known, sorted(answered)])


@once
def digest_of_texts(program: Program, code: str) -> str:
    """The sha256 over what a language says; "" for English, which the packs' digests cover."""
    spoken = language_of(program, code)
    return "" if spoken.is_english else digest_of_values(to_values([spoken.texts, spoken.only]))


@cache
def engine_sha256() -> str:
    """The sha256 over the source of all that decides what a plan says, as it was when the first plan was made."""
    total = hashlib.sha256()
    for name, path in _sources(str(Path(__file__).parents[1])):
        with open(path, "rb") as source:  # noqa: PTH123
            content = source.read()
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _sources(root: str) -> list[tuple[str, str]]:
    """Name and path of every source, in the order of names."""
    rooms = (os.walk(os.path.join(root, room)) for room in ROOMS)  # noqa: PTH118  # every start waits for this
    below = (os.path.join(at, name) for room in rooms for at, _, names in room for name in names if name.endswith(".py"))  # noqa: PTH118
    found = [*filter(os.path.isfile, (os.path.join(root, name) for name in FILES)), *below]  # noqa: PTH118
    return sorted((path.removeprefix(root).lstrip(os.sep).replace(os.sep, "/"), path) for path in found)


def _packs(program: Program, as_of: date) -> tuple[PackUsed, ...]:
    return tuple(
        PackUsed(
            name=pack.name,
            version=pack.shape.version,
            sha256=pack.sha256,
            reviewed=str(pack.shape.reviewed) if pack.shape.is_signed(as_of) else None,
        )
        for pack in program.packs
    )


def _override(pack: str, one: Override) -> OverrideUsed:
    stands_in = one.with_rule or one.with_pathway
    to = stands_in if one.to is None else str(one.to)
    changed = one.rule or one.threshold or one.pathway or ""
    return OverrideUsed(pack=pack, action=one.action, of=changed, to=to, by=one.by, expires=str(one.expires))


def _sha256_of_all(files: Iterable[str]) -> str:
    """The sha256 over these files; one that is not there, as in an archive, counts as empty."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(Path(path).read_bytes() if Path(path).is_file() else b"")
    return total.hexdigest()
