"""Conditions as they are written, taken apart: their parts, what passes them, the numbers nearest to their ends."""

from decimal import Decimal
from typing import Any

from explain_edits import Entry
from oracle import Told, exact, passes


def counted(entry: Entry) -> tuple[int, list[Entry]]:
    if "at_least" in entry:
        return entry["at_least"], entry["of"]
    return 1, entry.get("any_of") or [entry]


def put_in(when: list[Entry], values: Entry) -> list[Entry]:
    if not values:
        return when

    def one(condition: Entry) -> Entry:
        return {name: values.get(str(test)[1:], test) if str(test).startswith("$") else test for name, test in condition.items()}

    put: list[Entry] = []
    for entry in when:
        if "absent" in entry:
            put.append({"absent": one(entry["absent"])})
        elif "any_of" in entry:
            put.append({"any_of": [one(condition) for condition in entry["any_of"]]})
        elif "of" in entry:
            put.append({**entry, "of": [one(condition) for condition in entry["of"]]})
        else:
            put.append(one(entry))
    return put


def accepted(test: Any, value: Any) -> bool:
    return bool(passes(test, exact(value), {}))


def passes_all(tests: Entry, fact: Told) -> bool:
    fields = dict(fact.fields)
    return all(name in fields and accepted(test, fields[name]) for name, test in tests.items())


def ends(test: str) -> tuple[Decimal | None, Decimal | None, bool]:
    if ".." in test:
        low, high = test.split("..")
        return Decimal(low), Decimal(high), False
    bound = test.lstrip("<>= ")
    number = Decimal(40) if bound == "tall" else Decimal(bound)
    return (number, None, "=" not in test) if test[0] == ">" else (None, number, "=" not in test)


def inside(test: str, step: Decimal) -> list[Decimal]:
    """The numbers nearest to each end of a comparison that pass it."""
    low, high, is_open = ends(test)
    found = [low + step if is_open else low] if low is not None else []
    return found + ([high - step if is_open else high] if high is not None and high != low else [])


def outside(test: str, step: Decimal) -> list[Decimal]:
    low, high, is_open = ends(test)
    found = [low if is_open else low - step] if low is not None else []
    return found + ([high if is_open else high + step] if high is not None else [])
