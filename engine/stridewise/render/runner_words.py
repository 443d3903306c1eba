"""A dose as one says it to a runner: whole sentences, no shorthand."""

from collections.abc import Iterator
from decimal import Decimal

from stridewise.documents.sentences import capitalised, sentence
from stridewise.documents.shape import Amount, Range
from stridewise.documents.units import show
from stridewise.language.dosage import Dosage, Effort
from stridewise.language.dosage_words import spoken_load, spoken_stages

MINUTE = Decimal(60)
NOT_HELD = ("none", "unknown")  # loads that are a way of doing it


def dose_sentences(dosage: Dosage, usual_effort: str = "") -> list[str]:
    """3 sets of 8 to 12 on each side, with a light dumbbell. Stop when you could still do 3 or 4 more. … The effort is left out
    where it is the usual one, which is said elsewhere."""
    effort = effort_sentences(dosage)
    return [*_work(dosage), *(effort if " ".join(effort) != usual_effort else ()), *_pace(dosage), *_later(dosage)]


def effort_sentences(dosage: Dosage) -> list[str]:
    """How hard it is: Stop when you could still do 3 or 4 more."""
    return list(_how_hard(dosage.effort))


def _work(dosage: Dosage) -> Iterator[str]:
    sides = " on each side" if dosage.per_side else ""
    loaded = _loaded(dosage)
    if amount := _amount_of_work(dosage):
        yield f"{_sets(dosage.sets)}{amount}{sides}{loaded}."
    if dosage.hold_each_s:
        yield f"Hold each one for {said(dosage.hold_each_s)} seconds."
    if dosage.note:
        yield sentence(dosage.note)


def _loaded(dosage: Dosage) -> str:
    load = spoken_load(dosage)
    if not load or dosage.loading is None:
        return ""
    if load == "body weight":
        return ""
    return f", {load}" if dosage.loading.kind in NOT_HELD else f", with {load}"


def _amount_of_work(dosage: Dosage) -> str:
    if dosage.reps is not None:
        return said(dosage.reps)
    if dosage.hold_s is not None:
        return f"Hold for {said(dosage.hold_s)} seconds" if dosage.sets is None else f"{said(dosage.hold_s)} seconds"
    return f"{said(dosage.distance_m)} metres" if dosage.distance_m is not None else ""


def _sets(sets: Amount | None) -> str:
    if sets is None:
        return ""
    return "1 set of " if sets == 1 else f"{said(sets)} sets of "


def _how_hard(effort: Effort | None) -> Iterator[str]:
    if effort is None:
        return
    if effort.left is not None:
        yield f"Stop when you could still do {_left(effort.left)} more."
    if effort.left_s is not None:
        yield f"Stop when you could still hold for about {said(effort.left_s)} seconds."
    if effort.how == "easy":
        yield "Keep it easy."
    if effort.note:
        yield sentence(effort.note)


def _left(amount: Amount) -> str:
    """3 or 4; 4 to 6."""
    is_next = isinstance(amount, Range) and amount.max - amount.min == 1
    return said(amount, "or" if is_next else "to")


def _pace(dosage: Dosage) -> Iterator[str]:
    if dosage.tempo:
        yield _speed(dosage.tempo)
    if dosage.rest_s is not None:
        yield f"Rest {_time(dosage.rest_s)} between sets."


def _speed(tempo: str) -> str:
    """3-1-2 is the way there, the pause and the way back, in seconds."""
    parts = tempo.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return f"Speed: {tempo}."
    there, pause, back = parts
    return f"Count {there} to go{'' if pause == '0' else f', {pause} to pause'}{'' if back == '0' else f', {back} to come back'}."


def _later(dosage: Dosage) -> Iterator[str]:
    if later := spoken_stages(dosage):
        yield f"{capitalised(later)}."


def _time(seconds: Amount) -> str:
    if isinstance(seconds, Decimal) and seconds >= MINUTE and seconds % MINUTE == 0:
        return "1 minute" if seconds == MINUTE else f"{show(seconds / MINUTE)} minutes"
    return f"{said(seconds)} seconds"


def said(amount: Amount | None, between: str = "to") -> str:
    """A number or a range in words: 12, 8 to 12."""
    if isinstance(amount, Range):
        same = amount.min == amount.max
        return show(amount.min) if same else f"{show(amount.min)} {between} {show(amount.max)}"
    return "" if amount is None else show(amount)
