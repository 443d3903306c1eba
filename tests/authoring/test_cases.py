"""Cases: a sentence, a minimal profile, what must and must not come of it. A case that checks nothing must not pass unseen."""

from pathlib import Path
from typing import Any

import pytest

from kit import rule, write_pack
from plans import ATLAS, EXERCISES, vocabulary_pack
from stridewise.authoring.cases import Case, read_cases
from stridewise.authoring.trial import Trial, run_case
from stridewise.errors import PackError, StridewiseError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

RULES = [
    rule(
        "weak-calf-trains",
        [{"weakness": "soleus", "side": "$side"}],
        [
            {"target": "squat_pattern", "side": "$side"},
            {"warn": "Mind the calf.", "level": "info"},
            {"conclude": {"high_mileage": "yes"}},
        ],
    ),
    rule(
        "far-runner-refers",
        [{"weekly_distance": "> 100"}],
        [
            {"refer": "coach", "urgency": "routine", "stops": "nothing", "text": "See a coach."},
            {"adjust": "weekly_distance", "by": "-50%", "text": "Less."},
        ],
    ),
    rule(
        "twister-swaps",
        [{"current_exercise": "floor_twist"}],
        [{"avoid": "floor_twist", "level": "preference", "instead": ["standing_drill"]}],
    ),
]
ASKED_FIRST = {"target": "squat_pattern", "priority": "high"}
WEAK = {"findings": [{"weakness": "soleus"}]}
FAR = {"training": {"weekly_distance_km": [90, 120]}}
TWIST = {"training": {"current_exercises": ["floor_twist"]}}


def trial(folder: Path, cases: Any) -> tuple[Program, RulePack]:
    """A program with the pack `trial`, and that pack with these cases."""
    gym = load_pack(write_pack(folder / "gym", {"exercises/all.yaml": EXERCISES, "sources.yaml": ATLAS}), shown="gym")
    pack = load_pack(write_pack(folder / "trial", {"rules/all.yaml": RULES, "cases/all.yaml": cases}), shown="trial")
    return build_program([vocabulary_pack(), gym, pack], without_safety=True), pack


def ran(folder: Path, profile: Any, **expect: Any) -> Trial:
    """One case, run."""
    program, pack = trial(folder, [{"name": "It holds.", "profile": profile, "expect": expect}])
    (case,) = read_cases(pack)
    return run_case(program, case)


HOLDS: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [  # profile, what holds, what does not
    (WEAK, {"fires": ["weak-calf-trains"]}, {"fires": ["far-runner-refers"]}),
    (WEAK, {"fires": ["trial/weak-calf-trains"]}, {"fires": ["trial/twister-swaps"]}),
    (WEAK, {"silent": ["far-runner-refers"]}, {"silent": ["weak-calf-trains"]}),
    (WEAK, {"status": "ready"}, {"status": "refer_first"}),
    (WEAK, {"targets": ["squat_pattern"]}, {"targets": ["balance"]}),
    (
        WEAK,
        {"targets": [{"target": "squat_pattern", "priority": "medium"}]},
        {"targets": [{"target": "squat_pattern", "priority": "high"}]},
    ),
    (WEAK, {"prescribes": ["easy_squat"]}, {"prescribes": ["big_hop"]}),
    (WEAK, {"not_prescribed": ["big_hop"]}, {"not_prescribed": ["easy_squat"]}),
    (WEAK, {"warns": ["weak-calf-trains"]}, {"warns": ["far-runner-refers"]}),
    (WEAK, {"concludes": [{"high_mileage": True}]}, {"concludes": [{"low_mileage": True}]}),
    (WEAK, {"notices": ["Safety screen not recorded"]}, {"notices": ["All is well"]}),
    (TWIST, {"swaps": {"floor_twist": "standing_drill"}}, {"swaps": {"floor_twist": "leg_drill"}}),
    (TWIST, {"swaps": {"floor_twist": "standing_drill"}}, {"swaps": {"floor_twist": None}}),
    (WEAK, {"not_swapped": ["floor_twist"]}, {"swaps": {"floor_twist": "standing_drill"}}),
    (TWIST, {}, {"not_swapped": ["floor_twist"]}),
    (FAR, {"refers": ["far-runner-refers"]}, {"refers": ["weak-calf-trains"]}),
    (
        FAR,
        {"adjusts": {"weekly_distance": {"from": 120, "to": 60, "change": "-50%"}}},
        {"adjusts": {"weekly_distance": {"to": 61}}},
    ),
    (FAR, {"adjusts": {"weekly_distance": {}}}, {"adjusts": {"longest_run": {}}}),
    ({"findings": ["weak gluts"]}, {"error": "unknown phrase"}, {"error": "something else"}),
]


@pytest.mark.parametrize(("profile", "holds", "fails"), HOLDS)
def test_each_expectation_can_hold_and_fail(tmp_path: Path, profile: Any, holds: dict[str, Any], fails: dict[str, Any]) -> None:
    """A claim that holds passes, one that does not is told by name."""
    assert ran(tmp_path / "a", profile, **holds).failures == ()
    (failure,) = ran(tmp_path / "b", profile, **fails).failures
    assert next(iter(fails)) in failure or "stopped with" in failure


def test_an_expected_error_that_does_not_come_is_a_failure(tmp_path: Path) -> None:
    """And so is an error that nobody expected."""
    assert "but a plan was made" in ran(tmp_path / "a", WEAK, error="unknown").failures[0]
    assert "stopped with" in ran(tmp_path / "b", {"findings": ["weak gluts"]}, status="ready").failures[0]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"fires": ["weak-calf-train"]}, 'there is no rule trial/weak-calf-train. Did you mean "trial/weak-calf-trains"?'),
        ({"silent": ["far-runner-refer"]}, 'there is no rule trial/far-runner-refer. Did you mean "trial/far-runner-refers"?'),
        ({"prescribes": ["esay_squat"]}, 'there is no exercise esay_squat. Did you mean "easy_squat"?'),
        ({"not_prescribed": ["big_hopp"]}, 'there is no exercise big_hopp. Did you mean "big_hop"?'),
    ],
)
def test_a_name_that_does_not_exist_is_told_once_with_the_nearest(tmp_path: Path, expect: dict[str, Any], told: str) -> None:
    """A claim about it would fail for another reason, or hold for ever."""
    assert ran(tmp_path, WEAK, **expect).failures == (told,)


def test_all_failures_of_a_case_are_told(tmp_path: Path) -> None:
    """Not only the first."""
    assert len(ran(tmp_path, WEAK, status="refer_first", prescribes=["big_hop"], warns=["far-runner-refers"]).failures) == 3


@pytest.mark.parametrize(
    "expect",
    [
        {"fires": ["no-such-rule"]},
        {"silent": ["no-such-rule"]},
        {"not_prescribed": ["no_such_exercise"]},
        {"not_swapped": ["no_such_exercise"]},
        {"concludes": [{"no_such_kind": 1}]},
        {"adjusts": {"no_such_metric": {}}},
        {"status": "no_such_status"},
    ],
)
def test_a_case_that_names_what_does_not_exist_fails(tmp_path: Path, expect: dict[str, Any]) -> None:
    """A misspelt "must not be prescribed" would otherwise pass forever."""
    try:
        assert ran(tmp_path, WEAK, **expect).failures
    except StridewiseError as error:
        assert "no" in str(error)


@pytest.mark.parametrize(
    "cases",
    [
        {"name": "A mapping.", "profile": {}, "expect": {}},
        [5],
        [{"name": "No profile."}],
        [{"profile": WEAK, "expect": {}}],
        [{"name": "Extra.", "profile": WEAK, "expect": {"prescribs": []}}],
        [{"name": "Wrong.", "profile": WEAK, "expect": {"fires": "x"}}],
    ],
)
def test_a_malformed_case_is_refused_at_its_line(tmp_path: Path, cases: Any) -> None:
    """No case is left out because it could not be read."""
    with pytest.raises(PackError, match=r"trial/cases/all\.yaml:\d+: "):
        read_cases(trial(tmp_path, cases)[1])


def test_schema_and_reference_may_be_left_out(tmp_path: Path) -> None:
    """A case holds what it is about; the rest is filled in, also beside an age."""
    assert ran(tmp_path, {"runner": {"age": 40}, **WEAK}, fires=["weak-calf-trains"]).failures == ()


def test_the_day_of_a_case_is_its_own(tmp_path: Path) -> None:
    """as_of is fixed, so that a case means the same next year."""
    dated = {"race": {"date": "2026-12-12"}, **WEAK}
    program, pack = trial(
        tmp_path, [{"name": "Past.", "as_of": "2027-01-01", "profile": dated, "expect": {"notices": ["The race lies before"]}}]
    )
    (case,) = read_cases(pack)
    assert run_case(program, case).failures == ()


def test_a_problem_of_a_cases_profile_points_into_the_case_file(tmp_path: Path) -> None:
    """The author finds the line."""
    text = "- name: It fails.\n  profile:\n    findings:\n      - weak gluts\n  expect: {status: ready}\n"
    program, pack = trial(tmp_path, text)
    (case,) = read_cases(pack)
    assert "trial/cases/all.yaml:4" in run_case(program, case).failures[0]


def test_what_fired_is_reported(tmp_path: Path) -> None:
    """For coverage by cases."""
    assert ran(tmp_path, WEAK).fired == {"trial/weak-calf-trains"}


def test_a_case_knows_its_pack_and_place(tmp_path: Path) -> None:
    """So that a report can name both."""
    cases = [{"name": "One.", "profile": WEAK, "expect": {}}, {"name": "Two.", "profile": WEAK, "expect": {}}]
    found: list[Case] = read_cases(trial(tmp_path, cases)[1])
    assert [(case.pack, case.shape.name) for case in found] == [("trial", "One."), ("trial", "Two.")]
    assert len({case.place.line for case in found}) == 2
