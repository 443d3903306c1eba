"""Put the plan together from what was settled, selected and dosed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stridewise.documents.shape import Amount
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import BLOCKS
from stridewise.language.translation import language_in_force, say
from stridewise.plan.model import (
    READY,
    REFER_FIRST,
    Acknowledged,
    ClinicalWarning,
    Conflict,
    LoadAdjustment,
    Plan,
    Prescription,
    Receipt,
    Story,
)
from stridewise.plan.on_record import OnRecord
from stridewise.planning.acknowledged import Acknowledging
from stridewise.planning.choice import Choice, Selection
from stridewise.planning.conflicts import settle
from stridewise.planning.current import current_exercises
from stridewise.planning.dosage import Dosed
from stridewise.planning.eligibility import Usable
from stridewise.planning.filling import is_done_on_most_days, shared_out
from stridewise.planning.for_the_runner import aims, easier, harder, how_to, pain_lights
from stridewise.planning.kit import least
from stridewise.planning.load import load_adjustments, sessions_at_most, sets_factor, without_stopped
from stridewise.planning.notices import not_used, notices
from stridewise.planning.pain_limits import pain_limit
from stridewise.planning.pathways import pathway_stages, standings, weeks_of_easy_runs
from stridewise.planning.referrals import must_refer_first, referrals
from stridewise.planning.review import make_review
from stridewise.planning.running.running import Running
from stridewise.planning.running.said import running_notices
from stridewise.planning.running.told import with_weeks
from stridewise.planning.schedule import make_schedule
from stridewise.planning.selection import select
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped, stopped
from stridewise.planning.story import story
from stridewise.planning.unknowns import Unknowns, assumptions, missing
from stridewise.planning.vetoes import KeptOut, Unguided, kept_out, unguided_pain
from stridewise.planning.wants import REHABILITATION
from stridewise.planning.warnings import capped, warnings
from stridewise.recommendation.collect import Recommendations


@dataclass(frozen=True, slots=True)
class Decided:
    """What a plan holds, before it is dosed, dated and told. `beyond` are the warnings past the cap, `acknowledged` what a
    clinician accepts, `void` what is said of acknowledgements that are about nothing here, `situation` is the one that
    the load adjustments leave, `against` everything that speaks against an exercise."""

    situation: Situation
    stopped: Stopped
    shown: list[ClinicalWarning]
    beyond: list[ClinicalWarning]
    acknowledged: tuple[Acknowledged, ...]
    void: tuple[str, ...]
    unguided: Unguided
    against: dict[str, KeptOut]
    adjusted: list[LoadAdjustment]
    conflicts: tuple[Conflict, ...]
    selection: Selection


def decide(situation: Situation, recommendations: Recommendations) -> Decided:
    """Referrals and vetoes first, then what may be trained. Inquiries that ask only what is in a plan stop here."""
    stops = stopped(situation, recommendations, referrals(situation.program.vocabulary, recommendations))
    acknowledging = Acknowledging(situation, recommendations)
    told, accepted = acknowledging.warnings(warnings(recommendations, stops))
    shown, beyond = capped(told, stops)
    unguided = unguided_pain(situation, recommendations)
    objections = kept_out(situation, recommendations, stops, unguided)
    adjusted, conflicts = load_adjustments(situation, recommendations.adjust)
    situation = replace(
        situation,
        sets_factor=sets_factor(adjusted),
        sessions_at_most=sessions_at_most(adjusted),
        is_heavy_ruled_out=stops.is_heavy_ruled_out,
    )
    contradictions, against = settle(situation, recommendations, objections)
    selection = Selection() if stops.everything else select(situation, recommendations, against)
    disagreements = sorted(dict.fromkeys([*contradictions, *conflicts]), key=lambda one: one.between)
    settled, agreed = acknowledging.contradictions(disagreements)
    void = tuple(acknowledging.notices())
    goes_on = without_stopped(adjusted, stops)
    return Decided(situation, stops, shown, beyond, (*accepted, *agreed), void, unguided, against, goes_on, settled, selection)


def make_plan(
    situation: Situation, recommendations: Recommendations, receipt: Receipt, dated: bool = True, asking: bool = True
) -> Plan:
    """One plan: what was decided, and everything that must be said about it; where only advice is asked, without a schedule, or
    without what is missing and assumed."""
    decided = decide(situation, recommendations)
    situation, selection = decided.situation, decided.selection
    usable = Usable(situation, decided.against)
    running = Running(situation, decided.stopped)
    held = standings(situation)
    unknowns = Unknowns(situation.program, situation.memory) if asking else None
    prescriptions = tuple(_prescribe(situation, usable, unknowns, choice, selection) for choice in _in_order(selection))
    planned = {prescription.exercise for prescription in prescriptions}  # what stays with caution was not swapped
    return Plan(
        words=language_in_force(),
        runner=situation.intake.runner,
        as_of=str(situation.intake.as_of),
        status=REFER_FIRST if must_refer_first(decided.stopped.referrals) else READY,
        notices=(
            *notices(situation, decided.beyond, decided.unguided, selection, decided.stopped.everything),
            *decided.void,
            *running_notices(running, weeks_of_easy_runs(held)),
        ),
        referrals=decided.stopped.referrals,
        warnings=tuple(decided.shown),
        acknowledged=decided.acknowledged,
        swaps=tuple(sorted((one for one in selection.swaps if one.avoid not in planned), key=lambda one: one.avoid)),
        load_adjustments=tuple(with_weeks(running, decided.adjusted)),
        prescriptions=prescriptions,
        current=current_exercises(usable, prescriptions, selection.swaps),
        pathways=pathway_stages(situation, held, decided.stopped, running.policy.mode),
        set_aside=tuple(selection.set_aside),
        conflicts=decided.conflicts,
        conclusions=recommendations.conclusions,
        missing=missing(situation, unknowns, recommendations, selection, decided.stopped, held) if unknowns else (),
        not_used=not_used(situation),
        schedule=make_schedule(running, prescriptions) if dated else (),
        review=make_review(situation, selection, decided.stopped, held),
        language="" if language_in_force().is_english else language_in_force().code,
        aims=aims(situation),
        on_record=OnRecord(situation.intake.facts, situation.program.vocabulary, situation.intake.recorded),
        story=story(situation) if decided.stopped.referrals else Story(),
        receipt=receipt,
    )


def _in_order(selection: Selection) -> Sequence[Choice]:
    """By block; the heaviest lift first, while the runner is fresh."""
    exercises = sorted(selection.choices.values(), key=lambda one: (-one.exercise.demand("heavy_load"), one.exercise.id))
    return sorted(exercises, key=lambda one: BLOCKS.index(one.block))


def _prescribe(
    situation: Situation, usable: Usable, unknowns: Unknowns | None, choice: Choice, selection: Selection
) -> Prescription:
    exercise, alternates = choice.exercise, selection.alternates
    dosed = selection.dosed[exercise.id]
    heals = dosed.goal == REHABILITATION
    dosage = shared_out(dosed.dosage, choice, alternates)
    if choice.is_main:
        dosage = replace(dosage, sessions_per_week=_how_often(situation, dosage, heals))
    because = choice.because
    limit = pain_limit(situation, exercise)
    return Prescription(
        exercise=exercise.id,
        name=exercise.spoken,
        block=choice.block,
        targets=tuple(sorted(choice.serves)),
        side=_leading_side(choice, dosed),
        dosage=dosage,
        session=tuple(sorted(choice.sessions)),
        takes_turns=alternates,
        heals=heals,
        pain_limit=limit,
        stop_if=say(exercise.stop_if),
        progression=harder(usable, exercise, dosage),
        regression=easier(usable, exercise),
        assumes=assumptions(situation, unknowns, [one.rule for one in because]) if unknowns else (),
        because=(*because, *dosed.because),
        start_from=dosed.start_from,
        how_to=how_to(exercise),
        lights=pain_lights(situation, limit),
    )


def _how_often(situation: Situation, dosage: Dosage, heals: bool) -> Amount | None:
    """Times a week: as the dose says, but no more than there are sessions; rehabilitation and drills for most days keep their
    own."""
    often, most = dosage.sessions_per_week, situation.sessions_a_week
    if most == 0:
        return None
    fewest, is_bound = least(often), not heals and not is_done_on_most_days(dosage)
    return most if is_bound and fewest is not None and fewest > most else often


def _leading_side(choice: Choice, dosed: Dosed) -> str:
    """The side the reasons are about; where that is both, the side that the test found weaker."""
    leads = dosed.start_from.side if dosed.start_from is not None and choice.exercise.laterality != "bilateral" else "both"
    return choice.side if choice.side != "both" else leads
