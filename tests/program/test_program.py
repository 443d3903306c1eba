"""Packs become one program: names checked together, safety out of reach, overrides signed, everything wrong reported at once."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kit import SOURCES, base_pack, derived, facts_of, fired, problems_of, rule, run, toy_pack, toy_program
from stridewise.errors import PackError
from stridewise.packs.pack import RulePack
from stridewise.program.builder import build_program
from stridewise.program.program import Program, once

REFER = [{"refer": "keeper", "urgency": "urgent", "stops": "nothing", "text": "Go."}]
SIGNED = {"reason": "ours differ", "by": "me", "expires": "2030-01-01"}
THRESHOLDS = {"tall": {"value": 40, "unit": "cm", "source": "atlas"}, "wide": {"value": 9, "unit": "cm"}}
# safe refers on a pile, step concludes the pile from a heap, deep the heap from a size; free is none of theirs
FAR = [
    rule("safe", [{"pile": "red"}], REFER),
    rule("step", [{"heap": "any"}], {"pile": "red"}),
    rule("deep", [{"size": ">= tall"}], {"heap": "red"}),
    rule("free", [{"size": ">= wide"}], {"tower": "round"}),
]


def disable(target: str, **more: Any) -> dict[str, Any]:
    return {"rule": target, "action": "disable", **SIGNED, **more}


def retune(target: str, to: Any) -> dict[str, Any]:
    return {"threshold": target, "action": "retune", "to": to, **SIGNED}


def packs(tmp_path: Path, *overrides: dict[str, Any], rules: Any = (), **head: Any) -> list[RulePack]:
    """The packs base, far (of the rules above) and toy (of these overrides and rules)."""
    far = toy_pack(tmp_path / "far", FAR, thresholds=THRESHOLDS)
    return [base_pack(tmp_path), far, toy_pack(tmp_path / "toy", rules, overrides=list(overrides), **head)]


def refused(found: list[RulePack]) -> list[str]:
    with pytest.raises(PackError) as raised:
        build_program(found)
    return problems_of(raised)


@pytest.mark.parametrize(
    ("override", "chain"),
    [
        (disable("far/safe"), "far/safe"),
        (disable("far/step"), "far/step → far/safe"),
        (disable("far/deep"), "far/deep → far/step → far/safe"),
        (retune("far/tall", "50 cm"), "far/tall → far/deep → far/step → far/safe"),
        (disable("far/deep", action="replace", with_rule="mine"), "far/deep → far/step → far/safe"),
    ],
)
def test_what_a_safety_rule_depends_on_cannot_be_overridden(tmp_path: Path, override: dict[str, Any], chain: str) -> None:
    """The rule, what concludes its facts, and the thresholds they compare with; the chain is shown."""
    target = chain.split(" ", maxsplit=1)[0]
    (line,) = refused(packs(tmp_path, override, rules=[rule("mine", [{"colour": "red"}])]))
    written = (tmp_path / "toy" / "pack.yaml").read_text().splitlines()
    assert line.startswith(f"toy/pack.yaml:{1 + next(n for n, text in enumerate(written) if text.startswith('- '))}: ")
    assert line.endswith(f'overrides[0]: "{target}" is protected and cannot be changed: {chain} (refers or contraindicates)')


@pytest.mark.parametrize(
    "condition",
    [{"absent": {"pile": "red"}}, {"any_of": [{"pile": "red"}, {"badge": "gold"}]}, {"at_least": 1, "of": [{"pile": "$c"}]}],
)
@pytest.mark.parametrize("consequent", [REFER, [{"avoid": {"new": True}, "level": "contraindication"}]])
def test_protection_reaches_through_every_sort_of_condition(
    tmp_path: Path, condition: dict[str, Any], consequent: list[Any]
) -> None:
    """Groups and absences are dependencies too; without the safety rule the same override is allowed."""
    base, own = base_pack(tmp_path), [rule("lower", [{"colour": "red"}], {"pile": "red"})]
    toy = toy_pack(tmp_path / "toy", overrides=[disable("far/lower")])
    build_program([base, toy_pack(tmp_path / "far", own), toy])
    (line,) = refused([base, toy_pack(tmp_path / "far", [*own, rule("safe", [condition], consequent)]), toy])
    assert "far/lower → far/safe" in line


@pytest.mark.parametrize(
    "when",
    [
        [{"size": ">= tall"}],
        [{"colour": "red"}, {"absent": {"tally": "< tall"}}],
        [{"any_of": [{"badge": "gold"}, {"size": ">= tall"}]}],
        [{"at_least": 1, "of": [{"badge": "gold"}, {"size": ">= tall"}]}],
    ],
    ids=["alone", "absent", "any_of", "at_least"],
)
@pytest.mark.parametrize("steps", [0, 1], ids=["itself", "what it rests on"])
def test_a_threshold_of_a_safety_rule_is_protected_in_every_sort_of_condition(
    tmp_path: Path, when: list[Any], steps: int
) -> None:
    """In an absence too: a retuned number there silences the referral as surely. Without the referral it may be retuned."""
    base, toy = base_pack(tmp_path), toy_pack(tmp_path / "toy", overrides=[retune("far/tall", "50 cm")])
    last = (
        [rule("lower", when, {"pile": "red"}), rule("safe", [{"pile": "red"}], REFER)] if steps else [rule("safe", when, REFER)]
    )
    (line,) = refused([base, toy_pack(tmp_path / "far", last, thresholds=THRESHOLDS), toy])
    assert '"far/tall" is protected and cannot be changed: far/tall → far/' in line
    build_program([base, toy_pack(tmp_path / "far", [rule("free", when)], thresholds=THRESHOLDS), toy])


def test_a_safety_rule_may_not_hang_on_an_absence_another_pack_can_end(tmp_path: Path) -> None:
    """A pack that adds a conclusion must not silence another's referral; its own absence is its own business."""
    far = toy_pack(tmp_path / "far", [rule("safe", [{"colour": "red"}, {"absent": {"ready": "yes"}}], REFER)])
    build_program([base_pack(tmp_path), far])
    (line,) = refused([base_pack(tmp_path), far, toy_pack(tmp_path / "toy", [rule("calm", [{"shape": "any"}])])])
    assert line.startswith(
        'far/rules/rules.yaml:1: far/safe: absent "ready" can be switched off by toy/calm; protected: far/safe'
    )


def test_nor_may_what_the_safety_rule_depends_on(tmp_path: Path) -> None:
    """The absence two rules below is found, with the chain."""
    rules = [
        rule("safe", [{"pile": "red"}], REFER),
        rule("step", [{"colour": "red"}, {"absent": {"ready": "yes"}}], {"pile": "red"}),
    ]
    toy = toy_pack(tmp_path / "toy", [rule("calm", [{"shape": "any"}])])
    (line,) = refused([base_pack(tmp_path), toy_pack(tmp_path / "far", rules), toy])
    assert 'far/step: absent "ready" can be switched off by toy/calm; protected: far/step → far/safe' in line


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (disable("far/fre"), 'unknown rule "far/fre". Did you mean "far/free"?'),
        (retune("far/wid", 5), 'unknown threshold "far/wid". Did you mean "far/wide"?'),
        (disable("toy/mine"), '"toy/mine" is your own; change it where it stands'),
        (disable("far/free", action="replace", with_rule="non"), 'with_rule: this pack has no rule "non"'),
        (retune("far/wide", "5 kg"), 'overrides[0].to: expected cm, found "kg"'),
        (retune("far/wide", "wide"), "overrides[0].to: expected a number of cm"),
    ],
)
def test_an_override_of_what_cannot_be_overridden_is_refused(tmp_path: Path, override: dict[str, Any], message: str) -> None:
    """Unknown, one's own, or to what the threshold cannot be."""
    found = refused(packs(tmp_path, override, rules=[rule("mine", [{"colour": "red"}])]))
    assert message in "\n".join(found)


def test_two_overrides_of_one_thing_are_refused(tmp_path: Path) -> None:
    """By two packs or by one."""
    other = toy_pack(tmp_path / "zoo", overrides=[disable("far/free")])
    (line,) = refused([*packs(tmp_path, disable("far/free")), other])
    assert line.endswith('"far/free" is already overridden by toy; only one pack may')
    assert "already overridden by toy" in refused(packs(tmp_path, retune("far/wide", 1), retune("far/wide", 2)))[0]


def test_overrides_disable_replace_and_retune(tmp_path: Path) -> None:
    """And the program keeps them, each with its pack, to be shown."""
    facts = facts_of({"size": 10}, {"colour": "red", "side": "left"})
    mine = rule("mine", [{"colour": "red"}], {"tower": "star"})
    expected = {"none": [{"tower": "round"}], "disable": [], "retune": [], "replace": [{"tower": "star"}]}
    assert derived(run(build_program(packs(tmp_path)), facts)) == expected["none"]
    assert derived(run(build_program(packs(tmp_path, disable("far/free"))), facts)) == expected["disable"]
    retuned = build_program(packs(tmp_path, retune("far/wide", "0.11 m")))
    assert derived(run(retuned, facts)) == expected["retune"]
    assert retuned.thresholds["far/wide"].value == 11
    assert not retuned.thresholds["far/wide"].verified
    replaced = build_program(packs(tmp_path, disable("far/free", action="replace", with_rule="mine"), rules=[mine]))
    assert derived(run(replaced, facts)) == expected["replace"]
    assert [(pack, override.target) for pack, override in replaced.overrides] == [("toy", "far/free")]
    assert replaced.rule("far/free") is None


def test_a_threshold_is_compared_in_its_own_unit_and_another_packs_by_name(tmp_path: Path) -> None:
    """`far/tall` is exactly 40: the boundary is included."""
    program = build_program(packs(tmp_path, rules=[rule("at", [{"size": ">= far/tall"}])]))
    held = ["at" in fired(run(program, facts_of({"size": size}))) for size in (39.9, 40, 40.1)]
    assert held == [False, True, True]
    assert program.thresholds["far/tall"].value == Decimal(40)
    assert program.protected == {"far/safe", "far/step", "far/deep"}


def test_a_pack_name_is_used_once(tmp_path: Path) -> None:
    """The same name from another folder is refused, naming the first."""
    one, two = toy_pack(tmp_path / "a" / "toy"), toy_pack(tmp_path / "b" / "toy")
    assert refused([base_pack(tmp_path), one, two]) == ['toy/pack.yaml:1: a pack named "toy" is already loaded from toy']


def test_a_required_pack_that_is_not_loaded_is_named(tmp_path: Path) -> None:
    """With the nearest name and what to do."""
    (line,) = refused([base_pack(tmp_path), toy_pack(tmp_path / "toy", requires=["bse"])])
    assert 'requires: the pack "bse" is not loaded. Did you mean "base"? Install it or add --pack' in line
    assert line.startswith("toy/pack.yaml:4: ")
    build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", requires=["base"])])


def test_a_rule_id_is_used_once_in_a_pack_and_freely_in_others(tmp_path: Path) -> None:
    """Ids carry their pack's name."""
    one = rule("same", [{"colour": "red"}])
    (line,) = refused([base_pack(tmp_path), toy_pack(tmp_path / "toy", [one, one])])
    assert 'the rule id "toy/same" is already used at toy/rules/rules.yaml:1; choose another' in line
    program = build_program([base_pack(tmp_path), toy_pack(tmp_path / "far", [one]), toy_pack(tmp_path / "zoo", [one])])
    assert [found.id for found in program.rules] == ["far/same", "zoo/same"]


def test_sources_are_known_and_defined_alike(tmp_path: Path) -> None:
    """A rule names a source, or a claim in it; two packs may repeat a source but not change it."""
    for name, message in [
        ("atls", 'unknown source "atls". Did you mean "atlas"?'),
        ("atlas#a12", 'the source "atlas" has no claim "a12"'),
    ]:
        (line,) = refused([base_pack(tmp_path), toy_pack(tmp_path / "toy", [rule("r", [{"colour": "red"}], sources=[name])])])
        assert f"toy/r: {message}" in line
    toy_program(tmp_path, rule("r", [{"colour": "red"}], sources=["atlas#a1"]))
    build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", [], {"sources.yaml": SOURCES})])
    changed = [{**SOURCES[0], "level": "1"}]
    assert (
        "is already defined differently"
        in refused([base_pack(tmp_path), toy_pack(tmp_path / "toy", [], {"sources.yaml": changed})])[0]
    )


def test_problems_of_several_packs_are_reported_together(tmp_path: Path) -> None:
    """In the order of their files."""
    found = [toy_pack(tmp_path / name, [rule("r", [{"colour": "rde"}])]) for name in ("zoo", "far")]
    assert [line.split(":")[0] for line in refused([base_pack(tmp_path), *found])] == [
        "far/rules/rules.yaml",
        "zoo/rules/rules.yaml",
    ]


def test_a_program_that_cannot_be_stratified_is_refused(tmp_path: Path) -> None:
    """With the cycle and its place."""
    with pytest.raises(PackError, match=r"toy/rules/rules\.yaml:1: these rules wait for each other.*toy/r ← toy/r"):
        toy_program(tmp_path, rule("r", [{"absent": {"ready": "yes"}}]))


def test_the_order_of_packs_does_not_matter(tmp_path: Path) -> None:
    """The same rules in the same strata."""
    found = packs(tmp_path, rules=[rule("mine", [{"absent": {"tower": "any"}}])])
    programs = [build_program(order) for order in (found, found[::-1])]
    assert [[one.id for one in stratum] for stratum in programs[0].strata] == [
        ["far/deep", "far/free", "far/safe", "far/step"],
        ["toy/mine"],
    ]
    assert [[one.id for one in s] for s in programs[0].strata] == [[one.id for one in s] for s in programs[1].strata]
    assert [pack.name for pack in programs[1].packs] == ["base", "far", "toy"]


def test_what_is_kept_of_a_program_is_made_once_for_each_argument_and_never_for_another_program(tmp_path: Path) -> None:
    """The first call works it out; later ones are given the same object."""
    made: list[int] = []

    @once
    def doubled(program: Program, number: int) -> list[int]:
        made.append(number)
        return [2 * number]

    program = build_program([base_pack(tmp_path)])
    assert doubled(program, 4) is doubled(program, 4) == [8]
    assert doubled(program, 5) == [10]
    assert doubled(replace(program, cache={}), 4) == [8]
    assert made == [4, 5, 4]


def test_nothing_is_remembered_between_runs(tmp_path: Path) -> None:
    """A compiled program gives the same answer again, and another for other facts."""
    program = build_program(packs(tmp_path))
    first, nothing, again = (derived(run(program, facts_of(*entries))) for entries in ([{"size": 10}], [], [{"size": 10}]))
    assert first == again == [{"tower": "round"}]
    assert nothing == []
