"""The finished plan read once more before it is shown, by code that shares nothing with the planning that made it: the plan as
JSON values goes in, what is wrong with it comes out."""

from collections.abc import Callable, Iterator

from stridewise.errors import InferenceError
from stridewise.plan.audit.days import (
    no_run_while_running_is_stopped,
    no_stage_runs_while_running_is_stopped,
    no_stage_stands_above_an_unmet_criterion,
    runs_fit_their_week,
    runs_stay_within_their_caps,
    strength_keeps_off_clear_and_consecutive_days,
)
from stridewise.plan.audit.exercises import (
    companions_are_planned_or_told,
    current_exercises_have_one_verdict,
    doses_can_be_done,
    no_load_is_heavy_where_heavy_is_ruled_out,
    no_step_is_forbidden,
    nothing_forbidden_is_prescribed,
    sections_name_the_same_exercises,
)
from stridewise.plan.audit.known import Known, Values
from stridewise.plan.audit.said import (
    critical_warnings_are_shown,
    nothing_forbidden_is_tested_again,
    nothing_is_asked_beside_a_stop_of_all_exercise,
    only_what_may_be_is_acknowledged,
    pain_limits_agree,
    status_follows_the_referrals,
)

RULES: tuple[Callable[[Values, Known], Iterator[str]], ...] = (
    status_follows_the_referrals,
    nothing_is_asked_beside_a_stop_of_all_exercise,
    critical_warnings_are_shown,
    only_what_may_be_is_acknowledged,
    nothing_forbidden_is_prescribed,
    no_step_is_forbidden,
    nothing_forbidden_is_tested_again,
    sections_name_the_same_exercises,
    companions_are_planned_or_told,
    doses_can_be_done,
    no_load_is_heavy_where_heavy_is_ruled_out,
    current_exercises_have_one_verdict,
    pain_limits_agree,
    no_run_while_running_is_stopped,
    runs_stay_within_their_caps,
    runs_fit_their_week,
    strength_keeps_off_clear_and_consecutive_days,
    no_stage_stands_above_an_unmet_criterion,
    no_stage_runs_while_running_is_stopped,
)


def faults(plan: Values, known: Known) -> dict[str, list[str]]:
    """Every rule that the plan breaks, with the items that break it."""
    broken = {rule.__name__: sorted(set(rule(plan, known))) for rule in RULES}
    return {name: items for name, items in broken.items() if items}


def check(plan: Values, known: Known) -> None:
    """Raises InferenceError where the plan breaks a rule: it is never shown."""
    if found := faults(plan, known):
        stops = sorted({(referral["id"], referral["stops"]) for referral in plan["referrals"]})
        raise InferenceError(
            "the finished plan contradicts itself, so none is shown; this is our mistake, please report it.\n"
            + "\n".join(f"{rule.replace('_', ' ')}: {', '.join(items)}" for rule, items in found.items())
            + f"\nday: {plan['as_of']}; referrals: {stops}; prescribed: {[item['exercise'] for item in plan['prescriptions']]}"
        )
