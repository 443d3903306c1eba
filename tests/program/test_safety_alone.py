"""Is every red flag referred? Each part of the answer by itself, with invented flags."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kit import BASICS, TOY, base_pack, toy_pack, vocabulary_of, write_pack
from stridewise.errors import PackError, PluginError
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.safety import check_safety, red_flags, unreferred_flags

Entry = dict[str, Any]
FLAGS = {"numb": {}, "hot": {}, "pale": {}, "well": {"negative": True}}
WORDS = {"kinds": {"red_flag": {"closed": True, "value": {"terms": "flags"}}}, "terms": {"flags": FLAGS}}
SENDS = {"refer": "keeper", "urgency": "urgent", "stops": "running", "text": "See one."}


def rule(name: str, *when: Entry, then: Entry | None = None) -> Entry:
    return {"id": name, "when": list(when), "then": [then or SENDS], **BASICS}


def flag(*names: str) -> Entry:
    return {"red_flag": list(names)}


def built(folder: Path, *rules: Entry, without_safety: bool = False) -> Program:
    """Two packs hold words; those of flags stand in the second, behind a file that knows of none."""
    words = load_pack(
        write_pack(folder / "words", {"vocabulary/a.yaml": {"terms": {"swabs": {"red": {}}}}, "vocabulary/b.yaml": WORDS}),
        shown="words",
    )
    return build_program([base_pack(folder), words, toy_pack(folder / "toy", rules)], without_safety=without_safety)


def test_what_may_be_recorded_as_a_red_flag() -> None:
    assert red_flags(vocabulary_of(WORDS)) == ["numb", "hot", "pale"]
    assert red_flags(TOY) == []
    assert red_flags(vocabulary_of({"kinds": {"red_flag": {"open": True, "value": {"text": True}}}})) == []


CONCLUDES: Entry = {"conclude": {"ready": "yes"}}
REACHED: list[tuple[list[Entry], tuple[str, ...]]] = [
    ([rule("r", flag("numb"))], ("hot", "pale")),
    ([rule("r", flag("numb", "hot"))], ("pale",)),
    ([rule("r", flag("numb")), rule("s", flag("hot")), rule("t", flag("pale"))], ()),
    ([rule("r", {"red_flag": "any"})], ()),
    ([rule("r", {"red_flag": "$f"})], ()),
    ([rule("r", flag("numb"), {"size": ">= 10"})], ("hot", "pale")),
    ([rule("r", {"any_of": [flag("numb"), flag("hot")]})], ("pale",)),
    ([rule("r", {"at_least": 2, "of": [flag("numb"), flag("hot")]})], ("pale",)),
    ([rule("r", {"shape": "any"}, {"absent": flag("numb")})], ("numb", "hot", "pale")),
    # the absence of one refers nobody with it
    ([rule("r", flag("numb"), then=CONCLUDES)], ("numb", "hot", "pale")),
    ([rule("r", {"ready": "yes"}), rule("s", flag("hot"), then=CONCLUDES)], ("numb", "pale")),
    ([rule("r", flag("hot"), {"ready": "yes"}), rule("s", flag("numb"), then=CONCLUDES)], ("pale",)),
    (
        [
            rule("r", {"heap": "red"}),
            rule("s", {"ready": "yes"}, then={"conclude": {"heap": "red", "side": "left"}}),
            rule("t", flag("numb"), then=CONCLUDES),
        ],
        ("hot", "pale"),
    ),
    (
        [rule("r", {"heap": "red"}), rule("s", flag("numb"), then={"conclude": {"heap": "blue", "side": "left"}})],
        ("numb", "hot", "pale"),
    ),
    ([], ("numb", "hot", "pale")),
    ([rule("z", {"shape": "any"}, then={"warn": "Hm.", "level": "info"}), rule("r", flag("pale"))], ("numb", "hot")),
]


@pytest.mark.parametrize(("rules", "left"), REACHED)
def test_a_flag_is_referred_where_a_referral_rests_on_it(tmp_path: Path, rules: list[Entry], left: tuple[str, ...]) -> None:
    program = built(tmp_path, *rules, without_safety=True)
    assert program.unreferred_flags == left
    assert unreferred_flags(program.vocabulary, program.rules, program.suppliers) == left


def test_conclusions_that_rest_on_each_other_end(tmp_path: Path) -> None:
    round_about = [
        rule("r", {"pile": "red"}),
        rule("s", {"pile": "green"}, then={"conclude": {"pile": "red"}}),
        rule("t", {"pile": "red"}, then={"conclude": {"pile": "green"}}),
        rule("u", flag("numb"), then={"conclude": {"pile": "green"}}),
    ]
    assert built(tmp_path, *round_about, without_safety=True).unreferred_flags == ("hot", "pale")


# --- what is refused ------------------------------------------------------------------------------------------------------


def refused(program: Program) -> list[tuple[str, int, str]]:
    with pytest.raises(PackError) as raised:
        check_safety(program)
    return [(problem.path, problem.line, problem.message) for problem in raised.value.problems]


def test_each_flag_that_leads_to_no_referral_is_told_at_its_line(tmp_path: Path) -> None:
    program = built(tmp_path, rule("r", flag("numb")))
    expected = [
        f'no rule refers a runner with the red flag "{name}"; add a rule with "refer" for it, or leave the flag out'
        for name in ("hot", "pale")
    ]
    found = refused(program)
    assert [message for _, _, message in found] == expected
    lines = (tmp_path / "words" / "vocabulary" / "b.yaml").read_text(encoding="utf-8").splitlines()
    for (path, line, _), name in zip(found, ("hot", "pale"), strict=True):
        assert path == "words/vocabulary/b.yaml"
        assert lines[line - 1].strip().startswith(f"{name}:")
    assert [(path, line) for path, line, _ in refused(replace(program, packs=()))] == [("", 0)] * 2


def test_a_file_without_words_is_passed_over(tmp_path: Path) -> None:
    """An empty file, and one that says of kinds alone."""
    kinds = {"kinds": {"swab": {"open": True, "value": {"text": True}}}}
    files = {"vocabulary/0.yaml": "", "vocabulary/1.yaml": kinds, "vocabulary/2.yaml": WORDS}
    words = load_pack(write_pack(tmp_path / "words", files), shown="words")
    toy = toy_pack(tmp_path / "toy", [rule("r", flag("numb", "hot"))])
    program = build_program([base_pack(tmp_path), words, toy])
    assert [path for path, _, _ in refused(program)] == ["words/vocabulary/2.yaml"]


def test_where_no_flag_is_referred_no_safety_pack_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(PluginError) as raised:
        check_safety(built(tmp_path))
    assert str(raised.value) == (
        "no safety pack is loaded: no rule refers a runner with a red flag. No plan is made. Reinstall stridewise"
    )


def test_where_there_are_no_flags_at_all_none_is_loaded_either(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="no safety pack is loaded"):
        check_safety(build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", [rule("r", {"colour": "red"})])]))


def test_where_all_are_referred_or_it_is_said_that_none_has_to_be_nothing_is_refused(tmp_path: Path) -> None:
    check_safety(built(tmp_path / "all", rule("r", flag("numb", "hot", "pale"))))
    check_safety(built(tmp_path / "trial", without_safety=True))
    check_safety(built(tmp_path / "some", rule("r", flag("numb")), without_safety=True))
