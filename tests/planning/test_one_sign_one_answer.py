"""One sign, one answer, wherever it is recorded: as a flag, a symptom, a test, or an attribute of the pain, in any section of the
profile, at any region where it means the same (clinic.md T1). Nothing there, no answer (T2)."""

from collections.abc import Iterator, Sequence

import pytest

from plans import plan
from runners import terms
from stridewise.plan.model import Plan

HEAD = "schema: 1\nrecorded: 2026-11-21\nrunner: {ref: R-1, age: %s}\n"
SAFE = "safety: {screened: 2026-11-21, red_flags: [%s], par_q: {any_yes: false}}\n"
SECTIONS = ("findings", "symptoms", "history")
HIP = ("groin", "hip", "thigh")
HOP_BONES = ("sacrum", "shin_medial", "shin_anterior", "ankle", "foot_dorsal", "foot_lateral", "forefoot", "heel")
ADULT, CHILD = 34, 9


def recorded(entries: Sequence[str], flags: str = "", age: int = ADULT, section: str = "symptoms") -> Plan:
    return plan(f"{HEAD % age}{SAFE % flags}{section}: [{', '.join(entries)}]\n")


def answer(made: Plan) -> tuple[str, str]:
    """The most urgent referral that stops anything: how soon, and what it stops."""
    order = ("emergency", "same_day", "urgent", "routine")
    sent = sorted((order.index(one.urgency), one.stops) for one in made.referrals)
    return (order[sent[0][0]], sent[0][1]) if sent else ("", "nothing")


def ways() -> Iterator[tuple[str, tuple[str, str], Plan]]:
    """A sign at a region, the answer it must get, and a plan of one way to record it."""
    for region in ("groin", "hip"):
        pain = f"pain: {region}, side: left"
        expected = ("same_day", "lower_limb")
        yield f"flag at the {region}", expected, recorded([f"{{{pain}}}"], "groin_pain_on_hop")
        yield f"hop test at the {region}", expected, recorded([f"{{{pain}}}", "{hop_pain: 7, side: left}"])
        yield f"hop test, slight, at the {region}", expected, recorded([f"{{{pain}}}", "{hop_pain: 1, side: left}"])
        yield f"during a hop at the {region}", expected, recorded([f"{{{pain}, during: hop}}"])
        yield f"limp at the {region}", expected, recorded([f"{{{pain}}}", "{symptom: limp, side: left}"])
    for region in HOP_BONES:
        pain, expected = f"pain: {region}, side: left", ("urgent", "running")
        yield f"hop test at the {region}", expected, recorded([f"{{{pain}}}", "{hop_pain: 7, side: left}"])
        yield f"during a hop at the {region}", expected, recorded([f"{{{pain}, during: hop}}"])
        yield f"during a jump at the {region}", expected, recorded([f"{{{pain}, during: jump}}"])
    for region in HIP:
        pain, expected = f"pain: {region}, side: left", ("same_day", "lower_limb")
        yield f"focal flag at the {region}", expected, recorded([f"{{{pain}}}"], "focal_bone_pain")
        yield f"focal bone at the {region}", expected, recorded([f"{{{pain}, tissue: bone, focal: true}}"])
        yield f"night flag at the {region}", expected, recorded([f"{{{pain}}}"], "night_bone_pain")
        yield f"night bone at the {region}", expected, recorded([f"{{{pain}, tissue: bone, night: true}}"])
    expected = ("same_day", "lower_limb")
    yield "limp as a flag", expected, recorded([], "limp_in_child", CHILD)
    for section in SECTIONS:
        yield f"limp of a child in {section}", expected, recorded(["{symptom: limp}"], age=CHILD, section=section)
        yield f"lost push-off in {section}", expected, recorded(["{symptom: loss_of_push_off, side: left}"], section=section)
    sudden = "{pain: achilles, side: right, onset: sudden, intensity: 5}"
    yield "no heel raise", expected, recorded([sudden, "{heel_raise_reps: {left: 22, right: 0}}"])
    yield "very weak calf", expected, recorded([sudden, "{strength_mrc: 2, muscle: gastrocnemius, side: right}"])
    yield "pop", expected, recorded([sudden], "sudden_pop")


WAYS = list(ways())


@pytest.mark.parametrize(("way", "expected", "made"), WAYS, ids=[name for name, _, _ in WAYS])
def test_a_sign_gets_its_answer_wherever_it_is_recorded(way: str, expected: tuple[str, str], made: Plan) -> None:
    assert answer(made) == expected


@pytest.mark.parametrize("flag", sorted(terms("red_flags")))
def test_a_flag_gets_one_answer_in_every_section(flag: str) -> None:
    """In the safety screen, a finding, a symptom or the history: the same urgency and the same stops."""
    screened = answer(recorded([], flag))
    told = {section: answer(recorded([f"{{red_flag: {flag}}}"], section=section)) for section in SECTIONS}
    assert set(told.values()) == {screened}


@pytest.mark.parametrize("symptom", terms("symptoms"))
def test_a_symptom_gets_one_answer_in_every_section(symptom: str) -> None:
    told = {section: answer(recorded([f"{{symptom: {symptom}}}"], section=section)) for section in SECTIONS}
    assert len(set(told.values())) == 1, told


@pytest.mark.parametrize("region", sorted(terms("pain_regions")))
def test_bone_with_a_sign_of_stress_is_referred_and_stops_running_in_every_region(region: str) -> None:
    made = recorded([f"{{pain: {region}, tissue: bone, night: true, focal: true, rising: true}}"])
    urgency, stops = answer(made)
    assert urgency in ("emergency", "same_day", "urgent")
    assert stops != "nothing"


@pytest.mark.parametrize("region", sorted(terms("pain_regions")))
def test_no_pain_is_nothing_and_opens_nothing(region: str) -> None:
    """A score of 0 is as good as not recorded; a sign recorded with it (at night, in a hop) still counts."""
    made = recorded([f"{{pain: {region}, intensity: 0}}"])
    assert not made.referrals
    assert [one.exercise for one in made.prescriptions] == [one.exercise for one in recorded([]).prescriptions]


@pytest.mark.parametrize(
    "normal",
    [
        "{weakness: gluteus_medius, grade: normal}",
        "{hop_pain: 0}",
        "{heel_raise_reps: 25}",
        "{strength_mrc: 5, muscle: soleus}",
        "{balance_s: 40}",
        "{knee_to_wall_cm: 12}",
        "{side_plank_s: 70}",
        "{plank_s: 90}",
    ],
)
def test_a_normal_result_opens_no_referral_and_no_warning(normal: str) -> None:
    made, without = recorded([normal], section="findings"), recorded([], section="findings")
    assert made.referrals == without.referrals
    assert {one.id for one in made.warnings} == {one.id for one in without.warnings}


@pytest.mark.parametrize(
    ("jotted", "told"),
    [
        ("night pain, getting worse, 3 weeks", "3-week history of bone pain at night or at rest, worsening"),
        ("night pain", "bone pain at night or at rest"),
    ],
)
def test_a_letter_tells_how_long_and_which_way_a_warning_sign_goes(jotted: str, told: str) -> None:
    assert plan(f"{HEAD % ADULT}{SAFE % ''}findings: ['{jotted}']\n").story.flags == (told,)
