"""Packs whose conditions multiply: they are checked in bounded work, and what is not looked at is said."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from check_kit import avoid, check, exercise, library, of
from kit import rule, toy_program
from stridewise.authoring.checks.logic import MAX_WAYS, choices, contradiction, ways_to_read
from stridewise.errors import PackError

WARN = [{"warn": "So it is", "level": "info"}]
COLOUR = {"colour": "red", "side": "left"}


def named(number: int, value: str = "any") -> list[dict[str, str]]:
    return [{"nickname": value.format(index)} for index in range(number)]


def test_conditions_alike_without_variables_are_matched_once(tmp_path: Path) -> None:
    """Eight of eight are no sixteen million ways; that the second rule adds nothing is still found."""
    findings = check(tmp_path, {"rules": [rule("a", named(8), WARN), rule("b", [*named(8), COLOUR], WARN)]})
    assert any(one.check == "subsumed" and one.message.startswith("toy/b adds nothing") for one in findings)


def test_rules_that_can_be_matched_in_too_many_ways_are_named(tmp_path: Path) -> None:
    """An info says that they are not compared: no finding is no proof."""
    rules = [rule("a", named(8, "$v{}"), WARN), rule("b", [*named(8, "$v{}"), COLOUR], WARN)]
    findings = check(tmp_path, {"rules": rules})
    (told,) = [one for one in findings if "is not compared with" in one.message]
    assert (told.level, told.check) == ("info", "subsumed")
    assert f"matched in {8**8} ways, more than {MAX_WAYS}" in told.message
    program = toy_program(tmp_path / "again", *rules)
    a, b = (one.conditions for one in program.rules)
    assert (ways_to_read(a, b, frozenset()), ways_to_read(b, a, frozenset())) == (8**8, 0)


AT_ODDS = [
    ([{"adjust": "stacking", "text": "Change it.", "by": "10%"}], [{"adjust": "stacking", "text": "Change it.", "by": "-10%"}]),
    ([{"prescribe": "hop"}], [avoid("hop")]),
]


@pytest.mark.parametrize(("one", "other"), AT_ODDS, ids=["both set it", "one avoids it"])
def test_rules_at_odds_that_can_be_matched_in_too_many_ways_are_named(tmp_path: Path, one: Any, other: Any) -> None:
    """That they may contradict each other on every runner is not known; without variables it is, and is an error."""
    pack = {"rules": [rule("a", named(8, "$v{}"), one), rule("b", named(8, "$v{}"), other)], "files": library(exercise("hop"))}
    (told,) = of(check(tmp_path, pack), "self-contradiction", "info")
    assert told.message.startswith(f"toy/a is not compared with toy/b: their conditions can be matched in {8**8} ways")
    known = {"rules": [rule("a", named(8), one), rule("b", named(8), other)], "files": library(exercise("hop"))}
    assert not of(check(tmp_path / "known", known), "self-contradiction", "info")
    assert of(check(tmp_path / "again", known), "self-contradiction", "error")


def test_a_large_group_is_chosen_from_one_choice_at_a_time(tmp_path: Path) -> None:
    """Ten of thirty are thirty million."""
    program = toy_program(tmp_path, rule("a", [{"at_least": 10, "of": named(30, "n{}")}], WARN))
    (one,) = program.rules
    assert len({frozenset(chosen) for chosen in islice(choices(tuple(one.conditions.groups())), 1_000)}) == 1_000
    assert contradiction(program.vocabulary, one.conditions) == ""


def test_groups_that_meet_in_too_many_ways_are_refused_at_their_rule(tmp_path: Path) -> None:
    """Every way is a branch of both matchers: two million would fill the memory."""
    groups = [{"any_of": [{"nickname": f"n{group}{member}"} for member in range(6)]} for group in range(8)]
    with pytest.raises(PackError, match="the any_of groups can be met in 1679616 ways, and at most 1000 are looked at"):
        toy_program(tmp_path, rule("a", groups, WARN))
