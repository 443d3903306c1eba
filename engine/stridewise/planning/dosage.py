"""How much of an exercise: the record's dose for the goal, with a load that the kit gives, as much as a test showed and as
little as a rule caps it at, halved where it is new near a race. Every change keeps its reason; reductions of sets never
multiply."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal

from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import WORK, Dosage, Effort, Load, Stage
from stridewise.language.exercise import Exercise
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Because, StartFrom
from stridewise.planning.capacity import from_test
from stridewise.planning.effort import capped
from stridewise.planning.kit import OF_THE_BODY, at_most, can_be_heavy, ends, first_at_hand, is_heavy, not_heavy, with_kit
from stridewise.planning.situation import Situation

__all__ = ["HALF", "contacts", "dosage_in_week", "dose", "is_heavy", "minutes", "top"]

# Between goals of equal importance the more cautious dose comes first.
BY_CAUTION = ("rehabilitation", "control", "mobility", "endurance", "power", "strength")
NOVICE_EFFORT = Effort(left=Range(Decimal(3), Decimal(4)))
NOVICE_REST_S = Decimal(90)
HALF = Decimal("0.5")
NO_KIT = fixed("Sets of 8 to 12: fewer repetitions need a barbell, a machine or single-leg work with a weight in the hand.")
HELD_BACK = fixed("Sets of 8 to 12 with 3–4 repetitions in reserve: heavy sets come later.")
STEPS_HELD_BACK = fixed("The last steps, under 8 repetitions, come later: heavy sets need lifting experience and calm tissue.")
STEPS_WAIT = fixed("The next steps of the dose wait until the review.")
BEYOND_THE_CAP = fixed("The clinician's dose exceeds the effort limit for this runner.")
TWO_SETS = Decimal(2)


@dataclass(frozen=True, slots=True)
class Dosed:
    """A dosage, the goal it serves, what decided or changed it, and the test that it starts from."""

    dosage: Dosage
    goal: str
    because: tuple[Because, ...]
    start_from: StartFrom | None = None


def caution(goal: str | None) -> int:
    """The place of a goal in the order of caution."""
    return BY_CAUTION.index(goal) if goal in BY_CAUTION else len(BY_CAUTION)


def dose(situation: Situation, exercise: Exercise, wanted: str | None, override: Dosage | None) -> Dosed:
    """The dosage of an exercise for this runner, with a visible reason wherever it is not the record's own first dose."""
    is_new = exercise.id not in situation.current and bool(situation.facts("new_exercise_dose", "half"))
    goal, because = _goal(situation, exercise, None if is_new and wanted != "rehabilitation" else wanted, is_new)
    dosage = exercise.dosage[goal]  # type: ignore[index]  # goal comes from this very dict
    dosage = dosage if override is None else _overlaid(dosage, override)
    dosage = _with_kit(situation, exercise, dosage, because)
    dosage, start = from_test(situation, exercise, dosage, because)
    dosage = dosage_in_week(_held_back(situation, exercise, dosage, because), 1)
    dosage = _without_steps(situation, dosage, because)
    dosage = capped(situation, exercise, dosage, because)
    dosage = dosage if goal == "rehabilitation" else _fewer_sets(situation, dosage, is_new, because)
    if (retune := situation.retune(exercise.id)) is not None:
        dosage = dosage_in_week(_as_retuned(situation, exercise, dosage, retune.dosage), 1)
        because.append(situation.own_reason("retuned", say("Dose set by the clinician: {reason}", reason=retune.reason)))
        if capped(situation, exercise, dosage, []) != dosage:
            because.append(situation.own_reason("beyond-the-cap", say(BEYOND_THE_CAP)))
    return Dosed(dosage, goal, tuple(because), start)


def dosage_in_week(dosage: Dosage, week: int) -> Dosage:
    """The dosage of that week of the plan, counted from 1: what the stages reached by then change. The stages stay."""
    for stage in dosage.stages:
        if stage.from_week <= week:
            work = {name: value for name in ("sets", "reps", "hold_s") if (value := getattr(stage, name)) is not None}
            dosage = replace(dosage, load=tuple(_in_stage(one, stage) for one in dosage.load), **work)
    return dosage


def _in_stage(load: Load, stage: Stage) -> Load:
    """The load as heavy as the stage says; what is no weight stays."""
    return load if stage.how is None or load.kind in OF_THE_BODY else replace(load, how=stage.how)


def _goal(situation: Situation, exercise: Exercise, wanted: str | None, is_new: bool) -> tuple[str, list[Because]]:
    """The goal asked for, else the one the rules concluded, else the record's first (the cautious) one."""
    if wanted in exercise.dosage:
        return str(wanted), []
    concluded = sorted(situation.names("dose_goal"), key=caution)
    for goal in concluded if not is_new else ():
        if goal in exercise.dosage:
            return goal, list(situation.explainer.reasons(situation.facts("dose_goal", goal)))
    return next(iter(exercise.dosage)), []


def _as_retuned(situation: Situation, exercise: Exercise, dosage: Dosage, given: Dosage) -> Dosage:
    """The dosage as the clinician sets it; of several loads the first at hand."""
    dosage = _overlaid(dosage, given)
    return replace(dosage, load=(first_at_hand(exercise, dosage.load, situation.equipment),)) if len(dosage.load) > 1 else dosage


# --- what the kit gives, and how heavy it may be ---------------------------------------------------------------------


def _with_kit(situation: Situation, exercise: Exercise, dosage: Dosage, because: list[Because]) -> Dosage:
    """With the load that is at hand; stages whose load it cannot give are left out."""
    fitted, asks_less = with_kit(exercise, dosage, situation.equipment)
    if asks_less and fitted.reps != dosage.reps:
        because.append(situation.own_reason("kit", say(NO_KIT)))
    load = fitted.loading if fitted.stages else None
    gives_heavy = load is not None and load.kind != "body_weight" and can_be_heavy(exercise, load)
    reachable = tuple(stage for stage in fitted.stages if stage.how != "heavy" or gives_heavy)
    return fitted if reachable == fitted.stages else replace(fitted, stages=reachable)


def _held_back(situation: Situation, exercise: Exercise, dosage: Dosage, because: list[Because]) -> Dosage:
    """No heavy sets where they are not allowed: lighter ones, and the heavy steps of a staged dose left out."""
    if situation.facts("heavy_allowed", "yes") and not situation.is_heavy_ruled_out:
        return dosage
    if any(stage.how == "heavy" for stage in dosage.stages):
        because.append(situation.own_reason("held-back", say(STEPS_HELD_BACK)))
        return not_heavy(dosage)
    if not is_heavy(exercise, dosage):
        return dosage
    if dosage.load and dosage.load[0].kind == "body_weight":  # it cannot be made lighter; fewer are done, further from the last
        return replace(dosage, effort=NOVICE_EFFORT)
    because.append(situation.own_reason("held-back", say(HELD_BACK)))
    load = tuple(at_most(one, "moderate") for one in dosage.load)
    return replace(not_heavy(dosage), effort=NOVICE_EFFORT, rest_s=NOVICE_REST_S, load=load)


def _without_steps(situation: Situation, dosage: Dosage, because: list[Because]) -> Dosage:
    """The first step alone where the rules say that progress waits."""
    if not dosage.stages or not situation.facts("progress_waits", "yes"):
        return dosage
    because.append(situation.own_reason("progress-waits", say(STEPS_WAIT), situation.facts("progress_waits", "yes")))
    return replace(dosage, stages=())


def _fewer_sets(situation: Situation, dosage: Dosage, is_new: bool, because: list[Because]) -> Dosage:
    """Half the sets for what is new near a race, else the share that the load adjustment leaves: never both."""
    factor = min(situation.sets_factor, HALF if is_new else Decimal(1))
    if factor >= 1 or dosage.sets is None:
        return dosage
    if is_new:
        facts = situation.facts("new_exercise_dose", "half")
        because.append(
            situation.own_reason(
                "half-dose", say("Half the sets: it is new so close to the race. Best after an easy run."), facts
            )
        )
    else:
        because.append(situation.own_reason("fewer-sets", say("Fewer sets at the same load: see the load adjustments.")))
    stages = tuple(replace(stage, sets=_share_of(stage.sets, factor)) for stage in dosage.stages)
    return replace(dosage, sets=_share_of(dosage.sets, factor), stages=stages)


def _share_of(sets: Amount | None, factor: Decimal) -> Decimal | None:
    """So many sets of the most that were asked for, one at least."""
    if sets is None:
        return None
    return max(Decimal(1), (top(sets, Decimal(1)) * factor).to_integral_value(rounding="ROUND_FLOOR"))


def _overlaid(dosage: Dosage, override: Dosage) -> Dosage:
    """The dosage with what the override gives; another measure (reps, hold, distance) replaces the one there, and other sets or
    another measure replace the record's steps over the weeks."""
    values = {item.name: getattr(override, item.name) for item in fields(Dosage)}
    given = {name: value for name, value in values.items() if value not in (None, "", False, ())}
    if any(name in given for name in WORK):
        dosage = replace(dosage, reps=None, hold_s=None, distance_m=None)
    if any(name in given for name in ("sets", *WORK)):
        dosage = replace(dosage, stages=())
    return replace(dosage, **given)


def top(amount: Amount | None, default: Decimal) -> Decimal:
    """The largest number an amount allows."""
    return default if amount is None else ends(amount)[1]


def fewest_sets(dosage: Dosage, goal: str | None) -> Decimal:
    """The sets that a full session may come down to: the lower end of the range, two where the dose names more; a rehabilitation
    dose keeps its own."""
    if isinstance(dosage.sets, Range):
        return dosage.sets.min
    sets = Decimal(1) if dosage.sets is None else dosage.sets
    return sets if goal == "rehabilitation" else min(sets, TWO_SETS)


def minutes(exercise: Exercise, dosage: Dosage) -> Decimal:
    """Minutes the exercise takes in a session, rests and both sides included."""
    return exercise.minutes_per_set * top(dosage.sets, Decimal(1))


def contacts(exercise: Exercise, dosage: Dosage) -> Decimal:
    """Ground contacts the exercise makes in a session, both sides included."""
    if not exercise.contacts_per_rep:
        return Decimal(0)
    sides = 2 if dosage.per_side else 1
    return exercise.contacts_per_rep * top(dosage.reps, Decimal(1)) * top(dosage.sets, Decimal(1)) * sides
