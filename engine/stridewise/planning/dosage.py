"""How much of an exercise: the record's dose for the goal, held back where heavy work is not earned, halved where it is
new near a race. Every change keeps its reason; reductions of sets never multiply."""

from dataclasses import fields, replace
from decimal import Decimal

from stridewise.documents.frozen import frozen
from stridewise.documents.shape import Amount, Range
from stridewise.language.exercise import Dosage, Exercise
from stridewise.plan.model import Because
from stridewise.planning.situation import Situation
from stridewise.recommendation.reasons import firings

# Between goals of equal importance the more cautious dose comes first.
BY_CAUTION = ("rehabilitation", "control", "mobility", "endurance", "power", "strength")
NOVICE_REPS = Range(Decimal(8), Decimal(12))  # source acsm-2009
NOVICE_EFFORT = "3–4 reps left"
NOVICE_LOAD = "body weight or a light weight"
NOVICE_REST_S = Decimal(90)
HALF = Decimal("0.5")
TWO_SETS = Decimal(2)


@frozen
class Dosed:
    """A dosage, the goal it serves, and what decided or changed it."""

    dosage: Dosage
    goal: str
    because: tuple[Because, ...]


def caution(goal: str | None) -> int:
    """The place of a goal in the order of caution."""
    return BY_CAUTION.index(goal) if goal in BY_CAUTION else len(BY_CAUTION)


def dose(situation: Situation, exercise: Exercise, wanted: str | None, override: Dosage | None) -> Dosed:
    """The dosage of an exercise for this runner, with a visible reason wherever it is not the record's own first dose."""
    is_new = exercise.id not in situation.current and bool(situation.facts("new_exercise_dose", "half"))
    goal, because = _goal(situation, exercise, None if is_new and wanted != "rehabilitation" else wanted, is_new)
    dosage = exercise.dosage[goal]  # type: ignore[index]  # goal comes from this very dict
    dosage = dosage if override is None else _overlaid(dosage, override)
    if is_heavy(exercise, dosage) and not situation.facts("heavy_allowed", "yes"):
        load = override.load if override is not None and override.load else NOVICE_LOAD  # how to stand is not about heavy
        dosage = replace(dosage, reps=NOVICE_REPS, effort=NOVICE_EFFORT, rest_s=NOVICE_REST_S, load=load)
        text = "Sets of 8 to 12 with 3–4 left: heavy sets need an adult age and lifting experience on record."
        because.append(situation.own_reason("held-back", text))
    dosage = dosage if goal == "rehabilitation" else _fewer_sets(situation, dosage, is_new, because)
    if (retune := situation.retune(exercise.id)) is not None:
        dosage = _overlaid(dosage, retune.dosage)
        because.append(situation.own_reason("retuned", f"Dose set by the clinician: {retune.reason}"))
    return Dosed(dosage, goal, tuple(because))


def _goal(situation: Situation, exercise: Exercise, wanted: str | None, is_new: bool) -> tuple[str, list[Because]]:
    """The goal asked for, else the one the rules concluded, else the record's first (the cautious) one."""
    if wanted in exercise.dosage:
        return str(wanted), []
    concluded = sorted(situation.names("dose_goal"), key=caution)
    for goal in concluded if not is_new else ():
        if goal in exercise.dosage:
            derivations = [d for fact in situation.facts("dose_goal", goal) for d in situation.memory.derivations.get(fact, ())]
            return goal, [situation.explainer.because(firing) for firing in firings(derivations)]
    return next(iter(exercise.dosage)), []


def is_heavy(exercise: Exercise, dosage: Dosage) -> bool:
    """A set that may go below 8 repetitions with an external load: by the exercise's demand or by the dose's own words."""
    lowest = dosage.reps.min if isinstance(dosage.reps, Range) else dosage.reps
    says_light = dosage.load == "" or dosage.load.startswith("body weight") or "band" in dosage.load
    is_loaded = (exercise.demand("heavy_load") > 0 and dosage.load != "body weight") or not says_light
    return lowest is not None and lowest < NOVICE_REPS.min and is_loaded and dosage.hold_each_s is None


def _fewer_sets(situation: Situation, dosage: Dosage, is_new: bool, because: list[Because]) -> Dosage:
    """Half the sets for what is new near a race, else the share that the load adjustment leaves: never both."""
    factor = min(situation.sets_factor, HALF if is_new else Decimal(1))
    if factor >= 1 or dosage.sets is None:
        return dosage
    if is_new:
        facts = situation.facts("new_exercise_dose", "half")
        because.append(
            situation.own_reason("half-dose", "Half the sets: new this close to the race; best after an easy run.", facts)
        )
    else:
        because.append(situation.own_reason("fewer-sets", "Fewer sets, the same load: see the load adjustments."))
    top = dosage.sets.max if isinstance(dosage.sets, Range) else dosage.sets
    return replace(dosage, sets=max(Decimal(1), (top * factor).to_integral_value(rounding="ROUND_FLOOR")))


def _overlaid(dosage: Dosage, override: Dosage) -> Dosage:
    """The dosage with what the override gives; another measure (reps, hold, distance) replaces the one there."""
    values = {item.name: getattr(override, item.name) for item in fields(Dosage)}
    given = {name: value for name, value in values.items() if value not in (None, "", False)}
    if any(name in given for name in ("reps", "hold_s", "distance_m")):
        dosage = replace(dosage, reps=None, hold_s=None, distance_m=None)
    return replace(dosage, **given)


def top(amount: Amount | None, default: Decimal) -> Decimal:
    """The largest number an amount allows."""
    if isinstance(amount, Range):
        return amount.max
    return default if amount is None else amount


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
    sides = 2 if dosage.per_side else 1
    return exercise.contacts_per_rep * top(dosage.reps, Decimal(1)) * top(dosage.sets, Decimal(1)) * sides
