"""What a change of packs does to one runner: losses of safety before all else, and nothing that differs goes untold."""

from pathlib import Path
from typing import Any

import pytest

import check_kit
from kit import base_pack, rule, toy_pack
from plans import DAY, profile
from stridewise.authoring.population.compared import Compared, compare
from stridewise.authoring.population.effect import KINDS, LOSSES, Effect
from stridewise.errors import StridewiseError
from stridewise.program.builder import build_program
from stridewise.program.program import Program

RED = {"colour": "red"}
WARN = {"warn": "Look out.", "level": "warning"}
STRESS = {"adjust": "stacking", "to": "10", "text": "Less."}
ANNA = "schema: 1\nrunner: {ref: anna}\nfindings: [{colour: red}]\n"


def refer(urgency: str = "urgent", stops: str = "running", **more: str) -> dict[str, str]:
    return {"refer": "keeper", "urgency": urgency, "stops": stops, "text": "See the keeper.", **more}


def avoid(level: str = "contraindication", what: Any = "hop") -> dict[str, Any]:
    return {"avoid": what, "level": level}


def exercise(name: str, **more: Any) -> dict[str, Any]:
    """With sets that a lighter week can take away."""
    return check_kit.exercise(name, **{"dosage": {"control": {"sets": 4, "reps": 8}}, **more})


def version(folder: Path, *rules: dict[str, Any], files: dict[str, Any] | None = None) -> Program:
    exercises = {"exercises/e.yaml": [exercise("hop"), exercise("plank")]}
    return build_program([base_pack(folder), toy_pack(folder / "toy", rules, files or exercises)], without_safety=True)


def compared(tmp_path: Path, old: list[Any], new: list[Any], new_files: dict[str, Any] | None = None) -> Compared:
    """What the one red runner meets; each rule is given by its consequents, and called r0, r1 …"""
    both = [
        [rule(f"r{number}", [RED], then) if isinstance(then, list) else then for number, then in enumerate(rules)]
        for rules in (old, new)
    ]
    found = compare(
        profile(ANNA), version(tmp_path / "old", *both[0]), version(tmp_path / "new", *both[1], files=new_files), DAY, "reference"
    )
    assert isinstance(found, Compared)
    return found


def told(found: Compared, *kinds: str) -> list[tuple[str, str]]:
    """The effects of these kinds, those on safety where none is named."""
    safety = tuple(KINDS)[: tuple(KINDS).index("precaution_new") + 1]
    return [(one.kind, one.item) for one in found.effects if one.kind in (kinds or safety)]


def test_the_same_packs_have_no_effect(tmp_path: Path) -> None:
    found = compared(tmp_path, [[refer(), WARN, avoid()]], [[refer(), WARN, avoid()]])
    assert (found.is_changed, found.effects, found.ref) == (False, (), "anna")


KEEPER = "keeper, urgent, stops running"
REFERRALS = [
    ([refer()], [WARN], ("referral_lost", KEEPER)),
    ([WARN], [refer()], ("referral_new", KEEPER)),
    ([refer()], [refer("routine")], ("referral_weaker", f"{KEEPER} → keeper, routine, stops running")),
    ([refer()], [refer(stops="nothing")], ("referral_weaker", f"{KEEPER} → keeper, urgent, stops nothing")),
    ([refer()], [refer("same_day", "nothing")], ("referral_weaker", f"{KEEPER} → keeper, same day, stops nothing")),
    ([refer()], [refer("same_day")], ("referral_stricter", f"{KEEPER} → keeper, same day, stops running")),
]


@pytest.mark.parametrize(("old", "new", "effect"), REFERRALS, ids=["lost", "new", "later", "less", "sooner-but-less", "stricter"])
def test_a_referral_is_lost_weaker_stricter_or_new(
    tmp_path: Path, old: list[Any], new: list[Any], effect: tuple[str, str]
) -> None:
    found = compared(tmp_path, [old], [new])
    assert effect in told(found)
    assert effect[0] not in LOSSES or found.effects[0].kind == effect[0]  # it stands first
    assert next(one.rules for one in found.effects if one.kind == effect[0]) == ("toy/r0",)


def test_a_referral_that_another_rule_gives_now_is_not_lost(tmp_path: Path) -> None:
    """Neither under a new name, nor as one of two; the reason that went is told."""
    found = compared(tmp_path, [rule("a", [RED], [refer()])], [rule("b", [RED], [refer()])])
    assert told(found) == []
    assert found.is_changed
    one_less = compared(tmp_path / "two", [[refer()], rule("b", [RED], [refer(text="Other.")], because="B.")], [[refer()]])
    assert told(one_less) == [("reason_lost", KEEPER)]


AVOIDED = [
    (avoid(), None, "contraindication_lost"),
    (avoid(), avoid("precaution"), "contraindication_lost"),
    (None, avoid(), "contraindication_new"),
    (avoid("precaution"), avoid(), "contraindication_new"),
    (avoid("precaution"), None, "precaution_lost"),
    (None, avoid("precaution"), "precaution_new"),
]


@pytest.mark.parametrize(("old", "new", "kind"), AVOIDED)
def test_an_exercise_is_ruled_out_or_no_longer(tmp_path: Path, old: Any, new: Any, kind: str) -> None:
    """Also where no plan would have held it; and where it is only that, the plan may stay as it was."""
    rules = [[[{"conclude": {"ready": "yes"}}, *([one] if one else [])]] for one in (old, new)]
    found = compared(tmp_path, *rules)
    assert (kind, "hop") in told(found)
    assert next(one for one in found.effects if one.kind == kind).rules == ("toy/r0",)


def test_of_lost_vetoes_those_that_a_plan_uses_at_once_stand_first(tmp_path: Path) -> None:
    plan = [{"prescribe": "plank"}]
    found = compared(tmp_path, [plan, [avoid(), avoid(what="plank")]], [plan])
    lost = [(one.item, one.detail) for one in found.effects if one.kind == "contraindication_lost"]
    assert lost == [("plank", "and the plan holds it now"), ("hop", "")]


def test_an_exercise_that_asks_less_now_is_no_longer_ruled_out(tmp_path: Path) -> None:
    """The rule stands as it was: what changed is the exercise's own file."""
    terms = {"vocabulary/v.yaml": {"terms": {"demands": {"impact": {}}}}}
    rules = [[avoid(what={"demand": "impact", "above": 1})]]
    old = {**terms, "exercises/e.yaml": [exercise("hop", demands={"impact": 2})]}
    new = {**terms, "exercises/e.yaml": [exercise("hop", demands={"impact": 1})]}
    written = [rule("r0", [RED], rules[0])]
    both = (version(tmp_path / name, *written, files=files) for name, files in (("old", old), ("new", new)))
    found = compare(profile(ANNA), *both, DAY, "reference")
    assert isinstance(found, Compared)
    assert told(found) == [("contraindication_lost", "hop")]


WARNINGS = [
    ([WARN], [avoid()], ("warning_lost", "toy/r0 (warning)")),
    ([WARN], [{**WARN, "level": "info"}], ("warning_lost", "toy/r0 (warning → info)")),
    ([{**WARN, "level": "info"}], [{**WARN, "level": "critical"}], ("warning_new", "toy/r0 (info → critical)")),
    ([avoid()], [WARN], ("warning_new", "toy/r0 (warning)")),
]


@pytest.mark.parametrize(("old", "new", "effect"), WARNINGS, ids=["lost", "softer", "graver", "new"])
def test_a_warning_is_lost_softer_graver_or_new(tmp_path: Path, old: list[Any], new: list[Any], effect: tuple[str, str]) -> None:
    assert effect in told(compared(tmp_path, [old], [new]))


def test_a_warning_in_the_same_words_is_not_lost_under_another_name(tmp_path: Path) -> None:
    assert told(compared(tmp_path, [rule("a", [RED], [WARN])], [rule("b", [RED], [WARN])])) == []


def test_exercises_and_load_stand_behind_safety(tmp_path: Path) -> None:
    found = compared(tmp_path, [[WARN, {"prescribe": "hop"}, STRESS]], [[{"prescribe": "plank"}, {**STRESS, "to": "8"}]])
    kinds = list(dict.fromkeys(one.kind for one in found.effects))
    assert kinds[:4] == ["warning_lost", "load_changed", "exercise_gone", "exercise_new"]
    load = next(one for one in found.effects if one.kind == "load_changed")
    assert (load.item, load.detail) == ("stacking", "10 → 8")


def test_another_dose_is_told_field_by_field(tmp_path: Path) -> None:
    files = {"exercises/e.yaml": [exercise("hop", dosage={"control": {"sets": 3, "reps": 8}}), exercise("plank")]}
    found = compared(tmp_path, [[{"prescribe": "hop"}]], [[{"prescribe": "hop"}]], files)
    dose = next(one for one in found.effects if one.kind == "dose_changed")
    assert (dose.item, dose.detail) == ("hop", "sets: 4 → 3")


def test_a_plan_that_differs_in_words_alone_has_an_effect(tmp_path: Path) -> None:
    """Whatever differs, something is told of it."""
    found = compared(tmp_path, [rule("a", [RED], [WARN])], [rule("a", [RED], [WARN], because="Because.")])
    assert found.is_changed
    assert found.effects == (Effect("other_parts", "warnings"),)


def test_a_runner_whom_one_version_cannot_plan_for_has_lost_what_the_other_said(tmp_path: Path) -> None:
    """The reason names no file: it may be called after somebody."""
    smell = {"vocabulary/own.yaml": {"kinds": {"smell": {"open": True, "value": {"yes_no": True}}}}}
    asked = profile(f"{ANNA}".replace("]", ", {smell: yes}]"), name="anna-smith.yaml")
    old, new = version(tmp_path / "old", rule("r0", [RED], [refer()]), files=smell), version(tmp_path / "new")
    lost, back = (compare(asked, *both, DAY, "reference") for both in ((old, new), (new, old)))
    assert isinstance(lost, Compared) and isinstance(back, Compared)
    assert [one.kind for one in lost.effects] == ["referral_lost", "plan_lost"]
    assert [one.kind for one in back.effects] == ["referral_new", "plan_new"]
    assert "smell" in lost.effects[1].detail and "anna-smith" not in lost.effects[1].detail
    assert isinstance(compare(asked, new, new, DAY, "reference"), StridewiseError)
