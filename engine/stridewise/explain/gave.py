"""What a rule gave in a plan on file: each entry that rests on it by its reasons, and those that rest on what it concluded."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stridewise.explain.vouching import fired
from stridewise.plan.entries import Values, because_of, mappings, shown


@dataclass(frozen=True, slots=True)
class Gave:
    """One entry of a plan that rests on the rule: `what` it is, what it says, and by way of which rules, where not by itself."""

    what: str
    text: str
    by_way_of: tuple[str, ...] = ()


FIRED = Gave("fired", "nothing that this plan names")


def gave_by(values: Values, names: tuple[str, ...]) -> Iterator[Gave]:
    """The entries of a plan that rest on a rule of these names, the weightiest kinds first; one that fired may have given nothing
    that the plan names, as a veto of what nothing asked for."""
    named = list(_named_by(values, names))
    yield from named
    if not named and any(name in fired(values) for name in names):
        yield FIRED


def _named_by(values: Values, names: tuple[str, ...]) -> Iterator[Gave]:
    entries = [(told, entry) for section, told in SECTIONS.items() for entry in mappings(values.get(section))]
    followers = _followers([reason for _, entry in entries for reason in because_of(entry)], names)
    for told, entry in entries:
        own = dict.fromkeys(reason["rule"] for reason in because_of(entry))
        is_direct = any(name in own for name in names) or _is_named_after(entry, names)
        way = tuple(rule for rule in own if rule in followers)
        if is_direct or way:
            yield Gave(*told(entry), () if is_direct else way)


def _followers(reasons: Iterable[Values], names: tuple[str, ...]) -> set[str]:
    """The rules that fired by a fact that one of these concluded, and so on."""
    found, listed = set(names), list(reasons)
    while new := {one["rule"] for one in listed if found.intersection(_suppliers(one))} - found:
        found |= new
    return found.difference(names)


def _suppliers(reason: Values) -> Iterator[str]:
    return (str(fact["derived_by"]) for fact in mappings(reason.get("facts")) if fact.get("derived_by"))


def _is_named_after(entry: Values, names: tuple[str, ...]) -> bool:
    """A warning, referral or adjustment has the id of its rule; a contradiction those of two; conflicts are between rules."""
    between = entry.get("between")
    ids = [*str(entry.get("id", "")).replace("+", " ").split(), *(map(str, between) if isinstance(between, list) else ())]
    return any(name in ids for name in names)


# --- in words ----------------------------------------------------------------------------------------------------------------


def _words(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def _referral(entry: Values) -> tuple[str, str]:
    return "referral", _words(entry.get("to_name") or entry.get("to"), entry.get("urgency"), entry.get("text"))


def _swap(entry: Values) -> tuple[str, str]:
    """A contraindication keeps an exercise out whatever asks for it."""
    instead = entry.get("instead_name") or entry.get("instead")
    avoided = f"no {entry.get('avoid_name') or entry.get('avoid')}"
    what = "veto" if entry.get("level") == "contraindication" else "swap"
    return what, _words(avoided, entry.get("level"), instead and f"instead {instead}")


def _adjustment(entry: Values) -> tuple[str, str]:
    return "adjustment", f"{entry.get('metric')}: {entry.get('text')}"


def _stage(entry: Values) -> tuple[str, str]:
    return "stage", _words(f"{entry.get('title')}: {entry.get('stage_title')}", entry.get("side"))


def _set_aside(entry: Values) -> tuple[str, str]:
    return "set aside", f"{entry.get('name') or entry.get('exercise') or entry.get('target')}: {entry.get('reason')}"


SECTIONS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "referrals": _referral,
    "warnings": lambda entry: ("warning", _words(entry.get("level"), entry.get("text"))),
    "acknowledged": lambda entry: ("warning, acknowledged", _words(entry.get("text"), entry.get("by"))),
    "swaps": _swap,
    "set_aside": _set_aside,
    "prescriptions": lambda entry: ("exercise", _words(entry.get("name"), entry.get("side"))),
    "load_adjustments": _adjustment,
    "current": lambda entry: ("current exercise", _words(entry.get("name") or entry.get("exercise"), entry.get("verdict"))),
    "pathways": _stage,
    "conflicts": lambda entry: ("conflict", str(entry.get("text"))),
    "conclusions": lambda entry: ("conclusion", shown(entry.get("fact"))),
}
