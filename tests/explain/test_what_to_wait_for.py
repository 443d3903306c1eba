"""What protects, what it rests on, what is lost with it, and what to wait for, each by itself: with an invented vocabulary."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kit import BASICS, base_pack, facts_of, run, toy_pack
from stridewise.explain.safety import guarding, is_safety_fact, lost, met, supports, vetoes_of, waits
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import Place
from stridewise.planning.situation import Situation
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.recommendation.collect import collect
from stridewise.recommendation.reasons import Explainer
from stridewise.session import Session

Entry = dict[str, Any]
SIDE = {"side": {"terms": "sides", "default": "both"}}
KM, SCORE = {"number": "km"}, {"number": "score"}
WORDS = {
    "kinds": {
        "lift": {"open": True, "label": "lift {value}", "value": {"number": "kg"}, "attributes": SIDE},
        "years": {"open": True, "label": "years {value}", "value": {"number": "count"}, "grows": True},
        "habit": {"open": True, "label": "habit {value}", "value": {"terms": "colours"}, "grows": True},
        "ache": {
            "open": True,
            "label": "ache {value}",
            "value": {"terms": "colours"},
            "wait": "until {value} is calm",
            "attributes": {**SIDE, "score": {"number": "score", "label": "the pain"}, "mornings": SCORE},
        },
        "knock": {
            "open": True,
            "label": "knock {value}",
            "value": {"terms": "colours"},
            "attributes": {"bad_mornings": SCORE, "depth": {"number": "cm"}},
        },
        "swab": {"open": True, "label": "swab {value}", "value": {"terms": "swabs"}},
        "alarm": {"closed": True, "safety": True, "label": "alarm {value}", "value": {"terms": "swabs"}},
        "condition": {"open": True, "label": "history of {value}", "value": {"terms": "colours"}},
        "diagnosis": {"open": True, "label": "treated {value}", "value": {"terms": "colours"}},
        "days_to_race": {"computed": True, "value": {"number": "days"}},
        "weeks_to_race": {"computed": True, "value": {"number": "weeks"}},
        "race_distance": {"open": True, "label": "race {value}", "value": {"terms": "colours"}},
    },
    "terms": {"swabs": {"cloudy": {"wait": "until it is clear"}, "foul": {"safety": True}, "plain": {}}},
}
GRIP: Entry = {"avoid": {"demand": "heavy_load"}, "level": "contraindication"}
CARE: Entry = {"avoid": {"demand": "impact"}, "level": "precaution"}
TASTE: Entry = {"avoid": {"demand": "balance"}, "level": "preference"}
SENDS: Entry = {"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "See one."}


def rule(name: str, when: Any, *then: Entry) -> Entry:
    return {"id": name, "when": when if isinstance(when, list) else [when], "then": list(then), **BASICS}


@cache
def built(written: str) -> Program:
    rules = RULES[written]
    with TemporaryDirectory(prefix="stridewise-waits-") as folder:
        toy = toy_pack(Path(folder) / "toy", rules, {"vocabulary/own.yaml": WORDS})
        return build_program([base_pack(Path(folder)), toy], without_safety=True)


def heaps(**colour: str) -> Entry:
    return rule("heaps", {"colour": "$c", **colour}, {"conclude": {"pile": "$c"}})


RULES: dict[str, list[Entry]] = {
    "all": [
        rule("sends", {"colour": "red"}, SENDS),
        rule("grips", {"shape": "round"}, GRIP),
        rule("cares", {"shape": "star"}, CARE),
        rule("tastes", {"shape": "square"}, TASTE),
    ],
    "chain": [
        rule("heaps", {"colour": "$c", "shade": "dark"}, {"conclude": {"pile": "$c"}}),
        rule("back", {"pile": "$c"}, {"conclude": {"heap": "$c", "side": "left"}}),
        rule("forth", {"heap": "$c"}, {"conclude": {"pile": "$c"}}),
        rule("grips", [{"pile": "red"}, {"shape": "any"}], GRIP),
    ],
}


def held(written: str, *entries: Entry, answered: tuple[str, ...] = ()) -> Session:
    program = built(written)
    facts = [
        replace(fact, places=(Place("toy.yaml", line),))
        for line, entry in enumerate(entries, 1)
        for fact in facts_of(entry, vocabulary=program.vocabulary)
    ]
    memory = run(program, facts, answered)
    intake = SimpleNamespace(facts=facts, answered=frozenset(answered))
    situation = Situation(program, cast(Any, intake), memory, Explainer(program, memory))
    return cast(Any, SimpleNamespace(situation=situation, recommendations=collect(situation.explainer)))


RED, ROUND, STAR, SQUARE = {"colour": "red"}, {"shape": "round"}, {"shape": "star"}, {"shape": "square"}
EVERYTHING = ({**RED, "side": "left"}, *({**shape, "side": "left"} for shape in (ROUND, STAR, SQUARE)))


def kinds(facts: Any) -> list[tuple[str, str]]:
    return sorted((fact.kind, str(fact.value)) for fact in facts)


# --- what protects --------------------------------------------------------------------------------------------------------


def test_referrals_contraindications_and_precautions_protect() -> None:
    one = held("all", *EVERYTHING)
    assert [guard.rule.id for guard in guarding(one.recommendations)] == ["toy/sends", "toy/cares", "toy/grips"]
    assert [guard.rule.id for guard in guarding(one.recommendations, ("contraindication",))] == ["toy/sends", "toy/grips"]
    vetoes = vetoes_of(one.recommendations)
    assert {name for name, _ in vetoes} == {"toy/sends", "toy/grips"}
    assert all("demand='heavy_load'" in what for name, what in vetoes if name == "toy/grips")


def test_what_they_rest_on_is_what_is_recorded_however_far_down() -> None:
    one = held("all", *EVERYTHING)
    assert kinds(supports(one)) == [("colour", "red"), ("shape", "round"), ("shape", "star")]
    assert kinds(supports(one, ("contraindication",))) == [("colour", "red"), ("shape", "round")]
    chain = held("chain", {**RED, "side": "left", "shade": "dark"}, {**ROUND, "side": "left"}, {"colour": "blue", "side": "left"})
    assert kinds(supports(chain)) == [("colour", "red"), ("shape", "round")]
    assert supports(held("all", {**SQUARE, "side": "left"})) == frozenset()


def test_no_question_may_change_a_matter_of_safety_or_what_is_held() -> None:
    vocabulary = built("all").vocabulary
    facts = facts_of({"swab": "foul"}, {"swab": "plain"}, {"alarm": "plain"}, vocabulary=vocabulary)
    assert [is_safety_fact(vocabulary, fact, frozenset()) for fact in facts] == [True, False, True]
    assert is_safety_fact(vocabulary, facts[1], frozenset({facts[1]}))


def test_the_conditions_that_recorded_facts_met_down_all_derivations() -> None:
    one = held("chain", {**RED, "side": "left", "shade": "dark"}, {**ROUND, "side": "left"})
    (grips,) = [activation for activation in one.situation.memory.activations if activation.rule.id == "toy/grips"]
    pairs = list(met(one, grips))
    assert sorted((condition.kind, fact.kind) for condition, fact in pairs) == [("colour", "colour"), ("shape", "shape")]
    assert all(fact.places for _, fact in pairs)


def test_what_stands_nowhere_and_follows_from_nothing_is_met_by_nobody() -> None:
    one = held("chain", {**RED, "side": "left", "shade": "dark"}, {**ROUND, "side": "left"})
    (grips,) = [activation for activation in one.situation.memory.activations if activation.rule.id == "toy/grips"]
    adrift = grips._replace(facts=(Fact("pile", "blue"), Fact("pile", "red")), supports=())
    one.situation.memory.derivations.pop(Fact("pile", "red"))
    assert list(met(one, adrift)) == []


# --- what is lost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ({**RED, "side": "left"}, ("bright red colour, left",)),
        ({**ROUND, "side": "left"}, ("shape: round, left",)),
        ({**STAR, "side": "left"}, ()),
        ({**SQUARE, "side": "left"}, ()),
        ({"swab": "foul"}, ("swab foul",)),
        ({"swab": "plain"}, ()),
        ({"alarm": "plain"}, ("alarm plain",)),
        ({"weeks_to_race": 3}, ()),
        ({"days_to_race": 21}, ()),
    ],
)
def test_what_protects_and_is_gone_is_said(gone: Entry, words: tuple[str, ...]) -> None:
    """A precaution may be tried without; the race comes nearer by itself."""
    rest = (*EVERYTHING, {"swab": "foul"}, {"swab": "plain"}, {"alarm": "plain"}, {"weeks_to_race": 3}, {"days_to_race": 21})
    assert gone in rest
    before, after = held("all", *rest), held("all", *(entry for entry in rest if entry != gone))
    assert lost(before, after) == words
    assert lost(after, before) == lost(before, before) == ()


def test_a_race_that_a_referral_rests_on_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "race", [rule("sends", {"weeks_to_race": "<= 3"}, SENDS)])
    assert lost(held("race", {"weeks_to_race": 3}), held("race", {"weeks_to_race": 9})) == ()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(("alarm", "badge"), (), ("alarm: asked",)), (("badge",), (), ()), (("alarm",), ("alarm",), ()), ((), ("alarm",), ())],
)
def test_a_safety_list_that_is_no_longer_answered_is_said(before: Any, after: Any, words: tuple[str, ...]) -> None:
    assert lost(held("all", answered=before), held("all", answered=after)) == words


# --- what to wait for -----------------------------------------------------------------------------------------------------

LEFT = {"side": "left"}
WAITS: list[tuple[Any, tuple[Entry, ...], tuple[str, ...]]] = [
    ({"lift": "< 50"}, ({"lift": 40, **LEFT},), ("when this can be recorded: lift at least 50 kg (now 40 kg, left)",)),
    ({"lift": "<= 50"}, ({"lift": 40},), ("when this can be recorded: lift more than 50 kg (now 40 kg)",)),
    ({"lift": "> 30"}, ({"lift": 40},), ("when this can be recorded: lift at most 30 kg (now 40 kg)",)),
    ({"lift": ">= 30"}, ({"lift": 40},), ("when this can be recorded: lift less than 30 kg (now 40 kg)",)),
    ({"lift": "< 50"}, ({"lift": 40, "side": "both"},), ("when this can be recorded: lift at least 50 kg (now 40 kg, both)",)),
    ({"lift": "40"}, ({"lift": 40},), ("when this no longer holds: lift 40 kg",)),
    ({"years": "< 3"}, ({"years": 1},), ("when this can be recorded: years at least 3 (now 1)",)),
    ({"years": ">= 1"}, ({"years": 1},), ()),  # what grows is not waited away
    ({"habit": "red"}, ({"habit": "red"},), ()),
    ({"shape": "round"}, ({**ROUND, **LEFT},), ("when this no longer holds: shape: round, left",)),
    ({"swab": "cloudy"}, ({"swab": "cloudy"},), ("until it is clear",)),
    ({"swab": "plain"}, ({"swab": "plain"},), ("when this no longer holds: swab plain",)),
    ({"ache": "red"}, ({"ache": "red", **LEFT},), ("until bright red, left is calm",)),
    ({"ache": "red"}, ({"ache": "red"},), ("until bright red is calm",)),
    (
        {"ache": "any", "score": ">= 3"},
        ({"ache": "red", "score": 4},),
        ("when the pain has stayed below 3 for a week (bright red)",),
    ),
    (
        {"ache": "any", "score": "> 3"},
        ({"ache": "red", "score": 4},),
        ("when the pain has stayed at 3 or below for a week (bright red)",),
    ),
    (
        {"ache": "any", "score": "< 3"},
        ({"ache": "red", "score": 2},),
        ("when the pain has stayed at 3 or above for a week (bright red)",),
    ),
    (
        {"ache": "any", "score": "<= 3"},
        ({"ache": "red", "score": 2, **LEFT},),
        ("when the pain has stayed above 3 for a week (bright red, left)",),
    ),
    ({"ache": "any", "mornings": ">= 3"}, ({"ache": "red", "mornings": 4},), ("until bright red is calm",)),
    (
        {"knock": "any", "bad_mornings": ">= 3"},
        ({"knock": "red", "bad_mornings": 4},),
        ("when bad mornings has stayed below 3 for a week (bright red)",),
    ),
    (
        {"knock": "any", "depth": ">= 3"},
        ({"knock": "red", "depth": 4},),
        ("when depth has stayed below 3 cm for a week (bright red)",),
    ),
    (
        {"knock": "any", "depth": "<= 3"},
        ({"knock": "red", "depth": 2},),
        ("when depth has stayed above 3 cm for a week (bright red)",),
    ),
    (
        {"ache": "any", "score": "<= 0"},
        ({"ache": "red", "score": 0},),
        ("when the pain has stayed above 0 for a week (bright red)",),
    ),
    ({"lift": "<= 0"}, ({"lift": 0},), ("when this can be recorded: lift more than 0 kg (now 0 kg)",)),
    ({"weeks_to_race": "<= 3"}, ({"weeks_to_race": 2},), ("after the race",)),
    ({"days_to_race": ">= 0"}, ({"days_to_race": 5},), ("when the race is less than 0 days away",)),
    ({"weeks_to_race": "any"}, ({"weeks_to_race": 2},), ("after the race",)),
    ({"weeks_to_race": "> 3"}, ({"weeks_to_race": 5},), ("when the race is 3 weeks or less away",)),
    ({"days_to_race": ">= 3"}, ({"days_to_race": 5},), ("when the race is less than 3 days away",)),
    ([{"weeks_to_race": "<= 3"}, {"days_to_race": ">= 3"}], ({"weeks_to_race": 2}, {"days_to_race": 14}), ("after the race",)),
    (
        [{"weeks_to_race": "<= 3"}, {"shape": "round"}],
        ({"weeks_to_race": 2}, ROUND),
        ("when this no longer holds: shape: round", "after the race"),
    ),
    ({"shape": "round"}, (ROUND,), ("when this no longer holds: shape: round",)),
    ({"condition": "red"}, ({"condition": "red"},), ("when this no longer holds: history of bright red",)),
    ({"condition": "red"}, ({"condition": "red"}, {"diagnosis": "red"}), ("when this no longer holds: treated bright red",)),
    ({"condition": "red"}, ({"condition": "red"}, {"diagnosis": "blue"}), ("when this no longer holds: history of bright red",)),
    ({"swab": "cloudy"}, ({"swab": "cloudy"}, {"diagnosis": "red"}), ("until it is clear",)),
]
for number, (when, _, _) in enumerate(WAITS):
    RULES[f"waits {number}"] = [rule("grips", when, GRIP)]


@pytest.mark.parametrize(
    ("number", "entries", "words"), [(place, entries, words) for place, (_, entries, words) in enumerate(WAITS)]
)
def test_what_to_wait_for_in_words(number: int, entries: Any, words: tuple[str, ...]) -> None:
    one = held(f"waits {number}", *entries)
    (against,) = one.recommendations.avoid
    assert sorted(waits(one, against)) == sorted(words)


def test_both_sides_of_one_entry_are_waited_for_as_one() -> None:
    RULES["sides"] = [rule("grips", {"colour": "red", "side": "$s"}, GRIP)]
    one = held("sides", {**RED, "side": "both"})
    (against,) = one.recommendations.avoid
    assert waits(one, against) == ("when this no longer holds: bright red colour, both",)
    apart = held("sides", {**RED, "side": "left"}, {**RED, "side": "right", "shade": "dark"})
    lines = held("sides", {**RED, "side": "left"}, {**RED, "side": "right"})
    (against,) = lines.recommendations.avoid
    assert waits(lines, against) == tuple(f"when this no longer holds: bright red colour, {side}" for side in ("left", "right"))
    told = [text for item in apart.recommendations.avoid for text in waits(apart, item)]
    assert sorted(told) == [f"when this no longer holds: bright red colour, {side}" for side in ("left", "right")]


def test_a_conclusion_is_waited_for_as_what_it_rests_on() -> None:
    one = held("chain", {**RED, "side": "left", "shade": "dark"}, {**ROUND, "side": "left"})
    (against,) = one.recommendations.avoid
    assert set(waits(one, against)) == {
        "when this no longer holds: bright red colour, left",
        "when this no longer holds: shape: round, left",
    }
    assert Fact("pile", "red") in one.situation.memory.derivations
