"""What a referral stops, written down once more: which demands, whether running, whether tests and sentences; and what speaks
against an exercise, the firmest word first."""

from dataclasses import replace
from typing import Any

import pytest

from kit import rule
from one_program import OneProgram
from plans import ASKED, aside, exercise, plan, prescribed, refer, session, when_weak
from stridewise.plan.model import Plan
from stridewise.planning import stops, vetoes
from stridewise.planning.pain_limits import pain_limit, region_limits
from stridewise.planning.referrals import must_refer_first
from stridewise.session import Session

# One exercise for each demand that a referral can stop, and one that asks for nothing.
ASKING = {
    "seated_row": "none",
    "leg_curl": {"lower_limb": 1},
    "stand_tall": {"weight_bearing": 1},
    "tiny_hop": {"impact": 1},
    "big_lift": {"heavy_load": 3},
    "steady_balance": {"balance": 2},
}
LEFT = {
    "nothing": set(ASKING),
    "running": set(ASKING) - {"tiny_hop"},
    "impact": set(ASKING) - {"tiny_hop"},
    "weight_bearing": set(ASKING) - {"tiny_hop", "stand_tall"},
    "lower_limb": set(ASKING) - {"tiny_hop", "stand_tall", "leg_curl"},
    "all_exercise": set(),
}
RUNNING_GOES_ON = {"nothing"}
CLINIC = OneProgram(
    *(when_weak(f"asks-{name.replace('_', '-')}", {"prescribe": name}) for name in ASKING),
    rule("warns", [{"pain": "achilles"}], [{"warn": "Hm.", "level": "info"}]),
    rule("adjusts", [{"pain": "heel"}], [{"adjust": "longest_run", "by": "-10%", "text": "Less."}]),
    rule("minds-the-left", [{"pain": "shin_anterior", "side": "left"}], [{"warn": "Hm.", "level": "info"}]),
    rule("avoids", [{"pain": "hip"}], [{"avoid": "big_lift", "level": "preference"}]),
    exercises=[exercise(name, "", demands=demands) for name, demands in ASKING.items()],
)
RUNS = (
    "training: {weekly_distance_km: [30, 30, 30], longest_run_km: 10, "
    "week: {mon: rest, tue: easy, wed: rest, thu: easy, fri: rest, sat: rest, sun: long}}\n"
)
HOP = "tiny_hop"


def text(finding: str = "", more: str = "") -> str:
    """A runner to whom every exercise is prescribed."""
    return f"{ASKED}{more}findings: [{{weakness: soleus, side: left}}{f', {finding}' if finding else ''}]\n"


def held(finding: str, more: str = "") -> Session:
    return session(text(finding, more), CLINIC.program)


def made(finding: str = "", more: str = "") -> Plan:
    return plan(text(finding, more), CLINIC.program)


def ruled_out(one: Plan) -> set[str]:
    return {name for name, reason in aside(one).items() if "ruled out" in reason}


def avoid(what: Any, above: int | None = None, level: str = "contraindication", **more: Any) -> dict[str, Any]:
    """An avoidance of an exercise, or of a demand above a degree."""
    return {"avoid": what if above is None else {"demand": what, "above": above, **more}, "level": level}


@pytest.mark.parametrize(("stop", "finding"), [(stop, CLINIC.when(refer("urgent", stop))) for stop in LEFT])
def test_a_referral_stops_what_it_says_and_no_more(stop: str, finding: str) -> None:
    found = made(finding, RUNS)
    assert prescribed(found) <= LEFT[stop]
    assert any(day for day in found.schedule for part in day.sessions if part.kind == "run") == (stop in RUNNING_GOES_ON)
    if stop != "all_exercise":  # there nothing is listed one by one
        assert {name for name, reason in aside(found).items() if "examined" in reason} == set(ASKING) - LEFT[stop]
        assert prescribed(found) | set(aside(found)) == set(ASKING)


def stopped(finding: str, more: str = "") -> stops.Stopped:
    one = held(finding, more)
    return stops.stopped(one.situation, one.recommendations, one.plan.referrals)


@pytest.mark.parametrize(
    ("finding", "limits"),
    [
        (CLINIC.when(refer("urgent", "lower_limb")), {"lower_limb": 0, "weight_bearing": 0, "impact": 0}),
        (CLINIC.when(refer("urgent", "nothing")), {}),
        (CLINIC.when(avoid("impact", 1), avoid("balance", 2)), {"impact": 1, "balance": 2}),
        (CLINIC.when(avoid("impact", 2), avoid("impact", 1)), {"impact": 1}),
        (CLINIC.when(avoid("impact", 1), avoid("impact", 2)), {"impact": 1}),
        (CLINIC.when(avoid("impact", 2), refer("urgent", "impact")), {"impact": 0}),
        (CLINIC.when(avoid("impact", 0, "precaution")), {}),
        (CLINIC.when(avoid("impact", 0, new=True)), {}),
        (CLINIC.when(avoid(HOP)), {}),
    ],
)
def test_the_limits_are_the_strictest_of_what_is_ruled_out(finding: str, limits: dict[str, int]) -> None:
    """A precaution is no limit, nor is what is only said of something new, nor of one exercise."""
    assert dict(stopped(finding).limits) == limits


UNTIL = {"until": "walking is free of pain"}
PAUSE = avoid("impact", 1, "precaution") | UNTIL
NO_JUMP, NOTHING_AT_ALL = CLINIC.when(avoid("impact", 1)), CLINIC.when(refer("urgent", "all_exercise"))


@pytest.mark.parametrize(
    ("finding", "demands", "waits"),
    [
        (NO_JUMP, {"impact": 1}, False),
        (NO_JUMP, {"impact": 2}, True),
        (NO_JUMP, {"balance": 3}, False),
        (NO_JUMP, {"balance": 3, "impact": 2}, True),
        (NOTHING_AT_ALL, {"balance": 1}, True),
        (NOTHING_AT_ALL, {"balance": 0}, False),
        (NOTHING_AT_ALL, {}, False),
        (CLINIC.when(refer("urgent", "nothing")), {"impact": 3}, False),
        (CLINIC.when(avoid("impact", 1, "precaution")), {"impact": 3}, False),
        (CLINIC.when(PAUSE), {"impact": 3}, True),
        (CLINIC.when(PAUSE), {"impact": 1}, False),
        (CLINIC.when(avoid("impact", 1, "precaution", new=True) | UNTIL), {"impact": 3}, False),
    ],
)
def test_a_test_waits_that_asks_more_than_may_be_asked(finding: str, demands: dict[str, int], waits: bool) -> None:
    assert stopped(finding).asks_too_much(demands) is waits


@pytest.mark.parametrize(
    ("finding", "is_out"),
    [(CLINIC.when(avoid("heavy_load", above)), above < 2) for above in (0, 1, 2)] + [(CLINIC.when(avoid("impact", 0)), False)],
)
def test_heavy_is_ruled_out_as_a_word_where_no_lift_is_left(finding: str, is_out: bool) -> None:
    assert stopped(finding).is_heavy_ruled_out is is_out


@pytest.mark.parametrize(("stop", "finding"), [(stop, CLINIC.when(refer("urgent", stop))) for stop in LEFT])
def test_a_sentence_about_what_is_stopped_is_out_of_place(stop: str, finding: str) -> None:
    one = stopped(finding)
    assert one.running is one.silences("running") is (stop not in RUNNING_GOES_ON)
    assert one.silences("impact") is (HOP not in LEFT[stop] and stop != "all_exercise")
    assert one.everything is (stop == "all_exercise")
    assert not one.silences(None)


@pytest.mark.parametrize(
    ("finding", "pain", "is_silent"),
    [
        (CLINIC.when(refer("urgent", "impact")), "heel", False),
        (CLINIC.when(refer("urgent", "weight_bearing")), "heel", True),
        (CLINIC.when(refer("urgent", "lower_limb")), "heel", True),
        (CLINIC.when({"warn": "Hm.", "level": "info"}), "", True),
        (CLINIC.when({"conclude": {"pain_limit": "none_at_all"}}), "heel", True),
        (CLINIC.when({"conclude": {"pain_limit": "up_to_five", "region": "heel"}}), "heel", True),
    ],
)
def test_the_usual_pain_limit_is_told_where_it_holds(finding: str, pain: str, is_silent: bool) -> None:
    """Where a region is sore and has no limit of its own, nothing stricter holds everywhere, and the leg is not stopped."""
    more = f"symptoms: [{{pain: {pain}, intensity: 2}}]\n" if pain else ""
    assert stopped(finding, more).silences("usual_pain_limit") is is_silent


@pytest.mark.parametrize(("what", "is_silent"), [({}, False), ({"distance_is_cut": True}, True), ({"running_waits": True}, True)])
def test_the_usual_distance_is_told_where_nothing_cuts_the_week(what: dict[str, bool], is_silent: bool) -> None:
    assert stops.Stopped((), {}, **what).silences("usual_distance") is is_silent


RUNNING_WAITS = CLINIC.when({"conclude": {"running_waits": "yes"}})


def test_running_waits_where_a_rule_says_so_without_any_referral() -> None:
    one = stopped(RUNNING_WAITS)
    assert one.running and one.silences("running")
    assert not one.everything and not one.referrals


# --- what speaks against an exercise -----------------------------------------------------------------------------------

BAN = "clinician: {ban: [{exercise: tiny_hop, reason: It hurt.}]}\n"
FIRMEST = [
    ("referral", [refer("urgent", "impact"), avoid("impact", 0)], BAN, True),
    ("contraindication", [avoid("impact", 0), avoid(HOP, level="precaution")], BAN, True),
    ("banned", [avoid(HOP, level="precaution"), avoid(HOP, level="preference")], BAN, True),
    ("precaution", [avoid(HOP, level="preference"), avoid(HOP, level="precaution")], "", False),
    ("preference", [avoid(HOP, level="preference")], "", False),
]


def kept_out(finding: str, more: str = "") -> vetoes.KeptOut:
    """What speaks against the hop."""
    one = held(finding, more)
    return vetoes.kept_out(one.situation, one.recommendations, stopped(finding, more), {})[HOP]


@pytest.mark.parametrize(
    ("level", "finding", "more", "is_veto", "number"),
    [(level, CLINIC.when(*then), more, is_veto, len(then)) for level, then, more, is_veto in FIRMEST],
    ids=[level for level, *_ in FIRMEST],
)
def test_the_firmest_word_holds_and_every_reason_is_kept(level: str, finding: str, more: str, is_veto: bool, number: int) -> None:
    found = kept_out(finding, more)
    assert (found.level, found.is_veto, len(found.avoids)) == (level, is_veto, number - (level == "referral"))
    assert len(found.objections) == len(found.reasons) == number + bool(more)
    texts = [because.text for because in found.reasons if because.rule == "stridewise/banned"]
    assert texts == (["Ruled out by the clinician: It hurt."] if more else [])


@pytest.mark.parametrize(
    ("finding", "is_pause"),
    [
        (CLINIC.when({**avoid(HOP, level="precaution"), "until": "the scan"}), True),
        (CLINIC.when(avoid(HOP, level="precaution")), False),
        (CLINIC.when({**avoid(HOP), "until": "the scan"}), False),
    ],
)
def test_a_precaution_that_says_until_when_is_a_pause(finding: str, is_pause: bool) -> None:
    assert kept_out(finding).is_pause is is_pause


@pytest.mark.parametrize(
    ("finding", "current", "out"),
    [
        (CLINIC.when(avoid("impact", 0)), "", {HOP}),
        (CLINIC.when(avoid("impact", 1)), "", set()),
        (CLINIC.when(avoid("heavy_load", 2)), "", {"big_lift"}),
        (CLINIC.when(avoid("heavy_load", 3)), "", set()),
        (CLINIC.when(avoid("impact", 0, new=True)), "", {HOP}),
        (CLINIC.when(avoid("impact", 0, new=True)), HOP, set()),
        (CLINIC.when(avoid({"new": True})), HOP, set(ASKING) - {HOP}),
        (CLINIC.when(avoid("impact", 0)), HOP, {HOP}),
    ],
)
def test_a_selector_means_what_asks_for_more_and_only_what_is_new(finding: str, current: str, out: set[str]) -> None:
    found = made(finding, f"training: {{current_exercises: [{current}]}}\n")
    assert ruled_out(found) == out
    assert not prescribed(found) & out


@pytest.mark.parametrize(
    ("pain", "is_out"),
    [("calf", True), ("achilles", False), ("heel", False), ("hip", False), ("calf, intensity: 0", False)],
    ids=["nothing is said", "a warning", "an adjustment", "an avoidance", "no pain"],
)
def test_pain_that_no_rule_guides_keeps_new_load_off(pain: str, is_out: bool) -> None:
    """By the demands of its region; what the runner does already goes on."""
    symptoms = f"symptoms: [{{pain: {pain}}}]\n"
    assert ruled_out(made(more=symptoms)) == ({HOP} if is_out else set())
    assert not ruled_out(made(more=f"{symptoms}training: {{current_exercises: [tiny_hop]}}\n"))


@pytest.mark.parametrize(("side", "is_out"), [("left", False), ("both", False), ("right", True)])
def test_guidance_for_one_side_of_a_region_is_guidance_for_the_region(side: str, is_out: bool) -> None:
    assert (HOP in ruled_out(made(more=f"symptoms: [{{pain: shin_anterior, side: {side}}}]\n"))) is is_out


@pytest.mark.parametrize(
    ("tissue", "pain", "is_out"),
    [
        ("tendon", "", True),
        ("tendon", "calf", True),
        ("tendon", "achilles", False),
        ("bone", "achilles", True),
        ("bone", "", True),
    ],
)
def test_a_diagnosis_of_its_own_keeps_new_load_off_its_region(tissue: str, pain: str, is_out: bool) -> None:
    """Unless rules speak of pain there: a diagnosis never leaves less than the pain alone. Of bone it holds whatever they say."""
    symptoms = f"symptoms: [{{pain: {pain}}}]\n" if pain else ""
    other = f"diagnosis: [{{other: a rare thing, region: achilles, tissue: {tissue}}}]\n{symptoms}"
    assert (HOP in ruled_out(made(more=other))) is is_out


@pytest.mark.parametrize(
    ("reason", "said"), [("It hurt.", ": It hurt."), ("it hurt", ": it hurt."), ("At MAX.", ": At MAX."), ("", ".")]
)
def test_a_ban_says_why_where_that_is_said_and_rests_on_its_entry(reason: str, said: str) -> None:
    ban = "{exercise: tiny_hop" + (f", reason: {reason}" if reason else "") + "}"
    (because,) = next(one for one in made(more=f"clinician: {{ban: [{ban}]}}\n").set_aside if one.exercise == HOP).because
    assert because.text == f"Ruled out by the clinician{said}"
    assert [used.fact["banned_exercise"] for used in because.facts] == [HOP]


CALF = "symptoms: [{pain: calf}]\n"
SEVERAL = CLINIC.when(avoid(HOP), avoid("impact", 0), avoid("big_lift", level="precaution"), avoid("leg_curl"))


def by_rules(one: Session, level: str) -> dict[str, frozenset[str]]:
    """The exercises that rules keep out at a level, and by which rules."""
    found = vetoes.kept_out_by_rules(one.situation, one.recommendations)
    named = {
        name: frozenset(objection.because.rule for objection in kept.objections if objection.level == level)
        for name, kept in found.items()
    }
    return {name: rules for name, rules in named.items() if rules}


def test_what_is_kept_out_is_told_by_its_level_with_every_rule_and_with_pain_that_nothing_guides() -> None:
    """Preferences beside precautions and contraindications; neither a ban nor a referral is a rule's."""
    one = held(SEVERAL, f"{CALF}{BAN}")
    levels = {level: by_rules(one, level) for level in ("contraindication", "precaution")}
    by_name, by_demand, carefully, another = (
        item.because.rule for item in sorted(one.recommendations.avoid, key=lambda it: it.rule.id)
    )
    assert levels == {
        "contraindication": {
            HOP: frozenset({by_name, by_demand, "stridewise/no-guidance"}),
            "leg_curl": frozenset({another}),
        },
        "precaution": {"big_lift": frozenset({carefully})},
    }
    assert by_rules(one, "preference") == {}


def test_a_region_that_says_no_demand_is_loaded_by_all_that_the_legs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    one = held("", CALF)
    regions = one.situation.program.vocabulary.terms["pain_regions"]
    monkeypatch.setitem(regions, "calf", replace(regions["calf"], demands={}))
    assert vetoes.unguided_pain(one.situation, one.recommendations) == {"calf": ["lower_limb"]}


def test_pain_without_guidance_is_named_and_rests_on_what_is_recorded() -> None:
    more = "diagnosis: [{other: a rare thing, region: achilles, tissue: tendon}]\nsymptoms: [{pain: calf}]\n"
    reasons = next(one for one in made(more=more).set_aside if one.exercise == HOP).because
    for part, kind in (("Achilles", "other_diagnosis"), ("calf", "pain")):
        (because,) = [one for one in reasons if part in one.text]
        assert because.rule == "stridewise/no-guidance"
        assert because.text.endswith(": no new load on it.")
        assert {next(iter(used.fact)) for used in because.facts} == {kind}


# --- referrals and pain limits -----------------------------------------------------------------------------------------

ORDER = [
    ("emergency", "nothing"),
    ("same_day", "all_exercise"),
    ("same_day", "weight_bearing"),
    ("same_day", "lower_limb"),
    ("urgent", "running"),
    ("urgent", "impact"),
    ("urgent", "nothing"),
    ("routine", "all_exercise"),
]
MANY = CLINIC.when(*(refer(*one) for one in reversed(ORDER)), refer(*ORDER[0]))


def test_referrals_stand_with_the_most_urgent_and_strictest_first_and_equal_ones_once() -> None:
    found = made(MANY).referrals
    assert [(one.urgency, one.stops) for one in found] == ORDER
    assert [because.rule[-2:] for because in found[0].because] == ["-7", "-8"]
    assert {(one.to, one.to_name, one.text) for one in found} == {("physician", "physician", "See a physician.")}
    assert [one.id for one in found] == [one.because[0].rule for one in found]
    assert must_refer_first(found[:1]) and must_refer_first(found) and not must_refer_first(())
    assert not must_refer_first(found[6:7])


LIMITS = CLINIC.when(
    *(
        {"conclude": {"pain_limit": limit, "region": region}}
        for limit, region in [
            ("up_to_five", "hamstring"),
            ("none_at_all", "hamstring"),
            ("up_to_two", "hamstring"),
            ("up_to_five", "foot_dorsal"),
        ]
    )
)
EVERYWHERE = CLINIC.when({"conclude": {"pain_limit": "none_at_all"}})
NONE, TWO, FIVE = "none at all", "up to 2 of 10", "up to 5 of 10"


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (LIMITS, {"big_lift": NONE, HOP: NONE, "stand_tall": FIVE, "leg_curl": TWO, "steady_balance": TWO}),
        (EVERYWHERE, dict.fromkeys(ASKING, NONE)),
        ("", dict.fromkeys(ASKING, TWO)),
    ],
)
def test_the_most_cautious_pain_limit_of_the_regions_that_it_loads_holds(finding: str, said: dict[str, str]) -> None:
    """What loads no sore region has the usual limit."""
    one = held(finding, "symptoms: [{pain: upper_back, intensity: 1}]\n" if finding == LIMITS else "")
    words = {name: pain_limit(one.situation, one.situation.program.exercises[name]) for name in said}
    assert {name: text.split(",")[0] for name, text in words.items()} == said
    if finding == LIMITS:
        limits = {"hamstring": "none_at_all", "foot_dorsal": "up_to_five", "upper_back": "up_to_two"}
        assert region_limits(one.situation) == limits
