"""Slips of a pack's author that every word of the pack allows: a pack against itself, a gate that is shut for good, a name in two
words, a unit said twice. Each has the nearest pack that is right."""

from pathlib import Path
from typing import Any

import pytest

from check_kit import RED, WARN, avoid, check, exercise, library, of, one, packs_of, run_witness, target, vocabulary
from kit import SOURCES, rule

HOP = [{"prescribe": "hop"}]
STAR = {"shape": "star"}
HOPS = library(exercise("hop", demands={"impact": 2}), exercise("sit"))
RULED_OUT = avoid("hop", "contraindication")
NO_IMPACT = avoid({"demand": "impact", "above": 1}, "contraindication")
CHANGE = {"adjust": "stacking", "text": "Change it."}


def two(first: list[Any], second: list[Any], *also: Any) -> dict[str, Any]:
    """A pack of the rule "one" for red, and of "two" for red and whatever else."""
    return {**one(then=first), "more": [rule("two", [RED, *also], second)], "files": HOPS}


AGAINST_ITSELF: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("one rule", "error", one(then=[*HOP, RULED_OUT]) | {"files": HOPS}, one(then=[*HOP, avoid("sit")]) | {"files": HOPS}),
    (
        "by demand",
        "error",
        one(then=[*HOP, NO_IMPACT]) | {"files": HOPS},
        one(then=[*HOP, NO_IMPACT]) | {"files": library(exercise("hop"))},
    ),
    ("two rules", "error", two(HOP, [RULED_OUT]), two(HOP, [RULED_OUT], STAR)),
    ("a preference", "error", two(HOP, [avoid("hop", "preference")]), two(HOP, [avoid("sit", "preference")])),
    ("all options", "error", two(target(options=["hop"]), [RULED_OUT]), two(target(options=["sit"]), [RULED_OUT])),
    ("one option", "warning", two(target(options=["hop", "sit"]), [RULED_OUT]), two(target(options=["sit"]), [RULED_OUT])),
    (
        "up and down",
        "error",
        two([{**CHANGE, "by": "10%"}], [{**CHANGE, "by": "-10%"}]),
        two([{**CHANGE, "by": "10%"}], [{**CHANGE, "by": "-10%"}], STAR),
    ),
    ("in one rule", "error", one(then=[{**CHANGE, "to": "3"}, {**CHANGE, "to": "4"}]), one(then=[{**CHANGE, "to": "3"}])),
]


@pytest.mark.parametrize(("level", "bad", "good"), [row[1:] for row in AGAINST_ITSELF], ids=[row[0] for row in AGAINST_ITSELF])
def test_a_pack_that_always_undoes_what_it_asks_for_is_shown_on_a_runner(
    tmp_path: Path, level: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    (found,) = of(check(tmp_path / "bad", bad), "self-contradiction", level)
    assert "toy/one" in run_witness(packs_of(tmp_path / "witness", bad), found.witness)
    assert not of(check(tmp_path / "good", good), "self-contradiction", level)


def gated(*needs: Any) -> dict[str, Any]:
    return library(exercise("hop", gates=[{"needs": [*needs], "earn": "Show it."}]))


HEAPS = {"more": [rule("two", [RED], {"heap": "red"})]}
SHUT = [
    ([{"size": "< 3", "side": "left"}, {"size": "> 4", "side": "left"}], [{"size": "< 3", "side": "left"}, {"size": "> 4"}], {}),
    ([{"size": "> 400"}], [{"size": ">= 400"}], {}),
    ([{"heap": "blue"}], [{"heap": "red"}], HEAPS),
    ([{"earned": "hop"}], [{"heap": "red"}], HEAPS),
]


@pytest.mark.parametrize(("shut", "open_", "more"), SHUT, ids=["apart", "beyond", "unconcluded", "itself"])
def test_a_gate_that_nobody_can_meet_is_named(tmp_path: Path, shut: list[Any], open_: list[Any], more: dict[str, Any]) -> None:
    pack = one(then=HOP) | more
    (found,) = of(check(tmp_path / "shut", {**pack, "files": gated(*shut)}), "closed-gate", "error")
    assert "hop can never be earned" in found.message
    assert not of(check(tmp_path / "open", {**pack, "files": gated(*open_)}), "closed-gate", "error")


def test_what_rests_on_a_rule_that_nobody_can_meet_is_named_too(tmp_path: Path) -> None:
    """It is not enough that some rule concludes what is asked for: that rule must be able to fire."""
    never = rule("two", [{"size": "> 400"}], {"heap": "red"})
    found = of(check(tmp_path, {**one({"heap": "red"}), "more": [never]}), "unreachable", "error")
    assert [finding.message for finding in found] == ["toy/one can never fire: no rule concludes heap as it asks."]


def claims(*names: str) -> dict[str, Any]:
    entries = [{"id": name, "text": "So.", "verified": False} for name in names]
    return {"files": {"sources.yaml": [{**SOURCES[0], "key": "book", "claims": entries}]}}


def test_a_claim_that_stands_twice_is_named(tmp_path: Path) -> None:
    (found,) = of(check(tmp_path / "bad", claims("a", "b", "a")), "duplicate", "warning")
    assert '"claim: book#a" stands twice' in found.message
    assert not of(check(tmp_path / "good", claims("a", "b")), "duplicate", "warning")


SMELL = {"open": True, "value": {"yes_no": True}}
TWO_WORDS = [
    ('rule id "my rule"', {"rules": [rule("my rule", [RED])]}),
    ('exercise id "big hop"', {"files": library(exercise("big hop"))}),
    ('threshold "far week"', {"thresholds": {"far week": {"value": 4, "unit": "cm", "source": "atlas"}}}),
    ('claim id "a b"', claims("a b")),
    ('kind "bad smell"', {"files": vocabulary(kinds={"bad smell": SMELL})}),
    ('attribute "how bad"', {"files": vocabulary(kinds={"smell": {**SMELL, "attributes": {"how bad": {"text": True}}}})}),
    ('term "light red"', {"files": vocabulary(terms={"colours": {"light red": {}}})}),
]


@pytest.mark.parametrize(("what", "pack"), TWO_WORDS, ids=[what.partition(" ")[0] for what, _ in TWO_WORDS])
def test_a_name_in_two_words_is_named_with_one_that_is_one(tmp_path: Path, what: str, pack: dict[str, Any]) -> None:
    (found,) = of(check(tmp_path, pack), "name", "error")
    assert what in found.message
    assert found.mend.startswith('Write "')


def stairs(label: str, unit: str = "floors") -> dict[str, Any]:
    return {"files": vocabulary(kinds={"stairs": {"open": True, "label": label, "value": {"number": unit}}})}


READS = [
    ("{value} floors of stairs", "floors", "20 floors floors of stairs"),
    ("{value} minutes of stairs", "min", "20 min minutes of stairs"),
    ("{value}% of the stairs", "percent", "20%% of the stairs"),
]


@pytest.mark.parametrize(("label", "unit", "read"), READS)
def test_a_label_that_says_the_unit_again_is_shown_as_it_reads(tmp_path: Path, label: str, unit: str, read: str) -> None:
    (found,) = of(check(tmp_path / "bad", stairs(label, unit)), "said-twice", "warning")
    assert read in found.message
    assert not of(check(tmp_path / "good", stairs("{value} of stairs", unit)), "said-twice", "warning")


def test_a_label_that_says_the_word_of_its_term_again_is_shown(tmp_path: Path) -> None:
    kinds = {"paint": {"open": True, "label": "bright {value}", "value": {"terms": "colours"}}}
    (found,) = of(check(tmp_path, {"files": vocabulary(kinds=kinds)}), "said-twice", "warning")
    assert "bright bright red" in found.message


@pytest.mark.parametrize("text", ["It is {size} cm.", "Up to {tall} centimetres."])
def test_a_text_that_says_the_unit_again_is_shown(tmp_path: Path, text: str) -> None:
    thresholds = {"tall": {"value": 40, "unit": "cm", "source": "atlas"}}
    pack = one({"size": ">= tall"}, then=WARN, because=text) | {"thresholds": thresholds}
    assert of(check(tmp_path, pack), "said-twice", "warning")
    said_once = one({"size": ">= tall"}, then=WARN, because="It is {size}.") | {"thresholds": thresholds}
    assert not of(check(tmp_path / "good", said_once), "said-twice", "warning")
