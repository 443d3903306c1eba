"""Plans that a physiotherapist has read: what each holds, word by word, and the one thing each is there to show.

`tests/golden/NAME.yaml` is the profile, `NAME.plan.txt` the plan in short. STRIDEWISE_UPDATE_GOLDEN=1 writes them anew: read the
difference before you keep it."""

import os
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from plans import DAY, aside, plan, prescribed, swaps
from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage
from stridewise.plan.model import Plan, PlannedDay
from stridewise.render.plan_words import spoken_dosage

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = sorted(path.name.removesuffix(".plan.txt") for path in GOLDEN.glob("*.plan.txt"))
UPDATE = os.environ.get("STRIDEWISE_UPDATE_GOLDEN") == "1"


PROFILES = Path(__file__).parents[2] / "profiles"
EXAMPLES = sorted(path.stem for path in PROFILES.glob("*.yaml"))


def golden_plan(name: str) -> Plan:
    """The plan for a golden profile."""
    return plan((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"), as_of=DAY)


def summary(made: Plan) -> str:
    """A plan in short: what is decided, without texts that only explain it."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Plan) -> Iterator[str]:
    yield f"status: {made.status}"
    yield from _section("referrals", (f"{one.urgency}, stops {one.stops}: {one.id}" for one in made.referrals))
    yield from _section("warnings", (f"{one.level}: {one.id}" for one in made.warnings))
    yield from _section("swaps", (f"{one.avoid} -> {one.instead or 'nothing'} ({one.level})" for one in made.swaps))
    yield from _section("load", (f"{o.metric}: {o.from_} -> {o.to} {o.change} ({o.id})" for o in made.load_adjustments))
    yield from _section(
        "prescriptions",
        (
            line
            for one in made.prescriptions
            for line in (
                f"{one.block}: {one.exercise}, {one.side}, {'+'.join(one.session)}, for {', '.join(one.targets)}",
                f"    {spoken_dosage(one.dosage)}",
                f"    pain: {one.pain_limit}",
                *(f"    by {rule}" for rule in dict.fromkeys(because.rule for because in one.because)),
            )
        ),
    )
    yield from _section("now", (f"{one.exercise}: {one.verdict} {one.until or ''}".rstrip() for one in made.current))
    yield from _section("set aside", (f"{one.exercise or one.target}: {one.reason}" for one in made.set_aside))
    yield from _section("conflicts", (one.text for one in made.conflicts))
    yield from _section("schedule", _schedule(made))
    yield from _section("review", (str(made.review.date), *made.review.retest))


def _section(title: str, rows: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    rows = list(rows)
    yield f"{title}:{'' if rows else ' none'}"
    yield from (f"  {row}" for row in rows)


def _schedule(made: Plan) -> Iterator[str]:
    """Every day of the first two weeks that holds something; then equal weeks in one line."""
    yield from (_day(day) for day in made.schedule if not day.outline and day.sessions)
    for (phase, totals), group in groupby((day for day in made.schedule if day.totals), lambda day: (day.phase, day.totals)):
        weeks = [str(day.week) for day in group]
        assert totals is not None
        yield (
            f"week {'-'.join(dict.fromkeys((weeks[0], weeks[-1])))}, {phase}: {totals.running_km} km, longest "
            f"{totals.longest_run_km}, {totals.strength_sessions} sessions, {totals.sets} sets, {totals.contacts} contacts"
        )


def _day(day: PlannedDay) -> str:
    parts = [
        one.title
        + (f" ({', '.join(f'{e.exercise} x{e.sets}' for e in one.exercises)})" if one.exercises else "")
        + (" GAVE WAY" if one.gave_way else "")
        for one in day.sessions
    ]
    return f"{day.date}: {'; '.join(parts)}"


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_the_one_that_was_read(name: str) -> None:
    golden = GOLDEN / f"{name}.plan.txt"
    made = summary(golden_plan(name))
    if UPDATE:
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_plan_of_an_example_is_the_one_that_was_read(name: str) -> None:
    golden = GOLDEN / "examples" / f"{name}.plan.txt"
    made = summary(plan((PROFILES / f"{name}.yaml").read_text(encoding="utf-8"), as_of=DAY))
    if UPDATE:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(made, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == made, "read the plan, then write it anew with STRIDEWISE_UPDATE_GOLDEN=1"


def least_reps(made: Plan) -> dict[str, int]:
    """The fewest repetitions of a set, by exercise."""
    return {one.exercise: _least(one.dosage) for one in made.prescriptions if one.dosage.reps is not None}


def _least(dosage: Dosage) -> int:
    reps = dosage.reps
    assert reps is not None
    return int(reps.min if isinstance(reps, Range) else reps)


# --- what each is there to show -----------------------------------------------------------------------------------------


def test_thirty_months_of_strength_bring_heavy_sets() -> None:
    made = golden_plan("off_season_experienced")
    assert "trap_bar_deadlift" in prescribed(made)
    assert least_reps(made)["trap_bar_deadlift"] <= 6


def test_an_unknown_age_brings_no_heavy_sets_and_no_jumps() -> None:
    made = golden_plan("off_season_age_unknown")
    assert not {"trap_bar_deadlift", "pogo_hops"} & prescribed(made)
    assert made.missing[0].fact == {"age": "unknown"}


def test_a_novice_takes_sets_of_8_to_12() -> None:
    made = golden_plan("novice")
    assert all(least_reps(made)[one.exercise] >= 8 for one in made.prescriptions if one.block == "strength")


def test_strength_gets_less_as_the_race_comes_closer() -> None:
    sets = []
    for weeks in ("20_weeks", "8_weeks", "3_weeks", "1_week"):
        totals = golden_plan(f"race_in_{weeks}").schedule[0].totals
        assert totals is not None
        sets.append(totals.sets)
    assert sets == sorted(sets, reverse=True)
    assert sets[0] > sets[-1]


def test_three_weeks_before_the_race_the_familiar_lift_stays_with_fewer_sets() -> None:
    before, near = golden_plan("race_in_8_weeks"), golden_plan("race_in_3_weeks")
    assert "romanian_deadlift" in prescribed(near)
    sets = [next(one.dosage.sets for one in made.prescriptions if one.exercise == "romanian_deadlift") for made in (before, near)]
    assert sets[1] == 1
    assert sets[0] != sets[1]


def test_in_the_last_week_nothing_is_new() -> None:
    made = golden_plan("race_in_1_week")
    assert prescribed(made) <= {"romanian_deadlift", "split_squat", "single_leg_calf_raise", "plank"}


def test_twenty_minutes_on_the_floor_are_enough() -> None:
    made = golden_plan("short_sessions_no_equipment")
    assert len([one for one in made.prescriptions if one.block != "warm_up"]) >= 2
    assert all((one.minutes or 0) <= 20 for day in made.schedule for one in day.sessions)


def test_a_masters_runner_keeps_two_sessions_in_season() -> None:
    """In the first whole week: the one the plan is made in has two days left."""
    totals = next(day.totals for day in golden_plan("masters_runner").schedule if day.week == 2)
    assert totals is not None
    assert totals.strength_sessions == 2


def test_a_trail_runner_with_an_old_sprain_trains_one_leg() -> None:
    assert any(set(one.targets) & {"balance", "single_leg_control"} for one in golden_plan("trail_runner").prescriptions)


def test_a_kneecap_flare_spares_the_deep_squat_and_gets_no_tendon_programme() -> None:
    made = golden_plan("patellofemoral_flare")
    assert swaps(made)["goblet_squat"] == "glute_bridge"
    assert not [stage for one in made.prescriptions for stage in one.dosage.stages]
    assert all(one.pain_limit.startswith("up to 2") for one in made.prescriptions)


def test_achilles_pain_at_four_is_loaded_and_at_seven_gets_no_impact() -> None:
    four, seven = golden_plan("achilles_pain_4"), golden_plan("achilles_pain_7")
    for made, limit in ((four, "up to 5"), (seven, "up to 2")):  # an irritable tendon gets the lower limit
        assert {"standing_calf_raise" if made is seven else "single_leg_calf_raise", "bent_knee_calf_raise"} <= prescribed(made)
        calf = [one for one in made.prescriptions if set(one.targets) & {"calf_strength", "soleus_strength"}]
        assert all(one.pain_limit.startswith(limit) for one in calf)
    assert swaps(seven) == {"pogo_hops": None}
    assert four.status == "ready"
    assert not any("Running may" in warning.text for warning in seven.warnings)


def test_an_insertional_achilles_stays_on_flat_floor() -> None:
    made = golden_plan("insertional_achilles")
    assert swaps(made)["single_leg_calf_raise"] == "standing_calf_raise"
    assert "towel_calf_raise" in aside(made)


def test_a_strained_hamstring_is_kept_strong() -> None:
    made = golden_plan("hamstring_strain_history")
    assert any("hamstring_strength" in one.targets for one in made.prescriptions)


def test_after_birth_impact_waits_and_strength_does_not() -> None:
    made = golden_plan("postpartum_8_weeks")
    assert [one.stops for one in made.referrals] == ["impact"]
    assert len(made.prescriptions) >= 3


def test_at_fourteen_nothing_is_heavy() -> None:
    made = golden_plan("age_14")
    assert min(least_reps(made).values()) >= 8
    assert {load.how for one in made.prescriptions for load in one.dosage.load} <= {None, "light"}
    efforts = [one.dosage.effort for one in made.prescriptions if one.dosage.effort is not None]
    assert all(effort.how == "easy" or effort.left == Range(Decimal(4), Decimal(6)) for effort in efforts)


def test_osteoporosis_spares_the_bent_and_twisted_back() -> None:
    made = golden_plan("osteoporosis")
    assert swaps(made)["iron_cross"] == "knee_hug_crossover_lunge"
    assert swaps(made)["crunch"] == "dead_bug"
