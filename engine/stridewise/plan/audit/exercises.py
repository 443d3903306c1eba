"""What the audit asks of the exercises: nothing forbidden, no section against another, doses that can be done."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stridewise.plan.audit.known import NO_EXERCISE, Known, Values, prescribed, scheduled, stops

BETWEEN_STEPS = re.compile(r"Then: |Once ready: |hurts: | or |\.")  # around the exercises that a next or easier step names
MEASURES = ("reps", "hold_s", "distance_m")


def nothing_forbidden_is_prescribed(plan: Values, known: Known) -> Iterator[str]:
    """Neither prescribed, nor in the days, nor swapped in."""
    asked = {*prescribed(plan), *scheduled(plan), *(swap["instead"] for swap in plan["swaps"] if swap["instead"])}
    yield from (name for name in asked if known.forbids(plan, name) or name in known.locked)


def no_step_is_forbidden(plan: Values, known: Known) -> Iterator[str]:
    """Neither the next harder nor the easier exercise that a text names."""
    by_name = {text: name for name, text in known.names.items()}
    for item in plan["prescriptions"]:
        words = BETWEEN_STEPS.split(f"{item['progression']}.{item['regression']}")
        yield from (by_name[text] for text in words if text in by_name and known.forbids(plan, by_name[text]))


def sections_name_the_same_exercises(plan: Values, known: Known) -> Iterator[str]:
    """Each once; what is in the days or swapped in is prescribed, what is swapped out or set aside is not."""
    there = set(prescribed(plan))
    yield from (name for name in there if prescribed(plan).count(name) > 1)
    yield from set(scheduled(plan)) - there
    yield from {swap["instead"] for swap in plan["swaps"] if swap["instead"]} - there
    yield from {swap["avoid"] for swap in plan["swaps"]} & there
    yield from {item["exercise"] for item in plan["set_aside"] if "exercise" in item} & there


def companions_are_planned_or_told(plan: Values, known: Known) -> Iterator[str]:
    """What a rule wants wherever something else is planned is there too, or set aside with a reason."""
    there = prescribed(plan)
    told = {*there, *(item["exercise"] for item in plan["set_aside"] if "exercise" in item)}
    for companion in known.companions:
        if companion.exercise not in told and any(known.is_due(companion, planned) for planned in there):
            yield companion.exercise


def doses_can_be_done(plan: Values, known: Known) -> Iterator[str]:
    """Positive numbers, one measure, and equipment that is at hand."""
    for item in plan["prescriptions"]:
        dose = item["dosage"]
        measured = [name for name in MEASURES if dose.get(name) is not None]
        numbers = [_least(dose[name]) for name in ("sets", "sessions_per_week", *measured) if dose.get(name) is not None]
        at_hand = any(known.equipment.issuperset(kit) for kit in known.kits[item["exercise"]] or [()])
        if len(measured) != 1 or min(numbers) <= 0 or not at_hand:
            yield item["exercise"]
    for day in plan["schedule"]:
        yield from (item["exercise"] for session in day["sessions"] for item in session["exercises"] if item["sets"] <= 0)


def no_load_is_heavy_where_heavy_is_ruled_out(plan: Values, known: Known) -> Iterator[str]:
    """No heavy lifting means no heavy weight in any exercise."""
    is_ruled_out = any(veto.demand == "heavy_load" and veto.above <= 1 and not veto.only_new for veto in known.ruled_out)
    for item in plan["prescriptions"] if is_ruled_out else ():
        steps = [item["dosage"].get("loading") or {}, *item["dosage"].get("stages", ())]
        if any(step.get("how") == "heavy" for step in steps):
            yield item["exercise"]


def _least(amount: Any) -> float:
    return float(amount["min"] if isinstance(amount, Mapping) else amount)


def current_exercises_have_one_verdict(plan: Values, known: Known) -> Iterator[str]:
    """What goes on is allowed; what is paused or stopped is not prescribed."""
    if "current" not in plan:
        return
    told = [item["exercise"] for item in plan["current"]]
    yield from known.current ^ set(told)
    yield from (name for name in told if told.count(name) > 1)
    for item in plan["current"]:
        name, goes_on = item["exercise"], item["verdict"] in ("keep", "change")
        is_stopped = known.forbids(plan, name) or NO_EXERCISE in stops(plan)
        if (goes_on and is_stopped) or (not goes_on and name in prescribed(plan)):
            yield name
