"""What a rule gave in a plan on file: each entry that rests on it by its reasons, and those that rest on what it concluded."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stridewise.explain.plan_parts import mappings
from stridewise.explain.vouching import fired

Values = dict[str, Any]


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
    followers = _followers(values, frozenset(names))
    for section, told in SECTIONS.items():
        for entry in _entries(values, section):
            own = [reason["rule"] for reason in _reasons(entry)]
            is_direct = any(rule in names for rule in own) or _is_named_after(entry, names)
            way = tuple(dict.fromkeys(rule for rule in own if rule in followers))
            if is_direct or way:
                yield Gave(*told(entry), () if is_direct else way)


def _followers(values: Values, names: frozenset[str]) -> frozenset[str]:
    """The rules that fired by a fact that one of these concluded, and so on."""
    reasons = [reason for section in SECTIONS for entry in _entries(values, section) for reason in _reasons(entry)]
    found = set(names)
    while new := {one["rule"] for one in reasons if found.intersection(_suppliers(one))} - found:
        found |= new
    return frozenset(found - names)


def _suppliers(reason: Values) -> Iterable[str]:
    return [str(fact["derived_by"]) for fact in mappings(reason.get("facts")) if fact.get("derived_by")]


def _is_named_after(entry: Values, names: tuple[str, ...]) -> bool:
    """A warning, referral or adjustment has the id of its rule; a contradiction those of two; conflicts are between rules."""
    ids = [*str(entry.get("id", "")).replace("+", " ").split(), *(str(one) for one in _list(entry.get("between")))]
    return any(name in ids for name in names)


def _entries(values: Values, section: str) -> list[Values]:
    return mappings(values.get(section))


def _reasons(entry: Values) -> list[Values]:
    return [reason for reason in mappings(entry.get("because")) if isinstance(reason.get("rule"), str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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


def _conclusion(entry: Values) -> tuple[str, str]:
    fact = entry.get("fact")
    return "conclusion", _words(*(f"{name}: {value}" for name, value in fact.items())) if isinstance(fact, dict) else str(fact)


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
    "conclusions": _conclusion,
}
