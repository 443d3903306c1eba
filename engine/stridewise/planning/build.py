"""Put the plan together from what was settled, selected and dosed."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.exercise import BLOCKS, Exercise
from stridewise.plan import READY, REFER_FIRST, Because, Plan, Prescription, Receipt
from stridewise.planning.choice import Choice, Selection
from stridewise.planning.conflicts import settle, unique_conflicts
from stridewise.planning.dosage import dose, pain_limit
from stridewise.planning.load import load_adjustments, sets_factor
from stridewise.planning.notices import not_used, notices
from stridewise.planning.resolve import keep_off_unguided, kept_out, must_refer_first, referrals, unguided_pain, warnings
from stridewise.planning.review import make_review
from stridewise.planning.schedule import make_schedule
from stridewise.planning.selection import select
from stridewise.planning.situation import Situation
from stridewise.planning.unknowns import assumptions, missing
from stridewise.recommendation import Recommendations


def make_plan(situation: Situation, recommendations: Recommendations, receipt: Receipt) -> Plan:
    """One plan: referrals and vetoes first, then what may be trained, then everything that must be said about it."""
    sent = referrals(recommendations)
    stopped = any(one.stops == "all_exercise" for one in sent)
    shown, beyond = warnings(recommendations, stopped)
    unguided = unguided_pain(situation, recommendations)
    against = kept_out(situation, recommendations, sent)
    keep_off_unguided(situation, unguided, against)
    adjusted, conflicts = load_adjustments(situation, recommendations.adjust)
    situation = replace(situation, sets_factor=sets_factor(adjusted))
    contradictions = settle(situation, recommendations, against)
    selection = Selection() if stopped else select(situation, recommendations, against)
    prescriptions = tuple(_prescribe(situation, choice) for choice in _in_order(selection))
    return Plan(
        runner=situation.intake.runner,
        as_of=str(situation.intake.as_of),
        status=REFER_FIRST if must_refer_first(sent) else READY,
        notices=notices(situation, beyond, unguided, selection.complete),
        referrals=sent,
        warnings=tuple(shown),
        swaps=tuple(sorted(selection.swaps, key=lambda one: one.avoid)),
        load_adjustments=tuple(adjusted),
        prescriptions=prescriptions,
        set_aside=tuple(selection.set_aside),
        conflicts=unique_conflicts([*contradictions, *conflicts]),
        conclusions=recommendations.conclusions,
        missing=missing(situation, recommendations, selection),
        not_used=not_used(situation),
        schedule=make_schedule(situation, prescriptions, sent),
        review=make_review(situation, selection),
        receipt=receipt,
    )


def _in_order(selection: Selection) -> Sequence[Choice]:
    return sorted(selection.choices.values(), key=_place_in_session)


def _place_in_session(choice: Choice) -> tuple[int, int, str]:
    """By block; the heaviest lift first, while the runner is fresh."""
    return (BLOCKS.index(choice.block), -choice.exercise.demand("heavy_load"), choice.exercise.id)


def _prescribe(situation: Situation, choice: Choice) -> Prescription:
    exercise = choice.exercise
    dosed = dose(situation, exercise, choice.goal, choice.override)
    because: list[Because] = sorted(choice.because, key=lambda one: (one.rule, one.text))
    return Prescription(
        exercise=exercise.id,
        name=exercise.name,
        block=choice.block,
        targets=tuple(sorted(choice.targets or set(exercise.targets.direct))),
        side=choice.side,
        dosage=dosed.dosage,
        pain_limit=pain_limit(situation, exercise),
        stop_if=exercise.stop_if,
        progression=_next(situation, exercise),
        regression=_easier(situation, exercise),
        assumes=assumptions(situation, [one.rule for one in because]),
        because=(*because, *dosed.because),
    )


def _next(situation: Situation, exercise: Exercise) -> str:
    names = [situation.program.exercises[name].name for name in exercise.progression]
    harder = f" Then: {' or '.join(names)}." if names else ""
    return (exercise.progress_when or "When 2 more repetitions than planned feel clean, make it a little harder.") + harder


def _easier(situation: Situation, exercise: Exercise) -> str:
    names = [situation.program.exercises[name].name for name in exercise.regression]
    return (
        f"If it is too hard or hurts: {' or '.join(names)}."
        if names
        else "If it is too hard or hurts: fewer sets, a smaller range."
    )
