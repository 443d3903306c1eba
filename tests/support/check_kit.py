"""Small packs for `pack check`: the pieces of one, and what it finds in it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kit import base_pack, rule, toy_pack
from stridewise.authoring.checks.checking import CHECKS, check_packs
from stridewise.authoring.checks.finding import Finding
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.packs.pack import RulePack
from stridewise.profile.profile import read_profile
from stridewise.program.builder import build_program
from stridewise.session import hold_session

DAY = date(2026, 11, 21)
RED = {"colour": "red"}


def exercise(name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": name.title(),
        "blocks": ["core"],
        "targets": {"direct": ["neatness"]},
        "laterality": "bilateral",
        "dosage": {"control": {"sets": 2, "reps": 8}},
        "instructions": ["Do it."],
        "stop_if": "Pain.",
        "demands": "none",
        "sources": ["atlas"],
        **more,
    }


def case(profile: Mapping[str, Any], name: str = "A case.", **expect: Any) -> dict[str, Any]:
    return {"name": name, "profile": dict(profile), "expect": expect}


def size(number: float) -> dict[str, Any]:
    return {"findings": [{"size": number}]}


def one(*when: Any, then: Any = None, **more: Any) -> dict[str, Any]:
    """A pack of the rule "one"."""
    return {"rules": [rule("one", when or [RED], then, **more)]}


def target(**more: Any) -> list[dict[str, Any]]:
    return [{"target": "neatness", **more}]


def avoid(what: Any, level: str = "precaution", **more: Any) -> dict[str, Any]:
    return {"avoid": what, "level": level, **more}


def library(*exercises: dict[str, Any]) -> dict[str, Any]:
    return {"exercises/all.yaml": list(exercises)}


def cases(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"cases/all.yaml": list(entries)}


def source(level: str, verified: bool = True) -> dict[str, Any]:
    claims = [{"id": "s", "text": "So.", "verified": verified}]
    return {"sources.yaml": [{"key": "book", "reference": "A book", "level": level, "claims": claims}]}


def vocabulary(**sections: Any) -> dict[str, Any]:
    return {"vocabulary/own.yaml": sections}


WARN = [{"warn": "Look out.", "level": "info"}]


def packs_of(tmp_path: Path, written: Mapping[str, Any]) -> list[RulePack]:
    head = {name: value for name, value in written.items() if name not in ("rules", "more", "files")}
    rules = [*written.get("rules", ()), *written.get("more", ())]
    return [base_pack(tmp_path), toy_pack(tmp_path / "toy", rules, written.get("files"), **head)]


def check(tmp_path: Path, written: Mapping[str, Any]) -> list[Finding]:
    return check_packs(lambda: packs_of(tmp_path, written), lambda pack: pack.name == "toy", DAY, without_safety=True)


def of(found: list[Finding], name: str, level: str) -> list[Finding]:
    return [finding for finding in found if finding.check == name and finding.level == level]


def run_witness(packs: list[RulePack], witness: str) -> set[str]:
    """The rules that fire for the runner of a witness."""
    session = hold_session(
        read_profile(parse_document(witness.encode(), "w.yaml", ProfileError)), build_program(packs, without_safety=True), DAY
    )
    return {activation.rule.id for activation in session.situation.memory.activations}


def two_packs(tmp_path: Path, first: list[Any], second: list[Any], **files: Any) -> list[RulePack]:
    return [
        base_pack(tmp_path),
        toy_pack(tmp_path / "toy", first, library(exercise("hop", demands={"impact": 2}), exercise("sit"))),
        toy_pack(tmp_path / "other", second),
    ]


def collisions(packs: list[RulePack]) -> list[Finding]:
    checks = [check for check in CHECKS if check.name == "contradiction"]
    found = check_packs(lambda: packs, lambda pack: pack.name == "toy", DAY, checks, without_safety=True)
    assert not of(found, "load", "error"), found
    return found
