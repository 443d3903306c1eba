"""What the audit asks of the words: the status, the warnings, the pain limits and the tests say what the referrals say."""

import re
from collections.abc import Iterator

from stridewise.plan.audit.known import NO_EXERCISE, Known, Values, stops

PAIN_LIMITS = {"none_at_all": 0, "up_to_two": 2, "up_to_five": 5}
USUAL_LIMIT = 2
EVERYWHERE = None
Limits = dict[str | None, int]


def status_follows_the_referrals(plan: Values, known: Known) -> Iterator[str]:
    """ "Refer first" exactly where a referral comes first."""
    first = any(map(_comes_first, plan["referrals"]))
    if plan["status"] != ("refer_first" if first else "ready"):
        yield plan["status"]


def _comes_first(referral: Values) -> bool:
    at_once = referral["urgency"] in ("emergency", "same_day")
    return at_once or referral["stops"] == NO_EXERCISE or (referral["urgency"] == "urgent" and referral["stops"] != "nothing")


def nothing_is_asked_beside_a_stop_of_all_exercise(plan: Values, known: Known) -> Iterator[str]:
    """No prescription, no day, no stand-in, no load to hold."""
    if NO_EXERCISE in stops(plan):
        yield from (part for part in ("prescriptions", "schedule", "load_adjustments", "pathways") if plan[part])
        yield from (swap["instead"] for swap in plan["swaps"] if swap["instead"])


def critical_warnings_are_shown(plan: Values, known: Known) -> Iterator[str]:
    """None is lost to the cap; told by the rule that warns."""
    shown = {because["rule"] for warning in plan["warnings"] for because in warning["because"]}
    yield from set(known.critical) - shown


def only_what_may_be_is_acknowledged(plan: Values, known: Known) -> Iterator[str]:
    """By name and reason, on a day that has been, and neither critical nor resting on a red flag or a sign."""
    for item in plan.get("acknowledged", ()):
        rules = {item["id"], *(because["rule"] for because in item["because"]), *item["id"].split(" + ")}
        is_signed = item["by"].strip() and item["reason"].strip() and item["date"] <= plan["as_of"]
        if not is_signed or item["level"] == "critical" or rules & known.firm:
            yield item["id"]


def nothing_forbidden_is_tested_again(plan: Values, known: Known) -> Iterator[str]:
    """Neither at the review nor as a question."""
    again = [*plan["review"]["retest"], *(test for item in plan["pathways"] for test in item["retest"])]
    yield from (test for test in again if known.forbids_test(plan, test))


def pain_limits_agree(plan: Values, known: Known) -> Iterator[str]:
    """An exercise states the most cautious limit of what it loads; no warning allows more than any region does."""
    limits = _limits(plan, known)
    for item in plan["prescriptions"]:
        demands = known.demands[item["exercise"]]
        loaded = [
            limit
            for region, limit in limits.items()
            if region is EVERYWHERE or any(map(demands.get, known.loads.get(region, ())))
        ]
        if _stated(item["pain_limit"]) != min(loaded, default=USUAL_LIMIT):
            yield item["exercise"]
    for warning in plan["warnings"]:
        said = [int(number) for number in re.findall(r"up to (\d+)/10", warning["text"])]
        if max(said, default=0) > max(limits.values(), default=USUAL_LIMIT):
            yield warning["id"]


def _limits(plan: Values, known: Known) -> Limits:
    """The limit of each region that is sore or has one concluded."""
    limits: Limits = {}
    for fact in (item["fact"] for item in plan["conclusions"]):
        if fact.get("pain_limit") in PAIN_LIMITS:
            region, limit = fact.get("region", EVERYWHERE), PAIN_LIMITS[fact["pain_limit"]]
            limits[region] = min(limit, limits.get(region, limit))
    usual: Limits = dict.fromkeys(known.sore, USUAL_LIMIT)
    return usual | limits


def _stated(limit: str) -> int:
    number = re.match(r"up to (\d+) of 10", limit)
    return int(number[1]) if number else 0
