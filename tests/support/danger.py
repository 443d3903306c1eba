"""The same runner in more danger, or with less to hand: a red flag more, a worse pain, less equipment. What may never be then is
read from two finished plans, apart from the engine's."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from plans import built_in
from population import Runner, terms
from sections import JUMP, asking, runs
from stridewise.plan.model import Plan, Referral
from stridewise.planning.referrals import URGENCIES

STOPS = ("all_exercise", "lower_limb", "weight_bearing", "impact", "running", "nothing")  # the most first
HIP = "safety/suspected-bone-stress-at-the-hip-is-imaged-the-same-day"
HIGH = "safety/suspected-bone-stress-at-a-high-risk-site-is-seen-the-same-day"
BONE = "safety/suspected-bone-stress-is-seen-the-same-day"
# What gives way to a referral about the same that is as soon and stops as much. Nothing else makes a referral or a critical
# warning go.
GIVES_WAY = {
    BONE: {HIP, HIGH},  # the same for a place where less weight is borne still
    # a pregnancy accounts for the missed periods
    "safety/missed-periods-or-restrictive-eating-goes-to-a-physician": {
        "safety/pregnancy-stop-signs-need-maternity-care-the-same-day"
    },
    # "examine it before the next run" waits for the physician who is asked about bone the same day, all leg exercise stopped
    "safety/front-shin-foot-or-sacrum-pain-is-treated-as-bone-until-examined": {BONE, HIP, HIGH},
    "safety/hip-pain-of-unknown-tissue-waits-with-impact": {BONE, HIP, HIGH},
    "safety/groin-pain-is-treated-as-bone-until-examined": {BONE, HIP, HIGH},
}


# --- in more danger -----------------------------------------------------------------------------------------------------


def one_more_flag(runner: Runner, rng: Random) -> Runner:
    """The same runner, screened, with one more red flag."""
    changed = deepcopy(runner)
    flags = changed.setdefault("safety", {"screened": runner["recorded"], "red_flags": []})["red_flags"]
    flags.append(rng.choice([flag for flag in terms("red_flags") if flag not in flags]))
    return changed


def one_pain_worse(runner: Runner, rng: Random) -> Runner:
    """The same runner; one pain has a higher score, now or the next morning, or rises, or is there at night, or at one spot."""
    changed = deepcopy(runner)
    if changed["symptoms"]:
        pain, what = (
            rng.choice(changed["symptoms"]),
            rng.choice(["intensity", "intensity", "next_morning", "rising", "night", "focal"]),
        )
        pain[what] = min(10, pain[what] + rng.randint(1, 4)) if what in ("intensity", "next_morning") else True
    return changed


def one_item_less(runner: Runner, rng: Random) -> Runner:
    """The same runner without one piece of equipment."""
    changed = deepcopy(runner)
    if items := changed["constraints"]["equipment"]:
        items.remove(rng.choice(items))
    return changed


def more_minutes(runner: Runner, rng: Random) -> Runner:
    """The same runner with more time for a session."""
    changed = deepcopy(runner)
    if "minutes_per_session" in changed["constraints"]:
        changed["constraints"]["minutes_per_session"] += rng.choice([5, 10, 15, 20])
    return changed


# --- what may never be ----------------------------------------------------------------------------------------------------


def less_care(before: Plan, after: Plan) -> Iterator[str]:
    """Each referral that has gone, or became less urgent, or stops less; each critical warning that is nowhere told."""
    left = {because.rule: one for one in after.referrals for because in one.because}
    for one in before.referrals:
        kept = left.get(one.id) or _in_its_place(one.id, left)
        if kept is None:
            yield f"{one.id} has gone"
        elif not _as_strict(kept, one):
            yield f"{kept.id} asks for less than {one.id} did"
    told = {one.text for one in (*after.warnings, *after.referrals)}
    for warning in before.warnings:
        if warning.level == "critical" and warning.text not in told and _in_its_place(warning.id, left) is None:
            yield f"{warning.id} is not told"
    if before.status == "refer_first" != after.status:
        yield "the referral comes first no more"


def _in_its_place(gone: str, left: dict[str, Referral]) -> Referral | None:
    return next((left[name] for name in sorted(GIVES_WAY.get(gone, ())) if name in left), None)


def _as_strict(one: Referral, other: Referral) -> bool:
    """Is it as soon, and does it stop as much?"""
    return all(
        order.index(mine) <= order.index(its)
        for order, mine, its in ((URGENCIES, one.urgency, other.urgency), (STOPS, one.stops, other.stops))
    )


def weeks(made: Plan) -> dict[int, tuple[Any, ...]]:
    """Kilometres, longest run and ground contacts of each week."""
    return {
        day.week: (day.totals.running_km or 0, day.totals.longest_run_km or 0, day.totals.contacts)
        for day in made.schedule
        if day.totals
    }


def opens_a_stage(before: Plan, after: Plan) -> bool:
    """Did the pain answer what a pathway asked of its own region? Then a stage opens because something became known."""
    stages = {stage.pathway: stage.number for stage in before.pathways}
    return any(stage.number > stages.get(stage.pathway, stage.number) for stage in after.pathways)


def more_load(before: Plan, after: Plan) -> Iterator[str]:
    """Each jump, contact, kilometre or run that the plan has and the one before had not; of fewer kilometres in shorter runs
    there may be more. Runs by the minute in place of kilometres whose days nobody recorded are not more either."""
    yield from sorted(set(asking(after, "impact", JUMP)) - set(asking(before, "impact", JUMP)))
    if not before.schedule:  # nothing is planned on days, so nothing can be compared
        return
    was = weeks(before)
    for week, totals in weeks(after).items():
        both = zip(("km", "longest", "contacts"), totals, was[week], strict=True)
        yield from (f"{name} of week {week}" for name, now, then in both if now > then)
    days_known = any(part.kind == "run" for day in before.schedule for part in day.sessions)
    ran = any(km for km, *_ in was.values())
    if not any(km for km, *_ in weeks(after).values()) and (days_known or not ran):
        yield from sorted(set(runs(after)) - set(runs(before)))


def beyond_the_kit(runner: Runner, made: Plan) -> list[str]:
    """The exercises that need what is not there."""
    kit = frozenset(runner["constraints"]["equipment"])
    return [one.exercise for one in made.prescriptions if built_in().exercises[one.exercise].equipment_choice(kit) is None]
