"""A load and an effort in words: for the texts, and for whoever reads the JSON without its structure."""

from collections.abc import Iterator
from typing import get_args

from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage, Effort, How, Load, LoadKind
from stridewise.language.translation import fixed, joined, say, told_number

FEELS = {"light": "light", "moderate": "medium-weight", "heavy": "heavy"}
STRENGTHS = {"light": "light", "moderate": "firm", "heavy": "strong"}  # of a band
FILLED = {None: "a loaded", "light": "a lightly loaded", "moderate": "a loaded", "heavy": "a heavily loaded"}
WEIGHTS = {"light": "light", "moderate": "medium", "heavy": "heavy"}
NUMBERS = {2: "two"}
EASY = fixed("easy")
_SPOKEN = {"none": "", "unknown": "", "body_weight": "body weight"}


def every_load() -> Iterator[str]:
    """Every load in words, for translators."""
    for kind in get_args(LoadKind):
        for how in (None, *get_args(How)):
            yield from dict.fromkeys(_thing(Load(kind=kind, how=how, pieces=pieces)) for pieces in (None, *NUMBERS))


def spoken_amount(value: Amount | None) -> str:
    """A number or a range: 12, 8–12."""
    if isinstance(value, Range):
        low, high = told_number(value.min), told_number(value.max)
        return low if value.min == value.max else f"{low}–{high}"
    return "" if value is None else told_number(value)


def spoken_work(dosage: Dosage) -> str:
    """The work alone: 2 × 8–12 per side."""
    measure = spoken_amount(dosage.reps) or (f"{spoken_amount(dosage.hold_s)} s" if dosage.hold_s else "")
    measure = measure or (f"{spoken_amount(dosage.distance_m)} m" if dosage.distance_m else "")
    sets = f"{spoken_amount(dosage.sets)} × " if dosage.sets is not None else ""
    work = f"{sets}{measure}".strip()
    return say("{work} per side", work=work) if dosage.per_side else work


def spoken_load(dosage: Dosage) -> str:
    """The load that holds, or all choices in their order: a light dumbbell, or body weight."""
    return joined(fixed("{one}, or {other}"), filter(None, map(_load, dosage.load)))


def _load(load: Load) -> str:
    weight = say("about {kg} kg", kg=spoken_amount(load.kg)) if load.kg is not None else ""
    return ", ".join(filter(None, [say(_thing(load)), weight, say(load.note)]))


def _thing(load: Load) -> str:
    """What gives the load, and how heavy: a light dumbbell, two heavy dumbbells, machine at a light weight."""
    if load.kind in _SPOKEN:
        return _SPOKEN[load.kind]
    if load.kind == "backpack":
        return f"{FILLED[load.how]} backpack"
    if load.kind in ("machine", "cable"):
        return f"{load.kind} at a {WEIGHTS[load.how]} weight" if load.how else load.kind
    words = STRENGTHS if load.kind == "band" else FEELS
    named = " ".join(filter(None, [words[load.how] if load.how else "", load.kind.replace("_", " ")]))
    return f"{NUMBERS[load.pieces]} {named}s" if load.pieces in NUMBERS else f"a {named}"


def spoken_effort(effort: Effort | None) -> str:
    """3–4 reps left; stop with about 10 s left; easy."""
    if effort is None:
        return ""
    left = say("{number} reps left", number=spoken_amount(effort.left)) if effort.left is not None else ""
    seconds = say("stop with about {seconds} s left", seconds=spoken_amount(effort.left_s)) if effort.left_s is not None else ""
    return ", ".join(filter(None, [say(EASY) if effort.how else "", left, seconds, say(effort.note)]))


def spoken_stages(dosage: Dosage) -> str:
    """From week 3: 4 × 10; from week 5: 5 × 8, each step heavier."""
    later = [index for index, stage in enumerate(dosage.stages) if stage.from_week > 1]
    told = (
        say("from week {week}: {work}", week=dosage.stages[index].from_week, work=_stage_work(dosage, index)) for index in later
    )
    steps = "; ".join(told)
    return say("{steps}, each step heavier", steps=steps) if any(dosage.stages[index].how for index in later) else steps


def _stage_work(dosage: Dosage, index: int) -> str:
    """The work of a stage, with what stays from the stages before it."""
    sets, reps, hold = dosage.sets, dosage.reps, dosage.hold_s
    for stage in dosage.stages[: index + 1]:
        sets, reps, hold = stage.sets or sets, stage.reps or reps, stage.hold_s or hold
    measure = f"{spoken_amount(hold)} s" if hold is not None else spoken_amount(reps)
    return " × ".join(filter(None, [spoken_amount(sets), measure]))
