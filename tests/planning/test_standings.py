"""Where one stands on an invented pathway, each part by itself: criteria, sides, what is open, asked, tested again and told."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kit import BASICS, base_pack, facts_of, run, toy_pack
from stridewise.documents.shape import Range
from stridewise.plan.model import Criterion, PathwayStage, Referral
from stridewise.planning.pathways import Standing, criteria, open_criteria, pathway_stages, retests, standings
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.recommendation.reasons import Explainer

PROVEN = {name: BASICS[name] for name in ("sources", "strength", "certainty")}
SIDES = {"attributes": {"side": {"terms": "sides"}}}
WORDS = {
    "kinds": {
        "hop": {
            "open": True,
            "label": "hops {value}",
            "question": "How many hops?",
            "value": {"number": "count"},
            "demands": {"impact": 2},
            **SIDES,
        },
        "stand": {"open": True, "label": "stands {value}", "question": "How long?", "value": {"number": "s"}, **SIDES},
        "mood": {
            "open": True,
            "question": "Which mood?",
            "value": {"terms": "colours"},
            "attributes": {"shade": {"terms": "shades"}},
        },
        "running": {"derived": True, "value": {"terms": "running"}},
    },
    "terms": {"running": {"none": {}, "easy": {}, "free": {}}},
}


def stage(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "plain": f"You are at {name}.", **more}


def hops(number: int, **more: Any) -> dict[str, Any]:
    return {"needs": [{"hop": f">= {number}", "side": "$side"}], "earn": f"{number} hops.", **more}


def pathway(name: str, when: dict[str, Any], *stages: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "when": [when], "stages": list(stages), **PROVEN}


CLIMB = pathway(
    "climb",
    {"colour": "red", "side": "$side"},
    stage(
        "low",
        running="none",
        retest=["hop", "stand"],
        weeks={"min": 1, "max": 2},
        exit=[hops(10, question="Ten?"), {"needs": [{"stand": ">= 30", "side": "$side"}], "earn": "30 s."}],
    ),
    stage("mid", running="easy", exit=[hops(20)], retest=["hop"]),
    stage(
        "top",
        running="free",
        enter=[
            {"badge": "gold"},
            {"absent": {"badge": "silver"}},
            {"any_of": [{"shape": "round"}, {"shape": "star"}]},
            {"at_least": 2, "of": [{"link": "red"}, {"link": "blue"}, {"link": "green"}]},
        ],
    ),
)
BARE = pathway(
    "bare",
    {"shape": "square"},
    stage("first", exit=[{"needs": [{"mood": "red", "shade": "dark"}], "earn": "Red."}]),
    stage("second"),
)

SOLO = pathway("solo", {"signed": "yes"}, stage("only", exit=[{"needs": [{"hop": ">= 5", "side": "$side"}], "earn": "Five."}]))
BOTH = pathway(
    "two",
    {"mood": "green"},
    stage("first", exit=[{"needs": [{"hop": ">= 10"}, {"stand": ">= 30"}], "earn": "Both."}]),
    stage("last"),
)


@cache
def program() -> Program:
    with TemporaryDirectory(prefix="stridewise-standings-") as folder:
        files = {"pathways/all.yaml": [CLIMB, BARE, SOLO, BOTH], "vocabulary/own.yaml": WORDS}
        return build_program([base_pack(Path(folder)), toy_pack(Path(folder) / "toy", (), files)], without_safety=True)


def runner(*entries: dict[str, Any], answered: tuple[str, ...] = ()) -> Situation:
    memory = run(program(), facts_of(*entries, vocabulary=program().vocabulary), answered)
    return Situation(program(), cast(Any, SimpleNamespace(retunes=())), memory, Explainer(program(), memory))


RED_LEFT, RED = {"colour": "red", "side": "left"}, {"colour": "red", "side": "both"}
TEN, THIRTY = {"hop": 10, "side": "left"}, {"stand": 30, "side": "left"}
AT_MID = (RED_LEFT, TEN, THIRTY)
GOES_ON = Stopped((), {})


def met(one: Standing) -> list[bool | None]:
    return [criterion.met for criterion in one.to_pass]


def places(*held: Standing) -> list[tuple[str, int, str | None]]:
    return [(one.pathway.id, one.number, one.side) for one in held]


def test_every_stage_that_holds_in_the_order_of_pathways() -> None:
    assert places(*standings(runner(*AT_MID, {"shape": "square", "side": "left"}))) == [("bare", 1, None), ("climb", 2, "left")]
    assert standings(runner({"colour": "blue"})) == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), [None, None]),
        ((TEN,), [True, None]),
        ((THIRTY,), [None, True]),
        (({"hop": 9, "side": "left"},), [False, None]),
        (({"hop": 10, "side": "right"},), [None, None]),
        (({"hop": 9, "side": "left"}, THIRTY), [False, True]),
    ],
)
def test_each_criterion_is_met_not_met_or_not_known_for_its_side(entries: Any, expected: list[bool | None]) -> None:
    (one,) = standings(runner(RED_LEFT, *entries))
    assert (one.number, one.side, met(one)) == (1, "left", expected)
    assert [criterion.question for criterion in one.to_pass] == ["Ten?", "How long?"]
    assert [criterion.text for criterion in one.to_pass] == ["10 hops.", "30 s."]


TOP = [
    "20 hops.",
    "Badge: gold.",
    "Not: badge: silver.",
    "Shape: round or shape: star.",
    "At least 2 of: link: bright red; link: blue; link: green.",
]


def test_what_the_next_stage_asks_for_is_a_criterion_in_words() -> None:
    (one,) = standings(runner(*AT_MID))
    assert [criterion.text for criterion in one.to_pass] == TOP
    assert [criterion.question for criterion in one.to_pass] == ["How many hops?", "", "", "", ""]


@pytest.mark.parametrize(
    ("entries", "answered", "expected"),
    [
        ((), (), [False, None, None, None, None]),
        ((), ("badge",), [False, False, True, None, None]),
        (({"badge": "gold"},), ("badge",), [False, True, True, None, None]),
        (({"badge": "silver"},), ("badge",), [False, False, False, None, None]),
        (({"shape": "star"},), (), [False, None, None, True, None]),
        (({"link": "red"}, {"link": "green"}), (), [False, None, None, None, True]),
        (({"link": "red"},), (), [False, None, None, None, None]),
    ],
)
def test_each_kind_of_condition_of_the_next_stage_is_judged_by_itself(
    entries: Any, answered: tuple[str, ...], expected: list[bool | None]
) -> None:
    situation = runner(*AT_MID, *entries, answered=answered)
    (one,) = standings(situation)
    assert met(one) == expected
    assert criteria(situation, one.pathway, 2, "left") == list(one.to_pass)
    assert criteria(situation, one.pathway, 2, "right")[0].met is None
    assert criteria(situation, one.pathway, 3, "left") == []


def test_the_last_stage_has_nothing_to_pass() -> None:
    everything = (*AT_MID, {"hop": 20, "side": "left"}, {"badge": "gold"}, {"shape": "round"}, {"link": "red"}, {"link": "blue"})
    (one,) = standings(runner(*everything, answered=("badge",)))
    assert (one.number, one.to_pass, one.open, one.next) == (3, (), (), None)
    assert one.stage.id == "top"


@pytest.mark.parametrize(("entries", "expected"), [((), None), (({"hop": 5, "side": "left"},), True), (({"hop": 4},), False)])
def test_a_last_stage_has_criteria_that_open_nothing_and_a_pathway_without_sides_takes_either(
    entries: Any, expected: bool | None
) -> None:
    (one,) = standings(runner({"signed": "yes"}, *entries))
    assert (places(one), met(one), one.open) == ([("solo", 1, None)], [expected], ())


@pytest.mark.parametrize(
    ("entries", "state", "question", "lacking"),
    [
        ((), None, "How many hops?", ["hop", "stand"]),
        (({"hop": 10},), None, "How long?", ["stand"]),
        (({"hop": 9},), False, "How many hops?", []),
        (({"hop": 10}, {"stand": 9}), False, "How many hops?", []),
    ],
)
def test_a_criterion_of_two_conditions_asks_for_the_one_that_lacks(
    entries: Any, state: bool | None, question: str, lacking: list[str]
) -> None:
    (one,) = standings(runner({"mood": "green"}, *entries))
    assert [(criterion.met, criterion.question) for criterion in one.to_pass] == [(state, question)]
    assert [lack.condition.kind for lack in one.open] == lacking


# --- sides ------------------------------------------------------------------------------------------------------------------


def test_sides_that_stand_alike_are_one_with_the_facts_of_both() -> None:
    (one,) = standings(runner(RED))
    assert places(one) == [("climb", 1, "both")]
    assert [fact.side for fact in one.facts] == ["left", "right"]
    assert len(one.open) == 4


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((TEN,), [("climb", 1, "left"), ("climb", 1, "right")]),
        ((TEN, THIRTY), [("climb", 1, "right"), ("climb", 2, "left")]),
    ],
)
def test_sides_that_differ_are_two(entries: Any, expected: Any) -> None:
    assert places(*standings(runner(RED, *entries))) == expected


# --- what is open and asked -------------------------------------------------------------------------------------------------


def test_what_is_open_names_its_condition_the_field_that_lacks_and_the_stage_it_opens() -> None:
    (one,) = standings(runner(RED_LEFT, TEN))
    assert [(lack.question, lack.condition.kind, lack.field, lack.opens) for lack in one.open] == [
        ("How long?", "stand", "", "climb/mid")
    ]


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ((), [""]),
        (({"mood": "red"},), ["shade"]),
        (({"mood": "blue"},), [""]),
        (({"mood": "blue"}, {"mood": "red"}), ["shade"]),
        (({"mood": "red", "shade": "dark"},), None),
        (({"mood": "red", "shade": "light"},), []),
    ],
)
def test_an_attribute_that_nobody_recorded_is_what_lacks(entries: Any, fields: list[str] | None) -> None:
    (one,) = [held for held in standings(runner({"shape": "square", "side": "left"}, *entries)) if held.pathway.id == "bare"]
    assert [lack.field for lack in one.open] == (fields or [])
    assert one.number == (2 if fields is None else 1)


def test_each_question_is_asked_once_and_none_for_a_test_that_is_stopped() -> None:
    situation = runner(RED)
    held = standings(situation)
    assert [one.question for one in open_criteria(held, situation)] == ["Ten?", "How long?"]
    assert [one.question for one in open_criteria(held, situation, GOES_ON)] == ["Ten?", "How long?"]
    assert [one.question for one in open_criteria(held, situation, Stopped((), {"impact": 1}))] == ["How long?"]
    assert [one.question for one in open_criteria(held, situation, Stopped((), {"impact": 2}))] == ["Ten?", "How long?"]
    (first, *_) = open_criteria(held, situation)
    assert first is held[0].open[0], "the first of the same"
    unasked = [Standing(held[0].pathway, 1, "left", (), (), tuple(_without_question(one) for one in held[0].open))]
    assert open_criteria(unasked, situation) == []


def _without_question(one: Any) -> Any:
    return type(one)("", one.condition, one.field, one.opens)


# --- as it is told ----------------------------------------------------------------------------------------------------------


def told(*entries: dict[str, Any], stopped: Stopped = GOES_ON, answered: tuple[str, ...] = ()) -> tuple[PathwayStage, ...]:
    situation = runner(*entries, answered=answered)
    allowed = "none" if stopped.running else "free"
    return pathway_stages(situation, standings(situation), stopped, cast(Any, allowed))


def sent(stops: str, urgency: str = "urgent") -> Stopped:
    referral = Referral(id="r/r", to="p", urgency=cast(Any, urgency), stops=cast(Any, stops), text="", because=(), to_name="")
    return Stopped((referral,), {})


def test_a_stage_is_told_whole() -> None:
    (one,) = told(RED_LEFT, TEN)
    assert (one.pathway, one.title, one.side, one.stage, one.stage_title, one.number, one.of) == (
        "climb",
        "Climb",
        "left",
        "low",
        "Low",
        1,
        3,
    )
    assert (one.running, one.plain) == ("none", "You are at low.")
    assert one.weeks == Range(cast(Any, 1), cast(Any, 2))
    assert one.to_pass == (
        Criterion(text="10 hops.", question="Ten?", met=True),
        Criterion(text="30 s.", question="How long?", met=None),
    )
    assert one.next == "Next is stage 2 of 3: mid. Before it: 30 s."
    assert one.retest == ("hops", "stands")
    assert [because.rule for because in one.because] == ["toy/climb-is-at-low"]


def test_what_is_next_says_what_is_open_only_where_something_is() -> None:
    (one,) = told({"shape": "square", "side": "left"}, {"mood": "red", "shade": "light"})
    assert one.next == "Next is stage 2 of 2: second. Before it: Red."
    assert one.running is None
    (last,) = told({"shape": "square", "side": "left"}, {"mood": "red", "shade": "dark"})
    assert (last.next, last.running, last.weeks, last.retest) == ("This is the last stage.", None, None, ())
    (two,) = told(RED_LEFT)
    assert two.next == "Next is stage 2 of 3: mid. Before it: 10 hops. 30 s."
    (both,) = told(RED)
    assert [because.rule for because in both.because] == ["toy/climb-is-at-low"]


@pytest.mark.parametrize(
    ("stopped", "running", "plain"),
    [
        (GOES_ON, "easy", "You are at mid."),
        (sent("running"), "none", ""),
        (sent("nothing"), "easy", "You are at mid."),
        (Stopped((), {}, running_waits=True), "none", ""),
    ],
)
def test_where_running_is_stopped_no_stage_says_otherwise(stopped: Stopped, running: str, plain: str) -> None:
    (one,) = told(*AT_MID, stopped=stopped)
    assert (one.running, one.plain) == (running, plain)
    (low,) = told(RED_LEFT, stopped=stopped)
    assert (low.running, low.plain) == ("none", "You are at low."), "there nobody runs anyway"


def test_where_everything_is_stopped_no_stage_is_told() -> None:
    assert told(*AT_MID, stopped=sent("all_exercise")) == ()


@pytest.mark.parametrize(
    ("stopped", "tests"),
    [
        (GOES_ON, ["hops", "stands"]),
        (Stopped((), {"impact": 1}), ["stands"]),
        (Stopped((), {"impact": 2}), ["hops", "stands"]),
        (sent("nothing", "emergency"), []),
        (sent("nothing", "same_day"), []),
        (sent("nothing", "urgent"), ["hops", "stands"]),
    ],
)
def test_a_test_that_asks_too_much_or_comes_before_a_referral_is_not_done_again(stopped: Stopped, tests: list[str]) -> None:
    situation = runner(RED_LEFT)
    assert list(retests(situation, standings(situation), stopped)) == tests
