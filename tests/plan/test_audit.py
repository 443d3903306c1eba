"""The last reading of a finished plan: each of its rules sees the plan that breaks it, the plans as they are made break none,
and a plan that breaks one is an error and never shown."""

import ast
import copy
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plans import DAY, PROFILES, ROOT, built_in, session
from stridewise import session as story
from stridewise.errors import InferenceError
from stridewise.plan.audit.audit import RULES, check, faults
from stridewise.plan.audit.known import Companion, Known, RuledOut
from stridewise.plan.seal import to_values
from stridewise.recommendation.known import known
from stridewise.session import Session

RUNNER = """
schema: 1
runner: {ref: R-1, age: 34}
recorded: 2026-11-21
race: {distance: 10k, in_weeks: 1}
safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}}
training:
  weekly_distance_km: [30, 31, 30]
  longest_run_km: 12
  strength: {sessions_per_week: 2, experience_months: 12}
  current_exercises: [side_plank, standing_calf_raise]
  week: {mon: easy, tue: intervals, wed: rest, thu: easy, fri: rest, sat: easy, sun: long}
diagnosis: [{condition: achilles_tendinopathy, side: left, irritability: low}]
findings: [{weakness: gluteus_medius, side: left, grade: marked}, {heel_raise_reps: 22}, {hop_distance_cm: 120}]
symptoms: [{pain: achilles, side: left, tissue: tendon, intensity: 3, next_morning: 0}]
constraints: {equipment: [dumbbell, mini_band], minutes_per_session: 40, sessions_per_week: 2}
"""
Values = dict[str, Any]
Change = Callable[[Values, Known], Known | None]


@cache
def good() -> Session:
    """A plan with something in every section that the audit reads."""
    made = session(RUNNER.replace("in_weeks: 1}", "in_weeks: 2}"))
    assert made.plan.prescriptions
    assert made.plan.schedule
    assert made.plan.review.retest
    return made


def values_and_known() -> tuple[Values, Known]:
    """That plan as JSON values, to be changed at will, and what the audit knows of the runner."""
    held = good()
    told = known(held.situation.program, held.situation.memory, held.recommendations)
    return copy.deepcopy(to_values(held.plan)), told


def referral(stops: str, urgency: str = "routine") -> Values:
    """A referral as it stands in a plan."""
    return {"id": "safety/sent", "to": "physician", "urgency": urgency, "stops": stops, "text": "See one.", "because": []}


def hops_again(change: Change) -> Change:
    """The change, in a plan that tests the hop again."""

    def both(plan: Values, told: Known) -> Known | None:
        plan["review"]["retest"].append("single-leg hop distance")
        return change(plan, told)

    return both


def with_referral(stops: str, urgency: str = "routine") -> Change:
    """One more referral, and nothing else changed."""

    def change(plan: Values, told: Known) -> None:
        plan["referrals"].append(referral(stops, urgency))
        first = stops == "all_exercise" or urgency in ("emergency", "same_day") or (urgency == "urgent" and stops != "nothing")
        plan["status"] = "refer_first" if first else "ready"

    return change


def setting(*path: Any, to: Any) -> Change:
    """One value of the plan set to another."""

    def change(plan: Values, told: Known) -> None:
        place: Any = plan
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


def knowing(**more: Any) -> Change:
    """The plan as it is, of a runner of whom something else is known."""
    return lambda plan, told: replace(told, **more)


def first_exercise(plan: Values) -> str:
    """The first exercise prescribed."""
    name: str = plan["prescriptions"][0]["exercise"]
    return name


def first_is(**more: Callable[[str], Any]) -> Change:
    """Something known that is about the first exercise prescribed."""
    return lambda plan, told: replace(told, **{name: make(first_exercise(plan)) for name, make in more.items()})


def a_step_is_ruled_out(plan: Values, told: Known) -> Known:
    """The easier step of the first exercise is one that the clinician banned."""
    plan["prescriptions"][0]["regression"] = f"If it is too hard or hurts: Walking or {told.names['pogo_hops']}."
    return replace(told, closed=frozenset({"pogo_hops"}))


def a_later_step_is_ruled_out(plan: Values, told: Known) -> Known:
    """What comes once the runner is ready is one that the clinician banned."""
    plan["prescriptions"][0]["progression"] = f"Do more. Once ready: {told.names['pogo_hops']}."
    return replace(told, closed=frozenset({"pogo_hops"}))


def first_is_heavy(plan: Values, told: Known) -> Known:
    """Heavy load is ruled out, and the first exercise takes a heavy weight."""
    plan["prescriptions"][0]["dosage"]["loading"] = {"kind": "dumbbell", "how": "heavy"}
    return replace(told, ruled_out=(RuledOut(None, "heavy_load", 1),))


def swapped(avoid: str, instead: str) -> Change:
    """A swap that the prescriptions know nothing of."""
    swap = {"avoid": avoid, "instead": instead, "level": "precaution", "keeps": "", "loses": "", "because": []}
    return lambda plan, told: plan["swaps"].append(swap)


def twice(plan: Values, told: Known) -> None:
    """An exercise prescribed twice."""
    plan["prescriptions"].append(plan["prescriptions"][0])


def strength_on(*dates: str) -> Change:
    """Strength on these days too."""

    def change(plan: Values, told: Known) -> None:
        pattern = next(part for day in plan["schedule"] for part in day["sessions"] if part["kind"] == "strength")
        for day in plan["schedule"]:
            if day["date"] in dates and pattern not in day["sessions"]:
                day["sessions"].append(pattern)

    return change


def adjusted(metric: str, start: float, end: float) -> Change:
    """One more load adjustment."""
    item = {"id": "load/cap", "metric": metric, "from": start, "to": end, "change": "", "unit": "km", "text": "", "because": []}
    return lambda plan, told: plan["load_adjustments"].append(item)


def verdicts(*told_of: tuple[str, str]) -> Change:
    """What the plan says of what the runner does now."""
    return setting("current", to=[{"exercise": name, "verdict": verdict} for name, verdict in told_of])


def with_limit(limit: str) -> Change:
    """The first exercise with another pain limit."""
    return setting("prescriptions", 0, "pain_limit", to=limit)


def warned(text: str) -> Change:
    """One more warning, without a reason."""
    return lambda plan, told: plan["warnings"].append({"id": "x/y", "level": "info", "text": text, "because": []})


def acknowledged(**more: Any) -> Change:
    """One thing more that a clinician has read and accepts."""
    one = {
        "kind": "warning",
        "id": "x/y",
        "level": "info",
        "text": "So.",
        "reason": "Agreed.",
        "by": "A. Example",
        "date": "2026-11-20",
        "because": [],
    }
    return lambda plan, told: plan["acknowledged"].append(one | more)


def a_flag_is_acknowledged(plan: Values, told: Known) -> Known:
    """What is acknowledged rests on a red flag by one of the two rules."""
    acknowledged(kind="contradiction", id="a/b + x/y")(plan, told)
    return replace(told, firm=frozenset({"x/y"}))


def first_is_set_aside(plan: Values, told: Known) -> None:
    """The first exercise is said to be left out as well."""
    plan["set_aside"].append({"exercise": first_exercise(plan), "reason": ""})


def needs_a_barbell(name: str) -> dict[str, Any]:
    """The kits of the library, where this exercise needs what is not at hand."""
    return dict.fromkeys(built_in().exercises, ()) | {name: (("barbell",),)}


BOTH = ("side_plank", "standing_calf_raise")
BROKEN: list[tuple[str, Change]] = [
    ("status_follows_the_referrals", setting("status", to="refer_first")),
    ("status_follows_the_referrals", lambda plan, told: plan["referrals"].append(referral("impact", "urgent"))),
    ("nothing_is_asked_beside_a_stop_of_all_exercise", with_referral("all_exercise")),
    ("critical_warnings_are_shown", knowing(critical=("safety/must-be-read",))),
    ("only_what_may_be_is_acknowledged", acknowledged(by=" ")),
    ("only_what_may_be_is_acknowledged", acknowledged(reason="")),
    ("only_what_may_be_is_acknowledged", acknowledged(date="2026-11-22")),
    ("only_what_may_be_is_acknowledged", acknowledged(level="critical")),
    ("only_what_may_be_is_acknowledged", a_flag_is_acknowledged),
    ("nothing_forbidden_is_prescribed", with_referral("lower_limb", "same_day")),
    ("nothing_forbidden_is_prescribed", first_is(closed=lambda name: frozenset({name}))),
    ("nothing_forbidden_is_prescribed", first_is(locked=lambda name: frozenset({name}))),
    ("nothing_forbidden_is_prescribed", first_is(ruled_out=lambda name: (RuledOut(name),))),
    ("nothing_forbidden_is_prescribed", knowing(ruled_out=(RuledOut(None, "lower_limb", 0),))),
    ("nothing_forbidden_is_prescribed", knowing(ruled_out=(RuledOut(None, None, 0, True),), current=frozenset())),
    ("nothing_forbidden_is_prescribed", swapped("crunch", "pogo_hops")),
    ("no_step_is_forbidden", a_step_is_ruled_out),
    ("no_step_is_forbidden", a_later_step_is_ruled_out),
    ("nothing_forbidden_is_tested_again", hops_again(with_referral("impact"))),
    ("nothing_forbidden_is_tested_again", hops_again(knowing(ruled_out=(RuledOut(None, "impact", 0),)))),
    ("sections_name_the_same_exercises", twice),
    ("sections_name_the_same_exercises", swapped("crunch", "bird_dog")),
    ("sections_name_the_same_exercises", first_is_set_aside),
    ("sections_name_the_same_exercises", setting("prescriptions", to=[])),
    ("companions_are_planned_or_told", first_is(companions=lambda name: (Companion("pogo_hops", frozenset({name})),))),
    ("companions_are_planned_or_told", knowing(companions=(Companion("pogo_hops", demand="lower_limb"),))),
    ("doses_can_be_done", setting("prescriptions", 0, "dosage", "sets", to=0)),
    ("doses_can_be_done", setting("prescriptions", 0, "dosage", "reps", to={"min": 0, "max": 4})),
    ("doses_can_be_done", setting("prescriptions", 0, "dosage", to={"sets": 2})),
    ("doses_can_be_done", first_is(kits=needs_a_barbell)),
    ("no_load_is_heavy_where_heavy_is_ruled_out", first_is_heavy),
    ("current_exercises_have_one_verdict", verdicts(("side_plank", "keep"))),
    ("current_exercises_have_one_verdict", verdicts(*((name, "keep") for name in BOTH), ("side_plank", "stop"))),
    ("current_exercises_have_one_verdict", verdicts(*((name, "stop") for name in BOTH))),
    ("pain_limits_agree", with_limit("up to 9 of 10")),
    ("pain_limits_agree", with_limit("none at all")),
    ("pain_limits_agree", warned("Pain up to 8/10 is all right.")),
    ("pain_limits_agree", setting("conclusions", to=[])),
    ("no_run_while_running_is_stopped", with_referral("running")),
    ("no_run_while_running_is_stopped", lambda plan, told: plan["conclusions"].append({"fact": {"running_waits": "yes"}})),
    ("runs_stay_within_their_caps", setting("schedule", 0, "totals", "longest_run_km", to=99)),
    ("runs_stay_within_their_caps", adjusted("weekly_distance", 10, 8)),
    ("runs_fit_their_week", setting("schedule", 0, "totals", "running_km", to=1)),
    ("runs_fit_their_week", setting("schedule", 3, "week", to=1)),
    ("strength_keeps_off_clear_and_consecutive_days", strength_on("2026-12-04")),
    ("strength_keeps_off_clear_and_consecutive_days", strength_on("2026-12-05")),
    ("strength_keeps_off_clear_and_consecutive_days", strength_on("2026-11-24", "2026-11-25")),
    ("no_stage_stands_above_an_unmet_criterion", setting("pathways", 0, "number", to=3)),
    ("no_stage_stands_above_an_unmet_criterion", knowing(highest={("achilles_midportion", "left"): 1})),
    ("no_stage_stands_above_an_unmet_criterion", knowing(highest={})),
    ("no_stage_stands_above_an_unmet_criterion", setting("pathways", 0, "side", to="both")),
    ("no_stage_runs_while_running_is_stopped", with_referral("running")),
    ("no_stage_runs_while_running_is_stopped", lambda plan, told: plan["conclusions"].append({"fact": {"running_waits": "yes"}})),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN)
def test_a_plan_that_breaks_a_rule_is_caught(rule: str, change: Change) -> None:
    """By that rule; others may see it too."""
    plan, told = values_and_known()
    changed = change(plan, told)
    assert rule in faults(plan, changed or told)


def test_every_rule_of_the_audit_can_fail() -> None:
    """Each has a plan above that breaks it."""
    assert {rule for rule, _ in BROKEN} == {rule.__name__ for rule in RULES}


def test_a_verdict_for_each_current_exercise_breaks_nothing() -> None:
    plan, told = values_and_known()
    in_plan = {item["exercise"] for item in plan["prescriptions"]}
    verdicts(*((name, "keep" if name in in_plan else "pause") for name in BOTH))(plan, told)
    assert not faults(plan, told)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_example_plans_pass(path: Path) -> None:
    held = session(path.read_text())
    assert not faults(to_values(held.plan), known(held.situation.program, held.situation.memory, held.recommendations))


def test_a_plan_that_fails_is_an_error_and_says_what_it_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rule, the items and what to reproduce it with; no plan comes out."""
    make_plan = story.make_plan
    monkeypatch.setattr(story, "make_plan", lambda *given: replace(make_plan(*given), status="refer_first"))
    with pytest.raises(InferenceError) as raised:
        session(RUNNER)
    assert raised.value.exit_code == 3
    assert "status follows the referrals: refer_first" in str(raised.value)
    assert f"day: {DAY}" in str(raised.value)


def test_a_reproducer_holds_no_finding_of_the_runner() -> None:
    """Only the day, the referrals and the exercises."""
    plan, told = values_and_known()
    plan["status"] = "refer_first"
    with pytest.raises(InferenceError) as raised:
        check(plan, told)
    assert not [word for word in ("achilles", "gluteus", "R-1", "34") if word in str(raised.value).replace("2026-11-21", "")]


def test_the_audit_shares_nothing_with_planning() -> None:
    """It imports neither planning nor what planning is made of, but for its own words and errors."""
    for path in (ROOT / "engine/stridewise/plan/audit").glob("*.py"):
        imported = [node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        ours = {name for name in imported if name.startswith("stridewise")}
        assert all(name.startswith(("stridewise.plan.audit", "stridewise.errors")) for name in ours)


def test_a_race_in_one_and_a_half_weeks_keeps_two_clear_days() -> None:
    """A race is on a day: ten days away, not ten and a half."""
    made = session(RUNNER.replace("in_weeks: 1}", "in_weeks: 1.5}")).plan
    race = next(day.date for day in made.schedule if any(part.kind == "race" for part in day.sessions))
    strength = [day.date for day in made.schedule if any(part.kind == "strength" for part in day.sessions)]
    assert race == "2026-12-01"
    assert not {"2026-11-29", "2026-11-30", "2026-12-01"} & set(strength)
