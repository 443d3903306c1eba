"""Each number of a running policy by itself: where several rules speak the most cautious holds, and what a rule leaves unsaid has
the value that stands here once more."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

import pytest

from situations import Said, adjusted, outlook_of, situation_of
from stridewise.plan.model import LoadAdjustment
from stridewise.planning.outlook import Outlook
from stridewise.planning.running.growth import Load
from stridewise.planning.running.pain import just_under, pain_caps
from stridewise.planning.running.policy import DayPolicy, Policy, day_policy, read_policy, running_mode, with_asked_for
from stridewise.planning.running.weeks import Week
from stridewise.planning.stops import Stopped

GOES_ON = Stopped((), {})
WAITS = Stopped((), {}, running_waits=True)


class _AllStopped(Stopped):
    """All exercise is stopped, running not by name."""

    everything = True  # type: ignore[assignment]
    running = False  # type: ignore[assignment]


def policy(stopped: Stopped = GOES_ON, **said: Iterable[Any]) -> Policy:
    return read_policy(situation_of(said), stopped)


def changed(one: Policy, other: Policy) -> dict[str, Any]:
    """The fields of a policy that are not as in another one."""
    return {name: getattr(one, name) for name in Policy.__dataclass_fields__ if getattr(one, name) != getattr(other, name)}


SILENT = Policy(
    mode="free",
    base=None,
    longest=None,
    cut=Decimal(0),
    longest_cut=Decimal(0),
    pain_free=None,
    quiet_weeks=Decimal(0),
    regrowth=Decimal(0),
    target=None,
    step=Decimal(0),
    lighter_every=None,
    lighter=Decimal(1),
    of_week=None,
    of_week_from=Decimal(0),
)


def test_where_no_rule_speaks_all_is_as_it_is_run_now() -> None:
    assert policy() == SILENT


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"running_cut": [20, 50]}, "cut", "0.5"),
        ({"longest_cut": [30, 10]}, "longest_cut", "0.3"),
        ({"quiet_weeks": [1, 2]}, "quiet_weeks", 2),
        ({"regrowth": [10, 5]}, "regrowth", "0.05"),
        ({"build_target": [30, 24]}, "target", 24),
        ({"build_step": [10, 8]}, "step", "0.08"),
        ({"cut_back_every": [4, 3]}, "lighter_every", 3),
        ({"cut_back_share": [80, 70]}, "lighter", "0.7"),
        ({"longest_of_week": [35, 30]}, "of_week", "0.3"),
        ({"longest_of_week_from": [40, 20]}, "of_week_from", 20),
        ({"pain_free_run": [5, 4]}, "pain_free", 4),
        ({"running": ["easy", "walk_run", "limited"]}, "mode", "walk_run"),
        ({"weekly_distance": [40]}, "base", 40),
        ({"longest_run": [12]}, "longest", 12),
        ({"planned_longest_run": [14]}, "longest", 14),
        ({"running_base": [25]}, "base", 25),
    ],
)
def test_of_several_rules_the_most_cautious_holds_and_changes_nothing_else(said: Said, field: str, value: Any) -> None:
    expected = value if field == "mode" else Decimal(value)
    assert changed(policy(**said), SILENT) == {field: expected}


def test_the_base_that_a_rule_concludes_stands_before_what_is_recorded() -> None:
    assert policy(running_base=[0], weekly_distance=[40]).base == 0


@pytest.mark.parametrize(
    ("said", "longest"),
    [
        ({"planned_longest_run": [8], "longest_run": [12]}, 8),  # nothing grows: what is planned goes on
        ({"planned_longest_run": [8], "longest_run": [12], "build_step": [10]}, 12),
        ({"planned_longest_run": [8], "longest_run": [0], "build_step": [10]}, 0),
        ({"planned_longest_run": [8], "build_step": [10]}, 8),
        ({"planned_longest_run": [0], "longest_run": [12]}, 0),
        ({"longest_run": [12], "build_step": [10]}, 12),
    ],
)
def test_the_longest_run_is_what_is_planned_unless_running_is_built_up(said: Said, longest: int) -> None:
    assert policy(**said).longest == longest


@pytest.mark.parametrize(
    ("said", "km"),
    [
        ({"pain_free_minutes": [30, 20], "pace": [5]}, 4),
        ({"pain_free_minutes": [20], "minutes_a_km": [5, 8]}, "2.5"),
        ({"pain_free_minutes": [20], "pace": [4], "minutes_a_km": [8]}, 5),
        ({"pain_free_minutes": [20]}, None),
        ({"pace": [5]}, None),
        ({"pain_free_minutes": [0], "pace": [5]}, 0),
        ({"pain_free_minutes": [20], "pace": [5], "pain_free_run": [3]}, 3),
        ({"pain_free_minutes": [10], "pace": [5], "pain_free_run": [3]}, 2),
    ],
)
def test_minutes_without_pain_count_by_the_pace_and_the_shorter_distance_holds(said: Said, km: Any) -> None:
    assert policy(**said).pain_free == (None if km is None else Decimal(km))


@pytest.mark.parametrize("stopped", [WAITS, _AllStopped((), {})], ids=["running", "everything"])
def test_what_is_stopped_is_not_run_whatever_a_rule_allows(stopped: Stopped) -> None:
    assert running_mode(situation_of({"running": ["free"]}), stopped) == policy(stopped, running=["free"]).mode == "none"


@pytest.mark.parametrize("mode", ["none", "walk_run", "easy", "limited", "free"])
def test_only_free_running_grows(mode: str) -> None:
    held = policy(running=[mode, "free"])
    assert held.mode == mode
    assert held.grows is (mode == "free")


# --- what a rule asks for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "adjustment", "base"),
    [
        ({"weekly_distance": [40]}, adjusted("weekly_distance", 44), 44),
        ({"weekly_distance": [40]}, adjusted("weekly_distance", 40), 40),
        ({"weekly_distance": [40]}, adjusted("weekly_distance", 30), 40),  # less is a cap of its day, no other base
        ({"weekly_distance": [40]}, adjusted("weekly_distance", 44, from_=None), 40),  # a cap alone asks for nothing
        ({"weekly_distance": [40]}, adjusted("weekly_distance", None), 40),
        ({"weekly_distance": [40]}, adjusted("longest_run", 44), 40),
        ({"weekly_distance": [40], "running": ["limited"]}, adjusted("weekly_distance", 44), 40),
        ({}, adjusted("weekly_distance", 44), None),
    ],
)
def test_more_is_run_only_where_a_rule_asks_for_it_and_running_may_grow(
    said: Said, adjustment: LoadAdjustment, base: int | None
) -> None:
    before = policy(**said)
    after = with_asked_for(before, outlook_of(adjustment))
    assert changed(after, before) == ({} if base == before.base else {"base": base})
    assert after.base == base


# --- one day ------------------------------------------------------------------------------------------------------------

USUAL_DAY = DayPolicy(
    phase="base",
    week_share=Decimal(1),
    longest_share=Decimal(1),
    longest_at_most=None,
    week_at_most=None,
    hard_waits=False,
    long_waits=False,
)


@pytest.mark.parametrize(
    ("day", "changes"),
    [
        (outlook_of(), {}),
        (outlook_of(phase="taper"), {"phase": "taper"}),
        (outlook_of(week_share=[80, 60]), {"week_share": Decimal("0.6")}),
        (outlook_of(longest_share=[80, 50]), {"longest_share": Decimal("0.5")}),
        (outlook_of(longest_at_most=[12, 10]), {"longest_at_most": 10}),
        (outlook_of(adjusted("longest_run", 9)), {"longest_at_most": 9}),
        (outlook_of(adjusted("longest_run", 9), longest_at_most=[12]), {"longest_at_most": 9}),
        (outlook_of(adjusted("longest_run", 14), longest_at_most=[12]), {"longest_at_most": 12}),
        (outlook_of(adjusted("longest_run", None)), {}),
        (outlook_of(adjusted("weekly_distance", 30)), {"week_at_most": 30}),
        (outlook_of(adjusted("weekly_distance", 0)), {"week_at_most": 0}),
        (outlook_of(hard_runs_wait=["yes"]), {"hard_waits": True}),
        (outlook_of(hard_runs_wait=["no"]), {}),
        (outlook_of(adjusted("hard_sessions", 0)), {"hard_waits": True}),
        (outlook_of(adjusted("hard_sessions", 1)), {}),
        (outlook_of(long_runs_wait=["yes"]), {"long_waits": True}),
        (outlook_of(long_runs_wait=["no"]), {}),
    ],
)
def test_a_day_is_as_cautious_as_its_strictest_rule(day: Outlook, changes: dict[str, Any]) -> None:
    found = day_policy(day)
    fields = DayPolicy.__dataclass_fields__
    assert {name: getattr(found, name) for name in fields if getattr(found, name) != getattr(USUAL_DAY, name)} == changes


def test_nothing_is_run_on_a_day_that_is_not_open() -> None:
    assert day_policy(outlook_of(week_share=[80]), is_open=False).week_share == 0


@pytest.mark.parametrize(("most", "km", "allowed"), [(None, 12, 12), (9.7, 12, 9), (9.7, 5, 5), (9, 9, 9), (0, 5, 0)])
def test_a_day_allows_whole_kilometres(most: Any, km: int, allowed: int) -> None:
    day = day_policy(outlook_of(**({} if most is None else {"longest_at_most": [most]})))
    assert day.within(Decimal(km)) == allowed


# --- pain ---------------------------------------------------------------------------------------------------------------

WHOLE, BEGUN = 7, 4


def capped(held: Policy, *lengths: int) -> list[tuple[float | None, float | None]]:
    """Week and longest run of weeks that have so many days."""
    weeks = [Week(number, cast(Any, (None,) * length), ()) for number, length in enumerate(lengths, 1)]
    return [
        (None if one.km is None else float(one.km), None if one.longest is None else float(one.longest))
        for one in pain_caps(held, weeks)
    ]


HURTS: Said = {"running": ["limited"], "weekly_distance": [40], "longest_run": [20]}
CUT: Said = {**HURTS, "running_cut": [50], "longest_cut": [20], "regrowth": [10], "quiet_weeks": [2]}


@pytest.mark.parametrize(
    ("said", "lengths", "caps"),
    [
        ({**HURTS, "running": ["free"]}, (WHOLE, WHOLE), [(None, None)] * 2),
        (HURTS, (WHOLE, WHOLE), [(40, 20)] * 2),  # within its limit: nothing grows
        (CUT, (WHOLE,) * 4, [(20, 16), (20, 16), (22, 17.6), (24.2, 19.36)]),
        (CUT, (BEGUN, WHOLE, WHOLE, WHOLE), [(20, 16), (20, 16), (20, 16), (22, 17.6)]),  # a week that has begun is no quiet one
        ({**CUT, "regrowth": [100]}, (WHOLE,) * 4, [(20, 16), (20, 16), (40, 20), (40, 20)]),  # never above what is run now
        ({**CUT, "pain_free_run": [6]}, (WHOLE,) * 3, [(20, 5), (20, 5), (22, 5.5)]),
        ({**CUT, "pain_free_run": [30]}, (WHOLE,), [(20, 20)]),
        ({"running": ["free"], "weekly_distance": [40], "pain_free_run": [6]}, (WHOLE, WHOLE), [(40, 5), (40, 5)]),
        ({"running": ["limited"]}, (WHOLE,), [(None, None)]),
        ({"running": ["limited"], "pain_free_run": [6]}, (WHOLE,), [(None, 5)]),
        ({"running": ["limited"], "weekly_distance": [40]}, (WHOLE,), [(40, None)]),
    ],
)
def test_pain_leaves_less_for_the_quiet_weeks_then_small_steps_back(
    said: Said, lengths: tuple[int, ...], caps: list[tuple[float | None, float | None]]
) -> None:
    assert capped(policy(**said), *lengths) == caps


@pytest.mark.parametrize(("km", "left"), [("5", 4), ("4.2", 4), ("0.5", 0), ("0", 0), ("1", 0)])
def test_a_run_ends_a_whole_kilometre_before_the_pain(km: str, left: int) -> None:
    assert just_under(Decimal(km)) == left


def test_no_week_no_cap() -> None:
    assert pain_caps(SILENT, []) == []
    assert pain_caps(SILENT, [Week(1, (), ())]) == [Load(None, None)]
