"""The single changes that why-not thinks of, each kind by itself: facts that are lacking, numbers on the wrong side of a cut-off,
equipment, positions and time; and those that it never thinks of."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from kit import rule, write_pack
from plans import ASKED, ATLAS, DAY, EXERCISES, HEAD, SCREEN, exercise, profile, vocabulary_pack
from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import read_goal
from stridewise.explain.inquiry import open_inquiry
from stridewise.explain.possible_changes import possible_changes
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

Entry = dict[str, Any]
SIDE = {"attributes": {"side": {"terms": "sides"}}}
KINDS = {
    "press": {"open": True, "label": "press {value}", "value": {"number": "kg", "min": 0, "max": 100}},
    "reach": {"open": True, "label": "reach {value}", "value": {"number": "cm", "min": 0, "max": 50}, **SIDE},
    "jolt": {"open": True, "label": "jolt {value}", "value": {"number": "score", "min": 0, "max": 10}, "safety": True},
    "tone": {
        "open": True,
        "label": "tone {value}",
        "value": {"terms": "tones"},
        "attributes": {
            "hue": {"terms": "hues"},
            "depth": {"number": "count"},
            "glow": {"terms": "hues", "default": "blue"},
            "mark": {"terms": "notes"},
        },
    },
    "echo": {"open": True, "label": "echo {value}", "value": {"terms": "tones"}},
    "claim": {"closed": True, "label": "claim {value}", "value": {"yes_no": True}},
    "foul": {"open": True, "label": "foul {value}", "value": {"terms": "tones"}, "safety": True},
    "grip": {
        "open": True,
        "label": "grip {value}",
        "value": {"number": "kg"},
        "attributes": {"hue": {"terms": "hues"}, "depth": {"number": "kg"}},
    },
    "alarm": {"computed": True, "label": "alarm {value}", "value": {"terms": "tones"}, "safety": True},
    "tally": {"computed": True, "label": "tally {value}", "value": {"number": "count"}},
    "pull": {
        "open": True,
        "label": "pull {value}",
        "value": {"number": "kg"},
        "attributes": {"side": {"terms": "sides"}, "depth": {"number": "kg"}},
    },
    "pose": {"open": True, "label": "pose {value}", "value": {"terms": "poses"}, "modifiable": "arranged"},
    "marked": {"derived": True, "value": {"terms": "tones"}},
    "load": {"open": True, "label": "load {value}", "value": {"number": "kg"}},
    "ready": {"derived": True, "value": {"yes_no": True}},
}
TERMS = {
    "tones": {"low": {}, "mid": {}, "high": {}, "top": {}, "flat": {"negative": True}, "red": {"safety": True}},
    "poses": {"easy": {}, "risky": {"safety": True}},
    "hues": {"blue": {}, "green": {}, "grey": {"negative": True}},
}
NOTED = ("note", "memo")
MANY = {"notes": {f"n{number:02}": {} for number in range(15)}}
# Each gate of its own: the goal is the exercise of that name.
GATES: dict[str, list[Entry]] = {
    "press_up": [{"press": ">= 60"}],
    "press_over": [{"press": "> 60"}],
    "press_down": [{"press": "<= 20"}],
    "press_range": [{"press": "30..40"}],
    "press_one": [{"press": [30, 35]}],
    "press_beyond": [{"press": ">= 200"}],
    "press_any": [{"press": "any"}],
    "reach_left": [{"reach": ">= 20", "side": "left"}],
    "reach_any": [{"reach": ">= 20"}],
    "tone_one": [{"tone": "low"}],
    "tone_some": [{"tone": ["mid", "low"]}],
    "tone_any": [{"tone": "any"}],
    "tone_hue": [{"tone": "low", "hue": "green"}],
    "tone_glow": [{"tone": "low", "glow": ["blue", "green"]}],
    "tone_other_glow": [{"tone": "low", "glow": "green"}],
    "tone_depth": [{"tone": "low", "depth": ">= 3"}],
    "tone_any_hue": [{"tone": "low", "hue": "any", "glow": "any"}],
    "joined": [{"tone": "$t"}, {"echo": "$t"}],
    "red_tone": [{"tone": "red"}],
    "claimed": [{"claim": "any"}],
    "foul_one": [{"foul": "low"}],
    "jolted": [{"jolt": "<= 2"}],
    "aged": [{"age": ">= 40"}],
    "noted": [{"note": [f"n{number:02}" for number in range(15)]}],
    "derived": [{"ready": "yes"}],
    "gripped": [{"tone": "low", "hue": "$h"}, {"grip": ">= 20", "hue": "$h"}],
    "same": [{"grip": "$n"}, {"press": "$n"}],
    "hued": [{"grip": ">= 20", "hue": "$h"}, {"tone": "low", "hue": "$h"}],
    "weighed": [{"echo": "low"}, {"grip": ">= 20", "depth": "> 2"}],
    "deep": [{"tone": "low", "depth": "3..9"}],
    "skilled": [{"skill": "hip_hinge", "grade": "owned"}],
    "learnt": [{"skill": "hip_hinge", "grade": "learning"}],
    "tone_any_depth": [{"tone": "low", "depth": "any"}],
    "tone_one_depth": [{"tone": "low", "depth": [10, 3]}],
    "tallied": [{"tally": ">= 3"}],
    "distant": [{"weekly_distance": ">= 30"}],
    "mild_in_front": [{"weakness": "quadriceps", "grade": "mild"}],
    "mild_behind": [{"weakness": "hamstrings", "grade": "mild"}],
    "pulled": [{"pull": ">= 20"}],
    "press_both": [{"press": ">= 60"}],
    "press_many": [{"press": list(range(1, 16))}],
    "noted_twice": [{"note": "$n"}, {"memo": "$n"}],
    "memo_of": [{"tone": "low", "mark": "$n"}, {"note": "$n"}],
    "weighed_many": [{"grip": "$n"}, {"load": "$n"}],
}
TOOLS = {
    "with_two": [["cable", "bench"]],
    "with_three": [["cable", "bench", "barbell"]],
    "either": [["cable"], ["bench", "barbell"]],
}
WITHOUT = {"absent": {"ready": "yes"}}
RULES = [
    rule("asks", [{"weakness": "soleus"}], [{"prescribe": name} for name in (*GATES, *TOOLS, "kneels", "minded", "denied")]),
    rule("minds", [{"press": "< 50"}], [{"avoid": "minded", "level": "preference"}]),
    rule("aches", [{"jolt": ">= 5"}], [{"avoid": "jolted", "level": "preference"}]),
    rule("sounds", [{"echo": "high"}, {"press": "any"}, {"press": "30"}], [{"avoid": "minded", "level": "preference"}]),
    rule("cares", [{"reach": "< 10"}], [{"avoid": "big_hop", "level": "precaution"}]),
    rule("concludes", [{"press": ">= 80"}], [{"conclude": {"ready": "yes"}}]),
    rule("also-concludes", [{"press": ">= 80"}], [{"conclude": {"ready": "yes"}}]),
    rule("asks-for-strength", [{"press": ">= 60"}], [{"prescribe": "press_both"}]),
    rule("denies", [{"weakness": "quadriceps"}, WITHOUT], [{"target": "pull_strength", "options": ["arm_row"]}]),
    rule("protects", [{"weakness": "quadriceps", "grade": "marked"}], [{"avoid": "big_hop", "level": "precaution"}]),
    rule("marks", [{"press": ">= 80"}, {"tone": "$t"}], [{"conclude": {"marked": "$t"}}]),
    rule("misses", [{"tone": "$t"}, {"absent": {"marked": "$t"}}], [{"warn": "Hm.", "level": "info"}]),
    rule("doubts", [{"weakness": "soleus"}, {"absent": {"claim": "yes"}}], [{"warn": "Hm.", "level": "info"}]),
    *(
        rule(name, [asked], [{"warn": "Hm.", "level": "info"}])
        for name, asked in {
            "alarms": {"alarm": "low"},
            "owns": {"skill": "hip_hinge", "grade": "owned"},
            "learns": {"skill": "hip_hinge", "grade": "learning"},
            "rows": {"current_exercise": "arm_row"},
            "dares": {"pose": "risky"},
            "poses": {"pose": "easy"},
        }.items()
    ),
    rule("warns", [{"jolt": ">= 5"}], [{"warn": "Hm.", "level": "info"}]),
    rule("fouls", [{"foul": "low"}], [{"warn": "Hm.", "level": "info"}]),
]


@cache
def built() -> Program:
    made = [exercise(name, "", gates=[{"needs": needs, "earn": "So."}]) for name, needs in GATES.items()]
    made += [exercise(name, "", equipment=tools) for name, tools in TOOLS.items()]
    made += [exercise("kneels", "", position="kneeling"), exercise("minded", ""), exercise("denied", ""), *EXERCISES]
    words = {
        "kinds": {**KINDS, **{name: {"open": True, "label": f"{name} {{value}}", "value": {"terms": "notes"}} for name in NOTED}},
        "terms": TERMS | MANY,
    }
    with TemporaryDirectory(prefix="stridewise-changes-") as folder:
        gym = write_pack(Path(folder) / "gym", {"exercises/all.yaml": made, "sources.yaml": ATLAS})
        trial = write_pack(Path(folder) / "trial", {"vocabulary/own.yaml": words, "rules/all.yaml": RULES})
        packs = [vocabulary_pack(), load_pack(gym, shown="gym"), load_pack(trial, shown="trial")]
        return build_program(packs, without_safety=True)


def changes(goal: str, *findings: str, head: str = ASKED) -> tuple[PossibleChange, ...]:
    text = f"{head}findings: [{', '.join(['{weakness: soleus}', *findings])}]\n"
    session = open_inquiry(profile(text), built(), DAY, "reference").session
    return possible_changes(session, read_goal(built(), goal))


def told(goal: str, *findings: str, head: str = ASKED) -> list[str]:
    return [f"{one.text} ({one.from_})" if one.from_ else one.text for one in changes(goal, *findings, head=head)]


@pytest.mark.parametrize(
    ("goal", "findings", "expected"),
    [
        ("press_up", (), ["press at least 60 kg"]),
        ("press_up", ("{press: 40}",), ["press 60 kg (press 40 kg)"]),
        ("press_up", ("{press: 60}",), []),
        ("press_over", ("{press: 40}",), ["press 60.5 kg (press 40 kg)"]),
        ("press_down", ("{press: 40}",), ["press 20 kg (press 40 kg)"]),
        ("press_range", ("{press: 20}",), ["press 30 kg (press 20 kg)", "press 40 kg (press 20 kg)"]),
        ("press_one", ("{press: 20}",), ["press 30 kg (press 20 kg)", "press 35 kg (press 20 kg)"]),
        ("press_beyond", ("{press: 20}",), []),
        ("press_any", (), []),
        ("reach_left", ("{reach: 15, side: left}",), ["reach 20 cm, left (reach 15 cm, left)"]),
        ("reach_left", ("{reach: 15, side: right}",), ["reach at least 20 cm, left"]),
        ("reach_any", ("{reach: 15, side: right}",), ["reach 20 cm, right (reach 15 cm, right)"]),
        (
            "reach_any",
            ("{reach: {left: 15, right: 12}}",),
            [
                "reach 20 cm, left (reach 15 cm, left)",
                "reach 20 cm, right (reach 12 cm, right)",
                "reach 20 cm (reach 12 cm, right; reach 15 cm, left)",
            ],
        ),
        ("reach_left", ("{reach: 5, side: left}",), []),  # a precaution rests on it
        ("tone_one", (), ["tone low"]),
        ("tone_some", (), ["tone low", "tone mid"]),
        ("tone_any", (), ["tone high", "tone low", "tone mid"]),
        ("tone_hue", (), ["tone low, hue green"]),
        ("tone_hue", ("{tone: low}",), ["tone low, hue green"]),
        ("tone_glow", (), ["tone low"]),
        ("tone_other_glow", (), ["tone low, glow green"]),
        ("tone_depth", (), ["tone low, depth 3"]),
        ("tone_any_hue", (), ["tone low, hue blue"]),
        ("tone_any_depth", (), ["tone low"]),
        ("tone_one_depth", (), ["tone low, depth 3"]),
        ("tallied", (), []),  # nobody records it
        ("distant", (), ["if the runner reports it: weekly distance at least 30 km"]),
        ("mild_in_front", ("{weakness: quadriceps, grade: marked}",), []),  # a precaution rests on it
        ("mild_behind", ("{weakness: hamstrings, grade: marked}",), ["weak hamstrings (weak hamstrings, marked)"]),
        ("joined", ("{tone: high}",), ["echo high"]),
        ("joined", ("{echo: mid}",), ["tone mid"]),
        ("red_tone", (), []),
        ("claimed", (), ["claim no", "claim yes"]),
        ("foul_one", (), []),
        ("jolted", (), []),
        ("jolted", ("{jolt: 7}",), []),
        ("aged", (), ["age 40 years (age 30 years)"]),
        ("derived", (), ["press at least 80 kg"]),
        ("derived", ("{press: 70}",), ["press 80 kg (press 70 kg)"]),
        ("trial/warns", (), ["jolt at least 5"]),
        ("trial/warns", ("{jolt: 3}",), []),
        ("trial/alarms", (), []),
        ("trial/fouls", (), ["foul low"]),
        ("trial/fouls", ("{foul: mid}",), []),
        ("minded", ("{press: 40}",), ["press 50 kg (press 40 kg)"]),
        ("minded", (), []),
        ("trial/denies", ("{weakness: quadriceps}", "{press: 90}"), ["press 79.5 kg (press 90 kg)"]),
        ("trial/doubts", ("{claim: yes}",), []),  # recorded, and not concluded from anything
        ("trial/misses", ("{tone: low}", "{press: 90}"), ["tone high", "tone mid", "press 79.5 kg (press 90 kg)"]),
    ],
)
def test_the_changes_that_are_thought_of(goal: str, findings: Any, expected: list[str]) -> None:
    assert told(goal, *findings) == expected


HUES = ("blue", "green")
TEST, WORK = "would apply if tested", "earn"
HUED = ("{tone: low, hue: green}", "{grip: 10, hue: green}", "{grip: 12, hue: blue}")


@pytest.mark.parametrize(
    ("goal", "findings", "expected"),
    [
        ("press_up", (), [("add press: 60", TEST)]),
        ("press_up", ("{press: 40}",), [("add press: 60", WORK)]),
        ("press_both", ("{press: 40}",), [("add press: 60", WORK)]),  # a rule alone would only have it found
        ("skilled", (), [("add skill: hip_hinge, grade: owned", WORK)]),
        ("learnt", (), [("add skill: hip_hinge", WORK)]),
        ("trial/owns", (), [("add skill: hip_hinge, grade: owned", WORK)]),
        ("trial/learns", (), [("add skill: hip_hinge", TEST)]),
        ("trial/poses", (), [("add pose: easy", WORK)]),
        ("trial/dares", (), [("add pose: risky", TEST)]),  # it would be found: nobody works for what is dangerous
        ("trial/concludes", ("{press: 40}",), [("add press: 80", TEST)]),
        ("minded", ("{press: 40}",), [("add press: 50", WORK)]),
        ("gripped", HUED[:1], [("add grip: 20, hue: green", TEST)]),
        ("gripped", HUED, [("add grip: 20, hue: green", WORK)]),
        ("hued", ("{grip: 30, hue: green}",), [("add tone: low, hue: green", TEST)]),
        ("weighed", ("{echo: low}",), [("add grip: 20, depth: 2.5", TEST)]),
        ("deep", (), [("add tone: low, depth: 3", TEST)]),
        ("same", ("{press: 40}",), [("add grip: 40", TEST)]),
        ("same", ("{press: 40}", "{grip: 10}"), [("add grip: 40", WORK), ("add press: 10", WORK)]),
        ("trial/denies", ("{weakness: quadriceps}", "{press: 90}"), [("add press: 79.5", WORK)]),
        ("minded", ("{echo: high}", "{press: 30}"), [("add press: 50", WORK)]),  # no way past what is no comparison
        (
            "gripped",
            (HUED[0], "{grip: 10, hue: green, depth: 1}", "{grip: 12, hue: green, depth: 2}"),
            [("add grip: 20, depth: 2, hue: green", WORK), ("add grip: 20, depth: 1, hue: green", WORK)],
        ),  # two, not of two sides
        ("tone_one", ("{tone: low, hue: green}",), []),
        ("tone_one", ("{tone: flat}",), [("add tone: low", TEST)]),
    ],
)
def test_each_says_whether_it_is_to_be_found_or_worked_for(goal: str, findings: Any, expected: list[tuple[str, str]]) -> None:
    """A number on record that a gate asks for is worked for; what a rule alone asks for would have to be found."""
    assert [(str(one.change), one.modifiability) for one in changes(goal, *findings)] == expected


@pytest.mark.parametrize(
    ("pulls", "expected"),
    [
        ("5 left 1, 6 left 2, 7 right 1", ["depth: 1, side: left", "depth: 2, side: left", "depth: 1, side: right"]),
        ("5 left 1, 6 left 2", ["depth: 1, side: left", "depth: 2, side: left"]),
        ("5 left 1, 7 right 1", ["depth: 1", "depth: 1, side: left", "depth: 1, side: right"]),
    ],
)
def test_left_and_right_alone_are_moved_together(pulls: str, expected: list[str]) -> None:
    facts = ["{{pull: {}, side: {}, depth: {}}}".format(*one.split()) for one in pulls.split(", ")]
    assert {str(one.change) for one in changes("pulled", *facts)} == {f"add pull: 20, {rest}" for rest in expected}


def test_what_the_runner_was_asked_and_denied_is_no_change_to_make() -> None:
    asked = f"{HEAD}{SCREEN}\ntraining: {{current_exercises: []}}\n"
    assert [one.modifiability for one in changes("trial/rows")] == [TEST]
    assert [one.modifiability for one in changes("trial/rows", head=asked)] == ["not modifiable"]


def test_of_many_values_twelve_are_thought_of() -> None:
    """Named by a condition, or given by another one: as its value, an attribute or a number."""
    twelve = [f"n{number:02}" for number in range(12)]
    notes = [f"{{note: n{number:02}}}" for number in range(15)]
    assert told("noted") == [f"note {name}" for name in twelve]
    assert told("noted_twice", *notes) == [f"memo {name}" for name in twelve]
    assert told("memo_of", *notes) == [f"tone low, mark {name}" for name in twelve]
    assert sorted(str(one.change) for one in changes("press_many")) == sorted(f"add press: {number}" for number in range(1, 13))
    assert (
        len(told("weighed_many", *(f"{{grip: {number}, hue: {hue}, depth: {number}}}" for number in range(15) for hue in HUES)))
        == 12
    )


BENCH = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [bench]}}\n"


@pytest.mark.parametrize(
    ("goal", "equipment", "expected"),
    [
        ("with_two", "", ["bench", "cable"]),
        ("with_two", "bench", ["cable"]),
        ("with_two", "bench, cable", []),
        ("with_three", "", []),
        ("with_three", "bench", ["barbell", "cable"]),
        ("either", "", ["barbell", "bench", "cable"]),
        ("either", "bench", ["barbell", "cable"]),
        ("either", "cable", []),
    ],
)
def test_equipment_that_is_lacking_two_pieces_at_most(goal: str, equipment: str, expected: list[str]) -> None:
    head = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [{equipment}]}}\n"
    found = [str(one.change) for one in changes(goal, head=head)]
    assert len(found) == len(expected)
    assert all(any(name in text for text in found) for name in expected)


def test_a_position_and_the_time_of_a_session() -> None:
    kneel = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [kneel], minutes_per_session: 20}}\n"
    assert told("kneels", head=kneel) == [
        "no longer: cannot kneel",
        "25 min for each session (20 min)",
        "30 min for each session (20 min)",
        "35 min for each session (20 min)",
        "50 min for each session (20 min)",
    ]
    assert told("kneels") == []


def test_the_smallest_change_comes_first() -> None:
    found = changes("press_range", "{press: 20}")
    assert [one.order for one in found] == sorted(one.order for one in found)
    assert told("skilled", "{skill: hip_hinge, grade: learning}") == [
        "skill: hip hinge, owned (skill: hip hinge, still being learned)"
    ]
    assert told("skilled") == ["skill: hip hinge, owned"]
