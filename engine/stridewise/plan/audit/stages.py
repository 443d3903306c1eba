"""What the audit asks of the stages of pathways: none above what is met on record, none against a stop."""

from collections.abc import Iterator

from stridewise.plan.audit.known import NO_RUNNING, Known, Values, stops

SIDES = {"both": ("left", "right")}


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
    waits = any(item["fact"].get("running_waits") == "yes" for item in plan["conclusions"])
    if waits or stops(plan) & NO_RUNNING:
        yield from (f"{item['pathway']}/{item['stage']}" for item in plan["pathways"] if item["running"] not in ("none", None))
