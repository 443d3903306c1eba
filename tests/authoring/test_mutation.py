"""Broken rules must be noticed: what each mutant is, where it stands, and that only blind cases let it live."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kit import SOURCES, base_pack, rule, toy_pack, write_pack
from stridewise.authoring.checks.checking import subject_of
from stridewise.authoring.checks.finding import Subject
from stridewise.authoring.checks.mutation import Score, mutants_of, mutate
from stridewise.cli.main import recommend
from stridewise.cli.pack import _changes
from stridewise.program.builder import build_program

DAY = date(2026, 11, 21)
RED = {"colour": "red"}
STAR = {"shape": "star"}


def subject(tmp_path: Path, when: list[Any], then: Any = None, cases: Any = (), more: Any = ()) -> Subject:
    pack = toy_pack(tmp_path / "toy", [rule("one", when, then), *more], {"cases/all.yaml": list(cases)})
    return subject_of(build_program([base_pack(tmp_path), pack], without_safety=True), lambda one: one.name == "toy", DAY)


def changes(tmp_path: Path, when: list[Any], then: Any = None, more: Any = ()) -> list[str]:
    made = subject(tmp_path, when, then, more=more)
    (one,) = [one for one in made.rules if one.id == "toy/one"]
    return sorted(mutant.change for mutant in mutants_of(made, one))


def case(findings: list[Any], **expect: Any) -> dict[str, Any]:
    return {"name": str(findings), "profile": {"findings": findings}, "expect": expect}


def survivors(score: Score) -> list[str]:
    return [mutant.change for mutant in score.survivors]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ([{"size": ">= 40"}], ["40 itself kept out", "40 made 39", "condition dropped", "consequent removed"]),
        ([{"size": "> 40"}], ["40 itself let in", "40 made 41", "condition dropped", "consequent removed"]),
        ([{"size": "<= 2.5"}], ["2.5 itself kept out", "2.5 made 2.6", "condition dropped", "consequent removed"]),
        (
            [{"size": "3..5"}],
            ["3 itself kept out", "3 made 2", "5 itself kept out", "5 made 6", "condition dropped", "consequent removed"],
        ),
        ([{"any_of": [RED, STAR]}], ["any_of dropped", "choice dropped", "choice dropped", "consequent removed"]),
        ([{"at_least": 2, "of": [RED, STAR]}], ["at_least 2 made 1", "at_least dropped", "consequent removed"]),
        ([{"shape": "star", "near": "red"}], ['"near" dropped', "condition dropped", "consequent removed"]),
    ],
)
def test_every_part_of_a_rule_is_broken_once(tmp_path: Path, when: list[Any], expected: list[str]) -> None:
    assert changes(tmp_path, when) == expected


def test_an_absent_condition_is_dropped_and_turned_round(tmp_path: Path) -> None:
    made = changes(tmp_path, [RED, {"absent": {"heap": "red"}}], more=[rule("two", [STAR], {"heap": "red"})])
    assert made == ["absent dropped", "absent turned into a condition", "condition dropped", "consequent removed"]


def test_a_mutant_never_leaves_a_variable_unbound(tmp_path: Path) -> None:
    assert changes(tmp_path, [{"colour": "$x"}, STAR], {"pile": "$x"}) == ["condition dropped", "consequent removed"]


@pytest.mark.parametrize("harmless", [{"shade": ["light", "dark"]}, {"shade": "any"}, {"side": "$s"}])
def test_an_attribute_that_keeps_nothing_out_is_not_dropped(tmp_path: Path, harmless: dict[str, Any]) -> None:
    assert changes(tmp_path, [RED | harmless]) == ["condition dropped", "consequent removed"]


def test_a_condition_that_only_names_a_compared_number_is_not_dropped(tmp_path: Path) -> None:
    assert changes(tmp_path, [{"size": "$cm"}, {"size": "> 40"}]) == [
        "40 itself let in",
        "40 made 41",
        "condition dropped",
        "consequent removed",
    ]


def test_one_that_names_it_with_the_same_attributes_is_not_dropped_either(tmp_path: Path) -> None:
    named, compared = {"size": "$cm", "side": "$s"}, {"size": "> 40", "side": "$s"}
    more = [STAR | {"side": "$s"}]
    assert changes(tmp_path, [named, compared, *more]).count('"side" dropped') == 2
    assert changes(tmp_path, [named, {"size": "> 40"}, *more]).count('"side" dropped') == 2


def test_a_number_that_something_else_uses_is_dropped(tmp_path: Path) -> None:
    joined = [{"size": "$cm"}, {"size": "> 40"}, {"tally": "$cm"}]
    assert changes(tmp_path, joined, more=[rule("two", [{"size": "$x"}], {"tally": "$x"})]).count("condition dropped") == 3
    assert (
        changes(tmp_path, [{"size": "$cm"}, {"tally": "> 40"}], more=[rule("two", [STAR], {"tally": 41})]).count(
            "condition dropped"
        )
        == 2
    )


def test_a_condition_said_twice_is_dropped_neither_here_nor_there(tmp_path: Path) -> None:
    assert changes(tmp_path, [RED | {"side": "$s"}, RED | {"side": "$s"}, STAR | {"side": "$s"}]).count("condition dropped") == 1


def test_what_the_only_rule_below_asks_for_is_not_dropped_above(tmp_path: Path) -> None:
    """As a stage's criterion repeats what the stage before it rests on; another side would be another matter."""
    below = rule("two", [RED | {"side": "$s"}, {"absent": {"heap": "red"}}], {"pile": "red", "side": "$s"})
    heap = rule("three", [STAR], {"heap": "red"})
    when = [{"pile": "red", "side": "$s"}, RED | {"side": "$s"}, {"absent": {"heap": "red"}}, STAR | {"side": "$s"}]
    made = changes(tmp_path, when, more=[below, heap])
    assert (made.count("condition dropped"), made.count("absent dropped")) == (2, 0)
    again = rule("four", [STAR | {"side": "$s"}], {"pile": "red", "side": "$s"})
    made = changes(tmp_path / "again", when, more=[below, heap, again])
    assert (made.count("condition dropped"), made.count("absent dropped")) == (3, 1)


@pytest.mark.parametrize(("said", "dropped"), [({"pile": "red", "side": "left"}, 0), ({"pile": "red"}, 1)])
def test_an_attribute_that_every_rule_concludes_keeps_nothing_out(tmp_path: Path, said: dict[str, Any], dropped: int) -> None:
    made = changes(tmp_path, [{"pile": "red", "side": "$s"}], more=[rule("two", [STAR], said)])
    assert made.count('"side" dropped') == dropped


TALL = [case([{"size": n}], **{("fires" if n >= 40 else "silent"): ["one"]}) for n in (39, 40)]
CONCLUDES = case([{"size": 41}], concludes=[{"ready": "yes"}])


def test_cases_on_both_sides_and_on_what_follows_notice_every_mutant(tmp_path: Path) -> None:
    score = mutate(subject(tmp_path, [{"size": ">= 40"}], cases=[*TALL, CONCLUDES]))
    assert survivors(score) == []
    assert score.percent == 100


@pytest.mark.parametrize(
    ("cases", "left"),
    [
        ([TALL[0], CONCLUDES], ["40 itself kept out"]),
        ([TALL[1], CONCLUDES], ["condition dropped", "40 made 39"]),
        (TALL, ["consequent removed"]),
        ([], ["condition dropped", "40 itself kept out", "40 made 39", "consequent removed"]),
    ],
)
def test_what_no_case_looks_at_survives(tmp_path: Path, cases: list[Any], left: list[str]) -> None:
    assert survivors(mutate(subject(tmp_path, [{"size": ">= 40"}], cases=cases))) == left


def test_a_survivor_is_shown_at_the_line_of_what_was_broken(tmp_path: Path) -> None:
    text = """
- id: one
  when:
    - colour: red
    - any_of:
        - shape: star
        - shape: round
  then:
    - conclude: {ready: yes}
  because: So.
  sources: [atlas]
  strength: expert_opinion
  certainty: low
"""
    program = build_program([base_pack(tmp_path), toy_pack(tmp_path / "toy", text)], without_safety=True)
    score = mutate(subject_of(program, lambda one: one.name == "toy", DAY))
    lines = {(mutant.place.line, mutant.change) for mutant in score.survivors}
    assert lines == {
        (4, "condition dropped"),
        (5, "any_of dropped"),
        (6, "choice dropped"),
        (7, "choice dropped"),
        (9, "consequent removed"),
    }


def test_a_mutant_of_a_rule_below_is_noticed_through_the_rule_above(tmp_path: Path) -> None:
    more = [rule("two", [{"heap": "red"}])]
    cases = [case([RED], fires=["two"]), case([STAR], silent=["two"])]
    assert survivors(mutate(subject(tmp_path, [RED], {"heap": "red"}, cases, more))) == ["consequent removed"]


def test_one_conclusion_fewer_is_noticed_by_who_reads_it(tmp_path: Path) -> None:
    """What the whole rule concluded must not be remembered for the rule without it."""
    then = [{"conclude": {"heap": "red"}}, {"conclude": {"heap": "blue"}}]
    more = [rule("two", [{"heap": "red"}]), rule("three", [{"heap": "blue"}])]
    cases = [case([RED], fires=["two", "three"]), case([STAR], silent=["two", "three"])]
    score = mutate(subject(tmp_path, [RED], then, cases, more))
    assert not [mutant.change for mutant in score.survivors if mutant.original.id == "toy/one"]


def test_a_text_that_quotes_a_number_says_the_same_in_a_mutant(tmp_path: Path) -> None:
    """What a case reads there is no reason to notice: the choice that this runner does not need is dropped unseen."""
    warns = [{"warn": "{size} of it.", "level": "info"}]
    cases = [case([{"size": 50}, STAR], fires=["one"], says=["50 cm of it"])]
    left = survivors(mutate(subject(tmp_path, [{"size": ">= 40"}, {"any_of": [RED, STAR]}], warns, cases)))
    assert left.count("choice dropped") == 1


# --- the command -----------------------------------------------------------------------------------------------------

CLINIC = """
- id: one
  title: One
  when:
    - heel_raise_reps: "< 20"
  then:
    - target: calf_strength
  because: So.
  sources: [atlas]
  strength: expert_opinion
  certainty: low
"""


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(recommend, ["pack", "test", *map(str, arguments)], standalone_mode=False, catch_exceptions=False)


def clinic(tmp_path: Path, *cases: Any) -> Path:
    files = {"rules/r.yaml": CLINIC, "sources.yaml": SOURCES, "cases/c.yaml": list(cases)}
    return write_pack(tmp_path / "clinic", files, requires=["vocabulary"])


def test_the_command_lists_survivors_and_the_score(tmp_path: Path) -> None:
    folder = clinic(tmp_path, case([{"heel_raise_reps": 19}], fires=["one"]), case([{"heel_raise_reps": 20}], silent=["one"]))
    result = run(folder, "--mutation", "--coverage")
    assert result.return_value == 0
    assert "2 passed, 0 failed" in result.output
    assert f"boundary: {folder}/rules/r.yaml:4: clinic/one: no case has heel_raise_reps above 20." in result.output
    assert f"survived: {folder}/rules/r.yaml:7: clinic/one: consequent removed" in result.output
    assert "mutation score" in result.output


def test_a_failed_case_shows_what_fired_instead(tmp_path: Path) -> None:
    result = run(clinic(tmp_path, case([{"heel_raise_reps": 30}], fires=["one"])))
    assert result.return_value == 1
    assert "FAILED" in result.output
    assert "fires: clinic/one is missing" in result.output
    assert "    fired: " in result.output


def test_coverage_names_rules_that_never_fired(tmp_path: Path) -> None:
    result = run(clinic(tmp_path, case([{"heel_raise_reps": 30}], silent=["one"])), "--coverage")
    assert "never fired:" in result.output
    assert "0 of 1 rules fired" in result.output


def test_watching_tells_of_every_change(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("1", encoding="utf-8")
    told = _changes((tmp_path,), pause=0)
    next(told)
    (tmp_path / "a.yaml").write_text("12", encoding="utf-8")
    next(told)
    (tmp_path / "b.yaml").write_text("1", encoding="utf-8")
    next(told)
