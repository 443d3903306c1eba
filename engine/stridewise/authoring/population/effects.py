"""What two versions of the packs do for one runner, in the order of what is gravest: safety, load, exercises, words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from stridewise.authoring.population.effect import Effect
from stridewise.authoring.population.safety import safety_effects
from stridewise.documents.units import show
from stridewise.plan.difference import EntryChange, difference, differing_fields
from stridewise.plan.model import LoadAdjustment, Plan, Prescription
from stridewise.plan.seal import BESIDE, PLACES, to_values
from stridewise.session import Session

# Which section of a plan a kind of effect has told of, by how the kind's name begins.
SECTIONS = {
    "referral": "referrals",
    "reason": "referrals",
    "warning": "warnings",
    "load": "load_adjustments",
    "running": "schedule",
    "stage": "pathways",
    "exercise": "prescriptions",
    "dose": "prescriptions",
    "current": "current",
}
OF_SAFETY = ("referrals", "warnings", "acknowledged", "swaps")
NOT_TOLD = frozenset({*BESIDE, "schema", "runner", "as_of", "status", "language"})
SAID_IN_WORDS = ("loading", "reserve")  # as data what `load` and `effort` say
HOW = ("block", "side", "session", "pain_limit", "stop_if", "progression", "regression", "start_from", "targets")


def effects_of(before: Session | str, after: Session | str) -> tuple[Effect, ...]:
    """What changes for a runner, the gravest first. A text in place of a session says why there is no plan."""
    old, new = (None if isinstance(one, str) else one for one in (before, after))
    found = [*safety_effects(old, new)]
    if old is not None and new is not None:
        found += _in_plans(old.plan, new.plan, found)
    elif old is not None:
        found.append(Effect("plan_lost", "the plan", 0, str(after)))
    elif new is not None:
        found.append(Effect("plan_new", "the plan", 0, str(before)))
    return tuple(sorted(found, key=lambda effect: effect.order))


def is_changed(before: Session | str, after: Session | str) -> bool:
    """Is it another plan, or none where there was one? By the seal: places, drawings and the receipt do not count."""
    if isinstance(before, str) or isinstance(after, str):
        return isinstance(before, str) != isinstance(after, str)
    return before.plan.receipt.plan_sha256 != after.plan.receipt.plan_sha256


def _in_plans(old: Plan, new: Plan, for_safety: Sequence[Effect]) -> list[Effect]:
    if old.receipt.plan_sha256 == new.receipt.plan_sha256:
        return []
    found = [effect for change in difference(old, new, tuple(TOLD)).all for effect in TOLD[change.section](change)]
    found += [*_running(old, new), *_stages(old, new)]
    told = {SECTIONS.get(effect.kind.partition("_")[0]) for effect in (*for_safety, *found)}
    return [*found, *(effect for effect in _words(old, new) if effect.item not in told)]


# --- load ---------------------------------------------------------------------------------------------------------


def _load(change: EntryChange) -> Iterator[Effect]:
    was, now = ([_amount(one) for one in entries] for entries in (change.before, change.after))
    if was != now:
        kind = {"gone": "load_lost", "new": "load_new"}.get(change.fate, "load_changed")
        yield Effect(kind, change.name, 0, _arrow(", ".join(was), ", ".join(now)), _rules(change.before, change.after))


def _amount(adjustment: LoadAdjustment) -> str:
    return adjustment.change if adjustment.to is None else show(adjustment.to, adjustment.unit)


def _running(old: Plan, new: Plan) -> Iterator[Effect]:
    for name, unit in (("running_km", "km"), ("running_minutes", "min")):
        was, now = (_total(plan, name) for plan in (old, new))
        if was != now:
            more = "less" if now < was else "more"
            yield Effect("running_changed", f"{more} ({unit})", int(now < was), _arrow(show(was, unit), show(now, unit)))


def _total(plan: Plan, name: str) -> Decimal:
    """Over all weeks that the plan says it for; later ones stand in it as one entry each."""
    totals = (getattr(day.totals, name) for day in plan.schedule if day.totals is not None)
    return sum((number for number in totals if number is not None), Decimal(0))


# --- exercises and stages -----------------------------------------------------------------------------------------


def _stages(old: Plan, new: Plan) -> Iterator[Effect]:
    was, now = ({(one.pathway, one.side or ""): one for one in plan.pathways} for plan in (old, new))
    for key in sorted(was.keys() | now.keys()):
        both = [[plan[key]] if key in plan else [] for plan in (was, now)]
        told = [[(one.stage, one.running) for one in held] for held in both]
        if told[0] != told[1]:
            moved = _arrow(*("".join(f"stage {one.number} of {one.of}" for one in held) for held in both))
            yield Effect("stage_changed", key[0], 0, " ".join(filter(None, (key[1], moved))), _rules(*both))


def _exercise(change: EntryChange) -> Iterator[Effect]:
    rules = _rules(change.before, change.after)
    if change.fate != "changed":
        yield Effect(f"exercise_{change.fate}", change.name, 0, "", rules)
        return
    pairs = zip(change.before, change.after, strict=False)
    if details := [line for was, now in pairs for line in differing_fields(_how(was), _how(now))]:
        yield Effect("dose_changed", change.name, 0, "; ".join(details), rules)


def _how(one: Prescription) -> dict[str, Any]:
    """How an exercise is done: its dose in words, and all that limits it."""
    dose = {name: value for name, value in to_values(one.dosage).items() if name not in SAID_IN_WORDS}
    return {**dose, **{name: to_values(getattr(one, name)) for name in HOW}}


def _current(change: EntryChange) -> Iterator[Effect]:
    was, now = (", ".join(one.verdict for one in entries) for entries in (change.before, change.after))
    if change.fate == "changed" and was != now:
        yield Effect("current_changed", change.name, 0, _arrow(was, now))


TOLD: dict[str, Callable[[EntryChange], Iterator[Effect]]] = {
    "load_adjustments": _load,
    "prescriptions": _exercise,
    "current": _current,
}


# --- words --------------------------------------------------------------------------------------------------------


def _words(old: Plan, new: Plan) -> Iterator[Effect]:
    """Every section that differs, if only in a word."""
    was, now = (to_values(plan, PLACES) for plan in (old, new))
    for section in sorted((was.keys() | now.keys()) - NOT_TOLD):
        if was.get(section) != now.get(section):
            yield Effect("other_parts", section, int(section not in OF_SAFETY))


def _arrow(before: str, after: str) -> str:
    return f"{before or 'nothing'} → {after or 'nothing'}"


def _rules(before: Iterable[Any], after: Iterable[Any]) -> tuple[str, ...]:
    """The rules that came or went among the reasons; where none did, those that stayed say something else now."""
    was, now = ({reason.rule for entry in entries for reason in entry.because} for entries in (before, after))
    return tuple(sorted(was ^ now or was))
