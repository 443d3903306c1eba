"""Where the runner stands on a pathway: each criterion met, not met or not known; what is next, asked and tested again; nothing
of it against a referral."""

import json
from typing import Any

import pytest

from plans import HEAD, SCREEN, plan
from stridewise.plan.model import Plan
from stridewise.render.html import render_html
from stridewise.render.json import render_json
from stridewise.render.markdown import render_markdown
from stridewise.render.text import render_text

LOW = "{condition: achilles_tendinopathy, side: right, irritability: low}"


def achilles(symptoms: str = "", findings: str = "", diagnosis: str = LOW) -> Plan:
    listed = {"diagnosis": diagnosis, "symptoms": symptoms, "findings": findings}
    parts = [f"{name}: [{entries}]" for name, entries in listed.items() if entries]
    return plan("\n".join([HEAD + SCREEN, *parts]))


def pain(intensity: str, side: str = "right", more: str = ", next_morning: 0") -> str:
    return f"{{pain: achilles, side: {side}, intensity: {intensity}, tissue: tendon{more}}}"


def flagged(flag: str) -> str:
    """A runner who springs already, with a red flag."""
    safety = f"safety: {{screened: 2026-11-21, red_flags: [{flag}], par_q: {{any_yes: false}}}}"
    return f"{HEAD}{safety}\ndiagnosis: [{LOW}]\nsymptoms: [{pain('2')}]\nfindings: [{{heel_raise_reps: 20, side: right}}]"


def states(made: Plan) -> list[bool | None]:
    (item,) = made.pathways
    return [criterion.met for criterion in item.to_pass]


@pytest.mark.parametrize(
    ("symptoms", "findings", "number", "met"),
    [
        ("", "", 2, [None, None]),
        (pain("2"), "", 2, [None, True]),
        (pain("3"), "", 2, [None, False]),
        (pain("3"), "{heel_raise_reps: 20, side: right}", 2, [True, False]),
        (pain("3"), "{heel_raise_reps: 19, side: right}", 2, [False, False]),
        (pain("3"), "{heel_raise_reps: 30, side: left}", 2, [None, False]),
        (pain("1", side="left"), "", 2, [None, None]),
        ("{pain: achilles, side: right, next_morning: 0, tissue: tendon}", "", 2, [None, None]),
        ("{pain: lateral_knee, side: right, intensity: 4}", "", 2, [None, None]),
        (pain("0"), "{heel_raise_reps: 19, side: right}", 2, [False, True]),
        (pain("2"), "{heel_raise_reps: 20, side: right}", 3, [None, None]),
        (pain("2"), "{heel_raise_reps: 20, side: right}, {hop_pain: 4, side: right}", 3, [False, None]),
    ],
)
def test_a_criterion_is_met_not_met_or_not_known(symptoms: str, findings: str, number: int, met: list[bool | None]) -> None:
    """Not known exactly where a fact it needs is not on record; what is on record of the other side says nothing."""
    made = achilles(symptoms, findings)
    assert (made.pathways[0].number, states(made)) == (number, met)


def test_what_rules_conclude_against_it_is_not_met_rather_than_not_known() -> None:
    made = achilles(pain("2", more=", next_morning: 4"), diagnosis="{condition: achilles_tendinopathy, side: right}")
    assert states(made) == [False]


@pytest.mark.parametrize(("intensity", "running"), [("0", "free"), ("1", "limited")])
def test_the_last_stage_has_none_after_it(intensity: str, running: str) -> None:
    """Its running is free, but where the rules hold it for pain: the stage says what the plan does."""
    findings = "{heel_raise_reps: 25, side: right}, {hop_pain: 0, side: right}, {hop_lsi_percent: 95, side: right}"
    (item,) = achilles(pain(intensity), findings).pathways
    assert (item.stage, item.number, item.of, item.running) == ("speed", 4, 4, running)
    assert (item.to_pass, item.next) == ((), "This is the last stage.")


def test_sides_that_stand_alike_are_one_and_others_are_two() -> None:
    both = achilles(diagnosis="{condition: achilles_tendinopathy, irritability: low}")
    assert [(item.side, item.stage) for item in both.pathways] == [("both", "load")]
    findings = "{heel_raise_reps: {left: 10, right: 22}}"
    apart = achilles(diagnosis="{condition: achilles_tendinopathy, irritability: low}", findings=findings)
    assert [(item.side, item.stage, [one.met for one in item.to_pass]) for item in apart.pathways] == [
        ("left", "load", [False, None]),
        ("right", "load", [True, None]),
    ]


def test_what_is_next_is_told_with_what_is_still_open() -> None:
    (item,) = achilles(pain("2"), "{heel_raise_reps: 12, side: right}").pathways
    assert item.next == "Next is stage 3 of 4: teach it to spring again. Before it: 20 single-leg heel raises on this side."
    assert item.because[0].rule == "conditions/achilles-midportion-is-at-load"
    assert item.weeks is not None
    assert (item.side, item.running, item.title) == ("right", "easy", "Achilles tendon (mid-portion)")


def test_what_is_not_known_is_asked_in_its_own_words_behind_the_safety_screen() -> None:
    asked = achilles(pain("2")).missing
    questions = [missing.question for missing in asked]
    own = "How many single-leg heel raises can the runner do on the sore side?"
    assert questions.count(own) == 1
    (missing,) = [one for one in asked if one.question == own]
    assert missing.fact == {"heel_raise_reps": "unknown"}
    assert "achilles_midportion/spring" in missing.could_change
    assert [name for one in asked for name in one.fact].count("heel_raise_reps") == 1
    assert own not in [one.question for one in achilles(pain("2"), "{heel_raise_reps: 12, side: right}").missing]
    screened_last = plan(f"{HEAD}diagnosis: [{LOW}]")
    first = [next(iter(one.fact)) for one in screened_last.missing]
    assert first.index("safety_screen") < first.index("heel_raise_reps")


def test_what_the_stage_tests_is_tested_again() -> None:
    made = achilles(pain("2"))
    assert made.pathways[0].retest == ("single-leg heel raises",)
    assert made.review.retest[0] == "single-leg heel raises"


def test_a_referral_that_stops_running_stops_it_in_the_stage_too() -> None:
    """No stage says that running goes on; where all exercise is stopped, no stage is told, nor asked or tested for."""
    stopped = plan(flagged("groin_pain_on_hop"))
    assert {referral.stops for referral in stopped.referrals} & {"running", "impact", "lower_limb", "weight_bearing"}
    (item,) = stopped.pathways
    assert (item.running, item.plain) == ("none", "")
    assert not [test for test in item.retest if "hop" in test]
    assert not [missing for missing in stopped.missing if "hop" in missing.question]
    none = plan(flagged("exertional_chest_pain"))
    assert none.pathways == ()


# --- as it is shown --------------------------------------------------------------------------------------------------


def test_every_format_tells_it() -> None:
    made = achilles(pain("3"))
    wanted = (
        "Where the runner stands",
        "Achilles tendon (mid-portion), right: stage 2 of 4, load it heavily and slowly",
        "Next is stage 3 of 4: teach it to spring again. It opens when all of this is so:",
        "Not known: 20 single-leg heel raises on this side.",
        "Not yet: Pain of 2 of 10 or less in the exercises and on runs.",
    )
    again = "Test again on Sat 5 Dec: single-leg heel raises."
    for shown in (render_text(made, width=400), render_html([made]), render_markdown([made]).replace("\\", "")):
        told = " ".join(shown.split())
        assert [text for text in wanted if text not in told] == []
        assert again in told or "Look again on Sat 5 Dec. Test again: single-leg heel raises" in told


def test_the_json_holds_what_is_promised() -> None:
    shown: dict[str, Any] = json.loads(render_json([achilles(pain("3"))]))
    (item,) = shown["pathways"]
    assert list(item) == [
        "pathway",
        "title",
        "side",
        "stage",
        "stage_title",
        "number",
        "of",
        "running",
        "plain",
        "weeks",
        "to_pass",
        "next",
        "retest",
        "because",
    ]
    assert item["to_pass"][0] == {
        "text": "20 single-leg heel raises on this side.",
        "met": None,
        "question": "How many single-leg heel raises can the runner do on the sore side?",
    }
    assert item["weeks"] == {"min": 6, "max": 12}


def test_a_runner_on_no_pathway_is_told_of_none() -> None:
    made = plan(f"{HEAD}{SCREEN}\nfindings: [weak glutes]")
    assert made.pathways == ()
    assert "Where the runner stands" not in render_text(made)
