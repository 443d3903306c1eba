"""What `pack check` says: each check has a pack that fails it and the nearest pack that passes it."""

import os
import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from kit import SOURCES, base_pack, rule, toy_pack, write_pack
from stridewise.authoring.checks.checking import CHECKS, check_packs
from stridewise.authoring.checks.collisions import candidates
from stridewise.authoring.checks.finding import Finding
from stridewise.authoring.checks.witness import FOUND, Witnesses
from stridewise.cli.main import recommend
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.profile.profile import read_profile
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

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
TALL = {"tall": {"value": 40, "unit": "cm", "source": "atlas"}}
LADDER = library(exercise("hop", progression=["leap"]), exercise("leap", regression=["hop"]))
RED_OR_SHADE = [{"any_of": [{"colour": "red"}, {"shape": "star"}]}]
AT_TALL = one({"size": ">= tall"}, then=WARN) | {"thresholds": TALL}
THREE = [case(size(number), f"Size {number}.", fires=["one"] if number >= 40 else [], silent=["one"] if number < 40 else [])
         for number in (39, 40, 41)]  # fmt: skip

# What is checked, the level, a pack that fails, and the nearest that passes.
TABLE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "duplicate",
        "warning",
        {"files": cases(case(size(1)), case(size(2)))},
        {"files": cases(case(size(1)), case(size(2), "B."))},
    ),
    ("duplicate", "warning", {"files": {"sources.yaml": SOURCES + SOURCES}}, {"files": {"sources.yaml": SOURCES}}),
    (
        "unused",
        "info",
        {"files": vocabulary(kinds={"smell": {"open": True, "value": {"yes_no": True}}})},
        one({"smell": "yes"}) | {"files": vocabulary(kinds={"smell": {"open": True, "value": {"yes_no": True}}})},
    ),
    (
        "unused-term",
        "info",
        one({"smell": "mint"})
        | {
            "files": vocabulary(
                kinds={"smell": {"open": True, "value": {"terms": "smells"}}}, terms={"smells": {"mint": {}, "rose": {}}}
            )
        },
        one({"smell": "any"})
        | {
            "files": vocabulary(
                kinds={"smell": {"open": True, "value": {"terms": "smells"}}}, terms={"smells": {"mint": {}, "rose": {}}}
            )
        },
    ),
    ("unused-threshold", "warning", one({"size": ">= 40"}) | {"thresholds": TALL}, AT_TALL),
    ("unused-source", "info", {"files": source("2")}, one(sources=["book"]) | {"files": source("2")}),
    ("covers", "error", one(covers=["clinic"]), one(covers=["K012"])),
    ("unsatisfiable", "error", one({"size": ">= 40"}, {"size": "< 40"}), one({"size": ">= 40"}, {"size": "<= 40"})),
    ("unsatisfiable", "error", one({"size": "> 400"}), one({"size": ">= 400"})),
    ("unsatisfiable", "error", one({"signed": "yes"}, {"signed": "no"}), one({"colour": "red"}, {"colour": "green"})),
    (
        "unsatisfiable",
        "error",
        one({"heap": "red"}, {"absent": {"heap": ["red", "green"]}}) | {"more": [rule("two", [RED], {"heap": "red"})]},
        one({"heap": ["red", "green"]}, {"absent": {"heap": "red"}}) | {"more": [rule("two", [RED], {"heap": "red"})]},
    ),
    ("unsatisfiable", "error", one({"colour": "$x"}, {"shape": "$x"}), one({"colour": "$x"}, {"link": "$x"})),
    (
        "unsatisfiable",
        "error",
        one({"size": "< 3"}, {"any_of": [{"size": "> 4"}, {"size": "> 5"}]}),
        one({"size": "< 3"}, {"any_of": [{"size": "> 4"}, {"colour": "red"}]}),
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red"}, {"shape": "star"}) | {"more": [rule("two", RED_OR_SHADE)]},
        one({"colour": "green"}, {"shape": "round"}) | {"more": [rule("two", RED_OR_SHADE)]},
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red", "side": "$s"}, then={"pile": "red", "side": "$s"})
        | {"more": [rule("two", [{"colour": ["red", "green"], "side": "$t"}], {"pile": "red", "side": "$t"})]},
        one({"colour": "red", "side": "$s"}, then={"pile": "red", "side": "$s"})
        | {"more": [rule("two", [{"colour": ["red", "green"], "side": "$t"}], {"pile": "green", "side": "$t"})]},
    ),
    (
        "subsumed",
        "warning",
        one({"size": ">= 50"}) | {"more": [rule("two", [{"size": ">= 40"}])]},
        one({"size": ">= 40"}, {"colour": "red"}) | {"more": [rule("two", [{"size": "> 40"}])]},
    ),
    (
        "subsumed",
        "warning",
        one({"colour": "red", "shade": "dark"}) | {"more": [rule("two", [RED])]},
        one({"colour": "red", "shade": "plain"}) | {"more": [rule("two", [{"colour": "red", "shade": "any"}])]},
    ),
    ("unreachable", "error", one({"heap": "red"}), one({"heap": "red"}) | {"more": [rule("two", [RED], {"heap": "red"})]}),
    (
        "unreachable",
        "error",
        one({"heap": "red"}, then={"heap": "red"}),
        one({"any_of": [{"heap": "red"}, {"colour": "red"}]}, then={"heap": "red"}),
    ),
    (
        "unreachable-exercise",
        "warning",
        one(then=WARN) | {"files": library(exercise("hop"))},
        one(then=target()) | {"files": library(exercise("hop"))},
    ),
    (
        "unreachable-exercise",
        "warning",
        one(then=[{"prescribe": "leap"}])
        | {
            "files": library(exercise("hop", targets={"direct": ["calm"]}), exercise("leap"))
            | vocabulary(terms={"targets": {"calm": {}}})
        },
        one(then=[{"prescribe": "leap"}])
        | {
            "files": library(exercise("hop", targets={"direct": ["calm"]}), exercise("leap", regression=["hop"]))
            | vocabulary(terms={"targets": {"calm": {}}})
        },
    ),
    (
        "ladder",
        "error",
        {"files": library(exercise("hop", progression=["leap"], regression=["leap"]), exercise("leap", progression=["hop"]))},
        {"files": LADDER},
    ),
    ("ladder", "warning", {"files": library(exercise("hop", progression=["leap"]), exercise("leap"))}, {"files": LADDER}),
    (
        "names-nothing",
        "error",
        one(then=[avoid({"demand": "impact", "above": 2}, "contraindication")])
        | {"files": library(exercise("hop", demands={"impact": 2}))},
        one(then=[avoid({"demand": "impact", "above": 1}, "contraindication")])
        | {"files": library(exercise("hop", demands={"impact": 2}))},
    ),
    ("sources", "error", one(sources=[]), one(strength="expert_opinion", certainty="low")),
    ("sources", "error", one(strength="conditional", certainty="low"), one(strength="expert_opinion", certainty="very_low")),
    (
        "sources",
        "error",
        one(strength="expert_opinion", certainty="moderate"),
        one(strength="expert_opinion", certainty="low"),
    ),
    (
        "sources",
        "error",
        one(sources=["book"], certainty="moderate") | {"files": source("1", verified=False)},
        one(sources=["book"], certainty="moderate") | {"files": source("1")},
    ),
    (
        "threshold",
        "error",
        {"thresholds": {"tall": {"value": 40, "source": "atlas"}}},
        {"thresholds": TALL},
    ),
    ("threshold", "error", {"thresholds": {"tall": {"value": 40, "unit": "cm"}}}, {"thresholds": TALL}),
    ("threshold", "error", {"thresholds": {"tall": {"value": 40, "unit": "cm", "source": "atlass"}}}, {"thresholds": TALL}),
    ("review", "info", {}, {"reviewer": "A. Clinician", "reviewed": "2026-01-01"}),
    (
        "review",
        "info",
        {"reviewer": "A. Clinician", "reviewed": "2025-01-01", "expires": "2026-11-20"},
        {"reviewer": "A. Clinician", "reviewed": "2025-01-01", "expires": "2026-11-21"},
    ),
    ("wording", "error", one(because="This prevents spills."), one(because="This may reduce spills.")),
    ("wording", "error", one(because="Rain causes spills."), one(because="Spills have many causes.")),
    ("wording", "error", one(patient="Weak glue leads to gaps."), one(patient="Weak glue is worth a look.")),
    ("wording", "error", one(then=[{"warn": "It causes spills.", "level": "info"}]), one(then=WARN)),
    (
        "wording",
        "error",
        {"files": library(exercise("hop", feel="This prevents falls."))},
        {"files": library(exercise("hop", feel="The legs work."))},
    ),
    ("contradicted-claim", "warning", one(because="Go as deep as possible."), one(because="Go as deep as is comfortable.")),
    ("long-text", "warning", one(because="x" * 161), one(because="x" * 160)),
    ("long-text", "warning", one(patient="x" * 141), one(patient="x" * 140)),
    ("missing-text", "warning", one(patient="So."), one(title="One", patient="So.")),
    ("missing-text", "info", one(title="One"), one(title="One", patient="So.")),
    (
        "case",
        "error",
        one() | {"files": cases(case({"findings": [RED]}, silent=["one"]))},
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]))},
    ),
    (
        "missing-case",
        "error",
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]))},
        one() | {"files": cases(case({"findings": [RED]}, fires=["one"]), case({"findings": []}, "B.", silent=["one"]))},
    ),
    ("boundary", "warning", AT_TALL | {"files": cases(THREE[0], THREE[2])}, AT_TALL | {"files": cases(*THREE)}),
    ("boundary", "warning", AT_TALL | {"files": cases(THREE[0], THREE[1])}, AT_TALL | {"files": cases(*THREE)}),
    (
        "boundary",
        "warning",
        one({"size": "<= 1"}) | {"files": cases(case(size(1), fires=["one"]), case(size(2), "B.", silent=["one"]))},
        one({"size": "<= 0"}) | {"files": cases(case(size(0), fires=["one"]), case(size(1), "B.", silent=["one"]))},
    ),
]


def packs_of(tmp_path: Path, written: Mapping[str, Any]) -> list[RulePack]:
    head = {name: value for name, value in written.items() if name not in ("rules", "more", "files")}
    rules = [*written.get("rules", ()), *written.get("more", ())]
    return [base_pack(tmp_path), toy_pack(tmp_path / "toy", rules, written.get("files"), **head)]


def check(tmp_path: Path, written: Mapping[str, Any]) -> list[Finding]:
    return check_packs(lambda: packs_of(tmp_path, written), lambda pack: pack.name == "toy", DAY)


def of(found: list[Finding], name: str, level: str) -> list[Finding]:
    return [finding for finding in found if finding.check == name and finding.level == level]


@pytest.mark.parametrize(("name", "level", "bad", "good"), TABLE, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(TABLE)])
def test_a_check_finds_the_fault_and_not_its_nearest_neighbour(
    tmp_path: Path, name: str, level: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    wrong, right = check(tmp_path / "bad", bad), check(tmp_path / "good", good)
    assert not of(wrong, "load", "error"), wrong
    assert not of(right, "load", "error"), right
    assert of(wrong, name, level)
    assert not of(right, name, level)
    assert all(f.place.line > 0 and f.place.path.startswith("toy/") and f.mend for f in of(wrong, name, level))


def test_every_check_has_a_pack_that_fails_it() -> None:
    tested = {name for name, *_ in TABLE} | {"contradiction"}
    assert {check.name for check in CHECKS} == tested


def test_what_keeps_a_pack_from_loading_is_a_finding_like_any_other(tmp_path: Path) -> None:
    rules = [rule("one", [{"colour": "redd"}]), rule("two", [{"colour": "$x"}], {"pile": "$y"}), rule("two", [RED])]
    found = check(tmp_path, {"rules": rules})
    assert [(f.level, f.check) for f in found] == [("error", "load")] * len(found)
    text = "\n".join(map(str, found))
    assert 'Did you mean "red"?' in text
    assert "$y is bound by no condition" in text
    assert "toy/rules/rules.yaml:" in text


def test_a_negation_cycle_is_shown(tmp_path: Path) -> None:
    rules = [rule("one", [RED, {"absent": {"heap": "red"}}], {"pile": "red"}), rule("two", [{"pile": "red"}], {"heap": "red"})]
    found = check(tmp_path, {"rules": rules})
    assert "toy/one ← toy/two ← toy/one" in str(found[0]) or "toy/two ← toy/one ← toy/two" in str(found[0])


# --- contradictions --------------------------------------------------------------------------------------------------


def two_packs(tmp_path: Path, first: list[Any], second: list[Any], **files: Any) -> list[RulePack]:
    return [
        base_pack(tmp_path),
        toy_pack(tmp_path / "toy", first, library(exercise("hop", demands={"impact": 2}), exercise("sit"))),
        toy_pack(tmp_path / "other", second),
    ]


def collisions(packs: list[RulePack]) -> list[Finding]:
    found = check_packs(lambda: packs, lambda pack: pack.name == "toy", DAY, [c for c in CHECKS if c.name == "contradiction"])
    assert not of(found, "load", "error"), found
    return found


def run_witness(packs: list[RulePack], witness: str) -> set[str]:
    session = hold_session(read_profile(parse_document(witness.encode(), "w.yaml", ProfileError)), build_program(packs), DAY)
    return {activation.rule.id for activation in session.situation.memory.activations}


HOP = [{"prescribe": "hop"}]
ADJUST = {"adjust": "stacking", "text": "Change it."}
COLLIDING: list[tuple[str, list[Any], list[Any]]] = [
    ("by-name", [rule("a", [RED], HOP)], [rule("b", [{"shape": "star"}], [avoid("hop")])]),
    ("an-option", [rule("a", [RED], target(options=["hop"]))], [rule("b", [{"shape": "star"}], [avoid("hop", "preference")])]),
    ("adjustments", [rule("a", [RED], [{**ADJUST, "to": "3"}])], [rule("b", [RED], [{**ADJUST, "to": "4"}])]),
    ("up-and-down", [rule("a", [RED], [{**ADJUST, "by": "10%"}])], [rule("b", [RED], [{**ADJUST, "by": "-10%"}])]),
    ("above-the-cap", [rule("a", [RED], [{**ADJUST, "to": "4"}])], [rule("b", [RED], [{**ADJUST, "at_most": "3"}])]),
    ("numbers", [rule("a", [{"size": ">= 3"}], HOP)], [rule("b", [{"size": "<= 3"}], [avoid("hop")])]),
    (
        "concluded",
        [
            rule("a", [{"pile": "red", "side": "$s"}], HOP),
            rule("c", [{"colour": "$x", "side": "$s"}], {"pile": "$x", "side": "$s"}),
        ],
        [rule("b", [{"any_of": [{"shape": "star"}, {"size": "> 10"}]}], [avoid("hop")])],
    ),
    (
        "despite-absence",
        [rule("a", [RED, {"absent": {"heap": "red"}}], HOP), rule("c", [{"shape": "star"}], {"heap": "red"})],
        [rule("b", [{"shape": "any"}], [avoid("hop")])],
    ),
    (
        "counted",
        [rule("a", [{"at_least": 2, "of": [RED, {"shape": "star"}, {"size": "> 1"}]}], HOP)],
        [rule("b", [{"size": "< 1"}], [avoid("hop")])],
    ),
]


@pytest.mark.parametrize(("first", "second"), [c[1:] for c in COLLIDING], ids=[c[0] for c in COLLIDING])
def test_a_collision_comes_with_a_runner_on_whom_both_rules_fire(tmp_path: Path, first: list[Any], second: list[Any]) -> None:
    packs = two_packs(tmp_path, first, second)
    (found,) = collisions(packs)
    assert found.level == "warning"
    assert {"toy/a", "other/b"} <= run_witness(packs, found.witness)


def test_a_witness_holds_nothing_it_does_not_need(tmp_path: Path) -> None:
    packs = two_packs(tmp_path, *COLLIDING[0][1:])
    (found,) = collisions(packs)
    findings = yaml.safe_load(found.witness)["findings"]
    assert findings == [{"colour": "red", "side": "left"}, {"shape": "star", "side": "left"}]


APART: list[tuple[str, list[Any], list[Any]]] = [
    ("other-exercise", [rule("a", [RED], [{"prescribe": "sit"}])], [rule("b", [RED], [avoid("hop")])]),
    ("two-caps", [rule("a", [RED], [{**ADJUST, "at_most": "3"}])], [rule("b", [RED], [{**ADJUST, "at_most": "4"}])]),
    ("other-numbers", [rule("a", [{"size": "> 3", "side": "left"}], HOP)],
     [rule("b", [{"size": "<= 3", "side": "left"}], [avoid("hop")])]),
    (
        "always-absent",
        [rule("a", [RED, {"absent": {"heap": "red"}}], HOP), rule("c", [RED], {"heap": "red"})],
        [rule("b", [{"shape": "any"}], [avoid("hop")])],
    ),
    ("nobody-concludes", [rule("a", [{"pile": "red"}], HOP)], [rule("b", [RED], [avoid("hop")])]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [c[1:] for c in APART], ids=[c[0] for c in APART])
def test_rules_that_can_never_meet_are_not_reported(tmp_path: Path, first: list[Any], second: list[Any]) -> None:
    assert collisions(two_packs(tmp_path, first, second)) == []


def test_a_contraindication_overrules_by_design_and_is_only_noted(tmp_path: Path) -> None:
    (found,) = collisions(two_packs(tmp_path, [rule("a", [RED], HOP)], [rule("b", [RED], [avoid("hop", "contraindication")])]))
    assert found.level == "info"
    assert found.witness


# On random small packs the search must find exactly what trying every runner finds.
SMALL: dict[str, Any] = {
    "kinds": {
        "a": {"open": True, "value": {"terms": "letters"}},
        "b": {"open": True, "value": {"terms": "letters"}},
        "n": {"computed": True, "value": {"number": "cm", "min": 0, "max": 3}},
        "d": {"derived": True, "value": {"terms": "letters"}},
        "e": {"derived": True, "value": {"terms": "letters"}},
    },
    "terms": {"letters": {"x": {}, "y": {}}, "targets": {"neatness": {}}},
}  # fmt: skip
RUNNERS = [
    [*({"a": v} for v in one), *({"b": v} for v in other), *([{"n": n}] if n is not None else [])]
    for one, other, n in product(
        [(), ("x",), ("y",), ("x", "y")], [(), ("x",), ("y",), ("x", "y")], [None, 0, 1, 1.5, 2, 3]
    )
]  # fmt: skip


def random_condition(choose: random.Random, kinds: str, variables: bool = True) -> dict[str, Any]:
    kind = choose.choice(kinds)
    if kind == "n":
        return {"n": choose.choice(["< 1", "<= 1", "> 1", ">= 2", "1..2", "< 2"])}
    return {kind: choose.choice(["x", "y", ["x", "y"], "any", *(["$v"] if variables else [])])}


def random_when(choose: random.Random, kinds: str) -> list[Any]:
    when: list[Any] = [random_condition(choose, kinds) for _ in range(choose.choice([1, 1, 2]))]
    if choose.random() < 0.3:
        when.append({"any_of": [random_condition(choose, kinds, False) for _ in range(2)]})
    if choose.random() < 0.2:
        when.append({"at_least": 2, "of": [random_condition(choose, kinds, False) for _ in range(3)]})
    if choose.random() < 0.3 and "e" in kinds:
        when.append({"absent": {choose.choice("de"): choose.choice(["x", "y"])}})
    return when


def random_packs(choose: random.Random, folder: Path) -> list[RulePack]:
    suppliers = [rule(f"s{i}", random_when(choose, "abn"), {"d": choose.choice("xy")}) for i in range(2)]
    suppliers += [rule(f"t{i}", random_when(choose, "abnd"), {"e": choose.choice("xy")}) for i in range(2)]
    asking = [rule(f"p{i}", random_when(choose, "abnde"), HOP) for i in range(2)]
    avoiding = [rule(f"q{i}", random_when(choose, "abnde"), [avoid("hop")]) for i in range(2)]
    files = {"vocabulary/v.yaml": SMALL, "sources.yaml": SOURCES, **library(exercise("hop"))}
    base = load_pack(write_pack(folder / "base", {**files, "rules/r.yaml": suppliers}))
    return [base, toy_pack(folder / "toy", asking), toy_pack(folder / "other", avoiding)]


def sessions(program: Program) -> Iterator[Session]:
    for runner in RUNNERS:
        text = yaml.safe_dump({"schema": 1, "runner": {"ref": "r"}, "findings": runner})
        yield hold_session(read_profile(parse_document(text.encode(), "r.yaml", ProfileError)), program, DAY, "reference")


ROUNDS = 400 if os.environ.get("STRIDEWISE_SLOW") else 12


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_search_finds_every_collision_that_trying_all_runners_finds(tmp_path: Path, seed: int) -> None:
    program = build_program(random_packs(random.Random(seed), tmp_path))  # noqa: S311  # not for secrets
    tried = list(sessions(program))
    witnesses = Witnesses(program, DAY)
    for candidate in candidates(program, frozenset({"toy"})):
        exists = any(candidate.shown_by(session) for session in tried)
        answer = witnesses.look((candidate.first, candidate.second), candidate.shown_by)
        assert (answer.verdict == FOUND) == exists, (candidate.first.conditions, candidate.second.conditions, answer)


# --- the command -----------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(recommend, ["pack", *map(str, arguments)], standalone_mode=False, catch_exceptions=False)


def test_the_command_ends_with_1_on_errors_and_counts_what_it_hides(tmp_path: Path) -> None:
    weak = rule("one", [{"weakness": "soleus"}], WARN, sources=["atlas"], title="One")
    folder = write_pack(tmp_path / "clinic", {"rules/r.yaml": [weak], "sources.yaml": SOURCES}, requires=["vocabulary"])
    result = run("check", folder)
    assert result.return_value == 1
    assert f"{folder}/rules/r.yaml:1: error: clinic/one: no case says when it fires." in result.output
    assert "not shown; --level info shows the rest" in result.output


def test_the_command_writes_json(tmp_path: Path) -> None:
    result = run(
        "check", write_pack(tmp_path / "clinic", {"rules/r.yaml": [rule("one", [{"colour": "red"}])]}), "--format", "json"
    )
    (entry,) = [entry for entry in yaml.safe_load(result.output) if entry["check"] == "load"][:1]
    assert entry["level"] == "error"
    assert entry["path"].endswith("rules/r.yaml")


def test_a_checked_folder_takes_the_place_of_the_installed_pack_of_its_name(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "education", {})
    assert run("check", folder, "--level", "info").return_value == 0
