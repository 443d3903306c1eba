"""A bone stress injury is recorded with its site, its grade, and a physician's release by name and date."""

from typing import Any

import pytest

from plans import DAY, built_in, minimal
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.language.condition_reader import ConditionReader
from stridewise.profile.facts import Intake, take_in
from stridewise.profile.profile import read_profile
from stridewise.session import recommend

RELEASED = "released: {by: Dr. Sand, date: 2026-11-20}"


def text(entry: str, more: str = "") -> str:
    return minimal(f"diagnosis: [{{{entry}}}]{more}")


def taken(profile: str) -> Intake:
    return take_in(read_profile(parse_document(profile.encode(), "p.yaml", ProfileError)), built_in().vocabulary, DAY)


def facts(intake: Intake, kind: str) -> list[dict[str, Any]]:
    return [fact.as_mapping() for fact in intake.facts if fact.kind == kind]


def test_site_grade_and_release_are_facts() -> None:
    intake = taken(text(f"condition: bsi, side: left, site: navicular, grade: 2, {RELEASED}"))
    (diagnosis,) = facts(intake, "diagnosis")
    assert {"site": "navicular", "grade": "grade_2", "side": "left"}.items() <= diagnosis.items()
    assert facts(intake, "bone_stress_released") == [
        {"bone_stress_released": "yes", "name": "Dr. Sand", "on": "2026-11-20", "side": "left"}
    ]


def test_a_release_of_both_sides_is_one_a_side() -> None:
    intake = taken(text(f"condition: bone_stress_injury, {RELEASED}"))
    assert sorted(fact["side"] for fact in facts(intake, "bone_stress_released")) == ["left", "right"]


@pytest.mark.parametrize("written", ["", ", released: unknown", ", released: "])
def test_without_a_release_there_is_none(written: str) -> None:
    """So that a rule may ask for its absence; where no such injury is on record, nothing was asked."""
    intake = taken(text(f"condition: bone_stress_injury, side: left{written}"))
    assert not facts(intake, "bone_stress_released")
    assert "bone_stress_released" in intake.answered
    assert "bone_stress_released" not in taken(text("condition: itb_pain")).answered
    assert ConditionReader(built_in().vocabulary, {}, "").read_all([{"absent": {"bone_stress_released": "yes"}}]).absents


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("condition: bsi, released: {by: Dr. Sand, date: 2026-12-20}", "released.date: the date 2026-12-20 lies after the day"),
        ("condition: bsi, released: {by: Dr. Sand}", "released: expected {by: a physician's name, date: a day}, found the keys"),
        (
            "condition: bsi, released: {by: Dr. Sand, date: soon}",
            'released: date: expected a day such as 2026-11-21, found "soon"',
        ),
        ("condition: bsi, released: {by: 7, date: 2026-11-20}", 'released: by: expected the physician\'s name, found "7"'),
        ("condition: bsi, released: yes", "released: expected {by: a physician's name, date: a day}, found"),
        (f"condition: itb_pain, {RELEASED}", "released: is a release after a bone stress injury; leave it out of this diagnosis"),
        ("condition: bsi, site: navicula", 'unknown site "navicula". Did you mean "navicular"?'),
        ("condition: bsi, grade: 5", 'unknown grade "5". Known: grade_1, grade_2, grade_3, grade_4.'),
    ],
)
def test_what_is_wrong_is_told_at_its_line(entry: str, problem: str) -> None:
    with pytest.raises(ProfileError) as raised:
        recommend(read_profile(parse_document(text(entry).encode(), "p.yaml", ProfileError)), built_in(), DAY, "reference")
    assert any(str(one).startswith("p.yaml:3: diagnosis[0]") and problem in str(one) for one in raised.value.problems)


@pytest.mark.parametrize("entry", ["bone_stress_released: yes", "cleared_flag: fever"])
def test_what_is_signed_stands_in_no_list_of_findings(entry: str) -> None:
    """Nobody is released or cleared without a name and a date."""
    with pytest.raises(ProfileError, match="is recorded with a name and a date, as"):
        taken(minimal(f"findings: [{{{entry}}}]"))
