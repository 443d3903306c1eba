"""How much of an exercise: the record's dose for the goal, held back where heavy work is not earned, halved where it is new near a race."""

from dataclasses import fields, replace
from decimal import Decimal

from stridewise.exercise import Dosage, Exercise
from stridewise.plan import Because
from stridewise.planning.situation import Situation
from stridewise.shape import Amount, Range

NOVICE_REPS = Range(Decimal(8), Decimal(12))
NOVICE_EFFORT = "3–4 reps left"
NOVICE_REST_S = Decimal(90)


def choose_goal(situation: Situation, exercise: Exercise, wanted: str | None) -> str:
    """The goal asked for where the record has a dose for it, else the one the rules concluded, else the record's first."""
    for goal in (wanted, *sorted(situation.names("dose_goal"))):
        if goal is not None and goal in exercise.dosage:
            return goal
    return next(iter(exercise.dosage))


def dose(situation: Situation, exercise: Exercise, wanted: str | None, override: Dosage | None) -> tuple[Dosage, str, list[Because]]:
    """The dosage, the goal it serves, and what the engine or the clinician changed in it, with reasons."""
    goal = choose_goal(situation, exercise, wanted)
    dosage = exercise.dosage[goal]  # type: ignore[index]  # goal comes from this very dict
    if override is not None:
        dosage = _overlaid(dosage, override)
    changes: list[Because] = []
    if _is_heavy(dosage) and not situation.facts("heavy_allowed", "yes"):
        dosage = replace(dosage, reps=NOVICE_REPS, effort=NOVICE_EFFORT, rest_s=NOVICE_REST_S)
        changes.append(situation.own_reason("held-back", "Sets of 8 to 12 with 3–4 left: heavy sets are not yet open to this runner."))
    if situation.facts("new_exercise_dose", "half") and exercise.id not in situation.current:
        dosage = replace(dosage, sets=_half(dosage.sets))
        changes.append(_halved(situation))
    if (retune := situation.retune(exercise.id)) is not None:
        dosage = _overlaid(dosage, retune.dosage)
        changes.append(situation.own_reason("retuned", f"Dose set by the clinician: {retune.reason}"))
    return dosage, goal, changes


def _is_heavy(dosage: Dosage) -> bool:
    """Fewer than 8 repetitions a set, lifted against a load."""
    top = dosage.reps.max if isinstance(dosage.reps, Range) else dosage.reps
    return top is not None and top < NOVICE_REPS.min and "body weight" not in dosage.load and dosage.hold_each_s is None


def _overlaid(dosage: Dosage, override: Dosage) -> Dosage:
    """The dosage with what the override gives; another measure (reps, hold, distance) replaces the one there."""
    given = {item.name: getattr(override, item.name) for item in fields(Dosage) if getattr(override, item.name) not in (None, "", False)}
    if any(name in given for name in ("reps", "hold_s", "distance_m")):
        dosage = replace(dosage, reps=None, hold_s=None, distance_m=None)
    return replace(dosage, **given)


def _half(sets: Amount | None) -> Amount | None:
    if sets is None:
        return None
    top = sets.max if isinstance(sets, Range) else sets
    return Decimal(max(1, int(top) // 2))


def _halved(situation: Situation) -> Because:
    facts = situation.facts("new_exercise_dose", "half")
    return situation.own_reason("half-dose", "Half the sets, after an easy run: new this close to the race.", facts)


def minutes(exercise: Exercise, dosage: Dosage) -> Decimal:
    """Minutes the exercise takes in a session, rests and both sides included."""
    sets = dosage.sets.max if isinstance(dosage.sets, Range) else dosage.sets
    return exercise.minutes_per_set * (sets or Decimal(1))


def pain_limit(situation: Situation, exercise: Exercise) -> str:
    """How much pain is acceptable during the exercise: more for a tendon that settles overnight, little for anything else.

    Source: pain-model (tendon at most 5, else at most 2 of 10)."""
    terms = situation.program.vocabulary.terms.get("pain_regions", {})
    loaded = [fact for fact in situation.memory.of("pain")
              if str(fact.value) in terms and any(exercise.demand(name) for name in terms[str(fact.value)].demands)]  # fmt: skip
    if loaded and all(fact.get("tissue") == "tendon" for fact in loaded):
        return "up to 5 of 10, settled by the next morning"
    return "up to 2 of 10, back to its usual level by the next morning"
