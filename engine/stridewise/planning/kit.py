"""Which load the equipment at hand gives, and whether it can be heavy: no dose asks for a load that nobody can lift there."""

from dataclasses import replace
from decimal import Decimal

from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage, How, Load, LoadKind
from stridewise.language.exercise import Exercise

ITEMS: dict[LoadKind, frozenset[str]] = {
    "band": frozenset({"mini_band", "long_band"}),
    "dumbbell": frozenset({"dumbbell"}),
    "kettlebell": frozenset({"kettlebell"}),
    "barbell": frozenset({"barbell"}),
    "trap_bar": frozenset({"trap_bar"}),
    "machine": frozenset({"machine"}),
    "cable": frozenset({"cable"}),
}
ALWAYS_HEAVY = frozenset({"barbell", "trap_bar", "machine", "cable", "body_weight"})  # body weight where its record says so
HEAVY_ON_ONE_LEG = frozenset({"dumbbell", "kettlebell", "backpack"})
FEWEST_UNLESS_HEAVY = Decimal(8)  # repetitions: fewer need a heavy load (source acsm-2009)
MODERATE_REPS = Range(Decimal(8), Decimal(12))  # source acsm-2009
WEIGHTS = frozenset({"dumbbell", "kettlebell", "backpack", "barbell", "trap_bar", "machine", "cable"})
HOW: tuple[How, ...] = ("light", "moderate", "heavy")
OF_THE_BODY = frozenset({"none", "body_weight", "unknown"})


def with_kit(exercise: Exercise, dosage: Dosage, equipment: frozenset[str] | None) -> tuple[Dosage, bool]:
    """The dosage with the one load that the equipment gives, and whether it had to ask for less than the record does."""
    if not dosage.load:
        return dosage, False
    load = first_at_hand(exercise, dosage.load, equipment)
    asks_heavy = any(one.how == "heavy" for one in dosage.load)
    if not asks_heavy or (load.how == "heavy" and can_be_heavy(exercise, load)):
        return (dosage if dosage.load == (load,) else replace(dosage, load=(load,))), False
    return not_heavy(replace(dosage, load=(at_most(load, "moderate"),))), True


def first_at_hand(exercise: Exercise, choices: tuple[Load, ...], equipment: frozenset[str] | None) -> Load:
    """The first choice whose equipment is at hand; where none is, what the exercise is done with. Unknown counts as none."""
    found = next((one for one in choices if _is_at_hand(exercise, one, equipment or frozenset())), None)
    if found is not None:
        return found
    used = exercise.equipment_choice(equipment) or ()
    kind = next((kind for kind, items in ITEMS.items() if items.intersection(used)), None)
    last = choices[-1]
    return Load(kind="body_weight") if kind is None else Load(kind=kind, how=last.how, note=last.note)


def _is_at_hand(exercise: Exercise, load: Load, equipment: frozenset[str]) -> bool:
    """Of the two kinds of band only the one that the exercise is done with counts."""
    items = ITEMS.get(load.kind)
    if items is None:
        return True
    listed = items.intersection(name for choice in exercise.equipment for name in choice)
    return bool((listed or items) & equipment)


def can_be_heavy(exercise: Exercise, load: Load) -> bool:
    """A bar or a machine, or one leg and a weight in the hand."""
    return load.kind in ALWAYS_HEAVY or (load.kind in HEAVY_ON_ONE_LEG and exercise.laterality == "unilateral")


def at_most(load: Load, how: How) -> Load:
    """The load, no heavier than that; body weight and a load in words stay as they are."""
    if load.kind in OF_THE_BODY or (load.how is not None and HOW.index(load.how) <= HOW.index(how)):
        return load
    return replace(load, how=how)


def not_heavy(dosage: Dosage) -> Dosage:
    """The dosage without its heavy steps, in sets of 8 to 12 where it asks for fewer."""
    reps = MODERATE_REPS if _is_few(dosage.reps) else dosage.reps
    return replace(dosage, reps=reps, stages=tuple(stage for stage in dosage.stages if stage.how != "heavy"))


def _is_few(reps: Amount | None) -> bool:
    fewest = least(reps)
    return fewest is not None and fewest < FEWEST_UNLESS_HEAVY


def least(amount: Amount | None) -> Decimal | None:
    """The smallest number an amount allows."""
    return None if amount is None else ends(amount)[0]


def ends(amount: Amount) -> tuple[Decimal, Decimal]:
    """The smallest and the largest number that an amount allows."""
    return (amount.min, amount.max) if isinstance(amount, Range) else (amount, amount)


def is_heavy(exercise: Exercise, dosage: Dosage) -> bool:
    """Is the load heavy: by its own word, or as a weight in sets of fewer than 8? A load told in words alone counts where the
    exercise is a lift."""
    load = dosage.loading
    if load is None or dosage.hold_each_s is not None:
        return False
    is_weight = load.kind in WEIGHTS or (load.kind == "unknown" and exercise.demand("heavy_load") > 1)
    return load.how == "heavy" or (is_weight and _is_few(dosage.reps))
