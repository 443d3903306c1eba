"""Random toy programs: joins, comparisons, negation, groups, counts, recursion and sides, all valid as rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

COLOURS = ["red", "green", "clear"]
SHAPES = ["round", "star"]
SIDES = ["left", "right"]
# kind → its fields by the sort of value they hold; a variable stands for one sort everywhere, by its first letter
FIELDS: Mapping[str, Mapping[str, str]] = {
    "colour": {"colour": "c", "side": "s", "shade": "h"},
    "shape": {"shape": "f", "side": "s", "near": "c"},
    "size": {"size": "n", "side": "s"},
    "badge": {"badge": "b"},
    "link": {"link": "c", "to": "c"},
    "pile": {"pile": "c", "side": "s", "to": "c"},
    "heap": {"heap": "c", "side": "s"},
    "tower": {"tower": "f", "side": "s"},
    "tally": {"tally": "n"},
    "ready": {"ready": "y"},
}
RECORDED = ["colour", "colour", "shape", "shape", "size", "badge", "link"]
DERIVED = ["pile", "heap", "tower", "tally", "ready"]  # a rule mostly negates and counts what stands before its conclusion
VALUES: Mapping[str, list[Any]] = {
    "c": COLOURS,
    "f": SHAPES,
    "s": SIDES,
    "h": ["light", "dark", "plain"],
    "b": ["gold", "silver"],
    "y": ["yes"],
    "n": [5, 5.0, 12.5, 13, 40],
}
TRANSITIVE = {
    "when": [{"pile": "$c1", "to": "$c2"}, {"link": "$c2", "to": "$c3"}],
    "then": [{"conclude": {"pile": "$c1", "to": "$c3"}}],
}
FIRST_STEP = {"when": [{"link": "$c1", "to": "$c2"}], "then": [{"conclude": {"pile": "$c1", "to": "$c2"}}]}


@dataclass(frozen=True)
class Case:
    """A program and the facts to run it on, as written."""

    rules: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    answered: frozenset[str]


def make_case(random: Random) -> Case:
    rules = [_rule(random) for _ in range(random.randint(2, 7))]
    if random.random() < 0.25:
        rules += [dict(FIRST_STEP), dict(TRANSITIVE)]
    random.shuffle(rules)
    basics = {"because": "So.", "sources": ["atlas"], "strength": "strong", "certainty": "high"}
    named = [{"id": f"r{number}", **written, **basics} for number, written in enumerate(rules)]
    facts = [_fact(random) for _ in range(random.randint(3, 10))]
    answered = {"badge"} if random.random() < 0.7 else set()
    return Case(named, facts, frozenset(answered))


def _fact(random: Random) -> dict[str, Any]:
    kind = random.choice(RECORDED)
    fact: dict[str, Any] = {}
    for name, sort in FIELDS[kind].items():
        if name == kind or random.random() < 0.7:
            fact[name] = random.choice([*VALUES[sort], "both"] if sort == "s" else VALUES[sort])
    return fact


def _rule(random: Random) -> dict[str, Any]:
    rank = random.randrange(len(DERIVED))
    lower = DERIVED if random.random() < 0.05 else DERIVED[:rank]
    usable = [*RECORDED, *DERIVED[: rank + 1], *lower, *lower]
    when = [make_condition(random, usable) for _ in range(random.choice([0, 1, 1, 2, 2, 3]))]
    if random.random() < 0.3:
        when.append({"any_of": [make_condition(random, usable) for _ in range(random.randint(1, 3))]})
    if random.random() < (0.25 if when else 0.8):  # a rule without conditions holds for everybody
        when.append(_count(random, [*RECORDED, *lower]))
    bound = sorted(always_bound(when))
    if random.random() < 0.4:
        when.append({"absent": _absent(random, bound, [*lower, *lower, "badge"])})
    random.shuffle(when)
    conclusions = [_conclusion(random, bound, DERIVED[rank]) for _ in range(random.choice([1, 1, 2]))]
    return {"when": when, "then": [{"conclude": conclusion} for conclusion in conclusions]}


def make_condition(random: Random, kinds: list[str], variables: float = 0.5) -> dict[str, Any]:
    """A condition on one of these kinds; a field holds a variable as often as `variables` says."""
    kind = random.choice(kinds)
    condition: dict[str, Any] = {}
    for name, sort in FIELDS[kind].items():
        if name == kind or random.random() < 0.4:
            shared = f"${sort}{random.choice([1, 1, 2])}"
            condition[name] = shared if random.random() < variables else _test(random, sort)
    return condition


def _test(random: Random, sort: str) -> Any:
    if sort == "n":
        return random.choice([">= 12.5", "> 5", "< 13", "<= 12.5", "5..12.5", ">= tall", 13, [5, 40], "any"])
    roll = random.random()
    if roll < 0.3:
        return "any"
    return random.choice(VALUES[sort]) if roll < 0.5 else random.sample(VALUES[sort], random.randint(1, len(VALUES[sort])))


def _meaning(condition: dict[str, Any]) -> str:
    """The same text for conditions that mean the same, however they are written."""
    return str(sorted((name, sorted(map(str, said if isinstance(said, list) else [said]))) for name, said in condition.items()))


def _count(random: Random, kinds: list[str]) -> dict[str, Any]:
    """Counted over one shared variable or none, so that no variable stands in some of the conditions only."""
    size = random.randint(1, 4)
    if random.random() < 0.5:
        group = [make_condition(random, kinds, variables=0) for _ in range(size)]
    else:
        sort, group = random.choice("sc"), []
        while len(group) < size:
            condition = make_condition(random, kinds, variables=0)
            if fields := [name for name, held in FIELDS[_kind(condition)].items() if held == sort]:
                group.append({**condition, random.choice(fields): f"${sort}1"})
    different = list({_meaning(condition): condition for condition in group}.values())
    return {"at_least": random.randint(1, max(1, len(different) - 1)), "of": different}


def _absent(random: Random, bound: list[str], kinds: list[str]) -> dict[str, Any]:
    """Variables here are bound elsewhere, or stand nowhere else."""
    condition = make_condition(random, kinds, variables=0)
    for name, sort in FIELDS[_kind(condition)].items():
        fitting = [variable for variable in bound if variable[0] == sort]
        if name in condition and fitting and random.random() < 0.6:
            condition[name] = f"${random.choice(fitting)}"
        elif name in condition and random.random() < 0.2:
            condition[name] = f"${sort}9"
    return condition


def _conclusion(random: Random, bound: list[str], kind: str) -> dict[str, Any]:
    fact: dict[str, Any] = {}
    for name, sort in FIELDS[kind].items():
        if name == kind or random.random() < 0.6:
            fitting = [f"${variable}" for variable in bound if variable[0] == sort]
            constants = [*VALUES[sort], "both"] if sort == "s" else VALUES[sort]
            fact[name] = random.choice(fitting if fitting and random.random() < 0.7 else constants)
    return fact


def _kind(condition: Mapping[str, Any]) -> str:
    return next(name for name in condition if name in FIELDS)


def always_bound(when: list[dict[str, Any]]) -> set[str]:
    """The variables, without their sign, that have a value whenever all entries hold."""
    groups = [entry.get("any_of") or entry.get("of") or [entry] for entry in when]
    held = [[{str(test)[1:] for test in c.values() if str(test).startswith("$")} for c in group] for group in groups]
    return set().union(*(set.intersection(*group) for group in held))
