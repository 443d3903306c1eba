"""A dose as one says it to a runner: whole sentences, no shorthand."""

from collections.abc import Iterator
from decimal import Decimal

from stridewise.documents.sentences import capitalised, sentence
from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage, Effort
from stridewise.language.dosage_words import spoken_load, spoken_stages
from stridewise.language.translation import either, fixed, say, say_number, told_number

MINUTE = Decimal(60)
NOT_HELD = ("none", "unknown")  # loads that are a way of doing it


def dose_sentences(dosage: Dosage, usual_effort: str = "") -> list[str]:
    """3 sets of 8 to 12 on each side, with a light dumbbell. Stop when you could still do 3 or 4 more. … The effort is left out
    where it is the usual one, which is said elsewhere."""
    effort = effort_sentences(dosage)
    return [*_work(dosage), *(effort if " ".join(effort) != usual_effort else ()), *_pace(dosage)]


def effort_sentences(dosage: Dosage) -> list[str]:
    """How hard it is: Stop when you could still do 3 or 4 more."""
    return list(_how_hard(dosage.effort))


def _work(dosage: Dosage) -> Iterator[str]:
    if amount := _amount_of_work(dosage):
        loaded = _loaded(dosage)
        yield say("{work}, {load}.", work=amount, load=loaded) if loaded else f"{amount}."
    if dosage.hold_each_s:
        yield say("Hold each one for {seconds} seconds.", seconds=said(dosage.hold_each_s))
    if dosage.note:
        yield sentence(say(dosage.note))


def _loaded(dosage: Dosage) -> str:
    """The load behind the work; "" where it is the body's own."""
    load = spoken_load(dosage)
    if not load or dosage.loading is None or dosage.loading.kind == "body_weight":
        return ""
    return load if dosage.loading.kind in NOT_HELD else say("with {load}", load=load)


def _amount_of_work(dosage: Dosage) -> str:
    """3 sets of 8 to 12 on each side; Hold for 30 seconds."""
    work = _once(dosage)
    if not work:
        return ""
    if dosage.sets is None:
        return say("{work} on each side", work=work) if dosage.per_side else work
    return say(_SETS[dosage.sets == 1, bool(dosage.per_side)], sets=said(dosage.sets), work=work)


_SETS = {  # one set or more, on each side or not
    (True, False): fixed("{sets} set of {work}"),
    (False, False): fixed("{sets} sets of {work}"),
    (True, True): fixed("{sets} set of {work} on each side"),
    (False, True): fixed("{sets} sets of {work} on each side"),
}


def _once(dosage: Dosage) -> str:
    """The work of one set."""
    if dosage.reps is not None:
        return said(dosage.reps)
    if dosage.hold_s is not None:
        alone, in_sets = fixed("Hold for {number} seconds"), fixed("{number} seconds")
        return say(alone if dosage.sets is None else in_sets, number=said(dosage.hold_s))
    return say("{number} metres", number=said(dosage.distance_m)) if dosage.distance_m is not None else ""


def _how_hard(effort: Effort | None) -> Iterator[str]:
    if effort is None:
        return
    if effort.left is not None:
        yield say("Stop when you could still do {number} more.", number=_left(effort.left))
    if effort.left_s is not None:
        yield say("Stop when you could still hold for about {number} seconds.", number=said(effort.left_s))
    if effort.how == "easy":
        yield say("Keep it easy.")
    if effort.note:
        yield sentence(say(effort.note))


def _left(amount: Amount) -> str:
    """3 or 4; 4 to 6."""
    if isinstance(amount, Range) and amount.max - amount.min == 1:
        return either([told_number(amount.min), told_number(amount.max)])
    return said(amount)


def _pace(dosage: Dosage) -> Iterator[str]:
    """How fast, with how much rest, and how it goes on in later weeks."""
    if dosage.tempo:
        yield _speed(dosage.tempo)
    if dosage.rest_s is not None:
        yield say("Rest {time} between sets.", time=_time(dosage.rest_s))
    if later := spoken_stages(dosage):
        yield f"{capitalised(later)}."


def _speed(tempo: str) -> str:
    """3-1-2 is the way there, the pause and the way back, in seconds."""
    parts = tempo.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return say("Speed: {tempo}.", tempo=say(tempo))
    there, pause, back = parts
    return say(_COUNTS[pause != "0", back != "0"], there=there, pause=pause, back=back)


_COUNTS = {  # with a pause or not, with a slow way back or not
    (False, False): fixed("Count {there} to go."),
    (True, False): fixed("Count {there} to go, {pause} to pause."),
    (False, True): fixed("Count {there} to go, {back} to come back."),
    (True, True): fixed("Count {there} to go, {pause} to pause, {back} to come back."),
}


def _time(seconds: Amount) -> str:
    if isinstance(seconds, Decimal) and seconds >= MINUTE and seconds % MINUTE == 0:
        return say_number("{number} minute", "{number} minutes", seconds / MINUTE)
    return say("{number} seconds", number=said(seconds))


def said(amount: Amount | None) -> str:
    """A number or a range in words: 12, 8 to 12."""
    if isinstance(amount, Range) and amount.min != amount.max:
        return say("{low} to {high}", low=amount.min, high=amount.max)
    low = amount.min if isinstance(amount, Range) else amount
    return "" if low is None else told_number(low)
