"""One sign, one answer: however, in whatever section and at whatever region a sign is recorded, urgency and stops are equal."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from plans import built_in, session
from runners import text
from stridewise.language.condition import Condition, OneOf
from stridewise.language.fact import VALUE
from stridewise.language.rule import Avoid, Conclude, Refer, Rule
from stridewise.session import Session

Entry = dict[str, Any]
SECTIONS = ("findings", "symptoms", "history")
REGIONS = sorted(built_in().vocabulary.terms["pain_regions"])
HOP_REGIONS = (
    "groin",
    "hip",
    "thigh",
    "sacrum",
    "shin_medial",
    "shin_anterior",
    "ankle",
    "medial_ankle",
    "foot_dorsal",
    "foot_lateral",
    "foot_plantar",
    "forefoot",
    "heel",
)
SPINE_AND_UPPER_BODY = ("low_back", "thoracic", "upper_back", "neck", "shoulder", "arm", "abdomen")
ACHILLES = ("achilles", "achilles_insertion")
ADULT, CHILD = 30, 9


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sign as one runner's profile holds it."""

    entries: tuple[Entry, ...]
    age: int = ADULT


def _pain(region: str, **more: Any) -> Entry:
    return {"pain": region, "side": "left", **more}


def _flag(name: str) -> Entry:
    return {"red_flag": name}


def _symptom(name: str, **more: Any) -> Entry:
    return {"symptom": name, **more}


def _bone_pain(region: str) -> list[Recorded]:
    return [
        Recorded((_pain(region, tissue="bone", focal=True),)),
        Recorded((_pain(region, tissue="bone", night=True),)),
        Recorded((_pain(region, tissue="bone", focal=True, night=True, rising=True),)),
        Recorded((_pain(region), _flag("focal_bone_pain"))),
        Recorded((_pain(region), _flag("night_bone_pain"))),
    ]


def _painful_hop(region: str) -> list[Recorded]:
    places = [
        Recorded((_pain(region, during="hop"),)),
        Recorded((_pain(region, during="landing"),)),
        Recorded((_pain(region), {"hop_pain": 7, "side": "left"})),
    ]
    flag = [Recorded((_pain(region), _flag("groin_pain_on_hop")))]
    return places + (flag if region in ("groin", "hip") else [])


def _lost_push_off(region: str) -> list[Recorded]:
    sudden = _pain(region, onset="sudden")
    return [
        Recorded((sudden, _flag("sudden_pop"))),
        Recorded((sudden, _symptom("loss_of_push_off", side="left"))),
        Recorded((sudden, {"heel_raise_reps": 0, "side": "left"})),
        Recorded((sudden, {"strength_mrc": 1, "muscle": "gastrocnemius", "side": "left"})),
        Recorded((sudden, {"weakness": "soleus", "grade": "marked", "side": "left"})),
    ]


# Sign → the ways to record it. Ways of one sign must get one answer.
SIGNS: dict[str, list[Recorded]] = {
    **{f"bone pain, {region}": _bone_pain(region) for region in REGIONS},
    **{f"painful hop, {region}": _painful_hop(region) for region in HOP_REGIONS},
    **{f"lost push-off, {region}": _lost_push_off(region) for region in ACHILLES},
    "bone pain that rises after an earlier bone stress injury": [
        Recorded(({"injury": "bone_stress_injury", "side": "left"}, _pain(region, rising=True)))
        for region in ("shin_medial", "sacrum", "foot_lateral")
    ],
    "bone pain without a site": [Recorded((_flag("focal_bone_pain"),)), Recorded((_flag("night_bone_pain"),))],
    "limp with hip pain": [Recorded((_pain(region), _symptom("limp", side="left"))) for region in ("hip", "groin")],
    "limp in a child": [
        Recorded((_flag("limp_in_child"),), CHILD),
        Recorded((_symptom("limp"),), CHILD),
        Recorded((_symptom("limp", side="left"), _pain("anterior_knee")), CHILD),
        Recorded((_symptom("limp", side="left"), _pain("hip")), CHILD),
    ],
    "swollen calf": [
        Recorded((_flag("calf_swelling"),)),
        Recorded((_pain("calf"), _symptom("swelling", side="left"))),
    ],
    "swelling": [Recorded((_symptom("swelling", side="left"),))],
    "cauda equina": [
        *(Recorded((_flag(one),)) for one in ("saddle_numbness", "bladder_or_bowel_change", "bilateral_leg_symptoms")),
        Recorded((_symptom("numbness"), {"pain": "low_back"})),
    ],
    "weakness that gets worse": [
        Recorded((_flag("progressive_weakness"),)),
        Recorded((_symptom("weakness_felt", course="worsening"),)),
        Recorded(({"red_flag": "progressive_weakness", "course": "worsening"},)),
        Recorded(({"strength_mrc": 3, "muscle": "tibialis_anterior", "side": "left"},)),
    ],
    "heart sign now": [
        *(
            Recorded((_flag(one),))
            for one in ("exertional_chest_pain", "exertional_collapse", "palpitations", "undue_breathlessness")
        ),
        Recorded(({"red_flag": "undue_breathlessness", "months_ago": 1},)),
        Recorded((_symptom("fainting", when="during_effort"),)),
        Recorded((_symptom("dizziness", when="during_effort"),)),
    ],
    "heart sign in the past": [
        *(
            Recorded(({"red_flag": one, "months_ago": 24},))
            for one in ("exertional_chest_pain", "exertional_collapse", "palpitations", "undue_breathlessness")
        ),
    ],
    "severe back pain at night": [
        Recorded((_symptom("severe_night_back_pain"),)),
        Recorded(({"pain": "low_back", "night": True, "intensity": 7},)),
        Recorded(({"pain": "thoracic", "night": True, "intensity": 6},)),
    ],
    "missed periods": [Recorded((_flag("missed_periods"),))],
}
PLACES = [(sign, recorded, section) for sign, ways in SIGNS.items() for recorded in ways for section in SECTIONS]
# What each answer must be: how soon, what is stopped, and whether running is.
TODAY_WITHOUT_THE_LEG = ("same_day", "lower_limb", True)
ALL_AT_ONCE = ("emergency", "all_exercise", True)
EXPECTED: dict[str, tuple[str, str, bool]] = {
    **{f"bone pain, {region}": TODAY_WITHOUT_THE_LEG for region in REGIONS},
    **{f"bone pain, {region}": ("urgent", "running", True) for region in SPINE_AND_UPPER_BODY},
    **{f"painful hop, {region}": ("urgent", "running", True) for region in HOP_REGIONS},
    **{f"painful hop, {region}": TODAY_WITHOUT_THE_LEG for region in ("groin", "hip")},
    **{f"lost push-off, {region}": TODAY_WITHOUT_THE_LEG for region in ACHILLES},
    "bone pain that rises after an earlier bone stress injury": TODAY_WITHOUT_THE_LEG,
    "bone pain without a site": TODAY_WITHOUT_THE_LEG,
    "limp with hip pain": TODAY_WITHOUT_THE_LEG,
    "limp in a child": TODAY_WITHOUT_THE_LEG,
    "swollen calf": ("same_day", "all_exercise", True),
    "swelling": ("review", "nothing", True),
    "cauda equina": ALL_AT_ONCE,
    "weakness that gets worse": ALL_AT_ONCE,
    "heart sign now": ALL_AT_ONCE,
    "heart sign in the past": ("urgent", "all_exercise", True),
    "severe back pain at night": ("urgent", "impact", True),
    "missed periods": ("routine", "nothing", False),
}


def held(recorded: Recorded, section: str) -> Session:
    """The session of a runner of whom nothing else is known."""
    return _held(text({"schema": 1, "runner": {"ref": "R-1", "age": recorded.age}, section: list(recorded.entries)}))


@cache
def _held(profile: str) -> Session:
    return session(profile)


def answer(recorded: Recorded, section: str) -> tuple[str, str, bool]:
    """How soon, what is stopped, and whether running is: by the first and most restrictive referral."""
    made = held(recorded, section)
    waits = bool(made.situation.memory.by_kind.get("running_waits"))
    first = made.plan.referrals[0] if made.plan.referrals else None
    stops = first.stops if first else "nothing"
    return first.urgency if first else "review", stops, waits or stops == "all_exercise"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_gets_one_answer_in_every_place_of_record(sign: str) -> None:
    """Flag, symptom, test or pain, in findings, symptoms or history."""
    answers = {(repr(one.entries), section): answer(one, section) for one in SIGNS[sign] for section in SECTIONS}
    assert set(answers.values()) == {EXPECTED[sign]}, "\n".join(f"{place}: {given}" for place, given in answers.items())


@pytest.mark.parametrize("region", REGIONS)
def test_bone_signs_stop_running_and_refer_at_every_region(region: str) -> None:
    """No region is forgotten, and none is put off to a routine appointment."""
    for recorded in _bone_pain(region):
        urgency, stops, running_stopped = answer(recorded, "symptoms")
        assert urgency in ("same_day", "urgent"), recorded
        assert stops != "nothing", recorded
        assert running_stopped, recorded


@pytest.mark.parametrize("region", HOP_REGIONS)
def test_a_painful_hop_at_a_bone_stops_running_until_a_physician_has_seen_it(region: str) -> None:
    """The same day at groin and hip, within days elsewhere."""
    expected = ("same_day", "lower_limb", True) if region in ("groin", "hip") else ("urgent", "running", True)
    assert answer(_painful_hop(region)[-1], "symptoms") == expected


@pytest.mark.parametrize("region", REGIONS)
def test_pain_of_nought_refers_nobody_and_stops_nothing(region: str) -> None:
    """Asked, and not there."""
    assert answer(Recorded((_pain(region, intensity=0, tissue="bone"),)), "symptoms") == ("review", "nothing", False)


# --- the structure: signs are recognised in one place --------------------------------------------------------------------


def _rules() -> Iterator[Rule]:
    yield from (rule for rule in built_in().rules if rule.pack == "safety")


def _recognises(rule: Rule) -> bool:
    return any(isinstance(item, Conclude) and item.kind == "sign" for item in rule.consequents)


def _decides(rule: Rule) -> bool:
    """Does the rule refer, rule out or suspect?"""
    return any(
        isinstance(item, Refer)
        or (isinstance(item, Avoid) and item.level == "contraindication")
        or (isinstance(item, Conclude) and item.kind == "suspected")
        for item in rule.consequents
    )


def _plain_terms(condition: Condition) -> frozenset[tuple[str, Any]]:
    """The flags and symptoms a condition names, whatever else is recorded of them."""
    value = dict(condition.tests)[VALUE]
    if condition.kind not in ("red_flag", "symptom") or not isinstance(value, OneOf):
        return frozenset()
    if set(dict(condition.tests)) - {VALUE, "side"}:
        return frozenset()
    return frozenset((condition.kind, one) for one in value.values)


def test_what_makes_a_sign_is_read_by_no_rule_that_decides() -> None:
    """Else a way to record it could be forgotten there."""
    made_signs = frozenset().union(
        *(_plain_terms(one) for rule in _rules() if _recognises(rule) for one in rule.conditions.present())
    )
    assert ("red_flag", "groin_pain_on_hop") in made_signs
    for rule in filter(_decides, _rules()):
        read = frozenset().union(*(_plain_terms(one) for one in rule.conditions.present()), frozenset())
        assert not read & made_signs, f"{rule.id} reads {sorted(read & made_signs)}; it should read the sign"


def test_every_rule_that_recognises_a_sign_is_enumerated() -> None:
    """A new way to record a sign belongs in the table above."""
    fired = {
        activation.rule.id
        for _, recorded, section in PLACES
        if section == "symptoms"
        for activation in held(recorded, section).situation.memory.activations
    }
    assert {rule.id for rule in _rules() if _recognises(rule)} - fired == set()


def test_every_sign_is_read_by_a_rule() -> None:
    """A sign that nothing reads would be recognised in vain."""
    read = {
        value
        for rule in _rules()
        for condition in rule.conditions.present()
        if condition.kind == "sign"
        for value in condition.constants or ()
    }
    assert set(built_in().vocabulary.terms["signs"]) == read
