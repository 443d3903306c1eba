"""What the profile records: tests, findings and symptoms as observations, diagnoses as conditions. As recorded, in words; what
was only assumed is left out, and what was denied or found normal is never told as found."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

from stridewise.language.fact import VALUE, Fact, is_sideless, show_fact
from stridewise.language.translation import fixed, say
from stridewise.language.vocabulary import KINDS, Kind, Value, Vocabulary
from stridewise.recommendation.reasons import merge_sides
from stridewise.render.fhir.parts import Json, Making, concept

DIAGNOSIS, RED_FLAG, SIDE, CERTAINTY, CONFIRMED = "diagnosis", "red_flag", "side", "certainty", "confirmed"
BARE = ("count", "score")  # units that are none
NORMAL = fixed("tested and normal, or not there")


def add_record(making: Making) -> tuple[list[Json], list[Json]]:
    """References to the conditions and to the observations of what is on record."""
    conditions, observations = [], []
    if (words := making.record.vocabulary) is None:
        return [], []
    for fact in _recorded(words, making.record.facts):
        if words.kinds[fact.kind].traits.section == DIAGNOSIS and not fact.negative:
            conditions.append(_condition(making, words, fact))
        else:
            observations.append(_observation(making, words, fact))
    return conditions, observations


def _recorded(words: Vocabulary, facts: Iterable[Fact]) -> list[Fact]:
    """What was written down, equal sides together, nothing twice: a diagnosis also counts as a condition of the runner."""
    told = [fact for fact in merge_sides(facts) if fact.places and _is_told(words, fact)]
    diagnosed = {(fact.value, fact.places) for fact in told if words.kinds[fact.kind].traits.section == DIAGNOSIS}
    return [
        fact for fact in told if words.kinds[fact.kind].traits.section == DIAGNOSIS or (fact.value, fact.places) not in diagnosed
    ]


def _is_told(words: Vocabulary, fact: Fact) -> bool:
    """What was found or reported; neither equipment nor the training, which the plan itself tells."""
    return words.kinds[fact.kind].mode == "open" or fact.kind == RED_FLAG


def _key(fact: Fact) -> str:
    return str(sorted((name, str(value)) for name, value in fact.as_mapping().items()))


def _condition(making: Making, words: Vocabulary, fact: Fact) -> Json:
    """A diagnosis counts as provisional unless it was recorded as confirmed."""
    said = fact.get(CERTAINTY) == CONFIRMED and CERTAINTY not in fact.assumed
    status = {
        "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        "code": "confirmed" if said else "provisional",
    }
    active = {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}
    return making.add(
        "Condition",
        _key(fact),
        clinicalStatus={"coding": [active]},
        verificationStatus={"coding": [status]},
        code=_value_concept(making, words, words.kinds[fact.kind], VALUE, fact.value),
        bodySite=[_side(words, fact)],
        subject=making.subject,
        recordedDate=_day(making, fact),
        note=[{"text": show_fact(words, fact)}],
    )


def _observation(making: Making, words: Vocabulary, fact: Fact) -> Json:
    kind = words.kinds[fact.kind]
    is_absent = bool(fact.negative or kind.traits.denies)
    named = words.show_value(kind.type, fact.value) if kind.traits.denies else show_fact(words, fact)
    found = {"valueBoolean": False, "interpretation": [concept(say(NORMAL))]}
    return making.add(
        "Observation",
        _key(fact),
        status="preliminary",
        code=concept(named) if is_absent else making.coded(KINDS, kind.name, kind.spoken or show_fact(words, fact)),
        subject=making.subject,
        effectiveDateTime=_day(making, fact),
        bodySite=_side(words, fact),
        **(found if is_absent else _value(making, words, kind, VALUE, fact.value)),
        component=list(_components(making, words, kind, fact)),
        note=[{"text": show_fact(words, fact)}],
    )


def _components(making: Making, words: Vocabulary, kind: Kind, fact: Fact) -> Iterator[Json]:
    """The attributes that were recorded, each with its value."""
    for name, value in fact.attributes:
        if name != SIDE and name not in fact.assumed:
            yield {"code": concept(say(name.replace("_", " "), "details"))} | _value(making, words, kind, name, value)


def _value(making: Making, words: Vocabulary, kind: Kind, name: str, value: Value) -> Json:
    type_ = kind.type if name == VALUE else kind.attributes[name].type
    if isinstance(value, Decimal):
        number = int(value) if value == value.to_integral_value() else float(value)
        return {"valueQuantity": {"value": number, "unit": "" if type_.unit in BARE else type_.unit}}
    if type_.terms:
        return {"valueCodeableConcept": _value_concept(making, words, kind, name, value)}
    return {"valueString": words.show_value(type_, value)}


def _value_concept(making: Making, words: Vocabulary, kind: Kind, name: str, value: Value) -> Json:
    type_ = kind.type if name == VALUE else kind.attributes[name].type
    return making.coded(type_.terms, str(value), words.show_value(type_, value))


def _side(words: Vocabulary, fact: Fact) -> Json | None:
    is_said = fact.side and SIDE not in fact.assumed and not is_sideless(words, fact)
    return concept(words.label("sides", str(fact.side))) if is_said else None


def _day(making: Making, fact: Fact) -> str | None:
    """The day on which it was found, else that of recording; none is made up."""
    with suppress(ValueError):
        return str(date.fromisoformat(str(fact.get("date"))))
    return str(making.record.day) if making.record.day else None
