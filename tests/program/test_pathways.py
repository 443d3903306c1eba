"""Pathways are compiled into rules of the program: the highest stage whose criteria are met on record holds."""

from pathlib import Path
from typing import Any

import pytest

from kit import BASICS, base_pack, derived, facts_of, fired, problems_of, run, toy_pack
from stridewise.errors import PackError
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

PROVEN = {name: BASICS[name] for name in ("sources", "strength", "certainty")}


def stage(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "plain": f"You are at {name}.", **more}


def pathway(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    when = [{"colour": "red", "side": "$side"}]
    return {"id": "climb", "title": "Climbing", "when": when, "stages": list(stages), **PROVEN, **more}


THREE = pathway(
    stage("low", exit=[{"needs": {"size": ">= 10", "side": "$side"}, "earn": "Ten high.", "question": "How high?"}]),
    stage(
        "mid",
        then=[{"conclude": {"heap": "green", "side": "$side"}}],
        exit=[{"needs": [{"size": ">= 20", "side": "$side"}], "earn": "Twenty high."}],
    ),
    stage("top", enter=[{"badge": "gold"}], then=[{"target": "neatness"}], sources=["atlas#a1"]),
)


def program_of(tmp_path: Path, *pathways: dict[str, Any], rules: Any = (), **head: Any) -> Program:
    mine = toy_pack(tmp_path / "toy", rules, {"pathways/climb.yaml": list(pathways)}, **head)
    return build_program([base_pack(tmp_path), mine], without_safety=True)


def stages_held(program: Program, *facts: dict[str, Any]) -> list[tuple[str, str | None]]:
    memory = run(program, facts_of(*facts, vocabulary=program.vocabulary), engine="both")
    return sorted((str(fact.value), fact.side) for fact in memory.of("stage"))


RED, LEFT, RIGHT = {"colour": "red"}, {"side": "left"}, {"side": "right"}


@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ([], []),
        ([{"colour": "red", **LEFT}], [("climb/low", "left")]),
        ([{"colour": "red", **LEFT}, {"size": 9, **LEFT}], [("climb/low", "left")]),
        ([{"colour": "red", **LEFT}, {"size": 10, **LEFT}], [("climb/mid", "left")]),
        ([{"colour": "red", **LEFT}, {"size": 30, **RIGHT}], [("climb/low", "left")]),
        ([{"colour": "red", **LEFT}, {"size": 20, **LEFT}], [("climb/mid", "left")]),
        ([{"colour": "red", **LEFT}, {"size": 20, **LEFT}, {"badge": "gold"}], [("climb/top", "left")]),
        ([RED, {"size": 10, **LEFT}], [("climb/low", "right"), ("climb/mid", "left")]),
        ([{"colour": "blue"}, {"size": 20, **LEFT}], []),
    ],
)
def test_the_highest_stage_whose_criteria_are_met_holds(tmp_path: Path, facts: Any, held: Any) -> None:
    assert stages_held(program_of(tmp_path, THREE), *facts) == held


def test_a_stage_says_what_holds_in_it(tmp_path: Path) -> None:
    program = program_of(tmp_path, THREE)
    facts = facts_of({"colour": "red", **LEFT}, {"size": 10, **LEFT}, vocabulary=program.vocabulary)
    memory = run(program, facts)
    assert fired(memory) == {"climb-reaches-mid", "climb-is-at-mid", "climb-in-mid"}
    assert {"heap": "green", "side": "left"} in derived(memory)
    assert program.pathways["climb"].rules == {
        "toy/climb-is-at-low",
        "toy/climb-reaches-mid",
        "toy/climb-is-at-mid",
        "toy/climb-in-mid",
        "toy/climb-reaches-top",
        "toy/climb-is-at-top",
        "toy/climb-in-top",
    }


def test_its_rules_say_where_one_is_and_why(tmp_path: Path) -> None:
    program = program_of(tmp_path, THREE)
    reached, content = program.rule("toy/climb-reaches-mid"), program.rule("toy/climb-in-top")
    assert reached is not None and reached.because.text == "Ten high. This opens stage 2 of 3, Mid."
    assert content is not None and content.because.text == "Climbing on the {side}: stage 3 of 3, top."
    assert content.patient is not None and content.patient.text == "This belongs to stage 3 of 3: top."
    assert content.sources == ("atlas", "atlas#a1")


def test_a_pathway_without_sides_has_stages_without(tmp_path: Path) -> None:
    plain = pathway(stage("low", exit=[{"needs": {"badge": "gold"}, "earn": "Gold."}]), stage("top"), when=[{"shape": "star"}])
    program = program_of(tmp_path, plain)
    assert stages_held(program, {"shape": "star"}) == [("climb/low", None)]
    assert stages_held(program, {"shape": "star"}, {"badge": "gold"}) == [("climb/top", None)]


def test_rules_may_ask_for_a_stage_and_none_may_conclude_one(tmp_path: Path) -> None:
    asking = {
        "id": "asks",
        "when": [{"stage": "climb/low"}],
        "then": [{"conclude": {"ready": "yes"}}],
        "because": "So.",
        **PROVEN,
    }
    program = program_of(tmp_path, THREE, rules=[asking])
    memory = run(program, facts_of({"colour": "red", **LEFT}, vocabulary=program.vocabulary))
    assert {"ready": "yes"} in derived(memory)
    with pytest.raises(PackError) as raised:
        program_of(tmp_path, THREE, rules=[asking | {"then": [{"conclude": {"stage": "climb/top"}}]}])
    assert problems_of(raised) == [
        'toy/rules/rules.yaml:5: asks: then[0]: conclude: "stage" follows from exercises and pathways; no rule concludes it'
    ]


TOP = "plain: Top."
WRITTEN = """\
- id: climb
  title: Climbing
  when:
    - {colour: red, side: $side}
  sources: [atlas]
  strength: strong
  certainty: high
  stages:
    - id: low
      title: Low
      plain: Low.
      exit:
        - needs: {size: ">= 10", side: $side}
          earn: Ten high.
    - id: top
      title: Top
      plain: Top.
      then:
        - target: neatness
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{colour: red,", "{colour: reed,", '4: climb.when[0]: unknown colour "reed". Did you mean "red"?'),
        ('size: ">= 10"', 'sizes: ">= 10"', '13: climb.stages[0].exit[0].needs[0]: names no known kind of fact, found "sizes",'),
        ("target: neatness", "target: neatnes", '19: climb-in-top: then[0]: unknown target "neatnes". Did you mean "neatness"?'),
        (TOP, "plain: Top.\n      running: fast", "18: climb.stages[1].running: expected none, walk_run,"),
        (TOP, "plain: Top.\n      pain_region: toe", "15: climb.stages[1]: pain_region is the region"),
        (TOP, "plain: Top.\n      running: easy", '18: climb-in-top: then[1]: names no known kind of fact, found "running"'),
        (TOP, "plain: Top.\n      retest: [sise]", '18: climb.stages[1].retest: unknown kind "sise". Did you mean "size"?'),
        (TOP, "plain: Top.\n      enter: [{badge: gould}]", '18: climb.stages[1].enter[0]: unknown badge "gould"'),
        (TOP, "plain: Top.\n      walk_run: {run_min: 0}", "18: climb.stages[1].walk_run: expected more than 0 minutes"),
        ("id: top", "id: low", '1: climb: the stage id "low" stands twice'),
        ("id: top", "id: The Top", "15: climb.stages[1]: id: expected small letters"),
        ("target: neatness", "target: neatness\n          side: $hand", "19: climb-in-top: then[0]: $hand"),
        ("sources: [atlas]", "sources: [atlases]", '1: climb: unknown source "atlases". Did you mean "atlas"?'),
        ("          earn: Ten high.\n", "", '13: climb.stages[0].exit[0]: the key "earn" is missing; add it'),
        ("  stages:", "  steps:", '8: climb: unknown key "steps". Known keys:'),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in WRITTEN
    with pytest.raises(PackError) as raised:
        mine = toy_pack(tmp_path / "toy", (), {"pathways/climb.yaml": WRITTEN.replace(old, new)})
        build_program([base_pack(tmp_path), mine], without_safety=True)
    assert any(text.startswith(f"toy/pathways/climb.yaml:{problem}") for text in problems_of(raised)), problems_of(raised)


def test_a_pathway_has_one_id_everywhere(tmp_path: Path) -> None:
    other = toy_pack(tmp_path / "other", (), {"pathways/mine.yaml": WRITTEN})
    mine = toy_pack(tmp_path / "toy", (), {"pathways/climb.yaml": WRITTEN})
    with pytest.raises(PackError) as raised:
        build_program([base_pack(tmp_path), mine, other], without_safety=True)
    assert (
        'toy/pathways/climb.yaml:1: the pathway "climb" is already defined at other/pathways/mine.yaml:1; choose another id'
        in (problems_of(raised))
    )


# --- overrides -------------------------------------------------------------------------------------------------------

OWN = pathway(stage("start"), id="own_climb")
SIGNED = {"reason": "house rule", "by": "A. Clinician", "expires": "2027-12-31"}


def overridden(tmp_path: Path, override: dict[str, Any], theirs: dict[str, Any] = THREE, rules: Any = ()) -> Program:
    far = toy_pack(tmp_path / "far", rules, {"pathways/climb.yaml": [theirs]})
    mine = toy_pack(tmp_path / "toy", (), {"pathways/own.yaml": [OWN]}, overrides=[{**override, **SIGNED}])
    return build_program([base_pack(tmp_path), far, mine], without_safety=True)


def test_a_pathway_is_disabled_or_replaced_with_all_its_rules(tmp_path: Path) -> None:
    for override in ({"action": "disable"}, {"action": "replace", "with_pathway": "own_climb"}):
        program = overridden(tmp_path, {"pathway": "climb", **override})
        assert list(program.pathways) == ["own_climb"]
        assert stages_held(program, {"colour": "red", **LEFT}, {"size": 30, **LEFT}) == [("own_climb/start", "left")]
        assert not any(rule.id.startswith("far/climb") for rule in program.rules)


def test_a_protected_pathway_stays(tmp_path: Path) -> None:
    """What a contraindication or a referral rests on is not switched off; nor is a stage that holds one."""
    waits = {
        "id": "waits",
        "when": [{"stage": "climb/low"}],
        "because": "So.",
        **PROVEN,
        "then": [{"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "See one."}],
    }
    holds = pathway(stage("low", then=[{"avoid": {"demand": "impact"}, "level": "contraindication"}]))
    for theirs, rules in ((THREE, [waits]), (holds, ())):
        with pytest.raises(PackError, match=r'"climb" is protected and cannot be changed: climb → far/climb-i.*refers or contra'):
            overridden(tmp_path, {"pathway": "climb", "action": "disable"}, theirs, rules)


@pytest.mark.parametrize(
    ("override", "problem"),
    [
        ({"pathway": "clime", "action": "disable"}, 'unknown pathway "clime". Did you mean "climb"?'),
        ({"pathway": "own_climb", "action": "disable"}, '"own_climb" is your own; change it where it stands'),
        ({"pathway": "climb", "action": "replace", "with_pathway": "climb"}, 'with_pathway: this pack has no pathway "climb"'),
        ({"pathway": "climb", "action": "replace"}, 'replace needs "with_pathway"'),
        ({"pathway": "climb", "action": "retune", "to": 3}, "retune is for a threshold"),
        ({"pathway": "climb", "rule": "far/x", "action": "disable"}, "name exactly one of rule, threshold, pathway"),
    ],
)
def test_a_wrong_override_of_a_pathway_is_told(tmp_path: Path, override: dict[str, Any], problem: str) -> None:
    with pytest.raises(PackError) as raised:
        overridden(tmp_path, override)
    assert any(problem in text and text.startswith("toy/pack.yaml:") for text in problems_of(raised)), problems_of(raised)


def test_a_pathway_is_part_of_the_digest_of_its_pack(tmp_path: Path) -> None:
    one = toy_pack(tmp_path / "toy", (), {"pathways/climb.yaml": WRITTEN})
    (tmp_path / "toy" / "pathways" / "climb.yaml").write_text(WRITTEN + "\n", encoding="utf-8")
    assert load_pack(tmp_path / "toy").sha256 != one.sha256
