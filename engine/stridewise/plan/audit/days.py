"""What the audit asks of days and stages: no run while running is stopped, no more than a cap allows, strength where it may
stand, no stage above what is met on record."""

from collections.abc import Iterator
from datetime import date, timedelta

from stridewise.plan.audit.known import NO_RUNNING, Known, Values, stops

SIDES = {"both": ("left", "right")}
RUNNING_TOTALS = {"weekly_distance": "running_km", "longest_run": "longest_run_km"}


def no_run_while_running_is_stopped(plan: Values, known: Known) -> Iterator[str]:
    """No run in the days, no kilometre in the weeks, no distance to hold; the race is no more than a date."""
    if not _is_running_stopped(plan):
        return
    yield from (item["metric"] for item in plan["load_adjustments"] if item["metric"] in RUNNING_TOTALS)
    for day in plan["schedule"]:
        if any(session["kind"] == "run" or session["title"] == "Race" for session in day["sessions"]):
            yield day["date"]
        if day["totals"] and any(day["totals"][name] for name in RUNNING_TOTALS.values()):
            yield f"week {day['week']}"


def _is_running_stopped(plan: Values) -> bool:
    waits = any(item["fact"].get("running_waits") == "yes" for item in plan["conclusions"])
    return waits or bool(stops(plan) & NO_RUNNING)


def runs_stay_within_their_caps(plan: Values, known: Known) -> Iterator[str]:
    """The longest run is no longer than its week; the first week holds no more than is run now or asked for."""
    weeks = [day for day in plan["schedule"] if day["totals"]]
    for day in weeks:
        week, longest = (day["totals"][name] for name in ("running_km", "longest_run_km"))
        if week is not None and longest is not None and longest > week:
            yield f"longest run of week {day['week']}"
    for item in plan["load_adjustments"] if weeks else ():
        name = RUNNING_TOTALS.get(item["metric"])
        most = max((item[end] for end in ("from", "to") if item[end] is not None), default=None)
        if name and most is not None and (weeks[0]["totals"][name] or 0) > most:
            yield f"{item['metric']} of week {weeks[0]['week']}"


def runs_fit_their_week(plan: Values, known: Known) -> Iterator[str]:
    """Weeks run from Monday to Sunday; the runs of the days are no longer than the week says, together and each."""
    for head in (day for day in plan["schedule"] if day["totals"]):
        days = [day for day in plan["schedule"] if day["week"] == head["week"]]
        first, last = (date.fromisoformat(days[place]["date"]) for place in (0, -1))
        if last - first > timedelta(days=6 - first.weekday()):
            yield f"days of week {head['week']}"
        for name, most in (("running_km", sum), ("longest_run_km", max)):
            held = [session["km"] for day in days for session in day["sessions"] if session.get("km")]
            if held and head["totals"][name] is not None and most(held) > head["totals"][name]:
                yield f"{name} of week {head['week']}"


def strength_keeps_off_clear_and_consecutive_days(plan: Values, known: Known) -> Iterator[str]:
    """Not on the days kept clear before a race, not on its day, never on two days running."""
    days = {
        date.fromisoformat(day["date"]): {session["kind"] for session in day["sessions"]}
        for day in plan["schedule"]
        if not day["outline"]
    }
    races = [day for day, kinds in days.items() if "race" in kinds]
    clear = {race - timedelta(days=before) for race in races for before in range(known.clear_days + 1)}
    for day, kinds in days.items():
        if "strength" in kinds and (day in clear or "strength" in days.get(day + timedelta(days=1), ())):
            yield str(day)


def no_stage_stands_above_an_unmet_criterion(plan: Values, known: Known) -> Iterator[str]:
    """Neither unmet nor unknown: what is not known is not met."""
    for item in plan["pathways"]:
        for side in SIDES.get(item["side"], (item["side"],)):
            if item["number"] > known.highest.get((item["pathway"], side), 0):
                yield f"{item['pathway']}/{item['stage']}"
        if not 1 <= item["number"] <= item["of"]:
            yield f"{item['pathway']}/{item['stage']}"


def no_stage_runs_while_running_is_stopped(plan: Values, known: Known) -> Iterator[str]:
    """What a referral or a conclusion stops, no stage allows."""
    if _is_running_stopped(plan):
        yield from (f"{item['pathway']}/{item['stage']}" for item in plan["pathways"] if item["running"] not in ("none", None))
