"""What holds for every plan, whoever the runner: vetoes, equipment, minutes, caps, spacing, ladders, red flags, and the order of
writing. A few hundred random runners in an ordinary run, thousands with STRIDEWISE_LONG=1."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import ASKED, HEAD, meaning, plan, session
from runners import Runner, runners, shuffled, terms, text
from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import BLOCKS, Exercise
from stridewise.language.exercise import ruled_out as position_ruled_out
from stridewise.plan.model import PlannedDay, PlannedSession, Prescription
from stridewise.planning.choice import MAIN_BLOCKS
from stridewise.planning.cover import NODE_CAP
from stridewise.planning.referrals import referrals
from stridewise.planning.room import WEIGHTS
from stridewise.planning.session_size import MAX_CONTACTS, session_size
from stridewise.planning.stops import STOPPED_DEMANDS
from stridewise.planning.vetoes import selects, unguided_pain
from stridewise.planning.week_pattern import KEY_RUNS
from stridewise.render.json import render_json
from stridewise.session import Session

pytestmark = pytest.mark.slow

MANY = 20 if os.environ.get("STRIDEWISE_LONG") == "1" else 1
MAX_IN_SESSION = 6
RACE_CLEAR_DAYS = 2
NO_HEAVY_DAYS = 7
SIX_REPS = 6
FEWER = Decimal("0.5")
SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def often(number: int) -> settings:
    """So many random runners, the same ones every time."""
    return settings(max_examples=number * MANY, deadline=None, database=None, derandomize=True, suppress_health_check=SUPPRESSED)


def greatest(amount: Amount | None) -> Decimal:
    return amount.max if isinstance(amount, Range) else amount if amount is not None else Decimal(1)


def least(amount: Amount) -> Decimal:
    return amount.min if isinstance(amount, Range) else amount


@dataclass(frozen=True)
class Made:
    """A runner's session with what the checks look up again and again."""

    held: Session

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        return dict(self.held.situation.program.exercises)

    @property
    def prescriptions(self) -> tuple[Prescription, ...]:
        return self.held.plan.prescriptions

    @property
    def main(self) -> list[Prescription]:
        return [one for one in self.prescriptions if one.block != "warm_up"]

    @cached_property
    def race_day(self) -> date | None:
        days = self.held.situation.number("days_to_race")
        return None if days is None else self.held.situation.intake.as_of + timedelta(int(days))

    def strength(self) -> Iterator[tuple[PlannedDay, PlannedSession]]:
        for day in self.held.plan.schedule:
            yield from ((day, one) for one in day.sessions if one.kind == "strength")

    def is_heavy_leg_work(self, name: str) -> bool:
        """Fewer than 8 repetitions against a bar, a bell or a machine, with the legs."""
        one = next(item for item in self.prescriptions if item.exercise == name)
        return bool(self.exercises[name].demand("lower_limb")) and is_heavy(one.dosage)

    def run_on(self, day: date) -> str:
        facts = self.held.situation.facts("training_day", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday()])
        return str(facts[0].get("session") or "") if facts else ""


def is_heavy(dosage: Dosage) -> bool:
    """Fewer than 8 repetitions against an outside load; work with body weight is the ladder's business."""
    weights = {"barbell", "trap_bar", "machine", "cable", "kettlebell", "dumbbell", "backpack"}
    return dosage.reps is not None and least(dosage.reps) < 8 and any(one.kind in weights for one in dosage.load)


def made(runner: Runner) -> Made:
    return Made(session(text(runner)))


# --- what may be prescribed -----------------------------------------------------------------------------------------


@given(runners())
@often(300)
def test_a_plan_holds_nothing_vetoed_undoable_unearned_or_too_much(runner: Runner) -> None:
    one = made(runner)
    nothing_vetoed(one)
    precautions_are_shown(one)
    doable_with_what_is_there(one)
    within_minutes_and_caps(one)
    on_the_earned_ladder(one)
    heavy_only_where_allowed(one)
    reductions_never_multiply(one)
    valid_json(one)
    spaced(one)
    soft_rules_break_with_a_reason(one)
    sessions_in_order(one)


def nothing_vetoed(one: Made) -> None:
    """No contraindication, no ban, no demand that a referral stops, no new load on a painful region without guidance."""
    held = one.held
    sent = referrals(held.situation.program.vocabulary, held.recommendations)
    stopped = {demand for referral in sent for demand in STOPPED_DEMANDS[referral.stops]}
    avoided = [item.what for item in held.recommendations.avoid if item.what.level == "contraindication"]
    unguided = {d for demands in unguided_pain(held.situation, held.recommendations).values() for d in demands}
    if any(referral.stops == "all_exercise" for referral in sent):
        assert not held.plan.prescriptions
        assert not held.plan.schedule
    for item in one.prescriptions:
        exercise = one.exercises[item.exercise]
        assert not [demand for demand in stopped if exercise.demand(demand)], item.exercise
        assert item.exercise not in held.situation.names("banned_exercise")
        for avoid in avoided:
            assert avoid.avoid != item.exercise
            assert isinstance(avoid.avoid, str) or not selects(avoid.avoid, exercise, held.situation.current), item.exercise
        assert exercise.id in held.situation.current or not [d for d in unguided if exercise.demand(d)], item.exercise


def precautions_are_shown(one: Made) -> None:
    """An exercise that a precaution speaks against is there only with the precaution among its reasons."""
    held = one.held
    for item in one.prescriptions:
        exercise = one.exercises[item.exercise]
        for avoid in held.recommendations.avoid:
            what = avoid.what
            selected = (
                what.avoid == item.exercise
                if isinstance(what.avoid, str)
                else selects(what.avoid, exercise, held.situation.current)
            )
            if what.level == "precaution" and selected:
                assert avoid.because.rule in {because.rule for because in item.because}, (item.exercise, avoid.because.rule)


def doable_with_what_is_there(one: Made) -> None:
    situation = one.held.situation
    for item in one.prescriptions:
        exercise = one.exercises[item.exercise]
        assert exercise.equipment_choice(situation.equipment) is not None, item.exercise
        assert position_ruled_out(exercise, situation.names("cannot")) is None, item.exercise


def within_minutes_and_caps(one: Made) -> None:
    """Each of the sessions that take turns holds no more exercises, minutes and ground contacts than its time allows."""
    size = session_size(one.held.situation)
    for name in ("A", "B"):
        inside = [item for item in one.prescriptions if name in item.session]
        main = [item for item in inside if item.block in MAIN_BLOCKS]
        assert len(main) <= size.exercises
        assert len(inside) - len(main) <= 2
        assert sum(one.exercises[i.exercise].minutes_per_set * greatest(i.dosage.sets) for i in main) <= size.minutes
        assert sum(contacts(one, item) for item in main) <= MAX_CONTACTS
    for _, planned in one.strength():
        assert (planned.minutes or 0) <= size.minutes


def contacts(one: Made, item: Prescription) -> Decimal:
    """Ground contacts of one exercise in a session, both sides included."""
    sides = 2 if item.dosage.per_side else 1
    return one.exercises[item.exercise].contacts_per_rep * greatest(item.dosage.reps) * greatest(item.dosage.sets) * sides


def on_the_earned_ladder(one: Made) -> None:
    for item in one.prescriptions:
        assert not one.exercises[item.exercise].gates or item.exercise in one.held.situation.names("earned"), item.exercise


def heavy_only_where_allowed(one: Made) -> None:
    if not one.held.situation.facts("heavy_allowed", "yes"):
        assert not [item.exercise for item in one.prescriptions if is_heavy(item.dosage)]


def reductions_never_multiply(one: Made) -> None:
    """One adjustment a metric and kind of value; sets reduced once, by the largest reduction."""
    held = one.held
    kinds = [(item.metric, item.to is None) for item in held.plan.load_adjustments]
    assert len(kinds) == len(set(kinds))
    changes = [item.change for item in held.plan.load_adjustments if item.metric == "strength_sets" and item.change[:1] == "-"]
    for item in one.prescriptions:
        factors = [1 + Decimal(change.rstrip("%")) / 100 for change in changes]
        if held.situation.facts("new_exercise_dose", "half") and item.exercise not in held.situation.current:
            factors.append(FEWER)
        factor = min(factors, default=Decimal(1))
        overrides = [p.what.dosage for p in held.recommendations.prescribe if p.what.prescribe == item.exercise and p.what.dosage]
        doses = [*one.exercises[item.exercise].dosage.values(), *overrides]
        most = max(max(1, int(greatest(dose.sets) * factor)) for dose in doses)
        assert item.heals or greatest(item.dosage.sets) <= (max(most, 3) if factor == 1 else most), item.exercise


def valid_json(one: Made) -> None:
    """Strict JSON, no NaN; its shape is the business of test_json_contract."""
    shown = json.loads(render_json([one.held.plan]), parse_constant=pytest.fail)
    assert shown["status"] == one.held.plan.status
    assert [item["exercise"] for item in shown["prescriptions"]] == [item.exercise for item in one.prescriptions]


# --- on which days ----------------------------------------------------------------------------------------------------


def spaced(one: Made) -> None:
    """Two clear days before the race, no heavy legs in its last seven days, never on consecutive days, never too often."""
    days = [date.fromisoformat(day.date) for day, _ in one.strength() if not day.outline]
    assert all((later - earlier).days > 1 for earlier, later in pairwise(days)), days
    limit = one.held.situation.number("sessions_per_week")
    for day in one.held.plan.schedule:
        if day.totals is not None:
            usual = 3 if any(item.heals for item in one.prescriptions) else 2
            assert day.totals.strength_sessions <= min(limit if limit is not None else usual, 3)
    if one.race_day is None or not one.held.plan.schedule:
        return
    for day, planned in one.strength():
        left = (one.race_day - date.fromisoformat(day.date)).days
        if not day.outline:
            assert left > RACE_CLEAR_DAYS
        if left < NO_HEAVY_DAYS:
            assert not [item.exercise for item in planned.exercises if one.is_heavy_leg_work(item.exercise)]


def soft_rules_break_with_a_reason(one: Made) -> None:
    """The day before a key run with leg work, a rest day, and the day of the long run only with what gave way. Where running is
    stopped, goes by minutes or became an easy run there is no key run to make room for."""
    modes = one.held.situation.names("running")
    waits = bool(one.held.situation.names("running_waits")) or not modes.isdisjoint({"none", "walk_run", "easy"})
    became = {day.date for day in one.held.plan.schedule for planned in day.sessions if planned.became}
    runs = not waits and all(referral.stops == "nothing" for referral in one.held.plan.referrals)
    works_legs = any(one.exercises[item.exercise].demand("lower_limb") > 1 for item in one.main)
    for day, planned in one.strength():
        if day.outline:
            continue
        when = date.fromisoformat(day.date)
        is_key = one.run_on(when + timedelta(1)) in KEY_RUNS and str(when + timedelta(1)) not in became
        before_key_run = runs and works_legs and is_key
        if before_key_run or (day.date not in became and one.run_on(when) in (("rest", "long") if runs else ("rest",))):
            assert planned.gave_way, day.date


def sessions_in_order(one: Made) -> None:
    """Days in order, blocks in order, only what is prescribed, the race last."""
    schedule = one.held.plan.schedule
    assert [day.date for day in schedule] == sorted({day.date for day in schedule})
    prescribed = {item.exercise for item in one.prescriptions}
    for day in schedule:
        for planned in day.sessions:
            blocks = [BLOCKS.index(item.block) for item in planned.exercises]
            assert blocks == sorted(blocks)
            assert {item.exercise for item in planned.exercises} <= prescribed
            assert planned.kind != "strength" or planned.exercises
    if one.race_day is not None and schedule and (one.race_day - one.held.situation.intake.as_of).days <= 52 * 7:
        assert any(planned.kind == "race" for planned in schedule[-1].sessions)


# --- what a change may do ---------------------------------------------------------------------------------------------


@given(runners(), st.sampled_from(terms("red_flags")))
@often(100)
def test_a_red_flag_adds_no_exercise_that_it_stops(runner: Runner, flag: str) -> None:
    before = {item.exercise for item in made(runner).prescriptions}
    flags = sorted({*runner["safety"]["red_flags"], flag})
    after = made(runner | {"safety": runner["safety"] | {"red_flags": flags}})
    sent = referrals(after.held.situation.program.vocabulary, after.held.recommendations)
    if any(referral.stops == "all_exercise" for referral in sent):
        assert not after.prescriptions
    stopped = {demand for referral in sent for demand in STOPPED_DEMANDS[referral.stops]}
    for name in {item.exercise for item in after.prescriptions} - before:
        assert not [demand for demand in stopped if after.exercises[name].demand(demand)], name


def covered(one: Made) -> int:
    """The weight of the wanted targets that some prescription serves."""
    wanted: dict[str, int] = {}
    for item in one.held.recommendations.train:
        wanted[item.what.target] = max(wanted.get(item.what.target, 0), WEIGHTS[item.what.priority])
    served = {target for item in one.prescriptions for target in item.targets}
    return sum(weight for target, weight in wanted.items() if target in served)


@given(runners(healthy=True), st.lists(st.sampled_from(terms("equipment_items")), min_size=1, max_size=4, unique=True))
@often(100)
def test_more_equipment_never_loses_a_target(runner: Runner, more: list[str]) -> None:
    """For runners who own every skill and have no minutes to keep: a gate or a clock may rule out what a new bar allows."""
    skills = [{"skill": name, "grade": "owned"} for name in ("hip_hinge", "goblet_squat", "single_leg_squat", "landing")]
    runner["findings"] = [item for item in runner["findings"] if "skill" not in item] + skills
    runner["constraints"].pop("minutes_per_session", None)
    runner["training"]["current_exercises"] = []
    constraints = runner["constraints"]
    equipped = runner | {"constraints": constraints | {"equipment": sorted({*constraints["equipment"], *more})}}
    assert covered(made(equipped)) >= covered(made(runner))


@given(runners(), st.integers(0, 1_000_000))
@often(80)
def test_the_order_of_writing_changes_nothing(runner: Runner, seed: int) -> None:
    assert meaning(plan(text(runner))) == meaning(plan(text(shuffled(runner, Random(seed)))))  # noqa: S311  # a reproducible order, no secret


@given(runners(healthy=True, equipment=[]))
@often(100)
def test_body_weight_alone_gives_a_usable_plan(runner: Runner) -> None:
    """Away from the last ten days, where nothing is new, and for a runner who can take every position."""
    runner.pop("race", None)
    runner["constraints"].pop("cannot", None)
    one = made(runner)
    if not any(referral.stops == "all_exercise" for referral in one.held.plan.referrals):
        assert one.prescriptions
        assert not one.main or any(True for _ in one.strength())


# --- and by name --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", sorted(set(terms("red_flags")) - {"cancer_history"}))
def test_no_red_flag_is_passed_over(flag: str) -> None:
    """Each leads to a referral; only a cancer in the past counts in a cluster alone (finucane-2020)."""
    flagged = f"{HEAD}findings: [weak glutes]\nsafety: {{screened: 2026-11-21, red_flags: [{flag}], par_q: {{any_yes: false}}}}\n"
    made_plan = plan(flagged)
    assert made_plan.referrals


def test_the_node_cap_is_far_away_for_a_rich_profile() -> None:
    weak = "\n".join(f"  - {{weakness: {muscle}}}" for muscle in terms("muscles"))
    faults = "\n".join(f"  - {{movement_fault: {fault}}}" for fault in terms("movement_faults"))
    made_plan = plan(f"{ASKED}findings:\n{weak}\n{faults}\n")
    assert not [notice for notice in made_plan.notices if "cut short" in notice], NODE_CAP
