"""Is a plan what its profile gives today? Compute it again for the same day and say what differs, and which of its
makers changed."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from stridewise.documents.frozen import frozen
from stridewise.documents.reader import Document, read_document
from stridewise.errors import Problem, ProfileError
from stridewise.language.translation import ENGLISH
from stridewise.plan.model import FIRST_YEAR, LAST_YEAR, SCHEMA, Plan
from stridewise.plan.seal import BESIDE, PLACES, to_values
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import recommend

NAMED_BY = ("name", "date", "metric", "avoid", "fact", "exercise", "target", "between", "id")
MOST_NAMED = 5


@frozen
class Verified:
    """`identical`: the recomputed plan says the same. `differs` are the parts that do not, `causes` what changed since, `notes`
    what changed without any effect."""

    identical: bool
    as_of: str
    differs: tuple[str, ...]
    causes: tuple[str, ...]
    notes: tuple[str, ...]


def verify(path: Path, profile: Profile, program: Program, engine: str = "both") -> Verified:
    """Recompute the plan of a file. Raises ProfileError where the file holds no plan."""
    document = read_document(path, str(path), ProfileError)
    stated = _plan(document)
    plan = recommend(profile, program, _as_of(document, stated), engine, str(stated.get("language", ENGLISH.code)))
    fresh = to_values(plan)
    differs = tuple(_differs(_content(stated), _content(fresh)))
    changes = (*_edited(stated), *_makers(stated["receipt"], plan))
    if stated.get("runner") != plan.runner:
        changes = (f"the runner: the plan is for {stated.get('runner')}, the profile is of {plan.runner}", *changes)
    if differs and not changes:
        changes = ("the version of stridewise itself: the same packs and profile now give another plan",)
    return Verified(not differs, str(stated["as_of"]), differs, changes if differs else (), () if differs else changes)


def _plan(document: Document) -> dict[str, Any]:
    stated = to_values(document.root)
    is_plan = isinstance(stated, dict) and stated.get("schema") == SCHEMA and isinstance(stated.get("receipt"), dict)
    if not is_plan or "as_of" not in stated or "prescriptions" not in stated:
        message = "is not one plan as JSON; make it with `recommend PROFILE --format json`"
        raise ProfileError([Problem(document.path, 1, message)])
    return dict(stated)


def _as_of(document: Document, stated: dict[str, Any]) -> date:
    try:
        day = date.fromisoformat(str(stated["as_of"]))
        return day.replace(
            year=min(max(day.year, FIRST_YEAR), LAST_YEAR)
        )  # a plan of any other year is none of ours, and differs
    except ValueError as error:
        message = f'as_of: expected a date such as 2026-11-21, found "{stated["as_of"]}"'
        raise ProfileError([Problem(document.path, document.line("as_of"), message)]) from error


def _content(value: Any) -> Any:
    """What the seal covers: everything but places, drawings and the receipt."""
    if isinstance(value, dict):
        return {key: _content(item) for key, item in value.items() if key not in (*BESIDE, *PLACES)}
    return [_content(item) for item in value] if isinstance(value, list) else value


def _digest(stated: dict[str, Any]) -> str:
    text = json.dumps(_content(stated), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _edited(stated: dict[str, Any]) -> list[str]:
    sealed = stated["receipt"].get("plan_sha256")
    return [] if sealed == _digest(stated) else ["the plan file: it was edited after it was made, its seal does not match"]


def _makers(receipt: dict[str, Any], plan: Plan) -> list[str]:
    """What made the plan then and now."""
    packs = receipt.get("packs")
    then = {str(pack.get("name")): pack for pack in (packs if isinstance(packs, list) else []) if isinstance(pack, dict)}
    now = {pack.name: pack for pack in plan.receipt.packs}
    causes = [f"rule pack {name}: no longer loaded" for name in then if name not in now]
    causes += [f"rule pack {name}: was not loaded then" for name in now if name not in then]
    for name, pack in now.items():
        if name in then and then[name].get("sha256") != pack.sha256:
            versions = (
                f"{then[name].get('version')} → {pack.version}" if then[name].get("version") != pack.version else pack.version
            )
            causes.append(f"rule pack {name}: its files changed (version {versions})")
    if receipt.get("profile_sha256") != plan.receipt.profile_sha256:
        causes.append("the profile: its file changed")
    if receipt.get("engine") != plan.receipt.engine:
        causes.append(f"the engine: {receipt.get('engine')} → {plan.receipt.engine}")
    return causes


def _differs(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The parts of the plan, or of a part of it, that differ, with the entries that came, went or changed."""
    return [_part(key, old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]


def _part(key: str, old: Any, new: Any) -> str:
    title = key.replace("_", " ")
    if isinstance(old, list) and isinstance(new, list):
        return f"{title}: {_entries(old, new)}"
    if isinstance(old, dict) and isinstance(new, dict):
        return f"{title}: {'; '.join(_differs(old, new))}"
    return f"{title}: {_short(old)} → {_short(new)}"


def _entries(old: list[Any], new: list[Any]) -> str:
    """What is gone, new and changed in a list; an entry is changed where one of its name is there before and after."""
    gone = dict.fromkeys(_named(entry) for entry in old if entry not in new)
    come = dict.fromkeys(_named(entry) for entry in new if entry not in old)
    said = {
        "gone": [name for name in gone if name not in come],
        "new": [name for name in come if name not in gone],
        "changed": [name for name in gone if name in come],
    }
    return "; ".join(f"{verb}: {_listed(names)}" for verb, names in said.items() if names) or "another order or number"


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def _named(entry: Any) -> str:
    """What a reader knows an entry of a plan by."""
    if not isinstance(entry, dict):
        return _short(entry)
    return next((_short(entry[key]) for key in NAMED_BY if entry.get(key)), "an entry")


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_short(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_short, value)) or "nothing"
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
