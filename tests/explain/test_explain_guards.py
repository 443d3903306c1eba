"""What keeps why-not and what-if from offering a change that costs a referral, a contraindication or a precaution. The guards
stand one behind the other; here each holds alone, with all others taken away."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kit import rule, write_pack
from plans import ASKED, ATLAS, DAY, EXERCISES, HEAD, HINGE_GATE, SCREEN, exercise, profile, refer, vocabulary_pack
from stridewise.explain import possible_changes, search, trials
from stridewise.explain.edits.changes import AddFact
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.safety import lost
from stridewise.explain.what_if import WATERMARK, read_range, sweep, what_if
from stridewise.explain.why_not import WhyNot, why_not
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

KINDS = {
    "leg_press_kg": {"label": "leg press {value}", "value": {"number": "kg", "min": 0, "max": 300}, "open": True},
    "resting_ache": {"label": "resting ache {value}", "value": {"number": "score", "min": 0, "max": 10}, "open": True},
    "leg_length": {"label": "leg length {value}", "value": {"number": "cm"}, "open": True, "modifiable": "fixed"},
    "swab": {"value": {"terms": "swabs"}, "open": True},
}
TERMS = {"swabs": {"cloudy": {}, "red": {"safety": True}}}
ASKS = rule("asks", [{"weakness": "soleus"}], [{"prescribe": "spin"}])
NEEDS_LIFT = {"needs": [{"leg_press_kg": ">= 60"}], "earn": "A leg press of 60 kg."}


def own(folder: Path, *rules: dict[str, Any], kinds: dict[str, Any] | None = None, **spin: Any) -> Program:
    """A clinic with words of its own, these rules, and the exercise `spin`."""
    words = {"kinds": {**KINDS, **(kinds or {})}, "terms": TERMS}
    made = [exercise("spin", spin.pop("target", ""), **spin), *EXERCISES]
    gym = write_pack(folder / "gym", {"exercises/all.yaml": made, "sources.yaml": ATLAS})
    trial = write_pack(folder / "trial", {"vocabulary/own.yaml": words, "rules/all.yaml": list(rules)})
    return build_program([vocabulary_pack(), load_pack(gym, shown="gym"), load_pack(trial, shown="trial")], without_safety=True)


def about(program: Program, *findings: str, head: str = ASKED) -> Inquiry:
    text = f"{head}findings: [{', '.join(['{weakness: soleus}', *findings])}]\n"
    return open_inquiry(profile(text), program, DAY, "reference")


def steps(answer: WhyNot) -> list[str]:
    """What is offered, in words."""
    return [step.text for one in answer.changes for step in one.steps]


# --- no change costs what protects ---------------------------------------------------------------------------------------

Patch = Callable[[pytest.MonkeyPatch], None]


def nothing(*_: object) -> frozenset[Any]:
    return frozenset()


# Each guard, and how it is taken away.
GUARDS: dict[str, Patch] = {
    "no such change is thought of": lambda patch: patch.setattr(possible_changes, "supports", nothing),
    "the facts stay": lambda patch: patch.setattr(trials, "supports", nothing),
    "what follows stays": lambda patch: patch.setattr(trials, "vetoes_of", nothing),
    "what the whole plan says stays": lambda patch: patch.setattr(search, "vetoes_of", nothing),
}
OF_FACTS = ("no such change is thought of", "the facts stay")
PROTECTS: dict[str, tuple[dict[str, Any], Iterable[str]]] = {
    "referral": (refer(), GUARDS),
    "contraindication": ({"avoid": "big_hop", "level": "contraindication"}, GUARDS),
    "precaution": ({"avoid": "big_hop", "level": "precaution"}, OF_FACTS),
}
TEMPTING: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a number moved": ({"gates": [NEEDS_LIFT]}, {"leg_press_kg": "< 50"}, "{leg_press_kg: 40}"),
    "another grade": (
        {"gates": [HINGE_GATE]},
        {"skill": "hip_hinge", "grade": "learning"},
        "{skill: hip_hinge, grade: learning}",
    ),
    "a position taken again": ({"position": "kneeling"}, {"cannot": "kneel"}, ""),
}
KNEELS = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [kneel]}}\n"


Tempted = Callable[[str, str], Inquiry]


@pytest.fixture(scope="module")
def tempted(tmp_path_factory: pytest.TempPathFactory) -> Tempted:
    """A runner for whom one change would let `spin` in, and lose what rests on the fact that it changes."""

    @cache
    def made(how: str, protects: str) -> Inquiry:
        spin, when, finding = TEMPTING[how]
        program = own(tmp_path_factory.mktemp("own"), ASKS, rule("protects", [when], [PROTECTS[protects][0]]), **spin)
        return about(program, *([finding] if finding else []), head=ASKED if finding else KNEELS)

    return made


@pytest.mark.parametrize("how", TEMPTING)
@pytest.mark.parametrize(("protects", "alone"), [(name, guard) for name, (_, guards) in PROTECTS.items() for guard in guards])
def test_each_guard_alone_keeps_what_protects(
    tempted: Tempted, monkeypatch: pytest.MonkeyPatch, how: str, protects: str, alone: str
) -> None:
    inquiry = tempted(how, protects)
    for take_away in (patch for name, patch in GUARDS.items() if name != alone):
        take_away(monkeypatch)
    assert steps(why_not(inquiry, "spin")) == []


@pytest.mark.parametrize("how", TEMPTING)
@pytest.mark.parametrize("protects", PROTECTS)
def test_without_any_guard_it_would_be_offered(
    tempted: Tempted, monkeypatch: pytest.MonkeyPatch, how: str, protects: str
) -> None:
    """Else the tests above would show nothing."""
    inquiry = tempted(how, protects)
    for take_away in GUARDS.values():
        take_away(monkeypatch)
    assert len(steps(why_not(inquiry, "spin"))) == 1


def test_a_veto_is_never_searched_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every other guard taken away: what to wait for is the answer, and nothing is tried."""
    vetoes = rule("vetoes", [{"leg_press_kg": "< 50"}], [{"avoid": "spin", "level": "contraindication"}])
    inquiry = about(own(tmp_path, ASKS, vetoes, gates=[NEEDS_LIFT]), "{leg_press_kg: 40}")
    for take_away in GUARDS.values():
        take_away(monkeypatch)
    answer = why_not(inquiry, "spin")
    assert (answer.changes, answer.tried, answer.planned) == ((), 0, 0)
    assert answer.wait_for == ("when this can be recorded: leg press at least 50 kg (now 40 kg)",)
    monkeypatch.setattr(search, "VETO", "")
    assert steps(why_not(inquiry, "spin")) == ["leg press 60 kg"]


@pytest.mark.parametrize("stop", ["all_exercise", "impact"])
def test_a_referral_that_stops_it_is_never_searched_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str) -> None:
    refers = rule("refers", [{"leg_press_kg": "< 50"}], [refer("urgent", stop)])
    program = own(tmp_path, ASKS, refers, gates=[NEEDS_LIFT], demands={"impact": 2})
    for take_away in GUARDS.values():
        take_away(monkeypatch)
    answer = why_not(about(program, "{leg_press_kg: 40}"), "spin")
    assert (answer.changes, answer.tried) == ((), 0)


def test_past_a_precaution_nothing_is_offered_that_nobody_can_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer legs would bring a request that the precaution gives way to; nobody grows them."""
    wants = rule("wants", [{"leg_length": ">= 100"}], [{"target": "pull_strength", "options": ["spin"]}])
    minds = rule("minds", [{"weakness": "soleus"}], [{"avoid": "spin", "level": "precaution"}])
    rest = [rule("bars", [{"weakness": "soleus"}], [{"avoid": "arm_row", "level": "contraindication"}])]
    inquiry = about(own(tmp_path, wants, minds, *rest, target="pull_strength"), "{leg_length: 90}")
    assert steps(why_not(inquiry, "spin")) == []
    monkeypatch.setattr(search, "PRECAUTION", "")
    assert steps(why_not(inquiry, "spin")) == ["leg length 100 cm"]


# --- no change is a matter of safety -------------------------------------------------------------------------------------


@pytest.mark.parametrize("finding", ["{resting_ache: 7}", ""], ids=["recorded", "not recorded"])
@pytest.mark.parametrize(("safety", "offered"), [(True, False), (False, True)])
def test_to_get_an_exercise_no_matter_of_safety_is_offered(tmp_path: Path, finding: str, safety: bool, offered: bool) -> None:
    gate = {"needs": [{"resting_ache": "<= 2"}], "earn": "Little ache."}
    program = own(tmp_path, ASKS, kinds={"resting_ache": {**KINDS["resting_ache"], "safety": safety}}, gates=[gate])
    assert bool(steps(why_not(about(program, *([finding] if finding else [])), "spin"))) == offered


@pytest.mark.parametrize(("value", "offered"), [("red", []), ("cloudy", ["swab: cloudy"])])
def test_of_a_kind_that_is_none_a_value_that_is_one_is_not_offered(tmp_path: Path, value: str, offered: list[str]) -> None:
    gate = {"needs": [{"swab": value}], "earn": "A swab."}
    assert steps(why_not(about(own(tmp_path, ASKS, gates=[gate])), "spin")) == offered


@pytest.mark.parametrize(("safety", "offered"), [(True, []), (False, ["resting ache 2"])])
def test_nor_is_it_moved_away_from_a_preference(tmp_path: Path, safety: bool, offered: list[str]) -> None:
    prefers = rule("prefers", [{"resting_ache": ">= 3"}], [{"avoid": "spin", "level": "preference", "instead": ["arm_row"]}])
    wants = rule("wants", [{"weakness": "soleus"}], [{"target": "pull_strength", "options": ["spin"]}])
    kinds = {"resting_ache": {**KINDS["resting_ache"], "safety": safety}}
    program = own(tmp_path, wants, prefers, kinds=kinds, target="pull_strength")
    assert steps(why_not(about(program, "{resting_ache: 7}"), "spin"))[: len(offered) or None] == offered


@pytest.mark.parametrize(("finding", "offered"), [("", ["would apply if tested"]), ("{resting_ache: 3}", [])])
def test_a_rule_may_say_what_would_have_to_be_found_never_that_it_be_changed(
    tmp_path: Path, finding: str, offered: list[str]
) -> None:
    warns = rule("warns", [{"resting_ache": ">= 5"}], [{"warn": "It aches.", "level": "warning"}])
    answer = why_not(about(own(tmp_path, warns), *([finding] if finding else [])), "trial/warns")
    assert [one.label for one in answer.changes] == offered


# --- what if ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("protects", "is_marked"), [("referral", True), ("contraindication", True), ("precaution", False)])
def test_what_if_marks_a_plan_that_lost_what_a_referral_or_veto_rests_on(
    tempted: Tempted, protects: str, is_marked: bool
) -> None:
    """A leg press is no matter of safety in itself."""
    answer = what_if(tempted("a number moved", protects), [AddFact({"leg_press_kg": 60})])
    assert answer.removed_safety == (("leg press 40 kg",) if is_marked else ())
    assert answer.watermark == (WATERMARK if is_marked else "")


def test_a_lost_screen_counts_as_one(tmp_path: Path) -> None:
    program = own(tmp_path, ASKS)
    asked, unasked = about(program), about(program, head=HEAD)
    assert "red flag: asked" in lost(asked.session, unasked.session)
    assert lost(unasked.session, asked.session) == lost(asked.session, asked.session) == ()


@pytest.mark.parametrize(("longest", "is_marked"), [(12, True), (10, False)])
def test_a_sweep_is_marked_where_any_of_its_plans_lost_something(tmp_path: Path, longest: int, is_marked: bool) -> None:
    bars = rule("bars", [{"longest_run": ">= 11"}], [{"avoid": "big_hop", "level": "contraindication"}])
    inquiry = about(own(tmp_path, ASKS, bars), head=f"{ASKED}training: {{longest_run_km: {longest}}}\n")
    assert sweep(inquiry, *read_range("training.longest_run_km=9..10")).watermark == (WATERMARK if is_marked else "")
