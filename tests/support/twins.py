"""The same runner written another way: each function gives a profile that says what another says. Built on the runners of
`population`, to hold the plans of the two against each other."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import yaml

from plans import DAY, built_in
from population import Runner
from stridewise.language.vocabulary import Kind
from stridewise.profile.phrases.slots import is_pattern

LISTS = ("findings", "symptoms", "history", "diagnosis")
SIDES = ("left", "right")
MIRROR = {"left": "right", "right": "left"}
KM_A_MILE = Decimal("1.609344")
Entry = dict[str, Any]


def each_entry(runner: Runner, change: Callable[[Entry], Any]) -> Runner:
    """The runner with every entry of the lists put through `change`, which gives one entry or a list of them."""
    changed = deepcopy(runner)
    for section in LISTS:
        if section in changed:
            given = [change(entry) for entry in changed[section]]
            changed[section] = [one for item in given for one in (item if isinstance(item, list) else [item])]
    return changed


# --- the race, distances ----------------------------------------------------------------------------------------------


def race_by_date(runner: Runner) -> Runner:
    """The day of the race in place of the weeks to it."""
    if "race" not in runner:
        return runner
    race = {key: value for key, value in runner["race"].items() if key != "in_weeks"}
    return runner | {"race": race | {"date": str(DAY + timedelta(weeks=runner["race"]["in_weeks"]))}}


def in_miles(runner: Runner, rng: Random) -> tuple[Runner, Runner]:
    """The runner with whole and half miles, and the same distances in kilometres."""
    weeks = [Decimal(rng.randint(4, 140)) / 2 for _ in runner["training"]["weekly_distance_km"]]
    longest = Decimal(rng.randint(2, 40)) / 2
    kept = {key: value for key, value in runner["training"].items() if not key.endswith("_km")}
    keyed = {"weekly_distance_mi": [str(week) for week in weeks], "longest_run": f"{longest} mi"}
    metric = {"weekly_distance_km": [str(week * KM_A_MILE) for week in weeks], "longest_run_km": str(longest * KM_A_MILE)}
    return runner | {"training": kept | keyed}, runner | {"training": kept | metric}


# --- sides ------------------------------------------------------------------------------------------------------------


def kind_of(entry: Entry) -> Kind | None:
    kinds = built_in().vocabulary.kinds
    return next((kinds[name] for name in entry if name in kinds), None)


def one_a_side(runner: Runner) -> Runner:
    """Each entry of both sides as one of the left and one of the right; each map of sides likewise."""
    return each_entry(runner, _split)


def _split(entry: Entry) -> list[Entry]:
    kind = kind_of(entry)
    if entry.get("side") == "both":
        return [{**entry, "side": side} for side in SIDES]
    if kind is not None and isinstance(entry[kind.name], dict):
        return [{**entry, kind.name: value, "side": side} for side, value in entry[kind.name].items()]
    return [entry]


def without_the_usual(runner: Runner) -> Runner:
    """Attributes left out that the vocabulary takes for granted in any case."""
    return each_entry(runner, _left_out)


def _left_out(entry: Entry) -> Entry:
    kind = kind_of(entry)
    usual = {name: one.default for name, one in kind.attributes.items()} if kind else {}
    return {name: value for name, value in entry.items() if usual.get(name) is None or usual[name] != value}


def mirrored(value: Any) -> Any:
    """Left for right everywhere in a profile: in values and in the keys of maps."""
    if isinstance(value, dict):
        return {MIRROR.get(key, key): mirrored(item) for key, item in value.items()}
    if isinstance(value, list):
        return [mirrored(item) for item in value]
    return MIRROR.get(value, value) if isinstance(value, str) else value


# "left" and "right" that are no side, and the two numbers of a test, which is told with the left one first
NO_SIDE = (
    r"all right|\bleft out\b|time left|repetitions left|[0-9] left(?!, [0-9.]+(?: \w+)? right)"
    r"|(?:nothing is|are|anything) left|movements right|right time|left where"
)
NUMBERS = r"(?P<one>[0-9.]+(?: \w+)?) left, (?P<other>[0-9.]+(?: \w+)?) right"
SIDED = re.compile(rf"(?P<none>{NO_SIDE})|{NUMBERS}|\b(?P<side>left|right)\b", re.IGNORECASE)


def mirrored_plan(value: Any) -> Any:
    """The values of a plan with left for right, in texts too; repetitions left in reserve stay what they are."""
    if isinstance(value, dict):
        return {key: item if key in ("effort", "reserve") else mirrored_plan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [mirrored_plan(item) for item in value]
    return SIDED.sub(_other_side, value) if isinstance(value, str) else value


def _other_side(match: re.Match[str]) -> str:
    if match["none"]:
        return match[0]
    if side := match["side"]:
        other = MIRROR[side.lower()]
        return other.capitalize() if side[0].isupper() else other
    return f"{match['other']} left, {match['one']} right"


def unordered(value: Any) -> Any:
    """The same values with every list in the order of what it says: what is equal but for the side stands left first."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(unordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


# --- words ------------------------------------------------------------------------------------------------------------


def in_other_words(runner: Runner, rng: Random) -> Runner:
    """Every term of an entry under another of its names."""

    def change(entry: Entry) -> Entry:
        return {name: _renamed(entry, name, value, rng) for name, value in entry.items()}

    return each_entry(runner, change)


def _renamed(entry: Entry, name: str, value: Any, rng: Random) -> Any:
    kind = kind_of(entry) or built_in().vocabulary.kinds["diagnosis"]
    type_ = kind.attributes[name].type if name in kind.attributes else kind.type
    term = built_in().vocabulary.terms.get(type_.terms or "", {}).get(value) if isinstance(value, str) else None
    return rng.choice([*term.aliases, term.label, value]) if term is not None else value


CORES = {  # a kind, and how its value is jotted down
    "weakness": "weak {}",
    "tightness": "tight {}",
    "movement_fault": "{}",
    "skill": "{}",
    "pain": "{} pain",
    "injury": "previous {}",
    "condition": "{}",
}
DETAILS = {  # an attribute, and what is jotted down of it; by its value, or with its value in it
    "side": {"left": "L", "right": "R", "both": "both sides"},
    "grade": "{}",
    "intensity": "{}/10",
    "next_morning": "next morning {}",
    "onset": "{} onset",
    "focal": {True: "pinpoint", False: "diffuse"},
    "night": {True: "at night", False: "no night pain"},
    "rising": {True: "getting worse", False: "stable"},
    "weeks": "for {} weeks",
    "months_ago": "{} months ago",
    "irritability": "{} irritability",
    "certainty": {"working": "suspected", "confirmed": "confirmed"},
}


def jotted(runner: Runner, rng: Random) -> Runner:
    """Entries as a clinician jots them down, details in any order, where there are words for all that they say."""
    return each_entry(runner, lambda entry: _jotting(entry, rng))


IN_ONE_BREATH = 5  # details; of more the reader asks for a comma


def _jotting(entry: Entry, rng: Random) -> Entry | str:
    name = next((key for key in entry if key in CORES), "")
    rest = {key: value for key, value in entry.items() if key != name}
    if not name or not all(key in DETAILS for key in rest):
        return entry
    kind = built_in().vocabulary.kinds["diagnosis" if name == "condition" else name]
    term = built_in().vocabulary.terms[kind.type.terms][entry[name]]
    if kind.name in term.traits.not_asked_as:  # "osteopenia" in words is a condition on record, which has no certainty
        return entry
    label = next((way for way in (term.label, *term.aliases) if way.replace(" ", "").isalpha()), term.name)
    details = [_detail(key, value) for key, value in rest.items()]
    rng.shuffle(details)
    if len(details) > IN_ONE_BREATH:
        details[IN_ONE_BREATH - 1] += ","
    return " ".join([CORES[name].format(label), *details])


def _detail(name: str, value: Any) -> str:
    way = DETAILS[name]
    return way.format(str(value).replace("_", " ")) if isinstance(way, str) else way[value]


def a_phrase(runner: Runner, rng: Random) -> tuple[Runner, Runner]:
    """The runner with a phrase of the vocabulary for all that was found, and with the facts that it stands for."""
    kinds = built_in().vocabulary.kinds
    alias = rng.choice(
        [
            one
            for one in built_in().vocabulary.aliases.values()
            if not is_pattern(one.phrase) and all(_of_all(fact, kinds).mode == "open" for fact in one.facts)
        ]
    )
    bare = {key: value for key, value in runner.items() if key not in LISTS}
    return bare | {"findings": [alias.phrase]}, bare | {"findings": [dict(fact) for fact in alias.facts]}


def _of_all(entry: Any, kinds: Any) -> Kind:
    return next(kinds[name] for name in entry if name in kinds)


# --- order and files --------------------------------------------------------------------------------------------------


def as_yaml(runner: Runner) -> str:
    """The profile in blocks of YAML."""
    return yaml.safe_dump(runner, sort_keys=False, allow_unicode=True)
