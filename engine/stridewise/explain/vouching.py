"""Does a plan on file vouch truly? Whether its seals hold, and what made it then and now, part by part."""

from collections.abc import Iterator
from typing import Any

from stridewise.plan.difference import EntryChange, changes, differing_fields
from stridewise.plan.entries import entries_of, part_of, shown
from stridewise.plan.seal import (
    BESIDE,
    OWN_SEAL,
    PLACES,
    digest_of_receipt,
    digest_of_values,
    to_values,
    without_beside,
)

OF_THE_RUN = ("engine", "plan_sha256", OWN_SEAL)  # which matchers ran, and the seals
RULE_KEYS = ("rule", "derived_by")
MAKERS = {  # what a receipt calls them, and what is said of one that took part once only
    "packs": ("rule pack", "no longer loaded", "was not loaded then"),
    "overrides": ("override", "no longer in force", "was not in force then"),
    "plugins": ("plugin", "no longer in force", "was not in force then"),
}
MOST_NAMED = 5


def content_of(stated: dict[str, Any]) -> dict[str, Any]:
    """What the plan's seal covers: everything but places, drawings and the receipt."""
    content: dict[str, Any] = to_values(without_beside(stated), PLACES)
    return content


def broken_seals(stated: dict[str, Any]) -> list[str]:
    """What the seals of a plan on file say against it. A seal is no signature: who makes a new one is found by recomputing."""
    receipt, broken = stated["receipt"], []
    if receipt.get("plan_sha256") != digest_of_values(content_of(stated)):
        broken.append("the plan: it does not fit the seal of its receipt (plan_sha256): it was edited, or has another's receipt")
    if receipt.get(OWN_SEAL) != digest_of_receipt(receipt):
        broken.append(f"the receipt: it was edited, it does not fit its own seal ({OWN_SEAL})")
    return broken


def edited_beside(stated: dict[str, Any], fresh: dict[str, Any], drawings: Any) -> list[str]:
    """What no seal covers, and yet says something: lines of the profile, and `drawings` where they are to be looked at."""
    edited = []
    if stated["receipt"].get("profile_sha256") == fresh["receipt"]["profile_sha256"] and _lines(stated) != _lines(fresh):
        edited.append("the places (at): they name other lines than the profile has")
    if drawings is not None and stated["drawings"] != drawings:
        edited.append("the drawings: they are not those of the plan's exercises")
    return edited


def _lines(value: Any) -> list[Any]:
    """The lines that places name, in the order of their keys; the file may have another name by now."""
    if isinstance(value, dict):
        own = [str(value[key]).rpartition(":")[2] for key in PLACES if key in value]
        return own + [line for key in sorted(value) if key not in (*PLACES, *BESIDE) for line in _lines(value[key])]
    return [line for item in value for line in _lines(item)] if isinstance(value, list) else []


def makers(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What made the plan then and now, part by part. The matchers agree, so which of them ran is none."""
    causes = [_maker(change) for change in changes(entries_of(then, MAKERS), entries_of(now, MAKERS))]
    if then.get("version") != now["version"]:
        causes.append(f"stridewise: version {shown(then.get('version'))} → {now['version']}")
    elif then.get("engine_sha256") != now["engine_sha256"]:
        causes.append(f"stridewise: its own code changed within version {now['version']}")
    if then.get("texts_sha256", "") != now.get("texts_sha256", ""):
        causes.append("the texts of the plan's language changed")
    if then.get("profile_sha256") != now["profile_sha256"]:
        causes.append("the profile: its file changed")
    elif then.get("facts_sha256") != now["facts_sha256"]:
        causes.append("what is known of the runner: the training log changed, or what a plugin computes")
    return causes or _unlike(then, now)


def _maker(change: EntryChange) -> str:
    """A pack, override or plugin that took part once only, or otherwise."""
    kind, gone, new = MAKERS[change.section]
    if change.fate != "changed":
        return f"{kind} {change.name}: {gone if change.fate == 'gone' else new}"
    both = change.before[0], change.after[0]
    if "sha256" in change.parts:
        versions = dict.fromkeys(shown(version) for one in both if (version := part_of(one, "version")))
        return f"{kind} {change.name}: its files changed" + (f" (version {' → '.join(versions)})" if versions else "")
    said = "; ".join(differing_fields(*both)) or ", ".join(change.parts)
    return f"{kind} {change.name}: the receipt says otherwise of it ({said})"


def _unlike(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What else the receipts do not agree on."""
    keys = [key for key in dict.fromkeys([*then, *now]) if key not in OF_THE_RUN and then.get(key) != now.get(key)]
    return [f"the receipt: another {', '.join(keys)}"] if keys else []


def rules(stated: dict[str, Any], fresh: dict[str, Any]) -> Iterator[str]:
    """The rules that fired for one of the two plans only, where another program made it."""
    if stated["receipt"].get("program_sha256") == fresh["receipt"]["program_sha256"]:
        return
    then, now = fired(stated), fired(fresh)
    if gone := [name for name in then if name not in now]:
        yield f"rules that fired then and do not now: {listed(gone)}"
    if come := [name for name in now if name not in then]:
        yield f"rules that fire now and did not then: {listed(come)}"


def listed(names: list[str]) -> str:
    """The first of them in a line; of the rest the number."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def fired(stated: dict[str, Any]) -> list[str]:
    """The rules that fired, as the receipt of a plan has them."""
    named = stated["receipt"].get("fired")
    return [str(name) for name in named] if isinstance(named, list) else []


def rules_behind(value: Any) -> Iterator[str]:
    """The rules that the reasons in a part of a plan name, in their order."""
    if isinstance(value, dict):
        yield from (value[key] for key in RULE_KEYS if isinstance(value.get(key), str))
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from rules_behind(item)


def notes(stated: dict[str, Any], fresh: dict[str, Any]) -> tuple[str, ...]:
    then, now = stated["receipt"].get("engine"), fresh["receipt"]["engine"]
    return () if then == now else (f"the matchers: {shown(then)} → {now}",)
