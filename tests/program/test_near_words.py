"""Where a pack or a profile names a word of a list and there is none, it is told the nearest, or the one that it says otherwise;
never an opposite."""

from pathlib import Path
from typing import Any

import pytest

from check_kit import exercise
from kit import SOURCES, rule, write_pack
from plans import intake, minimal, vocabulary_pack
from stridewise.errors import PackError, ProfileError
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program

WHEN = [{"weakness": "soleus"}]
REFER = {"refer": "physician", "urgency": "urgent", "stops": "nothing", "text": "Go."}
TARGET = {"target": "calf_strength"}
HOP: dict[str, Any] = {"targets": {"direct": ["calf_strength"]}, "demands": "none"}

OF_RULES: list[tuple[dict[str, Any], str]] = [
    ({**REFER, "refer": "physican"}, "physician"),
    ({**REFER, "refer": "docter"}, "physician"),  # near to another word for it
    ({**REFER, "refer": "Physical therapist"}, "physiotherapist"),  # another word for it
    ({**REFER, "urgency": "urgnt"}, "urgent"),
    ({**REFER, "stops": "weight_baering"}, "weight_bearing"),
    ({"target": "calf_strenth"}, "calf_strength"),
    ({**TARGET, "goal": "rehabilitaton"}, "rehabilitation"),
    ({"warn": "Look out.", "level": "wraning"}, "warning"),
    ({"adjust": "weekly_distence", "at_most": "20 km", "text": "Less."}, "weekly_distance"),
    ({"avoid": {"demand": "impct"}, "level": "precaution"}, "impact"),
    ({"prescribe": "hopp"}, "hop"),
]
OF_EXERCISES: list[tuple[dict[str, Any], str]] = [
    ({"equipment": [["kettlebel"]]}, "kettlebell"),
    ({"equipment": [["dumbbells"]]}, "dumbbell"),
    ({"equipment": [["resistence band"]]}, "long_band"),
    ({"targets": {"direct": ["calf_strenth"]}}, "calf_strength"),
    ({"laterality": "unilatral"}, "unilateral"),
    ({"blocks": ["strenght"]}, "strength"),
    ({"demands": {"impct": 1}}, "impact"),
    ({"position": "kneling"}, "kneeling"),
    ({"needs": ["kneell"]}, "kneel"),
]


def refused(tmp_path: Path, then: list[Any], **hop: Any) -> list[str]:
    files = {
        "exercises/e.yaml": [exercise("hop", **{**HOP, **hop})],
        "rules/r.yaml": [rule("one", WHEN, then)],
        "sources.yaml": SOURCES,
    }
    with pytest.raises(PackError) as raised:
        build_program([vocabulary_pack(), load_pack(write_pack(tmp_path / "own", files), shown="own")], without_safety=True)
    return [problem.message for problem in raised.value.problems]


@pytest.mark.parametrize(("then", "near"), OF_RULES, ids=[near for _, near in OF_RULES])
def test_a_rule_is_told_the_near_word(tmp_path: Path, then: dict[str, Any], near: str) -> None:
    (message,) = refused(tmp_path, [then])
    assert message.endswith(f'. Did you mean "{near}"?')


@pytest.mark.parametrize("minutes", [0, -2])
def test_a_set_takes_time(tmp_path: Path, minutes: int) -> None:
    """Sets that take none would fit any number of times into a session."""
    (message,) = refused(tmp_path, [TARGET], minutes_per_set=minutes)
    assert message == f'hop: minutes_per_set: expected more than 0, found "{minutes}"'


def test_a_consequent_misspelt_beside_its_target_is_told_as_what_it_is(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, [{"perscribe": "hop", **TARGET}])
    assert message == 'one: then[0]: unknown key "perscribe". Did you mean "prescribe"?'


@pytest.mark.parametrize(("hop", "near"), OF_EXERCISES, ids=[near for _, near in OF_EXERCISES])
def test_an_exercise_is_told_the_near_word(tmp_path: Path, hop: dict[str, Any], near: str) -> None:
    (message,) = refused(tmp_path, [TARGET], **hop)
    assert message.endswith(f'. Did you mean "{near}"?')


OF_PROFILES = [
    ("constraints: {equipment: [kettlebel]}", "kettlebell"),
    ("constraints: {cannot: [kneal]}", "kneel"),
    ("training: {surface: treadmil}", "treadmill"),
    ("safety: {red_flags: [fevr]}", "fever"),
    ("goal: {kind: perfomance}", "performance"),
    ("findings: [{weakness: soleous}]", "soleus"),
]


@pytest.mark.parametrize(("section", "near"), OF_PROFILES, ids=[near for _, near in OF_PROFILES])
def test_a_profile_is_told_the_near_word(section: str, near: str) -> None:
    with pytest.raises(ProfileError, match=f'Did you mean "{near}"'):
        intake(minimal(section if "findings" in section else f"findings: []\n{section}"))


def test_no_opposite_is_near(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, [{"avoid": {"demand": "hip_abduction"}, "level": "precaution"}])
    assert "adduction" not in message
    assert "Did you mean" not in message


def test_one_item_in_place_of_a_list_is_told_how_to_write_it(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, [TARGET], equipment=["dumbbell"])
    assert message == 'hop.equipment[0]: expected a list, found "dumbbell"; write [dumbbell]'
