"""A load and an effort in words: for the texts, and for whoever reads the JSON without its structure."""

from stridewise.documents.shape import Amount, Range
from stridewise.documents.units import show
from stridewise.language.dosage import Dosage, Effort, Load

THINGS = {
    "band": "band", "dumbbell": "dumbbell", "kettlebell": "kettlebell", "barbell": "barbell", "trap_bar": "trap bar",
    "machine": "machine", "cable": "cable",
}  # fmt: skip
FEELS = {"light": "light", "moderate": "medium-weight", "heavy": "heavy"}
STRENGTHS = {"light": "light", "moderate": "firm", "heavy": "strong"}  # of a band
FILLED = {None: "a loaded", "light": "a lightly loaded", "moderate": "a loaded", "heavy": "a heavily loaded"}
WEIGHTS = {"light": "light", "moderate": "medium", "heavy": "heavy"}
NUMBERS = {2: "two"}
_SPOKEN = {"none": "", "unknown": "", "body_weight": "body weight"}


def spoken_amount(value: Amount | None) -> str:
    """A number or a range: 12, 8–12."""
    if isinstance(value, Range):
        return show(value.min) if value.min == value.max else f"{show(value.min)}–{show(value.max)}"
    return "" if value is None else show(value)


def spoken_work(dosage: Dosage) -> str:
    """The work alone: 2 × 8–12 per side."""
    measure = spoken_amount(dosage.reps) or (f"{spoken_amount(dosage.hold_s)} s" if dosage.hold_s else "")
    measure = measure or (f"{spoken_amount(dosage.distance_m)} m" if dosage.distance_m else "")
    sets = f"{spoken_amount(dosage.sets)} × " if dosage.sets is not None else ""
    return f"{sets}{measure}{' per side' if dosage.per_side else ''}".strip()


def spoken_load(dosage: Dosage) -> str:
    """The load that holds, or all choices in their order: a light dumbbell, or body weight."""
    return ", or ".join(filter(None, map(_load, dosage.load)))


def _load(load: Load) -> str:
    weight = f"about {spoken_amount(load.kg)} kg" if load.kg is not None else ""
    return ", ".join(filter(None, [_thing(load), weight, load.note]))


def _thing(load: Load) -> str:
    """What gives the load, and how heavy: a light dumbbell, two heavy dumbbells, machine at a light weight."""
    if load.kind in _SPOKEN:
        return _SPOKEN[load.kind]
    if load.kind == "backpack":
        return f"{FILLED[load.how]} backpack"
    if load.kind in ("machine", "cable"):
        return f"{THINGS[load.kind]} at a {WEIGHTS[load.how]} weight" if load.how else THINGS[load.kind]
    words = STRENGTHS if load.kind == "band" else FEELS
    named = " ".join(filter(None, [words[load.how] if load.how else "", THINGS[load.kind]]))
    return f"{NUMBERS[load.pieces]} {named}s" if load.pieces in NUMBERS else f"a {named}"


def spoken_effort(effort: Effort | None) -> str:
    """3–4 reps left; stop with about 10 s left; easy."""
    if effort is None:
        return ""
    left = f"{spoken_amount(effort.left)} reps left" if effort.left is not None else ""
    seconds = f"stop with about {spoken_amount(effort.left_s)} s left" if effort.left_s is not None else ""
    return ", ".join(filter(None, [effort.how or "", left, seconds, effort.note]))


def spoken_stages(dosage: Dosage) -> str:
    """From week 3: 4 × 10; from week 5: 5 × 8, each step heavier."""
    later = [index for index, stage in enumerate(dosage.stages) if stage.from_week > 1]
    steps = "; ".join(f"from week {dosage.stages[index].from_week}: {_stage_work(dosage, index)}" for index in later)
    return f"{steps}, each step heavier" if any(dosage.stages[index].how for index in later) else steps


def _stage_work(dosage: Dosage, index: int) -> str:
    """The work of a stage, with what stays from the stages before it."""
    sets, reps, hold = dosage.sets, dosage.reps, dosage.hold_s
    for stage in dosage.stages[: index + 1]:
        sets, reps, hold = stage.sets or sets, stage.reps or reps, stage.hold_s or hold
    measure = f"{spoken_amount(hold)} s" if hold is not None else spoken_amount(reps)
    return " × ".join(filter(None, [spoken_amount(sets), measure]))
