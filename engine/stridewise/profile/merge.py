"""Put together what the sections said: equal facts are one, contradictions are refused, cleared red flags taken out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from stridewise.documents.signatures import names_somebody
from stridewise.language.fact import Fact, show_fact
from stridewise.profile.lapsed import fault_of_clearance
from stridewise.profile.paths import is_single
from stridewise.profile.reader import Reader
from stridewise.profile.shapes import Clearance


def merged(reader: Reader) -> list[Fact]:
    """Equal facts become one with all their places; an explicit fact replaces a phrase's; contradictions are problems."""
    explicit = {(fact.kind, fact.value, fact.side) for fact in reader.facts if not fact.from_alias}
    equal: dict[Fact, list[Fact]] = {}
    for fact in reader.facts:
        if not (fact.from_alias and (fact.kind, fact.value, fact.side) in explicit):
            equal.setdefault(fact, []).append(fact)
    found = [_as_one(group) for group in equal.values()]
    _refuse_contradictions(reader, found)
    return found


def _as_one(equal: list[Fact]) -> Fact:
    """One fact with the places of all; assumed is what every one of them assumes."""
    if len(equal) == 1:
        return equal[0]
    places = dict.fromkeys(place for fact in equal for place in fact.places)
    return replace(equal[0], places=tuple(places), assumed=frozenset.intersection(*(fact.assumed for fact in equal)))


def _refuse_contradictions(reader: Reader, facts: Iterable[Fact]) -> None:
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for fact in facts:
        if is_single(reader.vocabulary.kinds[fact.kind]):
            attributes = () if fact.kind == "par_q" else fact.attributes
            groups[fact.kind, attributes].append(fact)
        if fact.kind != "pain":  # none at rest and some in a run do not contradict each other
            groups[fact.kind, fact.value, fact.side, "normal or not"].append(fact)
    for key, group in groups.items():
        states = {bool(fact.negative) for fact in group} if key[-1] == "normal or not" else {f.value for f in group}
        if len(states) > 1:
            first, second = group[0], group[-1]
            said = f'"{show_fact(reader.vocabulary, second)}" contradicts "{show_fact(reader.vocabulary, first)}"'
            reader.problems.add(second.places[-1].line, f"{said} at {first.places[0]}; keep one")


def cleared(reader: Reader, facts: list[Fact]) -> list[Fact]:
    """Without the red flags that a named clinician cleared; each clearance that counts is kept as a fact of its own."""
    counting: list[Clearance] = []
    faults: list[tuple[list[Fact], str]] = []
    for item, line, where in reader.entries("clinician.clear"):
        reader.not_tomorrow(item.date, line, where)
        if not (names_somebody(item.by) and item.reason.strip()):
            reader.problems.add(line, f"{where}: a clearance needs a name and a reason")
        entry = {"cleared_flag": item.flag, "name": item.by, "on": str(item.date), "reason": item.reason}
        clearance = reader.add(entry, line, where)
        names = {one.value for one in clearance}
        flags = [fact for fact in facts if fact.kind == "red_flag" and fact.value in names]
        if clearance and not flags:
            reader.problems.add(line, f'{where}: the red flag "{item.flag}" is not recorded; remove the clearance')
        elif clearance and (fault := fault_of_clearance(reader, item, flags)):
            faults.append((flags, fault))
        elif clearance:
            facts = [fact for fact in facts if fact not in flags] + clearance
            counting.append(item)
    reader.result.clearances = tuple(counting)
    reader.result.notices += sorted(fault for flags, fault in faults if not set(flags).isdisjoint(facts))
    return facts
