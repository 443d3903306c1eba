"""Looking ahead with an invented calendar, each step by itself: how far the races are on a day, what the rules say then, and
which days they tell apart."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kit import BASICS, base_pack, facts_of, run, toy_pack
from stridewise.planning import outlook as ahead
from stridewise.planning.outlook import Ahead, Outlook
from stridewise.planning.situation import Situation
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.recommendation.reasons import Explainer

TODAY = date(2026, 11, 21)
NUMBER = {"open": True, "value": {"number": "km"}}
WORDS = {
    "kinds": {
        "days_to_race": {"computed": True, "value": {"number": "days"}},
        "weeks_to_race": {"computed": True, "value": {"number": "weeks"}},
        "weeks_since_race": {"computed": True, "value": {"number": "weeks"}},
        "weekly_distance": NUMBER,
        "longest_run": NUMBER,
        "planned_longest_run": NUMBER,
        "usual_week": NUMBER,
        "unread": NUMBER,
        "phase": {"derived": True, "value": {"terms": "phases"}},
        "race_window": {"derived": True, "value": {"terms": "windows"}},
        "countdown": {"derived": True, "value": {"number": "days"}},
        "week_share": {"derived": True, "value": {"number": "percent"}},
    },
    "terms": {
        "phases": {"base": {}, "taper": {}, "recovery": {}},
        "windows": {"clear_days": {}, "easy_days": {}},
        "load_metrics": {"longest_run": {}, "strength_sets": {}, "strength_load": {}},
    },
}


def rule(name: str, when: list[Any], *then: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "when": when, "then": list(then), **BASICS, **more}


def conclude(**values: Any) -> dict[str, Any]:
    return {"conclude": values}


CALENDAR = (
    rule("base", [{"days_to_race": "> 14"}], conclude(phase="base")),
    rule("taper", [{"days_to_race": "<= 14"}, {"absent": {"phase": "recovery"}}], conclude(phase="taper")),
    rule("clear", [{"weeks_to_race": "< 0.4"}], conclude(race_window="clear_days")),
    rule("share", [{"days_to_race": "3..7"}, {"colour": "red"}], conclude(week_share=60)),
    rule("less", [{"weeks_to_race": "<= 1"}], {"adjust": "weekly_distance", "by": "-50%", "text": "Less."}),
    rule("cap", [{"days_to_race": "any"}], {"adjust": "longest_run", "at_most": "110% of usual_week", "text": "Cap."}),
    rule("recovers", [{"weeks_since_race": "< 2"}], conclude(phase="recovery")),
    rule("other", [{"unread": "any"}], conclude(ready="yes")),
)


@cache
def built(*names: str) -> Program:
    more = {"kept": (), "uses": (USES,), "concludes": (CONCLUDES,), "quotes": (QUOTES,), "joins": (JOINS,)}
    rules = [*CALENDAR, *(one for name in names for one in more[name])]
    with TemporaryDirectory(prefix="stridewise-ahead-") as folder:
        pack = toy_pack(Path(folder) / "toy", rules, {"vocabulary/own.yaml": WORDS})
        return build_program([base_pack(Path(folder)), pack], without_safety=True)


USES = rule("uses", [{"colour": "blue"}], {"adjust": "strength_load", "at_most": "100% of days_to_race", "text": "So."})
CONCLUDES = rule("concludes", [{"days_to_race": "$days"}], conclude(countdown="$days"), conclude(phase="base"))
QUOTES = rule("quotes", [{"days_to_race": "$days"}], conclude(phase="base"), because="{days} days.")
JOINS = rule("joins", [{"weeks_to_race": "$n"}, {"weeks_since_race": "$n"}], conclude(phase="base"))


def look(*entries: dict[str, Any], answered: tuple[str, ...] = (), program: Program | None = None) -> Ahead:
    """For a runner of whom this is recorded today. The program remembers nothing of another test."""
    fresh = replace(program or built(), cache={})
    facts = facts_of(*entries, vocabulary=fresh.vocabulary)
    memory = run(fresh, facts, answered)
    intake = SimpleNamespace(as_of=TODAY, facts=facts, answered=frozenset(answered))
    return Ahead(Situation(fresh, cast(Any, intake), memory, Explainer(fresh, memory)))


def race(days: float) -> tuple[dict[str, Any], ...]:
    return ({"days_to_race": days}, {"weeks_to_race": str(round(Decimal(str(days)) / 7, 4))})


def on(one: Ahead, days: int) -> Outlook:
    return one.on(TODAY + timedelta(days))


def told(outlook: Outlook) -> tuple[Any, ...]:
    adjusted = [(one.metric, one.from_, one.to, one.change) for one in outlook.adjustments]
    return outlook.phase, set(outlook.windows), outlook.memory.value("week_share"), adjusted


# --- how far the races are ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "days", "clock"),
    [
        (race(21), 0, {"days_to_race": 21, "weeks_to_race": 3}),
        (race(21), 14, {"days_to_race": 7, "weeks_to_race": 1}),
        (race(21), 21, {"days_to_race": 0, "weeks_to_race": 0}),
        (({"weeks_since_race": 1},), 14, {"weeks_since_race": 3}),
        (
            (*race(14), {"weeks_since_race": "0.5"}),
            7,
            {"days_to_race": 7, "weeks_to_race": 1, "weeks_since_race": Decimal("1.5")},
        ),
        ((), 7, {}),
    ],
)
def test_the_clock_goes_on_day_by_day(entries: Any, days: int, clock: dict[str, Any]) -> None:
    assert look(*entries).clock(TODAY + timedelta(days)) == clock


# --- what the rules say then ----------------------------------------------------------------------------------------------


HALF = ("weekly_distance", 40, 20, "-50%")
RUNS = ({"weekly_distance": 40}, {"usual_week": 20}, {"longest_run": 15})
CAP = ("longest_run", None, 22, "")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, ("base", set(), None, [CAP])),
        (5, ("base", set(), None, [CAP])),
        (6, ("taper", set(), None, [CAP])),
        (12, ("taper", set(), None, [CAP])),
        (13, ("taper", set(), None, [CAP, HALF])),
        (17, ("taper", set(), None, [CAP, HALF])),
        (18, ("taper", {"clear_days"}, None, [CAP, HALF])),
        (20, ("taper", {"clear_days"}, None, [CAP, HALF])),
    ],
)
def test_each_day_is_as_the_rules_see_it_then(days: int, expected: Any) -> None:
    """A cap above what is run now is kept: on a later day it may matter."""
    assert told(on(look(*race(20), *RUNS), days)) == expected


def test_what_else_is_recorded_is_as_it_is_today() -> None:
    one = look(*race(10), *RUNS, {"colour": "red", "side": "left"})
    assert [on(one, days).memory.value("week_share") for days in (2, 3, 7, 8)] == [None, 60, 60, None]
    assert on(one, 3).memory.values("weekly_distance") == {40}
    assert on(one, 3).memory.values("days_to_race") == {7}


def test_facts_that_no_rule_of_the_calendar_reads_are_left_out() -> None:
    later = on(look(*race(10), {"unread": 5}, {"planned_longest_run": 9}), 3).memory
    assert later.values("unread") == later.values("ready") == frozenset()
    assert later.values("planned_longest_run") == {9}
    assert {one.rule.id for one in later.activations} <= {f"toy/{written['id']}" for written in CALENDAR} - {"toy/other"}


def test_answers_count_on_later_days_too() -> None:
    asks = rule("asks", [{"days_to_race": "any"}, {"absent": {"badge": "gold"}}], conclude(race_window="easy_days"))
    with TemporaryDirectory(prefix="stridewise-ahead-") as folder:
        pack = toy_pack(Path(folder) / "toy", [asks], {"vocabulary/own.yaml": WORDS})
        program = build_program([base_pack(Path(folder)), pack], without_safety=True)
    assert on(look(*race(10), answered=("badge",), program=program), 3).windows == {"easy_days"}
    assert on(look(*race(10), program=program), 3).windows == frozenset()


def test_a_cap_that_nothing_reaches_today_is_kept_for_a_later_day() -> None:
    one = look(*race(20), {"usual_week": 20}, {"planned_longest_run": 15})
    assert [told(on(one, days))[3] for days in (0, 9)] == [[CAP]] * 2


def test_recovery_ends_by_itself() -> None:
    one = look({"weeks_since_race": 1})
    assert [on(one, days).phase for days in (0, 6, 7, 8)] == ["recovery", "recovery", "", ""]
    both = look(*race(10), {"weeks_since_race": 1})
    assert [on(both, days).phase for days in (0, 6, 7)] == ["recovery", "recovery", "taper"]


def test_today_is_read_from_what_was_inferred_of_today() -> None:
    one = look(*race(20))
    assert on(one, 0).memory is one.situation.memory
    assert on(one, 1).memory is one.situation.memory, "no rule can tell tomorrow from today"
    assert on(one, 6).memory is not one.situation.memory
    first_later = look(*race(20))
    assert on(first_later, 6).memory is not first_later.situation.memory


def test_without_any_race_every_day_is_as_today() -> None:
    one = look({"weekly_distance": 40})
    assert on(one, 9) is on(one, 0)
    assert on(one, 9).memory is one.situation.memory
    assert told(on(one, 9)) == ("", set(), None, [])


def test_of_a_later_day_nobody_reads_why() -> None:
    (cap, less) = on(look(*race(8), *RUNS), 1).adjustments
    assert [(because.rule, because.text) for because in (*cap.because, *less.because)] == [("toy/cap", ""), ("toy/less", "")]
    assert (cap.text, less.text) == ("", "")


# --- which days are told apart --------------------------------------------------------------------------------------------


def test_days_that_no_rule_can_tell_apart_are_inferred_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    real = ahead.infer_anew
    monkeypatch.setattr(ahead, "infer_anew", lambda *given: calls.append(given) or real(*given))
    one = look(*race(21), *RUNS)
    days = [on(one, number) for number in range(22)]
    assert len({id(day) for day in days}) == len(one.seen) == 4  # up to 15 days before, up to 8, up to 3, and the last
    assert len(calls) == len(one.seen) - 1
    assert all(on(one, number) is day for number, day in enumerate(days))
    assert set(one.days) == {TODAY + timedelta(number) for number in range(22)}


@pytest.mark.parametrize(
    ("names", "apart"), [((), False), (("uses",), True), (("concludes",), True), (("quotes",), False), (("joins",), True)]
)
def test_days_are_kept_apart_where_a_rule_uses_the_number(names: tuple[str, ...], apart: bool) -> None:
    """Not where a text alone quotes it."""
    one = look(*race(30), {"weeks_since_race": 10}, program=built(*names))
    assert (on(one, 1) is not on(one, 2)) is apart


def test_what_was_worked_out_of_whole_days_is_known_to_the_program_and_nothing_else() -> None:
    one = look(*race(20))
    for days in range(3):
        on(one, days)
    known = ahead._known_passed(one.program)
    assert sorted(known) == [18, 19, 20]
    for entries in (race(20.5), (*race(20), {"weeks_since_race": 1}), ({"weeks_since_race": 1},), ()):
        other = look(*entries)
        on(other, 1)
        assert ahead._known_passed(other.program) == {}


def test_the_same_distance_gives_the_same_days_to_the_next_runner() -> None:
    one = look(*race(20))
    on(one, 1)
    ahead._known_passed(one.program)[next(iter(ahead._known_passed(one.program)))] = "kept"
    other = Ahead(one.situation)
    on(other, 1)
    assert set(other.seen) == {"kept"}


def test_the_rules_of_the_calendar_alone_are_asked() -> None:
    assert {one.id.removeprefix("toy/") for one in look().program.rules} == {
        "base",
        "taper",
        "clear",
        "share",
        "less",
        "cap",
        "recovers",
    }
