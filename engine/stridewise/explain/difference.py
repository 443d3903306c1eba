"""What differs between two plans, item by item, with the reason of each difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from stridewise.plan.model import Because, Plan
from stridewise.plan.seal import PLACES, to_values

Key = tuple[str, str]  # the plan's section and the item's name in it
TOLD = (
    "referrals",
    "warnings",
    "acknowledged",
    "swaps",
    "load_adjustments",
    "prescriptions",
    "pathways",
    "set_aside",
    "conclusions",
)
QUIET = ("notices", "current", "conflicts", "missing", "not_used", "schedule", "review")
NAMES = {"swaps": "avoid", "load_adjustments": "metric", "prescriptions": "exercise", "pathways": "term"}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that came, went or changed. `parts` are the fields that differ, `reason` says why, `because` is the evidence."""

    section: str
    name: str
    parts: tuple[str, ...]
    reason: str
    because: tuple[Because, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one plan to another. `status` is the plan's status before and after."""

    status: tuple[str, str]
    added: tuple[ItemChange, ...]
    removed: tuple[ItemChange, ...]
    changed: tuple[ItemChange, ...]

    @property
    def all(self) -> tuple[ItemChange, ...]:
        return (*self.added, *self.removed, *self.changed)

    @property
    def is_empty(self) -> bool:
        return self.status[0] == self.status[1] and not self.all


def items_of(plan: Plan) -> dict[Key, list[Any]]:
    """Every item of a plan by section and name; items of one name stand together."""
    by_key: dict[Key, list[Any]] = {}
    for key, item in _named(plan):
        by_key.setdefault(key, []).append(item)
    return by_key


def _named(plan: Plan) -> Iterator[tuple[Key, Any]]:
    for section in TOLD:
        for item in getattr(plan, section):
            yield (section, _name(section, item)), item
    for notice in plan.notices:
        yield ("notices", notice), notice
    for exercise in plan.current:
        yield ("current", exercise.exercise), exercise
    for conflict in plan.conflicts:
        yield ("conflicts", ", ".join(conflict.between)), conflict
    for missing in plan.missing:
        yield ("missing", _fact_name(missing.fact)), missing
    for unread in plan.not_used:
        yield ("not_used", _fact_name(unread.fact)), unread
    for entry in plan.schedule:
        yield ("schedule", str(to_values(entry).get("date"))), entry
    yield ("review", "review"), plan.review


def _name(section: str, item: Any) -> str:
    if section == "set_aside":
        return str(item.exercise or item.target)
    return _fact_name(item.fact) if section == "conclusions" else str(getattr(item, NAMES.get(section, "id")))


def _fact_name(fact: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in fact.items())


def difference(before: Plan, after: Plan) -> Difference:
    """What the second plan has, lacks and says otherwise."""
    old = items_of(before)
    new = _named_as_before(old, items_of(after))
    return Difference(
        status=(before.status, after.status),
        added=tuple(_change(key, [], new[key], after) for key in new if key not in old),
        removed=tuple(_change(key, old[key], [], after) for key in old if key not in new),
        changed=tuple(_change(key, old[key], new[key], after) for key in old if key in new and _differ(old[key], new[key])),
    )


def _named_as_before(old: dict[Key, list[Any]], new: dict[Key, list[Any]]) -> dict[Key, list[Any]]:
    """A warning or referral is named after the first of its rules: what says the same under another name is no other one."""
    named = dict(new)
    for key in [key for key in new if key not in old and key[0] in ("warnings", "referrals")]:
        same = (known for known in old if known not in named and known[0] == key[0] and _says(old[known]) == _says(new[key]))
        if (name := next(same, None)) is not None:
            named[name] = named.pop(key)
    return named


def _says(items: list[Any]) -> list[Any]:
    return [{name: value for name, value in _plain(item).items() if name not in ("id", "because")} for item in items]


def _plain(item: Any) -> Any:
    """Without places: a line number that moved is no difference."""
    return to_values(item, PLACES)


def _differ(old: list[Any], new: list[Any]) -> bool:
    return old != new and [_plain(item) for item in old] != [_plain(item) for item in new]


def _change(key: Key, old: list[Any], new: list[Any], after: Plan) -> ItemChange:
    section, name = key
    because = tuple(reason for item in (new or old) for reason in getattr(item, "because", ()))
    parts = _parts(old, new) if old and new else ()
    reason = _why_changed(old, new, after) if parts else _first(because) if new else _fate(key, old, after)
    return ItemChange(section, name, parts, reason, because, tuple(old), tuple(new))


def _parts(old: list[Any], new: list[Any]) -> tuple[str, ...]:
    """The fields that differ; reasons count last, and a name goes with them."""
    if isinstance(old[0], dict | str):
        return ("entry",)
    shown = [part.name for part in fields(old[0]) if part.name != "id" and _counts(part.metadata)]
    names = [
        name
        for name in shown
        if len(old) != len(new)
        or any(_plain(getattr(a, name)) != _plain(getattr(b, name)) for a, b in zip(old, new, strict=False))
    ]
    return tuple(sorted(names, key=lambda name: name == "because")) or ("number",)


def _counts(metadata: Mapping[str, Any]) -> bool:
    """Is a field of a plan more than working state, or words for what another field means?"""
    return metadata.get("json") is not False and "words" not in metadata


def _why_changed(old: list[Any], new: list[Any], plan: Plan) -> str:
    before = {reason.text for item in old for reason in getattr(item, "because", ())}
    after = {reason.text: None for item in new for reason in getattr(item, "because", ())}
    gone = [text for text in dict.fromkeys(r.text for item in old for r in getattr(item, "because", ())) if text not in after]
    come = [text for text in after if text not in before]
    if come:
        return f"New reason: {come[0]}"
    held = {text for _, text in _held(plan)}
    untrue = [text for text in gone if text not in held]
    if gone and not untrue:
        return f"Something else is in the plan for this now: {gone[0]}"
    return f"No longer holds: {untrue[0]}" if untrue else "The same reasons, other figures."


def _first(because: tuple[Because, ...]) -> str:
    return because[0].text if because else ""


def _fate(key: Key, old: list[Any], after: Plan) -> str:
    """Why an item is gone: set aside, replaced, stopped, or its reasons no longer hold."""
    section, name = key
    if section in ("prescriptions", "swaps"):
        for aside in after.set_aside:
            if aside.exercise == name:
                return f"Set aside: {aside.reason.rstrip('.')}."
        for swap in after.swaps:
            if swap.avoid == name and section == "prescriptions":
                return f"Kept out: {_first(swap.because)}"
        if any(referral.stops_all for referral in after.referrals):
            return "A referral stops all exercise."
    if section == "set_aside" and any(prescription.exercise == name for prescription in after.prescriptions):
        return "It is in the plan now."
    because = tuple(reason for item in old for reason in getattr(item, "because", ()))
    gone = [reason for reason in because if (reason.rule, reason.text) not in _held(after)]
    return f"No longer holds: {gone[0].text}" if gone else _taken_over(because, after) if because else ""


def _held(plan: Plan) -> set[tuple[str, str]]:
    """The reasons that hold in a plan, whatever they are given for."""
    given = [item for items in items_of(plan).values() for item in items]
    return {(reason.rule, reason.text) for item in given for reason in getattr(item, "because", ())}


def _taken_over(because: tuple[Because, ...], after: Plan) -> str:
    """An item whose reasons all hold still: what is there for them now."""
    said = {(reason.rule, reason.text) for reason in because}
    serving = [
        prescription.name
        for prescription in after.prescriptions
        if said & {(reason.rule, reason.text) for reason in prescription.because}
    ]
    return f"Its reasons still hold; in the plan for them now: {', '.join(serving)}." if serving else "Its reasons still hold."


def summary(change: Difference, names: dict[str, str]) -> tuple[str, ...]:
    """The difference in short phrases, the gravest first; `names` are the exercises'. What is only set aside is left out."""
    told: list[tuple[int, str]] = []
    if change.status[0] != change.status[1]:
        told.append(
            (0, "someone else must see the runner first" if change.status[1] == "refer_first" else "no longer refers first")
        )
    verbs: dict[tuple[int, str], str] = {}
    for verb, changes in (("adds", change.added), ("drops", change.removed), ("changes", change.changed)):
        for item in changes:
            if item.section in PHRASES and item.parts != ("because",):
                what = (list(PHRASES).index(item.section) + 1, f"{PHRASES[item.section]} {_spoken(item, names)}")
                verbs[what] = verb if verbs.get(what, verb) == verb else "changes"  # one referral for another to the same person
    told += [(rank, f"{verb} {text}") for (rank, text), verb in verbs.items()]
    return tuple(dict.fromkeys(text for _, text in sorted(told, key=lambda phrase: phrase[0])))


PHRASES = {
    "referrals": "the referral to",
    "swaps": "the swap of",
    "prescriptions": "the exercise",
    "load_adjustments": "the advice on",
    "pathways": "the stage",
    "warnings": "the warning",
}


SOON = {"emergency": "now", "same_day": "today", "urgent": "within 72 hours", "routine": ""}


def _spoken(change: ItemChange, names: dict[str, str]) -> str:
    item = (change.after or change.before)[0]
    if change.section == "referrals":
        return f"{item.addressee} {SOON[item.urgency]}".strip()
    if change.section == "warnings":
        text = str(item.text).split(". ")[0].rstrip(".")
        return f"“{text if len(text) <= 70 else text[:67].rsplit(' ', 1)[0] + ' …'}”"
    if change.section == "pathways":
        return f"“{item.stage_title}” ({item.title})"
    return names.get(change.name, change.name.replace("_", " ")).lower()


WEIGHTS = {
    "referrals": 50,
    "warnings": 3,
    "swaps": 6,
    "load_adjustments": 4,
    "prescriptions": 8,
    "pathways": 5,
    "set_aside": 1,
    "schedule": 1,
}
