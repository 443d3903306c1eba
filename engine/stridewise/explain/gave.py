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


Get = Callable[[str], Any]
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
            yield Gave(*told(entry.get), () if is_direct else way)


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


# Section → what an entry of it is and says, by its fields.
SECTIONS: dict[str, Callable[[Get], tuple[str, str]]] = {
    "referrals": lambda get: ("referral", _words(get("to_name") or get("to"), get("urgency"), get("text"))),
    "warnings": lambda get: ("warning", _words(get("level"), get("text"))),
    "acknowledged": lambda get: ("warning, acknowledged", _words(get("text"), get("by"))),
    "swaps": lambda get: (
        "veto" if get("level") == "contraindication" else "swap",  # that keeps an exercise out whatever asks for it
        _words(
            f"no {get('avoid_name') or get('avoid')}",
            get("level"),
            (other := get("instead_name") or get("instead")) and f"instead {other}",
        ),
    ),
    "set_aside": lambda get: ("set aside", f"{get('name') or get('exercise') or get('target')}: {get('reason')}"),
    "prescriptions": lambda get: ("exercise", _words(get("name"), get("side"))),
    "load_adjustments": lambda get: ("adjustment", f"{get('metric')}: {get('text')}"),
    "current": lambda get: ("current exercise", _words(get("name") or get("exercise"), get("verdict"))),
    "pathways": lambda get: ("stage", _words(f"{get('title')}: {get('stage_title')}", get("side"))),
    "conflicts": lambda get: ("conflict", str(get("text"))),
    "conclusions": lambda get: ("conclusion", shown(get("fact"))),
}
